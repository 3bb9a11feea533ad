// How a laptop and the keys of its people get in: a one-use code, proof of possession, strict key rules, and signed
// answers that a repeat gets again unchanged. No secret crosses the wire; of a code only its hash is kept.
import { timingSafeEqual } from "node:crypto";
import {
  bytesToBase32,
  bytesToHex,
  hexToBytes,
  InstantMs,
  invariant,
  ok,
  refuse,
  utf8,
  type Bytes,
  type InstitutionId,
  type Kid,
  type PersonId,
  type Result,
} from "#shared/base";
import { checkPublicKey, hashId, keyId } from "#shared/crypto";
import {
  peekRecord,
  recordToText,
  signRecord,
  verifyRecord,
  type EnrolRequestRecord,
  type KeyLookup,
  type PermitRecord,
  type PersonKeyRecord,
} from "#shared/wire";
import { createSerial } from "../acceptance/serial.ts";
import { wireProblem } from "../acceptance/verify-manifest.ts";
import type { WriteEntry } from "../acceptance/write-entry.ts";
import { LIMITS, type RegistryKeys } from "../keys/registry-keys.ts";
import { problem, type ProblemRefusal } from "../routes/problem.ts";
import type { Index } from "../store/index-of-journal.ts";
import { ownRecord } from "../store/stored.ts";
import type { Register, RegisterEntry } from "./register.ts";

export interface Enrolment {
  issueCode(institution: InstitutionId): Promise<string>;
  /** The enrolment record for a signed request. */
  enrol(request: Bytes): Promise<Result<Bytes, ProblemRefusal>>;
  /** The permit that admits these keys beside all earlier ones. */
  addPeopleKeys(records: readonly Bytes[]): Promise<Result<Bytes, ProblemRefusal>>;
  /** Who waits: keys that were vouched for on site and that no permit admits. */
  pending(): Promise<PendingKey[]>;
  /** An operator's act: a key that was vouched for is enrolled for the person it was vouched for. */
  enrolVouched(kid: Kid): Promise<Result<PendingKey, ProblemRefusal>>;
  permitFor(device: Kid): Promise<Result<Bytes, ProblemRefusal>>;
}

export interface PendingKey {
  readonly kid: Kid;
  readonly institution: InstitutionId;
  readonly person: PersonId;
  readonly name: string;
  readonly sheets: number;
}

export interface EnrolmentDeps {
  readonly write: WriteEntry;
  readonly index: Index;
  readonly keys: RegistryKeys;
  readonly register: Register;
  readonly clock: () => number;
  readonly random: (length: number) => Bytes;
  /** Keys were admitted: what was held for them counts from now on. */
  readonly onAdmitted: () => Promise<void>;
}

export function createEnrolment(deps: EnrolmentDeps): Enrolment {
  const { index, register, random, clock } = deps;
  const serial = createSerial();
  return {
    issueCode: async (institution) => {
      invariant(register.institution(institution), `institution ${institution} is in the register`);
      const code = bytesToBase32(random(10));
      await deps.write({
        kind: "code.issued",
        hash: hashId(utf8(code)),
        institution,
        at: InstantMs.parse(clock()),
      });
      return code;
    },
    enrol: (request) => serial(() => enrolDevice(request, deps)),
    addPeopleKeys: (records) =>
      serial(async () => {
        const permit = await admitKeys(records, deps);
        if (permit.ok) await deps.onAdmitted();
        return permit;
      }),
    pending: async () => {
      const kids = new Set((await index.pendingVouches()).map(({ kid }) => kid));
      const pending = await Promise.all([...kids].map((kid) => pendingKey(kid, index)));
      return pending.filter((one) => one !== undefined);
    },
    enrolVouched: (kid) =>
      serial(async () => {
        const enrolled = await enrolVouched(kid, deps);
        if (enrolled.ok) await deps.onAdmitted();
        return enrolled;
      }),
    permitFor: async (kid) => {
      const device = await index.device(kid);
      if (!device) return refuse(problem("device-unknown", `device ${kid} is not enrolled`));
      const latest = await index.latestPermit(device.institution);
      const isFor = latest && ownRecord("permit", latest.record).value.devices.includes(kid);
      return isFor ? ok(latest.record) : refuse(problem("permit-unknown", `no permit names device ${kid}`));
    },
  };
}

