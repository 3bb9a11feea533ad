// Every kind of record, wrong in one thing at a time: each with the one code that a reader must say.
import { concatBytes, utf8, utf8ToText, type Bytes } from "#shared/base";
import type { Signer } from "#shared/crypto";
import {
  canonicalBytes,
  envelopeToRecord,
  RECORDS,
  signPayload,
  verifyRecord,
  type Envelope,
  type KeyLookup,
  type RecordKind,
} from "#shared/wire";
import {
  anyone,
  everyRole,
  kinds,
  payloadOf,
  roleOfSample,
  samples,
  signers,
} from "../support/every-record.ts";
import { aSigner } from "../support/wire-builders.ts";
import { codeOf, runHostile, type Hostile, type VectorSet } from "./set.ts";

export const hostileRecords: VectorSet = {
  name: "hostile-records",
  origin: "own",
  source: "one record of every kind",
  licence: "Apache-2.0",
  run: () => runHostile(kinds.flatMap(hostileOf)),
};

function hostileOf(kind: RecordKind): Hostile[] {
  const record = samples[kind];
  const envelope = payloadOf(record);
  const [first] = envelope.signatures;
  const signer = signers.find(({ kid }) => kid === first?.kid);
  if (!signer || !first) throw new Error(`no signer of ${kind}`);
  const vector = (
    about: string,
    expected: string,
    bytes: () => Bytes,
    lookup: KeyLookup = anyone,
  ): Hostile => ({
    about: `${kind}, ${about}`,
    expected,
    offer: () => codeOf(verifyRecord(kind, bytes(), lookup)),
  });
  const changed = (change: Partial<Envelope>) => () => envelopeToRecord({ ...envelope, ...change });
  const signed = (payload: Bytes) => () =>
    envelopeToRecord(signPayload(envelope.payloadType, payload, [signer]));
  return [
    ...spread(record.length, 24).map((length) =>
      vector(`cut at ${String(length)}`, "wire.envelope", () => record.subarray(0, length)),
    ),
    vector("with a byte more", "wire.envelope", () => concatBytes(record, Uint8Array.of(0))),
    vector("twice", "wire.envelope", () => concatBytes(record, record)),
    vector("without a signature", "wire.envelope", changed({ signatures: [] })),
    vector(
      "with five signatures",
      "wire.envelope",
      changed({ signatures: Array.from({ length: 5 }, () => first) }),
    ),
    vector("signed twice by one key", "wire.signature-invalid", changed({ signatures: [first, first] })),
    vector("by an unknown key", "wire.key-unknown", () =>
      envelopeToRecord(signPayload(envelope.payloadType, envelope.payload, [aSigner(98)])),
    ),
    vector("by another key first", "wire.signer-mismatch", () =>
      envelopeToRecord(signPayload(envelope.payloadType, envelope.payload, [otherThan(signer)])),
    ),
    vector("by a key without the role", "wire.role-not-allowed", () => record, without(kind)),
    vector("of a later version of its type", "wire.wrong-type", () =>
      envelopeToRecord(signPayload(envelope.payloadType.replace(".v1", ".v2"), envelope.payload, [signer])),
    ),
    ...spread(64, 8).map((at) =>
      vector(`its signature turned at ${String(at)}`, "wire.signature-invalid", () =>
        envelopeToRecord({ ...envelope, signatures: [{ ...first, sig: turned(first.sig, at) }] }),
      ),
    ),
    ...spread(envelope.payload.length, 8).map((at) =>
      vector(
        `its payload turned at ${String(at)}`,
        "wire.signature-invalid",
        changed({ payload: turned(envelope.payload, at) }),
      ),
    ),
    vector(
      "a short signature",
      "wire.signature-invalid",
      changed({ signatures: [{ ...first, sig: first.sig.subarray(1) }] }),
    ),
    vector("a long signature", "wire.signature-invalid", () =>
      envelopeToRecord({
        ...envelope,
        signatures: [{ ...first, sig: concatBytes(first.sig, Uint8Array.of(0)) }],
      }),
    ),
    ...wrongPayloads(kind, envelope.payload).map(([about, expected, payload]) =>
      vector(about, expected, signed(payload)),
    ),
  ];
}

/** The member `v`, wherever its kind has it. */
const VERSION = /"v":1(?=[,}])/;

type Wrong = readonly [about: string, expected: string, payload: Bytes];

