// What the registry has ever decided, one kind a decision. Replaying these, in order, into an empty index gives every
// answer it gave before, byte for byte. No names of candidates, and
// people stand here by id; a change of panel alone names its substitute, for whoever enrols them.
import { z } from "zod";
import {
  CandidateRef,
  Day,
  Fraction,
  HashId,
  InstantMs,
  InstitutionId,
  Kid,
  LogOrigin,
  PersonId,
  PublicKeyHex,
  SittingId,
} from "#shared/base";
import {
  AmendmentReason,
  DrawRegister,
  FlagCode,
  IncidentTier,
  ReportKind,
  ReviewDecision,
  ReviewSubject,
  RosterChangeKind,
  VisitReport,
} from "#shared/exam";

/** A raw record or object content, base64. */
const Stored = z.string();
const body = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

const CodeIssued = body("code.issued", { hash: HashId, institution: InstitutionId, at: InstantMs });

/**
 * From here on leaves go into this public log: at the first start, with a new year, and after the registry was restored.
 * The leaves themselves are not written down: they follow from the entries (log/leaves.ts).
 */
const LogOpened = body("log.opened", {
  log: LogOrigin,
  /** The keyset that is in force. */
  keyset: HashId,
  /** Where the log before it ended: its name, its size and its root. */
  former: z.strictObject({ log: LogOrigin, size: z.int().min(0), root: HashId }).nullable(),
  at: InstantMs,
});

const DeviceEnrolled = body("device.enrolled", {
  at: InstantMs,
  code: HashId,
  device: z.strictObject({ kid: Kid, pub: PublicKeyHex }),
  institution: InstitutionId,
  /** The device whose chain of records it goes on with. */
  continues: Kid.optional(),
  request: Stored,
  enrolment: Stored,
});

/** Keys of people on one device, and the permit that admits them: one decision. */
const KeysAdmitted = body("keys.admitted", {
  at: InstantMs,
  device: Kid,
  institution: InstitutionId,
  keys: z.array(z.strictObject({ kid: Kid, pub: PublicKeyHex, person: PersonId })).min(1),
  /** Person-key records of the laptop, or the change of panel by which an operator enrolled the key. */
  records: z.array(Stored).min(1),
  permit: z.strictObject({ hash: HashId, record: Stored }),
});

/** Stored first: from here on the batch is the registry's, whatever the judgement. */
const BatchAccepted = body("batch.accepted", {
  batch: HashId,
  manifest: Stored,
  objects: z.array(HashId),
  acceptedAt: InstantMs,
  regSeq: z.int().min(1),
});

/** What a panel's sheets are compared by: the total, recomputed before it was written here, and the levels that were judged (R35, R43). */
export const Figures = z.strictObject({
  total: Fraction,
  levels: z.array(z.strictObject({ no: z.int().min(1).max(99), level: z.int().min(0).max(3) })),
});
export type Figures = z.infer<typeof Figures>;

export const JudgedSheet = z.strictObject({
  seq: z.int().min(1),
  hash: HashId,
  sitting: SittingId,
  candidate: CandidateRef,
  examiner: PersonId,
  /** Absent in what was judged before they were kept. */
  figures: Figures.optional(),
});
export type JudgedSheet = z.infer<typeof JudgedSheet>;

export const JudgedRoster = z.strictObject({
  sitting: SittingId,
  rubric: HashId,
  hash: HashId,
  candidates: z.array(CandidateRef),
  /** The day of the sitting, how many mark each candidate, and whether one of them leads. */
  day: Day,
  panel: z.int().min(1),
  led: z.boolean(),
  /** Absent in what was judged before it was kept. */
  leader: PersonId.nullable().optional(),
});
export type JudgedRoster = z.infer<typeof JudgedRoster>;

export const JudgedAbsence = z.strictObject({ sitting: SittingId, candidate: CandidateRef, hash: HashId });
export type JudgedAbsence = z.infer<typeof JudgedAbsence>;

/** A change of a roster that two answered for. `seq` is its place in the chain of the batch's device. */
export const JudgedDelta = z.strictObject({
  seq: z.int().min(1),
  hash: HashId,
  sitting: SittingId,
  kind: RosterChangeKind,
  candidates: z.array(CandidateRef).min(1),
  /** The absence that is taken back. */
  absence: HashId.nullable(),
});
export type JudgedDelta = z.infer<typeof JudgedDelta>;

/** A line of a room record: on whose word, about what. The words themselves are in the sealed record. */
export const JudgedIncident = z.strictObject({
  seq: z.int().min(1),
  hash: HashId,
  sitting: SittingId,
  kind: ReportKind,
  tier: IncidentTier.nullable(),
});
export type JudgedIncident = z.infer<typeof JudgedIncident>;

/**
 * What a supervisor saw in a room: how many items were as they should be, which were not, and what was found. A visit reports to the
 * authority, so its words stand here as well.
 */
export const JudgedVisit = z.strictObject({
  seq: z.int().min(1),
  hash: HashId,
  sitting: SittingId,
  person: PersonId,
  yes: z.int().min(0),
  unseen: z.int().min(0),
  /** Every "no", and every other item that words were said about. */
  found: z.array(VisitReport.shape.answers.element),
  problems: z.string(),
  suggestions: z.string(),
});
export type JudgedVisit = z.infer<typeof JudgedVisit>;

