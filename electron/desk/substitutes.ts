// A substitute, taken in where there is no network: an examiner falls ill, and somebody takes the place whose key no permit
// admits yet. The substitute proves to be there, a panel leader and the supervisor vouch, each in main's window with their
// own PIN, and one record of all three signatures changes the panel. The rules are asked about the panel as it will be.
import {
  bytesToHex,
  invariant,
  ok,
  PublicKeyHex,
  refuse,
  type Bytes,
  type HashId,
  type PersonId,
  type Refusal,
  type Result,
} from "#shared/base";
import { digest, hashId, idHash, type Signer } from "#shared/crypto";
import {
  decide,
  hasRole,
  panelLeaderOf,
  type PanelMember,
  type ReferencePack,
  type Rubric,
} from "#shared/exam";
import type { ConfirmMatter, Substitution } from "#shared/ipc";
import { ONLY, sideOf, staffOf, type JournalView, type PersonRow, type SittingRow } from "#shared/journal";
import { reviewSitting } from "#shared/rules";
import { peekRecord, signRecord } from "#shared/wire";
import { keyMade } from "./person-keys.ts";
import type { Answer, Confirm, ConfirmRefusal, Environment, Journal, Keys } from "./ports.ts";
import type { Serial } from "./serial.ts";
import { checkNewPin, type Sessions } from "./sessions.ts";
import { nextOfChain, readyToSign } from "./signatures.ts";

export interface Substitutes {
  /** What the rules say about the panel as it would be. */
  review(asked: Substitution): Answer<"panel.review">;
  substitute(asked: Substitution & { readonly reason: string }): Answer<"panel.substitute">;
}

export interface SubstituteDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly env: Environment;
  readonly serial: Serial;
}

export function createSubstitutes(deps: SubstituteDeps): Substitutes {
  const { journal, sessions, serial } = deps;
  return {
    review: async (asked) => {
      const change = changeOf(asked, sessions.current(), journal.view);
      return change.ok ? ok({ findings: [...(await judge(change.value, journal)).findings] }) : change;
    },
    substitute: ({ reason, ...asked }) =>
      serial(async () => {
        const change = changeOf(asked, sessions.current(), journal.view);
        if (!change.ok) return change;
        const block = (await judge(change.value, journal)).findings.find(
          ({ severity }) => severity === "block",
        );
        if (block) return refuse({ code: "panel.blocked", facts: { rule: block.rule, code: block.code } });
        return substitute(change.value, reason, deps);
      }),
  };
}

interface Change {
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly reference: ReferencePack;
  readonly permit: HashId;
  readonly leaves: PersonRow;
  readonly joins: PersonRow;
  readonly panel: readonly PanelMember[];
}

type ChangeRefusal = Refusal<
  | "session.none"
  | "role.not-leader"
  | "sitting.unknown"
  | "person.unknown"
  | "person.ended"
  | "panel.not-member"
  | "panel.already-member"
  | "panel.has-typed"
  | "permit.none"
>;

function changeOf(
  asked: Substitution,
  actor: PersonId | null,
  view: JournalView,
): Result<Change, ChangeRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const person = view.read("people", actor);
  const mayAsk = person && (hasRole(person, "administrator") || hasRole(person, "panelLeader"));
  if (!mayAsk || person.ended) return refuse({ code: "role.not-leader" });
  const sitting = view.read("sittings", asked.sitting);
  const rubric = sitting && view.read("rubrics", sitting.rubric)?.rubric;
  if (!sitting || !rubric) return refuse({ code: "sitting.unknown" });
  const [leaves, joins] = [view.read("people", asked.leaves), view.read("people", asked.joins)];
  if (!leaves || !joins) return refuse({ code: "person.unknown" });
  if (joins.ended) return refuse({ code: "person.ended" });
  if (!sitting.panel.some((member) => member.person === leaves.id))
    return refuse({ code: "panel.not-member" });
  if (sitting.panel.some((member) => member.person === joins.id))
    return refuse({ code: "panel.already-member" });
  // R45: They have read a colleague's marks.
  if (view.rows("transcriptions").some((row) => row.sitting === sitting.id && sideOf(row, joins.id)))
    return refuse({ code: "panel.has-typed" });
  const permit = view.read("centre", ONLY)?.permit;
  if (!permit) return refuse({ code: "permit.none" });
  const panel = sitting.panel.map((member) =>
    member.person === leaves.id ? { ...member, person: joins.id } : member,
  );
  const { hash, reference } = permit;
  return ok({ sitting, rubric, reference, permit: hash, leaves, joins, panel });
}

