// Every record kind of ERT/1 that exists so far: its type, its shape, its size and whose key may sign it. Shapes are
// protocol A3 and 1.5 as rulings 1-6 amend them. No format is frozen before ERT/1 lands.
import { z } from "zod";
import {
  CandidateRef,
  ClockReading,
  Day,
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
  CheckInput,
  DeductInput,
  DrawnInspection,
  DrawPlan,
  DrawRates,
  DrawRegister,
  DrillResults,
  FlagCode,
  IncidentReport,
  InspectionFinding,
  Institution,
  JudgeInput,
  MAX_EVIDENCE,
  MAX_OVERTIME_MS,
  MAX_REVIEW_FLAGS,
  MOST_CANDIDATES,
  MeasureInput,
  Mitigation,
  PanelMember,
  Person,
  PersonName,
  PointsInput,
  ReferencePack,
  ReviewDecision,
  ReviewSubject,
  Role,
  RosterChange,
  RosterOffice,
  RosterReason,
  StaffReason,
  StatedQualifications,
  VetoCode,
  VisitReport,
} from "#shared/exam";

const v = z.literal(1);
const hex32 = z.string().regex(/^[0-9a-f]{32}$/);
const by = z.strictObject({ kid: Kid });
const app = z.strictObject({ ver: z.string().max(32), build: HashId });
const exam = z.strictObject({ id: SittingId, rubric: HashId });
/** `seq` and `prev` chain the records signed on one device, without a gap (architecture, Two chains). */
const chain = { seq: z.int().min(1), prev: HashId };

export const SheetItem = z.discriminatedUnion("kind", [
  sheetItem("DEDUCT", DeductInput.omit({ kind: true })),
  sheetItem("MEASURE", MeasureInput.omit({ kind: true })),
  sheetItem("JUDGE", JudgeInput.omit({ kind: true })),
  sheetItem("CHECK", CheckInput.omit({ kind: true })),
  sheetItem("POINTS", PointsInput.omit({ kind: true })),
]);

export const SheetRecord = z.strictObject({
  v,
  sheetId: SheetId,
  ...chain,
  permit: HashId,
  exam,
  candidate: z.strictObject({ ref: CandidateRef }),
  items: z.array(SheetItem).min(1).max(60),
  overtimeMs: z.int().min(0).max(MAX_OVERTIME_MS),
  vetoes: z.array(VetoCode).max(20),
  /** Exact points after overtime, before any veto takes effect. */
  total: Fraction,
  outcome: z.literal("graded"),
  note: z.string().max(1000),
  evidence: z
    .array(
      z.strictObject({
        hash: HashId,
        size: z.int().min(1),
        type: z.string().max(64),
        /** Left out where it is evidence of the whole sheet. */
        item: z.int().min(1).max(99).optional(),
      }),
    )
    .max(MAX_EVIDENCE),
  replaces: HashId.optional(),
  /** Typed from paper by these two, each by themselves; the examiner signed what both had read. `sheetId` is the serial of the blank. */
  paper: z.strictObject({ by: z.tuple([PersonId, PersonId]) }).optional(),
  started: ClockReading,
  finished: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("examiner") }),
  app,
});
export type SheetRecord = z.infer<typeof SheetRecord>;

export const AttendanceRecord = z.strictObject({
  v,
  ...chain,
  permit: HashId,
  exam,
  candidate: z.strictObject({ ref: CandidateRef }),
  outcome: z.literal("absent"),
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("panelLeader") }),
  app,
});
export type AttendanceRecord = z.infer<typeof AttendanceRecord>;

export const RosterRecord = z.strictObject({
  v,
  ...chain,
  permit: HashId,
  exam,
  /** The day and the people the sitting was prepared for: the registry asks the same rules again (R18-R31, R65). */
  day: Day,
  perRotation: z.int().min(1).max(50),
  panel: z.array(PanelMember).min(1).max(15),
  supervisor: PersonId.nullable(),
  /** False: the panel saw numbers only (R45). */
  observed: z.boolean(),
  /** Signed for where the institution taught candidates and the panel has no external majority (R31). */
  mitigation: Mitigation.nullable(),
  candidates: z
    .array(
      z.strictObject({
        ref: CandidateRef,
        no: z.int().min(1),
        name: PersonName,
        idNumber: z.string().min(1).max(32),
        ticketNo: z.string().min(1).max(32),
      }),
    )
    .min(1)
    .max(MOST_CANDIDATES),
  /** Hash of the spreadsheet's bytes: which file the people on paper came from. */
  source: HashId,
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("administrator") }),
  app,
});
export type RosterRecord = z.infer<typeof RosterRecord>;