// 1 readable? · 2 a sound key, and its own id? · 3 possession proved over these exact bytes · 4 code known? ·
//   may this institution examine at all? · 5 unused, or used by this very device? · 6 a new device, or one of the same institution whose first run was cut off?
async function enrolDevice(request: Bytes, deps: EnrolmentDeps): Promise<Result<Bytes, ProblemRefusal>> {
  const { index, register } = deps;
  const peeked = peekRecord("enrolRequest", request);
  if (!peeked.ok) return refuse(wireProblem(peeked.error));
  const { device, code, continues } = peeked.value.value;
  const unsound = keyProblem(device.kid, hexToBytes(device.pub));
  if (unsound) return refuse(unsound);
  const verified = verifyRecord("enrolRequest", request, (kid) =>
    kid === device.kid ? { kid, pub: device.pub, roles: ["self"] } : undefined,
  );
  if (!verified.ok) return refuse(wireProblem(verified.error));
  const hash = hashId(utf8(code));
  const issued = await index.code(hash);
  if (!issued) return refuse(problem("enrolment-code-unknown", "no such code was issued"));
  if (issued.device !== null && issued.enrolment) {
    return isSameKid(issued.device, device.kid)
      ? ok(issued.enrolment)
      : refuse(problem("enrolment-code-used", "the code was used by another device"));
  }
  const entry = register.institution(issued.institution);
  if (!entry) return refuse(problem("enrolment-code-unknown", "the institution left the register"));
  if (entry.blocks.length > 0) {
    return refuse(
      problem("institution-refused", entry.blocks.map(({ rule, code }) => `${rule} ${code}`).join(", ")),
    );
  }
  if (await index.isRevoked(device.kid)) return refuse(problem("key-revoked", "enrol with a new key"));
  const enrolled = await index.device(device.kid);
  if (enrolled && enrolled.institution !== issued.institution) {
    return refuse(problem("key-refused", "this device is enrolled for another institution"));
  }
  const wrongFormer =
    continues === undefined ? undefined : await formerProblem(continues, device.kid, entry, index);
  if (wrongFormer) return refuse(wrongFormer);
  // Enrolled here, but the laptop never wrote it down: the new code is spent, the answer is the one that stands.
  const enrolment = (await index.enrolmentOf(device.kid)) ?? signEnrolment(device, entry, deps);
  await deps.write({
    kind: "device.enrolled",
    at: InstantMs.parse(deps.clock()),
    code: hash,
    device,
    institution: issued.institution,
    ...(continues === undefined ? {} : { continues }),
    request: recordToText(request),
    enrolment: recordToText(enrolment),
  });
  return ok(enrolment);
}

/** A device goes on with one of its own institution, and nobody else does: two would be a fork. */
async function formerProblem(
  former: Kid,
  device: Kid,
  { institution }: RegisterEntry,
  index: Index,
): Promise<ProblemRefusal | undefined> {
  const known = await index.device(former);
  if (known?.institution !== institution.id || isSameKid(former, device))
    return problem("device-unknown", `device ${former} is not one of ${institution.id}`);
  const successor = await index.successorOf(former);
  return successor && !isSameKid(successor.kid, device)
    ? problem("key-refused", `device ${former} is continued by another already`)
    : undefined;
}

function signEnrolment(
  device: EnrolRequestRecord["device"],
  { institution, people }: RegisterEntry,
  { keys, clock }: EnrolmentDeps,
): Bytes {
  return signRecord(
    "enrolment",
    {
      v: 1,
      aud: keys.aud,
      device,
      institution,
      people,
      at: InstantMs.parse(clock()),
      by: { kid: keys.permits.kid },
    },
    [keys.permits],
  ).record;
}

async function pendingKey(kid: Kid, index: Index): Promise<PendingKey | undefined> {
  const [vouch] = await index.vouchesFor(kid);
  if (!vouch) return undefined;
  const { joins } = ownRecord("panel", vouch.record).value;
  const { institution, person } = vouch;
  const sheets = (await index.heldBy(kid)).length;
  return { kid, institution, person, name: joins.person.name, sheets };
}

/** The register, not the laptop, says who may mark: the person must stand in it, under the id that was vouched for. */
async function enrolVouched(kid: Kid, deps: EnrolmentDeps): Promise<Result<PendingKey, ProblemRefusal>> {
  const { index, register, keys } = deps;
  const [vouch] = await index.vouchesFor(kid);
  const pending = await pendingKey(kid, index);
  if (!vouch || !pending) return refuse(problem("key-unknown", `nobody vouched for ${kid}`));
  const { institution, person, pub, device } = vouch;
  const known = register.person(institution, person);
  if (!known?.roles.includes("examiner")) {
    return refuse(problem("person-unknown", `${person} is no examiner in the register of ${institution}`));
  }
  const taken = await index.personKey(kid);
  if (taken) {
    return taken.person === person && taken.device === device
      ? ok(pending)
      : refuse(problem("key-refused", "this key is another person's"));
  }
  const permit = signRecord("permit", await permitWith([{ device, person, kid, pub }], institution, deps), [
    keys.permits,
  ]);
  await deps.write({
    kind: "keys.admitted",
    at: InstantMs.parse(deps.clock()),
    device,
    institution,
    keys: [{ kid, pub, person }],
    records: [recordToText(vouch.record)],
    permit: { hash: permit.hash, record: recordToText(permit.record) },
  });
  return ok(pending);
}