/** Size, leader, cards, conflicts, rotation, supervisor: everything that was asked when the sitting was prepared. */
async function judge({ sitting, rubric, reference, joins, panel }: Change, journal: Journal) {
  const { day, perRotation, supervisor, mitigation } = sitting;
  const roster = await rosterOf(sitting, journal);
  const candidates = roster.candidates.map(({ no, idNumber }) => ({
    no,
    idHash: idHash(reference.salt, idNumber),
  }));
  const people = staffOf(journal.view);
  const known = withStated(reference, joins);
  const { decision } = reviewSitting(
    { day, rubric, perRotation, panel, supervisor, mitigation, candidates, people, reference: known },
    digest,
  );
  return decide(decision.findings);
}

/** Only for the one who joins: a panel that is prepared in advance is made of people the register knows. */
function withStated(reference: ReferencePack, { stated }: PersonRow): ReferencePack {
  return stated ? { ...reference, examiners: [...reference.examiners, ...stated.examiner] } : reference;
}

const PAGE = 1000;

/** ID numbers stand in the signed roster and nowhere else. */
async function rosterOf(sitting: SittingRow, journal: Journal) {
  for (let after = 0; ;) {
    const page = await journal.read(after, PAGE);
    for (const { entry } of page) {
      if (entry.body.kind !== "sitting.prepared" || entry.body.sitting.id !== sitting.id) continue;
      const [record] = await journal.attachments(entry.seq);
      const roster = record && peekRecord("roster", record);
      invariant(roster?.ok && roster.value.hash === sitting.roster.hash, "a prepared sitting has its roster");
      return roster.value.value;
    }
    const last = page.at(-1);
    invariant(last && page.length === PAGE, "a prepared sitting was prepared by an entry");
    after = last.entry.seq;
  }
}

async function substitute(change: Change, reason: string, deps: SubstituteDeps): Answer<"panel.substitute"> {
  const { sitting, leaves, joins } = change;
  const { journal, keys } = deps;
  const supervisor = sitting.supervisor === null ? null : readyPerson(sitting.supervisor, deps);
  if (!supervisor || supervisor.id === joins.id) return refuse({ code: "panel.no-supervisor" });
  const leader = voucherFor(change, supervisor.id, deps);
  if (!leader) return refuse({ code: "panel.no-leader" });
  // The leader seals with this key, and a manifest is refused under a key that the registry never admitted.
  if (panelLeaderOf(sitting) === leaves.id && !joins.key?.permitted)
    return refuse({ code: "panel.leader-needs-permit", facts: { person: joins.name } });

  const facts = factsOf(change, reason);
  const own = await joinPanel(joins, facts, deps);
  if (!own.ok) return own;
  const matter = vouchMatter(journal.view.read("people", joins.id) ?? joins, own.value, facts, change);
  const byLeader = await vouch(leader, { ...matter, as: "panelLeader" }, deps);
  if (!byLeader.ok) return byLeader;
  const done = await deps.confirm.ask(
    supervisor,
    { ...matter, as: "supervisor" },
    async (pin): Promise<Result<void, Refusal>> => {
      const bySupervisor = await keys.unlockPerson(supervisor.id, pin);
      if (!bySupervisor.ok) return bySupervisor;
      const signers = { leader: byLeader.value, supervisor: bySupervisor.value, own: own.value };
      return writeChange(change, reason, signers, deps);
    },
  );
  return done.ok ? ok({}) : done;
}

function readyPerson(id: PersonId, deps: SubstituteDeps): PersonRow | undefined {
  const ready = readyToSign(id, deps);
  return ready.ok ? ready.value.person : undefined;
}

/** The leader of the panel; where the leader is the one who leaves, another person who may lead. */
function voucherFor(
  { sitting, leaves, joins }: Change,
  supervisor: PersonId,
  deps: SubstituteDeps,
): PersonRow | undefined {
  const leads = (id: PersonId) => sitting.panel.some((member) => member.person === id && member.leader);
  const sits = (id: PersonId) => sitting.panel.some((member) => member.person === id);
  return staffOf(deps.journal.view)
    .filter((person) => hasRole(person, "panelLeader"))
    .filter(({ id }) => ![leaves.id, joins.id, supervisor].includes(id))
    .sort((a, b) => Number(leads(b.id)) - Number(leads(a.id)) || Number(sits(b.id)) - Number(sits(a.id)))
    .find(({ id }) => readyPerson(id, deps) !== undefined);
}

