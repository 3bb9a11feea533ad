// Preparing a sitting: a rubric, a roster from a spreadsheet, a panel. Files are chosen in main's dialogs; the window
// never names a path. What was read waits in main under a token until a person confirms it.
import { z } from "zod";
import { CandidateRef, Day, HashId, PersonId, SittingId } from "#shared/base";
import {
  DrawValue,
  Finding,
  IncidentReport,
  Mitigation,
  PanelMember,
  RosterReason,
  Rubric,
} from "#shared/exam";
import { INCIDENT_REFUSALS, ROSTER_CHANGE_REFUSALS, RosterChangeAsked, SEAT_REFUSALS } from "#shared/journal";
import { channel } from "./channel.ts";

const problem = z.strictObject({
  path: z.string(),
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

export const RosterPreviewView = z.strictObject({
  token: z.string(),
  fileName: z.string(),
  encoding: z.string(),
  taken: z.array(
    z.strictObject({
      row: z.int(),
      name: z.string(),
      idMasked: z.string(),
      ticketNo: z.string().nullable(),
      warnings: z.array(z.strictObject({ field: z.string(), code: z.string() })),
    }),
  ),
  refused: z.array(z.strictObject({ row: z.int(), field: z.string(), code: z.string() })),
  blank: z.int(),
  /** Columns that were left behind: pictures and biometrics without a recorded ground (R77). */
  withheld: z.array(Finding),
});
export type RosterPreviewView = z.infer<typeof RosterPreviewView>;

export const RosterPick = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("preview"), preview: RosterPreviewView }),
  z.strictObject({ outcome: z.literal("unreadable"), fileName: z.string(), code: z.string() }),
  z.strictObject({ outcome: z.literal("cancelled") }),
]);
export type RosterPick = z.infer<typeof RosterPick>;

export const RubricPick = z.discriminatedUnion("outcome", [
  /** Not kept yet; `standing` is what this laptop already holds of the same code and version. */
  z.strictObject({
    outcome: z.literal("preview"),
    token: z.string(),
    fileName: z.string(),
    rubric: Rubric,
    standing: z.enum(["new", "same", "other"]),
  }),
  z.strictObject({ outcome: z.literal("invalid"), fileName: z.string(), problems: z.array(problem) }),
  z.strictObject({ outcome: z.literal("cancelled") }),
]);
export type RubricPick = z.infer<typeof RubricPick>;

export const SittingDraft = z.strictObject({
  day: Day,
  rubric: HashId,
  panel: z.array(PanelMember).min(1).max(15),
  perRotation: z.int().min(1).max(50),
  /** The quality supervisor of the sitting (R23). */
  supervisor: PersonId.nullable(),
  /** False: marked by number, names hidden until the sitting is sealed (R45). */
  observed: z.boolean(),
  /** Needed where the institution taught candidates and the panel has no external majority (R31). */
  mitigation: Mitigation.nullable(),
});
export type SittingDraft = z.infer<typeof SittingDraft>;

/** What the rules say about a draft, before anybody signs it. */
export const SittingReview = z.strictObject({
  findings: z.array(Finding),
  /** For each member who must stand aside: who may take the place, in the order they are drawn (R28). */
  replacements: z.array(z.strictObject({ member: PersonId, by: z.array(PersonId) })),
});
export type SittingReview = z.infer<typeof SittingReview>;

const OFFICE = ["session.none", "role.not-administrator"] as const;

