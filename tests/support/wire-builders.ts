// Records and batches as a laptop would make them, for tests of the wire, the sending rules and the registry. A
// `Laptop` keeps the two chains; every builder takes overrides, so that one thing at a time can be wrong.
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import {
  BootId,
  bytesToBase64url,
  bytesToHex,
  CandidateRef,
  concatBytes,
  Day,
  HashId,
  hexToBytes,
  InstantMs,
  InstitutionId,
  NO_HASH,
  PersonId,
  PublicKeyHex,
  SheetId,
  SittingId,
  type Bytes,
  type Fraction,
} from "#shared/base";
import { createSigner, hashId, keyId, sealObject, type Signer } from "#shared/crypto";
import type { ItemInput, Rubric, VisitReport } from "#shared/exam";
import { onSiteChecklist, totalOf } from "#shared/rules";
import {
  canonicalBytes,
  inputsToSheetItems,
  merkleRoot,
  NO_CHECKPOINT,
  recordToText,
  rubricHash,
  signRecord,
  type AmendmentRecord,
  type ReviewRecord,
  type AttendanceRecord,
  type BatchManifest,
  type DeltaRecord,
  type IncidentRecord,
  type PanelChangeRecord,
  type PermitRecord,
  type RosterRecord,
  type SettlementRecord,
  type SheetRecord,
  type UpholdingRecord,
  type SupervisionRecord,
} from "#shared/wire";
import { sampleRubric } from "./samples.ts";

export const CLOCK = {
  wall: InstantMs.parse(1_795_420_000_000),
  mono: 1000,
  boot: BootId.parse("00112233445566aa"),
};
const APP = { ver: "0.1.0", build: HashId.parse(`sha256:${"b".repeat(64)}`) };

export const aSigner = (seed?: number): Signer =>
  createSigner(seed === undefined ? new Uint8Array(randomBytes(32)) : new Uint8Array(32).fill(seed));
export const publicKeyHex = (signer: Signer) => PublicKeyHex.parse(bytesToHex(signer.publicKey));
export const aCandidateRef = () => CandidateRef.parse(randomBytes(16).toString("hex"));
export const aSittingId = () => SittingId.parse(bytesToBase64url(new Uint8Array(randomBytes(16))));
const aSheetId = () => SheetId.parse(bytesToBase64url(new Uint8Array(randomBytes(16))));

export const aRubric = sampleRubric;

/** Every item marked, nothing deducted that need not be. */
export function fullInputs(rubric: Rubric): Record<string, ItemInput> {
  return Object.fromEntries(rubric.items.map((item) => [String(item.no), fullInput(item)]));
}

function fullInput(item: Rubric["items"][number]): ItemInput {
  switch (item.kind) {
    case "DEDUCT":
      return { kind: "DEDUCT", picked: [] };
    case "MEASURE":
      return {
        kind: "MEASURE",
        readings: item.groups.map(({ id, points }) => ({
          group: id,
          values: Array.from({ length: points }, () => 0),
        })),
      };
    case "JUDGE":
      return { kind: "JUDGE", level: 2 };
    case "CHECK":
      return { kind: "CHECK", checks: Array.from({ length: item.checks }, () => "yes" as const) };
    case "POINTS":
      return { kind: "POINTS", steps: item.max };
  }
}

export interface LaptopKeys {
  readonly device: Signer;
  readonly administrator: Signer;
  readonly leader: Signer;
  readonly examiner: Signer;
}

export const PERSON = {
  administrator: PersonId.parse("p-01"),
  leader: PersonId.parse("p-04"),
  examiner: PersonId.parse("p-06"),
} as const;

/** On the register of the demonstration, without a key on any laptop of these tests. */
export const SUBSTITUTE = PersonId.parse("p-07");

export function someKeys(): LaptopKeys {
  return { device: aSigner(), administrator: aSigner(), leader: aSigner(), examiner: aSigner() };
}

