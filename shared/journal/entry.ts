// What can happen on a laptop, one kind a fact. An entry is written once, numbered, chained and flushed by
// electron/journal, then folded into tables by `fold` on both sides. Nothing here is ever edited: a change is a new
// entry. Bytes that were signed or sealed ride along as attachments, which stay in the main process.
import { z } from "zod";
import {
  CandidateRef,
  ClockReading,
  Fraction,
  HashId,
  InstantMs,
  InstitutionId,
  Kid,
  LogOrigin,
  PersonId,
  PublicKeyHex,
  SheetId,
  SittingId,
} from "#shared/base";
import {
  AmendmentOffice,
  AmendmentReason,
  Candidate,
  ChecklistItem,
  DrawnSeat,
  DrawSecret,
  DrawValue,
  EvidenceItem,
  DrillResults,
  IdCheckSaid,
  IncidentReport,
  Institution,
  ItemInput,
  MAX_EVIDENCE,
  MAX_OVERTIME_MS,
  MAX_PAGES,
  MOST_CANDIDATES,
  PanelMember,
  PauseReason,
  Person,
  PictureFacts,
  Recheck,
  ReferencePack,
  Review,
  Role,
  RosterChange,
  RosterOffice,
  RosterReason,
  Rubric,
  Sheet,
  SheetAmendment,
  SheetMarks,
  SettlingWords,
  SheetSignature,
  SignOffRole,
  Sitting,
  StaffReason,
  StatedQualifications,
  Typed,
  VetoCode,
  VisitAnswer,
  VisitNotes,
  VisitRemark,
  VisitReport,
} from "#shared/exam";
import { BatchObject, KeptCheckpoint, RevocationListRecord, TransportKey } from "#shared/wire";

const body = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

/** Attached: keyset record, enrolment record. */
const CentreOpened = body("centre.opened", {
  institution: Institution,
  people: z.array(Person).min(1),
  device: Kid,
  aud: z.string().min(1).max(128),
  registry: z.strictObject({
    url: z.url().max(200),
    name: z.strictObject({ zh: z.string(), en: z.string() }),
  }),
  keyset: HashId,
  storage: z.enum(["keyring", "passphrase", "demo-file"]),
});

/** Another laptop's work goes on here, under a new device key: no key of a person came along. */
const DeviceContinued = body("device.continued", {
  device: Kid,
  from: Kid,
  storage: z.enum(["keyring", "passphrase", "demo-file"]),
  /** Everybody whose key on the former device ends with it. */
  people: z.array(PersonId).max(2000),
});

/** The registry enrolled the device that goes on. Attached: enrolment record. */
const DeviceEnrolled = body("device.enrolled", { device: Kid });

/** The wall clock was found to disagree (P16). Marks are not touched by it; whoever reads their times is told. */
const ClockChanged = body("clock.changed", {
  state: z.enum(["drifted", "changed"]),
  against: z.enum(["monotonic", "journal", "registry"]),
  byMs: z.int(),
});

/** The fire drill was held on this laptop and a person signed for what came of it. Attached: readiness record. */
const DrillHeld = body("drill.held", {
  device: Kid,
  sheet: HashId,
  build: HashId,
  person: PersonId,
  results: DrillResults,
});

/** A recovery code was made and is on paper; the data key is sealed to this X25519 key. */
const RecoveryMade = body("recovery.made", { pub: PublicKeyHex });

/** Attached: permit record. */
const PermitReceived = body("permit.received", {
  permit: HashId,
  policy: z.enum(["default", "demo"]),
  centre: InstitutionId,
  window: z.strictObject({ from: InstantMs, to: InstantMs }),
  transportKey: TransportKey,
  /** The keys this permit admits on this device. */
  people: z.array(
    z.strictObject({ id: PersonId, kid: Kid, pub: PublicKeyHex, device: Kid, roles: z.array(Role).min(1) }),
  ),
  limits: z.strictObject({ maxSheets: z.int().min(1), maxObject: z.int().min(1) }),
  reference: ReferencePack,
});

