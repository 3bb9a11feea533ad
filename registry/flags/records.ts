// The records of accepted batches, out of the objects as they lie in the data. Which of them count the journal says, and each is the
// one whose hash stands there: what was judged is not judged again. Bytes that are gone or are others than their name says are no
// reason to say nothing of the rest.
import { join } from "node:path";
import { invariant, type Bytes, type HashId } from "#shared/base";
import { hashId } from "#shared/crypto";
import { openBatch, type OpenedRecord } from "../acceptance/open-batch.ts";
import { readOrNothing } from "../keys/durable-file.ts";
import type { TakenBatch } from "./taken.ts";

export type ReadObject = (wire: HashId) => Promise<Bytes | undefined>;

/** Undefined where it is not there whole. Nothing is written, unlike by whoever opens the store. */
export function objectsIn(dataDir: string): ReadObject {
  return async (wire) => {
    const bytes = await readOrNothing(join(dataDir, "objects", wire.slice("sha256:".length)));
    return bytes && hashId(bytes) === wire ? bytes : undefined;
  };
}

export interface FoundRecord {
  readonly record: OpenedRecord;
  /** Null of another laptop's roster that came along: it stands in no chain here. */
  readonly batch: TakenBatch | null;
}

/** By hash; undefined for a batch whose objects cannot be read. */
export async function recordsOf(
  batch: TakenBatch,
  read: ReadObject,
  transportSecret: Bytes,
): Promise<ReadonlyMap<HashId, FoundRecord> | undefined> {
  const { manifest } = batch;
  const objects = new Map<HashId, Bytes>();
  for (const { wire, role } of manifest.objects) {
    if (role === "evidence") continue;
    const bytes = await read(wire);
    if (!bytes) return undefined;
    objects.set(wire, bytes);
  }
  const bytesOf = (wire: HashId) => {
    const bytes = objects.get(wire);
    invariant(bytes, "every object but the photographs was read");
    return Promise.resolve(bytes);
  };
  const opened = await openBatch(manifest, bytesOf, transportSecret);
  if (!opened.ok) return undefined;
  const { records, shared } = opened.value;
  return new Map<HashId, FoundRecord>([
    ...shared.map((record) => [record.hash, { record, batch: null }] as const),
    ...records.map((record) => [record.hash, { record, batch }] as const),
  ]);
}
