// Opening a centre on this laptop: a device key, an enrolment by the registry, its keyset pinned. Happens once; it is
// the first entry of the journal.
import {
  bytesToHex,
  ok,
  PublicKeyHex,
  refuse,
  type Bytes,
  type HashId,
  type Kid,
  type Refusal,
  type Result,
} from "#shared/base";
import type { Signer } from "#shared/crypto";
import type { Institution, Person } from "#shared/exam";
import { ONLY, type CentreRow } from "#shared/journal";
import { sampleRubrics } from "#shared/rules";
import { rubricHash, signRecord, verifyRecord, type VerifiedRecord } from "#shared/wire";
import { keyMade, personKeyRecord } from "./person-keys.ts";
import { keysetLookup, permitDraft, readKeyset } from "./trust.ts";
import type { Serial } from "./serial.ts";
import type {
  Answer,
  Confirm,
  EntryDraft,
  Environment,
  Journal,
  Keys,
  RegistryClient,
  RegistryRefusal,
} from "./ports.ts";

export interface Centre {
  tryDemonstration(): Answer<"centre.tryDemonstration">;
  contact(url: string): Answer<"centre.contact">;
  enrol(input: { url: string; keyset: HashId; code: string }): Answer<"centre.enrol">;
}

export interface CentreDeps {
  readonly journal: Journal;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly registry: RegistryClient;
  readonly env: Environment;
  readonly serial: Serial;
  /** The registry that was given to this start; the demonstration enrols there. */
  readonly demonstrationUrl: string | null;
}

const MIN_PASSPHRASE = 12;

/**
 * Where to call a centre's registry. The demonstration's is started beside the app and may listen elsewhere each time:
 * there the address given to this start goes first. Whoever answers is believed by the pinned keyset, not by the address.
 */
export function registryUrlOf(
  { institution, registry }: Pick<CentreRow, "institution" | "registry">,
  givenUrl: string | null,
): string {
  return institution.demo && givenUrl !== null ? givenUrl : registry.url;
}

export function createCentre(deps: CentreDeps): Centre {
  const { journal, registry, serial } = deps;
  const isOpen = () => journal.view.read("centre", ONLY) !== undefined;

  return {
    tryDemonstration: () =>
      serial(async () => {
        if (isOpen()) return refuse({ code: "centre.open" });
        const url = deps.demonstrationUrl;
        if (url === null) return refuse({ code: "registry.no-demonstration" });
        const contact = await contactRegistry(url, registry);
        if (!contact.ok) return contact;
        const code = await registry.demonstrationCode(url);
        if (!code.ok) return narrowed(code.error);
        const device = deps.keys.device() ?? (await deps.keys.createDevice({ demo: true, passphrase: null }));
        return openDemonstration(url, code.value, device, contact.value.keyset, deps);
      }),

    contact: async (url) => {
      const contact = await contactRegistry(url, registry);
      if (!contact.ok) return contact;
      const { keyset, demo } = contact.value;
      return ok({ url, name: keyset.value.name, keyset: keyset.hash, demo });
    },

    enrol: ({ url, keyset, code }) =>
      serial(async () => {
        if (isOpen()) return refuse({ code: "centre.open" });
        const contact = await contactRegistry(url, registry);
        if (!contact.ok) return contact;
        if (contact.value.keyset.hash !== keyset) return refuse({ code: "registry.keyset-changed" });
        const device = await deviceOfCentre(deps);
        if (!device.ok) return device;
        const enrolled = await enrolDevice(url, code, device.value, contact.value.keyset, deps);
        if (!enrolled.ok) return enrolled;
        return written(await journal.append(null, [enrolled.value.draft]));
      }),
  };
}

interface Contact {
  readonly keyset: VerifiedRecord<"keyset">;
  readonly demo: boolean;
}

type ContactRefusal = Refusal<"registry.unreachable" | "registry.not-a-registry" | "registry.not-loopback">;
type EnrolRefusal =
  ContactRefusal | Refusal<"enrolment.refused" | "enrolment.code-unknown" | "enrolment.code-used">;

async function contactRegistry(
  url: string,
  registry: RegistryClient,
): Promise<Result<Contact, ContactRefusal>> {
  const answer = await registry.contact(url);
  if (!answer.ok) return refuse({ code: contactCode(answer.error) });
  const keyset = readKeyset(answer.value.keyset);
  return keyset.ok ? ok({ keyset: keyset.value, demo: answer.value.demo }) : keyset;
}

function contactCode({ code }: RegistryRefusal): ContactRefusal["code"] {
  return code === "registry.unreachable" || code === "registry.not-loopback"
    ? code
    : "registry.not-a-registry";
}

/** A laptop without a keyring gets a passphrase, chosen in main's window (rulings 11). */
async function deviceOfCentre({
  keys,
  confirm,
}: CentreDeps): Promise<Result<Signer, Refusal<"person.declined">>> {
  const known = keys.device();
  if (known) return ok(known);
  if (keys.storageForNewDevice(false) === "keyring")
    return ok(await keys.createDevice({ demo: false, passphrase: null }));
  const chosen = await choosePassphrase(confirm, (passphrase) =>
    keys.createDevice({ demo: false, passphrase }),
  );
  return chosen.ok ? chosen : refuse({ code: "person.declined" });
}

/** A laptop without a keyring gets a passphrase of its own, typed twice in main's window. */
export function choosePassphrase<T>(
  confirm: Confirm,
  use: (passphrase: string) => Promise<T>,
): Promise<Result<T, Refusal>> {
  return confirm.ask(
    null,
    { kind: "passphrase", isNew: true },
    async (passphrase, repeated): Promise<Result<T, Refusal>> => {
      if (passphrase.length < MIN_PASSPHRASE)
        return refuse({ code: "secret.too-short", facts: { least: MIN_PASSPHRASE } });
      if (passphrase !== repeated) return refuse({ code: "secret.not-repeated" });
      return ok(await use(passphrase));
    },
  );
}

