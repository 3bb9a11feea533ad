// A signed record is what it says and nothing else: no kind passes for another, no bit can turn, no signature can be
// moved, dropped or repeated (P9, P12).
import { describe, expect, test } from "vitest";
import {
  concatBytes,
  InstantMs,
  InstitutionId,
  LogOrigin,
  NO_HASH,
  PersonId,
  utf8,
  utf8ToText,
  type Bytes,
} from "#shared/base";
import { hashId, type Signer } from "#shared/crypto";
import { DRILL_STEPS } from "#shared/exam";
import {
  canonicalBytes,
  envelopeToJson,
  envelopeToRecord,
  peekRecord,
  preAuthEncoding,
  recordToEnvelope,
  RECORDS,
  signPayload,
  signRecord,
  splitRecords,
  verifyRecord,
  type KeyLookup,
  type RecordKind,
  type SignerRole,
} from "#shared/wire";
import { aReferencePack } from "../../support/reference-builder.ts";
import {
  aCandidateRef,
  anOfflineLaptop,
  aSigner,
  CLOCK,
  PERSON,
  publicKeyHex,
} from "../../support/wire-builders.ts";

const registry = {
  root: aSigner(11),
  receipts: aSigner(12),
  permits: aSigner(13),
  revocations: aSigner(14),
};
const laptop = anOfflineLaptop();
const { device, administrator, leader, examiner } = laptop.keys;
const limits = { maxSheets: 1, maxObject: 1 };
const institution = {
  id: InstitutionId.parse("demo-centre"),
  name: { zh: "中心", en: "Centre" },
  demo: true,
};
const key = (signer: Signer) => ({ kid: signer.kid, pub: publicKeyHex(signer) });
const nonce = "0".repeat(32);
const at = InstantMs.parse(1);
const { aud, transportKey } = laptop.permit.value;
const revoked = {
  kid: device.kid,
  kind: "device",
  reason: "lost",
  effective: at,
  version: 1,
} as const;

