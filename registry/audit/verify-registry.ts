// `npm run registry -- --verify --data DIR`: does everything a stopped registry has still say the same? The journal is held
// against its own chain and the head that was signed, its records against their signatures, the objects against their
// names, tiles and checkpoints against the leaves that follow from the journal, and every row of the database against one
// filled anew. Nothing is mended.
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isEqualBytes } from "#shared/base";
import { tilePath, tilesOf, verifyCheckpoint } from "#shared/wire";
import { JournalDamaged, readAcceptanceJournal, type PlacedEntry } from "../acceptance/journal.ts";
import { lockData } from "../data-lock.ts";
import { DataRefused } from "../data-refused.ts";
import { readOrNothing } from "../keys/durable-file.ts";
import { openRegistryKeys, type RegistryKeys } from "../keys/registry-keys.ts";
import { deriveLogs, type DerivedLogs } from "../log/derive.ts";
import { isJournalHead, placeOfHead } from "../log/journal-head.ts";
import type { OneLog } from "../log/one-log.ts";
import { HEAD_NAME, JOURNAL_HEAD_FILE, logFolder, nameOf, readCheckpointFile } from "../log/published.ts";
import { auditIndex, type IndexAudit } from "./audit-index.ts";
import { auditObjects, auditRecords } from "./audit-records.ts";
import type { Finding, VerifyOptions } from "./finding.ts";

export async function verifyRegistry(options: VerifyOptions): Promise<IndexAudit> {
  const { dataDir } = options;
  const only = (where: string, what: string): IndexAudit => ({
    findings: [{ where, what }],
    notCompared: "nothing says what should be in it",
  });
  if (!existsSync(join(dataDir, "keys.json")))
    return only("keys.json", "is not there: nothing can be held against its keys");
  const unlock = lockData(dataDir);
  try {
    const keys = await openRegistryKeys(dataDir, false, () => new Uint8Array());
    const { findings, found } = await auditFiles(dataDir, keys);
    if (!found) return { findings, notCompared: "the journal cannot be read" };
    const { findings: rows, notCompared } = await auditIndex(found, options, keys.aud);
    return { findings: [...findings, ...rows], notCompared };
  } catch (error) {
    if (!(error instanceof DataRefused)) throw error;
    return only("data", error.message);
  } finally {
    unlock();
  }
}

/** Everything but the database. `found` is missing when the journal cannot be read. */
export async function auditFiles(
  dataDir: string,
  keys: RegistryKeys,
): Promise<{ readonly findings: Finding[]; readonly found?: readonly PlacedEntry[] }> {
  const { findings, found } = await auditJournal(dataDir, keys);
  if (!found) return { findings };
  const records = auditRecords(found, keys);
  const objects = await auditObjects(found, dataDir);
  // Leaves are made of records: where those cannot be read there is no log to compare.
  const logs = records.length === 0 ? await logsOf(found, dataDir, keys) : [];
  return { findings: [...findings, ...records, ...objects, ...logs], found };
}

const JOURNAL = "acceptance.journal";

async function auditJournal(
  dataDir: string,
  keys: RegistryKeys,
): Promise<{ readonly findings: Finding[]; readonly found?: readonly PlacedEntry[] }> {
  try {
    const { found, tornBytes } = await readAcceptanceJournal(join(dataDir, JOURNAL));
    const torn =
      tornBytes > 0 ? [{ where: JOURNAL, what: `ends in ${tornBytes} bytes that are no entry` }] : [];
    return { findings: [...torn, ...(await auditHead(found, dataDir, keys))], found };
  } catch (error) {
    if (!(error instanceof JournalDamaged || error instanceof DataRefused)) throw error;
    return { findings: [{ where: JOURNAL, what: error.message }] };
  }
}

