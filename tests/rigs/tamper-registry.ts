// The registry's disk in other hands (T12): every row of every table, the journal at a stride of bytes, every tile, note and
// object is changed in turn, and `--verify` has to notice each. What it reads is what the real registry wrote in a small
// day; what it asks is what the command asks.
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { z } from "zod";
import { concatBytes, type Bytes } from "#shared/base";
import { readAcceptanceJournal } from "../../registry/acceptance/journal.ts";
import { compareRows, rowsOfJournal } from "../../registry/audit/audit-index.ts";
import { auditFiles, verifyRegistry } from "../../registry/audit/verify-registry.ts";
import { openRegistryKeys, type RegistryKeys } from "../../registry/keys/registry-keys.ts";
import { SCHEMA } from "../../registry/store/tables.ts";
import { deliver, enrolLaptop, offer } from "../support/registry-calls.ts";
import type { Measured } from "../support/measured.ts";
import { aRegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef } from "../support/wire-builders.ts";
import type { RigOptions } from "./options.ts";

export interface Tally {
  readonly tried: Readonly<Record<string, number>>;
  /** Edits that nobody noticed, by name. */
  readonly unnoticed: readonly string[];
}

export async function tamperRegistryRig({ count, say }: RigOptions): Promise<Measured> {
  const { tried, unnoticed } = await tamperWithRegistry(count, say);
  const edits = Object.values(tried).reduce((sum, n) => sum + n, 0);
  return {
    name: "tamper-registry",
    figures: { ...tried, edits, unnoticed: unnoticed.length, missed: unnoticed.slice(0, 5).join("; ") },
    goals: { noticed: { goal: "every edit is noticed", met: unnoticed.length === 0 && edits > 0 } },
  };
}

/** `count`: edits of the journal, and at most as many of each other kind. */
export async function tamperWithRegistry(count: number, say: (line: string) => void): Promise<Tally> {
  const place = await aRegistryPlace();
  const { dataDir } = place;
  try {
    await aSmallDay(place);
    const keys = await openRegistryKeys(dataDir, true, () => new Uint8Array());
    const before = (await auditFiles(dataDir, keys)).findings;
    if (before.length > 0) throw new Error(`an untouched registry is not whole: ${JSON.stringify(before)}`);
    const tally = { tried: {} as Record<string, number>, unnoticed: [] as string[] };
    const told = (kind: string, what: string, isNoticed: boolean) => {
      tally.tried[kind] = (tally.tried[kind] ?? 0) + 1;
      if (!isNoticed) tally.unnoticed.push(`${kind} ${what}`);
    };
    for (const [kind, edits] of [
      ["journal", journalEdits(dataDir, count)],
      ["log", fileEdits(dataDir, join(dataDir, "log"), count)],
      ["objects", fileEdits(dataDir, join(dataDir, "objects"), count)],
    ] as const) {
      for (const edit of edits) told(kind, edit.what, await isNoticed(edit, dataDir, keys));
      say(`${kind}: ${tally.tried[kind] ?? 0} edits`);
    }
    await editRows(dataDir, keys, count, told);
    say(`rows: ${tally.tried["rows"] ?? 0} edits`);
    if (count >= WHOLE) await askTheCommand(dataDir, told);
    return tally;
  } finally {
    place.remove();
  }
}

/** From this count on the whole command is asked too; it fills a database anew each time. */
const WHOLE = 100;

/** Once for each kind, so that nothing is only found by a part that nobody calls; an untouched registry is whole. */
async function askTheCommand(dataDir: string, told: Told): Promise<void> {
  const ask = () => verifyRegistry({ dataDir, databaseUrl: null });
  for (const edit of throughTheCommand(dataDir)) {
    await edit.make();
    told("command", edit.what, (await ask()).findings.length > 0);
    await edit.undo();
  }
  const after = await ask();
  if (after.findings.length > 0 || after.notCompared !== null)
    throw new Error(`an untouched registry is not whole: ${JSON.stringify(after)}`);
}

