// A supervisor's visit to a room (现场督导): what was asked, what was answered, what was found, and the room as it was counted then.
import { z } from "zod";
import { Sitting } from "./sitting.ts";
import { Words } from "./words.ts";

/** One question of the checklist, with where it comes from. */
export const ChecklistItem = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z]+(?:-[a-z]+)*$/)
    .max(40),
  text: Words,
  /** What the answer "yes" says and where to look. */
  hint: Words,
  /** The rule, and the sources of the domain reference. */
  source: z.string().min(1).max(60),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

export const Checklist = z.strictObject({
  /** Changes with every change of the items: a record names the list that it answers. */
  id: z.string().regex(/^on-site-\d{1,3}$/),
  items: z.array(ChecklistItem).min(1).max(40),
});
export type Checklist = z.infer<typeof Checklist>;

/** Seen and as it should be, seen and not, or not seen. */
export const VisitAnswerKind = z.enum(["yes", "no", "unseen"]);
export type VisitAnswerKind = z.infer<typeof VisitAnswerKind>;

export const MAX_FINDING = 500;

/** A "no" needs words before it is signed; the others may have some. */
export const VisitAnswer = z.strictObject({
  answer: VisitAnswerKind,
  words: z.string().max(MAX_FINDING),
});
export type VisitAnswer = z.infer<typeof VisitAnswer>;

export const VisitRemark = z.enum(["problems", "suggestions"]);
export type VisitRemark = z.infer<typeof VisitRemark>;

export const MAX_REMARK = 1000;
const remark = z.string().max(MAX_REMARK);

/** What a supervisor has noted and not signed yet. */
export const VisitNotes = z.strictObject({
  answers: z.record(ChecklistItem.shape.code, VisitAnswer),
  problems: remark,
  suggestions: remark,
});
export type VisitNotes = z.infer<typeof VisitNotes>;

export const NO_NOTES: VisitNotes = { answers: {}, problems: "", suggestions: "" };

/** Where a candidate stands: with the panel's sheets of them as they lie on this laptop. */
export const WORKPLACE_STATES = ["untouched", "marking", "signed", "absent", "left"] as const;
export type WorkplaceState = (typeof WORKPLACE_STATES)[number];

const count = z.int().min(0).max(100_000);

/** The room in figures. Every registered candidate is in one of the five states. */
export const RoomState = z
  .strictObject({
    registered: count,
    untouched: count,
    marking: count,
    signed: count,
    absent: count,
    left: count,
    /** Open sheets whose time stands still. */
    paused: count,
    sheets: z.strictObject({ expected: count, signed: count }),
    incidents: count,
    openCalls: count,
  })
  .refine(
    (room) => WORKPLACE_STATES.reduce((sum, state) => sum + room[state], 0) === room.registered,
    "every registered candidate is somewhere",
  );
export type RoomState = z.infer<typeof RoomState>;

/** As it is signed: each item of the list once, in its order. */
export const VisitReport = z
  .strictObject({
    checklist: Checklist.shape.id,
    answers: z
      .array(z.strictObject({ item: ChecklistItem.shape.code, ...VisitAnswer.shape }))
      .min(1)
      .max(40),
    problems: remark,
    suggestions: remark,
    room: RoomState,
    /** The panel as it stood. */
    panel: Sitting.shape.panel,
  })
  .refine(
    ({ answers }) => new Set(answers.map(({ item }) => item)).size === answers.length,
    "an item is answered once",
  )
  .refine(
    ({ answers }) => answers.every(({ answer, words }) => answer !== "no" || words.trim() !== ""),
    "a no has words",
  );
export type VisitReport = z.infer<typeof VisitReport>;

export function countAnswers(
  answers: readonly { readonly answer: VisitAnswerKind }[],
): Readonly<Record<VisitAnswerKind, number>> {
  const of = (kind: VisitAnswerKind) => answers.filter(({ answer }) => answer === kind).length;
  return { yes: of("yes"), no: of("no"), unseen: of("unseen") };
}