/**
 * A panel changed on the day (rulings 3): who leaves, who joins with which key, why, and the panel from then on. Signed by
 * a panel leader, by the supervisor and by the key that joins, so that it vouches for that key where no permit admits it.
 */
export const PanelChangeRecord = z.strictObject({
  v,
  ...chain,
  permit: HashId,
  exam,
  leaves: PersonId,
  joins: z.strictObject({
    person: Person,
    stated: StatedQualifications.nullable(),
    kid: Kid,
    pub: PublicKeyHex,
  }),
  panel: z.array(PanelMember).min(1).max(15),
  reason: StaffReason,
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("panelLeader") }),
  app,
});
export type PanelChangeRecord = z.infer<typeof PanelChangeRecord>;

/**
 * The roster changed on the day (rulings 3): somebody came late, left, changed places, or lost the workplace. Signed by a panel
 * leader and by somebody who holds the office it names; the roster itself stays as it was signed.
 */
export const DeltaRecord = z.strictObject({
  v,
  ...chain,
  permit: HashId,
  exam,
  change: RosterChange,
  reason: RosterReason,
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("panelLeader") }),
  confirmedBy: z.strictObject({ kid: Kid, role: RosterOffice }),
  app,
});
export type DeltaRecord = z.infer<typeof DeltaRecord>;

/**
 * A signed sheet changed afterwards (R46): its author, and somebody who holds an office, sign the same words. What was
 * signed first stays; this says what counts from the moment the registry takes it.
 */
export const AmendmentRecord = z.strictObject({
  v,
  amendId: SheetId,
  ...chain,
  permit: HashId,
  exam,
  candidate: z.strictObject({ ref: CandidateRef }),
  /** The sheet. */
  target: HashId,
  /** What counted when the author looked at it: the sheet itself, or the amendment before this one. */
  basis: HashId,
  reason: AmendmentReason,
  text: z.string().min(1).max(1000),
  /** The whole sheet as it is to be, inputs again and not marks. */
  new: z.strictObject({
    items: z.array(SheetItem).min(1).max(60),
    overtimeMs: z.int().min(0).max(MAX_OVERTIME_MS),
    vetoes: z.array(VetoCode).max(20),
    total: Fraction,
    note: z.string().max(1000),
  }),
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("examiner") }),
  approvedBy: z.strictObject({ kid: Kid, role: AmendmentOffice }),
  app,
});
export type AmendmentRecord = z.infer<typeof AmendmentRecord>;

/**
 * A supervisor's decision about what was signed (R23): what was looked at, the record that counted, the flags in sight and why.
 * What weighs most has a second signature (R46). It changes no mark.
 */
export const ReviewRecord = z.strictObject({
  v,
  reviewId: SheetId,
  ...chain,
  permit: HashId,
  exam,
  subject: ReviewSubject,
  /** The record that counted when it was looked at; of several records the hash over all of them (basisHash). */
  basis: HashId,
  /** The decision about the same that stood until then. */
  follows: HashId.optional(),
  flags: z.array(FlagCode).max(MAX_REVIEW_FLAGS),
  decision: ReviewDecision,
  reason: z.string().min(1).max(1000),
  question: z.string().min(1).max(1000).optional(),
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("supervisor") }),
  second: z.strictObject({ kid: Kid, role: AmendmentOffice }).optional(),
  app,
});
export type ReviewRecord = z.infer<typeof ReviewRecord>;

/** A record as text. A statement of so many words is far below this. */
const statement = z.base64().max(8192);
const MOST_SETTLED = 15;

/**
 * A member of a divergent panel keeps their own sheet as `record` has it (R43, R46). It takes no place in a chain: it goes from laptop
 * to laptop as it is, and to the registry inside the settlement that rests on it.
 */
export const UpholdingRecord = z.strictObject({
  v,
  permit: HashId,
  exam,
  candidate: z.strictObject({ ref: CandidateRef }),
  record: HashId,
  reason: z.string().min(1).max(1000),
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("examiner") }),
  app,
});
export type UpholdingRecord = z.infer<typeof UpholdingRecord>;

