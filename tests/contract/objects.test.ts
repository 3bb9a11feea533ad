// Objects on their way in: whole, in parts, broken off, damaged, twice at once; and evidence, for which no receipt waits.
// The real registry on a free loopback port (P6, S7).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesToBase64, concatBytes, type Bytes, type HashId } from "#shared/base";
import { digest } from "#shared/crypto";
import { verifyRecord } from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, type SealedBatchBytes } from "../support/wire-builders.ts";
import {
  bytesIn,
  call,
  deliver,
  enrolLaptop,
  offer,
  putAll,
  registryKeys,
} from "../support/registry-calls.ts";

let place: RegistryPlace;
let registry: RunningRegistry;
let url: string;

const start = async () => {
  registry = await place.start();
  ({ url } = registry);
};

beforeAll(async () => {
  place = await aRegistryPlace();
  await start();
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

async function aBatch(evidence: readonly Bytes[] = []): Promise<SealedBatchBytes> {
  const laptop = await enrolLaptop(url);
  const refs = [aCandidateRef(), aCandidateRef()];
  laptop.roster(refs);
  for (const ref of refs) laptop.sheet(ref);
  return laptop.seal({ evidence });
}

/** An offered batch and one of its objects. */
async function anObject(): Promise<{ wire: HashId; bytes: Bytes; sealed: SealedBatchBytes }> {
  const sealed = await aBatch();
  await offer(url, sealed);
  return { ...objectOf(sealed, "pack"), sealed };
}

function objectOf(sealed: SealedBatchBytes, role: "pack" | "evidence", nth = 0) {
  const places = sealed.manifest.objects.flatMap((object, i) => (object.role === role ? [i] : []));
  const at = places[nth] ?? -1;
  const [object, bytes] = [sealed.manifest.objects[at], sealed.objects[at]];
  if (!object || !bytes) throw new Error(`no ${role} object ${nth}`);
  return { wire: object.wire, bytes };
}

function patch(wire: HashId, bytes: Bytes, offset: number, complete: boolean, headers = {}) {
  return fetch(`${url}/ert/v1/objects/${wire}`, {
    method: "PATCH",
    headers: {
      "content-type": "application/partial-upload",
      "upload-offset": String(offset),
      "upload-complete": complete ? "?1" : "?0",
      ...headers,
    },
    body: new Uint8Array(bytes),
  });
}

async function stateOf(wire: HashId) {
  const { headers, status } = await call(url, "HEAD", `/objects/${wire}`);
  return {
    status,
    offset: Number(headers.get("upload-offset")),
    length: Number(headers.get("upload-length")),
    complete: headers.get("upload-complete"),
  };
}

/** A broken request may still be on its way when its sender has given it up. */
const offsetBecomes = (wire: HashId, offset: number) =>
  expect.poll(async () => (await stateOf(wire)).offset, { timeout: 5_000 }).toBe(offset);

/** Sends the beginning of an object and breaks the connection. */
function cut(
  wire: HashId,
  method: "PUT" | "PATCH",
  bytes: Bytes,
  offset: number,
  upTo: number,
): Promise<void> {
  return new Promise((resolve) => {
    const request = httpRequest(`${url}/ert/v1/objects/${wire}`, {
      method,
      headers: {
        "content-type": method === "PUT" ? "application/octet-stream" : "application/partial-upload",
        "content-length": bytes.length - offset,
        ...(method === "PUT" ? {} : { "upload-offset": offset, "upload-complete": "?1" }),
      },
    });
    request.on("error", () => resolve());
    request.on("close", () => resolve());
    request.write(bytes.subarray(offset, upTo), () => setTimeout(() => request.destroy(), 20));
  });
}

describe("an object in parts", () => {
  test("[P6] every byte of a broken upload is kept, and the rest is taken from there", async () => {
    const { wire, bytes } = await anObject();
    await cut(wire, "PUT", bytes, 0, 100);
    await offsetBecomes(wire, 100);
    expect(await stateOf(wire)).toEqual({ status: 200, offset: 100, length: bytes.length, complete: "?0" });
    await cut(wire, "PATCH", bytes, 100, 333);
    await offsetBecomes(wire, 333);
    const rest = await patch(wire, bytes.subarray(333), 333, true);
    expect([rest.status, rest.headers.get("upload-complete")]).toEqual([204, "?1"]);
    expect(await stateOf(wire)).toMatchObject({ offset: bytes.length, complete: "?1" });
  });

  test("[P6] cut at every 64 bytes an object comes together, and nothing is sent twice", async () => {
    const { wire, bytes, sealed } = await anObject();
    let sent = 0;
    for (let at = 0; at < bytes.length; at += 64) {
      const upTo = Math.min(bytes.length, at + 64);
      await cut(wire, at === 0 ? "PUT" : "PATCH", bytes, at, upTo);
      sent += upTo - at;
      await offsetBecomes(wire, upTo);
    }
    expect(sent).toBe(bytes.length);
    await deliver(url, sealed);
  });

  test("an offer says how much of each object is here", async () => {
    const { wire, bytes, sealed } = await anObject();
    await patch(wire, bytes.subarray(0, 64), 0, false);
    const { json } = await offer(url, sealed);
    expect(json["missing"]).toContainEqual({ wire, size: bytes.length, offset: 64 });
  });

  test("a wrong offset is refused with the true one, before and after the object is whole", async () => {
    const { wire, bytes } = await anObject();
    await patch(wire, bytes.subarray(0, 64), 0, false);
    for (const wrong of [0, 63, 65, bytes.length]) {
      const refused = await patch(wire, bytes.subarray(64), wrong, true);
      expect([refused.status, refused.headers.get("upload-offset")]).toEqual([409, "64"]);
      expect(await refused.json()).toMatchObject({ code: "offset-mismatch", evidence: { offset: 64 } });
    }
    expect((await patch(wire, bytes.subarray(64), 64, true)).status).toBe(204);
    const late = await patch(wire, bytes.subarray(64), 64, true);
    expect([late.status, late.headers.get("upload-offset"), late.headers.get("upload-complete")]).toEqual([
      409,
      String(bytes.length),
      "?1",
    ]);
  });

  test("a part that was damaged on its way is refused by its digest, and what came before stays", async () => {
    const { wire, bytes } = await anObject();
    await patch(wire, bytes.subarray(0, 64), 0, false);
    const said = { "content-digest": `sha-256=:${bytesToBase64(digest(bytes.subarray(64)))}:` };
    const damaged = bytes.slice(64);
    damaged[5] = (damaged[5] ?? 0) ^ 1;
    const refused = await patch(wire, damaged, 64, true, said);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      422,
      "digest-mismatch",
    ]);
    expect((await stateOf(wire)).offset).toBe(64);
    expect((await patch(wire, bytes.subarray(64), 64, true, said)).status).toBe(204);
  });

  test("damage that nobody noticed on the way is found in the whole, and the object begins again at 0", async () => {
    const { wire, bytes } = await anObject();
    const damaged = bytes.slice();
    damaged[5] = (damaged[5] ?? 0) ^ 1;
    await patch(wire, damaged.subarray(0, 64), 0, false);
    const refused = await patch(wire, damaged.subarray(64), 64, true);
    expect([refused.status, refused.headers.get("upload-offset")]).toEqual([422, "0"]);
    expect(await stateOf(wire)).toMatchObject({ offset: 0, complete: "?0" });
    expect((await call(url, "PUT", `/objects/${wire}`, bytes)).status).toBe(201);
  });

  test("more bytes than the manifest names are not kept, and fewer are not called complete", async () => {
    const { wire, bytes } = await anObject();
    const long = await patch(wire, concatBytes(bytes, new Uint8Array(1)), 0, true);
    expect([long.status, ((await long.json()) as { code: string }).code]).toEqual([413, "object-too-large"]);
    const short = await patch(wire, bytes.subarray(0, 64), 0, true);
    expect([short.status, short.headers.get("upload-offset")]).toEqual([400, "64"]);
    expect((await stateOf(wire)).complete).toBe("?0");
  });

  test("bytes that no batch names are not taken, in parts either", async () => {
    const { wire } = objectOf(await aBatch(), "pack");
    const refused = await patch(wire, new Uint8Array(8), 0, false);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      404,
      "object-unexpected",
    ]);
    expect((await stateOf(wire)).status).toBe(404);
  });

  test("one writer an object: a second one waits, or takes the place of one that has gone silent", async () => {
    const { wire, bytes } = await anObject();
    const slow = httpRequest(`${url}/ert/v1/objects/${wire}`, {
      method: "PUT",
      headers: { "content-type": "application/octet-stream", "content-length": bytes.length },
    });
    const ended = new Promise((resolve) => slow.on("error", resolve));
    let at = 0;
    const feed = setInterval(() => {
      slow.write(bytes.subarray(at, at + 1));
      at += 1;
    }, 100);
    await new Promise((resolve) => setTimeout(resolve, 250));
    const busy = await patch(wire, bytes.subarray(1), 1, true);
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([423, "1"]);
    clearInterval(feed);
    // Silent now, but the connection still stands, as on a link that died without a word.
    const { offset } = await stateOf(wire);
    expect(offset).toBe(at);
    await ended;
    expect((await patch(wire, bytes.subarray(offset), offset, true)).status).toBe(204);
  });

  test("parts outlive a restart, and a part that rotted on the disk begins again", async () => {
    const { wire, bytes, sealed } = await anObject();
    await patch(wire, bytes.subarray(0, 64), 0, false);
    await registry.close();
    const part = join(place.dataDir, "objects", `${wire.slice(7)}.part`);
    const rotten = new Uint8Array(readFileSync(part));
    rotten[0] = (rotten[0] ?? 0) ^ 1;
    await start();
    expect((await stateOf(wire)).offset).toBe(64);
    writeFileSync(part, rotten);
    expect((await patch(wire, bytes.subarray(64), 64, true)).status).toBe(422);
    await deliver(url, sealed);
    expect(
      readdirSync(join(place.dataDir, "objects")).filter((name) => name.startsWith(wire.slice(7))),
    ).toEqual([wire.slice(7)]);
  });
});

