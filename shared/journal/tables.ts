// What the journal says, as tables: the working view of both processes. Main keeps them in memory, the window in
// IndexedDB; both fill them with `fold` and nothing else, so they can be thrown away and rebuilt (architecture 1).
import { z } from "zod";
import {
  CandidateRef,
  ClockReading,
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
  Candidate,
  CandidateChange,
  DrawnPlace,
  IdCheck,
  IncidentReport,
  Institution,
  Person,
  Readiness,
  Recheck,
  ReferencePack,
  Review,
  Rubric,
  SeatDraw,
  Settlement,
  Sheet,
  SignOffRole,
  Sitting,
  StatedQualifications,
  Transcription,
  Upholding,
} from "#shared/exam";
import { BatchManifest, BatchObject, KeptCheckpoint, RevocationListRecord, TransportKey } from "#shared/wire";

export const CentreRow = z.strictObject({
  institution: Institution,
  device: Kid,
  /** The device whose work this one goes on with; null on the laptop where the centre was opened. */
  continues: Kid.nullable(),
  /** False until the registry has enrolled a device that goes on: until then its people sign nothing. */
  enrolled: z.boolean(),
  /** The key that the data key is sealed to; null until a recovery code was made. */
  recovery: PublicKeyHex.nullable(),
  aud: z.string(),
  registry: z.strictObject({ url: z.string(), name: z.strictObject({ zh: z.string(), en: z.string() }) }),
  keyset: HashId,
  storage: z.enum(["keyring", "passphrase", "demo-file"]),
  permit: z
    .strictObject({
      hash: HashId,
      policy: z.enum(["default", "demo"]),
      centre: InstitutionId,
      transportKey: TransportKey,
      limits: z.strictObject({ maxSheets: z.int(), maxObject: z.int() }),
      reference: ReferencePack,
      /** When it begins to hold: of two permits the later one stands. */
      from: InstantMs,
    })
    .nullable(),
});
export type CentreRow = z.infer<typeof CentreRow>;

export const PersonRow = z.strictObject({
  ...Person.shape,
  /** The key made for this person on this device; null until they chose a PIN here. */
  key: z.strictObject({ kid: Kid, pub: PublicKeyHex, permitted: z.boolean() }).nullable(),
  /** What was stated when an administrator added the person here; null for people of the register. */
  stated: StatedQualifications.nullable(),
  /** Taken out by an administrator, for good. */
  ended: z.strictObject({ reason: z.string(), at: ClockReading }).nullable(),
});
export type PersonRow = z.infer<typeof PersonRow>;

export const RubricRow = z.strictObject({ hash: HashId, rubric: Rubric });
export type RubricRow = z.infer<typeof RubricRow>;

export const SittingRow = z.strictObject({
  ...Sitting.shape,
  candidates: z.int().min(1),
  roster: z.strictObject({ hash: HashId, seq: z.int(), fileName: z.string(), refused: z.int() }),
  preparedAt: ClockReading,
  /** Who answered the conflict question, and whom they stand aside for (R29). */
  declarations: z.array(
    z.strictObject({ person: PersonId, candidates: z.array(CandidateRef), at: ClockReading }),
  ),
  trainers: z.array(PersonId),
  /** Who took whose place on the day, oldest first. */
  substitutions: z.array(
    z.strictObject({
      leaves: PersonId,
      joins: PersonId,
      kid: Kid,
      reason: z.string(),
      seq: z.int().min(1),
      hash: HashId,
      at: ClockReading,
    }),
  ),
  /** The newest signature of each kind, and the revision it was given for (R48, R80). */
  signOffs: z.array(
    z.strictObject({
      as: SignOffRole,
      person: PersonId,
      sheets: z.int().min(1),
      revision: z.int().min(0),
      at: ClockReading,
    }),
  ),
  /**
   * Grows with every amendment of its sheets, every word of the registry that turns one, every other version chosen to count, and
   * every candidate who comes late or leaves: whoever signed for the totals before signs again.
   */
  revision: z.int().min(0),
  /** Newest batch that sealed this sitting. */
  batch: HashId.nullable(),
  /** The laptop that prepared it; null for this one. */
  from: Kid.nullable(),
  /** Journal sequence of the entry that holds the key of its hand-overs; null while no other laptop takes part. */
  keySeq: z.int().min(1).nullable(),
  /** Where visits of supervisors to its room stand in this laptop's chain, oldest first; what they say is no row. */
  visits: z.array(z.int().min(1)),
  /** Not there before somebody committed to a draw of workplaces. */
  seatDraw: SeatDraw.optional(),
});
export type SittingRow = z.infer<typeof SittingRow>;