/**
 * The leader lets the mark of exactly these records stand although they lie apart (R35, R43). The figures are those the leader signed
 * over; whoever reads them computes them again. Every member's own words are inside, under the member's own signature.
 */
export const SettlementRecord = z.strictObject({
  v,
  settlementId: SheetId,
  ...chain,
  permit: HashId,
  exam,
  candidate: z.strictObject({ ref: CandidateRef }),
  /** What counts of each sheet, in the order of the hashes. */
  records: z.array(HashId).min(2).max(MOST_SETTLED),
  /** Exact points: the panel's mark before any veto (R41, R42), and how far the totals lie apart. */
  mean: Fraction,
  spread: Fraction,
  /** Whole upholding records. Who amended their sheet to bring the panel together has none. */
  statements: z.array(statement).max(MOST_SETTLED),
  /** Members who were taken out before they could look again. */
  unasked: z.array(PersonId).max(MOST_SETTLED),
  reason: z.string().min(1).max(1000),
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("panelLeader") }),
  app,
});
export type SettlementRecord = z.infer<typeof SettlementRecord>;

/** What happened in the room, on the word of whoever saw it (R76): the role it is signed under is one that they hold. */
export const IncidentRecord = z.strictObject({
  v,
  incidentId: SheetId,
  ...chain,
  permit: HashId,
  exam,
  report: IncidentReport,
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: Role }),
  app,
});
export type IncidentRecord = z.infer<typeof IncidentRecord>;

/** What a supervisor saw in a room, over the figures of that moment (R23, domain 4.4). It changes no mark. */
export const SupervisionRecord = z.strictObject({
  v,
  visitId: SheetId,
  ...chain,
  permit: HashId,
  exam,
  report: VisitReport,
  at: ClockReading,
  by: z.strictObject({ kid: Kid, role: z.literal("supervisor") }),
  app,
});
export type SupervisionRecord = z.infer<typeof SupervisionRecord>;

export const BatchObject = z.strictObject({
  wire: HashId,
  hash: HashId,
  size: z.int().min(1),
  /** `shared-roster`: of a sitting that another laptop prepared, so that these sheets need not wait for its batch. */
  role: z.enum(["pack", "roster", "shared-roster", "rubric", "evidence"]),
});
export type BatchObject = z.infer<typeof BatchObject>;

/** How much of the registry's public log this laptop has verified: size and root (base64) of its last checkpoint. */
export const SeenCheckpoint = z.strictObject({
  size: z.int().min(0),
  root: z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/),
});
export type SeenCheckpoint = z.infer<typeof SeenCheckpoint>;

/** What a laptop keeps of the last checkpoint that fitted: base64 of the signed note with it. */
export const KeptCheckpoint = z.strictObject({
  log: LogOrigin,
  ...SeenCheckpoint.shape,
  note: z.string().max(4096),
});
export type KeptCheckpoint = z.infer<typeof KeptCheckpoint>;

/** Nothing seen yet. */
export const NO_CHECKPOINT: SeenCheckpoint = { size: 0, root: `${"A".repeat(43)}=` };

export const BatchManifest = z.strictObject({
  v,
  aud: z.string().min(1).max(128),
  device: Kid,
  deviceSeq: z.int().min(1),
  prevBatch: HashId,
  permit: HashId,
  centre: InstitutionId,
  /** Amendments travel by themselves, and so do reviews and settlements: a range is of one kind. */
  kind: z.enum(["results", "amendments", "reviews", "settlements"]),
  /** Every record this device signed since its last batch, whatever sitting it belongs to. */
  range: z.strictObject({ first: z.int().min(1), last: z.int().min(1), headHash: HashId }),
  /** RFC 6962 root over the bytes of all records of the range, in `seq` order: the pack's and the rosters'. */
  root: HashId,
  /** Of a batch of amendments, of reviews or of settlements: those. */
  sheets: z.int().min(0),
  attendance: z.int().min(0),
  objects: z.array(BatchObject).min(1).max(2000),
  journal: z.strictObject({ entries: z.int().min(1), head: HashId }),
  seen: z.strictObject({ receipt: HashId, checkpoint: SeenCheckpoint, revocations: z.int().min(0) }),
  clock: z.strictObject({
    ...ClockReading.shape,
    lastRegistryTime: z.int().min(0),
    suspect: z.boolean(),
  }),
  by: z.strictObject({ kid: Kid, role: z.literal("device") }),
  app,
});
export type BatchManifest = z.infer<typeof BatchManifest>;

