// A backup is taken while batches arrive and started somewhere else; laptops give again what it lacks (P27, S10).
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bytesToBase64 } from "#shared/base";
import { readAcceptanceJournal } from "../../registry/acceptance/journal.ts";
import { backUp, type RunningRegistry } from "../../registry/index.ts";
import { runRegistry } from "../support/registry-process.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, type Laptop, type SealedBatchBytes } from "../support/wire-builders.ts";
import { deliver, enrolLaptop, headOf, offer } from "../support/registry-calls.ts";

let place: RegistryPlace;
let registry: RunningRegistry;
let to: string;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
  to = mkdtempSync(path.join(tmpdir(), "registry-backup-"));
});
afterAll(async () => {
  await registry.close();
  place.remove();
  rmSync(to, { recursive: true, force: true });
});

async function aSentBatch(laptop: Laptop) {
  const ref = aCandidateRef();
  laptop.roster([ref]);
  laptop.sheet(ref);
  const sealed = await laptop.seal({ evidence: [new Uint8Array(2_000).fill(laptop.deviceSeq)] });
  laptop.sealed(sealed);
  return { sealed, receipt: bytesToBase64(await deliver(registry.url, sealed)) };
}

test("[P27] a backup taken while batches arrive starts elsewhere: receipts are the same, and what it lacks is given again", async () => {
  const laptop = await enrolLaptop(registry.url);
  const sent: { sealed: SealedBatchBytes; receipt: string }[] = [];
  for (let i = 0; i < 2; i++) sent.push(await aSentBatch(laptop));
  const copied = new AbortController();
  const copying = backUp(place.dataDir, to).then((account) => {
    copied.abort();
    return account;
  });
  while (!copied.signal.aborted) sent.push(await aSentBatch(laptop));
  sent.push(await aSentBatch(laptop));
  const account = await copying;
  expect(account.batches).toBeGreaterThanOrEqual(2);
  expect(account.batches).toBeLessThan(sent.length);
  expect(statSync(path.join(to, "keys.json")).mode & 0o077).toBe(0);
  // The copy may end between a batch and its receipt: that one is judged anew, in the new log.
  const { found } = await readAcceptanceJournal(path.join(to, "acceptance.journal"));
  const judged = found.filter(({ entry }) => entry.kind === "batch.judged").length;

  const copy = await aRegistryPlace();
  const { databaseUrl } = copy;
  await expect(copy.start({ dataDir: to, databaseUrl })).rejects.toThrow(
    "is a backup: start it once with --open-log",
  );
  const restored = await copy.start({ dataDir: to, databaseUrl, openLog: true });
  try {
    expect((await headOf(restored.url, laptop.keys)).lastSeq).toBe(account.batches);
    for (const [i, { sealed, receipt }] of sent.entries()) {
      const again = await offer(restored.url, sealed);
      if (i < judged) expect(again.json).toMatchObject({ state: "final", receipt });
      else expect(bytesToBase64(await deliver(restored.url, sealed))).not.toBe("");
    }
    const { lastSeq, lastBatch, gaps } = await headOf(restored.url, laptop.keys);
    expect({ lastSeq, lastBatch, gaps }).toEqual({
      lastSeq: sent.length,
      lastBatch: sent.at(-1)?.sealed.batch,
      gaps: [],
    });
  } finally {
    await restored.close();
  }
  // It was worked with: no backup is written over it, and it starts like any other.
  await expect(backUp(place.dataDir, to)).rejects.toThrow("is the data folder of a registry and no backup");
  await (await copy.start({ dataDir: to, databaseUrl })).close();
  copy.remove();
});

test("a second backup copies only the objects that are new, through the command as well", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "registry-backup-"));
  const first = await backUp(place.dataDir, folder);
  expect(first.objects.standing).toBe(0);
  await aSentBatch(await enrolLaptop(registry.url));
  const run = await runRegistry(["--data", place.dataDir, "--backup", folder]);
  expect(run).toMatchObject({ code: 0, stdout: "" });
  expect(run.stderr).toContain(`4 objects copied, ${first.objects.copied} there already`);
  expect(readdirSync(path.join(folder, "objects")).some((name) => name.endsWith(".new"))).toBe(false);
  expect(existsSync(path.join(folder, "lock"))).toBe(false);
  rmSync(folder, { recursive: true });
});

test("what an operator took away from beside the journal does not come back with the next backup", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "registry-backup-"));
  const beside = ["builds.json", "register/one.json", "register/two.json", "policies/62.json"];
  mkdirSync(path.join(place.dataDir, "register"));
  mkdirSync(path.join(place.dataDir, "policies"));
  for (const name of beside) writeFileSync(path.join(place.dataDir, name), "{}");
  const backedUp = async () => {
    await backUp(place.dataDir, folder);
    return beside.filter((name) => existsSync(path.join(folder, name)));
  };
  expect(await backedUp()).toEqual(beside);
  rmSync(path.join(place.dataDir, "register/one.json"));
  rmSync(path.join(place.dataDir, "builds.json"));
  rmSync(path.join(place.dataDir, "policies"), { recursive: true });
  expect(await backedUp()).toEqual(["register/two.json"]);
  rmSync(path.join(place.dataDir, "register"), { recursive: true });
  rmSync(folder, { recursive: true });
});

test("a backup is not written over another registry's, nor into its data, and not made of a folder that holds none", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "registry-backup-"));
  writeFileSync(path.join(folder, "keys.json"), "{}");
  await expect(backUp(place.dataDir, folder)).rejects.toThrow("holds the backup of another registry");
  await expect(backUp(place.dataDir, place.dataDir)).rejects.toThrow("is the data folder of a registry");
  await expect(backUp(folder, to)).rejects.toThrow("holds no registry");
  rmSync(folder, { recursive: true });
});

test("a backup without an object that a receipt rests on is called none, and neither is one with a damaged object", async () => {
  const laptop = await enrolLaptop(registry.url);
  const { sealed } = await aSentBatch(laptop);
  const name = sealed.manifest.objects[0]?.wire.slice("sha256:".length) ?? "";
  const object = path.join(place.dataDir, "objects", name);
  const folder = mkdtempSync(path.join(tmpdir(), "registry-backup-"));
  const bytes = sealed.objects[0] ?? new Uint8Array();
  writeFileSync(object, "something else");
  await expect(backUp(place.dataDir, folder)).rejects.toThrow(`the object ${name} in`);
  rmSync(object);
  await expect(backUp(place.dataDir, folder)).rejects.toThrow("1 objects that receipts rest on");
  // Half a backup has a journal and keys like a whole one, and is started by nobody, whatever they say.
  for (const openLog of [false, true])
    await expect(place.start({ dataDir: folder, databaseUrl: null, openLog })).rejects.toThrow(
      "is a backup that did not come to its end",
    );
  writeFileSync(object, bytes);
  await backUp(place.dataDir, folder);
  await expect(place.start({ dataDir: folder, databaseUrl: null })).rejects.toThrow("with --open-log");
  rmSync(folder, { recursive: true });
});
