// Signing and verifying one record, read like a proof: bytes in, a branded value out, one step a line. A verification
// never returns a boolean: the first thing that is wrong is the error.
import {
  hexToBytes,
  ok,
  refuse,
  type Bytes,
  type HashId,
  type Kid,
  type PublicKeyHex,
  type Refusal,
  type Result,
} from "#shared/base";
import { hashId, isSignatureValid, type Signer } from "#shared/crypto";
import { Role } from "#shared/exam";
import { canonicalBytes, parseCanonical } from "./canonical.ts";
import {
  envelopeToRecord,
  preAuthEncoding,
  recordToEnvelope,
  signPayload,
  type Envelope,
} from "./envelope.ts";
import { RECORDS, type RecordKind, type RecordOf, type SignerRole } from "./records.ts";

declare const verified: unique symbol;
/** Only `verifyRecord` makes one. */
export type Verified<T> = T & { readonly [verified]: true };

export interface TrustedKey {
  readonly kid: Kid;
  readonly pub: PublicKeyHex;
  readonly roles: readonly SignerRole[];
}
export type KeyLookup = (kid: Kid) => TrustedKey | undefined;

export interface VerifiedRecord<K extends RecordKind> {
  readonly value: Verified<RecordOf<K>>;
  /** Hash id of the payload: the record's identity. */
  readonly hash: HashId;
  /** Every key that signed, each verified; the first is the one in `by`. */
  readonly signers: readonly TrustedKey[];
  readonly record: Bytes;
}

declare const peeked: unique symbol;
/** What `peekRecord` read and nobody has verified; the bytes it came from stay with it. */
export interface PeekedRecord<K extends RecordKind> {
  readonly value: RecordOf<K>;
  readonly hash: HashId;
  readonly envelope: Envelope & { readonly [peeked]: K };
}

export type VerifyError = Refusal<
  | "wire.envelope"
  | "wire.wrong-type"
  | "wire.key-unknown"
  | "wire.signature-invalid"
  | "wire.not-utf8"
  | "wire.not-json"
  | "wire.non-canonical"
  | "wire.profile"
  | "wire.too-large"
  | "wire.shape"
  | "wire.signer-mismatch"
  | "wire.role-not-allowed"
>;

/** Signs a value as a record of its kind. The value must parse: a record we could not read back is a bug. */
export function signRecord<K extends RecordKind>(
  kind: K,
  value: RecordOf<K>,
  signers: readonly Signer[],
): { record: Bytes; hash: HashId } {
  const { type, schema } = RECORDS[kind];
  const payload = canonicalBytes(schema.parse(value));
  return { record: envelopeToRecord(signPayload(type, payload, signers)), hash: hashId(payload) };
}

export function verifyRecord<K extends RecordKind>(
  kind: K,
  record: Bytes,
  lookup: KeyLookup,
): Result<VerifiedRecord<K>, VerifyError> {
  const envelope = recordToEnvelope(record);
  if (!envelope.ok) return envelope;
  if (envelope.value.payloadType !== RECORDS[kind].type)
    return refuse({ code: "wire.wrong-type", facts: { type: envelope.value.payloadType } });
  const signers = verifySignatures(envelope.value, lookup);
  if (!signers.ok) return signers;
  const value = parsePayload(kind, envelope.value.payload);
  if (!value.ok) return value;
  const trusted = signersFor(kind, value.value, signers.value);
  if (!trusted.ok) return trusted;
  return ok({
    value: value.value as Verified<RecordOf<K>>,
    hash: hashId(envelope.value.payload),
    signers: trusted.value,
    record,
  });
}

/** Verifies what was read before, without reading it again: who signed it, each of them verified. */
export function verifyPeeked<K extends RecordKind>(
  kind: K,
  { envelope, value }: PeekedRecord<K>,
  lookup: KeyLookup,
): Result<readonly TrustedKey[], VerifyError> {
  const signers = verifySignatures(envelope, lookup);
  return signers.ok ? signersFor(kind, value, signers.value) : signers;
}

/** The first signer must be the one in `by`, and its key must be for this kind. */
function signersFor<K extends RecordKind>(
  kind: K,
  value: RecordOf<K>,
  signers: readonly TrustedKey[],
): Result<readonly TrustedKey[], VerifyError> {
  const [first] = signers;
  if (first?.kid !== value.by.kid) return refuse({ code: "wire.signer-mismatch" });
  const role = roleNeeded(kind, value);
  return role !== null && first.roles.includes(role)
    ? ok(signers)
    : refuse({ code: "wire.role-not-allowed" });
}

/** What anybody of the centre may sign names the role it is signed in; no key of a device or of the registry is a person's. */
function roleNeeded<K extends RecordKind>(kind: K, { by }: RecordOf<K>): SignerRole | null {
  const { role } = RECORDS[kind];
  if (role !== "anybody") return role;
  const named = Role.safeParse("role" in by ? by.role : null);
  return named.success ? named.data : null;
}

/**
 * Reads a record without trusting it: for a key that vouches for itself, and for showing what could not be verified.
 * The caller must verify before acting on it.
 */
export function peekRecord<K extends RecordKind>(
  kind: K,
  record: Bytes,
): Result<PeekedRecord<K>, VerifyError> {
  const envelope = recordToEnvelope(record);
  if (!envelope.ok) return envelope;
  if (envelope.value.payloadType !== RECORDS[kind].type)
    return refuse({ code: "wire.wrong-type", facts: { type: envelope.value.payloadType } });
  const value = parsePayload(kind, envelope.value.payload);
  if (!value.ok) return value;
  return ok({
    value: value.value,
    hash: hashId(envelope.value.payload),
    envelope: envelope.value as PeekedRecord<K>["envelope"],
  });
}

/** All signatures must stand and no key may sign twice: a bad second signature is not ignored. */
function verifySignatures(envelope: Envelope, lookup: KeyLookup): Result<TrustedKey[], VerifyError> {
  const signed = preAuthEncoding(envelope.payloadType, envelope.payload);
  const keys: TrustedKey[] = [];
  for (const { kid, sig } of envelope.signatures) {
    const key = lookup(kid);
    if (!key) return refuse({ code: "wire.key-unknown", facts: { kid } });
    if (keys.some((known) => known.kid === kid))
      return refuse({ code: "wire.signature-invalid", facts: { kid } });
    if (!isSignatureValid(sig, signed, hexToBytes(key.pub))) {
      return refuse({ code: "wire.signature-invalid", facts: { kid } });
    }
    keys.push(key);
  }
  return ok(keys);
}

function parsePayload<K extends RecordKind>(kind: K, payload: Bytes): Result<RecordOf<K>, VerifyError> {
  const parsed = parseCanonical(payload, RECORDS[kind].maxBytes);
  if (!parsed.ok) return parsed;
  const value = RECORDS[kind].schema.safeParse(parsed.value);
  if (!value.success)
    return refuse({ code: "wire.shape", facts: { path: value.error.issues[0]?.path.join(".") ?? "" } });
  return ok(value.data as RecordOf<K>);
}