export const ReceiptRecord = z.strictObject({
  v,
  batch: HashId,
  device: Kid,
  deviceSeq: z.int().min(1),
  verdict: z.enum(["accepted", "quarantined", "rejected"]),
  acceptedAt: InstantMs,
  regSeq: z.int().min(1),
  sheets: z.strictObject({
    accepted: z.int().min(0),
    quarantined: z.int().min(0),
    rejected: z.int().min(0),
  }),
  notes: z
    .array(z.strictObject({ seq: z.int().min(0), code: z.string().regex(/^[a-z][a-z-]{1,63}$/) }))
    .max(10_000),
  /** This batch's place in the public log: the hash of its leaf (RFC 6962), and which log. */
  leaf: HashId,
  log: LogOrigin,
  prevReceipt: HashId,
  revocations: z.int().min(0),
  by,
});
export type ReceiptRecord = z.infer<typeof ReceiptRecord>;

export const TransportKey = z.strictObject({
  kid: z.string().regex(/^x25519\.[0-9a-f]{32}$/),
  pub: PublicKeyHex,
});

export const PermitRecord = z.strictObject({
  v,
  permitId: hex32,
  nonce: hex32,
  centre: InstitutionId,
  /** The demonstration policy lets one examiner mark alone (rulings 13). */
  policy: z.enum(["default", "demo"]),
  window: z.strictObject({ from: InstantMs, to: InstantMs }),
  devices: z.array(Kid).min(1).max(200),
  people: z
    .array(
      z.strictObject({ id: PersonId, kid: Kid, pub: PublicKeyHex, device: Kid, roles: z.array(Role).min(1) }),
    )
    .max(2000),
  transportKey: TransportKey,
  limits: z.strictObject({ maxSheets: z.int().min(1), maxObject: z.int().min(1) }),
  /** What the rules must know where there is no network: a sheet names its permit, and with it these facts. */
  reference: ReferencePack,
  aud: z.string().min(1).max(128),
  by,
});
export type PermitRecord = z.infer<typeof PermitRecord>;

/** A laptop asks to be enrolled; signed with the new device key, which proves possession. */
export const EnrolRequestRecord = z.strictObject({
  v,
  code: z.string().regex(/^[A-Z2-7]{16}$/),
  device: z.strictObject({ kid: Kid, pub: PublicKeyHex }),
  storage: z.enum(["keyring", "passphrase", "demo-file"]),
  /** The device whose chain of records this one goes on with, after theft, a fall or a lost keyring. */
  continues: Kid.optional(),
  nonce: hex32,
  by,
});
export type EnrolRequestRecord = z.infer<typeof EnrolRequestRecord>;

/** People's new keys on one device; signed by every key named and by the device (no secret crosses the wire). */
export const PersonKeyRecord = z.strictObject({
  v,
  device: Kid,
  person: PersonId,
  kid: Kid,
  pub: PublicKeyHex,
  nonce: hex32,
  by,
});
export type PersonKeyRecord = z.infer<typeof PersonKeyRecord>;

export const EnrolmentRecord = z.strictObject({
  v,
  aud: z.string().min(1).max(128),
  device: z.strictObject({ kid: Kid, pub: PublicKeyHex }),
  institution: Institution,
  people: z.array(Person).max(2000),
  at: InstantMs,
  by,
});
export type EnrolmentRecord = z.infer<typeof EnrolmentRecord>;

export const RegistryRole = z.enum(["root", "receipts", "permits", "revocations", "log"]);
export type RegistryRole = z.infer<typeof RegistryRole>;

export const KeysetRecord = z.strictObject({
  v,
  version: z.int().min(1),
  aud: z.string().min(1).max(128),
  name: z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(200) }),
  keys: z
    .array(z.strictObject({ kid: Kid, pub: PublicKeyHex, role: RegistryRole }))
    .min(1)
    .max(20),
  transportKey: TransportKey,
  suites: z.array(z.enum(["ERT-INT-1"])).min(1),
  limits: z.strictObject({ maxSheets: z.int().min(1), maxObject: z.int().min(1) }),
  by,
});
export type KeysetRecord = z.infer<typeof KeysetRecord>;

/**
 * A device asks what only it may read (rulings 6). The nonce comes back in the head, so that an old head cannot answer a
 * new question; `at` is for people, no decision rests on it.
 */
