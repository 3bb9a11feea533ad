// The public log as everybody sees it (P13, T12, protocol 2.2): static tiles under a signed checkpoint, a proof for each
// receipt, and an answer for whoever saw it earlier. It follows from the journal alone.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { base64ToBytes, bytesToBase64, bytesToHex, LogOrigin, type Bytes, type HashId } from "#shared/base";
import { ConsistencyAnswer, logKeysOf, takeCheckpoint, verifyAnchor } from "#shared/sync";
import {
  canonicalBytes,
  leafHash,
  LogLeaf,
  originOf,
  tilePath,
  tilesOf,
  type KeptCheckpoint,
} from "#shared/wire";
import { DataRefused } from "../../registry/data-refused.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { readEntryBundle } from "../support/entry-bundle.ts";
import { rootOf } from "../support/reference-tree.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef } from "../support/wire-builders.ts";
import { call, enrolLaptop, keysetOf, receiptOf } from "../support/registry-calls.ts";

let place: RegistryPlace;
let registry: RunningRegistry;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

const restart = async (between: () => void | Promise<void> = () => undefined) => {
  await registry.close();
  await between();
  registry = await place.start();
};

async function bytesAt(path: string): Promise<{ status: number; bytes: Bytes; headers: Headers }> {
  const response = await fetch(`${registry.url}/ert/v1${path}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, bytes, headers: response.headers };
}

const logKeys = async () => logKeysOf((await keysetOf(registry.url)).value);

/** Whoever asks until it is there, as a laptop does. */
async function proofOf(batch: HashId): Promise<Bytes> {
  for (let asked = 0; asked < 100; asked++) {
    const { status, bytes, headers } = await bytesAt(`/batches/${batch}/proof`);
    if (status === 200) return bytes;
    expect([status, headers.get("retry-after")]).toEqual([404, "1"]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("never anchored");
}

async function aBatch() {
  const laptop = await enrolLaptop(registry.url);
  const ref = aCandidateRef();
  laptop.roster([ref]);
  laptop.sheet(ref);
  const sealed = await laptop.seal();
  const receipt = await receiptOf(registry.url, sealed);
  return { laptop, sealed, receipt };
}

async function keptNow(): Promise<KeptCheckpoint> {
  const taken = takeCheckpoint(null, (await bytesAt("/log/checkpoint")).bytes, [], await logKeys());
  if (!taken.ok) throw new Error(taken.error.code);
  return taken.value.checkpoint;
}

const consistency = (kept: KeptCheckpoint, over: object = {}) =>
  call(registry.url, "POST", "/log/consistency", {
    log: kept.log,
    from: kept.size,
    root: kept.root,
    ...over,
  });

/** Every leaf, from the entry bundles of the tree of this size. */
async function leavesOf(size: number): Promise<Bytes[]> {
  const leaves: Bytes[] = [];
  for (const tile of tilesOf(size).filter(({ level }) => level === "entries")) {
    const { bytes } = await bytesAt(`/log/${tilePath(tile)}`);
    leaves.push(...(readEntryBundle(bytes) ?? []));
  }
  return leaves;
}

describe("what is published", () => {
  test("[P13] tiles and entries add up to the signed root, and a leaf stands for each decision", async () => {
    const { laptop, sealed } = await aBatch();
    await proofOf(sealed.batch);
    const { size, root, log } = await keptNow();
    const leaves = await leavesOf(size);
    expect(leaves).toHaveLength(size);
    expect(bytesToBase64(rootOf(leaves))).toBe(root);
    const read = leaves.map((leaf) => LogLeaf.parse(JSON.parse(Buffer.from(leaf).toString())));
    expect(leaves).toEqual(read.map(canonicalBytes));
    const { device, administrator, leader, examiner } = laptop.keys;
    expect(read.map((leaf) => [leaf.k, "d" in leaf ? leaf.d : null])).toEqual([
      ["keyset", null],
      ...[device, administrator, leader, examiner].map(({ kid }) => ["enrol", kid]),
      ["permit", device.kid],
      ["batch", device.kid],
    ]);
    expect(read.at(-2)).toMatchObject({ h: laptop.permit.hash });
    expect(read.at(-1)).toMatchObject({ k: "batch", h: sealed.batch, c: 1, a: 1 });
    expect(log).toMatch(/^registry\.[0-9a-f]{16}\/results\/\d{4}$/);
    const hashes = (await bytesAt(`/log/tile/0/000.p/${size}`)).bytes;
    expect(bytesToHex(hashes)).toBe(leaves.map((leaf) => bytesToHex(leafHash(leaf))).join(""));
  });

  test("comes as static files of the right kind; no other path leads anywhere", async () => {
    const { size } = await keptNow();
    const checkpoint = await bytesAt("/log/checkpoint");
    expect(checkpoint.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(checkpoint.headers.get("cache-control")).toBe("no-cache");
    const tile = await bytesAt(`/log/tile/0/000.p/${size}`);
    expect(tile.headers.get("content-type")).toBe("application/octet-stream");
    expect(tile.headers.get("cache-control")).toContain("immutable");
    for (const path of [
      "/log/tile/0/000",
      "/log/tile/0/000.p/255",
      "/log/tile/1/000",
      "/log/tile/0/..%2F..%2F..%2Fkeys.json",
      "/log/tile/checkpoint",
      "/logs/1999/checkpoint",
      "/logs/..%2F/checkpoint",
    ]) {
      const { status } = await bytesAt(path);
      expect([400, 404], path).toContain(status);
    }
  });

  test("a revocation is in it", async () => {
    const { laptop } = await aBatch();
    await registry.revoke(laptop.keys.device.kid, "lost");
    const { sealed } = await aBatch();
    await proofOf(sealed.batch);
    const leaves = (await leavesOf((await keptNow()).size)).map((leaf) => Buffer.from(leaf).toString());
    expect(leaves.filter((leaf) => leaf.includes('"k":"revoke"'))).toHaveLength(1);
  });
});

describe("[P13] the proof of a batch", () => {
  test("shows the leaf that its receipt names, under the pinned log key", async () => {
    const { sealed, receipt } = await aBatch();
    const proof = await proofOf(sealed.batch);
    expect(verifyAnchor(proof, receipt, await logKeys())).toMatchObject({ ok: true });
  });

  test("is not given for a batch nobody sent, or a leaf that is not there", async () => {
    const nobody = `sha256:${"5".repeat(64)}`;
    expect((await call(registry.url, "GET", `/batches/${nobody}/proof`)).json["code"]).toBe("batch-unknown");
    const { sealed } = await aBatch();
    await proofOf(sealed.batch);
    const other = await call(registry.url, "GET", `/batches/${sealed.batch}/proof?leaf=${nobody}`);
    expect([other.status, other.json["code"]]).toEqual([404, "not-found"]);
  });
});

describe("[T13] whoever saw an earlier checkpoint", () => {
  test("is shown that it is the beginning of today's", async () => {
    const kept = await keptNow();
    const { sealed } = await aBatch();
    await proofOf(sealed.batch);
    const { checkpoint, proof } = ConsistencyAnswer.parse((await consistency(kept)).json);
    const taken = takeCheckpoint(kept, checkpoint, proof, await logKeys());
    expect(taken).toMatchObject({ ok: true, value: { change: "grown" } });
  });

  test("of another tree, a longer one or another log is given the registry's own signed view instead", async () => {
    const kept = await keptNow();
    for (const over of [
      { root: bytesToBase64(new Uint8Array(32)) },
      { from: kept.size + 1 },
      { log: LogOrigin.parse("registry.other/results/2026") },
    ]) {
      const { status, json } = await consistency(kept, over);
      expect([status, json["code"]]).toEqual([409, "log-differs"]);
      const own = base64ToBytes((json["evidence"] as { checkpoint: string }).checkpoint);
      expect(own && originOf(own)).toBe(kept.log);
    }
    expect((await consistency(kept, { from: 0 })).status).toBe(400);
  });
});

describe("[P3] a start", () => {
  test("derives the same log from the journal, with the index and the tiles lost", async () => {
    const before = await bytesAt("/log/checkpoint");
    const { log, size } = await keptNow();
    const tile = await bytesAt(`/log/tile/0/000.p/${size}`);
    const folder = join(place.dataDir, "log", log.slice(log.lastIndexOf("/") + 1));
    await restart(async () => {
      rmSync(join(folder, "tile"), { recursive: true });
      await place.loseIndex();
    });
    expect((await bytesAt("/log/checkpoint")).bytes).toEqual(before.bytes);
    expect((await bytesAt(`/log/tile/0/000.p/${size}`)).bytes).toEqual(tile.bytes);
  });

  test("with a journal that is older than what was promised is refused; with the newer one nothing has changed", async () => {
    const journal = join(place.dataDir, "acceptance.journal");
    const yesterday = readFileSync(journal);
    const { sealed } = await aBatch();
    await proofOf(sealed.batch);
    const promised = await keptNow();
    await registry.close();
    const today = readFileSync(journal);
    writeFileSync(journal, yesterday);
    await expect(place.start()).rejects.toThrow(DataRefused);
    writeFileSync(journal, today);
    registry = await place.start();
    expect(await keptNow()).toEqual(promised);
  });
});
