// A candidate's result (成绩) as a history: what was published, what a recheck found, what an appeal decided. Nothing in it is
// overwritten (R55, R56).
import { z } from "zod";
import { Day, Fraction, PersonId } from "#shared/base";
import { PartOutcome } from "./part-result.ts";

export const SignOffRole = z.enum(["clerk", "checker", "approver"]);
export type SignOffRole = z.infer<typeof SignOffRole>;

const standing = { mark: Fraction.nullable(), outcome: PartOutcome };

/** 复核: arithmetic and completeness by two people who had no part in it. */
export const Recheck = z.strictObject({
  ...standing,
  submittedOn: Day,
  checkers: z.tuple([PersonId, PersonId]),
  finding: z.enum(["UPHELD", "CORRECTED"]),
});
export type Recheck = z.infer<typeof Recheck>;

/** 申诉: decided by the human-resources authority, not by the institution. */
export const Appeal = z.strictObject({
  ...standing,
  notifiedOn: Day,
  submittedOn: Day,
  addressee: z.enum(["HR_AUTHORITY", "INSTITUTION"]),
  document: z.string().min(1).max(100),
});
export type Appeal = z.infer<typeof Appeal>;

export type ResultEvent =
  | {
      readonly kind: "published";
      readonly mark: Fraction | null;
      readonly outcome: PartOutcome;
    }
  | ({ readonly kind: "rechecked" } & Recheck)
  | ({ readonly kind: "appealed" } & Appeal);

/** 成绩公示: from its first day, with the objections that are still open. */
export const PublicNotice = z.strictObject({
  from: Day,
  to: Day,
  openObjections: z.array(z.string().min(1).max(64)),
});
export type PublicNotice = z.infer<typeof PublicNotice>;