export interface LaptopPermit {
  readonly hash: HashId;
  readonly value: Pick<PermitRecord, "aud" | "centre" | "transportKey">;
}

export type Signed = {
  readonly kind:
    | "sheet"
    | "attendance"
    | "delta"
    | "incident"
    | "supervision"
    | "roster"
    | "panel"
    | "amendment"
    | "review"
    | "settlement";
  readonly record: Bytes;
  readonly hash: HashId;
};

export interface SealedBatchBytes {
  readonly batch: HashId;
  readonly manifest: BatchManifest;
  readonly record: Bytes;
  readonly objects: readonly Bytes[];
}

export interface SealOptions {
  readonly manifest?: (manifest: BatchManifest) => BatchManifest;
  /** Signed records that are left out of the pack, by their place. */
  readonly without?: readonly number[];
  readonly signers?: readonly Signer[];
  /** Photographs and the like, sealed beside the results. */
  readonly evidence?: readonly Bytes[];
  /** Rosters of other laptops of the centre. */
  readonly shared?: readonly Bytes[];
  readonly objectKeys?: { readonly transportKey?: Bytes };
}

/** Everything as it should be, but for safety, and the room of three as it was begun. */
export function aVisitReport(overrides: Partial<VisitReport> = {}): VisitReport {
  const { id, items } = onSiteChecklist();
  return {
    checklist: id,
    answers: items.map(({ code }) =>
      code === "safety"
        ? { item: code, answer: "no" as const, words: "三号工位没有灭火器" }
        : { item: code, answer: "yes" as const, words: "" },
    ),
    ...{ problems: "", suggestions: "增配灭火器" },
    room: {
      ...{ registered: 3, untouched: 1, marking: 1, signed: 1, absent: 0, left: 0, paused: 1 },
      ...{ sheets: { expected: 6, signed: 3 }, incidents: 0, openCalls: 1 },
    },
    panel: [
      { person: PERSON.leader, leader: true },
      { person: PERSON.examiner, leader: false },
    ],
    ...overrides,
  };
}

/** The chains of one laptop; every signed record goes into the next batch. */
export class Laptop {
  readonly rubric = aRubric();
  seq = 0;
  head: HashId = NO_HASH;
  deviceSeq = 0;
  lastBatch: HashId = NO_HASH;
  signed: Signed[] = [];

  constructor(
    readonly keys: LaptopKeys,
    readonly permit: LaptopPermit,
    /** Another laptop's, when this one takes part in it. */
    readonly sitting = aSittingId(),
  ) {}

  roster(
    refs: readonly CandidateRef[],
    overrides: Partial<RosterRecord> = {},
    signer = this.keys.administrator,
  ): Signed {
    const value: RosterRecord = {
      ...this.next(),
      candidates: refs.map((ref, i) => ({
        ref,
        no: i + 1,
        name: `考生${i + 1}`,
        idNumber: `99000019900101${String(i + 1).padStart(4, "0")}`,
        ticketNo: `T${i + 1}`,
      })),
      day: Day.parse("2026-11-23"),
      perRotation: 5,
      panel: [
        { person: PERSON.leader, leader: true },
        { person: PERSON.examiner, leader: false },
      ],
      supervisor: null,
      observed: true,
      mitigation: null,
      source: hashId(new Uint8Array([1])),
      at: CLOCK,
      by: { kid: signer.kid, role: "administrator" },
      ...overrides,
    };
    return this.keep("roster", signRecord("roster", value, [signer]));
  }

  sheet(ref: CandidateRef, overrides: Partial<SheetRecord> = {}, signer = this.keys.examiner): Signed {
    const inputs = fullInputs(this.rubric);
    const value: SheetRecord = {
      ...this.next(),
      sheetId: aSheetId(),
      candidate: { ref },
      items: inputsToSheetItems(this.rubric, inputs),
      overtimeMs: 0,
      vetoes: [],
      total: totalOf(this.rubric, inputs, 0).total,
      outcome: "graded",
      note: "",
      evidence: [],
      started: CLOCK,
      finished: CLOCK,
      by: { kid: signer.kid, role: "examiner" },
      ...overrides,
    };
    return this.keep("sheet", signRecord("sheet", value, [signer]));
  }

