// Photographs as evidence: encrypted files named by their hash, and sealed copies of them on their way to the registry.
import { join } from "node:path";
import type { Bytes, HashId } from "#shared/base";
import type { EvidenceDisk } from "./disk.ts";
import { createPictureFiles, type PictureFiles } from "./picture-files.ts";
import { createPictureCipher, type PictureCipher } from "./picture-seal.ts";
import { createSealedPictures, type SealedPictures } from "./sealed-pictures.ts";

export { nodeDisk, type EvidenceDisk } from "./disk.ts";

/** Inside the journal's folder: what the journal speaks of moves, is copied and is taken over with it. */
export const PICTURES = "evidence";
export const OUTGOING = "outgoing";

export interface EvidenceRoom {
  /** What the desk does with pictures. */
  readonly files: Pick<PictureFiles, "keep" | "read"> & Pick<SealedPictures, "seal" | "drop">;
  /** The bytes that go to the registry. */
  readonly readSealed: (wire: HashId) => Promise<Bytes | undefined>;
  readonly dropLeftovers: (isNamed: (wire: HashId) => boolean) => Promise<void>;
}

export interface EvidenceOptions {
  readonly journalFolder: string;
  readonly disk: EvidenceDisk;
  readonly random: (length: number) => Bytes;
  /** Null until the laptop has a data key that is open. */
  readonly dataKey: () => Bytes | null;
}

export function openEvidence({ journalFolder, disk, random, dataKey }: EvidenceOptions): EvidenceRoom {
  let cipher: PictureCipher | null = null;
  const pictures = createPictureFiles({
    folder: join(journalFolder, PICTURES),
    disk,
    cipher: () => {
      const key = dataKey();
      if (key) cipher ??= createPictureCipher(key, random);
      return key ? cipher : null;
    },
  });
  const sealed = createSealedPictures({
    folder: join(journalFolder, OUTGOING),
    disk,
    pictures: { ...pictures, folder: join(journalFolder, PICTURES) },
  });
  return {
    files: {
      keep: (bytes) => pictures.keep(bytes),
      read: (picture) => pictures.read(picture),
      seal: (picture, transportKey, device) => sealed.seal(picture, transportKey, device),
      drop: (wires) => sealed.drop(wires),
    },
    readSealed: (wire) => sealed.read(wire),
    dropLeftovers: (isNamed) => sealed.dropLeftovers(isNamed),
  };
}

/** Every sealed picture that some batch names, for clearing up at start. */
export function namedIn(
  batches: readonly { readonly objects: readonly { readonly wire: HashId; readonly role: string }[] }[],
): (wire: HashId) => boolean {
  const named = new Set(
    batches.flatMap(({ objects }) => objects.flatMap(({ wire, role }) => (role === "evidence" ? wire : []))),
  );
  return (wire) => named.has(wire);
}