export const CandidateRow = z.strictObject({
  ...Candidate.shape,
  /** `from`: the laptop it was signed on; null for this one. */
  absence: z
    .strictObject({ seq: z.int().min(1), hash: HashId, at: ClockReading, from: Kid.nullable() })
    .nullable(),
  /** Changes of the roster that are about this candidate, oldest first. */
  changes: z.array(CandidateChange),
  /** Oldest first (R55). */
  rechecks: z.array(Recheck),
  /** Members of a divergent panel who keep their sheet, oldest first (R43). */
  upheld: z.array(Upholding),
  /** What the leader recorded, oldest first; the one about the sheets that count now stands. */
  settlements: z.array(Settlement),
  /** Comparisons of a document with the roster, oldest first; not there before the first (R79). */
  checks: z.array(IdCheck).optional(),
  /** Not there before the draw. */
  place: DrawnPlace.optional(),
});
export type CandidateRow = z.infer<typeof CandidateRow>;

/** A line of the room record, as it was signed. */
export const IncidentRow = z.strictObject({
  id: SheetId,
  sitting: SittingId,
  report: IncidentReport,
  seq: z.int().min(1),
  hash: HashId,
  person: PersonId,
  at: ClockReading,
});
export type IncidentRow = z.infer<typeof IncidentRow>;

/** An examiner called the panel leader to a candidate. */
export const CallRow = z.strictObject({
  id: SheetId,
  sitting: SittingId,
  candidate: CandidateRef,
  caller: PersonId,
  at: ClockReading,
  answer: z.strictObject({ person: PersonId, text: z.string(), at: ClockReading }).nullable(),
});
export type CallRow = z.infer<typeof CallRow>;

export const BatchRow = z.strictObject({
  id: HashId,
  /** The device that sealed it. */
  device: Kid,
  sitting: SittingId,
  covers: z.array(SittingId),
  deviceSeq: z.int().min(1),
  range: z.strictObject({ first: z.int(), last: z.int() }),
  /** A range is of one kind: of a batch of amendments, reviews or settlements `sheets` counts those. */
  kind: BatchManifest.shape.kind,
  /** Where this laptop's own amendments stand in it. */
  amended: z.array(z.strictObject({ sheet: SheetId, sitting: SittingId, seq: z.int().min(1) })),
  sheets: z.int(),
  absent: z.int(),
  missing: z.int(),
  explanation: z.string(),
  objects: z.array(BatchObject),
  sealedAt: ClockReading,
  /** Journal sequence of the sealing entry: where the bytes are. */
  sealedSeq: z.int().min(1),
  trouble: z.strictObject({ code: z.string(), final: z.boolean(), at: ClockReading }).nullable(),
  receipt: z
    .strictObject({
      hash: HashId,
      verdict: z.enum(["accepted", "quarantined", "rejected"]),
      sheets: z.strictObject({ accepted: z.int(), quarantined: z.int(), rejected: z.int() }),
      notes: z.array(z.strictObject({ seq: z.int(), code: z.string() })),
      regSeq: z.int(),
      acceptedAt: InstantMs,
      /** Journal sequence of the entry that holds the receipt's bytes. */
      heldSeq: z.int().min(1),
      /** Receipts for the same batch before this one: the registry judged it again, or lost it and was given it again. */
      earlier: z.array(HashId),
      /** How often it was lost and given again. */
      renewed: z.int().min(0),
    })
    .nullable(),
  /** The newest copy on a stick that was read back whole. */
  exported: z
    .strictObject({ bundles: z.array(z.strictObject({ hash: HashId, bytes: z.int() })), at: ClockReading })
    .nullable(),
  /** Another laptop's batch, brought along unopened. */
  carried: z.boolean(),
  /** Evidence objects that the registry has not confirmed yet; it ends at 0. */
  evidenceOwed: z.int().min(0),
  /** The proof that the receipt above stands in the public log; a newer receipt needs another one. */
  anchored: z
    .strictObject({
      log: LogOrigin,
      index: z.int().min(0),
      size: z.int().min(1),
      at: ClockReading,
      heldSeq: z.int().min(1),
    })
    .nullable(),
});
export type BatchRow = z.infer<typeof BatchRow>;