  absence(ref: CandidateRef, overrides: Partial<AttendanceRecord> = {}, signer = this.keys.leader): Signed {
    const value: AttendanceRecord = {
      ...this.next(),
      candidate: { ref },
      outcome: "absent",
      at: CLOCK,
      by: { kid: signer.kid, role: "panelLeader" },
      ...overrides,
    };
    return this.keep("attendance", signRecord("attendance", value, [signer]));
  }

  /** The roster changed: as the leader signs it, and somebody under `confirmedBy`. */
  delta(
    confirmer: Signer,
    overrides: Partial<DeltaRecord> = {},
    signers: readonly Signer[] = [this.keys.leader, confirmer],
  ): Signed {
    const [first] = signers;
    const value: DeltaRecord = {
      ...this.next(),
      change: { kind: "withdrawal", candidate: aCandidateRef() },
      reason: "身体不适，离开考场",
      at: CLOCK,
      by: { kid: (first ?? confirmer).kid, role: "panelLeader" },
      confirmedBy: { kid: confirmer.kid, role: "supervisor" },
      ...overrides,
    };
    return this.keep("delta", signRecord("delta", value, signers));
  }

  /** What happened in the room, on the examiner's word. */
  incident(overrides: Partial<IncidentRecord> = {}, signer = this.keys.examiner): Signed {
    const value: IncidentRecord = {
      ...this.next(),
      incidentId: aSheetId(),
      report: {
        ...{ kind: "power-cut", tier: null, happenedAt: CLOCK.wall, candidates: [], staff: [] },
        ...{ what: "停电十分钟", done: "顺延时间" },
      },
      at: CLOCK,
      by: { kid: signer.kid, role: "examiner" },
      ...overrides,
    };
    return this.keep("incident", signRecord("incident", value, [signer]));
  }

  /** A supervisor's visit to the room. */
  visit(
    supervisor: Signer,
    overrides: Partial<SupervisionRecord> = {},
    signers: readonly Signer[] = [supervisor],
  ): Signed {
    const value: SupervisionRecord = {
      ...this.next(),
      visitId: aSheetId(),
      report: aVisitReport(),
      at: CLOCK,
      by: { kid: supervisor.kid, role: "supervisor" },
      ...overrides,
    };
    return this.keep("supervision", signRecord("supervision", value, signers));
  }

  /** Somebody takes the examiner's place, under a key of their own. */
  panelChange(
    supervisor: Signer,
    own: Signer,
    overrides: Partial<PanelChangeRecord> = {},
    signers: readonly Signer[] = [this.keys.leader, supervisor, own],
  ): Signed {
    const [first] = signers;
    const value: PanelChangeRecord = {
      ...this.next(),
      leaves: PERSON.examiner,
      joins: {
        person: { id: SUBSTITUTE, name: "替补", roles: ["examiner"] },
        stated: null,
        kid: own.kid,
        pub: publicKeyHex(own),
      },
      panel: [
        { person: PERSON.leader, leader: true },
        { person: SUBSTITUTE, leader: false },
      ],
      reason: "突发疾病",
      at: CLOCK,
      by: { kid: (first ?? own).kid, role: "panelLeader" },
      ...overrides,
    };
    return this.keep("panel", signRecord("panel", value, [...signers]));
  }

