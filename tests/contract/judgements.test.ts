// What a permit, a leader and a program must be for a sheet to count, what a refusal always says, and what a data folder
// of another version is answered with.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { HashId, InstantMs } from "#shared/base";
import { createSigner } from "#shared/crypto";
import { canonicalBytes, envelopeToRecord, RECORDS, signPayload } from "#shared/wire";
import { runRegistry } from "../support/registry-process.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, PERSON, type Laptop } from "../support/wire-builders.ts";
import { aQuery, call, deliver, enrolLaptop, offer, putAll, receiptOf } from "../support/registry-calls.ts";

const KNOWN_BUILD = HashId.parse(`sha256:${"b".repeat(64)}`); // what the builders' laptop says it runs
const OTHER_BUILD = HashId.parse(`sha256:${"c".repeat(64)}`);
const DAY_MS = 24 * 3_600_000;

let place: RegistryPlace;
let registry: RunningRegistry;
let url: string;
/** How far the registry's clock is from ours. */
let shiftMs = 0;

beforeAll(async () => {
  place = await aRegistryPlace();
  const builds = [{ ver: "0.1.0", build: KNOWN_BUILD }];
  writeFileSync(join(place.dataDir, "builds.json"), JSON.stringify({ builds }));
  registry = await place.start({}, { clock: () => Date.now() + shiftMs });
  ({ url } = registry);
});
afterAll(async () => {
  await registry.close();
  place.remove();
});
afterEach(() => {
  shiftMs = 0;
});

async function aMarkedLaptop(
  panel?: { person: (typeof PERSON)["examiner"]; leader: boolean }[],
): Promise<Laptop> {
  const laptop = await enrolLaptop(url);
  const ref = aCandidateRef();
  laptop.roster([ref], panel ? { panel } : {});
  laptop.sheet(ref);
  return laptop;
}

describe("a leader's approval (rulings 6)", () => {
  test("a batch of a led panel without the leader's signature does not count, nor does a later one of the same sitting", async () => {
    const laptop = await enrolLaptop(url);
    const [one, two] = [aCandidateRef(), aCandidateRef()];
    laptop.roster([one, two]);
    laptop.sheet(one);
    const first = await laptop.seal();
    expect((await receiptOf(url, first)).verdict).toBe("accepted");
    laptop.sealed(first);
    laptop.sheet(two);
    const alone = await laptop.seal({ signers: [laptop.keys.device] });
    expect(await receiptOf(url, alone)).toMatchObject({
      verdict: "quarantined",
      notes: [{ seq: 0, code: "approval-missing" }],
      sheets: { accepted: 0, quarantined: 1, rejected: 0 },
    });
    const other = await aMarkedLaptop();
    const unapproved = await receiptOf(url, await other.seal({ signers: [other.keys.device] }));
    expect(unapproved.notes).toEqual([{ seq: 0, code: "approval-missing" }]);
  });

  test("a panel without a leader needs none, and a signature that is no leader's is refused at the door", async () => {
    const laptop = await aMarkedLaptop([{ person: PERSON.examiner, leader: false }]);
    const { device, examiner } = laptop.keys;
    const refused = await offer(url, await laptop.seal({ signers: [device, examiner] }));
    expect(refused.json["code"]).toBe("role-not-allowed");
    expect((await receiptOf(url, await laptop.seal({ signers: [device] }))).verdict).toBe("accepted");
  });
});

describe("a permit's window (T8)", () => {
  test.each([
    ["after its end", 400 * DAY_MS],
    ["before its beginning", -3 * DAY_MS],
  ])(
    "a batch that arrives %s is kept and does not count, whatever the laptop's clock says",
    async (_when, shift) => {
      const laptop = await aMarkedLaptop();
      const sealed = await laptop.seal();
      shiftMs = shift;
      expect(await receiptOf(url, sealed)).toMatchObject({
        verdict: "quarantined",
        notes: [{ seq: 0, code: "permit-expired" }],
      });
    },
  );

  test("[P16] a laptop whose clock is ten years off is judged like any other, and told", async () => {
    const laptop = await aMarkedLaptop();
    const wall = InstantMs.parse(Date.now() + 10 * 366 * DAY_MS);
    const sealed = await laptop.seal({ manifest: (m) => ({ ...m, clock: { ...m.clock, wall } }) });
    expect((await receiptOf(url, sealed)).verdict).toBe("accepted");
    const ask = async (at: number) =>
      (await call(url, "POST", "/queries", (await aQuery(url, laptop.keys, "head", { at })).record)).headers;
    expect((await ask(wall)).get("ert-warning")).toMatch(/^clock-skew; seconds=\d+$/);
    expect((await ask(Date.now())).get("ert-warning")).toBeNull();
  });
});

