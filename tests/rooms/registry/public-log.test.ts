// The log's tree against the definition, and what is promised when: nothing before it is durable, nothing twice (P13).
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesToHex, InstantMs, NO_HASH, utf8, type Bytes } from "#shared/base";
import { leafHash, originOf, tilePath, verifyCheckpoint } from "#shared/wire";
import type { AcceptanceEntry } from "../../../registry/acceptance/entries.ts";
import type { PlacedEntry } from "../../../registry/acceptance/journal.ts";
import { openRegistryKeys, type RegistryKeys } from "../../../registry/keys/registry-keys.ts";
import { isJournalHead } from "../../../registry/log/journal-head.ts";
import { leavesOf } from "../../../registry/log/leaves.ts";
import { createLog } from "../../../registry/log/one-log.ts";
import { createPublicLog } from "../../../registry/log/public-log.ts";
import { JOURNAL_HEAD_FILE } from "../../../registry/log/published.ts";
import { createLogTree } from "../../../registry/log/tree.ts";
import { aSigner } from "../../support/wire-builders.ts";
import { consistencyOf, pathOf, rootOf } from "../../support/reference-tree.ts";
import { leafBytes, leafId } from "#shared/wire";

const NOON = Date.UTC(2026, 5, 1);
let dataDir: string;
let keys: RegistryKeys;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "public-log-"));
  keys = await openRegistryKeys(dataDir, true, (length) => new Uint8Array(length).map((_, i) => i * 7 + 3));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe("the tree", () => {
  const leaves = Array.from({ length: 70 }, (_, i) => utf8(`leaf ${i}`));
  const hex = (hashes: readonly Bytes[]) => hashes.map(bytesToHex);

  test("has the roots and the proofs of the definition, at every size it ever had", () => {
    const tree = createLogTree();
    for (const leaf of leaves) tree.append(leafHash(leaf));
    for (let size = 1; size <= leaves.length; size += 3) {
      const first = leaves.slice(0, size);
      expect(bytesToHex(tree.root(size))).toBe(bytesToHex(rootOf(first)));
      for (const index of new Set([0, size >> 1, size - 1]))
        expect(hex(tree.inclusion(index, size))).toEqual(hex(pathOf(index, first)));
      for (const from of new Set([1, (size >> 1) + 1, size]))
        if (from <= size) expect(hex(tree.consistency(from, size))).toEqual(hex(consistencyOf(from, first)));
    }
    expect(() => tree.inclusion(70, 70)).toThrow();
    expect(() => tree.consistency(71, 70)).toThrow();
  });

  test("has the tiles of the specification: full ones, and above them hashes of full ones alone", () => {
    const log = createLog(keys.aud as never);
    const all: Bytes[] = [];
    for (let n = 0; n < 260; n++) {
      const leaf = { v: 1, k: "keyset", h: NO_HASH, t: InstantMs.parse(n) } as const;
      all.push(leafBytes(leaf));
      log.append(leaf);
    }
    const full = log.tile({ level: 0, index: 0, width: 256 });
    expect(full).toHaveLength(8192);
    expect(log.tile({ level: 1, index: 0, width: 1 })).toEqual(rootOf(all.slice(0, 256)));
    expect(log.tile({ level: 0, index: 1, width: 4 })).toHaveLength(4 * 32);
    expect(log.indexOf(leafId(all[259] ?? new Uint8Array()))).toBe(259);
  });
});

/** A journal in memory that says when it is flushed, and the log beside it. */
async function aLog(found: PlacedEntry[] = [], { now = NOON, isNewWanted = false } = {}) {
  const options = { dataDir, found, keys, clock: () => now, say: () => undefined };
  const log = createPublicLog(options);
  const written: PlacedEntry[] = [...found];
  const write = (entry: AcceptanceEntry): Promise<void> => {
    const placed = { place: written.length + 1, frame: "ab".repeat(32), entry };
    written.push(placed);
    log.take(placed);
    return Promise.resolve();
  };
  await log.check(isNewWanted);
  await log.open(write, isNewWanted);
  return { log, write, written };
}