export const sittingChannels = {
  "rubric.pickFile": channel({ input: z.strictObject({}), output: RubricPick, refusals: OFFICE }),
  "rubric.keep": channel({
    input: z.strictObject({ token: z.string() }),
    output: z.strictObject({ rubric: HashId }),
    refusals: [...OFFICE, "rubric.forgotten", "journal.full", "journal.failed"],
  }),
  /** As a spreadsheet, which a centre changes into its own and picks again. */
  "rubric.saveTable": channel({
    input: z.strictObject({ rubric: HashId }),
    output: z.strictObject({ outcome: z.enum(["saved", "cancelled"]), fileName: z.string().optional() }),
    refusals: [...OFFICE, "rubric.unknown", "file.unwritable"],
  }),
  "roster.pickFile": channel({ input: z.strictObject({}), output: RosterPick, refusals: OFFICE }),
  /** The demonstration's own thirty people, through the same preview. */
  "roster.pickDemonstration": channel({
    input: z.strictObject({}),
    output: RosterPick,
    refusals: [...OFFICE, "centre.not-demonstration"],
  }),
  /** Without a roster only the panel itself is judged. */
  "sitting.review": channel({
    input: z.strictObject({ draft: SittingDraft, roster: z.string().nullable() }),
    output: SittingReview,
    refusals: [...OFFICE, "rubric.unknown", "permit.none", "roster.forgotten"],
  }),
  /** One confirmation, one entry: a sitting with its whole roster, or neither. */
  "sitting.prepare": channel({
    input: z.strictObject({ draft: SittingDraft, roster: z.string() }),
    output: z.strictObject({ sitting: SittingId }),
    refusals: [
      ...OFFICE,
      "person.declined",
      "person.busy",
      "roster.forgotten",
      "rubric.unknown",
      "sitting.blocked",
      "sitting.mitigation-needed",
      "permit.none",
      "drill.not-green",
      "keys.locked-out",
      "journal.full",
      "journal.failed",
    ],
  }),
  /** One record signed by the panel leader; the candidate is not expected any more (R51). */
  "attendance.requestAbsence": channel({
    input: z.strictObject({ sitting: SittingId, candidate: CandidateRef }),
    output: z.strictObject({}),
    refusals: [
      "session.none",
      "person.declined",
      "person.busy",
      "sitting.unknown",
      "candidate.unknown",
      "candidate.absent",
      "candidate.has-sheet",
      "candidate.left",
      "check-in.present",
      "roster.arrived",
      "keys.locked-out",
      "keys.not-permitted",
      "permit.none",
      "journal.full",
      "journal.failed",
    ],
  }),
  /** Freezes a secret for the draw of workplaces (R58); its hash is shown, the secret only with what it drew. */
  "seats.commit": channel({
    input: z.strictObject({ sitting: SittingId }),
    output: z.strictObject({ commitment: HashId }),
    refusals: [...SEAT_REFUSALS, "journal.full", "journal.failed"],
  }),
  /** Draws with the value that was named in the room since; once a sitting. */
  "seats.draw": channel({
    input: z.strictObject({ sitting: SittingId, value: DrawValue }),
    output: z.strictObject({ seats: z.int().min(1) }),
    refusals: [...SEAT_REFUSALS, "journal.full", "journal.failed"],
  }),
  /** A line of the room record, signed by whoever is signed in (R76). */
  "incident.record": channel({
    input: z.strictObject({ sitting: SittingId, report: IncidentReport }),
    output: z.strictObject({}),
    refusals: [
      ...INCIDENT_REFUSALS,
      "person.declined",
      "person.busy",
      "permit.none",
      "keys.locked-out",
      "keys.not-permitted",
      "journal.full",
      "journal.failed",
    ],
  }),
  /** The day's change of a roster, signed by the leader and confirmed by `confirmer` (rulings 3). */
  "roster.requestChange": channel({
    input: z.strictObject({
      sitting: SittingId,
      change: RosterChangeAsked,
      reason: RosterReason,
      confirmer: PersonId,
    }),
    output: z.strictObject({ hash: HashId }),
    refusals: [
      ...ROSTER_CHANGE_REFUSALS,
      "roster.confirmer-not-permitted",
      "person.declined",
      "person.busy",
      "permit.none",
      "keys.locked-out",
      "keys.not-permitted",
      "journal.full",
      "journal.failed",
    ],
  }),
} as const;
