// Where the bytes of a sealed batch are. Manifest, packs, rosters and rubrics ride on the sealing entry; pictures are
// files named by their wire hash. Whoever sends or exports asks here and need not know which.
import { invariant, type Bytes, type HashId } from "#shared/base";
import type { JournalView } from "#shared/journal";

export interface SealedBytes {
  manifest(batch: HashId): Promise<Bytes>;
  /** The newest receipt that is held. */
  receipt(batch: HashId): Promise<Bytes>;
  /** Throws when they are gone: the batch waits and a person is told, nothing is sent in their place. */
  object(batch: HashId, wire: HashId): Promise<Bytes>;
}

export interface SealedSources {
  readonly view: JournalView;
  readonly attachments: (seq: number) => Promise<Bytes[]>;
  /** A sealed picture by its wire hash; undefined when it is missing or is not what the hash says. */
  readonly sealedPicture: (wire: HashId) => Promise<Bytes | undefined>;
}

export function createSealedBytes({ view, attachments, sealedPicture }: SealedSources): SealedBytes {
  const rowOf = (batch: HashId) => {
    const row = view.read("batches", batch);
    invariant(row, "bytes are asked for of a batch that was sealed");
    return row;
  };
  const attached = async (seq: number, at: number) => {
    const bytes = (await attachments(seq))[at];
    if (!bytes) throw new Error(`the entry ${seq} lacks its bytes`);
    return bytes;
  };
  return {
    receipt: (batch) => {
      const { receipt } = rowOf(batch);
      invariant(receipt, "a receipt is asked for where one is held");
      return attached(receipt.heldSeq, 0);
    },
    manifest: (batch) => attached(rowOf(batch).sealedSeq, 0),
    object: async (batch, wire) => {
      const { objects, sealedSeq } = rowOf(batch);
      const at = objects.findIndex((object) => object.wire === wire);
      if (objects[at]?.role !== "evidence") return attached(sealedSeq, at + 1);
      const bytes = await sealedPicture(wire);
      if (!bytes) throw new Error(`the sealed picture ${wire} is not there`);
      return bytes;
    },
  };
}
