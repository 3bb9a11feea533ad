// From sealed objects to records: decrypt, unpack, split, put in order, and check that they are exactly the records the
// manifest commits to. Anything wrong here concerns the batch as a whole.
import { gunzip, constants } from "node:zlib";
import { promisify } from "node:util";
import {
  NO_HASH,
  ok,
  refuse,
  type Bytes,
  type HashId,
  type Kid,
  type Refusal,
  type Result,
} from "#shared/base";
import { hashId, openObject } from "#shared/crypto";
import { Rubric } from "#shared/exam";
import {
  merkleRoot,
  parseCanonical,
  peekRecord,
  splitRecords,
  type BatchManifest,
  type BatchObject,
  type PeekedRecord,
} from "#shared/wire";

type Opened<
  K extends
    | "sheet"
    | "attendance"
    | "delta"
    | "incident"
    | "supervision"
    | "panel"
    | "roster"
    | "amendment"
    | "review"
    | "settlement",
> = PeekedRecord<K> & {
  readonly kind: K;
  readonly record: Bytes;
};

export type OpenedRoster = Opened<"roster">;
export type OpenedRecord =
  | Opened<"sheet">
  | Opened<"attendance">
  | Opened<"delta">
  | Opened<"incident">
  | Opened<"supervision">
  | Opened<"panel">
  | Opened<"amendment">
  | Opened<"review">
  | Opened<"settlement">
  | OpenedRoster;

export interface OpenedBatch {
  /** In `seq` order; not yet verified one by one. */
  readonly records: readonly OpenedRecord[];
  /** Rosters of other laptops of the centre: outside this device's chain, and not verified either. */
  readonly shared: readonly OpenedRoster[];
  readonly rubrics: ReadonlyMap<HashId, { readonly rubric: Rubric; readonly bytes: Bytes }>;
}

export type OpenRefusal = Refusal<
  | "object-undecryptable"
  | "hash-mismatch"
  | "malformed"
  | "sequence-gap"
  | "chain-broken"
  | "root-mismatch"
  | "count-mismatch"
>;

export async function openBatch(
  manifest: BatchManifest,
  read: (wire: HashId) => Promise<Bytes>,
  transportSecret: Bytes,
): Promise<Result<OpenedBatch, OpenRefusal>> {
  const records: OpenedRecord[] = [];
  const shared: OpenedRoster[] = [];
  const rubrics = new Map<HashId, { rubric: Rubric; bytes: Bytes }>();
  for (const object of manifest.objects) {
    if (object.role === "evidence") continue;
    const plain = await openPlain(object, await read(object.wire), transportSecret, manifest.device);
    if (!plain.ok) return plain;
    if (object.role === "rubric") {
      const rubric = readRubric(plain.value);
      if (!rubric) return refuse({ code: "malformed" });
      rubrics.set(hashId(plain.value), { rubric, bytes: plain.value });
      continue;
    }
    if (object.role === "shared-roster") {
      const roster = peekRoster(plain.value);
      if (!roster) return refuse({ code: "malformed" });
      shared.push(roster);
      continue;
    }
    const opened = openRecords(plain.value, object.role);
    if (!opened.ok) return opened;
    records.push(...opened.value);
  }
  records.sort((a, b) => a.value.seq - b.value.seq);
  const whole = checkWhole(manifest, records);
  return whole.ok ? ok({ records, shared, rubrics }) : whole;
}

/** A pack of 2,000 sheets is some 5 MB; a file that unpacks to more than this is an attack. */
const MAX_PLAIN_BYTES = 128 * 1024 * 1024;
const unzip = promisify(gunzip);

async function openPlain(
  object: BatchObject,
  sealed: Bytes,
  transportSecret: Bytes,
  device: Kid,
): Promise<Result<Bytes, OpenRefusal>> {
  const packed = await openObject(sealed, transportSecret, device);
  if (!packed.ok) return refuse({ code: "object-undecryptable" });
  if (hashId(packed.value) !== object.hash) return refuse({ code: "hash-mismatch" });
  try {
    const plain = await unzip(packed.value, {
      maxOutputLength: MAX_PLAIN_BYTES,
      finishFlush: constants.Z_FINISH,
    });
    return ok(new Uint8Array(plain));
  } catch {
    return refuse({ code: "malformed" }); // zlib throws on anything that is no gzip, or is too large
  }
}