interface Enrolled {
  readonly institution: Institution;
  readonly people: readonly Person[];
  readonly draft: EntryDraft;
}

async function enrolDevice(
  url: string,
  code: string,
  device: Signer,
  keyset: VerifiedRecord<"keyset">,
  deps: EnrolDeps,
): Promise<Result<Enrolled, EnrolRefusal>> {
  const enrolment = await requestEnrolment({ url, code, device, continues: null }, keyset, deps);
  if (!enrolment.ok) return enrolment;
  const { institution, people } = enrolment.value.value;
  const body = {
    kind: "centre.opened" as const,
    institution,
    people: [...people],
    device: device.kid,
    aud: enrolment.value.value.aud,
    registry: { url, name: keyset.value.name },
    keyset: keyset.hash,
    storage: deps.keys.storage() ?? ("passphrase" as const),
  };
  return ok({ institution, people, draft: { body, attachments: [keyset.record, enrolment.value.record] } });
}

export type EnrolDeps = Pick<CentreDeps, "registry" | "keys" | "env">;

export interface EnrolmentAsked {
  readonly url: string;
  readonly code: string;
  readonly device: Signer;
  /** The device whose work this one goes on with. */
  readonly continues: Kid | null;
}

/** The registry's signed yes, believed by the pinned keyset. */
export async function requestEnrolment(
  { url, code, device, continues }: EnrolmentAsked,
  keyset: VerifiedRecord<"keyset">,
  { registry, keys, env }: EnrolDeps,
): Promise<Result<VerifiedRecord<"enrolment">, EnrolRefusal>> {
  const storage = keys.storage() ?? "passphrase";
  const asked = { kid: device.kid, pub: PublicKeyHex.parse(bytesToHex(device.publicKey)) };
  const nonce = bytesToHex(env.random(16));
  const request = signRecord(
    "enrolRequest",
    {
      ...{ v: 1 as const, code, device: asked, storage },
      ...(continues === null ? {} : { continues }),
      ...{ nonce, by: { kid: device.kid } },
    },
    [device],
  );
  const answer = await registry.enrol(url, request.record);
  if (!answer.ok) return refuse({ code: enrolCode(answer.error) });
  const enrolment = verifyRecord("enrolment", answer.value.enrolment, keysetLookup(keyset.value));
  if (!enrolment.ok) return refuse({ code: "enrolment.refused" });
  const { aud, device: enrolled } = enrolment.value.value;
  if (aud !== keyset.value.aud || enrolled.kid !== device.kid) return refuse({ code: "enrolment.refused" });
  return enrolment;
}

function enrolCode({ code }: RegistryRefusal): EnrolRefusal["code"] {
  switch (code) {
    case "enrolment.code-unknown":
    case "enrolment.code-used":
    case "registry.unreachable":
    case "registry.not-loopback":
      return code;
    default:
      return "enrolment.refused";
  }
}

/** The demonstration opens in one group of entries: the centre, nine keys whose PINs main made up, permit and rubrics. */
async function openDemonstration(
  url: string,
  code: string,
  device: Signer,
  keyset: VerifiedRecord<"keyset">,
  deps: CentreDeps,
): Answer<"centre.tryDemonstration"> {
  const { keys, env, journal, registry } = deps;
  const enrolled = await enrolDevice(url, code, device, keyset, deps);
  if (!enrolled.ok) return narrowed(enrolled.error);
  if (!enrolled.value.institution.demo) return refuse({ code: "registry.no-demonstration" });
  const made = await demonstrationKeys(enrolled.value.people, device, { keys, env });
  if (!made) return refuse({ code: "registry.no-demonstration" });
  const { drafts } = made;
  const answer = await registry.addPeopleKeys(url, made.records);
  if (!answer.ok) return narrowed(answer.error);
  const permit = permitDraft(answer.value.permit, keyset.value);
  if (!permit.ok) return permit;
  const rubrics = sampleRubrics().map((rubric): EntryDraft => ({
    body: { kind: "rubric.added", hash: rubricHash(rubric), rubric },
  }));
  return written(await journal.append(null, [enrolled.value.draft, ...drafts, permit.value, ...rubrics]));
}

/** A key for everybody, under PINs that main makes up; made already, they are the same again. */
export async function demonstrationKeys(
  people: readonly Pick<Person, "id">[],
  device: Signer,
  { keys, env }: Pick<CentreDeps, "keys" | "env">,
): Promise<{ readonly drafts: EntryDraft[]; readonly records: Bytes[] } | undefined> {
  const drafts: EntryDraft[] = [];
  const records: Bytes[] = [];
  for (const { id } of people) {
    const pin = keys.demoPin(id);
    if (pin === null) return undefined;
    const signer = await keys.createPerson(id, pin);
    drafts.push(keyMade(id, signer));
    records.push(personKeyRecord(id, signer, device, env));
  }
  return { drafts, records };
}

function narrowed({ code }: RegistryRefusal | EnrolRefusal) {
  return code === "enrolment.code-unknown" || code === "enrolment.code-used"
    ? refuse({ code: "enrolment.refused" as const })
    : refuse({ code });
}

function written(
  appended: Result<unknown, Refusal>,
): Result<Record<string, never>, Refusal<"journal.failed">> {
  return appended.ok ? ok({}) : refuse({ code: "journal.failed" });
}