// All records or none; adding keys that are all known already changes nothing and gives the permit that stands.
async function admitKeys(
  records: readonly Bytes[],
  deps: EnrolmentDeps,
): Promise<Result<Bytes, ProblemRefusal>> {
  const { index, keys } = deps;
  const added: PersonKeyRecord[] = [];
  for (const record of records) {
    const key = await verifyPersonKey(record, deps);
    if (!key.ok) return key;
    added.push(key.value);
  }
  const [first] = added;
  const device = first && (await index.device(first.device));
  if (!device || added.some((key) => key.device !== device.kid)) {
    return refuse(problem("malformed", "keys of one device at a time"));
  }
  const known = await index.keysOn(device.kid);
  const isNew = added.some(({ kid }) => !known.some((key) => key.kid === kid));
  const standing = await index.latestPermit(device.institution);
  if (!isNew && standing) return ok(standing.record);
  const permit = signRecord("permit", await permitWith(added, device.institution, deps), [keys.permits]);
  await deps.write({
    kind: "keys.admitted",
    at: InstantMs.parse(deps.clock()),
    device: device.kid,
    institution: device.institution,
    keys: added.map(({ kid, pub, person }) => ({ kid, pub, person })),
    records: records.map(recordToText),
    permit: { hash: permit.hash, record: recordToText(permit.record) },
  });
  return ok(permit.record);
}

/** Signed by the person's new key, which proves possession, and by the device, which vouches for the person. */
async function verifyPersonKey(
  record: Bytes,
  { index, register }: EnrolmentDeps,
): Promise<Result<PersonKeyRecord, ProblemRefusal>> {
  const peeked = peekRecord("personKey", record);
  if (!peeked.ok) return refuse(wireProblem(peeked.error));
  const { device: deviceKid, kid, pub, person } = peeked.value.value;
  const unsound = keyProblem(kid, hexToBytes(pub));
  if (unsound) return refuse(unsound);
  const device = await index.device(deviceKid);
  if (!device) return refuse(problem("key-unknown", `device ${deviceKid} is not enrolled`));
  for (const key of [deviceKid, kid]) {
    if (await index.isRevoked(key)) return refuse(problem("key-revoked", key));
  }
  const lookup: KeyLookup = (asked) => {
    if (asked === kid) return { kid, pub, roles: ["self"] };
    return asked === device.kid ? { kid: asked, pub: device.pub, roles: ["device"] } : undefined;
  };
  const verified = verifyRecord("personKey", record, lookup);
  if (!verified.ok) return refuse(wireProblem(verified.error));
  if (!verified.value.signers.some((signer) => signer.kid === device.kid)) {
    return refuse(problem("signature-invalid", "the device did not sign"));
  }
  if (!register.person(device.institution, person)) {
    return refuse(problem("person-unknown", `${person} is not in the register of ${device.institution}`));
  }
  const taken = await index.personKey(kid);
  if (taken && (taken.person !== person || taken.device !== device.kid)) {
    return refuse(problem("key-refused", "this key is another person's"));
  }
  return ok(verified.value.value);
}

/** Every device of the institution and the newest key of each person on each. */
async function permitWith(
  added: readonly Pick<PersonKeyRecord, "device" | "person" | "kid" | "pub">[],
  institution: InstitutionId,
  { index, register, keys, clock, random }: EnrolmentDeps,
): Promise<PermitRecord> {
  const current = await index.currentKeys(institution);
  const replaced = (key: { device: Kid; person: string }) =>
    added.some(({ device, person }) => device === key.device && person === key.person);
  const people = [...current.filter((key) => !replaced(key)), ...added].map(
    ({ person, kid, pub, device }) => ({
      id: person,
      kid,
      pub,
      device,
      roles: register.person(institution, person)?.roles ?? [],
    }),
  );
  const now = clock();
  const entry = register.institution(institution);
  invariant(entry, "keys are admitted for an institution of the register");
  return {
    v: 1,
    permitId: bytesToHex(random(16)),
    nonce: bytesToHex(random(16)),
    centre: institution,
    policy: entry.institution.demo ? "demo" : "default",
    window: { from: InstantMs.parse(now - DAY_MS), to: InstantMs.parse(now + 366 * DAY_MS) },
    devices: (await index.devicesOf(institution)).map(({ kid }) => kid),
    people: people.filter(({ roles }) => roles.length > 0),
    transportKey: keys.transport.publicKey,
    limits: LIMITS,
    reference: register.referenceOf(entry, bytesToHex(random(16))),
    aud: keys.aud,
    by: { kid: keys.permits.kid },
  };
}

const DAY_MS = 24 * 3_600_000;

function keyProblem(kid: Kid, pub: Bytes): ProblemRefusal | undefined {
  const sound = checkPublicKey(pub);
  if (!sound.ok) return problem("key-refused", sound.error.code);
  return keyId(pub) === kid ? undefined : problem("key-refused", "the key has another id");
}

function isSameKid(a: Kid, b: Kid): boolean {
  return timingSafeEqual(utf8(a), utf8(b));
}
