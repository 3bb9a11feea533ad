// Objects: packs and rosters sealed to the registry's transport key so that the laptop itself cannot read them back
// (protocol A2). HPKE (RFC 9180, DHKEM X25519, HKDF-SHA-256) gives the key; AES-256-GCM seals 64 KiB chunks (STREAM).
import { concatBytes, ok, refuse, utf8, type Bytes, type Kid, type Refusal, type Result } from "#shared/base";
import { createHpke, plain } from "./hpke.ts";
import { suite as suiteInUse } from "./in-use.ts";
import type { Suite } from "./suite.ts";

const MAGIC = utf8("ERTO");
const VERSION = 1;
const SUITE_INT_1 = 1;
export const OBJECT_CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
const HEADER_BYTES = MAGIC.length + 2 + 2;
export const OBJECT_CHUNK_AAD = utf8("ERT/1 chunk");

export type ObjectError = Refusal<"object.malformed" | "object.undecryptable">;

export async function sealObject(plaintext: Bytes, transportKey: Bytes, device: Kid): Promise<Bytes> {
  const object = await startObject(transportKey, device);
  return concatBytes(object.header, ...sealChunks(plaintext, object));
}

/** A new object for whoever seals it chunk by chunk: what stands before the chunks, and what each is sealed with. */
export interface ObjectStream {
  readonly header: Bytes;
  readonly key: Bytes;
  readonly nonce: (index: number, isLast: boolean) => Bytes;
}

export async function startObject(transportKey: Bytes, device: Kid): Promise<ObjectStream> {
  const suite = createHpke();
  const recipientPublicKey = await suite.kem.deserializePublicKey(plain(transportKey));
  const sender = await suite.createSenderContext({ recipientPublicKey, info: plain(objectInfo(device)) });
  const { key, prefix } = await exportKeys(sender);
  return {
    header: objectHeader(new Uint8Array(sender.enc)),
    key,
    nonce: (index, isLast) => chunkNonce(prefix, index, isLast),
  };
}

export function openObject(
  object: Bytes,
  transportSecret: Bytes,
  device: Kid,
): Promise<Result<Bytes, ObjectError>> {
  return openObjectBy(suiteInUse(), object, transportSecret, device);
}

/** The same by an implementation that is not in use: for who tries it. */
export async function openObjectBy(
  by: Suite,
  object: Bytes,
  transportSecret: Bytes,
  device: Kid,
): Promise<Result<Bytes, ObjectError>> {
  const parts = splitObject(object);
  if (!parts) return refuse({ code: "object.malformed" });
  const suite = createHpke();
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(plain(transportSecret));
    const recipient = await suite.createRecipientContext({
      recipientKey,
      enc: plain(parts.enc),
      info: plain(objectInfo(device)),
    });
    const opened = openChunks(by, parts.chunks, await exportKeys(recipient));
    return opened ? ok(opened) : refuse({ code: "object.undecryptable" });
  } catch {
    return refuse({ code: "object.undecryptable" }); // wrong key, wrong device or damage: by design not told apart
  }
}

/** An X25519 pair for the registry's transport key. */
export async function newTransportPair(): Promise<{ publicKey: Bytes; secretKey: Bytes }> {
  const suite = createHpke();
  const pair = await suite.kem.generateKeyPair();
  return {
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
    secretKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}

interface StreamKeys {
  readonly key: Bytes;
  readonly prefix: Bytes;
}

function objectInfo(device: Kid): Bytes {
  return utf8(`ERT/1 object${device}`);
}

async function exportKeys(context: {
  export(label: ArrayBuffer, length: number): Promise<ArrayBuffer>;
}): Promise<StreamKeys> {
  const key = new Uint8Array(await context.export(plain(utf8("ERT/1 key")), 32));
  const prefix = new Uint8Array(await context.export(plain(utf8("ERT/1 nonce")), 7));
  return { key, prefix };
}

function objectHeader(enc: Bytes): Bytes {
  const header = new Uint8Array(HEADER_BYTES + enc.length + 4);
  header.set(MAGIC);
  header.set([VERSION, SUITE_INT_1], MAGIC.length);
  const view = new DataView(header.buffer);
  view.setUint16(MAGIC.length + 2, enc.length);
  header.set(enc, HEADER_BYTES);
  view.setUint32(HEADER_BYTES + enc.length, OBJECT_CHUNK_BYTES);
  return header;
}

function splitObject(object: Bytes): { enc: Bytes; chunks: Bytes } | undefined {
  if (object.length < HEADER_BYTES + 4 || MAGIC.some((byte, i) => object[i] !== byte)) return undefined;
  if (object[MAGIC.length] !== VERSION || object[MAGIC.length + 1] !== SUITE_INT_1) return undefined;
  const view = new DataView(object.buffer, object.byteOffset, object.byteLength);
  const encLength = view.getUint16(MAGIC.length + 2);
  const chunksAt = HEADER_BYTES + encLength + 4;
  if (encLength !== 32 || object.length < chunksAt + TAG_BYTES) return undefined;
  if (view.getUint32(HEADER_BYTES + encLength) !== OBJECT_CHUNK_BYTES) return undefined;
  return { enc: object.subarray(HEADER_BYTES, HEADER_BYTES + encLength), chunks: object.subarray(chunksAt) };
}

function sealChunks(plaintext: Bytes, { key, nonce }: ObjectStream): Bytes[] {
  const count = Math.max(1, Math.ceil(plaintext.length / OBJECT_CHUNK_BYTES));
  return Array.from({ length: count }, (_, i) => {
    const chunk = plaintext.subarray(i * OBJECT_CHUNK_BYTES, (i + 1) * OBJECT_CHUNK_BYTES);
    return suiteInUse().encrypt({ key, nonce: nonce(i, i === count - 1), aad: OBJECT_CHUNK_AAD }, chunk);
  });
}

/** Undefined when any chunk fails. */
function openChunks(by: Suite, chunks: Bytes, { key, prefix }: StreamKeys): Bytes | undefined {
  const sealedBytes = OBJECT_CHUNK_BYTES + TAG_BYTES;
  const count = Math.max(1, Math.ceil(chunks.length / sealedBytes));
  const opened: Bytes[] = [];
  for (let i = 0; i < count; i++) {
    const sealing = { key, nonce: chunkNonce(prefix, i, i === count - 1), aad: OBJECT_CHUNK_AAD };
    const chunk = by.decrypt(sealing, chunks.subarray(i * sealedBytes, (i + 1) * sealedBytes));
    if (!chunk) return undefined;
    opened.push(chunk);
  }
  return concatBytes(...opened);
}

/** 7-byte prefix || u32 index || u8 last: a truncated or reordered stream cannot open. */
function chunkNonce(prefix: Bytes, index: number, last: boolean): Bytes {
  const nonce = new Uint8Array(12);
  nonce.set(prefix);
  new DataView(nonce.buffer).setUint32(7, index);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
