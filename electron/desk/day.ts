// Closing the day: everything signed since the last batch is packed, encrypted to the registry, listed in a manifest,
// signed by the device and the panel leader, and written as one entry [SY1]. Nothing leaves before that flush. A batch is of one
// kind: where results, amendments, reviews and settlements meet in the chain it is cut, and the batches are written together.
import {
  concatBytes,
  hexToBytes,
  invariant,
  ok,
  refuse,
  type Bytes,
  type HashId,
  type Refusal,
  type Result,
  type SheetId,
  type SittingId,
} from "#shared/base";
import { hashId, sealObject, type Signer } from "#shared/crypto";
import { evidenceHeld, hasRole, panelLeaderOf } from "#shared/exam";
import { mayLock } from "#shared/rules";
import {
  countSitting,
  isExpected,
  isLate,
  isOwing,
  ONLY,
  panelFor,
  recordsOfSitting,
  sealingLock,
  standingRoster,
  withheldCandidates,
  type ChainRow,
  type EntryBody,
  type JournalView,
  type SittingRow,
} from "#shared/journal";
import {
  canonicalBytes,
  merkleRoot,
  NO_CHECKPOINT,
  signRecord,
  type BatchManifest,
  type BatchObject,
  type SeenCheckpoint,
} from "#shared/wire";
import type {
  Answer,
  Confirm,
  EntryDraft,
  Environment,
  EvidenceFiles,
  Journal,
  Keys,
  Outbox,
} from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";
import { checkSignOffs } from "./results.ts";
import { readyToSign } from "./signatures.ts";

export interface Day {
  seal(sitting: SittingId, explanation: string): Answer<"day.seal">;
  send(batch: HashId): Answer<"outbox.send">;
  progress(): Answer<"outbox.describe">;
  contact(): Answer<"outbox.contact">;
  testLink(): Answer<"outbox.testLink">;
}

export interface DayDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly outbox: Outbox;
  readonly evidence: Pick<EvidenceFiles, "seal" | "drop">;
  readonly env: Environment;
  readonly serial: Serial;
}

export function createDay(deps: DayDeps): Day {
  const { journal, sessions, outbox, serial } = deps;
  return {
    seal: (sittingId, explanation) =>
      serial(async () => {
        const actor = sessions.current();
        if (actor === null) return refuse({ code: "session.none" });
        const person = journal.view.read("people", actor);
        const mayClose = person && (hasRole(person, "administrator") || hasRole(person, "panelLeader"));
        if (!mayClose) return refuse({ code: "role.not-administrator" });
        const sitting = journal.view.read("sittings", sittingId);
        if (!sitting) return refuse({ code: "sitting.unknown" });
        return sealDay(sitting, explanation.trim(), deps);
      }),

    send: (batch) => {
      const row = journal.view.read("batches", batch);
      if (sessions.current() === null) return Promise.resolve(refuse({ code: "session.none" }));
      if (!row) return Promise.resolve(refuse({ code: "batch.unknown" }));
      if (!isOwing(row)) return Promise.resolve(refuse({ code: "batch.acknowledged" }));
      outbox.send(batch);
      return Promise.resolve(ok({}));
    },

    progress: () => Promise.resolve(ok({ sending: outbox.progress(), link: outbox.link() })),

    contact: () => {
      if (sessions.current() === null) return Promise.resolve(refuse({ code: "session.none" }));
      outbox.contact();
      return Promise.resolve(ok({}));
    },

    testLink: () =>
      sessions.current() === null ? Promise.resolve(refuse({ code: "session.none" })) : outbox.testLink(),
  };
}

