// The desk on a table of its own: a journal in memory, keys without a password hash, a person who answers the
// confirmation window, and a registry that signs what it is asked to. Plain fakes of the ports, for unit tests.
import { gzipSync } from "node:zlib";
import { randomBytes } from "node:crypto";
import type { Kid } from "#shared/base";
import {
  bytesToBase64url,
  bytesToHex,
  CandidateRef,
  HashId,
  InstantMs,
  InstitutionId,
  NO_HASH,
  ok,
  PersonId,
  PublicKeyHex,
  refuse,
  SheetId,
  SittingId,
  type Bytes,
  type ClockReading,
  type Refusal,
  type Result,
} from "#shared/base";
import { createSigner, hashId, keyId, newTransportPair, sealObject, type Signer } from "#shared/crypto";
import { readPicture, type ReferencePack } from "#shared/exam";
import type { ConfirmMatter } from "#shared/ipc";
import { createJournalView, JournalEntry, type GrowingView, type StoredEntry } from "#shared/journal";
import { peekRecord, signRecord, canonicalText } from "#shared/wire";
import { utf8 } from "#shared/base";
import type {
  Confirm,
  EntryDraft,
  Environment,
  EvidenceFiles,
  Journal,
  Keys,
  RegistryClient,
} from "../../electron/desk/index.ts";
import { createConfirm } from "../../electron/window/confirm.ts";
import { aReferencePack } from "./reference-builder.ts";
import { aReceiptRecord } from "./receipt-builder.ts";

export const CLOCK: ClockReading = {
  wall: InstantMs.parse(1_795_420_000_000),
  mono: 5000,
  boot: "0123456789abcdef" as ClockReading["boot"],
};

export interface MemoryJournal extends Journal {
  /** For what no act here brings about. */
  readonly view: GrowingView;
  readonly entries: readonly StoredEntry[];
  /** From now on every append is refused with this code. */
  failWith(code: "journal.full" | "journal.failed" | null): void;
}

export function createMemoryJournal(): MemoryJournal {
  const view = createJournalView();
  const entries: StoredEntry[] = [];
  const attached = new Map<number, readonly Bytes[]>();
  let failure: "journal.full" | "journal.failed" | null = null;
  const head = () => {
    const last = entries.at(-1);
    return { seq: last?.entry.seq ?? 0, hash: last?.hash ?? NO_HASH };
  };
  const append = (actor: PersonId | null, { body, attachments = [] }: EntryDraft): StoredEntry => {
    const entry = JournalEntry.parse({ v: 1, seq: head().seq + 1, at: CLOCK, actor, body });
    const stored = { entry, hash: hashId(utf8(head().hash + canonicalText(entry))) };
    entries.push(stored);
    attached.set(entry.seq, attachments);
    view.apply(entry);
    return stored;
  };
  return {
    view,
    entries,
    head,
    append: (actor, drafts) =>
      Promise.resolve(failure ? refuse({ code: failure }) : ok(drafts.map((draft) => append(actor, draft)))),
    read: (after, limit) => Promise.resolve(entries.slice(after, after + limit)),
    readText: (after, limit) => Promise.resolve(JSON.stringify(entries.slice(after, after + limit))),
    attachments: (seq) => Promise.resolve([...(attached.get(seq) ?? [])]),
    onAppended: () => () => undefined,
    failWith: (code) => {
      failure = code;
    },
  };
}

export function createMemoryKeys(): Keys {
  let device: Signer | null = null;
  const people = new Map<PersonId, { pin: string; signer: Signer }>();
  const demoPin = (person: PersonId) => `1000${person.slice(2)}`;
  return {
    storage: () => (device ? "demo-file" : null),
    needsPassphrase: () => false,
    storageForNewDevice: () => "demo-file",
    createDevice: () => Promise.resolve((device = createSigner(randomBytes(32)))),
    unlockDevice: () => Promise.resolve(refuse({ code: "secret.wrong" })),
    device: () => device,
    hasPerson: (person) => people.has(person),
    createPerson: (person, pin) => {
      const signer = createSigner(randomBytes(32));
      people.set(person, { pin, signer });
      return Promise.resolve(signer);
    },
    unlockPerson: (person, pin) => {
      const known = people.get(person);
      if (!known) return Promise.resolve(refuse({ code: "keys.missing" }));
      return Promise.resolve(known.pin === pin ? ok(known.signer) : refuse({ code: "secret.wrong" }));
    },
    endPerson: (person) => {
      people.delete(person);
      return Promise.resolve();
    },
    demoPin,
  };
}