export const QueryRecord = z.strictObject({
  v,
  aud: z.string().min(1).max(128),
  device: Kid,
  what: z.enum(["head", "permits"]),
  nonce: hex32,
  at: z.int().min(0),
  by,
});
export type QueryRecord = z.infer<typeof QueryRecord>;

export const HeadRecord = z.strictObject({
  v,
  device: Kid,
  /** Of the query it answers. */
  nonce: hex32,
  lastSeq: z.int().min(0),
  lastBatch: HashId,
  gaps: z.array(z.int().min(1)).max(1000),
  frozen: z.boolean(),
  /** The newest version of the revocation list. */
  revocations: z.int().min(0),
  time: InstantMs,
  by,
});
export type HeadRecord = z.infer<typeof HeadRecord>;

/** Every evidence object that the manifest of `batch` names is stored and flushed. */
export const EvidenceRecord = z.strictObject({
  v,
  batch: HashId,
  device: Kid,
  objects: z.int().min(1),
  at: InstantMs,
  by,
});
export type EvidenceRecord = z.infer<typeof EvidenceRecord>;

export const RevocationReason = z.enum(["lost", "stolen", "compromised", "left", "replaced"]);
export type RevocationReason = z.infer<typeof RevocationReason>;

const revocation = {
  kid: Kid,
  kind: z.enum(["device", "person"]),
  reason: RevocationReason,
  /** Since when the key is out of its owner's hands, as far as anybody knows: for people who look at earlier batches. */
  effective: InstantMs,
  /** Its place in the list, from 1 without a gap. */
  version: z.int().min(1),
};

/** What is sent from that key after the registry took this record counts no more (protocol A10). */
export const RevocationRecord = z.strictObject({ v, aud: z.string().min(1).max(128), ...revocation, by });
export type RevocationRecord = z.infer<typeof RevocationRecord>;

/** All revocations, oldest first; `version` is how many there are. A list never loses one. */
export const RevocationListRecord = z.strictObject({
  v,
  aud: z.string().min(1).max(128),
  version: z.int().min(0),
  revocations: z.array(z.strictObject(revocation)).max(4000),
  by,
});
export type RevocationListRecord = z.infer<typeof RevocationListRecord>;

/** The readiness sheet: no part of the chain of records, it stays with the laptop it speaks of. */
export const ReadinessRecord = z.strictObject({
  v,
  device: Kid,
  results: DrillResults,
  journal: z.strictObject({ entries: z.int().min(1), head: HashId }),
  started: ClockReading,
  finished: ClockReading,
  /** Who answers for it beside the device: the second signature. */
  person: z.strictObject({ id: PersonId, kid: Kid }),
  by: z.strictObject({ kid: Kid, role: z.literal("device") }),
  app,
});
export type ReadinessRecord = z.infer<typeof ReadinessRecord>;

/**
 * Made public before a draw (R58): hashes of its secret and of its two registers, its rates, and a public value that nobody
 * knows yet. Whoever commits cannot foresee the value, and whoever brings the value about does not know the secret.
 */
export const DrawCommitmentRecord = z.strictObject({
  v,
  aud: z.string().min(1).max(128),
  plan: DrawPlan,
  /** Its place among all commitments of this registry, from 1, and the one before: one that was never revealed is seen. */
  no: z.int().min(1),
  prev: HashId,
  algorithm: z.literal("r58-sha256-1"),
  /** SHA-256 of the secret as it is spelled in the draw. */
  secret: HashId,
  /** SHA-256 of the canonical register, and of the ids of each list, sorted, one a line. */
  register: HashId,
  objects: HashId,
  inspectors: HashId,
  rates: DrawRates,
  /** Where the value will be read, and the day on which it becomes known. */
  source: z.strictObject({ name: z.string().min(1).max(200), day: Day }),
  at: InstantMs,
  by,
});
export type DrawCommitmentRecord = z.infer<typeof DrawCommitmentRecord>;

/** The draw with all that it was made of: whoever holds it and its commitment draws again (R58, R59). */
export const DrawRecord = z.strictObject({
  v,
  aud: z.string().min(1).max(128),
  plan: DrawPlan,
  commitment: HashId,
  register: DrawRegister,
  secret: z.string().regex(/^[0-9a-f]{64}$/),
  /** As it was read at the source that the commitment names. */
  value: z.string().min(1).max(200),
  drawn: z.array(DrawnInspection).min(1).max(2000),
  at: InstantMs,
  by,
});
export type DrawRecord = z.infer<typeof DrawRecord>;