/** A key made on this device for a person; the permit must still admit it. */
const PersonKeyMade = body("person.key-made", { person: PersonId, kid: Kid, pub: PublicKeyHex });

/** An administrator reset the PIN: the key is used no more, its owner makes a new one. Sheets it signed stay signed. */
const PersonKeyEnded = body("person.key-ended", { person: PersonId, kid: Kid });

/** A person whom the register does not have yet, as an administrator states them. */
const PersonAdded = body("person.added", { person: Person, stated: StatedQualifications });

/** Effective at once (P22): no session, no key, no signature. Drafts stay theirs, signed sheets stay signed. */
const PersonEnded = body("person.ended", { person: PersonId, reason: StaffReason });

const SessionOpened = body("session.opened", { person: PersonId });
const SessionClosed = body("session.closed", {
  person: PersonId,
  reason: z.enum(["person", "idle", "quit", "ended"]),
});

const RubricAdded = body("rubric.added", { hash: HashId, rubric: Rubric });

/** One entry: a sitting with its whole roster, or neither. Attached: roster record. */
const SittingPrepared = body("sitting.prepared", {
  sitting: Sitting,
  candidates: z.array(Candidate).min(1).max(MOST_CANDIDATES),
  roster: z.strictObject({
    hash: HashId,
    seq: z.int().min(1),
    fileName: z.string().max(255),
    source: HashId,
    refused: z.int().min(0),
  }),
  /** Who taught a candidate of this roster, by the registry's records: they approve no result of it (R80). */
  trainers: z.array(PersonId).max(2000),
});

/** A substitute takes a place on a panel, vouched for by leader and supervisor. Attached: panel record. */
const PanelChanged = body("panel.changed", {
  sitting: SittingId,
  leaves: PersonId,
  joins: PersonId,
  /** The substitute's key on this device: for this sitting it signs, permitted or not. */
  kid: Kid,
  panel: z.array(PanelMember).min(1).max(15),
  reason: StaffReason,
  seq: z.int().min(1),
  hash: HashId,
});

/** An examiner's answer to the conflict question: whom they must not mark, or nobody (R29). */
const ConflictDeclared = body("conflict.declared", {
  sitting: SittingId,
  candidates: z.array(CandidateRef).max(MOST_CANDIDATES),
});

/** 核分, 复核, 核准: a person signs for the totals of a sitting as they were when this was written (R48, R80). */
const ResultsSignedOff = body("results.signed-off", {
  sitting: SittingId,
  as: SignOffRole,
  person: PersonId,
  /** Signed sheets the person answers for; a later sheet asks for another signature. */
  sheets: z.int().min(1),
});

/** A recheck (复核申请) as two people carried it out (R54, R55). */
const ResultRechecked = body("result.rechecked", { candidate: CandidateRef, recheck: Recheck });

/**
 * A member keeps their own sheet as `record` has it: of a panel that lies too far apart (R43, R46), or because a supervisor
 * returned it with a question, which is then named. Attached where it names a statement: the upholding record.
 */
const SheetUpheld = body("sheet.upheld", {
  candidate: CandidateRef,
  record: HashId,
  reason: SettlingWords,
  answers: z.array(HashId).min(1).max(3).optional(),
  /** What the author signed. */
  statement: HashId.optional(),
});

/** The leader lets the mark of exactly these sheets stand (R35, R43). Attached where it is signed: settlement record. */
const DivergenceSettled = body("divergence.settled", {
  candidate: CandidateRef,
  person: PersonId,
  records: z.array(HashId).min(2).max(15),
  reason: SettlingWords,
  /** Absent in what was recorded before settlements were signed. */
  signed: z.strictObject({ sitting: SittingId, seq: z.int().min(1), hash: HashId }).optional(),
});

/** Said and signed on another laptop of the centre. Attached: upholding record. */
const UpholdingReceived = body("upholding.received", {
  sitting: SittingId,
  candidate: CandidateRef,
  examiner: PersonId,
  record: HashId,
  reason: SettlingWords,
  statement: HashId,
  at: ClockReading,
  from: Kid,
  bundle: HashId,
});

