// Paper: the forms of a sitting as a PDF, written where a person says, and a printed sheet held against what was signed.
import { z } from "zod";
import { CandidateRef, Day, Fraction, HashId, Kid, SheetId, SittingId } from "#shared/base";
import { PaperFigures } from "#shared/wire";
import { channel } from "./channel.ts";

export const PaperWhat = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sheet"), sheet: SheetId }),
  /** Every signed sheet of a sitting that the person may see. */
  z.strictObject({ kind: z.literal("sheets"), sitting: SittingId }),
  z.strictObject({ kind: z.literal("summary"), sitting: SittingId }),
  z.strictObject({ kind: z.literal("room"), sitting: SittingId }),
  /** Admission slips: of one candidate, or of everybody who has not left (null). */
  z.strictObject({ kind: z.literal("slips"), sitting: SittingId, candidate: CandidateRef.nullable() }),
  /** What a supervisor signed on site. */
  z.strictObject({ kind: z.literal("visit"), sitting: SittingId, visit: SheetId }),
  /** To mark on by hand: one for every sheet that is still owed; or one without a candidate. */
  z.strictObject({ kind: z.literal("blanks"), sitting: SittingId }),
  z.strictObject({ kind: z.literal("spare"), sitting: SittingId }),
]);
export type PaperWhat = z.infer<typeof PaperWhat>;

/** Chinese, or Chinese with English beside it. */
export const PaperLanguages = z.enum(["zh", "both"]);
export type PaperLanguages = z.infer<typeof PaperLanguages>;

/** What this laptop itself holds of a printed sheet. */
export const PaperHeld = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("same") }),
  /** Something else counts here since. */
  z.strictObject({ kind: z.literal("amended"), total: Fraction, day: Day, record: HashId }),
]);
export type PaperHeld = z.infer<typeof PaperHeld>;

export const PaperChecked = z.strictObject({
  figures: PaperFigures,
  record: HashId,
  device: Kid,
  held: PaperHeld,
});
export type PaperChecked = z.infer<typeof PaperChecked>;

export const paperChannels = {
  "paper.save": channel({
    input: z.strictObject({ what: PaperWhat, languages: PaperLanguages }),
    output: z.strictObject({ outcome: z.enum(["saved", "cancelled"]), fileName: z.string().optional() }),
    refusals: [
      "session.none",
      "sheet.unknown",
      "sitting.unknown",
      "paper.unsigned",
      "paper.hidden",
      "paper.not-office",
      "paper.nothing-owed",
      "candidate.unknown",
      "check-in.not-leader",
      "check-in.blind",
      "role.not-supervising",
      "visit.unknown",
      "keys.missing",
      "file.unwritable",
    ],
  }),
  "paper.check": channel({
    input: z.strictObject({
      text: z.string().max(8192),
      /** As it stands on the paper, typed by a person. */
      total: z.string().max(16),
    }),
    output: PaperChecked,
    refusals: [
      "session.none",
      "paper.unreadable",
      "paper.key-unknown",
      "paper.key-revoked",
      "paper.signature-invalid",
      "paper.other-total",
      "paper.other-record",
    ],
  }),
} as const;
