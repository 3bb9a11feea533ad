// By stick as by wire: the same bytes, the same way in, one receipt (P8, T20, protocol A5 and A9). The real registry, in
// process, on PGlite.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesToHex, concatBytes, utf8, type Bytes } from "#shared/base";
import {
  BUNDLE_TYPE,
  envelopeFrame,
  objectFrame,
  peekRecord,
  readBundle,
  recordToText,
  verifyRecord,
  writeBundle,
  type BundleFrame,
} from "#shared/wire";
import { takeBundleFile, type RunningRegistry } from "../../registry/index.ts";
import { readFileOf } from "../../registry/verifier/read.ts";
import { verifyAll } from "../../registry/verifier/verify.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, Laptop, someKeys, type SealedBatchBytes } from "../support/wire-builders.ts";
import {
  bytesIn,
  call,
  deliver,
  enrolLaptop,
  enrolRequest,
  newCode,
  offer,
  personKeyRequests,
  putAll,
  registryKeys,
  verifiedReceipt,
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

async function aBatch(sheets = 2): Promise<{ laptop: Laptop; sealed: SealedBatchBytes }> {
  const laptop = await enrolLaptop(url);
  const refs = Array.from({ length: sheets }, aCandidateRef);
  laptop.roster(refs);
  for (const ref of refs) laptop.sheet(ref);
  return { laptop, sealed: await laptop.seal() };
}

const framesOf = ({ record, objects }: SealedBatchBytes): BundleFrame[] => [
  envelopeFrame(record),
  ...objects.map(objectFrame),
];

async function post(bytes: Bytes, type = BUNDLE_TYPE) {
  const response = await fetch(`${url}/ert/v1/bundles`, {
    method: "POST",
    headers: { "content-type": type },
    body: new Uint8Array(bytes),
  });
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, summary: response.headers.get("ert-bundle"), body };
}

function receiptsIn(bundle: Bytes): Bytes[] {
  return readBundle(bundle)
    .frames.map(({ bytes }) => bytes)
    .filter((bytes) => peekRecord("receipt", bytes).ok);
}