/** Signed as they are, by the right key: only the payload is wrong. */
function wrongPayloads(kind: RecordKind, payload: Bytes): Wrong[] {
  const text = utf8ToText(payload);
  const value = JSON.parse(text) as Record<string, unknown>;
  const again = (change: Record<string, unknown>): Bytes => canonicalBytes({ ...value, ...change });
  const spelled = (from: string | RegExp, to: string): Bytes => utf8(text.replace(from, to));
  const members = Object.keys(value);
  return [
    ["a space", "wire.non-canonical", spelled("{", "{ ")],
    ["a line end after it", "wire.non-canonical", utf8(`${text}\n`)],
    ["a tab between members", "wire.non-canonical", spelled(",", ",\t")],
    ["its version 1.0", "wire.non-canonical", spelled(VERSION, '"v":1.0')],
    ["its version 1e0", "wire.non-canonical", spelled(VERSION, '"v":1e0')],
    ["its version a fraction", "wire.profile", spelled(VERSION, '"v":1.5')],
    ["its version minus zero", "wire.profile", spelled(VERSION, '"v":-0')],
    ["its version beyond 2^53", "wire.profile", spelled(VERSION, '"v":9007199254740993')],
    ["its version twice", "wire.non-canonical", spelled(VERSION, '"v":2,"v":1')],
    ["a letter escaped", "wire.non-canonical", spelled('"by"', '"\\u0062y"')],
    ["its members in another order", "wire.non-canonical", utf8(JSON.stringify(reversed(value)))],
    ["a byte order mark", "wire.not-json", concatBytes(Uint8Array.of(0xef, 0xbb, 0xbf), payload)],
    [
      "bytes that are no UTF-8",
      "wire.not-utf8",
      concatBytes(payload.subarray(0, -1), Uint8Array.of(0xff, 0x7d)),
    ],
    ["a surrogate in halves", "wire.non-canonical", spelled(VERSION, '"v":1,"w":"\\ud83d\\ude00"')],
    ["half a surrogate", "wire.profile", spelled(VERSION, '"v":1,"w":"\\ud83d"')],
    ["a member __proto__", "wire.profile", spelled("{", '{"__proto__":{},')],
    ["a member in capitals", "wire.profile", spelled("{", '{"V":1,')],
    ["a member with an empty name", "wire.profile", spelled("{", '{"":1,')],
    ["a member too deep", "wire.profile", spelled(VERSION, `"v":1,"w":${"[".repeat(9)}${"]".repeat(9)}`)],
    ["cut", "wire.not-json", payload.subarray(0, -1)],
    ["two values", "wire.not-json", utf8(`${text}${text}`)],
    ["a comment", "wire.not-json", spelled("{", "{/**/")],
    ["not a number", "wire.not-json", spelled(VERSION, '"v":NaN')],
    ["an array", "wire.shape", utf8("[1]")],
    ["null", "wire.shape", utf8("null")],
    ["nothing", "wire.not-json", new Uint8Array(0)],
    ["too large", "wire.too-large", canonicalBytes({ ...value, zzz: "x".repeat(RECORDS[kind].maxBytes) })],
    ["version 2", "wire.shape", again({ v: 2 })],
    ["version as text", "wire.shape", again({ v: "1" })],
    ["a member more", "wire.shape", again({ zzz: 1 })],
    [
      "a kid of another algorithm",
      "wire.shape",
      again({ by: { ...(value["by"] as object), kid: `sm2.${"0".repeat(32)}` } }),
    ],
    ["a member more in by", "wire.shape", again({ by: { ...(value["by"] as object), zzz: 1 } })],
    ...members.map((name): Wrong => [`without ${name}`, "wire.shape", again({ [name]: undefined })]),
    ...members.map((name): Wrong => [
      `${name} something else`,
      "wire.shape",
      again({ [name]: { zzz: [true] } }),
    ]),
  ];
}

function otherThan({ kid }: Signer): Signer {
  const other = signers.find((one) => one.kid !== kid);
  if (!other) throw new Error("two signers at least");
  return other;
}

function without(kind: RecordKind): KeyLookup {
  return (kid) => {
    const found = anyone(kid);
    return found && { ...found, roles: everyRole.filter((role) => role !== roleOfSample(kind)) };
  };
}

function reversed(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).reverse());
}

/** `count` places from 0 to `length`, evenly. */
export function spread(length: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
}

export function turned(bytes: Bytes, at: number): Bytes {
  const other = bytes.slice();
  other[at] = (other[at] ?? 0) ^ (1 << (at & 7));
  return other;
}
