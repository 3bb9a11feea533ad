// Questions that only a device may ask, and keys that no longer speak for anybody (T6, protocol A10, rulings 6).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesToBase64 } from "#shared/base";
import { recordToText } from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, aSigner, someKeys } from "../support/wire-builders.ts";
import {
  aQuery,
  call,
  deliver,
  enrolLaptop,
  enrolRequest,
  headOf,
  newCode,
  permitFor,
  personKeyRequests,
  receiptOf,
  revocationList,
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

async function aMarkedLaptop() {
  const laptop = await enrolLaptop(url);
  const ref = aCandidateRef();
  laptop.roster([ref]);
  laptop.sheet(ref);
  return laptop;
}

describe("a query", () => {
  test("is not answered for another registry, for another's key, or for a device that is not enrolled", async () => {
    const keys = (await aMarkedLaptop()).keys;
    const codeOf = async (record: Uint8Array) => (await call(url, "POST", "/queries", record)).json["code"];
    expect(await codeOf((await aQuery(url, keys, "head", { aud: "registry.other" })).record)).toBe(
      "wrong-registry",
    );
    const thief = { device: { ...keys.device, sign: aSigner().sign } };
    expect(await codeOf((await aQuery(url, thief, "head")).record)).toBe("signature-invalid");
    expect(await codeOf((await aQuery(url, someKeys(), "permits")).record)).toBe("device-unknown");
    const other = (await aMarkedLaptop()).keys;
    const claimed = await aQuery(url, other, "head", { device: keys.device.kid });
    expect(await codeOf(claimed.record)).toBe("key-unknown");
  });

  test("without a signature there is no head and no permit", async () => {
    const { device } = (await aMarkedLaptop()).keys;
    expect((await call(url, "GET", `/devices/${device.kid}/head`)).status).toBe(404);
    expect((await call(url, "GET", `/permits?device=${device.kid}`)).status).toBe(404);
  });
});

describe("revocation", () => {
  test("[T6] what comes from a revoked device is kept and does not count; what came before stays", async () => {
    const laptop = await aMarkedLaptop();
    const first = await laptop.seal();
    const before = await deliver(url, first);
    laptop.sealed(first);
    const { version } = await revocationList(url);
    expect(await registry.revoke(laptop.keys.device.kid, "stolen")).toEqual({ ok: true, value: version + 1 });

    laptop.roster([aCandidateRef()]);
    const late = await laptop.seal();
    expect(await receiptOf(url, late)).toMatchObject({
      verdict: "quarantined",
      notes: [{ seq: 0, code: "key-revoked" }],
      revocations: version + 1,
    });
    expect((await call(url, "GET", `/batches/${late.batch}`)).json["state"]).toBe("final");
    expect(bytesToBase64(await deliver(url, first))).toBe(bytesToBase64(before));
    expect(await headOf(url, laptop.keys)).toMatchObject({ lastSeq: 2, revocations: version + 1 });
  });

  test("[T6] a sheet under a person's revoked key does not count, the sheets beside it do", async () => {
    const laptop = await enrolLaptop(url);
    const [one, two] = [aCandidateRef(), aCandidateRef()];
    laptop.roster([one, two]);
    laptop.sheet(one);
    laptop.sheet(two, {}, laptop.keys.leader);
    const sealed = await laptop.seal();
    await registry.revoke(laptop.keys.examiner.kid, "compromised");
    expect(await receiptOf(url, sealed)).toMatchObject({
      sheets: { accepted: 1, quarantined: 1, rejected: 0 },
      notes: [{ seq: 2, code: "key-revoked" }],
    });
  });

  test("[T6] a leader's revoked key approves nothing: the batch it signed with the device is set aside whole", async () => {
    const laptop = await aMarkedLaptop();
    await registry.revoke(laptop.keys.leader.kid, "stolen");
    expect(await receiptOf(url, await laptop.seal())).toMatchObject({
      verdict: "quarantined",
      notes: [{ seq: 0, code: "approval-missing" }],
    });
  });

  test("a revoked key gets no permit, admits nobody and is not enrolled again", async () => {
    const keys = (await aMarkedLaptop()).keys;
    await registry.revoke(keys.device.kid, "lost");
    expect((await permitFor(url, keys)).json["code"]).toBe("key-revoked");
    const records = personKeyRequests({ ...someKeys(), device: keys.device }).map(recordToText);
    expect((await call(url, "POST", "/people-keys", { records })).json["code"]).toBe("key-revoked");
    const again = await call(url, "POST", "/enrolments", enrolRequest(await newCode(url), keys));
    expect(again.json["code"]).toBe("key-revoked");
    const next = await enrolLaptop(url);
    const permit = await permitFor(url, next.keys);
    expect(JSON.stringify(permit.json).length).toBeGreaterThan(0);
    expect(next.permit.value).not.toHaveProperty("devices", expect.arrayContaining([keys.device.kid]));
  });

  test("the list only grows, is the same bytes until it does, and outlives the index", async () => {
    const before = await call(url, "GET", "/revocations");
    expect((await call(url, "GET", "/revocations")).json).toEqual(before.json);
    const { version, revocations } = await revocationList(url);
    const { device } = (await aMarkedLaptop()).keys;
    await registry.revoke(device.kid, "replaced");
    const grown = await revocationList(url);
    expect(grown.version).toBe(version + 1);
    expect(grown.revocations.slice(0, version)).toEqual(revocations);
    expect(grown.revocations.at(-1)).toMatchObject({ kid: device.kid, kind: "device", reason: "replaced" });
    const after = await call(url, "GET", "/revocations");
    await registry.close();
    await place.loseIndex();
    await start();
    expect((await call(url, "GET", "/revocations")).json).toEqual(after.json);
  });

  test("a key nobody registered cannot be revoked, and none twice", async () => {
    expect(await registry.revoke(aSigner().kid, "lost")).toMatchObject({
      ok: false,
      error: { code: "revocation.key-unknown" },
    });
    const { device } = (await aMarkedLaptop()).keys;
    await registry.revoke(device.kid, "lost");
    expect(await registry.revoke(device.kid, "lost")).toMatchObject({
      ok: false,
      error: { code: "revocation.already" },
    });
  });
});
