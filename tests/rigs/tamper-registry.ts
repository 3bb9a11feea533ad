// The registry's disk in other hands (T12): every row of every table, the journal at a stride of bytes, every tile, note and
// object is changed in turn, and `--verify` has to notice each. What it reads is what the real registry wrote in a small
// day; what it asks is what the command asks.
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { concatBytes, utf8, utf8ToText, type Bytes } from "#shared/base";
import { auditFiles, verifyRegistry } from "../../registry/audit/verify-registry.ts";
import type { RegistryKeys } from "../../registry/keys/registry-keys.ts";
import { SCHEMA } from "../../registry/store/tables.ts";
import { deliver, enrolLaptop, offer } from "../support/registry-calls.ts";
import type { Measured } from "../support/measured.ts";
import { aRegistryPlace, keysOf } from "../support/registry-store.ts";
import { aCandidateRef } from "../support/wire-builders.ts";
import type { RigOptions } from "./options.ts";
import { editRows, ROW_KINDS } from "./tamper-registry-rows.ts";

/** What is done to it. Each of them has to have happened: an edit that never was is noticed by everybody. */
const KINDS = [
  "journal bytes",
  "journal cut",
  "journal entries left out",
  "journal entries changed",
  "log bytes",
  "log cut short",
  "log away",
  "objects bytes",
  "objects cut short",
  "objects away",
  ...ROW_KINDS,
] as const;
type Kind = (typeof KINDS)[number] | "command";
type Told = (kind: Kind, what: string, isNoticed: boolean) => void;

export interface Tally {
  readonly tried: ReadonlyMap<Kind, number>;
  readonly notTried: readonly Kind[];
  /** Tables of which no row was touched. */
  readonly tablesNotTried: readonly string[];
  /** Edits that nobody noticed, by name. */
  readonly unnoticed: readonly string[];
}

export async function tamperRegistryRig({ count, say }: RigOptions): Promise<Measured> {
  const { tried, notTried, tablesNotTried, unnoticed } = await tamperWithRegistry(count, say);
  const edits = [...tried.values()].reduce((sum, n) => sum + n, 0);
  return {
    name: "tamper-registry",
    figures: {
      ...Object.fromEntries(tried),
      ...{ edits, unnoticed: unnoticed.length, missed: unnoticed.slice(0, 5).join("; ") },
    },
    goals: {
      kinds: {
        goal: `every kind of edit happened, to every table${listed([...notTried, ...tablesNotTried])}`,
        met: notTried.length === 0 && tablesNotTried.length === 0,
      },
      noticed: { goal: "every edit is noticed", met: unnoticed.length === 0 },
    },
  };
}

const listed = (missing: readonly string[]) => (missing.length > 0 ? `; not ${missing.join(", ")}` : "");