/** What a sitting should have, has and lacks: expected = candidates who are there to be marked x panel. */
export function countSheets(sitting: SittingRow, view: JournalView) {
  const of = recordsOfSitting(sitting.id, view);
  const candidates = standingRoster(of);
  const withheld = withheldCandidates(of);
  const { sheets } = of;
  const signed = sheets.filter((sheet) => sheet.signature);
  const leader = panelLeaderOf(sitting);
  invariant(leader, "a prepared sitting has a leader");
  // The leader's signature over the batch closes every sheet in it; what R47 still misses has to be explained.
  const missing = candidates
    // What is void, or marked again elsewhere, this panel owes no more: that decision explains it (R76).
    .filter((one) => isExpected(one) && !withheld.has(one.ref))
    .flatMap(({ ref }) => {
      const by = signed.filter(({ candidate }) => candidate === ref).map(({ examiner }) => examiner);
      return mayLock(panelFor(sitting, ref, sheets), by, leader, leader).findings;
    })
    .filter(({ severity }) => severity === "block").length;
  const { expected, absent } = countSitting(sitting, candidates, sheets);
  return { expected, signed: signed.length, absent, missing };
}

async function sealDay(sitting: SittingRow, explanation: string, deps: DayDeps): Answer<"day.seal"> {
  const { journal, keys, confirm } = deps;
  const { view } = journal;
  const locked = sealingLock(view);
  if (locked) return refuse({ code: locked });
  const chain = view.read("chain", ONLY);
  const centre = view.read("centre", ONLY);
  if (!chain || !centre || chain.seq === chain.sealedSeq) return refuse({ code: "day.nothing-to-seal" });
  const counts = countSheets(sitting, view);
  if (counts.missing > 0 && explanation === "")
    return refuse({ code: "day.unexplained", facts: { missing: counts.missing } });
  if (!centre.permit) return refuse({ code: "permit.none" });
  const { policy } = centre.permit.reference;
  const runs = runsWithin(await unsealedRecords(chain, journal), centre.permit.limits.maxSheets);
  const records = runs.flat();
  // The chain has one order: what other sittings signed goes along, and is answered for as well (R48).
  const marked = records.filter(({ kind }) => MARKS.includes(kind)).map((record) => record.sitting);
  // What was decided and settled alone changes no total.
  const areLate = runs.every((run) => isLate({ kind: kindOf(run) }));
  const open = (areLate ? [] : [...new Set([sitting.id, ...marked])])
    .flatMap((id) => view.read("sittings", id) ?? [])
    .flatMap((one) => checkSignOffs(one, policy, view).findings)
    .find(({ severity }) => severity === "block");
  if (open) return refuse({ code: "day.not-tallied", facts: { rule: open.rule, code: open.code } });
  const leader = panelLeaderOf(sitting);
  const rubric = view.read("rubrics", sitting.rubric)?.rubric;
  invariant(leader && rubric, "a prepared sitting has a leader and a rubric");
  const ready = readyToSign(leader, deps);
  if (!ready.ok) return refuse({ code: "permit.none" });
  const pictures = await sealPictures(records, centre.permit.transportKey.pub, deps);
  if (!pictures.ok) return pictures;

  const done = await confirm.ask(
    ready.value.person,
    {
      kind: "batch",
      rubricTitle: rubric.title,
      covers: coverage(records, view),
      sheets: countOf(records, "sheet.signed"),
      absent: countOf(records, "candidate.absent"),
      amendments: countOf(records, "sheet.amended"),
      reviews: countOf(records, "review.signed"),
      settlements: countOf(records, "divergence.settled"),
      deltas: countOf(records, "roster.changed"),
      incidents: countOf(records, "incident.recorded"),
      visits: countOf(records, "visit.signed"),
      missing: counts.missing,
      explanation,
      pictures: pictures.value.objects.length,
      picturesLost: pictures.value.lost,
      registry: centre.registry.name,
      head: journal.head().hash,
    },
    async (pin): Promise<Result<HashId, Refusal>> => {
      const signer = await keys.unlockPerson(leader, pin);
      if (!signer.ok) return signer;
      const sealing = {
        sitting,
        runs,
        pictures: pictures.value.objects,
        missing: counts.missing,
        explanation,
      };
      return writeBatches(sealing, signer.value, deps);
    },
  );
  if (!done.ok) await deps.evidence.drop(pictures.value.objects.map(({ wire }) => wire));
  return done.ok ? ok({ batch: done.value }) : done;
}