/** Signed on another laptop of the centre. Attached: settlement record. */
const SettlementReceived = body("settlement.received", {
  sitting: SittingId,
  candidate: CandidateRef,
  person: PersonId,
  records: z.array(HashId).min(2).max(15),
  reason: SettlingWords,
  seq: z.int().min(1),
  hash: HashId,
  at: ClockReading,
  /** A receipt that was here first says that it does not count, and why. */
  refused: z.string().optional(),
  from: Kid,
  bundle: HashId,
});

const SheetOpened = body("sheet.opened", {
  sheet: SheetId,
  sitting: SittingId,
  candidate: CandidateRef,
  rubric: HashId,
});
const MarkSet = body("mark.set", {
  sheet: SheetId,
  item: z.int().min(1).max(99),
  /** Null clears the item: it is blank again, not zero. */
  input: ItemInput.nullable(),
  /** Sequence of the act this one takes back. */
  undoes: z.int().min(1).optional(),
});
const OvertimeSet = body("overtime.set", { sheet: SheetId, overtimeMs: z.int().min(0).max(MAX_OVERTIME_MS) });
const VetoSet = body("veto.set", { sheet: SheetId, code: VetoCode, on: z.boolean() });
const NoteSet = body("note.set", { sheet: SheetId, text: z.string().max(1000) });

/** Its examiner, or the panel's leader: the candidate's time stands still from here. Marks may be set all the same (R39). */
const SheetPaused = body("sheet.paused", { sheet: SheetId, reason: PauseReason });
const SheetResumed = body("sheet.resumed", { sheet: SheetId });

/** Written only when the picture's file is flushed under this hash; also when one that was taken away is brought back. */
const EvidenceAdded = body("evidence.added", {
  sheet: SheetId,
  item: EvidenceItem,
  ...PictureFacts.shape,
  undoes: z.int().min(1).optional(),
});
/** The picture's file stays. */
const EvidenceRemoved = body("evidence.removed", {
  sheet: SheetId,
  item: EvidenceItem,
  hash: HashId,
  undoes: z.int().min(1).optional(),
});

/** Attached: sheet record. */
const SheetSigned = body("sheet.signed", {
  sheet: SheetId,
  seq: z.int().min(1),
  hash: HashId,
  total: Fraction,
});

/**
 * A paper sheet is being typed: the actor is the first of two. `sheet` is the serial of the blank. After it was given up the same paper
 * may be begun again.
 */
const TranscriptionOpened = body("transcription.opened", {
  sheet: SheetId,
  sitting: SittingId,
  candidate: CandidateRef,
  rubric: HashId,
  examiner: PersonId,
  /** The laptop that printed the blank. */
  printedOn: Kid,
});
const TranscriptionJoined = body("transcription.joined", { sheet: SheetId });
/** On the actor's own side. */
const TranscriptionTyped = body("transcription.typed", { sheet: SheetId, typed: Typed });
/** Written only when the picture's file is flushed under this hash. */
const TranscriptionPage = body("transcription.page-added", { sheet: SheetId, page: PictureFacts });
const TranscriptionPageRemoved = body("transcription.page-removed", { sheet: SheetId, hash: HashId });
/** The actor has typed everything that is on the paper. */
const TranscriptionDone = body("transcription.done", { sheet: SheetId });
/** The examiner looked at it against the paper and does not sign it so. */
const TranscriptionReturned = body("transcription.returned", {
  sheet: SheetId,
  candidate: CandidateRef,
  reason: StaffReason,
});
const TranscriptionDropped = body("transcription.dropped", { sheet: SheetId, reason: StaffReason });

/** Two people read the paper alike: an open sheet of the examiner whose paper it is, who signs it or sends it back. */
const SheetTranscribed = body("sheet.transcribed", {
  sheet: SheetId,
  sitting: SittingId,
  candidate: CandidateRef,
  rubric: HashId,
  examiner: PersonId,
  marks: SheetMarks,
  by: z.tuple([PersonId, PersonId]),
  pages: z.array(PictureFacts).min(1).max(MAX_PAGES),
});

