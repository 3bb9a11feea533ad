// How a panel that lies too far apart settled it (R35, R43): each member looks at their own sheet again and keeps or amends it,
// then the leader records that the mark stands. Nobody changes another's mark.
import { z } from "zod";
import { ClockReading, HashId, Kid, PersonId } from "#shared/base";

/** What somebody says for themselves, of a mark, a decision or the room. */
export const SettlingWords = z.string().trim().min(1).max(1000);

/** A member keeps the sheet that counts, and says why. */
export const Upholding = z.strictObject({
  examiner: PersonId,
  record: HashId,
  reason: SettlingWords,
  /** The supervisor's questions that these words answer; absent where a divergent panel looked again. */
  answers: z.array(HashId).min(1).max(3).optional(),
  /**
   * What the author signed, the entry that holds it, and the laptop it came from. Null for answers to a supervisor, and for what was
   * said before such words were signed.
   */
  statement: z.strictObject({ hash: HashId, heldSeq: z.int().min(1), from: Kid.nullable() }).nullable(),
  at: ClockReading,
});
export type Upholding = z.infer<typeof Upholding>;

/** Stands for exactly these sheets: whoever amends one later opens the question again. */
export const Settlement = z.strictObject({
  person: PersonId,
  records: z.array(HashId).min(2).max(15),
  reason: SettlingWords,
  /** The record, with its place in the chain of its laptop; null where the leader recorded it before settlements were signed. */
  signed: z.strictObject({ seq: z.int().min(1), hash: HashId, from: Kid.nullable() }).nullable(),
  /** The code of the registry's note, where it does not count there. */
  refused: z.string().nullable(),
  at: ClockReading,
});
export type Settlement = z.infer<typeof Settlement>;