/** Two laptops, results, an absence, a photograph, a revocation, and an offer whose objects never came. */
async function aSmallDay(place: Awaited<ReturnType<typeof aRegistryPlace>>): Promise<void> {
  const registry = await place.start();
  try {
    for (const evidence of [[], [new Uint8Array(900).fill(7)]]) {
      const laptop = await enrolLaptop(registry.url);
      const refs = [aCandidateRef(), aCandidateRef()];
      laptop.roster(refs);
      const [first, second] = refs;
      if (first) laptop.sheet(first);
      if (second) laptop.absence(second);
      const sealed = await laptop.seal({ evidence });
      laptop.sealed(sealed);
      await deliver(registry.url, sealed);
      laptop.roster([aCandidateRef()]);
      await offer(registry.url, await laptop.seal());
      if (evidence.length > 0) await registry.revoke(laptop.keys.device.kid, "lost");
    }
  } finally {
    await registry.close();
  }
}

interface Edit {
  readonly what: string;
  readonly make: () => void | Promise<void>;
  readonly undo: () => void | Promise<void>;
}

async function isNoticed(edit: Edit, dataDir: string, keys: RegistryKeys): Promise<boolean> {
  await edit.make();
  try {
    return (await auditFiles(dataDir, keys)).findings.length > 0;
  } finally {
    await edit.undo();
  }
}

/** Another content, and the old one afterwards. */
function put(path: string, what: string, bytes: Uint8Array): Edit {
  const original = readFileSync(path);
  return {
    what,
    make: () => writeFileSync(path, bytes),
    undo: () => writeFileSync(path, original),
  };
}

function gone(path: string, what: string, away: string): Edit {
  return { what, make: () => renameSync(path, away), undo: () => renameSync(away, path) };
}

function* journalEdits(dataDir: string, count: number): Generator<Edit> {
  const path = join(dataDir, "acceptance.journal");
  const bytes = new Uint8Array(readFileSync(path));
  const stride = Math.max(1, Math.floor(bytes.length / count));
  for (let at = 0; at < bytes.length; at += stride) yield put(path, `byte ${at}`, flipped(bytes, at));
  const frames = framesOf(bytes);
  for (let kept = 0; kept < frames.length; kept++)
    yield put(path, `cut after ${kept} frames`, concatBytes(...frames.slice(0, kept)));
  // The chain has no key: whoever edits can make all of it fit again.
  for (let left = 0; left < frames.length; left++)
    yield put(
      path,
      `frame ${left} left out, chain made anew`,
      rechained(frames.filter((_, i) => i !== left)),
    );
  yield put(path, "one entry's time changed, chain made anew", rechained(frames.map(laterTime)));
}

function* fileEdits(dataDir: string, folder: string, count: number): Generator<Edit> {
  const files = filesUnder(folder);
  const each = Math.max(1, Math.floor(count / files.length));
  for (const file of files) {
    const bytes = new Uint8Array(readFileSync(file));
    const name = file.slice(dataDir.length + 1);
    const stride = Math.max(1, Math.floor(bytes.length / each));
    for (let at = 0; at < bytes.length; at += stride)
      yield put(file, `${name} byte ${at}`, flipped(bytes, at));
    yield put(file, `${name} cut short`, bytes.slice(0, -1));
    yield gone(file, `${name} away`, `${dataDir}-away`);
  }
}

const HEADER = 44;

function framesOf(bytes: Bytes): Bytes[] {
  const frames: Bytes[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(4);
    const next = at + HEADER + length + 32;
    frames.push(bytes.slice(at, next));
    at = next;
  }
  return frames;
}

function rechained(frames: readonly Bytes[]): Bytes {
  let former: Bytes = new Uint8Array(32);
  const made = frames.map((frame) => {
    const payload = frame.slice(HEADER, -32);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, payload.length);
    const checked = concatBytes(frame.slice(0, 4), length, former);
    const crc = new Uint8Array(4);
    new DataView(crc.buffer).setUint32(0, crc32c(checked));
    const body = concatBytes(checked, crc, payload);
    former = new Uint8Array(createHash("sha256").update(body).digest());
    return concatBytes(body, former);
  });
  return concatBytes(...made);
}

function laterTime(frame: Bytes): Bytes {
  const payload = Buffer.from(frame.slice(HEADER, -32)).toString();
  const edited = payload.replace(/"acceptedAt":(\d+)/, (_, at: string) => `"acceptedAt":${Number(at) + 1}`);
  return concatBytes(frame.slice(0, HEADER), new Uint8Array(Buffer.from(edited)), frame.slice(-32));
}

function crc32c(bytes: Bytes): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

type Told = (kind: string, what: string, isNoticed: boolean) => void;

