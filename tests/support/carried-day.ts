// A day as its files leave it: keyset, enrolment, permit, one sealed batch, its receipt, a proof and a checkpoint. Everything is
// signed by keys made here, so that a test may spoil one thing and sign it again, or not.
import {
  bytesToBase64,
  concatBytes,
  digestToHashId,
  InstitutionId,
  NO_HASH,
  utf8,
  type Bytes,
} from "#shared/base";
import { digest, hashId, keyId, newTransportPair, type Signer } from "#shared/crypto";
import {
  canonicalBytes,
  envelopeFrame,
  envelopeToRecord,
  objectFrame,
  proofFrame,
  RECORDS,
  signPayload,
  writeBundle,
  type RecordKind,
} from "#shared/wire";
import { aCandidateRef, aSigner, CLOCK, Laptop, PERSON, publicKeyHex, someKeys } from "./wire-builders.ts";

const AUD = "registry.test";
export const ORIGIN = "registry.test/results/2026";

export const registryKeys = {
  root: aSigner(),
  receipts: aSigner(),
  permits: aSigner(),
  revocations: aSigner(),
  log: aSigner(),
};

/** As the registry would sign it; the value is not held against any schema. */
export function signedBy(
  kind: RecordKind,
  value: Record<string, unknown>,
  signers: readonly Signer[],
): Bytes {
  return envelopeToRecord(signPayload(RECORDS[kind].type, canonicalBytes(value), signers));
}

export type CarriedDay = Awaited<ReturnType<typeof aCarriedDay>>;

export async function aCarriedDay() {
  const transport = await newTransportPair();
  const keys = someKeys();
  const centre = InstitutionId.parse("demo-centre");
  const key = (signer: Signer) => ({ kid: signer.kid, pub: publicKeyHex(signer) });
  const transportKey = {
    kid: `x25519.${keyId(transport.publicKey).slice("ed25519.".length)}`,
    pub: publicKeyHex({ ...keys.device, publicKey: transport.publicKey }),
  };
  const keyset = signedBy(
    "keyset",
    {
      v: 1,
      version: 1,
      aud: AUD,
      name: { zh: "登记处", en: "Registry" },
      keys: Object.entries(registryKeys).map(([role, signer]) => ({ ...key(signer), role })),
      transportKey,
      suites: ["ERT-INT-1"],
      limits: { maxSheets: 1, maxObject: 1 },
      by: { kid: registryKeys.root.kid },
    },
    [registryKeys.root],
  );
  const enrolment = signedBy(
    "enrolment",
    {
      v: 1,
      aud: AUD,
      device: key(keys.device),
      institution: { id: centre, name: { zh: "中心", en: "Centre" }, demo: true },
      people: [],
      at: CLOCK.wall,
      by: { kid: registryKeys.permits.kid },
    },
    [registryKeys.permits],
  );
  const person = (id: string, signer: Signer, role: string) => ({
    id,
    ...key(signer),
    device: keys.device.kid,
    roles: [role],
  });
  const permitValue = {
    v: 1,
    permitId: "0".repeat(32),
    nonce: "0".repeat(32),
    centre,
    devices: [keys.device.kid],
    people: [
      person(PERSON.administrator, keys.administrator, "administrator"),
      person(PERSON.leader, keys.leader, "panelLeader"),
      person(PERSON.examiner, keys.examiner, "examiner"),
    ],
    transportKey,
    aud: AUD,
    by: { kid: registryKeys.permits.kid },
  };
  const permit = signedBy("permit", permitValue, [registryKeys.permits]);
  const laptop = new Laptop(keys, {
    hash: hashId(canonicalBytes(permitValue)),
    value: { aud: AUD, centre, transportKey },
  });
  const [first, second] = [aCandidateRef(), aCandidateRef()];
  laptop.roster([first, second]);
  laptop.sheet(first);
  laptop.absence(second);
  const records = laptop.signed.map(({ record }) => record);
  const sealed = await laptop.seal();
  const receiptValue = {
    v: 1,
    batch: sealed.batch,
    device: keys.device.kid,
    deviceSeq: 1,
    verdict: "accepted",
    acceptedAt: CLOCK.wall + 1000,
    regSeq: 1,
    sheets: { accepted: 1, quarantined: 0, rejected: 0 },
    notes: [],
    log: ORIGIN,
    prevReceipt: NO_HASH,
    revocations: 0,
    by: { kid: registryKeys.receipts.kid },
  };
  const leaf = leafOf(receiptValue);
  const receipt = signedBy("receipt", { ...receiptValue, leaf: digestToHashId(leaf) }, [
    registryKeys.receipts,
  ]);
  const others = [digest(utf8("before")), digest(utf8("after"))] as const;
  const left = digest(concatBytes(Uint8Array.of(1), others[0], leaf));
  const root = digest(concatBytes(Uint8Array.of(1), left, others[1]));
  const checkpoint = aCheckpoint(3, root);
  const proof = aProof(1, [others[0], others[1]], checkpoint);
  const frames = [
    ...[keyset, enrolment, permit, sealed.record, receipt].map(envelopeFrame),
    ...sealed.objects.map(objectFrame),
    proofFrame(proof),
  ];
  return {
    ...{ keys, laptop, records, sealed, keyset, enrolment, permit, permitValue, receiptValue, leaf, receipt },
    ...{ transport, root, checkpoint, proof, frames, others },
    bundle: writeBundle(frames).bytes,
  };
}

/** RFC 6962 §2.1 over the leaf of protocol 2.2. */
export function leafOf(receipt: {
  batch: string;
  device: string;
  deviceSeq: number;
  acceptedAt: number;
  sheets: { accepted: number; quarantined: number; rejected: number };
}): Bytes {
  const { accepted, quarantined, rejected } = receipt.sheets;
  const leaf = {
    ...{ v: 1, k: "batch", h: receipt.batch, d: receipt.device, n: receipt.deviceSeq, t: receipt.acceptedAt },
    ...{ c: accepted + quarantined + rejected, a: accepted },
  };
  return digest(concatBytes(Uint8Array.of(0), canonicalBytes(leaf)));
}

/** C2SP signed-note and tlog-checkpoint, written out. */
export function aCheckpoint(size: number, root: Bytes, signer: Signer = registryKeys.log): Bytes {
  const text = `${ORIGIN}\n${String(size)}\n${bytesToBase64(root)}\n`;
  const id = digest(concatBytes(utf8(`${ORIGIN}\n`), Uint8Array.of(1), signer.publicKey)).subarray(0, 4);
  return utf8(`${text}\n— ${ORIGIN} ${bytesToBase64(concatBytes(id, signer.sign(utf8(text))))}\n`);
}

/** C2SP tlog-proof. */
export function aProof(index: number, hashes: readonly Bytes[], checkpoint: Bytes): Bytes {
  const lines = ["c2sp.org/tlog-proof@v1", `index ${String(index)}`, ...hashes.map(bytesToBase64)];
  return concatBytes(utf8(`${lines.join("\n")}\n\n`), checkpoint);
}