  /** The author marks everything as the builder does, or otherwise; the leader approves. */
  amendment(
    ref: CandidateRef,
    target: HashId,
    overrides: Partial<AmendmentRecord> = {},
    signers: readonly Signer[] = [this.keys.examiner, this.keys.leader],
  ): Signed {
    const inputs = fullInputs(this.rubric);
    const value: AmendmentRecord = {
      ...this.next(),
      amendId: aSheetId(),
      candidate: { ref },
      target,
      basis: target,
      reason: "transcription",
      text: "第三项的读数抄错了",
      new: {
        items: inputsToSheetItems(this.rubric, inputs),
        overtimeMs: 0,
        vetoes: [],
        total: totalOf(this.rubric, inputs, 0).total,
        note: "",
      },
      at: CLOCK,
      by: { kid: this.keys.examiner.kid, role: "examiner" },
      approvedBy: { kid: this.keys.leader.kid, role: "panelLeader" },
      ...overrides,
    };
    return this.keep("amendment", signRecord("amendment", value, signers));
  }

  /** A supervisor confirms, or decides otherwise; alone. */
  review(
    subject: ReviewRecord["subject"],
    basis: HashId,
    supervisor: Signer,
    overrides: Partial<ReviewRecord> = {},
    signers: readonly Signer[] = [supervisor],
  ): Signed {
    const value: ReviewRecord = {
      ...this.next(),
      reviewId: aSheetId(),
      ...{ subject, basis, flags: ["too-fast"], decision: "confirm", reason: "看过录像，无误" },
      at: CLOCK,
      by: { kid: supervisor.kid, role: "supervisor" },
      ...overrides,
    };
    return this.keep("review", signRecord("review", value, signers));
  }

  /** A member keeps their own sheet in words; no place of the chain. */
  upholding(
    ref: CandidateRef,
    record: HashId,
    signer = this.keys.examiner,
    overrides: Partial<UpholdingRecord> = {},
    signers: readonly Signer[] = [signer],
  ): Bytes {
    const { permit, exam, app } = this.next();
    const value: UpholdingRecord = {
      ...{ v: 1, permit, exam, app, candidate: { ref }, record, reason: "复看过作品，维持", at: CLOCK },
      by: { kid: signer.kid, role: "examiner" },
      ...overrides,
    };
    return signRecord("upholding", value, signers).record;
  }

  /** The leader lets the mark of these records stand. */
  settlement(
    ref: CandidateRef,
    records: readonly HashId[],
    overrides: Partial<SettlementRecord> & { readonly said?: readonly Bytes[] } = {},
    signers: readonly Signer[] = [this.keys.leader],
  ): Signed {
    const { said = [], ...others } = overrides;
    const value: SettlementRecord = {
      ...this.next(),
      settlementId: aSheetId(),
      candidate: { ref },
      records: [...records].sort(),
      ...{ mean: { n: 50, d: 1 }, spread: { n: 100, d: 1 } },
      ...{ statements: said.map(recordToText), unasked: [], reason: "看法不同，均有依据" },
      at: CLOCK,
      by: { kid: (signers[0] ?? this.keys.leader).kid, role: "panelLeader" },
      ...others,
    };
    return this.keep("settlement", signRecord("settlement", value, signers));
  }