/** What was shown is what is sealed: the same records, read once. */
interface Sealing {
  readonly sitting: SittingRow;
  /** Each becomes a batch. */
  readonly runs: readonly (readonly SignedRecord[])[];
  /** Sealed and flushed already, each a file of its own. */
  readonly pictures: readonly BatchObject[];
  readonly missing: number;
  readonly explanation: string;
}

/** All of them or none, and the newest one's id. */
async function writeBatches(
  { sitting, runs, pictures, missing, explanation }: Sealing,
  leader: Signer,
  deps: DayDeps,
): Promise<Result<HashId, Refusal>> {
  const { journal, sessions } = deps;
  const chain = journal.view.read("chain", ONLY);
  invariant(chain, "an opened centre has a chain");
  // What the day lacks is said where its results are; there may be none in this one.
  const explained = runs.findLast((run) => kindOf(run) === "results") ?? runs.at(-1);
  const open = [...pictures];
  const sealed: SealedBatch[] = [];
  for (const records of runs) {
    const named = new Set(records.flatMap((record) => record.evidence));
    const own = open.filter(({ hash }) => named.has(hash));
    for (const picture of own) open.splice(open.indexOf(picture), 1);
    const before = sealed.at(-1) ?? {
      ...{ batch: chain.lastBatch, deviceSeq: chain.deviceSeq, last: chain.sealedSeq },
    };
    const said = records === explained ? { missing, explanation } : { missing: 0, explanation: "" };
    sealed.push(await sealBatch({ sitting, records, pictures: own, before, ...said }, leader, deps));
  }
  const written = await journal.append(
    sessions.current(),
    sealed.map(({ draft }) => draft),
  );
  if (!written.ok) return written;
  const newest = sealed.at(-1);
  invariant(newest, "a day that is sealed has records");
  return ok(newest.batch);
}

/** Where a batch stands among the laptop's batches, and where its records end. */
interface Place {
  readonly batch: HashId;
  readonly deviceSeq: number;
  readonly last: number;
}

interface SealedBatch extends Place {
  readonly draft: EntryDraft;
}

async function sealBatch(
  {
    sitting,
    records,
    pictures,
    before,
    missing,
    explanation,
  }: Omit<Sealing, "runs"> & { readonly records: readonly SignedRecord[]; readonly before: Place },
  leader: Signer,
  { journal, keys, env }: DayDeps,
): Promise<SealedBatch> {
  const { view } = journal;
  const chain = view.read("chain", ONLY);
  const centre = view.read("centre", ONLY);
  const device = keys.device();
  const last = records.at(-1);
  invariant(chain && centre?.permit && device && last, "sealing needs records, a permit and the device key");
  const objects = await sealObjects(
    records,
    journal,
    hexToBytes(centre.permit.transportKey.pub),
    device,
    env,
  );
  const clock = env.clock();
  const head = journal.head();
  const kind = kindOf(records);
  const sheets = countOf(records, COUNTED[kind]);
  const absent = countOf(records, "candidate.absent");
  const manifest: BatchManifest = {
    v: 1,
    aud: centre.aud,
    device: device.kid,
    deviceSeq: before.deviceSeq + 1,
    prevBatch: before.batch,
    permit: centre.permit.hash,
    centre: centre.permit.centre,
    kind,
    range: { first: before.last + 1, last: last.seq, headHash: last.hash },
    root: merkleRoot(records.map(({ record }) => record)),
    sheets,
    attendance: absent,
    // Marks first: pictures are large, and the last in the row.
    objects: [...objects.map(({ entry }) => entry), ...pictures],
    journal: { entries: head.seq, head: head.hash },
    seen: {
      receipt: chain.lastReceipt,
      checkpoint: seenOf(chain.checkpoint),
      revocations: view.read("registry", ONLY)?.revocations.length ?? 0,
    },
    clock: {
      ...clock,
      lastRegistryTime: chain.lastRegistryTime,
      suspect: chain.clock.state === "changed" || clock.wall < chain.lastRegistryTime,
    },
    by: { kid: device.kid, role: "device" },
    app: env.app,
  };
  const signed = signRecord("batch", manifest, [device, leader]);
  const body: EntryBody = {
    kind: "batch.sealed",
    batch: signed.hash,
    sitting: sitting.id,
    covers: [...new Set(records.map((record) => record.sitting))],
    deviceSeq: manifest.deviceSeq,
    range: { first: manifest.range.first, last: manifest.range.last },
    sheets,
    absent,
    missing,
    explanation,
    objects: manifest.objects,
    ...(kind === "amendments" ? { amended: records.flatMap(amendedPlace) } : {}),
    ...(kind === "reviews" ? { reviews: true as const } : {}),
    ...(kind === "settlements" ? { settlements: true as const } : {}),
  };
  const attachments = [signed.record, ...objects.map(({ bytes }) => bytes)];
  const { deviceSeq, range } = manifest;
  return { batch: signed.hash, deviceSeq, last: range.last, draft: { body, attachments } };
}