/** A sheet as another laptop signed it, or as it stood here before another version was chosen: kept, whatever counts. */
export const VersionRow = z.strictObject({
  hash: HashId,
  sheet: Sheet,
  bundle: HashId.nullable(),
  at: ClockReading,
  decision: z
    .strictObject({ chosen: z.boolean(), person: PersonId, reason: z.string(), at: ClockReading })
    .nullable(),
});
export type VersionRow = z.infer<typeof VersionRow>;

/** Heads of this device's chain of signed records and of its batches (architecture, Two chains). */
export const ChainRow = z.strictObject({
  seq: z.int().min(0),
  head: HashId,
  deviceSeq: z.int().min(0),
  lastBatch: HashId,
  lastReceipt: HashId,
  lastRegistryTime: z.int().min(0),
  /** The last checkpoint of the public log that verified and was consistent with the one before; kept as it was signed. */
  checkpoint: KeptCheckpoint.nullable(),
  /** How far the wall clock can be believed since `since`; a registry's time that agrees makes it trusted again. */
  clock: z.strictObject({
    state: z.enum(["trusted", "drifted", "changed"]),
    byMs: z.int(),
    since: z.int().min(0),
  }),
  /** Last signed record that a sealed batch covers. */
  sealedSeq: z.int().min(0),
});
export type ChainRow = z.infer<typeof ChainRow>;

/** What the registry said of itself, of keys and of this device; all of it verified, none of it forgotten. */
export const RegistryRow = z.strictObject({
  keyset: z.strictObject({ version: z.int().min(1), heldSeq: z.int().min(1) }).nullable(),
  revocations: RevocationListRecord.shape.revocations,
  /** The last head that was not what this laptop knows. */
  head: z
    .strictObject({
      trouble: z.enum(["head.ahead", "head.other-batch", "head.frozen"]).nullable(),
      lastSeq: z.int().min(0),
      behind: z.int().min(0),
      at: ClockReading,
      heldSeq: z.int().min(1),
    })
    .nullable(),
  /** The last time two of its checkpoints did not fit; never forgotten. `mended`: since then the log fitted again. */
  dispute: z
    .strictObject({
      code: z.enum(["checkpoint.behind", "checkpoint.split-view"]),
      log: LogOrigin,
      kept: z.int().min(1),
      offered: z.int().min(0),
      at: ClockReading,
      heldSeq: z.int().min(1),
      mended: z.boolean(),
    })
    .nullable(),
});
export type RegistryRow = z.infer<typeof RegistryRow>;

export const TABLES = {
  centre: CentreRow,
  people: PersonRow,
  rubrics: RubricRow,
  sittings: SittingRow,
  candidates: CandidateRow,
  sheets: Sheet,
  versions: VersionRow,
  reviews: Review,
  batches: BatchRow,
  chain: ChainRow,
  readiness: Readiness,
  registry: RegistryRow,
  incidents: IncidentRow,
  calls: CallRow,
  transcriptions: Transcription,
} as const;

export type TableName = keyof typeof TABLES;
export type RowOf<T extends TableName> = z.infer<(typeof TABLES)[T]>;

/** `centre`, `chain` and `registry` hold one row each, under this key; every other key is the row's own id (of `readiness` the device's). */
export const ONLY = "only";

export interface RowKey<T extends TableName = TableName> {
  readonly table: T;
  readonly key: string;
}
export type RowWrite = {
  [T in TableName]: { readonly table: T; readonly key: string; readonly row: RowOf<T> };
}[TableName];

/** Reads a row as it stands; the fold reads nothing that `rowsTouched` does not list. */
export type ReadRow = <T extends TableName>(table: T, key: string) => RowOf<T> | undefined;