function openRecords(plain: Bytes, role: "pack" | "roster"): Result<OpenedRecord[], OpenRefusal> {
  const split = splitRecords(plain);
  if (!split.ok || (role === "roster" && split.value.length !== 1)) return refuse({ code: "malformed" });
  const records = split.value.map((record) => (role === "roster" ? peekRoster(record) : peekPacked(record)));
  return records.every((record) => record !== undefined) ? ok(records) : refuse({ code: "malformed" });
}

function peekRoster(record: Bytes): OpenedRoster | undefined {
  const roster = peekRecord("roster", record);
  return roster.ok ? { kind: "roster", ...roster.value, record } : undefined;
}

function peekPacked(record: Bytes): OpenedRecord | undefined {
  const sheet = peekRecord("sheet", record);
  if (sheet.ok) return { kind: "sheet", ...sheet.value, record };
  const attendance = peekRecord("attendance", record);
  if (attendance.ok) return { kind: "attendance", ...attendance.value, record };
  const delta = peekRecord("delta", record);
  if (delta.ok) return { kind: "delta", ...delta.value, record };
  const incident = peekRecord("incident", record);
  if (incident.ok) return { kind: "incident", ...incident.value, record };
  const supervision = peekRecord("supervision", record);
  if (supervision.ok) return { kind: "supervision", ...supervision.value, record };
  const panel = peekRecord("panel", record);
  if (panel.ok) return { kind: "panel", ...panel.value, record };
  const amendment = peekRecord("amendment", record);
  if (amendment.ok) return { kind: "amendment", ...amendment.value, record };
  const review = peekRecord("review", record);
  if (review.ok) return { kind: "review", ...review.value, record };
  const settlement = peekRecord("settlement", record);
  return settlement.ok ? { kind: "settlement", ...settlement.value, record } : undefined;
}

function readRubric(bytes: Bytes): Rubric | undefined {
  const json = parseCanonical(bytes, 1024 * 1024);
  const rubric = json.ok ? Rubric.safeParse(json.value) : undefined;
  return rubric?.success ? rubric.data : undefined;
}

/** No record missing, none twice, each naming the one before it, and the root over all of them. */
function checkWhole(manifest: BatchManifest, records: readonly OpenedRecord[]): Result<void, OpenRefusal> {
  const { first, last, headHash } = manifest.range;
  if (records.length !== last - first + 1) return refuse({ code: "sequence-gap" });
  if (records.some(({ value }, i) => value.seq !== first + i)) return refuse({ code: "sequence-gap" });
  const isChained = records.every(({ value }, i) => i === 0 || value.prev === records[i - 1]?.hash);
  const isStart = first !== 1 || records[0]?.value.prev === NO_HASH;
  if (!isChained || !isStart || records.at(-1)?.hash !== headHash) return refuse({ code: "chain-broken" });
  if (merkleRoot(records.map(({ record }) => record)) !== manifest.root)
    return refuse({ code: "root-mismatch" });
  const count = (kind: OpenedRecord["kind"]) => records.filter((record) => record.kind === kind).length;
  for (const kind of ["amendments", "reviews", "settlements"] as const)
    if (count(COUNTED[kind]) !== (manifest.kind === kind ? records.length : 0))
      return refuse({ code: "malformed" });
  const counted = count(COUNTED[manifest.kind]);
  const isCounted = counted === manifest.sheets && count("attendance") === manifest.attendance;
  return isCounted ? ok(undefined) : refuse({ code: "count-mismatch" });
}

/** What a batch of each kind counts as its sheets. */
const COUNTED = {
  results: "sheet",
  amendments: "amendment",
  reviews: "review",
  settlements: "settlement",
} as const;
