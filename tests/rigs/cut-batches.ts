// Batches whose objects go up in connections that die after so many bytes, again and again: where each object was cut, what
// had to be sent twice, and what lies in the index in the end. The outbox goes on by HEAD and PATCH.
import { createRandom } from "#shared/base";
import { FIRST_CHUNK } from "#shared/sync";
import { startFaultRelay, type FaultRelay, type RelayCount } from "../support/fault-relay.ts";
import { call } from "../support/registry-calls.ts";
import { withRegistry } from "../support/registry-store.ts";
import { aSendingLaptop, arrivedOnce, randomBytesOf, untilDelivered } from "../support/sending-laptop.ts";
import type { SealedBatchBytes } from "../support/wire-builders.ts";

export const KIB = 1024;
/** Longer than the first piece of an object: what a broken one costs is then the registry's doing, not the cut's. */
export const BEYOND_A_CHUNK = Array.from({ length: 8 }, (_, n) => FIRST_CHUNK + (n + 1) * KIB);
const LONG_MS = 10 * 60_000;

export interface Cutting {
  readonly sheets: number;
  /** Of a photograph beside them; 0 is none. */
  readonly evidenceBytes: number;
  /** A batch for each: after so many bytes of an object its connection dies. */
  readonly lengths: readonly number[];
  readonly seed: number;
}

/** What happened to the objects of one batch. */
export interface BatchCuts {
  readonly bytes: number;
  /** Connections that died inside an object. */
  readonly cuts: number;
  /** Stretches of that length in all objects but the last of each, and those in which a connection died. */
  readonly stretches: number;
  readonly stretchesCut: number;
  /** Objects that are longer than what a connection lives for, and those that were cut. */
  readonly longObjects: number;
  readonly longObjectsCut: number;
  readonly resent: number;
  /** After one cut. */
  readonly worst: number;
}

export interface CutReport {
  readonly batches: readonly BatchCuts[];
  readonly connections: number;
  readonly isOneRow: boolean;
  readonly isSame: boolean;
}

export async function cutBatches({ sheets, evidenceBytes, lengths, seed }: Cutting): Promise<CutReport> {
  return withRegistry(async (registry) => {
    const { url } = registry;
    const random = createRandom(seed);
    const relay = await startFaultRelay(url, random);
    const sending = await aSendingLaptop(url, { link: relay.url });
    const batches: BatchCuts[] = [];
    const sent: SealedBatchBytes[] = [];
    for (const length of lengths) {
      const evidence = evidenceBytes > 0 ? [randomBytesOf(evidenceBytes, random)] : [];
      const sealed = await sending.seal(sheets, evidence);
      relay.set({ cutAfterBodyBytes: length });
      sending.bench.outbox.send(sealed.batch);
      await untilDelivered(sending, sealed.batch, LONG_MS, sinceLastCut(url, relay));
      batches.push(cutsOf(sealed, length, relay.count));
      sent.push(sealed);
    }
    const { connections } = relay.count;
    sending.bench.outbox.close();
    await relay.close();
    const wanted = { batches: lengths.length, sheets: sheets * lengths.length };
    return { batches, connections, ...(await arrivedOnce(registry, sending, sent, wanted)) };
  });
}

/** What was counted since the last batch. */
function cutsOf({ manifest }: SealedBatchBytes, length: number, count: RelayCount): BatchCuts {
  const cuts = count.bodyCuts.splice(0);
  const again = count.uploads.splice(0).map(({ from, passedOn }) => Math.max(0, passedOn - from));
  // What is left after the last whole stretch ends with the object, and not with its connection.
  const stretches = manifest.objects.flatMap(({ wire, size }) =>
    Array.from({ length: Math.ceil(size / length) - 1 }, (_, at) => `${wire} ${String(at + 1)}`),
  );
  const cutStretches = new Set(cuts.map(({ wire, at }) => `${wire} ${String(Math.ceil(at / length))}`));
  const long = manifest.objects.filter(({ size }) => size > length);
  return {
    bytes: manifest.objects.reduce((sum, { size }) => sum + size, 0),
    cuts: cuts.length,
    stretches: stretches.length,
    stretchesCut: stretches.filter((stretch) => cutStretches.has(stretch)).length,
    longObjects: long.length,
    longObjectsCut: long.filter((object) => cuts.some(({ wire }) => wire === object.wire)).length,
    resent: again.reduce((sum, bytes) => sum + bytes, 0),
    worst: Math.max(0, ...again),
  };
}

/**
 * Waits are skipped here, and a laptop that asked in the very moment of the cut would overtake the bytes before it. So it asks
 * once the registry says that it has them; one that does not say so for this long has lost them.
 */
const KEPT_WITHIN_MS = 5_000;

function sinceLastCut(url: string, { count }: FaultRelay): () => Promise<boolean> {
  let seen: RelayCount["bodyCuts"][number] | undefined;
  let from = 0;
  let isKept = true;
  return async () => {
    const last = count.bodyCuts.at(-1);
    if (last && last !== seen) [seen, from, isKept] = [last, performance.now(), false];
    if (seen && !isKept) {
      const { headers } = await call(url, "HEAD", `/objects/${seen.wire}`);
      isKept = Number(headers.get("upload-offset")) >= seen.at || performance.now() - from > KEPT_WITHIN_MS;
    }
    return isKept;
  };
}

/** The goals that both rigs hold it to; the first batch is the one that is cut at every KiB. */
export function summaryOf({ batches }: CutReport) {
  const [everyKib, ...longer] = batches;
  const sum = (parts: readonly BatchCuts[], of: (part: BatchCuts) => number) =>
    parts.reduce((all, part) => all + of(part), 0);
  const worst = Math.max(...batches.map((part) => part.worst));
  const longObjects = sum(longer, (part) => part.longObjects);
  return {
    figures: {
      objectBytes: everyKib?.bytes ?? 0,
      cuts: everyKib?.cuts ?? 0,
      resentBytes: everyKib?.resent ?? 0,
      cutsBeyondAChunk: sum(longer, ({ cuts }) => cuts),
      resentBeyondAChunk: sum(longer, ({ resent }) => resent),
      resentWorst: worst,
    },
    goals: {
      cuts: {
        goal: `a connection died in each of ${String(everyKib?.stretches)} KiB of objects`,
        met: everyKib !== undefined && everyKib.stretches > 0 && everyKib.stretchesCut === everyKib.stretches,
      },
      longer: {
        goal: `and in each of ${String(longObjects)} objects after more than a chunk`,
        met: longObjects > 0 && longer.every((part) => part.longObjectsCut === part.longObjects),
      },
      resent: {
        goal: "at most one chunk (8 KiB) sent again per cut, also where a connection carried more",
        met: worst <= FIRST_CHUNK,
      },
    },
  };
}
