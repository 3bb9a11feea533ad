// What laptops of one centre hand each other: a bundle inside a sealed object. A sitting is its signed roster, its rubric and
// the key for everything that follows; sheets are the records as they were signed (rulings 3, architecture). The permit rides
// inside as well: its applications name people, and nothing on a stick may (P19).
import type { Bytes, SittingId } from "#shared/base";
import { openHandOver, sealHandOver } from "#shared/crypto";
import { Rubric } from "#shared/exam";
import type { EntryBody, SittingRow } from "#shared/journal";
import {
  canonicalBytes,
  envelopeFrame,
  objectFrame,
  parseCanonical,
  readBundle,
  recordToEnvelope,
  RECORDS,
  writeBundle,
  type BundleFrame,
  type RecordKind,
} from "#shared/wire";
import type { Environment, Journal } from "./ports.ts";

export const SHARE_KEY_BYTES = 32;

export interface HandedSitting {
  readonly roster: Bytes;
  readonly rubric: Rubric;
  readonly key: Bytes;
  /** Enrolment and permit of the laptop that hands over. */
  readonly papers: readonly Bytes[];
}

export function sealSitting(
  { roster, rubric, key, papers }: HandedSitting,
  sitting: SittingId,
  codeKey: Bytes,
  env: Environment,
): BundleFrame {
  const inner = writeBundle([
    ...[roster, ...papers].map(envelopeFrame),
    objectFrame(canonicalBytes(rubric)),
    objectFrame(key),
  ]);
  return objectFrame(
    sealHandOver(inner.bytes, { kind: "code", sitting, key: codeKey, nonce: env.random(12) }),
  );
}

/** Sheets as they were signed, and the papers that let the other side verify them. */
export function sealRecords(
  records: readonly Bytes[],
  sitting: SittingId,
  key: Bytes,
  env: Environment,
): BundleFrame {
  const inner = writeBundle(records.map(envelopeFrame));
  return objectFrame(sealHandOver(inner.bytes, { kind: "key", sitting, key, nonce: env.random(12) }));
}

/** Undefined for what this key does not open, or what is no sitting inside. */
export function openSitting(object: Bytes, codeKey: Bytes): HandedSitting | undefined {
  const frames = openFrames(object, codeKey);
  const records = frames?.filter(({ kind }) => kind === "envelope").map(({ bytes }) => bytes) ?? [];
  const roster = records.find((record) => isOfKind("roster", record));
  const papers = records.filter((record) => record !== roster);
  const objects = frames?.filter(({ kind }) => kind === "object").map(({ bytes }) => bytes) ?? [];
  const key = objects.find(({ length }) => length === SHARE_KEY_BYTES);
  const rubric = objects.filter((bytes) => bytes !== key).map(readRubric)[0];
  return roster && key && rubric ? { roster, rubric, key, papers } : undefined;
}

export function openRecords(object: Bytes, key: Bytes): Bytes[] | undefined {
  return openFrames(object, key)
    ?.filter(({ kind }) => kind === "envelope")
    .map(({ bytes }) => bytes);
}

/** The key of a sitting's hand-overs; undefined while no other laptop takes part. */
export async function shareKeyOf({ keySeq }: SittingRow, journal: Journal): Promise<Bytes | undefined> {
  if (keySeq === null) return undefined;
  return (await journal.attachments(keySeq)).find(({ length }) => length === SHARE_KEY_BYTES);
}

/** Where this journal keeps what another laptop, or the registry, asks of it. */
export interface Kept {
  readonly enrolment: Bytes | undefined;
  readonly permit: Bytes | undefined;
  /** Signed sheets of the sitting, own and received, with whose they are not asked. */
  readonly sheets: readonly Bytes[];
  /** Their amendments, in the order they came to be here. */
  readonly amendments: readonly Bytes[];
  /** Decisions about it, in the order they came to be here. */
  readonly reviews: readonly Bytes[];
  /** What its divergent panels said, and what their leader settled, likewise. */
  readonly settlements: readonly Bytes[];
  /** Absences and changes of its roster, likewise. */
  readonly changes: readonly Bytes[];
  readonly roster: Bytes | undefined;
}

const PAGE = 1000;