describe("a program's build (T19)", () => {
  test("a sheet made by a build that is not on the operator's list is quarantined, the sheet beside it is not", async () => {
    const laptop = await enrolLaptop(url);
    const [one, two] = [aCandidateRef(), aCandidateRef()];
    laptop.roster([one, two]);
    laptop.sheet(one);
    laptop.sheet(two, { app: { ver: "0.1.0", build: OTHER_BUILD } });
    const receipt = await receiptOf(url, await laptop.seal());
    expect(receipt).toMatchObject({ verdict: "accepted", notes: [{ seq: 3, code: "build-unknown" }] });
    expect(receipt.sheets).toEqual({ accepted: 1, quarantined: 1, rejected: 0 });
  });

  test("nothing counts that such a build has sealed", async () => {
    const laptop = await aMarkedLaptop();
    const sealed = await laptop.seal({ manifest: (m) => ({ ...m, app: { ...m.app, build: OTHER_BUILD } }) });
    expect((await receiptOf(url, sealed)).notes).toEqual([{ seq: 0, code: "build-unknown" }]);
  });
});

describe("problem details (A8)", () => {
  test("every refusal carries type, status, code, batch, detail and evidence; the batch where there is one", async () => {
    const laptop = await aMarkedLaptop();
    const sealed = await laptop.seal({ manifest: (m) => ({ ...m, aud: "registry.other" }) });
    const good = await laptop.seal();
    await offer(url, good);
    const [object] = good.manifest.objects;
    const refusals = [
      [await offer(url, sealed), sealed.batch],
      [await call(url, "GET", `/batches/${sealed.batch}`), sealed.batch],
      [await call(url, "PUT", `/objects/${object?.wire ?? ""}`, new Uint8Array([1])), good.batch],
      [await call(url, "POST", "/batches", new Uint8Array([1, 2])), null],
      [await call(url, "GET", "/nothing"), null],
    ] as const;
    for (const [{ json, status, type }, batch] of refusals) {
      expect(type).toMatch(/^application\/problem\+json/);
      expect(Object.keys(json).sort()).toEqual(["batch", "code", "detail", "evidence", "status", "type"]);
      expect(json).toMatchObject({ type: `urn:ert:problem:${String(json["code"])}`, status, batch });
    }
    await putAll(url, good);
    await deliver(url, good);
  });

  test("a record of a later version is told so, by its type or by its v, and is not called malformed", async () => {
    const device = createSigner(new Uint8Array(32).fill(7));
    const codeOf = async (type: string, value: object) => {
      const payload = canonicalBytes({ ...value, by: { kid: device.kid } });
      const record = envelopeToRecord(signPayload(type, payload, [device]));
      return (await call(url, "POST", "/batches", record)).json["code"];
    };
    expect(await codeOf("application/vnd.ert.batch.v2+json", { v: 2 })).toBe("unsupported-version");
    expect(await codeOf(RECORDS.batch.type, { v: 2 })).toBe("unsupported-version");
    expect(await codeOf(RECORDS.receipt.type, { v: 1 })).toBe("malformed");
  });
});

describe("a data folder of another version", () => {
  test("keys of an earlier shape are refused in one sentence, and so is a register that cannot be read", async () => {
    const other = await aRegistryPlace();
    const transport = { secretKey: "1".repeat(64), publicKey: "2".repeat(64) };
    const secrets = { root: "3".repeat(64), receipts: "4".repeat(64), permits: "5".repeat(64) };
    writeFileSync(join(other.dataDir, "keys.json"), JSON.stringify({ v: 1, secrets, transport, keyset: "" }));
    const run = await runRegistry(["--data", other.dataDir, "--demo"]);
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr.trim().split("\n")).toHaveLength(1);
    expect(run.stderr).toMatch(/keys\.json cannot be read at secrets\..+: .* begin with an empty folder$/m);

    mkdirSync(join(other.dataDir, "register"));
    writeFileSync(join(other.dataDir, "register", "one.json"), "{ not json");
    await expect(other.start()).rejects.toThrow(
      /one\.json is not JSON: put the register file right and start again$/,
    );
    other.remove();
  });
});
