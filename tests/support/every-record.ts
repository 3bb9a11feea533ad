// One signed record of every kind, by keys of one small world: for whatever must hold for all of them. A new kind without a
// sample does not compile.
import { z } from "zod";
import { Day, InstantMs, InstitutionId, NO_HASH, PersonId, type Bytes, type HashId } from "#shared/base";
import type { Signer } from "#shared/crypto";
import { DRILL_STEPS, InspectorId, Role } from "#shared/exam";
import {
  recordToEnvelope,
  RECORDS,
  signRecord,
  type Envelope,
  type KeyLookup,
  type RecordKind,
  type SignerRole,
} from "#shared/wire";
import { aReferencePack } from "./reference-builder.ts";
import { aCandidateRef, anOfflineLaptop, aSigner, CLOCK, PERSON, publicKeyHex } from "./wire-builders.ts";
import { aReceiptRecord } from "./receipt-builder.ts";

export const registry = {
  root: aSigner(11),
  receipts: aSigner(12),
  permits: aSigner(13),
  revocations: aSigner(14),
};
const laptop = anOfflineLaptop();
export const { device, administrator, leader, examiner } = laptop.keys;
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

export const samples: Record<RecordKind, Bytes> = {
  roster: laptop.roster([aCandidateRef()]).record,
  sheet: laptop.sheet(aCandidateRef()).record,
  attendance: laptop.absence(aCandidateRef()).record,
  delta: laptop.delta(aSigner(16), {}, [laptop.keys.leader]).record,
  incident: laptop.incident().record,
  supervision: laptop.visit(administrator).record,
  panel: laptop.panelChange(aSigner(14), aSigner(15), {}, [laptop.keys.leader]).record,
  batch: (await laptop.seal()).record,
  amendment: laptop.amendment(aCandidateRef(), NO_HASH, {}, [examiner]).record,
  review: laptop.review({ kind: "sitting" }, NO_HASH, administrator).record,
  upholding: laptop.upholding(aCandidateRef(), NO_HASH),
  settlement: laptop.settlement(aCandidateRef(), [NO_HASH, `${NO_HASH.slice(0, -1)}1` as HashId]).record,
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
  receipt: aReceiptRecord({ batch: NO_HASH, device: device.kid, deviceSeq: 1 }, registry.receipts).record,
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
  drawCommitment: signRecord(
    "drawCommitment",
    {
      ...{ v: 1, aud, plan: "2027-1", no: 1, prev: NO_HASH, algorithm: "r58-sha256-1" },
      ...{ secret: NO_HASH, register: NO_HASH, objects: NO_HASH, inspectors: NO_HASH },
      rates: { percent: 5, inspectorsPerObject: 2 },
      source: { name: "a public value", day: Day.parse("2027-01-02") },
      ...{ at, by: { kid: registry.permits.kid } },
    },
    [registry.permits],
  ).record,
  draw: signRecord(
    "draw",
    {
      ...{ v: 1, aud, plan: "2027-1", commitment: NO_HASH, secret: nonce.repeat(2), value: "7" },
      register: {
        objects: [{ id: institution.id, name: institution.name, always: false }],
        inspectors: [InspectorId.parse("hrss-01")],
        conflicts: [],
      },
      drawn: [
        {
          object: institution.id,
          inspectors: [InspectorId.parse("hrss-01")],
          stoodAside: [],
          because: "DRAWN",
        },
      ],
      ...{ at, by: { kid: registry.permits.kid } },
    },
    [registry.permits],
  ).record,
  drawFindings: signRecord(
    "drawFindings",
    {
      ...{
        v: 1,
        aud,
        plan: "2027-1",
        draw: NO_HASH,
        no: 1,
        prev: NO_HASH,
        at,
        by: { kid: registry.permits.kid },
      },
      findings: [
        {
          ...{
            object: institution.id,
            matter: "venue",
            found: "齐备",
            correct: "",
            due: null,
            corrected: null,
          },
          ...{ inspected: Day.parse("2027-03-01"), published: Day.parse("2027-03-02") },
        },
      ],
    },
    [registry.permits],
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
export const kinds = Object.keys(samples) as RecordKind[];

/** Whose keys `anyone` knows. */
export const signers: readonly Signer[] = [
  device,
  administrator,
  leader,
  examiner,
  ...Object.values(registry),
];
export const everyRole: SignerRole[] = kinds.map((kind) => RECORDS[kind].role);
/** The role that the sample of a kind is signed in: where anybody may, the one it names. */
export function roleOfSample(kind: RecordKind): SignerRole {
  const { role } = RECORDS[kind];
  if (role !== "anybody") return role;
  const named = z.object({ by: z.object({ role: Role }) });
  return named.parse(JSON.parse(new TextDecoder().decode(payloadOf(samples[kind]).payload))).by.role;
}
/** Every key may do everything: what is refused then is refused for itself. */
export const anyone: KeyLookup = (kid) => {
  const signer = signers.find((one) => one.kid === kid);
  return signer && { ...key(signer), roles: everyRole };
};

export function payloadOf(record: Bytes): Envelope {
  const envelope = recordToEnvelope(record);
  if (!envelope.ok) throw new Error(envelope.error.code);
  return envelope.value;
}