/** A run is of one kind. */
function kindOf([first]: readonly SignedRecord[]): BatchManifest["kind"] {
  if (first?.kind === "sheet.amended") return "amendments";
  if (first?.kind === "divergence.settled") return "settlements";
  return first?.kind === "review.signed" ? "reviews" : "results";
}

function amendedPlace({ sheet, sitting, seq }: SignedRecord) {
  return sheet === null ? [] : [{ sheet, sitting, seq }];
}

/** Of one kind each; a run that is longer than a batch may be is the last one for now. */
function runsWithin(records: readonly SignedRecord[], maxSheets: number): SignedRecord[][] {
  const runs: SignedRecord[][] = [];
  for (const record of records) {
    const run = runs.at(-1);
    if (run && kindOf(run) === kindOf([record])) run.push(record);
    else runs.push([record]);
  }
  const full = runs.findIndex((run) => withinLimit(run, maxSheets).length < run.length);
  return full < 0 ? runs : [...runs.slice(0, full), withinLimit(runs[full] ?? [], maxSheets)];
}

function seenOf(checkpoint: ChainRow["checkpoint"]): SeenCheckpoint {
  return checkpoint ? { size: checkpoint.size, root: checkpoint.root } : NO_CHECKPOINT;
}

/** As many records, from the oldest, as one batch may hold; the rest waits for the next seal. */
function withinLimit(records: SignedRecord[], maxSheets: number): SignedRecord[] {
  let sheets = 0;
  const pictures = new Set<HashId>();
  const over = records.findIndex(({ kind, evidence }) => {
    for (const hash of evidence) pictures.add(hash);
    return (isCounted(kind) && ++sheets > maxSheets) || pictures.size > MAX_BATCH_PICTURES;
  });
  return over < 0 ? records : records.slice(0, over);
}

const MARKS: readonly SignedKind[] = ["sheet.signed", "sheet.amended"];

function isCounted(kind: SignedKind): boolean {
  return Object.values<SignedKind>(COUNTED).includes(kind);
}

/** What a batch of each kind counts as its sheets. */
const COUNTED = {
  results: "sheet.signed",
  amendments: "sheet.amended",
  reviews: "review.signed",
  settlements: "divergence.settled",
} as const satisfies Readonly<Record<BatchManifest["kind"], SignedKind>>;

/** Of the 2,000 objects that a manifest may name. */
const MAX_BATCH_PICTURES = 1500;

/**
 * Every picture of these sheets once, as a file sealed to the registry. One whose own file is missing or damaged keeps no
 * result back: the sheet still names it, and the registry will say that it is owed.
 */
async function sealPictures(
  records: readonly SignedRecord[],
  transportKey: string,
  { evidence, keys }: DayDeps,
): Promise<
  Result<
    { objects: BatchObject[]; lost: number },
    Refusal<"evidence.full" | "evidence.unwritable" | "evidence.locked">
  >
