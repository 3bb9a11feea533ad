// What sealing costs: a thousand sheets signed and sealed by the desk's own code, beside the raw cost of the
// same sheets' canonical bytes, hash and signature in the same run. Below that nobody can go who signs every sheet.
import * as nodeCrypto from "node:crypto";
import { concatBytes, createRandom, invariant, utf8, type Bytes } from "#shared/base";
import { createSigner, type Signer } from "#shared/crypto";
import { canonicalBytes, peekRecord, RECORDS, signRecord, type SheetRecord } from "#shared/wire";
import { gzipPortably } from "../../electron/window/environment.ts";
import { seededInputs } from "../support/seeded-marks.ts";
import { valueOf } from "../support/desk-harness.ts";
import { EXAMINER, LEADER, openDesk, type Desk } from "../support/little-desk.ts";
import { percentile, rounded, type Measured } from "../support/measured.ts";
import { sampleRubrics } from "#shared/rules";
import { startNativeSuite } from "../support/sound-suite.ts";

const SHEETS = 1000;
const ROUNDS = 9;
const GOAL = 1.5;

export async function sealBench(): Promise<Measured> {
  await startNativeSuite();
  const desk = await openDesk();
  const { sheets, pack } = await signSheets(desk);
  const secret = new Uint8Array(32).fill(7);
  const signer = createSigner(secret);
  const raw: number[] = [];
  const sign: number[] = [];
  const seal: number[] = [];
  const gzip: number[] = [];
  const parts: Record<Part, number[]> = { signature: [], canonical: [], serialiser: [], schema: [] };
  // In turns, so that a busy moment of the machine falls on all of them.
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(timed(() => rawCost(sheets, secret)));
    sign.push(timed(() => signAll(sheets, signer)));
    seal.push(await sealTime(desk));
    gzip.push(timed(() => gzipPortably(pack)));
    const works = partsOf(sheets, signer);
    for (const part of PARTS) parts[part].push(timed(works[part]));
  }
  const perSheet = (samples: readonly number[]) => rounded((percentile(samples, 0.5) * 1000) / SHEETS, 1);
  const [rawMs, signMs, sealMs, gzipMs] = [raw, sign, seal, gzip].map((samples) => percentile(samples, 0.5));
  invariant(rawMs && signMs && sealMs && gzipMs, "every round took time");
  const ratio = rounded((signMs + sealMs) / rawMs);
  return {
    name: "seal",
    figures: {
      sheets: sheets.length,
      bytesPerSheet: Math.round(
        sheets.reduce((sum, sheet) => sum + JSON.stringify(sheet).length, 0) / sheets.length,
      ),
      rounds: ROUNDS,
      rawCpuMs: rounded(rawMs, 1),
      signCpuMs: rounded(signMs, 1),
      sealCpuMs: rounded(sealMs, 1),
      gzipCpuMsOfSeal: rounded(gzipMs, 1),
      signRatio: rounded(signMs / rawMs),
      sealRatio: rounded(sealMs / rawMs),
      rawMicrosecondsPerSheet: rounded((rawMs * 1000) / SHEETS, 1),
      microsecondsPerSheet: rounded(((signMs + sealMs) * 1000) / SHEETS, 1),
      signatureMicroseconds: perSheet(parts.signature),
      canonicalMicroseconds: perSheet(parts.canonical),
      ofThatSerialiserMicroseconds: perSheet(parts.serialiser),
      schemaMicroseconds: perSheet(parts.schema),
      ratio,
    },
    goals: {
      ratio: {
        goal: `${String(SHEETS)} sheets signed and sealed for at most ${String(GOAL)} times their bytes, hashes and signatures: ${String(ratio)}`,
        met: ratio <= GOAL,
      },
    },
  };
}

