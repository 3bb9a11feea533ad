// Main's own small window, where every PIN is typed: a separate page, preload and Electron session. The app window has
// no part in this contract (rulings 2).
import { z } from "zod";
import { ClockReading, Fraction, HashId, InstantMs } from "#shared/base";
import {
  AmendmentReason,
  DrillResult,
  DrillStep,
  ExaminerQualification,
  IncidentTier,
  ItemInput,
  PartOutcome,
  Recheck,
  ReportKind,
  ReviewDecision,
  Role,
  RoomState,
  RosterOffice,
  RubricItem,
  SignOffRole,
  SupervisorQualification,
  VisitAnswer,
  Words,
  RosterChangeKind,
} from "#shared/exam";
import { Locale } from "./app.ts";
import { channel } from "./channel.ts";

const who = z.strictObject({ name: z.string(), roles: z.array(z.string()) });
const { person: _examiner, ...card } = ExaminerQualification.shape;
const { person: _supervisor, ...term } = SupervisorQualification.shape;
/** A person as stated or as the register has them. */
const stated = {
  name: z.string(),
  roles: z.array(Role),
  examiner: z.array(z.strictObject(card)),
  supervisor: z.strictObject(term).nullable(),
};
/** What a substitute, a leader and a supervisor answer for: who leaves which sitting, and why. */
const change = { rubricTitle: Words, day: z.string(), leaves: z.string(), reason: z.string() };
const words = z.strictObject({ zh: z.string(), en: z.string() });