type Facts = Omit<Extract<ConfirmMatter, { kind: "panel-join" }>, "kind" | "isNew">;

function factsOf({ rubric, sitting, leaves }: Change, reason: string): Facts {
  return { rubricTitle: rubric.title, day: sitting.day, leaves: leaves.name, reason };
}

/** With the PIN there is, or with a new one and a new key under it: made here, by its owner, in main's window. */
async function joinPanel(
  joins: PersonRow,
  facts: Facts,
  { journal, keys, confirm }: SubstituteDeps,
): Promise<Result<Signer, ConfirmRefusal | Refusal<"keys.unreadable">>> {
  if (joins.key !== null && !keys.hasPerson(joins.id)) return refuse({ code: "keys.unreadable" }); // S14
  const demoPin = keys.demoPin(joins.id);
  if (!keys.hasPerson(joins.id) && demoPin !== null) await keys.createPerson(joins.id, demoPin);
  const isNew = !keys.hasPerson(joins.id);
  return confirm.ask(
    joins,
    { kind: "panel-join", isNew, ...facts },
    async (pin, repeated): Promise<Result<Signer, Refusal>> => {
      const checked = isNew ? checkNewPin(pin, repeated) : ok(undefined);
      if (!checked.ok) return checked;
      // A second try, after a write that failed, finds the key that the first one made.
      const signer = keys.hasPerson(joins.id)
        ? await keys.unlockPerson(joins.id, pin)
        : ok(await keys.createPerson(joins.id, pin));
      if (!signer.ok || joins.key !== null) return signer;
      const written = await journal.append(null, [keyMade(joins.id, signer.value)]);
      return written.ok ? signer : written;
    },
  );
}

type VouchMatter = Extract<ConfirmMatter, { kind: "vouch" }>;

function vouchMatter(
  joins: PersonRow,
  own: Signer,
  facts: Facts,
  { reference }: Change,
): Omit<VouchMatter, "as"> {
  const { id, name, roles, stated, key } = joins;
  const cards = [...reference.examiners, ...(stated?.examiner ?? [])].filter(({ person }) => person === id);
  return {
    kind: "vouch",
    name,
    roles,
    examiner: cards.slice(0, 10).map(({ person: _person, ...card }) => card),
    supervisor: null,
    isOfRegister: stated === null,
    isPermitted: key?.permitted ?? false,
    key: hashId(own.publicKey),
    ...facts,
  };
}

function vouch(voucher: PersonRow, matter: VouchMatter, { keys, confirm }: SubstituteDeps) {
  return confirm.ask(voucher, matter, (pin) => keys.unlockPerson(voucher.id, pin));
}

interface Signers {
  readonly leader: Signer;
  readonly supervisor: Signer;
  readonly own: Signer;
}

async function writeChange(
  { sitting, permit, leaves, joins, panel }: Change,
  reason: string,
  { leader, supervisor, own }: Signers,
  { journal, env, sessions }: SubstituteDeps,
): Promise<Result<void, Refusal>> {
  const chain = nextOfChain(journal);
  const { id, name, roles, stated } = joins;
  const signed: { record: Bytes; hash: HashId } = signRecord(
    "panel",
    {
      v: 1,
      ...chain,
      permit,
      exam: { id: sitting.id, rubric: sitting.rubric },
      leaves: leaves.id,
      joins: {
        person: { id, name, roles },
        stated,
        kid: own.kid,
        pub: PublicKeyHex.parse(bytesToHex(own.publicKey)),
      },
      panel: [...panel],
      reason,
      at: env.clock(),
      by: { kid: leader.kid, role: "panelLeader" },
      app: env.app,
    },
    [leader, supervisor, own],
  );
  const written = await journal.append(sessions.current(), [
    {
      body: {
        kind: "panel.changed",
        sitting: sitting.id,
        leaves: leaves.id,
        joins: id,
        kid: own.kid,
        panel: [...panel],
        reason,
        seq: chain.seq,
        hash: signed.hash,
      },
      attachments: [signed.record],
    },
  ]);
  return written.ok ? ok(undefined) : written;
}
