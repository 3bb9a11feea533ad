// What a contact begins with: where does the registry say this device's batches end, and what does that mean? A registry
// that was restored from a backup is behind and is given exactly what it lost; a registry that is ahead knows a later
// state of this laptop than the laptop itself (S10, P17, P27; CHT#8093) [SY24, SY25].
import type { HashId, Kid } from "#shared/base";
import type { HeadRecord } from "#shared/wire";

export interface OwnBatch {
  readonly batch: HashId;
  readonly device: Kid;
  readonly deviceSeq: number;
  /** A receipt for it is on record here. */
  readonly isAcknowledged: boolean;
}

/** `ahead`: an older image of this disk. `other-batch`: two laptops have sealed under one key. */
export type HeadTrouble = "head.ahead" | "head.other-batch" | "head.frozen";

export interface HeadComparison {
  /** Acknowledged here and unknown there, oldest first: to be offered again. */
  readonly behind: readonly HashId[];
  readonly trouble: HeadTrouble | null;
}

export function compareHead(
  head: Pick<HeadRecord, "device" | "lastSeq" | "lastBatch" | "gaps" | "frozen">,
  batches: readonly OwnBatch[],
): HeadComparison {
  const own = batches
    .filter(({ device }) => device === head.device)
    .sort((a, b) => a.deviceSeq - b.deviceSeq);
  const isLost = ({ deviceSeq }: OwnBatch) => deviceSeq > head.lastSeq || head.gaps.includes(deviceSeq);
  const behind = own.filter((one) => one.isAcknowledged && isLost(one)).map(({ batch }) => batch);
  return { behind, trouble: troubleIn(head, own) };
}

function troubleIn(
  { lastSeq, lastBatch, frozen }: Pick<HeadRecord, "lastSeq" | "lastBatch" | "frozen">,
  own: readonly OwnBatch[],
): HeadTrouble | null {
  if (frozen) return "head.frozen";
  if (lastSeq > (own.at(-1)?.deviceSeq ?? 0)) return "head.ahead";
  const same = own.find(({ deviceSeq }) => deviceSeq === lastSeq);
  return same && same.batch !== lastBatch ? "head.other-batch" : null;
}
