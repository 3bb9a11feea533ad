// A signed record is what it says and nothing else: no kind passes for another, no bit can turn, no signature can be
// moved, dropped or repeated (P9, P12).
import { describe, expect, test } from "vitest";
import { concatBytes, utf8, utf8ToText, type Bytes } from "#shared/base";
import { hashId, type Signer } from "#shared/crypto";
import {
  canonicalBytes,
  envelopeToJson,
  envelopeToRecord,
  peekRecord,
  preAuthEncoding,
  RECORDS,
  signPayload,
  signRecord,
  splitRecords,
  verifyRecord,
  type KeyLookup,
  type RecordKind,
} from "#shared/wire";
import {
  administrator,
  anyone,
  device,
  everyRole,
  examiner,
  kinds,
  leader,
  payloadOf,
  registry,
  samples,
} from "../../support/every-record.ts";
import { aSigner } from "../../support/wire-builders.ts";

const codeOf = (kind: RecordKind, record: Bytes, lookup = anyone) => {
  const verified = verifyRecord(kind, record, lookup);
  return verified.ok ? "ok" : verified.error.code;
};
describe("DSSE", () => {
  test("the pre-authentication encoding is the specification's example", () => {
    const encoded = preAuthEncoding("http://example.com/HelloWorld", utf8("hello world"));
    expect(utf8ToText(encoded)).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });

  test("lengths count bytes, not characters", () => {
    expect(utf8ToText(preAuthEncoding("t", utf8("匠评")))).toBe("DSSEv1 1 t 6 匠评");
  });

  test("the JSON form carries the same payload and signature", () => {
    const envelope = payloadOf(samples.head);
    const json = JSON.parse(envelopeToJson(envelope)) as { payload: string; signatures: { sig: string }[] };
    expect(Buffer.from(json.payload, "base64")).toEqual(Buffer.from(envelope.payload));
    expect(Buffer.from(json.signatures[0]?.sig ?? "", "base64")).toEqual(
      Buffer.from(envelope.signatures[0]?.sig ?? []),
    );
  });
});

// Every kind as every other: tests/vector-sets/type-confusion.ts.
describe("[P12] a record", () => {
  test.each(kinds)("of %s verifies as what it is", (kind) => {
    expect(codeOf(kind, samples[kind])).toBe("ok");
  });

  // What anybody may sign names the role it is signed under (incident.test.ts).
  const owned = kinds.filter((kind) => RECORDS[kind].role !== "anybody");
  test.each(owned)("of %s by a key that has every role but its own is refused", (kind) => {
    const without: KeyLookup = (kid) => {
      const found = anyone(kid);
      return found && { ...found, roles: everyRole.filter((role) => role !== RECORDS[kind].role) };
    };
    expect(codeOf(kind, samples[kind], without)).toBe("wire.role-not-allowed");
  });
});

describe("[P9] tampering", () => {
  test("a turned bit anywhere in a signed head is refused with a typed error", () => {
    for (let bit = 0; bit < samples.head.length * 8; bit += 5) {
      const record = samples.head.slice();
      record[bit >> 3] = (record[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect([bit, codeOf("head", record)]).not.toEqual([bit, "ok"]);
    }
  });

  test("any truncation, and anything after the end, is refused", () => {
    for (let length = 0; length < samples.sheet.length; length += 5) {
      expect(codeOf("sheet", samples.sheet.subarray(0, length))).toBe("wire.envelope");
    }
    expect(codeOf("sheet", concatBytes(samples.sheet, Uint8Array.of(0)))).toBe("wire.envelope");
    expect(codeOf("sheet", concatBytes(samples.sheet, samples.sheet))).toBe("wire.envelope");
  });

  test("a payload that is signed but not canonical is refused", () => {
    const { payloadType, payload } = payloadOf(samples.head);
    const spaced = utf8(utf8ToText(payload).replace("{", "{ "));
    const record = envelopeToRecord(signPayload(payloadType, spaced, [registry.receipts]));
    expect(codeOf("head", record)).toBe("wire.non-canonical");
  });

  test("an extra member, a missing one and another version are refused", () => {
    const value = peeked("head", samples.head);
    const { gaps: _gaps, ...less } = value;
    for (const wrong of [{ ...value, extra: 1 }, less, { ...value, v: 2 }]) {
      const record = envelopeToRecord(
        signPayload(RECORDS.head.type, canonicalBytes(wrong), [registry.receipts]),
      );
      expect(codeOf("head", record)).toBe("wire.shape");
    }
  });

  test("the signer named in the payload is the one who signed first", () => {
    const value = peeked("head", samples.head);
    const payload = canonicalBytes(value);
    const record = envelopeToRecord(signPayload(RECORDS.head.type, payload, [registry.permits]));
    expect(codeOf("head", record)).toBe("wire.signer-mismatch");
  });

  test("a bad, unknown or repeated second signature is not ignored", () => {
    const { payloadType, payload } = payloadOf(samples.batch);
    const signed = (...by: Signer[]) => envelopeToRecord(signPayload(payloadType, payload, by));
    expect(codeOf("batch", signed(device, leader))).toBe("ok");
    expect(codeOf("batch", signed(device, { ...leader, sign: () => new Uint8Array(64) }))).toBe(
      "wire.signature-invalid",
    );
    expect(codeOf("batch", signed(device, aSigner(99)))).toBe("wire.key-unknown");
    expect(codeOf("batch", signed(device, device))).toBe("wire.signature-invalid");
    expect(codeOf("batch", envelopeToRecord({ payloadType, payload, signatures: [] }))).toBe("wire.envelope");
    expect(codeOf("batch", signed(device, leader, examiner, administrator, registry.root))).toBe(
      "wire.envelope",
    );
  });

  test("a record that could not be read back is not signed", () => {
    const value = peeked("head", samples.head);
    expect(() => signRecord("head", { ...value, lastSeq: -1 }, [registry.receipts])).toThrow();
  });
});

describe("packs", () => {
  test("split into exactly the records that were put in, in order", () => {
    const records = kinds.map((kind) => samples[kind]);
    expect(splitRecords(concatBytes(...records))).toEqual({ ok: true, value: records });
    expect(splitRecords(new Uint8Array())).toEqual({ ok: true, value: [] });
  });

  test("a cut pack, or one with bytes between records, is refused whole", () => {
    const pack = concatBytes(samples.sheet, samples.attendance);
    for (const cut of [1, samples.sheet.length - 1, samples.sheet.length + 1, pack.length - 1]) {
      expect(splitRecords(pack.subarray(0, cut)).ok).toBe(false);
    }
    expect(splitRecords(concatBytes(samples.sheet, Uint8Array.of(7), samples.attendance)).ok).toBe(false);
  });

  test("a record's identity is the hash of its payload, signatures aside", () => {
    const { payloadType, payload } = payloadOf(samples.batch);
    const again = envelopeToRecord(signPayload(payloadType, payload, [device]));
    const [one, two] = [peekRecord("batch", samples.batch), peekRecord("batch", again)];
    expect(one.ok && two.ok && one.value.hash === two.value.hash).toBe(true);
    expect(one.ok && one.value.hash).toBe(hashId(payload));
  });
});

function peeked<K extends RecordKind>(kind: K, record: Bytes) {
  const read = peekRecord(kind, record);
  if (!read.ok) throw new Error(read.error.code);
  return read.value.value;
}
