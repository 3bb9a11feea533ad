// The registry as a laptop calls it, without the outbox: plain requests, and a laptop enrolled through them.
import { randomBytes } from "node:crypto";
import { base64ToBytes, bytesToHex, type Bytes, type HashId, type Kid, type PersonId } from "#shared/base";
import type { Signer } from "#shared/crypto";
import {
  peekRecord,
  recordToText,
  signRecord,
  verifyRecord,
  type KeyLookup,
  type QueryRecord,
} from "#shared/wire";
import { keysetLookup, readKeyset } from "../../electron/desk/index.ts";
import type { RegistryTrust } from "../../electron/outbox/index.ts";
import {
  Laptop,
  PERSON,
  publicKeyHex,
  someKeys,
  type LaptopKeys,
  type SealedBatchBytes,
} from "./wire-builders.ts";

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly json: Record<string, unknown>;
  readonly headers: Headers;
}

export async function call(url: string, method: string, path: string, body?: Bytes | object): Promise<Reply> {
  const isRaw = body instanceof Uint8Array;
  const type = path.startsWith("/objects/") ? "application/octet-stream" : "application/vnd.ert.record";
  const response = await fetch(`${url}/ert/v1${path}`, {
    method,
    ...(body === undefined
      ? {}
      : {
          headers: { "content-type": isRaw ? type : "application/json" },
          body: isRaw ? new Uint8Array(body) : JSON.stringify(body),
        }),
  });
  const text = await response.text();
  const json = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    json,
    headers: response.headers,
  };
}

export async function keysetOf(url: string) {
  const { json } = await call(url, "GET", "/registry");
  const keyset = readKeyset(bytesIn(json, "keyset"));
  if (!keyset.ok) throw new Error(keyset.error.code);
  return keyset.value;
}

export async function registryKeys(url: string): Promise<KeyLookup> {
  return keysetLookup((await keysetOf(url)).value);
}

/** The keyset of a registry that people compared, as a laptop pins it. */
export async function registryTrust(url: string): Promise<RegistryTrust> {
  const keyset = (await keysetOf(url)).value;
  return { keyset, keys: keysetLookup(keyset) };
}

export async function newCode(url: string): Promise<string> {
  return String((await call(url, "POST", "/demo/codes")).json["code"]);
}

export function enrolRequest(
  code: string,
  { device }: Pick<LaptopKeys, "device">,
  continues: Kid | null = null,
): Bytes {
  const asked = { kid: device.kid, pub: publicKeyHex(device) };
  return signRecord(
    "enrolRequest",
    {
      v: 1,
      code,
      device: asked,
      storage: "demo-file",
      ...(continues === null ? {} : { continues }),
      nonce: randomBytes(16).toString("hex"),
      by: { kid: device.kid },
    },
    [device],
  ).record;
}

export function personKeyRequests(keys: LaptopKeys): Bytes[] {
  return (["administrator", "leader", "examiner"] as const).map((role) => {
    const signer = keys[role];
    const value = {
      v: 1 as const,
      device: keys.device.kid,
      person: PERSON[role],
      kid: signer.kid,
      pub: publicKeyHex(signer),
      nonce: bytesToHex(new Uint8Array(randomBytes(16))),
      by: { kid: signer.kid },
    };
    return signRecord("personKey", value, [signer, keys.device]).record;
  });
}

/** A laptop with three people's keys in its permit; of the demonstration centre unless a code says otherwise. */
export async function enrolLaptop(
  url: string,
  keys: LaptopKeys = someKeys(),
  code: string | null = null,
  continues: Kid | null = null,
): Promise<Laptop> {
  const request = enrolRequest(code ?? (await newCode(url)), keys, continues);
  const enrolled = await call(url, "POST", "/enrolments", request);
  if (enrolled.status !== 200) throw new Error(JSON.stringify(enrolled.json));
  const records = personKeyRequests(keys).map(recordToText);
  const added = await call(url, "POST", "/people-keys", { records });
  if (added.status !== 200) throw new Error(JSON.stringify(added.json));
  const permit = verifyRecord("permit", bytesIn(added.json, "permit"), await registryKeys(url));
  if (!permit.ok) throw new Error(permit.error.code);
  return new Laptop(keys, { hash: permit.value.hash, value: permit.value.value });
}

