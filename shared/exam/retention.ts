// How long records are kept, and what is left of one that was deleted (R68, domain 4.7).
import { z } from "zod";
import { Day, HashId, PersonId } from "#shared/base";

export const RecordKind = z.enum(["PAPER", "ELECTRONIC", "VIDEO", "RESULT", "CERTIFICATE"]);
export type RecordKind = z.infer<typeof RecordKind>;

export const ArchivedRecord = z.strictObject({
  /** An object that is several things at once is kept as long as the longest. */
  kinds: z.array(RecordKind).min(1),
  archivedOn: Day,
  /** An open appeal or investigation. */
  hold: z.string().min(1).max(200).nullable(),
});
export type ArchivedRecord = z.infer<typeof ArchivedRecord>;

export const Tombstone = z.strictObject({
  hash: HashId,
  count: z.int().min(1),
  deletedOn: Day,
  by: z.tuple([PersonId, PersonId]),
});
export type Tombstone = z.infer<typeof Tombstone>;