export interface MemoryEvidence extends EvidenceFiles {
  /** By hash; a test may lose one. */
  readonly pictures: Map<HashId, Bytes>;
  /** By wire hash, as they lie there for the registry. */
  readonly sealed: Map<HashId, Bytes>;
}

/** Pictures in memory, looked at and sealed as the real files are. */
export function createMemoryEvidence(): MemoryEvidence {
  const pictures = new Map<HashId, Bytes>();
  const sealed = new Map<HashId, Bytes>();
  return {
    pictures,
    sealed,
    keep: (bytes) => {
      const shape = readPicture(bytes);
      if (!shape.ok) return Promise.resolve(shape);
      const hash = hashId(bytes);
      pictures.set(hash, bytes);
      return Promise.resolve(ok({ hash, size: bytes.length, ...shape.value }));
    },
    read: (picture) => {
      const bytes = pictures.get(picture);
      return Promise.resolve(bytes ? ok(bytes) : refuse({ code: "evidence.missing" }));
    },
    seal: async (picture, transportKey, device) => {
      const bytes = pictures.get(picture);
      if (!bytes) return refuse({ code: "evidence.missing" });
      const object = await sealObject(bytes, transportKey, device);
      const wire = hashId(object);
      sealed.set(wire, object);
      return ok({ wire, size: object.length });
    },
    drop: (wires) => {
      for (const wire of wires) sealed.delete(wire);
      return Promise.resolve();
    },
  };
}

/** Before main's own window: who types once, and gives up where that was not it. */
export interface AnsweringPerson extends Confirm {
  /** What was shown, oldest first. */
  readonly shown: readonly ConfirmMatter[];
  /** What the person types next time; null declines. Runs while the window stands open when it is a function. */
  answer(next: string | null | ((name: string | null) => Promise<string | null>)): void;
}

export function createAnsweringPerson(): AnsweringPerson {
  const shown: ConfirmMatter[] = [];
  let next: string | null | ((name: string | null) => Promise<string | null>) = null;
  let asked = 0;
  const confirm = createConfirm({
    screen: { show: (id) => (asked = id), clear: () => undefined },
    clock: () => CLOCK,
    exportStored: () => Promise.resolve(ok({ outcome: "cancelled" })),
    setting: () => ({ locale: "zh-CN", demo: true }),
  });
  /** The code of what the window answers to a secret; null once the act is done. An act may refuse only what the window has words for. */
  const typed = async (secret: string) => {
    const answer = await confirm.handlers["confirm.answer"]({ id: asked, secret, repeated: secret });
    return answer.ok ? null : answer.error.code;
  };
  return {
    shown,
    answer: (given) => {
      next = given;
    },
    ask: async (who, matter, attempt) => {
      shown.push(matter);
      const answer = async () => {
        const secret = typeof next === "function" ? await next(who?.name ?? null) : next;
        const because = secret === null ? null : await typed(secret);
        confirm.dismiss();
        return because;
      };
      const [ended, because] = await Promise.all([confirm.ask(who, matter, attempt), answer()]);
      return ended.ok || because === null ? ended : refuse({ ...ended.error, facts: { because } });
    },
  };
}

export const DEMO_PEOPLE = [
  { id: PersonId.parse("p-01"), name: "周砚秋", roles: ["administrator" as const] },
  { id: PersonId.parse("p-04"), name: "林知微", roles: ["examiner" as const, "panelLeader" as const] },
  { id: PersonId.parse("p-05"), name: "欧阳修竹", roles: ["examiner" as const] },
  { id: PersonId.parse("p-02"), name: "韦月桂", roles: ["supervisor" as const] },
];

/** A registry of one keyset that enrols whoever asks. */
export async function createMemoryRegistry(
  reference: ReferencePack = aReferencePack(DEMO_PEOPLE),
  maxSheets = 2000,
): Promise<
  RegistryClient & {
    readonly transportSecret: Bytes;
    readonly keyset: Bytes;
    /** What it says later about any batch, newest last. */
    readonly later: Bytes[];
    readonly receipts: Signer;
    /** What a real registry answers to a batch that is whole. */
    receiptFor(batch: HashId, device: Kid, deviceSeq: number): Bytes;
  }