const revoked = (n: number): AcceptanceEntry => ({
  kind: "key.revoked",
  at: InstantMs.parse(NOON + n),
  kid: aSigner(n).kid,
  version: n,
  revocation: { hash: NO_HASH, record: "" },
});

describe("a checkpoint", () => {
  test("[P13] comes after its leaves, once a size, and says how far the journal reached", async () => {
    const { log, write, written } = await aLog();
    const opened = log.checkpoint(null);
    expect(opened && originOf(opened)).toBe(log.origin());
    await write(revoked(1));
    const [leaf] = leavesOf(revoked(1));
    const id = leafId(leafBytes(leaf as never));
    expect(log.proofOf(id)).toBe("waiting");
    expect(log.checkpoint(null)).toBe(opened);
    await log.publish();
    expect(log.proofOf(id)).toBeInstanceOf(Uint8Array);
    const note = log.checkpoint(null) ?? new Uint8Array();
    expect(verifyCheckpoint(note, log.origin(), keys.log.publicKey)).toMatchObject({ value: { size: 2 } });
    const head = new Uint8Array(readFileSync(join(dataDir, JOURNAL_HEAD_FILE)));
    expect(isJournalHead(head, { place: 2, frame: "ab".repeat(32) }, keys)).toBe(true);
    expect(isJournalHead(head, { place: 1, frame: "ab".repeat(32) }, keys)).toBe(false);
    expect(isJournalHead(head, { place: 2, frame: "ac".repeat(32) }, keys)).toBe(false);
    await log.close();
    // The same journal at the next start: the same bytes, and no leaf a second time.
    const again = await aLog(written);
    expect(again.log.checkpoint(null)).toEqual(note);
    await again.log.close();
    // A journal that lost its last entry cannot stand behind what was promised.
    await expect(aLog(written.slice(0, -1))).rejects.toThrow(/restored/);
    // Nor can one with another entry in the same place.
    const other = { ...(written[1] as PlacedEntry), entry: revoked(2) };
    await expect(aLog([written[0] as PlacedEntry, other])).rejects.toThrow(/restored/);
    // A log is never shortened in silence: an operator opens another one, which says how the first one ended.
    const restored = await aLog(written.slice(0, -1), { isNewWanted: true });
    expect(restored.log.origin()).toBe(`${keys.aud}/results/2026.2`);
    expect(restored.written.at(-1)?.entry).toMatchObject({ former: { log: log.origin(), size: 2 } });
    await restored.log.close();
    expect(readFileSync(join(dataDir, "log/2026/checkpoint"))).toEqual(Buffer.from(note));
    // What was lost is still there to be read, and a start that is asked for nothing goes on in the new log.
    expect(readdirSync(join(dataDir, "log/2026/tile/entries/000.p"))).toEqual(["2"]);
    const plain = await aLog(restored.written);
    expect(plain.log.origin()).toBe(restored.log.origin());
    expect(plain.written).toHaveLength(restored.written.length);
    await plain.log.close();
    expect(readdirSync(join(dataDir, "log/2026/tile/entries/000.p"))).toEqual(["2"]);
    // The same where the journal has other leaves instead of fewer; another loss is another refusal.
    const forked = await aLog([written[0] as PlacedEntry, other], { isNewWanted: true });
    await forked.log.close();
    const forkedAgain = await aLog(forked.written);
    expect(forkedAgain.log.origin()).toBe(forked.log.origin());
    await forkedAgain.log.close();
    await expect(aLog(forked.written.slice(0, 2))).rejects.toThrow(/restored/);
    // In a new year a new log is opened, which names the last of the old one.
    const next = await aLog(written, { now: Date.UTC(2027, 5, 1) });
    expect(next.log.origin()).toBe(`${keys.aud}/results/2027`);
    expect(next.written.at(-1)?.entry).toMatchObject({ former: { size: 2 } });
    expect(next.log.proofOf(id)).toBeInstanceOf(Uint8Array);
    expect(next.log.checkpoint("2026")).toEqual(note);
    const tile = next.log.tile("2026", { level: 0, index: 0, width: 2 });
    expect(tile).toHaveLength(64);
    expect(tilePath({ level: 0, index: 0, width: 2 })).toBe("tile/0/000.p/2");
    await next.log.close();
  });
});
