// DSSE: a signature over the payload's type and bytes together, so that a batch can never pass for a receipt
// (DSSE v1 §PAE). Two encodings of one signature: raw records on wire and disk, JSON for people (protocol 1.4).
// [Note: Why bytes are signed once] What is signed here is stored, sent, carried and verified as these same bytes;
// nobody re-serialises a payload.
import {
  base64ToBytes,
  bytesToBase64,
  concatBytes,
  Kid,
  ok,
  refuse,
  utf8,
  utf8ToText,
  type Bytes,
  type Refusal,
  type Result,
} from "#shared/base";
import type { Signer } from "#shared/crypto";

export interface Envelope {
  readonly payloadType: string;
  readonly payload: Bytes;
  readonly signatures: readonly { readonly kid: Kid; readonly sig: Bytes }[];
}

export type EnvelopeError = Refusal<"wire.envelope">;

const MAX_SIGNATURES = 4;

/** "DSSEv1" SP len(type) SP type SP len(payload) SP payload, lengths in bytes as ASCII decimals. */
export function preAuthEncoding(payloadType: string, payload: Bytes): Bytes {
  const { length } = utf8(payloadType);
  return concatBytes(utf8(`DSSEv1 ${length} ${payloadType} ${payload.length} `), payload);
}

export function signPayload(payloadType: string, payload: Bytes, signers: readonly Signer[]): Envelope {
  const signed = preAuthEncoding(payloadType, payload);
  return { payloadType, payload, signatures: signers.map(({ kid, sign }) => ({ kid, sig: sign(signed) })) };
}

/** u16 typeLen | type | u32 payloadLen | payload | u8 nSig | nSig x ( u8 kidLen | kid | u16 sigLen | sig ), big-endian. */
export function envelopeToRecord({ payloadType, payload, signatures }: Envelope): Bytes {
  const type = utf8(payloadType);
  const signers = signatures.map(({ kid, sig }) => ({ name: utf8(kid), sig }));
  const signed = signers.reduce((sum, { name, sig }) => sum + 3 + name.length + sig.length, 0);
  const record = new Uint8Array(2 + type.length + 4 + payload.length + 1 + signed);
  const view = new DataView(record.buffer);
  let at = 0;
  const put = (bytes: Bytes) => {
    record.set(bytes, at);
    at += bytes.length;
  };
  const count = (value: number, width: 1 | 2 | 4) => {
    if (width === 1) view.setUint8(at, value);
    else if (width === 2) view.setUint16(at, value);
    else view.setUint32(at, value);
    at += width;
  };
  count(type.length, 2);
  put(type);
  count(payload.length, 4);
  put(payload);
  count(signers.length, 1);
  for (const { name, sig } of signers) {
    count(name.length, 1);
    put(name);
    count(sig.length, 2);
    put(sig);
  }
  return record;
}

/** Reads one record and nothing after it. */
export function recordToEnvelope(record: Bytes): Result<Envelope, EnvelopeError> {
  const read = readEnvelope(record, 0);
  if (!read || read.next !== record.length) return refuse({ code: "wire.envelope" });
  return ok(read.envelope);
}

/** Splits a pack's plain text, records one after another, into the bytes of each record. */
export function splitRecords(pack: Bytes): Result<Bytes[], EnvelopeError> {
  const records: Bytes[] = [];
  for (let at = 0; at < pack.length;) {
    const read = readEnvelope(pack, at);
    if (!read) return refuse({ code: "wire.envelope" });
    records.push(pack.subarray(at, read.next));
    at = read.next;
  }
  return ok(records);
}

export function envelopeToJson(envelope: Envelope): string {
  return JSON.stringify({
    payload: bytesToBase64(envelope.payload),
    payloadType: envelope.payloadType,
    signatures: envelope.signatures.map(({ kid, sig }) => ({ keyid: kid, sig: bytesToBase64(sig) })),
  });
}

/** A record as text, for JSON bodies and journal entries. */
export function recordToText(record: Bytes): string {
  return bytesToBase64(record);
}

export function textToRecord(text: string): Bytes | undefined {
  return base64ToBytes(text);
}

function readEnvelope(bytes: Bytes, start: number): { envelope: Envelope; next: number } | undefined {
  const reader = createReader(bytes, start);
  const payloadType = asText(reader.take(reader.uint(2)));
  const payload = reader.take(reader.uint(4));
  const count = reader.uint(1) ?? 0;
  if (payloadType === undefined || !payload || count < 1 || count > MAX_SIGNATURES) return undefined;
  const signatures: { kid: Kid; sig: Bytes }[] = [];
  for (let i = 0; i < count; i++) {
    const kid = Kid.safeParse(asText(reader.take(reader.uint(1)))).data;
    const sig = reader.take(reader.uint(2));
    if (!kid || !sig) return undefined;
    signatures.push({ kid, sig });
  }
  return { envelope: { payloadType, payload, signatures }, next: reader.at() };
}

function createReader(bytes: Bytes, start: number) {
  let at = start;
  const take = (length: number | undefined): Bytes | undefined => {
    if (length === undefined || at + length > bytes.length) return undefined;
    at += length;
    return bytes.subarray(at - length, at);
  };
  const uint = (width: number): number | undefined => {
    const taken = take(width);
    let value = 0;
    for (const byte of taken ?? []) value = value * 256 + byte;
    return taken && value;
  };
  return { take, uint, at: () => at };
}

function asText(bytes: Bytes | undefined): string | undefined {
  if (!bytes) return undefined;
  for (const byte of bytes) if (byte < 0x21 || byte > 0x7e) return undefined; // types and kids are ASCII
  return utf8ToText(bytes);
}