/** One more person's key on a laptop, and the permit that admits it. */
export async function admitKey(url: string, { keys }: Laptop, person: PersonId, signer: Signer) {
  const value = {
    v: 1 as const,
    device: keys.device.kid,
    person,
    kid: signer.kid,
    pub: publicKeyHex(signer),
    nonce: bytesToHex(new Uint8Array(16)),
    by: { kid: signer.kid },
  };
  const record = signRecord("personKey", value, [signer, keys.device]).record;
  const added = await call(url, "POST", "/people-keys", { records: [recordToText(record)] });
  if (added.status !== 200) throw new Error(JSON.stringify(added.json));
  const permit = verifyRecord("permit", bytesIn(added.json, "permit"), await registryKeys(url));
  if (!permit.ok) throw new Error(permit.error.code);
  return permit.value;
}

/** The head of a device as the registry signs it, asked with the device's key. */
export async function headOf(url: string, keys: Pick<LaptopKeys, "device">) {
  const query = await aQuery(url, keys, "head");
  const { json } = await call(url, "POST", "/queries", query.record);
  const head = verifyRecord("head", bytesIn(json, "head"), await registryKeys(url));
  if (!head.ok) throw new Error(head.error.code);
  if (head.value.value.nonce !== query.nonce) throw new Error("the head answers another question");
  return head.value.value;
}

export async function permitFor(url: string, keys: Pick<LaptopKeys, "device">): Promise<Reply> {
  return call(url, "POST", "/queries", (await aQuery(url, keys, "permits")).record);
}

export async function aQuery(
  url: string,
  { device }: Pick<LaptopKeys, "device">,
  what: QueryRecord["what"],
  overrides: Partial<QueryRecord> = {},
) {
  const nonce = randomBytes(16).toString("hex");
  const { aud } = (await keysetOf(url)).value;
  const value: QueryRecord = {
    v: 1,
    aud,
    device: device.kid,
    what,
    nonce,
    at: 0,
    by: { kid: device.kid },
    ...overrides,
  };
  return { nonce, record: signRecord("query", value, [device]).record };
}

export async function revocationList(url: string) {
  const { json } = await call(url, "GET", "/revocations");
  const list = verifyRecord("revocationList", bytesIn(json, "revocations"), await registryKeys(url));
  if (!list.ok) throw new Error(list.error.code);
  return list.value.value;
}

export function offer(url: string, { record }: Pick<SealedBatchBytes, "record">): Promise<Reply> {
  return call(url, "POST", "/batches", record);
}

export async function putAll(url: string, { manifest, objects }: SealedBatchBytes): Promise<void> {
  for (const [i, { wire }] of manifest.objects.entries()) {
    const { status, json } = await call(url, "PUT", `/objects/${wire}`, objects[i] ?? new Uint8Array());
    if (status >= 300) throw new Error(JSON.stringify(json));
  }
}

/** Offer, objects, and the receipt's bytes. */
export async function deliver(url: string, sealed: SealedBatchBytes): Promise<Bytes> {
  const offered = await offer(url, sealed);
  if (offered.status !== 200) throw new Error(JSON.stringify(offered.json));
  if (offered.json["state"] === "receiving") await putAll(url, sealed);
  for (;;) {
    const { status, json } = await offer(url, sealed);
    if (status !== 200) throw new Error(JSON.stringify(json));
    if (json["state"] === "final") return bytesIn(json, "receipt");
  }
}

export async function receiptOf(url: string, sealed: SealedBatchBytes) {
  return (await verifiedReceipt(url, await deliver(url, sealed))).value;
}

/** Whatever the laptop has signed since its last batch, and what the registry says of it. */
export async function sendAll(url: string, laptop: Laptop) {
  const sealed = await laptop.seal();
  laptop.sealed(sealed);
  return receiptOf(url, sealed);
}

export async function verifiedReceipt(url: string, record: Bytes) {
  const receipt = verifyRecord("receipt", record, await registryKeys(url));
  if (!receipt.ok) throw new Error(receipt.error.code);
  return receipt.value;
}

export function bytesIn(json: Record<string, unknown>, member: string): Bytes {
  const bytes = base64ToBytes(String(json[member]));
  if (!bytes) throw new Error(`no record in ${member}: ${JSON.stringify(json)}`);
  return bytes;
}

export function hashOfReceipt(record: Bytes): HashId {
  const peeked = peekRecord("receipt", record);
  if (!peeked.ok) throw new Error(peeked.error.code);
  return peeked.value.hash;
}
