// The real registry, in process, on PGlite and a free loopback port: what it promises to every laptop.
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesToBase64, NO_HASH } from "#shared/base";
import { digest } from "#shared/crypto";
import { totalOf } from "#shared/rules";
import { leafOfReceipt, recordToText, rubricHash, verifyRecord } from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import {
  aRegistryPlace,
  isOnPostgres,
  registerInstitution,
  type RegistryPlace,
} from "../support/registry-store.ts";
import {
  aCandidateRef,
  aSigner,
  aSittingId,
  fullInputs,
  oneMore,
  someKeys,
  type Laptop,
} from "../support/wire-builders.ts";
import {
  bytesIn,
  call,
  deliver,
  enrolLaptop,
  enrolRequest,
  hashOfReceipt,
  headOf,
  keysetOf,
  newCode,
  offer,
  permitFor,
  personKeyRequests,
  receiptOf,
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
  registerInstitution(place, "other-centre");
  await start();
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

/** A laptop with a roster of `present` + `absent` candidates, all marked, all absences signed. */
async function aMarkedLaptop({ present = 2, absent = 0 } = {}): Promise<Laptop> {
  const laptop = await enrolLaptop(url);
  const refs = Array.from({ length: present + absent }, aCandidateRef);
  laptop.roster(refs);
  for (const ref of refs.slice(0, present)) laptop.sheet(ref);
  for (const ref of refs.slice(present)) laptop.absence(ref);
  return laptop;
}

describe("enrolment", () => {
  test("the keyset verifies under its own root and names a demonstration", async () => {
    const keyset = await keysetOf(url);
    const roles = ["root", "receipts", "permits", "revocations", "log"];
    expect(keyset.value.keys.map(({ role }) => role)).toEqual(roles);
    expect((await call(url, "GET", "/registry")).json["demo"]).toBe(true);
  });

  test("the key file is its owner's alone", () => {
    expect(statSync(join(place.dataDir, "keys.json")).mode & 0o077).toBe(0);
  });

  test("a one-use code enrols one device and its identical request again, and no other device", async () => {
    const code = await newCode(url);
    const request = enrolRequest(code, someKeys());
    const first = await call(url, "POST", "/enrolments", request);
    const again = await call(url, "POST", "/enrolments", request);
    const other = await call(url, "POST", "/enrolments", enrolRequest(code, someKeys()));
    expect(first.status).toBe(200);
    expect(again.json).toEqual(first.json);
    expect([other.status, other.json["code"]]).toEqual([409, "enrolment-code-used"]);
    const enrolment = verifyRecord("enrolment", bytesIn(first.json, "enrolment"), await registryKeys(url));
    expect(enrolment.ok && enrolment.value.value.people.length).toBe(9);
  });

  test("a laptop whose first run was interrupted is enrolled again with a new code and gets the standing enrolment", async () => {
    const keys = someKeys();
    const first = await call(url, "POST", "/enrolments", enrolRequest(await newCode(url), keys));
    const records = personKeyRequests(keys).map(recordToText);
    await call(url, "POST", "/people-keys", { records: records.slice(0, 1) });

    const code = await newCode(url);
    const again = await call(url, "POST", "/enrolments", enrolRequest(code, keys));
    expect([again.status, again.json]).toEqual([200, first.json]);
    const other = await call(url, "POST", "/enrolments", enrolRequest(code, someKeys()));
    expect([other.status, other.json["code"]]).toEqual([409, "enrolment-code-used"]);

    // The keys it has already are posted again beside the new ones, freshly signed.
    const posted = personKeyRequests(keys).map(recordToText);
    const added = await call(url, "POST", "/people-keys", { records: posted });
    const permit = verifyRecord("permit", bytesIn(added.json, "permit"), await registryKeys(url));
    const mine = permit.ok
      ? permit.value.value.people.filter(({ device }) => device === keys.device.kid)
      : [];
    expect(mine.map(({ kid }) => kid).sort()).toEqual(
      [keys.administrator.kid, keys.leader.kid, keys.examiner.kid].sort(),
    );
    const repeated = await call(url, "POST", "/people-keys", { records: posted });
    expect(repeated.json).toEqual(added.json);
  });

  test("a new code proves nothing about a device that another key signs for", async () => {
    const [keys, thief] = [someKeys(), aSigner()];
    await call(url, "POST", "/enrolments", enrolRequest(await newCode(url), keys));
    const forged = enrolRequest(await newCode(url), {
      device: { ...keys.device, sign: (bytes) => thief.sign(bytes) },
    });
    expect((await call(url, "POST", "/enrolments", forged)).json["code"]).toBe("signature-invalid");
  });

  test("a code of another institution does not move a device there", async () => {
    const keys = someKeys();
    await call(url, "POST", "/enrolments", enrolRequest(await newCode(url), keys));
    const code = await registry.issueCode("other-centre");
    const refused = await call(url, "POST", "/enrolments", enrolRequest(code, keys));
    expect(refused.json["code"]).toBe("key-refused");
    const still = await call(url, "POST", "/enrolments", enrolRequest(code, someKeys()));
    expect(still.status).toBe(200);
  });

  test("a code nobody issued is refused as a problem without a stack", async () => {
    const refused = await call(url, "POST", "/enrolments", enrolRequest("A".repeat(16), someKeys()));
    expect(refused.type).toMatch(/^application\/problem\+json/);
    expect(refused.json).toMatchObject({
      type: "urn:ert:problem:enrolment-code-unknown",
      code: "enrolment-code-unknown",
    });
    expect(JSON.stringify(refused.json)).not.toMatch(/\bat .*\.ts/);
  });

  test("a request that another key signed proves no possession", async () => {
    const [keys, thief] = [someKeys(), aSigner()];
    const request = enrolRequest(await newCode(url), {
      device: { ...keys.device, sign: (bytes) => thief.sign(bytes) },
    });
    expect((await call(url, "POST", "/enrolments", request)).json["code"]).toBe("signature-invalid");
  });

  test("a person's key needs the device's signature beside its own", async () => {
    const keys = someKeys();
    await call(url, "POST", "/enrolments", enrolRequest(await newCode(url), keys));
    const forged = personKeyRequests({
      ...keys,
      device: { ...keys.device, sign: (bytes) => aSigner().sign(bytes) },
    });
    const refused = await call(url, "POST", "/people-keys", { records: forged.map(recordToText) });
    expect(refused.json["code"]).toBe("signature-invalid");
  });

  test("adding known keys again gives the permit that stands", async () => {
    const keys = someKeys();
    await call(url, "POST", "/enrolments", enrolRequest(await newCode(url), keys));
    const records = personKeyRequests(keys).map(recordToText);
    const first = await call(url, "POST", "/people-keys", { records });
    expect((await call(url, "POST", "/people-keys", { records })).json).toEqual(first.json);
    const latest = await permitFor(url, keys);
    expect(latest.json).toEqual(first.json);
  });
});

describe("receiving", () => {
  test("a whole batch is accepted, sheet by sheet, and the head of the device moves", async () => {
    const laptop = await aMarkedLaptop({ present: 3, absent: 1 });
    const sealed = await laptop.seal();
    const receipt = await receiptOf(url, sealed);
    expect(receipt).toMatchObject({
      batch: sealed.batch,
      verdict: "accepted",
      notes: [],
      prevReceipt: NO_HASH,
    });
    expect(receipt.sheets).toEqual({ accepted: 3, quarantined: 0, rejected: 0 });
    expect(leafOfReceipt(receipt)).toMatchObject({ k: "batch", h: sealed.batch, n: 1, c: 3, a: 3 });
    expect(receipt.log).toMatch(/^registry\.[0-9a-f]{16}\/results\/\d{4}$/);
    expect(await headOf(url, laptop.keys)).toMatchObject({
      lastSeq: 1,
      lastBatch: sealed.batch,
      gaps: [],
      frozen: false,
    });
  });

  test("[SY2] offering the same batch again returns the first receipt byte for byte", async () => {
    const sealed = await (await aMarkedLaptop()).seal();
    const first = await deliver(url, sealed);
    const again = await Promise.all(Array.from({ length: 50 }, () => deliver(url, sealed)));
    expect(new Set(again.map(bytesToBase64))).toEqual(new Set([bytesToBase64(first)]));
  });

  test("[P5] fifty deliveries of one batch at once end with one receipt", async () => {
    const sealed = await (await aMarkedLaptop()).seal();
    const receipts = await Promise.all(Array.from({ length: 50 }, () => deliver(url, sealed)));
    expect(new Set(receipts.map(bytesToBase64)).size).toBe(1);
  });

  test("a second batch continues the first, and its receipt names the first one's", async () => {
    const laptop = await enrolLaptop(url);
    const [one, two] = [aCandidateRef(), aCandidateRef()];
    laptop.roster([one, two]);
    laptop.sheet(one);
    const first = await laptop.seal();
    const firstReceipt = await deliver(url, first);
    laptop.sealed(first);
    laptop.sheet(two);
    const receipt = await receiptOf(url, await laptop.seal());
    expect(receipt).toMatchObject({
      verdict: "accepted",
      deviceSeq: 2,
      prevReceipt: hashOfReceipt(firstReceipt),
    });
  });

  test("objects are stored whole and under their own hash only", async () => {
    const sealed = await (await aMarkedLaptop()).seal();
    const [object] = sealed.manifest.objects;
    const [bytes] = sealed.objects;
    if (!object || !bytes) throw new Error("a batch has objects");
    const path = `/objects/${object.wire}`;
    expect((await call(url, "PUT", path, bytes)).json["code"]).toBe("object-unexpected");
    await offer(url, sealed);
    const before = await call(url, "HEAD", path);
    expect([before.headers.get("upload-offset"), before.headers.get("upload-complete")]).toEqual(["0", "?0"]);
    expect((await call(url, "PUT", path, bytes.subarray(1))).json["code"]).toBe("hash-mismatch");
    expect((await call(url, "PUT", path, bytes)).status).toBe(201);
    expect((await call(url, "PUT", path, bytes)).status).toBe(200);
    const after = await call(url, "HEAD", path);
    expect([after.headers.get("upload-offset"), after.headers.get("upload-complete")]).toEqual([
      String(bytes.length),
      "?1",
    ]);
  });

  test("a wrong Content-Digest is refused although the object hashes right", async () => {
    const sealed = await (await aMarkedLaptop()).seal();
    await offer(url, sealed);
    const put = (said: Uint8Array) =>
      fetch(`${url}/ert/v1/objects/${sealed.manifest.objects[0]?.wire ?? ""}`, {
        method: "PUT",
        headers: {
          "content-type": "application/octet-stream",
          "content-digest": `sha-256=:${bytesToBase64(said)}:`,
        },
        body: new Uint8Array(sealed.objects[0] ?? []),
      });
    expect((await put(digest(new Uint8Array()))).status).toBe(422);
    expect((await put(digest(sealed.objects[0] ?? new Uint8Array()))).status).toBe(201);
  });

  test("what cannot be attributed is refused: another registry's, an unknown device's, a broken signature", async () => {
    const laptop = await aMarkedLaptop();
    const { device, leader, examiner } = laptop.keys;
    const codeOf = async (options: Parameters<Laptop["seal"]>[0]) =>
      (await offer(url, await laptop.seal(options))).json["code"];
    expect(await codeOf({ manifest: (manifest) => ({ ...manifest, aud: "registry.other" }) })).toBe(
      "wrong-registry",
    );
    const stranger = aSigner();
    expect(
      await codeOf({
        manifest: (m) => ({ ...m, device: stranger.kid, by: { kid: stranger.kid, role: "device" } }),
        signers: [stranger],
      }),
    ).toBe("key-unknown");
    expect(await codeOf({ signers: [{ ...device, sign: () => new Uint8Array(64) }, leader] })).toBe(
      "signature-invalid",
    );
    expect(await codeOf({ signers: [device, { ...leader, sign: () => new Uint8Array(64) }] })).toBe(
      "signature-invalid",
    );
    expect(await codeOf({ signers: [device, examiner] })).toBe("role-not-allowed");
    expect(
      await codeOf({
        manifest: (m) => ({ ...m, objects: m.objects.map((object) => ({ ...object, size: 2 ** 30 })) }),
      }),
    ).toBe("object-too-large");
    expect((await call(url, "POST", "/batches", new Uint8Array([1, 2, 3]))).json["code"]).toBe("malformed");
  });
});

describe("judging", () => {
  test("[T1] a total that its inputs do not give is quarantined, and only that sheet", async () => {
    const laptop = await enrolLaptop(url);
    const [one, two] = [aCandidateRef(), aCandidateRef()];
    laptop.roster([one, two]);
    laptop.sheet(one);
    laptop.sheet(two, { total: oneMore(totalOfSheets(laptop)) });
    const receipt = await receiptOf(url, await laptop.seal());
    expect(receipt.sheets).toEqual({ accepted: 1, quarantined: 1, rejected: 0 });
    expect(receipt).toMatchObject({ verdict: "accepted", notes: [{ seq: 3, code: "total-mismatch" }] });
  });

  test.each<[string, (laptop: Laptop, ref: ReturnType<typeof aCandidateRef>) => void]>([
    ["candidate-not-in-permit", (laptop) => laptop.sheet(aCandidateRef())],
    ["permit-unknown", (laptop, ref) => laptop.sheet(ref, { permit: NO_HASH })],
    ["rubric-unknown", (laptop, ref) => laptop.sheet(ref, { exam: { id: laptop.sitting, rubric: NO_HASH } })],
    ["role-not-allowed", (laptop, ref) => laptop.sheet(ref, {}, laptop.keys.administrator)],
    ["key-unknown", (laptop, ref) => laptop.sheet(ref, {}, aSigner())],
    [
      "signature-invalid",
      (laptop, ref) => laptop.sheet(ref, {}, { ...laptop.keys.examiner, sign: () => new Uint8Array(64) }),
    ],
    [
      "candidate-not-in-permit",
      (laptop, ref) => laptop.sheet(ref, { exam: { ...examOf(laptop), id: aSittingId() } }),
    ],
  ])("a sheet with %s is quarantined, and the sheet beside it is not", async (code, sign) => {
    const laptop = await enrolLaptop(url);
    const [one, two] = [aCandidateRef(), aCandidateRef()];
    laptop.roster([one, two]);
    laptop.sheet(one);
    sign(laptop, two);
    const receipt = await receiptOf(url, await laptop.seal());
    expect(receipt.notes).toEqual([{ seq: 3, code }]);
    expect(receipt.sheets).toEqual({ accepted: 1, quarantined: 1, rejected: 0 });
  });

  test("one examiner marks a candidate once, a leader beside them too, and nobody marks who was absent", async () => {
    const laptop = await enrolLaptop(url);
    const [one, gone] = [aCandidateRef(), aCandidateRef()];
    laptop.roster([one, gone]);
    laptop.sheet(one);
    laptop.sheet(one);
    laptop.sheet(one, {}, laptop.keys.leader);
    laptop.sheet(gone);
    laptop.absence(gone);
    const receipt = await receiptOf(url, await laptop.seal());
    expect(receipt.notes).toEqual([
      { seq: 3, code: "duplicate-candidate" },
      { seq: 5, code: "candidate-absent" },
    ]);
    expect(receipt.sheets.accepted).toBe(2);
  });

  test("a duplicate in a later batch is found as well", async () => {
    const laptop = await enrolLaptop(url);
    const one = aCandidateRef();
    laptop.roster([one]);
    laptop.sheet(one);
    const first = await laptop.seal();
    await deliver(url, first);
    laptop.sealed(first);
    laptop.sheet(one);
    const receipt = await receiptOf(url, await laptop.seal());
    expect(receipt).toMatchObject({
      verdict: "quarantined",
      notes: [{ seq: 3, code: "duplicate-candidate" }],
    });
  });

  test("[T2] any record left out of the range is a sequence gap and nothing of the batch counts", async () => {
    const laptop = await aMarkedLaptop({ present: 4 });
    for (const without of [[0], [1], [4], [1, 3]]) {
      const whole = await enrolLaptop(url);
      const refs = Array.from({ length: 4 }, aCandidateRef);
      whole.roster(refs);
      for (const ref of refs) whole.sheet(ref);
      const receipt = await receiptOf(url, await whole.seal({ without }));
      expect(receipt).toMatchObject({ verdict: "quarantined", notes: [{ seq: 0, code: "sequence-gap" }] });
    }
    expect((await receiptOf(url, await laptop.seal())).verdict).toBe("accepted");
  });

  test.each([
    ["root-mismatch", { manifest: (m) => ({ ...m, root: NO_HASH }) }],
    ["chain-broken", { manifest: (m) => ({ ...m, range: { ...m.range, headHash: NO_HASH } }) }],
    ["count-mismatch", { manifest: (m) => ({ ...m, sheets: m.sheets + 1 }) }],
    [
      "hash-mismatch",
      { manifest: (m) => ({ ...m, objects: m.objects.map((o) => ({ ...o, hash: NO_HASH })) }) },
    ],
    ["permit-unknown", { manifest: (m) => ({ ...m, permit: NO_HASH }) }],
    ["chain-broken", { manifest: (m) => ({ ...m, prevBatch: m.root }) }],
  ] satisfies [string, Parameters<Laptop["seal"]>[0]][])(
    "a batch with %s is kept and quarantined as a whole",
    async (code, options) => {
      const receipt = await receiptOf(url, await (await aMarkedLaptop()).seal(options));
      expect(receipt).toMatchObject({ verdict: "quarantined", notes: [{ seq: 0, code }] });
    },
  );

  test("an object sealed to another registry cannot be opened and is quarantined", async () => {
    const laptop = await aMarkedLaptop();
    const other = await laptop.seal({ objectKeys: { transportKey: new Uint8Array(32).fill(9) } });
    expect((await receiptOf(url, other)).notes).toEqual([{ seq: 0, code: "object-undecryptable" }]);
  });

  test("a batch whose predecessor is missing counts; the head names the gap until it comes", async () => {
    const laptop = await aMarkedLaptop();
    const first = await laptop.seal();
    const { sitting } = laptop;
    laptop.sealed(first);
    const late = aCandidateRef();
    laptop.roster([late], { exam: { ...examOf(laptop), id: sitting } });
    laptop.sheet(late);
    const second = await laptop.seal();
    expect(await receiptOf(url, second)).toMatchObject({
      verdict: "accepted",
      notes: [{ seq: 4, code: "sequence-gap" }],
    });
    const gaps = async () => (await headOf(url, laptop.keys)).gaps;
    expect(await gaps()).toEqual([1]);
    expect((await receiptOf(url, first)).verdict).toBe("accepted");
    expect(await gaps()).toEqual([]);
  });

  test("[T16] a second batch at one place is a fork: kept, quarantined, and the device is frozen", async () => {
    const laptop = await aMarkedLaptop();
    const first = await laptop.seal();
    expect((await receiptOf(url, first)).verdict).toBe("accepted");
    const fork = await laptop.seal({ manifest: (m) => ({ ...m, journal: { ...m.journal, entries: 99 } }) });
    expect(await receiptOf(url, fork)).toMatchObject({
      verdict: "quarantined",
      notes: [{ seq: 0, code: "device-fork" }],
    });
    laptop.sealed(first);
    laptop.roster([aCandidateRef()]);
    const next = await receiptOf(url, await laptop.seal());
    expect(next.notes).toEqual([{ seq: 0, code: "device-frozen" }]);
    expect((await receiptOf(url, first)).verdict).toBe("accepted");
  });
});

describe("keeping", () => {
  test("[P3] a wiped SQL database gives identical receipts, heads and permits", async () => {
    const laptop = await aMarkedLaptop({ present: 3, absent: 1 });
    const sealed = await laptop.seal();
    const code = await newCode(url);
    const keys = someKeys();
    const request = enrolRequest(code, keys);
    const answers = async () => ({
      receipt: bytesToBase64(await deliver(url, sealed)),
      permit: (await permitFor(url, laptop.keys)).json,
      enrolment: (await call(url, "POST", "/enrolments", request)).json,
      used: (await call(url, "POST", "/enrolments", enrolRequest(code, someKeys()))).json["code"],
      keyset: (await call(url, "GET", "/registry")).json["keyset"],
    });
    const before = await answers();
    await registry.close();
    await place.loseIndex();
    await start();
    expect(await answers()).toEqual(before);
    expect(before.used).toBe("enrolment-code-used");
    // What was known before is still judged by: the same candidate cannot be marked twice.
    laptop.sealed(sealed);
    laptop.sheet(aCandidateRef());
    const receipt = await receiptOf(url, await laptop.seal());
    expect(receipt.prevReceipt).toBe(hashOfReceipt(await deliver(url, sealed)));
    expect(receipt.notes).toEqual([{ seq: 6, code: "candidate-not-in-permit" }]);
  });

  test("a clean stop and start answers from the index it left", async () => {
    const sealed = await (await aMarkedLaptop()).seal();
    const receipt = await deliver(url, sealed);
    await registry.close();
    expect(existsSync(join(place.dataDir, "index", "closed-at"))).toBe(!isOnPostgres);
    await start();
    expect(await deliver(url, sealed)).toEqual(receipt);
  });

  test("[F2] a second registry on the same data is refused, and a lock of a dead process is taken over", async () => {
    const second = place.start();
    await expect(second).rejects.toThrow(/in use by process/);
    await registry.close();
    writeFileSync(join(place.dataDir, "lock"), "999999999");
    await start();
    expect((await call(url, "GET", "/registry")).status).toBe(200);
  });
});

function examOf(laptop: Laptop) {
  return { id: laptop.sitting, rubric: rubricHash(laptop.rubric) };
}

/** The right total of the laptop's sheets: they all have the same marks. */
function totalOfSheets({ rubric }: Laptop) {
  return totalOf(rubric, fullInputs(rubric), 0).total;
}