/** What main shows beside the PIN field, from its own journal. */
export const ConfirmMatter = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("session") }),
  z.strictObject({ kind: z.literal("new-pin") }),
  /** An administrator ends the key of this person. */
  z.strictObject({ kind: z.literal("reset-pin"), name: z.string() }),
  z.strictObject({ kind: z.literal("add-person"), ...stated }),
  z.strictObject({
    kind: z.literal("end-person"),
    name: z.string(),
    roles: z.array(Role),
    reason: z.string(),
  }),
  /** The substitute proves to be there; `isNew` asks for a new PIN twice. */
  z.strictObject({ kind: z.literal("panel-join"), isNew: z.boolean(), ...change }),
  /** Somebody who holds an office vouches for that person and that key. */
  z.strictObject({
    kind: z.literal("vouch"),
    as: z.enum(["panelLeader", "supervisor"]),
    ...stated,
    isOfRegister: z.boolean(),
    isPermitted: z.boolean(),
    /** Of the public key: the same stamp in both windows. */
    key: HashId,
    ...change,
  }),
  z.strictObject({ kind: z.literal("passphrase"), isNew: z.boolean() }),
  /** Shown this once; its end is typed back. */
  z.strictObject({ kind: z.literal("recovery-made"), code: z.string() }),
  /** The code that opens a sitting on another laptop; shown this once, its end is typed back. */
  z.strictObject({ kind: z.literal("share-made"), code: z.string(), rubricTitle: Words, day: z.string() }),
  z.strictObject({ kind: z.literal("share-code") }),
  z.strictObject({ kind: z.literal("recovery"), why: z.enum(["another-laptop", "keys-lost"]) }),
  /** Administrator or supervisor: the readiness sheet of the fire drill, step by step. */
  z.strictObject({
    kind: z.literal("readiness"),
    held: z.boolean(),
    steps: z.array(z.strictObject({ step: DrillStep, result: DrillResult.shape.result })),
  }),
  z.strictObject({
    kind: z.literal("roster"),
    rubricTitle: Words,
    day: z.string(),
    fileName: z.string(),
    candidates: z.int(),
    refused: z.int(),
    panel: z.array(z.strictObject({ name: z.string(), leader: z.boolean() })),
    mitigation: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal("sheet"),
    candidate: z.string(),
    ticketNo: z.string(),
    rubricTitle: Words,
    illustrative: z.boolean(),
    items: z.array(z.strictObject({ no: z.int(), text: Words, mark: z.string(), max: z.string() })),
    overtime: z.strictObject({ minutes: z.int(), deducted: z.string() }).nullable(),
    vetoes: z.array(
      z.strictObject({ code: z.string(), text: Words, effect: z.enum(["FAIL_PART", "DISQUALIFY"]) }),
    ),
    total: z.string(),
    note: z.string(),
    /** Photographs that are signed with it. */
    pictures: z.int(),
    /** Who typed it from the paper that this person marked on; null where they marked it here. */
    typedBy: z.tuple([z.string(), z.string()]).nullable(),
  }),
  /** Clerk, checker or approver: every mark as main computed it again from the entries. */
  z.strictObject({
    kind: z.literal("sign-off"),
    as: SignOffRole,
    rubricTitle: Words,
    day: z.string(),
    sheets: z.int(),
    candidates: z.array(
      z.strictObject({ no: z.int(), name: z.string(), mark: z.string(), outcome: PartOutcome }),
    ),
  }),
  z.strictObject({
    kind: z.literal("recheck"),
    candidate: z.string(),
    ticketNo: z.string(),
    finding: Recheck.shape.finding,
    mark: z.string(),
    outcome: PartOutcome,
  }),
  /** A panel's sheets lie apart, and a member keeps their own as it counts now. */
  z.strictObject({
    kind: z.literal("upholding"),
    candidate: z.string(),
    ticketNo: z.string(),
    rubricTitle: Words,
    total: z.string(),
    vetoes: z.array(z.string()),
    /** What the other sheets come to, without whose they are. */
    others: z.array(z.string()),
    spread: z.string(),
    allowed: z.string(),
    reason: z.string(),
  }),
  /** A panel's sheets lie apart, each member looked again, and the leader records that the mark stands. */
  z.strictObject({
    kind: z.literal("settlement"),
    candidate: z.string(),
    ticketNo: z.string(),
    rubricTitle: Words,
    sheets: z.array(
      z.strictObject({
        examiner: z.string(),
        total: z.string(),
        vetoes: z.array(z.string()),
        reason: z.string(),
        /** Was ended before looking again. */
        ended: z.boolean(),
      }),
    ),
    spread: z.string(),
    allowed: z.string(),
    /** Those that lie too far apart, marks in the order of the sheets. */
    items: z.array(z.strictObject({ no: z.int(), text: Words, marks: z.array(z.string()) })),
    mark: z.string(),
    outcome: PartOutcome,
    reason: z.string(),
  }),
  /** Two laptops, two versions of one sheet: which one counts. */
  z.strictObject({
    kind: z.literal("versions"),
    candidate: z.string(),
    examiner: z.string(),
    versions: z.array(
      z.strictObject({
        ...{ stamp: z.string(), total: z.string(), here: z.boolean(), chosen: z.boolean() },
        /** The total is an amendment's. */
        amended: z.boolean(),
      }),
    ),
    reason: z.string(),
  }),
  /** A signed sheet changed by its author, and approved by another: old beside new, both totals. */
  z.strictObject({
    kind: z.literal("amendment"),
    as: z.enum(["author", "panelLeader", "supervisor"]),
    candidate: z.string(),
    ticketNo: z.string(),
    rubricTitle: Words,
    author: z.string(),
    approver: z.string(),
    /** Only those that change. */
    items: z.array(
      z.strictObject({
        item: RubricItem,
        /** As they were and as they are to be, and the marks that follow. */
        inputs: z.tuple([ItemInput, ItemInput]),
        marks: z.tuple([z.string(), z.string()]),
      }),
    ),
    unchanged: z.int(),
    step: Fraction,
    /** Null where nothing changes. */
    overtimeMinutes: z.tuple([z.int(), z.int()]).nullable(),
    vetoes: z.tuple([z.array(z.string()), z.array(z.string())]).nullable(),
    note: z.tuple([z.string(), z.string()]).nullable(),
    totals: z.tuple([z.string(), z.string()]),
    reason: AmendmentReason,
    text: z.string(),
  }),
  /** A supervisor's decision about what was signed, and the second person's where two must sign. */
  z.strictObject({
    kind: z.literal("review"),
    as: z.enum(["first", "panelLeader", "supervisor"]),
    rubricTitle: Words,
    day: z.string(),
    /** Null where the whole sitting is decided about. */
    about: z.strictObject({ candidate: z.string(), ticketNo: z.string() }).nullable(),
    sheets: z.array(
      z.strictObject({
        ...{ examiner: z.string(), total: z.string() },
        ...{ vetoes: z.array(z.string()), amended: z.boolean() },
      }),
    ),
    /** Sheets that are looked at and not listed. */
    more: z.int(),
    absent: z.int(),
    decision: ReviewDecision,
    /** What stood until now. */
    replaced: ReviewDecision.nullable(),
    flags: z.array(z.string()),
    reason: z.string(),
    question: z.string().nullable(),
    person: z.string(),
    second: z.string().nullable(),
  }),
  /** The roster changed on the day: the same for the leader and for whoever confirms. */
  z.strictObject({
    kind: z.literal("roster-change"),
    as: z.enum(["panelLeader", ...RosterOffice.options]),
    change: RosterChangeKind,
    rubricTitle: Words,
    day: z.string(),
    candidates: z.array(
      z.strictObject({
        candidate: z.string(),
        ticketNo: z.string(),
        no: z.int(),
        /** Rotations; `to` is null for whoever does not move. */
        from: z.int(),
        to: z.int().nullable(),
      }),
    ),
    /** Sheets of these candidates that are open, and that are signed: kept, without a mark where somebody leaves. */
    begun: z.int(),
    signed: z.int(),
    reason: z.string(),
    leader: z.string(),
    confirmer: z.string(),
  }),
  /** A line of the room record, for whoever reports it. */
  z.strictObject({
    kind: z.literal("incident"),
    rubricTitle: Words,
    day: z.string(),
    report: ReportKind,
    tier: IncidentTier.nullable(),
    happenedAt: InstantMs,
    candidates: z.array(z.strictObject({ no: z.int(), candidate: z.string(), ticketNo: z.string() })),
    staff: z.array(z.string()),
    what: z.string(),
    done: z.string(),
  }),
  /** A supervisor's visit to the room, over the figures that main counted. */
  z.strictObject({
    kind: z.literal("visit"),
    rubricTitle: Words,
    day: z.string(),
    room: RoomState,
    panel: z.array(z.strictObject({ name: z.string(), leader: z.boolean() })),
    answers: z.array(z.strictObject({ text: Words, ...VisitAnswer.shape })),
    problems: z.string(),
    suggestions: z.string(),
  }),
  z.strictObject({ kind: z.literal("absence"), candidate: z.string(), ticketNo: z.string() }),
  z.strictObject({
    kind: z.literal("batch"),
    rubricTitle: Words,
    /** What the batch holds, sitting by sitting: exactly the records that will be sealed. */
    covers: z.array(
      z.strictObject({
        rubricTitle: Words,
        day: z.string(),
        sheets: z.int(),
        absent: z.int(),
        amendments: z.int(),
        reviews: z.int(),
        settlements: z.int(),
      }),
    ),
    sheets: z.int(),
    absent: z.int(),
    amendments: z.int(),
    /** Decisions of supervisors. */
    reviews: z.int(),
    /** Divergent panels that settled. */
    settlements: z.int(),
    /** Changes of rosters. */
    deltas: z.int(),
    incidents: z.int(),
    /** Visits of supervisors to the room. */
    visits: z.int(),
    missing: z.int(),
    explanation: z.string(),
    /** Photographs that go along, and those whose files are missing or damaged here. */
    pictures: z.int(),
    picturesLost: z.int(),
    registry: words,
    head: HashId,
  }),
]);
export type ConfirmMatter = z.infer<typeof ConfirmMatter>;

