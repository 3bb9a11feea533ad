// From a file or the camera into the sheet, one picture after the other: the next is not opened before the one before is
// kept, so that ten in a row need the memory of one.
import type { Bytes, Refusal, Result } from "#shared/base";
import type { EvidenceItem, Sheet } from "#shared/exam";
import type { StoredEntry } from "#shared/journal";
import { bridge } from "../../../bridge/index.ts";
import type { SheetActs } from "../sheet-acts.ts";

export interface Refused {
  /** The file's name; null for the camera. */
  readonly name: string | null;
  readonly refusal: Refusal;
}

export interface AddTo {
  readonly sheet: Sheet;
  readonly item: EvidenceItem;
  readonly acts: SheetActs;
  readonly takeIn: (entries: readonly StoredEntry[]) => Promise<Result<void, Refusal>>;
}

/** Null when it is kept, or was there already. */
export async function addPicture(
  made: Result<Bytes, Refusal>,
  { sheet, item, acts, takeIn }: AddTo,
): Promise<Refusal | null> {
  if (!made.ok) return made.error;
  const added = await bridge.call("evidence.add", { sheet: sheet.id, item, bytes: made.value });
  if (!added.ok) return added.error;
  const [entry] = added.value.entries;
  if (!entry) return null;
  acts.wrote({ kind: "evidence", item, hash: added.value.picture, on: true }, entry.entry.seq);
  const taken = await takeIn(added.value.entries);
  return taken.ok ? null : taken.error;
}
