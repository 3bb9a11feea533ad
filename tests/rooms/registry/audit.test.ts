// What an audit of a stopped registry says where the rig does not ask: after a loss that the journal itself speaks of.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InstantMs, NO_HASH, type LogOrigin } from "#shared/base";
import { signCheckpoint } from "#shared/wire";
import { openAcceptanceJournal } from "../../../registry/acceptance/journal.ts";
import { auditFiles } from "../../../registry/audit/verify-registry.ts";
import { openRegistryKeys, type RegistryKeys } from "../../../registry/keys/registry-keys.ts";
import { createLog } from "../../../registry/log/one-log.ts";
import { createPublicLog } from "../../../registry/log/public-log.ts";
import { writeCheckpointFile, writeTiles } from "../../../registry/log/published.ts";

const NOON = Date.UTC(2026, 5, 1);
let dataDir: string;
let keys: RegistryKeys;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "registry-audit-"));
  keys = await openRegistryKeys(dataDir, true, (length) => new Uint8Array(length).map((_, i) => i * 5 + 1));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** One start and stop, as far as the journal and the log go. */
async function aStart(isNewWanted: boolean): Promise<LogOrigin> {
  const path = join(dataDir, "acceptance.journal");
  const journal = await openAcceptanceJournal({
    path,
    flush: (file) => file.sync(),
    crash: () => undefined,
  });
  try {
    const log = createPublicLog({
      ...{ dataDir, found: journal.found, keys, clock: () => NOON, say: () => undefined },
    });
    await log.check(isNewWanted);
    await log.open(async (entry) => log.take(await journal.append(entry)), isNewWanted);
    await log.close();
    return log.origin();
  } finally {
    await journal.close();
  }
}

/** Two leaves were published, and the journal has no longer heard of the second. */
async function promiseMore(origin: LogOrigin): Promise<void> {
  const log = createLog(origin);
  for (const t of [NOON, NOON + 1]) log.append({ v: 1, k: "keyset", h: NO_HASH, t: InstantMs.parse(t) });
  await writeTiles(dataDir, log, 0, 2);
  const note = signCheckpoint(origin, { size: 2, root: log.tree.root(2) }, keys.log);
  await writeCheckpointFile(dataDir, origin, note);
}

const findings = async () =>
  (await auditFiles(dataDir, keys)).findings.map(({ where, what }) => `${where}: ${what}`);

test("[T13] a loss is named until the log has gone on under a new name, which says what was lost; then starts and audits go on", async () => {
  const first = await aStart(false);
  expect(await findings()).toEqual([]);
  await promiseMore(first);
  expect((await findings()).join("\n")).toContain("promises 2 leaves that the journal does not have");
  await expect(aStart(false)).rejects.toThrow("start once with --open-log");
  const second = await aStart(true);
  expect(second).toBe(`${keys.aud}/results/2026.2`);
  expect(await aStart(false)).toBe(second);
  expect(await findings()).toEqual([]);
  // The journal speaks of that promise and of no other.
  await promiseMore(second);
  await expect(aStart(false)).rejects.toThrow("start once with --open-log");
});