/** `count`: at most so many edits of each kind, and of a file's bytes about so many of all files. */
export async function tamperWithRegistry(count: number, say: (line: string) => void): Promise<Tally> {
  const place = await aRegistryPlace();
  const { dataDir } = place;
  try {
    await aSmallDay(place);
    const keys = await keysOf(place);
    const before = (await auditFiles(dataDir, keys)).findings;
    if (before.length > 0) throw new Error(`an untouched registry is not whole: ${JSON.stringify(before)}`);
    const tried = new Map<Kind, number>();
    const unnoticed: string[] = [];
    const told = (kind: Kind, what: string, isNoticed: boolean) => {
      tried.set(kind, (tried.get(kind) ?? 0) + 1);
      if (!isNoticed) unnoticed.push(`${kind}: ${what}`);
    };
    for (const edits of [
      journalEdits(dataDir, count),
      fileEdits(dataDir, "log", count),
      fileEdits(dataDir, "objects", count),
    ])
      for (const edit of edits) told(edit.kind, edit.what, await isNoticed(edit, dataDir, keys));
    say(`journal, log and objects: ${String([...tried.values()].reduce((sum, n) => sum + n, 0))} edits`);
    const tablesNotTried = await editRows(dataDir, keys.aud, count, told);
    say("rows edited");
    const isWhole = count >= WHOLE;
    if (isWhole) await askTheCommand(dataDir, told);
    const wanted: readonly Kind[] = isWhole ? [...KINDS, "command"] : KINDS;
    return { tried, notTried: wanted.filter((kind) => !tried.has(kind)), tablesNotTried, unnoticed };
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
  readonly kind: Kind;
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
function put(kind: Kind, path: string, what: string, bytes: Uint8Array): Edit {
  const original = readFileSync(path);
  if (original.equals(bytes)) throw new Error(`${what} changes nothing`);
  return {
    ...{ kind, what },
    make: () => writeFileSync(path, bytes),
    undo: () => writeFileSync(path, original),
  };
}

function gone(kind: Kind, path: string, what: string, away: string): Edit {
  return { kind, what, make: () => renameSync(path, away), undo: () => renameSync(away, path) };
}

function* journalEdits(dataDir: string, count: number): Generator<Edit> {
  const path = join(dataDir, "acceptance.journal");
  const bytes = new Uint8Array(readFileSync(path));
  const stride = Math.max(1, Math.floor(bytes.length / count));
  for (let at = 0; at < bytes.length; at += stride)
    yield put("journal bytes", path, `byte ${String(at)}`, flipped(bytes, at));
  const frames = framesOf(bytes);
  const places = frames.map((_, at) => at);
  for (const kept of spread(places, count))
    yield put("journal cut", path, `after ${String(kept)} frames`, concatBytes(...frames.slice(0, kept)));
  // The chain has no key: whoever edits can make all of it fit again.
  for (const left of spread(places, count))
    yield put(
      "journal entries left out",
      path,
      `frame ${String(left)}, chain made anew`,
      rechained(frames.filter((_, i) => i !== left)),
    );
  const changes = frames.flatMap((frame, at) =>
    changesOf(payloadOf(frame)).map(({ field, payload }) => ({ at, field, payload })),
  );
  for (const { at, field, payload } of spread(changes, count))
    yield put(
      "journal entries changed",
      path,
      `${field} of frame ${String(at)}, chain made anew`,
      rechained(frames.map((frame, i) => (i === at ? withPayload(frame, payload) : frame))),
    );
}

function* fileEdits(dataDir: string, part: "log" | "objects", count: number): Generator<Edit> {
  const files = filesUnder(join(dataDir, part));
  const each = Math.max(1, Math.floor(count / files.length));
  for (const file of files) {
    const bytes = new Uint8Array(readFileSync(file));
    const name = file.slice(dataDir.length + 1);
    const stride = Math.max(1, Math.floor(bytes.length / each));
    for (let at = 0; at < bytes.length; at += stride)
      yield put(`${part} bytes`, file, `${name} byte ${String(at)}`, flipped(bytes, at));
    yield put(`${part} cut short`, file, name, bytes.slice(0, -1));
    yield gone(`${part} away`, file, name, `${dataDir}-away`);
  }
}

/** At most so many, from all over. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  return all.length <= count ? all : all.filter((_, at) => (at * count) % all.length < count);
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
    const payload = payloadOf(frame);
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

function payloadOf(frame: Bytes): Bytes {
  return frame.slice(HEADER, -32);
}

function withPayload(frame: Bytes, payload: Bytes): Bytes {
  return concatBytes(frame.slice(0, HEADER), payload, frame.slice(-32));
}

/** The entry with each of its values changed, one at a time, as JSON that reads like the journal's. */
function changesOf(payload: Bytes): { readonly field: string; readonly payload: Bytes }[] {
  const text = utf8ToText(payload);
  const entry: unknown = JSON.parse(text);
  if (JSON.stringify(entry) !== text) throw new Error("an entry is written otherwise than it is read");
  return changedValues(entry).map(([field, made]) => ({ field, payload: utf8(JSON.stringify(made)) }));
}

/** A value for each change that can be made to it, with the path to what was changed. */
function changedValues(value: unknown): [path: string, made: unknown][] {
  if (typeof value === "number") return [["", value + 1]];
  if (typeof value === "boolean") return [["", !value]];
  if (typeof value === "string") {
    const at = value.length >> 1;
    return [["", `${value.slice(0, at)}${value[at] === "a" ? "b" : "a"}${value.slice(at + 1)}`]];
  }
  if (Array.isArray(value)) {
    const shorter: [string, unknown][] = value.length > 0 ? [["", value.slice(1)]] : [];
    const inside = value.flatMap((inner, at) =>
      changedValues(inner).map(([path, made]): [string, unknown] => [
        `${String(at)}.${path}`,
        value.map((one: unknown, i) => (i === at ? made : one)),
      ]),
    );
    return [...shorter, ...inside];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) =>
    changedValues(inner).map(([path, made]): [string, unknown] => [
      `${field}.${path}`,
      { ...value, [field]: made },
    ]),
  );
}

function crc32c(bytes: Bytes): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function throughTheCommand(dataDir: string): Edit[] {
  const journal = join(dataDir, "acceptance.journal");
  const log = filesUnder(join(dataDir, "log"));
  const objects = filesUnder(join(dataDir, "objects"));
  const flip = (path: string): Edit => {
    const bytes = new Uint8Array(readFileSync(path));
    return put("command", path, path.slice(dataDir.length + 1), flipped(bytes, bytes.length >> 1));
  };
  const saved = `${dataDir}-index`;
  const index = join(dataDir, "index");
  const row: Edit = {
    kind: "command",
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
  const needed = (what: string, path: string | undefined): string => {
    if (path === undefined) throw new Error(`there is no ${what}`);
    return path;
  };
  const tile = needed(
    "tile",
    log.find((path) => path.includes("tile")),
  );
  const checkpoint = needed(
    "checkpoint",
    log.find((path) => path.endsWith("checkpoint")),
  );
  return [...[journal, tile, checkpoint, needed("object", objects[0])].map(flip), row];
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
