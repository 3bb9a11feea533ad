// A fleet of centres for the registry's bench: institutions of their own in the register, one enrolled laptop each, and
// batches sealed before the clock runs. They call over plain HTTP and keep their connections, as a day's end does.
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { base64ToBytes, utf8ToText, type Bytes } from "#shared/base";
import { keyId, type Signer } from "#shared/crypto";
import { AreaCode } from "#shared/exam";
import { peekRecord, recordToEnvelope, rubricHash, type ReceiptRecord } from "#shared/wire";
import institution from "../../registry/demonstration/institution.json" with { type: "json" };
import people from "../../registry/demonstration/people.json" with { type: "json" };
import reference from "../../registry/demonstration/reference.json" with { type: "json" };
import { LOOPBACK, startRegistry } from "../../registry/index.ts";
import { enrolLaptop } from "../support/registry-calls.ts";
import { aCandidateRef, aSittingId, type Laptop, type SealedBatchBytes } from "../support/wire-builders.ts";

/** What a centre sends of an evening; the rest of its sheets come in further batches. */
export const BATCH_SHEETS = 200;

export async function enrolFleet(
  dataDir: string,
  databaseUrl: string | null,
  centres: number,
): Promise<Laptop[]> {
  mkdirSync(join(dataDir, "register"), { recursive: true });
  const ids = Array.from({ length: centres }, (_, n) => `centre-${String(n + 1)}`);
  ids.forEach((id, n) =>
    writeFileSync(join(dataDir, "register", `${id}.json`), JSON.stringify(registered(id, areaOf(n)))),
  );
  const registry = await startRegistry({
    ...{ dataDir, port: 0, door: LOOPBACK, demo: true, databaseUrl, openLog: false },
    log: () => undefined,
  });
  const laptops: Laptop[] = [];
  for (const id of ids) {
    const keys = {
      device: aQuickSigner(),
      administrator: aQuickSigner(),
      leader: aQuickSigner(),
      examiner: aQuickSigner(),
    };
    laptops.push(await enrolLaptop(registry.url, keys, await registry.issueCode(id)));
  }
  await registry.close();
  return laptops;
}

/** A quota stands for each area (R64), so centres are spread over all of them. */
function areaOf(n: number): string {
  const areas = AreaCode.options.filter((area) => area !== reference.registration.area);
  return areas[n % areas.length] ?? "62";
}

function registered(id: string, area: string) {
  const scopes = reference.registration.scopes.map((scope) => ({ ...scope, area }));
  const registration = { ...reference.registration, institution: id, area, scopes };
  return {
    institution: { ...institution, id },
    people,
    reference: {
      ...reference,
      registration,
      standards: [],
      plans: [],
      applications: [],
      registrations: [],
      incidents: [],
    },
  };
}

/** The same signatures as every other signer's (RFC 8032 has one answer), in less time. */
function aQuickSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-32));
  return { kid: keyId(raw), publicKey: raw, sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)) };
}

/** A sitting of its own for each batch; `keep` gets the plain words of each sheet. */
export async function sealFor(
  laptop: Laptop,
  sheets: number,
  keep: string[] = [],
): Promise<SealedBatchBytes> {
  const exam = { id: aSittingId(), rubric: rubricHash(laptop.rubric) };
  const refs = Array.from({ length: sheets }, aCandidateRef);
  laptop.roster(refs, { exam });
  for (const ref of refs) keep.push(plainly(laptop.sheet(ref, { exam }).record));
  const sealed = await laptop.seal();
  laptop.sealed(sealed);
  return sealed;
}

export interface Delivered {
  readonly receipt: ReceiptRecord;
  /** From the offer to the receipt. */
  readonly tookMs: number;
  /** From the last byte of the last object to the receipt. */
  readonly receiptMs: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export async function send(url: string, { record, manifest, objects }: SealedBatchBytes): Promise<Delivered> {
  const from = performance.now();
  await call(`${url}/ert/v1/batches`, "POST", "application/vnd.ert.record", record);
  for (const [i, { wire }] of manifest.objects.entries())
    await call(
      `${url}/ert/v1/objects/${wire}`,
      "PUT",
      "application/octet-stream",
      objects[i] ?? new Uint8Array(),
    );
  const here = performance.now();
  for (;;) {
    const state = JSON.parse(
      (await call(`${url}/ert/v1/batches`, "POST", "application/vnd.ert.record", record)).toString(),
    ) as { state: string; receipt?: string };
    if (state.state !== "final") continue;
    const receipt = peekRecord("receipt", base64ToBytes(state.receipt ?? "") ?? new Uint8Array());
    if (!receipt.ok) throw new Error("no receipt");
    const now = performance.now();
    return { receipt: receipt.value.value, tookMs: now - from, receiptMs: now - here };
  }
}

export function call(url: string, method: string, type: string, body: Bytes | string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method,
      agent,
      headers: { "content-type": type, "content-length": Buffer.byteLength(body) },
    });
    asked.on("error", reject);
    asked.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const whole = Buffer.concat(parts);
        if ((response.statusCode ?? 500) < 300) resolve(whole);
        else reject(new Error(`${method} ${url}: ${String(response.statusCode)} ${whole.toString()}`));
      });
      response.on("error", reject);
    });
    asked.end(body);
  });
}

/** What a sheet says, as a plain program would send it: the same JSON without a signature around it. */
function plainly(record: Bytes): string {
  const sheet = recordToEnvelope(record);
  if (!sheet.ok) throw new Error(sheet.error.code);
  return utf8ToText(sheet.value.payload);
}