/** Its author begins to amend a signed sheet: marks that follow are the amendment's, until it is signed or given up. */
const AmendmentOpened = body("amendment.opened", { sheet: SheetId, basis: HashId });
const AmendmentDropped = body("amendment.dropped", { sheet: SheetId });

/** Author and approver signed the amendment as it stood. Attached: amendment record. */
const SheetAmended = body("sheet.amended", {
  sheet: SheetId,
  sitting: SittingId,
  seq: z.int().min(1),
  hash: HashId,
  reason: AmendmentReason,
  text: z.string().min(1).max(1000),
  total: Fraction,
  approvedBy: PersonId,
  office: AmendmentOffice,
});

const reviewed = Review.omit({ refused: true, from: true, heldSeq: true });
const { at: _signedAt, person: _signedBy, ...review } = reviewed.shape;

/** The actor, a supervisor, decided about what was signed; where it weighs, with a second signature. Attached: review record. */
const ReviewSigned = body("review.signed", review);

/** A decision that was signed on another laptop of the centre. Attached: review record. */
const ReviewReceived = body("review.received", {
  review: reviewed,
  /** A receipt that was here first says that it does not count, and why. */
  refused: z.string().optional(),
  from: Kid,
  bundle: HashId,
});

/** Attached: attendance record. */
const CandidateAbsent = body("candidate.absent", {
  sitting: SittingId,
  candidate: CandidateRef,
  seq: z.int().min(1),
  hash: HashId,
});

/** Whoever leads the room compared a document with the roster; only where it matches is the candidate checked in (签到). */
const IdentityChecked = body("identity.checked", {
  sitting: SittingId,
  candidate: CandidateRef,
  ...IdCheckSaid.shape,
});
/** The one that stands was pressed by mistake. */
const IdentityCheckUndone = body("identity.check-undone", { sitting: SittingId, candidate: CandidateRef });

/** Of roster and secret, before anybody knows the value that is named in the room. Attached: the secret. */
const SeatsCommitted = body("seats.committed", { sitting: SittingId, commitment: HashId });

/**
 * Once a sitting. Whoever has the roster and its rotations as they stood at this entry draws the same again of secret and value
 * (shared/rules/panel/seats.ts); who was moved since is drawn with the others of the former rotation.
 */
const SeatsDrawn = body("seats.drawn", {
  sitting: SittingId,
  secret: DrawSecret,
  value: DrawValue,
  seats: z.array(DrawnSeat).min(1).max(MOST_CANDIDATES),
});

const changeOfRoster = {
  sitting: SittingId,
  change: RosterChange,
  reason: RosterReason,
  seq: z.int().min(1),
  hash: HashId,
  leader: PersonId,
  confirmedBy: PersonId,
  office: RosterOffice,
};

/** Late, gone, in another's place or without a workplace: signed by the leader and by a second person. Attached: delta record. */
const RosterChanged = body("roster.changed", changeOfRoster);

/** A line of the room record. Attached: incident record. */
const IncidentRecorded = body("incident.recorded", {
  incident: SheetId,
  sitting: SittingId,
  report: IncidentReport,
  seq: z.int().min(1),
  hash: HashId,
  person: PersonId,
});

/**
 * What the actor, a supervisor, notes of the room before signing: one answer, null where it is taken back; words of their own; or all of
 * it is emptied.
 */
const VisitAnswered = body("visit.answered", {
  sitting: SittingId,
  item: ChecklistItem.shape.code,
  answer: VisitAnswer.nullable(),
});
const VisitRemarked = body("visit.remarked", {
  sitting: SittingId,
  about: VisitRemark,
  text: VisitNotes.shape.problems,
});
const VisitCleared = body("visit.cleared", { sitting: SittingId });