/** What counts of a sheet from now on. */
export const JudgedAmendment = z.strictObject({
  seq: z.int().min(1),
  hash: HashId,
  target: HashId,
  basis: HashId,
  /** Both absent in what was judged before they were kept. */
  figures: Figures.optional(),
  reason: AmendmentReason.optional(),
});
export type JudgedAmendment = z.infer<typeof JudgedAmendment>;

/** What a supervisor decided, and whom it weighs on: of a decision that is left to the operator the words as well. */
export const JudgedReview = z.strictObject({
  seq: z.int().min(1),
  hash: HashId,
  sitting: SittingId,
  subject: ReviewSubject,
  basis: HashId,
  follows: HashId.nullable(),
  flags: z.array(FlagCode),
  decision: ReviewDecision,
  person: PersonId,
  second: PersonId.nullable(),
  words: z.string().nullable(),
});
export type JudgedReview = z.infer<typeof JudgedReview>;

/** The whole panel's sheets of a candidate are here, and lie too far apart: these records, and how far (R35, R43). */
export const JudgedDivergence = z.strictObject({
  sitting: SittingId,
  candidate: CandidateRef,
  /** In the order of the hashes. */
  records: z.array(HashId).min(2),
  spread: Fraction,
});
export type JudgedDivergence = z.infer<typeof JudgedDivergence>;

/** The leader let the mark of these records stand: so many members said so, and so many could not be asked. */
export const JudgedSettlement = z.strictObject({
  seq: z.int().min(1),
  hash: HashId,
  sitting: SittingId,
  candidate: CandidateRef,
  records: z.array(HashId).min(2),
  person: PersonId,
  said: z.int().min(0),
  unasked: z.int().min(0),
});
export type JudgedSettlement = z.infer<typeof JudgedSettlement>;

/** A key that two enrolled people vouched for on site: its sheets of this sitting are held until it is enrolled. */
export const JudgedVouch = z.strictObject({
  sitting: SittingId,
  kid: Kid,
  pub: PublicKeyHex,
  person: PersonId,
  hash: HashId,
  record: Stored,
});
export type JudgedVouch = z.infer<typeof JudgedVouch>;

export const HeldSheet = z.strictObject({ ...JudgedSheet.shape, kid: Kid });
export type HeldSheet = z.infer<typeof HeldSheet>;

/** Judged afterwards: the receipt, and what of the batch counts from now on. */
const BatchJudged = body("batch.judged", {
  batch: HashId,
  receipt: z.strictObject({ hash: HashId, record: Stored }),
  freezes: z.boolean(),
  rubrics: z.array(z.strictObject({ hash: HashId, bytes: Stored })),
  rosters: z.array(JudgedRoster),
  absences: z.array(JudgedAbsence),
  deltas: z.array(JudgedDelta).default([]),
  incidents: z.array(JudgedIncident).default([]),
  visits: z.array(JudgedVisit).default([]),
  sheets: z.array(JudgedSheet),
  vouches: z.array(JudgedVouch),
  held: z.array(HeldSheet),
  amendments: z.array(JudgedAmendment),
  /** Absent in what was judged before there were any. */
  reviews: z.array(JudgedReview).default([]),
  divergences: z.array(JudgedDivergence).default([]),
  settlements: z.array(JudgedSettlement).default([]),
});

/** The key of held sheets was enrolled: they count from now on, and a later receipt of their batch says so. */
const HeldAccepted = body("held.accepted", {
  batch: HashId,
  receipt: z.strictObject({ hash: HashId, record: Stored }),
  sheets: z.array(JudgedSheet).min(1),
});

/** The last evidence object of an accepted batch is stored: the statement that says so. */
const EvidenceComplete = body("evidence.complete", {
  batch: HashId,
  statement: z.strictObject({ hash: HashId, record: Stored }),
});

/** Batches accepted after this entry and signed by that key do not count. */
const KeyRevoked = body("key.revoked", {
  at: InstantMs,
  kid: Kid,
  version: z.int().min(1),
  revocation: z.strictObject({ hash: HashId, record: Stored }),
});

/** A draw was committed to: the two registers are frozen with it, and its secret lies in a file of its own (inspection/). */
const DrawCommitted = body("draw.committed", {
  at: InstantMs,
  commitment: z.strictObject({ hash: HashId, record: Stored }),
  register: DrawRegister,
});

const DrawRevealed = body("draw.revealed", {
  at: InstantMs,
  commitment: HashId,
  draw: z.strictObject({ hash: HashId, record: Stored }),
});

/** What was found was read back and made public; a later one has more, and drops nothing. */
const DrawReported = body("draw.reported", {
  at: InstantMs,
  draw: HashId,
  findings: z.strictObject({ hash: HashId, record: Stored }),
});

export const AcceptanceEntry = z.discriminatedUnion("kind", [
  LogOpened,
  CodeIssued,
  DeviceEnrolled,
  KeysAdmitted,
  BatchAccepted,
  BatchJudged,
  EvidenceComplete,
  KeyRevoked,
  HeldAccepted,
  DrawCommitted,
  DrawRevealed,
  DrawReported,
]);
export type AcceptanceEntry = z.infer<typeof AcceptanceEntry>;
export type EntryOf<K extends AcceptanceEntry["kind"]> = Extract<AcceptanceEntry, { kind: K }>;

export const JournalFrame = z.strictObject({ entries: z.array(AcceptanceEntry).min(1) });