> {
  const root = createSigner(randomBytes(32));
  const registrar = createSigner(randomBytes(32));
  const receipts = createSigner(randomBytes(32));
  const later: Bytes[] = [];
  const transport = await newTransportPair();
  const pub = (signer: Signer) => PublicKeyHex.parse(bytesToHex(signer.publicKey));
  const transportKey = {
    kid: `x25519.${keyId(transport.publicKey).slice("ed25519.".length)}`,
    pub: PublicKeyHex.parse(bytesToHex(transport.publicKey)),
  };
  const limits = { maxSheets, maxObject: 1 << 24 };
  const aud = "registry.test";
  const centre = InstitutionId.parse("demo-centre");
  const keyset = signRecord(
    "keyset",
    {
      v: 1,
      version: 1,
      aud,
      name: { zh: "试验登记中心", en: "Test registry" },
      keys: [
        { kid: root.kid, pub: pub(root), role: "root" },
        { kid: registrar.kid, pub: pub(registrar), role: "permits" },
        { kid: receipts.kid, pub: pub(receipts), role: "receipts" },
      ],
      transportKey,
      suites: ["ERT-INT-1"],
      limits,
      by: { kid: root.kid },
    },
    [root],
  ).record;
  const people = new Map<string, { person: PersonId; kid: Kid; pub: PublicKeyHex; device: Kid }>();
  let permits = 0;
  return {
    transportSecret: transport.secretKey,
    keyset,
    later,
    receipts,
    laterReceipts: () => Promise.resolve(ok([...later])),
    receiptFor: (batch, device, deviceSeq) =>
      aReceiptRecord({ batch, device, deviceSeq }, receipts, { acceptedAt: CLOCK.wall }).record,
    contact: () => Promise.resolve(ok({ keyset, demo: true })),
    demonstrationCode: () => Promise.resolve(ok("ABCDEFGHIJKLMNOP")),
    enrol: (_url, request) => {
      const asked = peekRecord("enrolRequest", request);
      if (!asked.ok) return Promise.resolve(refuse({ code: "enrolment.refused" }));
      const enrolment = signRecord(
        "enrolment",
        {
          v: 1,
          aud,
          device: asked.value.value.device,
          institution: { id: centre, name: { zh: "演示中心", en: "Demonstration" }, demo: true },
          people: DEMO_PEOPLE.map((person) => ({ ...person, roles: [...person.roles] })),
          at: CLOCK.wall,
          by: { kid: registrar.kid },
        },
        [registrar],
      );
      return Promise.resolve(ok({ enrolment: enrolment.record }));
    },
    addPeopleKeys: (_url, records) => {
      for (const record of records) {
        const named = peekRecord("personKey", record);
        // As the real one: keys are for people of its register.
        if (!named.ok || !DEMO_PEOPLE.some(({ id }) => id === named.value.value.person))
          return Promise.resolve(refuse({ code: "enrolment.refused" }));
        const { device, person } = named.value.value;
        people.set(`${device} ${person}`, named.value.value);
      }
      const devices = [...new Set([...people.values()].map(({ device }) => device))];
      const permit = signRecord(
        "permit",
        {
          v: 1,
          permitId: "0".repeat(32),
          nonce: "1".repeat(32),
          centre,
          policy: "demo",
          window: { from: InstantMs.parse((permits += 1)), to: InstantMs.parse(4_000_000_000_000) },
          devices,
          people: [...people.values()].map(({ person: id, kid, pub: key, device }) => ({
            id,
            kid,
            pub: key,
            device,
            roles: [...(DEMO_PEOPLE.find((person) => person.id === id)?.roles ?? [])],
          })),
          transportKey,
          limits,
          reference,
          aud,
          by: { kid: registrar.kid },
        },
        [registrar],
      );
      return Promise.resolve(ok({ permit: permit.record }));
    },
  };
}

export const TEST_ENVIRONMENT: Environment = {
  clock: () => CLOCK,
  random: (length) => randomBytes(length),
  newSheetId: () => SheetId.parse(bytesToBase64url(randomBytes(16))),
  newSittingId: () => SittingId.parse(bytesToBase64url(randomBytes(16))),
  newCandidateRef: () => CandidateRef.parse(bytesToHex(randomBytes(16))),
  gzip: (bytes) => gzipSync(bytes),
  app: { ver: "0.0.0", build: HashId.parse(NO_HASH) },
};

export function valueOf<T>(result: Result<T, Refusal>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