/**
 * What inspectors found where a draw sent them, read back and made public. Each one has everything that was found until then, names the
 * one before it, and drops nothing of it: a finding that was published stays.
 */
export const DrawFindingsRecord = z.strictObject({
  v,
  aud: z.string().min(1).max(128),
  plan: DrawPlan,
  draw: HashId,
  no: z.int().min(1),
  prev: HashId,
  findings: z.array(InspectionFinding).min(1).max(16_000),
  at: InstantMs,
  by,
});
export type DrawFindingsRecord = z.infer<typeof DrawFindingsRecord>;

const KIB = 1024;

/** Type, schema, size cap (protocol 1.3, rule 9) and the role whose key must stand in `by`. */
export const RECORDS = {
  sheet: recordKind("sheet", SheetRecord, 64 * KIB, "examiner"),
  attendance: recordKind("attendance", AttendanceRecord, 64 * KIB, "panelLeader"),
  roster: recordKind("roster", RosterRecord, 1024 * KIB, "administrator"),
  panel: recordKind("panel", PanelChangeRecord, 64 * KIB, "panelLeader"),
  delta: recordKind("delta", DeltaRecord, 64 * KIB, "panelLeader"),
  incident: recordKind("incident", IncidentRecord, 64 * KIB, "anybody"),
  supervision: recordKind("supervision", SupervisionRecord, 64 * KIB, "supervisor"),
  amendment: recordKind("amendment", AmendmentRecord, 64 * KIB, "examiner"),
  review: recordKind("review", ReviewRecord, 64 * KIB, "supervisor"),
  upholding: recordKind("upholding", UpholdingRecord, 64 * KIB, "examiner"),
  settlement: recordKind("settlement", SettlementRecord, 256 * KIB, "panelLeader"),
  batch: recordKind("batch", BatchManifest, 1024 * KIB, "device"),
  receipt: recordKind("receipt", ReceiptRecord, 1024 * KIB, "receipts"),
  permit: recordKind("permit", PermitRecord, 1024 * KIB, "permits"),
  enrolRequest: recordKind("enrol-request", EnrolRequestRecord, 64 * KIB, "self"),
  personKey: recordKind("person-key", PersonKeyRecord, 64 * KIB, "self"),
  enrolment: recordKind("enrolment", EnrolmentRecord, 1024 * KIB, "permits"),
  keyset: recordKind("keyset", KeysetRecord, 64 * KIB, "root"),
  query: recordKind("query", QueryRecord, 64 * KIB, "device"),
  readiness: recordKind("readiness", ReadinessRecord, 64 * KIB, "device"),
  head: recordKind("head", HeadRecord, 64 * KIB, "receipts"),
  evidence: recordKind("evidence", EvidenceRecord, 64 * KIB, "receipts"),
  revocation: recordKind("revocation", RevocationRecord, 64 * KIB, "revocations"),
  drawCommitment: recordKind("draw-commitment", DrawCommitmentRecord, 64 * KIB, "permits"),
  draw: recordKind("draw", DrawRecord, 1024 * KIB, "permits"),
  drawFindings: recordKind("draw-findings", DrawFindingsRecord, 1024 * KIB, "permits"),
  revocationList: recordKind("revocation-list", RevocationListRecord, 1024 * KIB, "revocations"),
} as const;

export type RecordKind = keyof typeof RECORDS;
export type RecordOf<K extends RecordKind> = z.infer<(typeof RECORDS)[K]["schema"]>;

/**
 * What a key may sign: people's roles, the device, the registry's roles; `self` is a key that vouches for itself, `anybody` a person
 * of the centre under whichever role the record names (verify.ts).
 */
export type SignerRole = Role | RegistryRole | "device" | "self" | "anybody";

function recordKind<S extends z.ZodType>(name: string, schema: S, maxBytes: number, role: SignerRole) {
  return { type: `application/vnd.ert.${name}.v1+json`, schema, maxBytes, role } as const;
}

function sheetItem<K extends string, S extends z.ZodType>(kind: K, input: S) {
  return z.strictObject({ no: z.int().min(1).max(99), kind: z.literal(kind), in: input });
}
