// What the window may ask to be written. An intent is a wish: main adds who, when and which number, and `admit` decides.
import { z } from "zod";
import { CandidateRef, HashId, SheetId, SittingId, type Refusal } from "#shared/base";
import {
  EvidenceItem,
  IdCheckSaid,
  ItemInput,
  MAX_OVERTIME_MS,
  MOST_CANDIDATES,
  PauseReason,
  SettlingWords,
  StaffReason,
  Typed,
  VetoCode,
} from "#shared/exam";

export const Intent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sheet.open"), sitting: SittingId, candidate: CandidateRef }),
  /** The answer to the conflict question; earlier answers stand, candidates can only be added (R29). */
  z.strictObject({
    kind: z.literal("conflict.declare"),
    sitting: SittingId,
    candidates: z.array(CandidateRef).max(MOST_CANDIDATES),
  }),
  z.strictObject({
    kind: z.literal("mark.set"),
    sheet: SheetId,
    item: z.int().min(1).max(99),
    input: ItemInput.nullable(),
    undoes: z.int().min(1).optional(),
  }),
  z.strictObject({
    kind: z.literal("overtime.set"),
    sheet: SheetId,
    overtimeMs: z.int().min(0).max(MAX_OVERTIME_MS),
  }),
  /** Whoever a supervisor returned it to keeps their own sheet. */
  z.strictObject({ kind: z.literal("sheet.uphold"), candidate: CandidateRef, reason: SettlingWords }),
  /** The leader is wanted at this candidate. */
  z.strictObject({ kind: z.literal("leader.call"), sitting: SittingId, candidate: CandidateRef }),
  /** Whoever leads the room compared a candidate's document with the roster, or takes that back. */
  z.strictObject({
    kind: z.literal("identity.check"),
    sitting: SittingId,
    candidate: CandidateRef,
    said: IdCheckSaid,
  }),
  z.strictObject({ kind: z.literal("identity.undo"), sitting: SittingId, candidate: CandidateRef }),
  z.strictObject({ kind: z.literal("call.answer"), call: SheetId, text: z.string().trim().max(200) }),
  /** A paper sheet: the second person begins, somebody types one thing, a photograph goes, it is given up, its examiner sends it back. */
  z.strictObject({ kind: z.literal("transcription.join"), sheet: SheetId }),
  z.strictObject({ kind: z.literal("transcription.type"), sheet: SheetId, typed: Typed }),
  z.strictObject({ kind: z.literal("transcription.removePage"), sheet: SheetId, hash: HashId }),
  z.strictObject({ kind: z.literal("transcription.drop"), sheet: SheetId, reason: StaffReason }),
  z.strictObject({ kind: z.literal("transcription.return"), sheet: SheetId, reason: StaffReason }),
  z.strictObject({ kind: z.literal("veto.set"), sheet: SheetId, code: VetoCode, on: z.boolean() }),
  z.strictObject({ kind: z.literal("note.set"), sheet: SheetId, text: z.string().max(1000) }),
  /** The time of an open sheet stands still, or runs again; several sheets in one call are paused together or not at all. */
  z.strictObject({ kind: z.literal("sheet.pause"), sheet: SheetId, reason: PauseReason }),
  z.strictObject({ kind: z.literal("sheet.resume"), sheet: SheetId }),
  /** The author of a signed sheet begins to amend it, or gives that up: marks in between are the amendment's. */
  z.strictObject({ kind: z.literal("amendment.open"), sheet: SheetId }),
  z.strictObject({ kind: z.literal("amendment.drop"), sheet: SheetId }),
  /** Takes a picture of this sheet away, or brings it back. A new one comes with its bytes (shared/ipc/evidence.ts). */
  z.strictObject({
    kind: z.literal("evidence.set"),
    sheet: SheetId,
    item: EvidenceItem,
    hash: HashId,
    on: z.boolean(),
    undoes: z.int().min(1).optional(),
  }),
]);
export type Intent = z.infer<typeof Intent>;

export const INTENT_REFUSALS = [
  "session.none",
  "person.ended",
  "role.not-examiner",
  "sitting.unknown",
  "sitting.not-on-panel",
  "candidate.unknown",
  "candidate.absent",
  "candidate.left",
  "check-in.not-leader",
  "check-in.blind",
  "check-in.twice",
  "check-in.none",
  "check-in.no-reason",
  "call.open",
  "call.unknown",
  "call.answered",
  "call.not-leader",
  "candidate.marked-before",
  "candidate.withheld",
  "recusal.undeclared",
  "recusal.declared",
  "sheet.unknown",
  "sheet.not-yours",
  "sheet.signed",
  "sheet.exists",
  "pause.open",
  "pause.none",
  "sheet.on-paper",
  "sheet.transcribed",
  "transcription.unknown",
  "transcription.panel",
  "transcription.same-person",
  "transcription.two-already",
  "transcription.not-yours",
  "transcription.done",
  "transcription.open",
  "transcription.dropped",
  "transcription.written",
  "amendment.unsigned",
  "amendment.other-laptop",
  "amendment.rechecked",
  "amendment.begun",
  "amendment.none",
  "review.not-asked",
  "item.unknown",
  "veto.unknown",
  "evidence.unknown",
  "evidence.too-many",
  "mark.kind-mismatch",
  "mark.unknown-line",
  "mark.repeated-line",
  "mark.unknown-group",
  "mark.count-mismatch",
  "mark.na-not-allowed",
  "mark.above-max",
  "mark.incomplete",
] as const;
export type IntentRefusal = Refusal<(typeof INTENT_REFUSALS)[number]>;