export const ConfirmRequest = z.strictObject({
  id: z.int(),
  locale: Locale,
  demo: z.boolean(),
  who: who.nullable(),
  matter: ConfirmMatter,
  at: ClockReading,
});
export type ConfirmRequest = z.infer<typeof ConfirmRequest>;

/** A PIN is 6 to 12 digits; a passphrase at least 12 characters (protocol 7). */
export const Secret = z.string().min(1).max(128);

export const confirmChannels = {
  "confirm.describe": channel({
    input: z.strictObject({}),
    output: z.strictObject({ request: ConfirmRequest.nullable() }),
    refusals: [],
  }),
  "confirm.answer": channel({
    input: z.strictObject({ id: z.int(), secret: Secret, repeated: Secret.optional() }),
    output: z.strictObject({}),
    refusals: [
      "confirm.gone",
      "secret.wrong",
      "secret.too-short",
      "secret.not-repeated",
      "secret.not-digits",
      "keys.locked-out",
      "keys.wait",
      "keys.unreadable",
      "keys.missing",
      "journal.full",
      "journal.failed",
      "journal.damaged",
      "journal.newer",
      "journal.locked",
      "journal.busy",
      "journal.unreadable",
      "medium.missing",
      "medium.no-copy",
      "recovery.malformed",
      "recovery.wrong",
      "recovery.missing",
      "recovery.not-copied",
      "share.malformed",
      "share.wrong",
      "amendment.stale",
      "results.changed",
    ],
  }),
  /** While nothing here can be opened: everything that is stored, as it is, into a folder a person chooses. */
  "confirm.export": channel({
    input: z.strictObject({ id: z.int() }),
    output: z.strictObject({ outcome: z.enum(["saved", "cancelled"]) }),
    refusals: ["confirm.gone", "file.unwritable"],
  }),
  "confirm.decline": channel({
    input: z.strictObject({ id: z.int() }),
    output: z.strictObject({}),
    refusals: ["confirm.gone"],
  }),
} as const;