/** The notes as they were signed, with the room as main counted it. Attached: supervision record. */
const VisitSigned = body("visit.signed", {
  visit: SheetId,
  sitting: SittingId,
  report: VisitReport,
  seq: z.int().min(1),
  hash: HashId,
  person: PersonId,
});

/** One press at the desk: the leader is wanted at this candidate. */
const LeaderCalled = body("leader.called", { call: SheetId, sitting: SittingId, candidate: CandidateRef });
const CallAnswered = body("call.answered", { call: SheetId, text: z.string().max(200) });

const AmendedPlace = z.strictObject({ sheet: SheetId, sitting: SittingId, seq: z.int().min(1) });

/**
 * Sealing is this one entry [SY1]. Attached: manifest record, then each object's bytes in `objects` order, but for those of
 * role `evidence`: they come last, and lie flushed as files named by their wire hash before this is written.
 */
const BatchSealed = body("batch.sealed", {
  batch: HashId,
  /** The sitting whose day was closed. */
  sitting: SittingId,
  /** Every sitting that has a record in this batch. */
  covers: z.array(SittingId).min(1),
  deviceSeq: z.int().min(1),
  range: z.strictObject({ first: z.int().min(1), last: z.int().min(1) }),
  sheets: z.int().min(0),
  absent: z.int().min(0),
  /** Expected sheets that were not signed when the day was closed, and why. */
  missing: z.int().min(0),
  explanation: z.string().max(1000),
  objects: z.array(BatchObject).min(1),
  /** Of a batch of amendments: those, and what they amend. Absent in a batch of results. */
  amended: z.array(AmendedPlace).min(1).optional(),
  /** Of a batch of reviews, or of settlements, whose `sheets` are those. */
  reviews: z.literal(true).optional(),
  settlements: z.literal(true).optional(),
});

/** The last thing that kept a batch waiting; written when the reason changes, not at every try. */
const SendTroubled = body("send.troubled", {
  batch: HashId,
  code: z.string().regex(/^[a-z]+(?:\.[a-z-]+)+$/),
  final: z.boolean(),
});

/** Only a verified receipt writes this [SY4]. Attached: receipt record. */
const ReceiptHeld = body("receipt.held", {
  batch: HashId,
  receipt: HashId,
  verdict: z.enum(["accepted", "quarantined", "rejected"]),
  sheets: z.strictObject({
    accepted: z.int().min(0),
    quarantined: z.int().min(0),
    rejected: z.int().min(0),
  }),
  notes: z.array(z.strictObject({ seq: z.int().min(0), code: z.string() })),
  regSeq: z.int().min(1),
  acceptedAt: InstantMs,
  /** What it says of each amendment in the batch: null where it counts, else the note's code; `target`: whose, by its record. */
  amended: z
    .array(AmendedPlace.extend({ code: z.string().nullable(), target: HashId.optional() }))
    .optional(),
  /** The same of each review in the batch that lies here. */
  reviewed: z
    .array(z.strictObject({ review: HashId, sitting: SittingId, code: z.string().nullable() }))
    .optional(),
  /** And of each settlement. */
  settled: z
    .array(
      z.strictObject({
        ...{ settlement: HashId, candidate: CandidateRef, sitting: SittingId },
        code: z.string().nullable(),
      }),
    )
    .optional(),
});

/** Copied to a stick and read back byte for byte; a stick is no receipt. */
const BatchExported = body("batch.exported", {
  batches: z.array(HashId).min(1).max(2000),
  bundles: z.array(z.strictObject({ hash: HashId, bytes: z.int().min(1) })).min(1),
});

/** Other laptops of the centre may take this sitting over. Attached: the key its hand-overs are sealed with. */
const SittingShared = body("sitting.shared", { sitting: SittingId });

/** A sitting that another laptop of the centre prepared. Attached: its roster record, the key of its hand-overs. */
const SittingReceived = body("sitting.received", {
  sitting: Sitting,
  candidates: z.array(Candidate).min(1).max(MOST_CANDIDATES),
  roster: z.strictObject({ hash: HashId, source: HashId }),
  trainers: z.array(PersonId).max(2000),
  from: Kid,
  bundle: HashId,
});