describe("evidence", () => {
  const photos = [new Uint8Array(500).fill(1), new Uint8Array(700).fill(2)];

  test("[S7] a receipt does not wait for evidence; what is owed is said until it is here, then it is stated", async () => {
    const sealed = await aBatch(photos);
    const one = objectOf(sealed, "evidence", 0);
    const two = objectOf(sealed, "evidence", 1);
    const offered = await offer(url, sealed);
    expect((offered.json["owed"] as unknown[]).length).toBe(2);
    expect(JSON.stringify(offered.json["missing"])).not.toContain(one.wire);
    const results = sealed.manifest.objects.filter(({ role }) => role !== "evidence");
    for (const { wire } of results) {
      const bytes = sealed.objects[sealed.manifest.objects.findIndex((object) => object.wire === wire)];
      await call(url, "PUT", `/objects/${wire}`, bytes);
    }
    const receipt = await deliver(url, sealed);
    const owed = async () => (await call(url, "GET", `/batches/${sealed.batch}`)).json;
    expect(await owed()).toMatchObject({
      state: "final",
      evidence: null,
      owed: [
        { wire: one.wire, offset: 0 },
        { wire: two.wire, offset: 0 },
      ],
    });
    await call(url, "PUT", `/objects/${one.wire}`, one.bytes);
    await patch(two.wire, two.bytes.subarray(0, 10), 0, false);
    expect(await owed()).toMatchObject({ owed: [{ wire: two.wire, offset: 10 }], evidence: null });
    await patch(two.wire, two.bytes.subarray(10), 10, true);
    const { json } = await call(url, "GET", `/batches/${sealed.batch}`);
    expect(json["owed"]).toEqual([]);
    const stated = verifyRecord("evidence", bytesIn(json, "evidence"), await registryKeys(url));
    expect(stated.ok && stated.value.value).toMatchObject({
      batch: sealed.batch,
      device: sealed.manifest.device,
      objects: 2,
    });
    expect(await deliver(url, sealed)).toEqual(receipt);

    // The statement is in the journal: it is the same after the index is lost.
    await registry.close();
    await place.loseIndex();
    await start();
    expect((await call(url, "GET", `/batches/${sealed.batch}`)).json).toEqual(json);
  });

  test("evidence that came before its batch was accepted is not asked for again", async () => {
    const sealed = await aBatch(photos);
    await offer(url, sealed);
    await putAll(url, sealed);
    await deliver(url, sealed);
    const { json } = await offer(url, sealed);
    expect(json).toMatchObject({ state: "final", owed: [] });
    expect(json["evidence"]).not.toBeNull();
  });
});