/** A chain of hashes can be computed anew by anybody; what was signed over it cannot. */
async function auditHead(
  found: readonly PlacedEntry[],
  dataDir: string,
  keys: RegistryKeys,
): Promise<Finding[]> {
  const note = await readOrNothing(join(dataDir, JOURNAL_HEAD_FILE));
  const tell = (what: string): Finding[] => [{ where: JOURNAL_HEAD_FILE, what }];
  if (!note) return tell("is not there: nothing says how far the journal reached");
  const place = placeOfHead(note, keys);
  if (place === undefined) return tell("is not signed by the log's key");
  const entry = found[place - 1];
  if (!entry) return [{ where: JOURNAL, what: `has ${found.length} entries, and ${place} were signed for` }];
  if (!isJournalHead(note, entry, keys))
    return [{ where: JOURNAL, what: `is not the one that was signed for at entry ${place}` }];
  if (place < found.length)
    return tell(
      `signs for ${place} of ${found.length} entries: after a crash, start the registry once and stop it`,
    );
  return [];
}

async function logsOf(
  found: readonly PlacedEntry[],
  dataDir: string,
  keys: RegistryKeys,
): Promise<Finding[]> {
  try {
    return await auditLogs(found, dataDir, keys);
  } catch (error) {
    if (!(error instanceof DataRefused)) throw error;
    return [{ where: JOURNAL, what: error.message }];
  }
}

async function auditLogs(
  found: readonly PlacedEntry[],
  dataDir: string,
  keys: RegistryKeys,
): Promise<Finding[]> {
  const derived = deriveLogs(found);
  const logs = derived.all();
  const findings: Finding[] = [];
  for (const log of logs) findings.push(...(await auditLog(log, derived, dataDir, keys)));
  const known = new Set([HEAD_NAME, ...logs.map(({ origin }) => nameOf(origin))]);
  const folder = join(dataDir, "log");
  const strays = existsSync(folder) ? (await readdir(folder)).filter((name) => !known.has(name)) : [];
  return [
    ...findings,
    ...strays.map((name) => ({ where: join("log", name), what: "is no log of the journal" })),
  ];
}

async function auditLog(
  log: OneLog,
  { isGivenUp }: Pick<DerivedLogs, "isGivenUp">,
  dataDir: string,
  keys: RegistryKeys,
): Promise<Finding[]> {
  const folder = join("log", nameOf(log.origin));
  const findings: Finding[] = [];
  const size = log.tree.size();
  const note = await readCheckpointFile(dataDir, log.origin);
  const checkpoint = note && verifyCheckpoint(note, log.origin, keys.log.publicKey);
  const where = join(folder, "checkpoint");
  if (!checkpoint) findings.push({ where, what: "is not there" });
  else if (!checkpoint.ok) findings.push({ where, what: `is not the log's: ${checkpoint.error.code}` });
  else {
    const { value } = checkpoint;
    const isPart = value.size <= size && isEqualBytes(log.tree.root(value.size), value.root);
    // Lost, and said so by the journal: its tiles are of leaves that nobody can derive any more.
    if (!isPart && isGivenUp(log, value)) return [];
    if (!isPart)
      findings.push({ where, what: `promises ${value.size} leaves that the journal does not have` });
    else if (value.size < size) findings.push({ where, what: `covers ${value.size} of ${size} leaves` });
  }
  const due = new Map(tilesOf(size).map((place) => [tilePath(place), place]));
  const stored = await filesUnder(logFolder(dataDir, log.origin), "tile");
  for (const [path, place] of due) {
    const bytes = await readOrNothing(join(logFolder(dataDir, log.origin), path));
    if (!bytes) findings.push({ where: join(folder, path), what: "is not there" });
    else if (!isEqualBytes(bytes, log.tile(place)))
      findings.push({ where: join(folder, path), what: "is not what the journal says" });
  }
  for (const path of stored)
    if (!due.has(path)) findings.push({ where: join(folder, path), what: "is no tile of this log" });
  return findings;
}

async function filesUnder(root: string, folder: string): Promise<Set<string>> {
  if (!existsSync(join(root, folder))) return new Set();
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = new Set<string>();
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) for (const one of await filesUnder(root, path)) found.add(one);
    else found.add(path);
  }
  return found;
}
