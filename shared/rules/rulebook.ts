// The eighty rules by number: what each says in the trade's words, how sure we are of it and where it comes from. The
// functions that hold a rule name its number; `npm run rules` lays both side by side.
import { z } from "zod";
import { Confidence, RuleNo, Words } from "#shared/exam";
import entries from "./rulebook.json" with { type: "json" };

export const RulebookEntry = z.strictObject({
  no: RuleNo,
  title: Words,
  sentence: Words,
  /** Several where parts of a rule are known to different degrees: the principle, then the figures. */
  confidence: z.array(Confidence).min(1).max(3),
  source: z.string().min(1).max(40),
});
export type RulebookEntry = z.infer<typeof RulebookEntry>;

export function rulebook(): RulebookEntry[] {
  return z
    .array(RulebookEntry)
    .length(80)
    .refine((rules) => rules.every(({ no }, at) => no === `R${at + 1}`), "R1 to R80, in order")
    .parse(entries);
}