export async function gatherKept(journal: Journal, sitting: SittingId | null): Promise<Kept> {
  let [enrolmentSeq, permitSeq, rosterSeq] = [0, 0, 0];
  const sheetSeqs: number[] = [];
  const amendmentSeqs: number[] = [];
  const reviewSeqs: number[] = [];
  const upholdingSeqs: number[] = [];
  const settlementSeqs: number[] = [];
  const changeSeqs: number[] = [];
  for (let after = 0; ;) {
    const page = await journal.read(after, PAGE);
    for (const { entry } of page) {
      const { body, seq } = entry;
      if (body.kind === "centre.opened" || body.kind === "device.enrolled") enrolmentSeq = seq;
      if (body.kind === "permit.received") permitSeq = seq;
      if (body.kind === "sitting.prepared" && body.sitting.id === sitting) rosterSeq = seq;
      if (body.kind === "sitting.received" && body.sitting.id === sitting) rosterSeq = seq;
      if (body.kind === "sheet.received" && body.sheet.sitting === sitting) sheetSeqs.push(seq);
      if (body.kind === "sheet.signed" && journal.view.read("sheets", body.sheet)?.sitting === sitting)
        sheetSeqs.push(seq);
      if ((body.kind === "sheet.amended" || body.kind === "amendment.received") && body.sitting === sitting)
        amendmentSeqs.push(seq);
      if (body.kind === "review.signed" && body.sitting === sitting) reviewSeqs.push(seq);
      if (body.kind === "review.received" && body.review.sitting === sitting) reviewSeqs.push(seq);
      if (isStatement(body) && journal.view.read("candidates", body.candidate)?.sitting === sitting)
        upholdingSeqs.push(seq);
      if (body.kind === "divergence.settled" && body.signed?.sitting === sitting) settlementSeqs.push(seq);
      if (body.kind === "settlement.received" && body.sitting === sitting) settlementSeqs.push(seq);
      if (isChange(body) && body.sitting === sitting) changeSeqs.push(seq);
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last.entry.seq;
  }
  const changes: Bytes[] = [];
  for (const seq of changeSeqs) changes.push(...(await journal.attachments(seq)));
  const recordIn = async (seq: number, kind: RecordKind) =>
    seq === 0 ? undefined : (await journal.attachments(seq)).find((bytes) => isOfKind(kind, bytes));
  const recordsIn = async (seqs: readonly number[], kind: RecordKind) => {
    const records: Bytes[] = [];
    for (const seq of seqs) {
      const record = await recordIn(seq, kind);
      if (record) records.push(record);
    }
    return records;
  };
  return {
    enrolment: await recordIn(enrolmentSeq, "enrolment"),
    permit: await recordIn(permitSeq, "permit"),
    roster: await recordIn(rosterSeq, "roster"),
    sheets: await recordsIn(sheetSeqs, "sheet"),
    amendments: await recordsIn(amendmentSeqs, "amendment"),
    reviews: await recordsIn(reviewSeqs, "review"),
    settlements: [
      ...(await recordsIn(upholdingSeqs, "upholding")),
      ...(await recordsIn(settlementSeqs, "settlement")),
    ],
    changes,
  };
}

type Statement = Extract<EntryBody, { kind: "sheet.upheld" | "upholding.received" }>;

/** Words of a member that they signed. */
function isStatement(body: EntryBody): body is Statement {
  return body.kind === "upholding.received" || (body.kind === "sheet.upheld" && body.statement !== undefined);
}

type Change = Extract<
  EntryBody,
  { kind: "candidate.absent" | "absence.received" | "roster.changed" | "roster.change-received" }
>;

function isChange(body: EntryBody): body is Change {
  const kinds: readonly EntryBody["kind"][] = [
    "candidate.absent",
    "absence.received",
    "roster.changed",
    "roster.change-received",
  ];
  return kinds.includes(body.kind);
}

export function isOfKind(kind: RecordKind, record: Bytes): boolean {
  const envelope = recordToEnvelope(record);
  return envelope.ok && envelope.value.payloadType === RECORDS[kind].type;
}

function openFrames(object: Bytes, key: Bytes): BundleFrame[] | undefined {
  const opened = openHandOver(object, key);
  if (!opened.ok) return undefined;
  const { frames, end } = readBundle(opened.value);
  return end.trouble === null ? frames : undefined;
}

function readRubric(bytes: Bytes): Rubric | undefined {
  const json = parseCanonical(bytes, 1024 * 1024);
  const rubric = json.ok ? Rubric.safeParse(json.value) : undefined;
  return rubric?.success ? rubric.data : undefined;
}