/**
 * A sheet that was signed on another laptop. `counts` says that nobody else's version stands; else it is kept beside.
 * Attached: sheet record.
 */
const SheetReceived = body("sheet.received", {
  sheet: Sheet.omit({
    ...{ lastSeq: true, signature: true, from: true },
    ...{ amendments: true, signed: true, amending: true },
    // The record that is signed has none.
    pauses: true,
  }),
  signature: SheetSignature,
  /** Photographs that its record names; they stay on their own laptop. Earlier entries do not say. */
  pictures: z.array(HashId).max(MAX_EVIDENCE).optional(),
  from: Kid,
  bundle: HashId,
  counts: z.boolean(),
});

/**
 * An amendment that was signed on another laptop, of a sheet that came from there: `sheet` is where it stands here, if it does.
 * Attached: amendment record.
 */
const AmendmentReceived = body("amendment.received", {
  /** The record of the sheet. */
  target: HashId,
  sheet: SheetId,
  sitting: SittingId,
  amendment: SheetAmendment.omit({ refused: true, from: true }),
  /** A receipt that was here first says that it does not count, and why. */
  refused: z.string().optional(),
  from: Kid,
  bundle: HashId,
});

/** Signed on another laptop. Attached: attendance record. */
const AbsenceReceived = body("absence.received", {
  sitting: SittingId,
  candidate: CandidateRef,
  seq: z.int().min(1),
  hash: HashId,
  at: ClockReading,
  from: Kid,
  bundle: HashId,
});

/** Signed on another laptop, and it fits the roster as it stands here. Attached: delta record. */
const RosterChangeReceived = body("roster.change-received", {
  ...changeOfRoster,
  at: ClockReading,
  from: Kid,
  bundle: HashId,
});

/** Of several versions of one sheet a supervisor names the one that counts, and says why. */
const SheetChosen = body("sheet.chosen", {
  /** The sheet that counted so far, and where; entries of before amendments do not say where. */
  sheet: SheetId,
  sitting: SittingId.optional(),
  /** Every version there was, by hash of its record, with the chosen one. */
  versions: z.array(HashId).max(20),
  chosen: HashId,
  person: PersonId,
  reason: z.string().trim().min(1).max(1000),
});

/** Another laptop's batch, to be brought to the registry unopened. Attached as for `batch.sealed`. */
const BatchCarried = body("batch.carried", {
  batch: HashId,
  device: Kid,
  deviceSeq: z.int().min(1),
  sitting: SittingId,
  range: z.strictObject({ first: z.int().min(1), last: z.int().min(1) }),
  sheets: z.int().min(0),
  absent: z.int().min(0),
  objects: z.array(BatchObject).min(1),
  bundle: HashId,
  /** `sheets` are amendments. */
  amends: z.literal(true).optional(),
  /** `sheets` are reviews. */
  reviews: z.literal(true).optional(),
  /** `sheets` are settlements. */
  settlements: z.literal(true).optional(),
});

/** The registry lost this batch, was given it again and signed another receipt for it. Attached: receipt record. */
const ReceiptRenewed = body("receipt.renewed", ReceiptHeld.omit({ kind: true }).shape);

/** All evidence of the batch is at the registry. Attached: the registry's statement. */
const EvidenceHeld = body("evidence.held", { batch: HashId, statement: HashId, objects: z.int().min(1) });

/** Batches here that the registry does not know any more are offered again. Attached: head record. */
const HeadCompared = body("head.compared", {
  lastSeq: z.int().min(0),
  lastBatch: HashId,
  behind: z.array(HashId).max(2000),
  trouble: z.enum(["head.ahead", "head.other-batch", "head.frozen"]).nullable(),
});

/** A longer list than the one before, whose beginning it is. Attached: list record. */
const RevocationsHeld = body("revocations.held", { revocations: RevocationListRecord.shape.revocations });