> {
  const device = keys.device();
  invariant(device, "the device key is open when a day is closed");
  const objects: BatchObject[] = [];
  let lost = 0;
  for (const hash of new Set(records.flatMap((record) => record.evidence))) {
    const sealed = await evidence.seal(hash, hexToBytes(transportKey), device.kid);
    if (sealed.ok) objects.push({ ...sealed.value, hash, role: "evidence" });
    else if (sealed.error.code === "evidence.missing" || sealed.error.code === "evidence.damaged") lost += 1;
    else {
      await evidence.drop(objects.map(({ wire }) => wire));
      return refuse({ code: sealed.error.code });
    }
  }
  return ok({ objects, lost });
}

function countOf(records: readonly SignedRecord[], kind: SignedKind): number {
  return records.filter((record) => record.kind === kind).length;
}

function coverage(records: readonly SignedRecord[], view: JournalView) {
  return [...new Set(records.map((record) => record.sitting))].map((id) => {
    const own = records.filter((record) => record.sitting === id);
    const sitting = view.read("sittings", id);
    const rubric = sitting && view.read("rubrics", sitting.rubric)?.rubric;
    invariant(sitting && rubric, "a signed record belongs to a prepared sitting");
    const [sheets, absent] = [countOf(own, "sheet.signed"), countOf(own, "candidate.absent")];
    const [amendments, reviews] = [countOf(own, "sheet.amended"), countOf(own, "review.signed")];
    const settlements = countOf(own, "divergence.settled");
    return { rubricTitle: rubric.title, day: sitting.day, sheets, absent, amendments, reviews, settlements };
  });
}

type SignedKind =
  | "sheet.signed"
  | "candidate.absent"
  | "roster.changed"
  | "incident.recorded"
  | "visit.signed"
  | "sitting.prepared"
  | "panel.changed"
  | "sheet.amended"
  | "review.signed"
  | "divergence.settled";

interface SignedRecord {
  readonly kind: SignedKind;
  readonly sitting: SittingId;
  /** The one that is amended. */
  readonly sheet: SheetId | null;
  readonly seq: number;
  /** Of the payload. */
  readonly hash: HashId;
  /** The rubric that the registry needs to judge this record. */
  readonly rubric: HashId | null;
  /** Pictures that the record names. */
  readonly evidence: readonly HashId[];
  readonly record: Bytes;
}

const PAGE = 1000;

/** Every record signed here that no batch covers yet, in chain order, as the bytes that were signed. */
async function unsealedRecords({ seq, sealedSeq }: ChainRow, journal: Journal): Promise<SignedRecord[]> {
  const own = journal.view.rows("batches").filter(({ carried }) => !carried);
  const newest = Math.max(0, ...own.map((batch) => batch.sealedSeq));
  const owed = seq - sealedSeq;
  // What a full batch left over was signed before that batch was sealed: then the journal is read from its beginning.
  const since = await recordsAfter(newest, sealedSeq, journal);
  const records = since.length === owed ? since : await recordsAfter(0, sealedSeq, journal);
  invariant(
    records.length === owed && records[0]?.seq === sealedSeq + 1,
    "every record that no batch covers is in the journal",
  );
  return records;
}