const samples: Record<RecordKind, Bytes> = {
  roster: laptop.roster([aCandidateRef()]).record,
  sheet: laptop.sheet(aCandidateRef()).record,
  attendance: laptop.absence(aCandidateRef()).record,
  panel: laptop.panelChange(aSigner(14), aSigner(15), {}, [laptop.keys.leader]).record,
  batch: (await laptop.seal()).record,
  readiness: signRecord(
    "readiness",
    {
      v: 1,
      device: device.kid,
      results: DRILL_STEPS.map((step) => ({
        step,
        result: "held" as const,
        trouble: null,
        tried: 1,
        stakes: 1,
        wrong: 0,
        modelled: false,
        durationMs: 1,
      })),
      journal: { entries: 1, head: NO_HASH },
      started: CLOCK,
      finished: CLOCK,
      person: { id: PersonId.parse("p-01"), kid: device.kid },
      by: { kid: device.kid, role: "device" },
      app: { ver: "0", build: NO_HASH },
    },
    [device],
  ).record,
  receipt: signRecord(
    "receipt",
    {
      v: 1,
      batch: NO_HASH,
      device: device.kid,
      deviceSeq: 1,
      verdict: "accepted",
      acceptedAt: at,
      regSeq: 1,
      sheets: { accepted: 0, quarantined: 0, rejected: 0 },
      notes: [],
      leaf: NO_HASH,
      log: LogOrigin.parse("registry.test/results/2026"),
      prevReceipt: NO_HASH,
      revocations: 0,
      by: { kid: registry.receipts.kid },
    },
    [registry.receipts],
  ).record,
  permit: signRecord(
    "permit",
    {
      v: 1,
      permitId: nonce,
      nonce,
      centre: institution.id,
      policy: "demo",
      window: { from: at, to: at },
      devices: [device.kid],
      people: [{ id: PERSON.examiner, ...key(examiner), device: device.kid, roles: ["examiner"] }],
      transportKey,
      limits,
      reference: aReferencePack(),
      aud,
      by: { kid: registry.permits.kid },
    },
    [registry.permits],
  ).record,
  enrolRequest: signRecord(
    "enrolRequest",
    { v: 1, code: "A".repeat(16), device: key(device), storage: "demo-file", nonce, by: { kid: device.kid } },
    [device],
  ).record,
  personKey: signRecord(
    "personKey",
    { v: 1, device: device.kid, person: PERSON.examiner, ...key(examiner), nonce, by: { kid: examiner.kid } },
    [examiner, device],
  ).record,
  enrolment: signRecord(
    "enrolment",
    { v: 1, aud, device: key(device), institution, people: [], at, by: { kid: registry.permits.kid } },
    [registry.permits],
  ).record,
  keyset: signRecord(
    "keyset",
    {
      v: 1,
      version: 1,
      aud,
      name: institution.name,
      keys: [{ ...key(registry.root), role: "root" }],
      transportKey,
      suites: ["ERT-INT-1"],
      limits,
      by: { kid: registry.root.kid },
    },
    [registry.root],
  ).record,
  head: signRecord(
    "head",
    {
      v: 1,
      device: device.kid,
      nonce,
      lastSeq: 0,
      lastBatch: NO_HASH,
      gaps: [],
      frozen: false,
      revocations: 0,
      time: at,
      by: { kid: registry.receipts.kid },
    },
    [registry.receipts],
  ).record,
  query: signRecord(
    "query",
    { v: 1, aud, device: device.kid, what: "head", nonce, at: 0, by: { kid: device.kid } },
    [device],
  ).record,
  evidence: signRecord(
    "evidence",
    { v: 1, batch: NO_HASH, device: device.kid, objects: 1, at, by: { kid: registry.receipts.kid } },
    [registry.receipts],
  ).record,
  revocation: signRecord("revocation", { v: 1, aud, ...revoked, by: { kid: registry.revocations.kid } }, [
    registry.revocations,
  ]).record,
  revocationList: signRecord(
    "revocationList",
    { v: 1, aud, version: 1, revocations: [revoked], by: { kid: registry.revocations.kid } },
    [registry.revocations],
  ).record,
};
const kinds = Object.keys(samples) as RecordKind[];

const signers = [device, administrator, leader, examiner, ...Object.values(registry)];
const everyRole: SignerRole[] = kinds.map((kind) => RECORDS[kind].role);
/** Every key may do everything: what is refused then is refused for itself. */
const anyone: KeyLookup = (kid) => {
  const signer = signers.find((one) => one.kid === kid);
  return signer && { ...key(signer), roles: everyRole };
};
const codeOf = (kind: RecordKind, record: Bytes, lookup = anyone) => {
  const verified = verifyRecord(kind, record, lookup);
  return verified.ok ? "ok" : verified.error.code;
};
const payloadOf = (record: Bytes) => {
  const envelope = recordToEnvelope(record);
  if (!envelope.ok) throw new Error(envelope.error.code);
  return envelope.value;
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

describe("[P12] type confusion", () => {
  test.each(kinds)("a %s verifies as itself and as no other kind", (kind) => {
    for (const other of kinds) {
      expect([other, codeOf(other, samples[kind])]).toEqual([
        other,
        other === kind ? "ok" : "wire.wrong-type",
      ]);
    }
  });

  test.each(kinds)("the payload of a %s, signed as any other kind, is refused", (kind) => {
    const { payload } = payloadOf(samples[kind]);
    for (const other of kinds) {
      if (other === kind) continue;
      const disguised = envelopeToRecord(signPayload(RECORDS[other].type, payload, [device]));
      expect([other, codeOf(other, disguised)]).toEqual([other, "wire.shape"]);
    }
  });

  test.each(kinds)("a %s with its type rewritten fails its signature", (kind) => {
    const envelope = payloadOf(samples[kind]);
    for (const other of kinds) {
      if (other === kind) continue;
      const moved = envelopeToRecord({ ...envelope, payloadType: RECORDS[other].type });
      expect(codeOf(other, moved)).toBe("wire.signature-invalid");
    }
  });

  test.each(kinds)("a %s by a key without the role is refused", (kind) => {
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