/** A later keyset under the pinned root. Attached: keyset record. */
const KeysetHeld = body("keyset.held", { keyset: HashId, version: z.int().min(1) });

/** The leaf that the receipt names stands in the registry's public log [SY29]. Attached: the proof. */
const BatchAnchored = body("batch.anchored", {
  batch: HashId,
  receipt: HashId,
  log: LogOrigin,
  index: z.int().min(0),
  size: z.int().min(1),
});

/** A checkpoint of the public log that fitted the one before it, or the first, or the first of another log [SY30]. */
const CheckpointHeld = body("checkpoint.held", {
  checkpoint: KeptCheckpoint,
  change: z.enum(["first", "grown", "other-log"]),
});

/**
 * Two signed checkpoints of one log that do not fit [SY31]. Attached: the one kept, the one offered, and the hashes that were
 * offered as a proof, a line each.
 */
const LogDisputed = body("log.disputed", {
  code: z.enum(["checkpoint.behind", "checkpoint.split-view"]),
  log: LogOrigin,
  kept: z.int().min(1),
  offered: z.int().min(0),
});

export const EntryBody = z.discriminatedUnion("kind", [
  CentreOpened,
  DeviceContinued,
  DeviceEnrolled,
  RecoveryMade,
  ClockChanged,
  DrillHeld,
  PermitReceived,
  PersonKeyMade,
  PersonKeyEnded,
  PersonAdded,
  PersonEnded,
  SessionOpened,
  SessionClosed,
  RubricAdded,
  SittingPrepared,
  PanelChanged,
  ConflictDeclared,
  ResultsSignedOff,
  ResultRechecked,
  SheetUpheld,
  DivergenceSettled,
  UpholdingReceived,
  SettlementReceived,
  SheetOpened,
  MarkSet,
  OvertimeSet,
  VetoSet,
  NoteSet,
  SheetPaused,
  SheetResumed,
  EvidenceAdded,
  EvidenceRemoved,
  TranscriptionOpened,
  TranscriptionJoined,
  TranscriptionTyped,
  TranscriptionPage,
  TranscriptionPageRemoved,
  TranscriptionDone,
  TranscriptionReturned,
  TranscriptionDropped,
  SheetTranscribed,
  SheetSigned,
  AmendmentOpened,
  AmendmentDropped,
  SheetAmended,
  ReviewSigned,
  ReviewReceived,
  CandidateAbsent,
  IdentityChecked,
  IdentityCheckUndone,
  SeatsCommitted,
  SeatsDrawn,
  RosterChanged,
  IncidentRecorded,
  VisitAnswered,
  VisitRemarked,
  VisitCleared,
  VisitSigned,
  LeaderCalled,
  CallAnswered,
  BatchSealed,
  SendTroubled,
  ReceiptHeld,
  BatchExported,
  SittingShared,
  SittingReceived,
  SheetReceived,
  AmendmentReceived,
  AbsenceReceived,
  RosterChangeReceived,
  SheetChosen,
  BatchCarried,
  ReceiptRenewed,
  EvidenceHeld,
  HeadCompared,
  RevocationsHeld,
  KeysetHeld,
  BatchAnchored,
  CheckpointHeld,
  LogDisputed,
]);
export type EntryBody = z.infer<typeof EntryBody>;
export type EntryKind = EntryBody["kind"];
export type BodyOf<K extends EntryKind> = Extract<EntryBody, { kind: K }>;

export const JournalEntry = z.strictObject({
  /** Version of the body's shape; an older one is lifted by an upcaster before it is folded (rulings 9). */
  v: z.literal(1),
  /** Place in the journal, from 1, without a gap: the only order there is. */
  seq: z.int().min(1),
  at: ClockReading,
  actor: PersonId.nullable(),
  body: EntryBody,
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** An entry with the hash of its stored frame, as it leaves electron/journal. */
export const StoredEntry = z.strictObject({ entry: JournalEntry, hash: HashId });
export type StoredEntry = z.infer<typeof StoredEntry>;