/** Those after `sealedSeq` in the chain that stand behind the entry `start` of the journal. */
async function recordsAfter(start: number, sealedSeq: number, journal: Journal): Promise<SignedRecord[]> {
  const records: SignedRecord[] = [];
  for (let after = start; ;) {
    const page = await journal.read(after, PAGE);
    for (const { entry } of page) {
      const named = signedPlace(entry.body, journal.view);
      if (!named || named.seq <= sealedSeq) continue;
      const [record] = await journal.attachments(entry.seq);
      invariant(record, `entry ${entry.seq} carries its record`);
      records.push({ ...named, record });
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return records;
    after = last.entry.seq;
  }
}

function signedPlace(body: EntryBody, view: JournalView): Omit<SignedRecord, "record"> | undefined {
  switch (body.kind) {
    case "sheet.signed": {
      const sheet = view.read("sheets", body.sheet);
      invariant(sheet, "a signed sheet was opened");
      const { sitting, rubric } = sheet;
      const evidence = evidenceHeld(sheet.evidence).map(({ hash }) => hash);
      return { kind: body.kind, sitting, sheet: null, seq: body.seq, hash: body.hash, rubric, evidence };
    }
    case "sheet.amended": {
      const { kind, sheet, sitting, seq, hash } = body;
      const rubric = view.read("sheets", sheet)?.rubric ?? null;
      return { kind, sitting, sheet, seq, hash, rubric, evidence: [] };
    }
    case "review.signed": {
      // With the roster of another laptop's sitting goes its rubric: the decisions may come first.
      const { kind, sitting, seq, hash } = body;
      const rubric = view.read("sittings", sitting)?.rubric ?? null;
      return { kind, sitting, sheet: null, seq, hash, rubric, evidence: [] };
    }
    case "divergence.settled": {
      // What was recorded before settlements were signed is in no chain.
      if (!body.signed) return undefined;
      const { kind, signed } = body;
      const rubric = view.read("sittings", signed.sitting)?.rubric ?? null;
      return { kind, ...signed, sheet: null, rubric, evidence: [] };
    }
    case "panel.changed":
    case "candidate.absent":
    case "roster.changed":
    case "incident.recorded":
    case "visit.signed":
      return {
        ...{ kind: body.kind, sitting: body.sitting, seq: body.seq, hash: body.hash },
        ...{ sheet: null, rubric: null, evidence: [] },
      };
    case "sitting.prepared": {
      const { id, rubric } = body.sitting;
      return {
        kind: body.kind,
        sitting: id,
        sheet: null,
        seq: body.roster.seq,
        hash: body.roster.hash,
        rubric,
        evidence: [],
      };
    }
    default:
      return undefined;
  }
}

interface SealedObject {
  readonly entry: BatchObject;
  readonly bytes: Bytes;
}

/** The pack of all records but rosters, each roster on its own, and every rubric they were marked by. */
async function sealObjects(
  records: readonly SignedRecord[],
  journal: Journal,
  transportKey: Bytes,
  device: Signer,
  env: Environment,
): Promise<SealedObject[]> {
  const { view } = journal;
  const rosters = records.filter(({ kind }) => kind === "sitting.prepared");
  const pack = records.filter(({ kind }) => kind !== "sitting.prepared");
  const rubrics = new Set(records.flatMap(({ rubric }) => rubric ?? []));
  const plain: { role: BatchObject["role"]; bytes: Bytes }[] = [
    ...(pack.length > 0
      ? [{ role: "pack" as const, bytes: concatBytes(...pack.map(({ record }) => record)) }]
      : []),
    ...rosters.map(({ record }) => ({ role: "roster" as const, bytes: record })),
    ...(await sharedRosters(records, journal)).map((bytes) => ({ role: "shared-roster" as const, bytes })),
    ...[...rubrics].map((hash) => ({
      role: "rubric" as const,
      bytes: canonicalBytes(view.read("rubrics", hash)?.rubric),
    })),
  ];
  return Promise.all(
    plain.map(async ({ role, bytes }) => {
      const packed = env.gzip(bytes);
      const sealed = await sealObject(packed, transportKey, device.kid);
      const entry = { wire: hashId(sealed), hash: hashId(packed), size: sealed.length, role };
      return { entry, bytes: sealed };
    }),
  );
}

/** Rosters that other laptops signed, of the sittings these records belong to. */
async function sharedRosters(records: readonly SignedRecord[], journal: Journal): Promise<Bytes[]> {
  const rosters: Bytes[] = [];
  for (const id of new Set(records.map(({ sitting }) => sitting))) {
    const sitting = journal.view.read("sittings", id);
    if (!sitting?.from || sitting.keySeq === null) continue;
    const [roster] = await journal.attachments(sitting.keySeq);
    if (roster) rosters.push(roster);
  }
  return rosters;
}