describe("a bundle at the registry", () => {
  test("is answered with a whole bundle: the receipt and the revocations, and no permit, which names people [P19]", async () => {
    const { sealed } = await aBatch();
    const answer = await post(writeBundle(framesOf(sealed)).bytes);
    expect(answer.status).toBe(200);
    expect(answer.summary).toBe("whole=yes; batches=1; final=1; missing=0; owed=0; unusable=0; refused=0");
    const keys = await registryKeys(url);
    const { frames, end } = readBundle(answer.body);
    expect(end.trouble).toBeNull();
    const receipt = await verifiedReceipt(url, receiptsIn(answer.body)[0] ?? new Uint8Array());
    expect(receipt.value).toMatchObject({ batch: sealed.batch, verdict: "accepted" });
    expect(frames.some(({ bytes }) => verifyRecord("revocationList", bytes, keys).ok)).toBe(true);
    expect(frames.filter(({ bytes }) => verifyRecord("permit", bytes, keys).ok)).toEqual([]);
  });

  test("[P8] gives one receipt for half by wire and half by stick, in both orders", async () => {
    const wireFirst = await aBatch();
    await offer(url, wireFirst.sealed);
    const [first] = wireFirst.sealed.manifest.objects;
    await call(url, "PUT", `/objects/${first?.wire ?? ""}`, wireFirst.sealed.objects[0] ?? new Uint8Array());
    const rest = writeBundle(framesOf(wireFirst.sealed).filter((_, i) => i !== 1)).bytes;
    const byStick = receiptsIn((await post(rest)).body);
    expect(byStick).toEqual([await deliver(url, wireFirst.sealed)]);

    const stickFirst = await aBatch();
    const half = writeBundle(framesOf(stickFirst.sealed).slice(0, 2)).bytes;
    const answer = await post(half);
    expect([answer.summary, receiptsIn(answer.body)]).toEqual([
      `whole=yes; batches=1; final=0; missing=${stickFirst.sealed.objects.length - 1}; owed=0; unusable=0; refused=0`,
      [],
    ]);
    const state = await offer(url, stickFirst.sealed);
    expect(state.json["state"] === "receiving" && (state.json["missing"] as unknown[]).length).toBe(
      stickFirst.sealed.objects.length - 1,
    );
    await putAll(url, stickFirst.sealed);
    const byWire = await deliver(url, stickFirst.sealed);
    expect(receiptsIn((await post(writeBundle(framesOf(stickFirst.sealed)).bytes)).body)).toEqual([byWire]);
  });

  test("[P5] brought ten times, and at once, gives the same receipt bytes", async () => {
    const { sealed } = await aBatch();
    const bundle = writeBundle(framesOf(sealed)).bytes;
    // The registry reads so many sticks at one time and asks the others to come again.
    const postTillRead = async (): Promise<Awaited<ReturnType<typeof post>>> => {
      const answer = await post(bundle);
      return answer.status === 503 ? postTillRead() : answer;
    };
    const answers = await Promise.all(Array.from({ length: 10 }, postTillRead));
    const receipts = new Set(answers.flatMap(({ body }) => receiptsIn(body).map(bytesToHex)));
    expect([receipts.size, answers.every(({ body }) => receiptsIn(body).length === 1)]).toEqual([1, true]);
  });

  test("what it answers proves itself to the verifier that shares no code with it", async () => {
    const keys = someKeys();
    const enrolled = await call(url, "POST", "/enrolments", enrolRequest(await newCode(url), keys));
    const records = personKeyRequests(keys).map(recordToText);
    const permit = bytesIn((await call(url, "POST", "/people-keys", { records })).json, "permit");
    const read = verifyRecord("permit", permit, await registryKeys(url));
    if (!read.ok) throw new Error(read.error.code);
    const laptop = new Laptop(keys, read.value);
    const ref = aCandidateRef();
    laptop.roster([ref]);
    laptop.sheet(ref);
    const sealed = await laptop.seal();
    const answer = await post(writeBundle(framesOf(sealed)).bytes);
    const keyset = bytesIn((await call(url, "GET", "/registry")).json, "keyset");
    const plain = concatBytes(...laptop.signed.map(({ record }) => record));
    const sent = writeBundle([envelopeFrame(sealed.record), ...sealed.objects.map(objectFrame)]).bytes;
    const files = [answer.body, plain, sent, permit, bytesIn(enrolled.json, "enrolment"), keyset];
    const findings = verifyAll(files.flatMap((file, at) => readFileOf(String(at), Buffer.from(file))));
    expect(findings.filter(({ verdict }) => verdict !== "proves")).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        "keyset",
        "enrolment",
        "permit",
        "batch-whole",
        "receipt-batch",
        "sheet-sealed",
      ]),
    );
  });

  test("[P8] cut at each frame and in the middle of each is taken as far as it goes, and the next one completes it", async () => {
    const { sealed } = await aBatch();
    const { bytes } = writeBundle(framesOf(sealed));
    const ends = framesOf(sealed).reduce(
      (at, frame) => [...at, (at.at(-1) ?? 0) + 41 + frame.bytes.length],
      [8],
    );
    for (const end of ends) {
      for (const cut of [end - 20, end]) {
        const answer = await post(bytes.subarray(0, Math.max(0, cut)));
        const complete = ends.filter((one) => one <= cut).length - 1;
        if (complete < 0) {
          expect(answer.status).toBe(200);
          continue;
        }
        const whole = complete === ends.length - 1;
        expect(answer.summary).toContain(`batches=${complete > 0 ? 1 : 0}; final=${whole ? 1 : 0}`);
      }
    }
    expect(receiptsIn((await post(bytes)).body)).toHaveLength(1);
  });

  test("[rulings 3] takes another laptop's sheets before the batch of the laptop that prepared the sitting, by its signed roster alone", async () => {
    const first = await enrolLaptop(url);
    const second = await enrolLaptop(url);
    const refs = [aCandidateRef(), aCandidateRef()];
    // Signed under a permit that names both laptops.
    const preparing = new Laptop(first.keys, second.permit);
    const roster = preparing.roster(refs).record;
    const marking = new Laptop(second.keys, second.permit, preparing.sitting);
    for (const ref of refs) marking.sheet(ref);
    const sealed = await marking.seal({ shared: [roster] });
    const [receipt] = receiptsIn((await post(writeBundle(framesOf(sealed)).bytes)).body);
    const verified = await verifiedReceipt(url, receipt ?? new Uint8Array());
    expect(verified.value).toMatchObject({
      verdict: "accepted",
      sheets: { accepted: 2, quarantined: 0 },
      notes: [],
    });

    const forged = new Laptop(second.keys, second.permit);
    const bad = forged.roster([aCandidateRef()], {}, second.keys.examiner).record;
    marking.sealed(sealed);
    marking.absence(aCandidateRef());
    const next = await marking.seal({ shared: [bad] });
    const [quarantine] = receiptsIn((await post(writeBundle(framesOf(next)).bytes)).body);
    const judged = await verifiedReceipt(url, quarantine ?? new Uint8Array());
    expect(judged.value.notes.map(({ code }) => code)).toEqual([
      "role-not-allowed",
      "candidate-not-in-permit",
    ]);
  });

  test("with its frames in any order is taken whole", async () => {
    const { sealed } = await aBatch();
    const answer = await post(writeBundle(framesOf(sealed).reverse()).bytes);
    expect(receiptsIn(answer.body)).toHaveLength(1);
  });

  test("takes the good batch beside one it refuses, and objects nobody announced are not kept", async () => {
    const { sealed } = await aBatch();
    const stranger = await aBatch();
    const altered = { ...stranger.sealed, record: alteredSignature(stranger.sealed.record) };
    const unasked = randomBytes(2000);
    const before = readdirSync(join(place.dataDir, "objects")).length;
    const answer = await post(
      writeBundle([...framesOf(altered), objectFrame(unasked), ...framesOf(sealed)]).bytes,
    );
    expect(answer.summary).toBe("whole=yes; batches=1; final=1; missing=0; owed=0; unusable=0; refused=1");
    expect(readdirSync(join(place.dataDir, "objects")).length).toBe(before + sealed.objects.length);
  });

  test("brings a request for enrolment in and carries the enrolment back", async () => {
    const keys = someKeys();
    const request = enrolRequest(await newCode(url), keys);
    const answer = await post(writeBundle([envelopeFrame(request)]).bytes);
    const enrolments = readBundle(answer.body).frames.map(({ bytes }) => peekRecord("enrolment", bytes));
    expect(enrolments.some((one) => one.ok && one.value.value.device.kid === keys.device.kid)).toBe(true);
  });

  test("that is no bundle, or comes under another type, is refused", async () => {
    expect((await post(utf8("PK and some more bytes of a zip"))).status).toBe(400);
    expect((await post(writeBundle([]).bytes, "application/x-tar")).status).toBe(415);
    const record = (await aBatch()).sealed.record;
    expect((await post(record, "application/vnd.ert.record")).status).toBe(415);
  });

  test("[T20] of 100 altered ones crashes nothing and is never taken in part of a frame", async () => {
    const { sealed } = await aBatch();
    const { bytes } = writeBundle(framesOf(sealed));
    for (let i = 0; i < 100; i++) {
      const altered = Uint8Array.from(bytes);
      const at = Math.floor((i / 100) * altered.length);
      altered[at] = (altered[at] ?? 0) ^ (1 << (i % 8));
      const { status } = await post(altered);
      expect([200, 400]).toContain(status);
    }
    expect(readdirSync(join(place.dataDir, "incoming"))).toEqual([]);
    expect((await call(url, "GET", "/registry")).status).toBe(200);
    expect(receiptsIn((await post(bytes)).body)).toHaveLength(1);
  });

  test("[A9] is read from a file and answered with a file where there is no network at all, with the same receipt", async () => {
    const { sealed } = await aBatch();
    const cut = await aBatch();
    const folder = mkdtempSync(join(tmpdir(), "stick-"));
    const [from, to] = [join(folder, "from.ertb"), join(folder, "to.ertb")];
    writeFileSync(
      from,
      concatBytes(writeBundle([...framesOf(sealed), ...framesOf(cut.sealed)]).bytes).subarray(0, -50),
    );
    await registry.close();
    const lines: string[] = [];
    const { dataDir, databaseUrl } = place;
    await takeBundleFile({ dataDir, databaseUrl, from, to, demo: true, log: (line) => lines.push(line) });
    await start();
    const receipts = receiptsIn(new Uint8Array(readFileSync(to)));
    expect(receipts).toEqual([await deliver(url, sealed)]);
    expect(lines.join("\n")).toMatch(/bundle\.cut-short[\s\S]*1 of 2 batches/);
    rmSync(folder, { recursive: true });
  });
});

function alteredSignature(record: Bytes): Bytes {
  const altered = Uint8Array.from(record);
  const last = altered.length - 1;
  altered[last] = (altered[last] ?? 0) ^ 1;
  return altered;
}