/** Each row is taken away, and each of its columns changed, as the owner of the database may; then all is rolled back. */
async function editRows(dataDir: string, keys: RegistryKeys, count: number, told: Told): Promise<void> {
  const { found } = await readAcceptanceJournal(join(dataDir, "acceptance.journal"));
  const filled = new Map<number, ReturnType<typeof rowsOfJournal>>();
  const fill: typeof rowsOfJournal = (entries, aud) => {
    const known = filled.get(entries.length) ?? rowsOfJournal(entries, aud);
    filled.set(entries.length, known);
    return known;
  };
  const db = await PGlite.create(join(dataDir, "index", "pglite"));
  try {
    await db.query(`set search_path to ${SCHEMA}`);
    const whole = await compareRows({ query: (row, text) => parsed(db, row, text) }, found, keys.aud, fill);
    if (whole.length > 0) throw new Error(`untouched tables are not whole: ${JSON.stringify(whole)}`);
    let made = 0;
    for (const { table, ctid, change } of await rowEdits(db)) {
      if (made++ >= count) break;
      await db.query("begin");
      if (await isMade(db, change, ctid)) {
        const findings = await compareRows(
          { query: (row, text) => parsed(db, row, text) },
          found,
          keys.aud,
          fill,
        );
        told("rows", `${table} ${ctid} ${change}`, findings.length > 0);
      }
      await db.query("rollback");
    }
  } finally {
    await db.close();
  }
}

/** A unique column refuses some edits by itself (23505): then there is nothing to notice. */
async function isMade(db: PGlite, change: string, ctid: string): Promise<boolean> {
  try {
    await db.query(change, [ctid]);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "23505") return false;
    throw error;
  }
}

async function parsed<S extends z.ZodType>(db: PGlite, row: S, text: string): Promise<z.output<S>[]> {
  return (await db.query(text)).rows.map((one) => row.parse(one));
}

/** In turn from every table, so that a small count meets them all. */
async function rowEdits(db: PGlite) {
  const columns = await db.query<{ table_name: string; column_name: string; data_type: string }>(
    "select table_name, column_name, data_type from information_schema.columns where table_schema = $1",
    [SCHEMA],
  );
  const byTable = new Map<string, { table: string; ctid: string; change: string }[]>();
  for (const table of new Set(columns.rows.map((column) => column.table_name))) {
    const rows = (await db.query<{ ctid: string }>(`select ctid::text from ${table}`)).rows;
    const own = columns.rows.filter((column) => column.table_name === table && column.column_name !== "one");
    byTable.set(
      table,
      rows.flatMap(({ ctid }) => [
        { table, ctid, change: `delete from ${table} where ctid = $1::tid` },
        ...own.map(({ column_name: column, data_type: type }) => ({
          table,
          ctid,
          change: `update ${table} set ${column} = ${changed(column, type)} where ctid = $1::tid`,
        })),
      ]),
    );
  }
  const edits: { table: string; ctid: string; change: string }[] = [];
  for (let at = 0; ; at++) {
    const round = [...byTable.values()].flatMap((own) => own[at] ?? []);
    if (round.length === 0) return edits;
    edits.push(...round);
  }
}

function changed(column: string, type: string): string {
  if (type === "boolean") return `not ${column}`;
  return type === "text" ? `coalesce(${column}, '') || 'x'` : `${column} + 1`;
}

function throughTheCommand(dataDir: string): Edit[] {
  const journal = join(dataDir, "acceptance.journal");
  const log = filesUnder(join(dataDir, "log"));
  const objects = filesUnder(join(dataDir, "objects"));
  const flip = (path: string): Edit => {
    const bytes = new Uint8Array(readFileSync(path));
    return put(path, path.slice(dataDir.length + 1), flipped(bytes, bytes.length >> 1));
  };
  const saved = `${dataDir}-index`;
  const index = join(dataDir, "index");
  const row: Edit = {
    what: "a receipt's row",
    make: async () => {
      cpSync(index, saved, { recursive: true });
      const db = await PGlite.create(join(index, "pglite"));
      await db.query(`update ${SCHEMA}.receipts set accepted = accepted + 1`);
      await db.close();
    },
    undo: () => {
      rmSync(index, { recursive: true });
      renameSync(saved, index);
    },
  };
  const tile = log.find((path) => path.includes("tile"));
  const checkpoint = log.find((path) => path.endsWith("checkpoint"));
  return [journal, tile, checkpoint, objects[0]]
    .flatMap((path) => (path !== undefined && existsSync(path) ? [flip(path)] : []))
    .concat(row);
}

function flipped(bytes: Bytes, at: number): Bytes {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}