/** The fastest canonical bytes there are: members are in order already, so the language's own spelling is canonical. */
function rawCost(sheets: readonly SheetRecord[], secret: Uint8Array): void {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), secret]);
  const key = nodeCrypto.createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  for (const sheet of sheets) {
    const payload = Buffer.from(JSON.stringify(sheet));
    nodeCrypto.createHash("sha256").update(payload).digest();
    nodeCrypto.sign(
      null,
      Buffer.concat([
        Buffer.from(
          `DSSEv1 ${String(RECORDS.sheet.type.length)} ${RECORDS.sheet.type} ${String(payload.length)} `,
        ),
        payload,
      ]),
      key,
    );
  }
}

function signAll(sheets: readonly SheetRecord[], signer: Signer): void {
  for (const sheet of sheets) signRecord("sheet", sheet, [signer]);
}

const PARTS = ["signature", "canonical", "serialiser", "schema"] as const;
type Part = (typeof PARTS)[number];

/** What signing a sheet is made of, each for all of them. */
function partsOf(sheets: readonly SheetRecord[], signer: Signer): Record<Part, () => void> {
  const payloads = sheets.map((sheet) => canonicalBytes(sheet));
  return {
    signature: () => payloads.forEach((payload) => signer.sign(payload)),
    canonical: () => sheets.forEach((sheet) => canonicalBytes(sheet)),
    serialiser: () => sheets.forEach((sheet) => utf8(JSON.stringify(sheet))),
    schema: () => sheets.forEach((sheet) => RECORDS.sheet.schema.parse(sheet)),
  };
}

/** The desk's whole act of sealing but the append, which is refused, so that the same day can be sealed again. */
async function sealTime({ day, journal, person, keys }: Desk): Promise<number> {
  const [sitting] = journal.view.rows("sittings");
  invariant(sitting, "a sitting was prepared");
  person.answer(keys.demoPin(LEADER));
  journal.failWith("journal.failed");
  const from = process.cpuUsage();
  const sealed = await day.seal(sitting.id, "bench");
  const took = since(from);
  journal.failWith(null);
  invariant(
    !sealed.ok && sealed.error.facts?.["because"] === "journal.failed",
    "only the append was refused",
  );
  return took;
}

/** Prepared, marked and signed as at the desk: the records' values, as they were signed. */
async function signSheets(desk: Desk): Promise<{ sheets: SheetRecord[]; pack: Bytes }> {
  const { journal, marking, signatures, person, keys } = desk;
  const [rubric] = sampleRubrics();
  invariant(rubric, "a sample rubric");
  const random = createRandom(7);
  const sheets: SheetRecord[] = [];
  const records: Bytes[] = [];
  while (sheets.length < SHEETS) {
    const sitting = await desk.prepare([LEADER, EXAMINER]);
    await desk.signIn(LEADER);
    valueOf(await marking.append([{ kind: "conflict.declare", sitting, candidates: [] }]));
    for (const { ref } of journal.view.rowsOf("candidates", sitting)) {
      if (sheets.length === SHEETS) break;
      valueOf(await marking.append([{ kind: "sheet.open", sitting, candidate: ref }]));
      const sheet = journal.view.rowsOf("sheets", sitting).find(({ candidate }) => candidate === ref);
      invariant(sheet, "the sheet was opened");
      const marks = [...seededInputs(rubric, random)];
      valueOf(
        await marking.append(
          marks.map(([item, input]) => ({ kind: "mark.set", sheet: sheet.id, item, input })),
        ),
      );
      person.answer(keys.demoPin(LEADER));
      valueOf(await signatures.signSheet(sheet.id));
      const [record] = await journal.attachments(journal.head().seq);
      const read = record && peekRecord("sheet", record);
      invariant(read?.ok, "the sheet was signed");
      if (record) records.push(record);
      sheets.push(read.value.value);
    }
  }
  return { sheets, pack: concatBytes(...records) };
}

/** Milliseconds of processor time, every thread's: what else runs on the machine takes turns, not work. */
function timed(work: () => void): number {
  const from = process.cpuUsage();
  work();
  return since(from);
}

function since(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
