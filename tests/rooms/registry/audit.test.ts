// What an audit of a stopped registry says where the rig does not ask: after a loss that the journal itself speaks of, and
// of what only somebody with the registry's own keys could write.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InstantMs, NO_HASH, type LogOrigin } from "#shared/base";
import type { Signer } from "#shared/crypto";
import { recordToText, signCheckpoint, signRecord } from "#shared/wire";
import type { AcceptanceEntry } from "../../../registry/acceptance/entries.ts";
import { openAcceptanceJournal } from "../../../registry/acceptance/journal.ts";
import { auditRecords } from "../../../registry/audit/audit-records.ts";
import { auditFiles } from "../../../registry/audit/verify-registry.ts";
import { openRegistryKeys, type RegistryKeys } from "../../../registry/keys/registry-keys.ts";
import { createLog } from "../../../registry/log/one-log.ts";
import { createPublicLog } from "../../../registry/log/public-log.ts";
import { writeCheckpointFile, writeTiles } from "../../../registry/log/published.ts";
import { aCandidateRef, anOfflineLaptop, aSigner, publicKeyHex } from "../../support/wire-builders.ts";

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

describe("[T12] a manifest that the registry wrote itself", () => {
  const laptop = anOfflineLaptop();
  const { device } = laptop.keys;
  const auditedWith = async (signers: readonly Signer[]) => {
    laptop.roster([aCandidateRef()]);
    const { batch, manifest, record } = await laptop.seal({ signers });
    const enrolled = { kid: device.kid, pub: publicKeyHex(device) };
    const institution = { id: manifest.centre, name: { zh: "中心", en: "Centre" }, demo: false };
    const enrolment = signRecord(
      "enrolment",
      {
        ...{ v: 1, aud: keys.aud, device: enrolled, institution, people: [] },
        ...{ at: InstantMs.parse(NOON), by: { kid: keys.permits.kid } },
      },
      [keys.permits],
    );
    const at = InstantMs.parse(NOON);
    const entries: AcceptanceEntry[] = [
      {
        ...{ kind: "device.enrolled", at, code: NO_HASH, device: enrolled, institution: manifest.centre },
        ...{ request: "", enrolment: recordToText(enrolment.record) },
      },
      {
        ...{ kind: "batch.accepted", batch, manifest: recordToText(record), acceptedAt: at, regSeq: 1 },
        objects: manifest.objects.map(({ wire }) => wire),
      },
    ];
    return auditRecords(
      entries.map((entry, i) => ({ place: i + 1, frame: "", entry })),
      keys,
    );
  };
  const wrong = [
    { where: "acceptance.journal", what: "entry 2 (batch.accepted): its manifest does not verify" },
  ];

  test("is no laptop's: not under its name with another key, nor approved by a key nobody admitted", async () => {
    expect(await auditedWith([device])).toEqual([]);
    expect(await auditedWith([{ ...aSigner(), kid: device.kid }])).toEqual(wrong);
    expect(await auditedWith([device, aSigner()])).toEqual(wrong);
  });
});