  async seal(options: SealOptions = {}): Promise<SealedBatchBytes> {
    const { device, leader } = this.keys;
    const records = this.signed.filter((_, i) => !options.without?.includes(i));
    const transportKey = options.objectKeys?.transportKey ?? hexToBytes(this.permit.value.transportKey.pub);
    const pack = records.filter(({ kind }) => kind !== "roster").map(({ record }) => record);
    const plain = [
      ...(pack.length > 0 ? [{ role: "pack" as const, bytes: concatBytes(...pack) }] : []),
      ...records
        .filter(({ kind }) => kind === "roster")
        .map(({ record }) => ({ role: "roster" as const, bytes: record })),
      ...(options.shared ?? []).map((bytes) => ({ role: "shared-roster" as const, bytes })),
      { role: "rubric" as const, bytes: canonicalBytes(this.rubric) },
      ...(options.evidence ?? []).map((bytes) => ({ role: "evidence" as const, bytes })),
    ];
    const objects = await Promise.all(
      plain.map(async ({ role, bytes }) => {
        const packed = new Uint8Array(gzipSync(bytes, { level: 6 }));
        const sealed = await sealObject(packed, transportKey, device.kid);
        return { entry: { wire: hashId(sealed), hash: hashId(packed), size: sealed.length, role }, sealed };
      }),
    );
    const kind = kindOf(records);
    const counted = COUNTED[kind];
    const manifest: BatchManifest = {
      v: 1,
      aud: this.permit.value.aud,
      device: device.kid,
      deviceSeq: this.deviceSeq + 1,
      prevBatch: this.lastBatch,
      permit: this.permit.hash,
      centre: this.permit.value.centre,
      kind,
      range: { first: this.seq - this.signed.length + 1, last: this.seq, headHash: this.head },
      root: merkleRoot(records.map(({ record }) => record)),
      sheets: records.filter((record) => record.kind === counted).length,
      attendance: records.filter(({ kind }) => kind === "attendance").length,
      objects: objects.map(({ entry }) => entry),
      journal: { entries: 10, head: hashId(new Uint8Array([2])) },
      seen: { receipt: NO_HASH, checkpoint: NO_CHECKPOINT, revocations: 0 },
      clock: { ...CLOCK, lastRegistryTime: 0, suspect: false },
      by: { kid: device.kid, role: "device" },
      app: APP,
    };
    const value = options.manifest?.(manifest) ?? manifest;
    const { record, hash } = signRecord("batch", value, options.signers ?? [device, leader]);
    return { batch: hash, manifest: value, record, objects: objects.map(({ sealed }) => sealed) };
  }

  /** Moves both chains on: what was sealed is sealed. */
  sealed({ batch }: SealedBatchBytes): void {
    this.deviceSeq += 1;
    this.lastBatch = batch;
    this.signed = [];
  }

  private next() {
    return {
      v: 1 as const,
      seq: this.seq + 1,
      prev: this.head,
      permit: this.permit.hash,
      exam: { id: this.sitting, rubric: rubricHash(this.rubric) },
      app: APP,
    };
  }

  private keep(kind: Signed["kind"], { record, hash }: { record: Bytes; hash: HashId }): Signed {
    this.seq += 1;
    this.head = hash;
    const signed = { kind, record, hash };
    this.signed.push(signed);
    return signed;
  }
}

/** So many candidates, a sheet for each, and all of it in the next batch. */
export async function sealNext(
  laptop: Laptop,
  sheets: number,
  evidence: readonly Bytes[] = [],
): Promise<SealedBatchBytes> {
  const refs = Array.from({ length: sheets }, aCandidateRef);
  laptop.roster(refs);
  for (const ref of refs) laptop.sheet(ref);
  const sealed = await laptop.seal({ evidence });
  laptop.sealed(sealed);
  return sealed;
}

/** A laptop whose permit nobody issued: for tests that never ask a registry. */
export function anOfflineLaptop(transportPub: Bytes = aSigner().publicKey): Laptop {
  const pub = PublicKeyHex.parse(bytesToHex(transportPub));
  return new Laptop(someKeys(), {
    hash: hashId(new Uint8Array([3])),
    value: {
      aud: "registry.test",
      centre: InstitutionId.parse("demo-centre"),
      transportKey: { kid: `x25519.${keyId(transportPub).slice("ed25519.".length)}`, pub },
    },
  });
}

export const oneMore = ({ n, d }: Fraction): Fraction => ({ n: n + d, d });

/** Records of one kind travel by themselves; whatever is mixed calls itself results. */
function kindOf(records: readonly Signed[]): BatchManifest["kind"] {
  const isOnly = (kind: Signed["kind"]) =>
    records.length > 0 && records.every((record) => record.kind === kind);
  if (isOnly("amendment")) return "amendments";
  if (isOnly("settlement")) return "settlements";
  return isOnly("review") ? "reviews" : "results";
}

const COUNTED = {
  results: "sheet",
  amendments: "amendment",
  reviews: "review",
  settlements: "settlement",
} as const;
