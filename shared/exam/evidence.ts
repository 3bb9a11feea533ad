// Evidence (证据): a photograph of a work piece, attached to one item or to the whole sheet. The sheet holds its hash;
// the picture itself is an encrypted file in the main process and never in the journal or in IndexedDB.
import { z } from "zod";
import { HashId } from "#shared/base";

/** What a stored picture may weigh: the window makes larger ones smaller before it hands them over. */
export const MAX_PICTURE_BYTES = 4 * 1024 * 1024;
/** Long edge of a stored picture: all of a 12-megapixel photograph. */
export const MAX_PICTURE_EDGE = 4096;
/** As many as a signed sheet may list. */
export const MAX_EVIDENCE = 100;

export const PictureType = z.enum(["image/jpeg", "image/png"]);
export type PictureType = z.infer<typeof PictureType>;

/** What a picture file says about itself. */
export const PictureFacts = z.strictObject({
  /** Of the picture's bytes as they are shown, not as they are stored. */
  hash: HashId,
  size: z.int().min(1).max(MAX_PICTURE_BYTES),
  type: PictureType,
  width: z.int().min(1).max(MAX_PICTURE_EDGE),
  height: z.int().min(1).max(MAX_PICTURE_EDGE),
});
export type PictureFacts = z.infer<typeof PictureFacts>;

/** The item it is about; null for the whole sheet. */
export const EvidenceItem = z.int().min(1).max(99).nullable();
export type EvidenceItem = z.infer<typeof EvidenceItem>;

export const Evidence = z.strictObject({
  ...PictureFacts.shape,
  item: EvidenceItem,
  /** Taken away again; its file stays, so that it can be brought back. */
  removed: z.boolean(),
});
export type Evidence = z.infer<typeof Evidence>;

/** What a sheet holds now, oldest first. */
export function evidenceHeld(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter(({ removed }) => !removed);
}

/** The same picture may be evidence of several items: once for each. */
export function findEvidence(
  evidence: readonly Evidence[],
  item: EvidenceItem,
  hash: HashId,
): Evidence | undefined {
  return evidence.find((one) => one.item === item && one.hash === hash);
}
