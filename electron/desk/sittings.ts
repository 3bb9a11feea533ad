// Preparing a sitting: files chosen and read here, previewed in the window, confirmed by the administrator's PIN, then
// written as one entry: a sitting with its whole roster, or neither.
import {
  bytesToHex,
  instantToDay,
  ok,
  refuse,
  utf8,
  type Bytes,
  type HashId,
  type PersonId,
  type Refusal,
  type Result,
} from "#shared/base";
import { digest, hashId, idHash, type Signer } from "#shared/crypto";
import { readinessOf, type Candidate, type Rubric, type Sitting } from "#shared/exam";
import type { RosterPick, SittingDraft } from "#shared/ipc";
import { administratorOf, ONLY, staffOf, type CentreRow, type JournalView } from "#shared/journal";
import {
  assignTickets,
  demoRoster,
  maskId,
  previewRoster,
  lacksMitigation,
  reviewSitting,
  type ReviewedSitting,
  type RosterPreview,
  type RosterTable,
} from "#shared/rules";
import { rubricHash, signRecord, type RosterRecord } from "#shared/wire";
import type { Answer, Confirm, Environment, Files, Journal, Keys } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";
import { nextOfChain } from "./signatures.ts";

export interface Sittings {
  pickRubric(): Answer<"rubric.pickFile">;
  keepRubric(token: string): Answer<"rubric.keep">;
  saveRubric(rubric: HashId): Answer<"rubric.saveTable">;
  pickRoster(): Answer<"roster.pickFile">;
  pickDemonstrationRoster(): Answer<"roster.pickDemonstration">;
  /** What the rules say about a draft, for the people who prepare it. */
  review(draft: SittingDraft, token: string | null): Answer<"sitting.review">;
  prepare(draft: SittingDraft, token: string): Answer<"sitting.prepare">;
}

export interface SittingDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly files: Files;
  readonly env: Environment;
  readonly serial: Serial;
}

/** A roster that was read and shown, waiting for a person's word. Only the newest one waits. */
interface Pending {
  readonly token: string;
  readonly fileName: string;
  readonly source: HashId;
  readonly preview: RosterPreview;
}

export function createSittings(deps: SittingDeps): Sittings {
  const { journal, sessions, files, env, serial } = deps;
  let pending: Pending | null = null;
  /** Read and shown, and kept only on a person's word. Only the newest one waits. */
  let pickedRubric: { readonly token: string; readonly rubric: Rubric } | null = null;

  const preview = (fileName: string, source: HashId, table: RosterTable, encoding: string): RosterPick => {
    const read = previewRoster(table, instantToDay(env.clock().wall));
    if (!read.ok) return { outcome: "unreadable", fileName, code: read.error.code };
    pending = { token: bytesToHex(env.random(16)), fileName, source, preview: read.value };
    return { outcome: "preview", preview: viewOf(pending, encoding) };
  };

  return {
    pickRubric: async () => {
      const office = administratorAt(journal, sessions.current());
      if (!office.ok) return office;
      const file = await files.chooseRubric();
      if (!file) return ok({ outcome: "cancelled" });
      const { fileName } = file;
      const read = await files.readRubric(file.bytes);
      if (!read.ok) return ok({ outcome: "invalid", fileName, problems: [...read.error] });
      const rubric = read.value;
      const hash = rubricHash(rubric);
      const held = journal.view
        .rows("rubrics")
        .filter((row) => row.rubric.code === rubric.code && row.rubric.version === rubric.version);
      const standing = held.length === 0 ? "new" : held.some((row) => row.hash === hash) ? "same" : "other";
      pickedRubric = { token: bytesToHex(env.random(16)), rubric };
      return ok({ outcome: "preview", token: pickedRubric.token, fileName, rubric, standing });
    },

    keepRubric: (token) =>
      serial(async () => {
        const office = administratorAt(journal, sessions.current());
        if (!office.ok) return office;
        if (pickedRubric?.token !== token) return refuse({ code: "rubric.forgotten" });
        const { rubric } = pickedRubric;
        const hash = rubricHash(rubric);
        if (!journal.view.read("rubrics", hash)) {
          const written = await journal.append(office.value, [
            { body: { kind: "rubric.added", hash, rubric } },
          ]);
          if (!written.ok) return written;
        }
        pickedRubric = null;
        return ok({ rubric: hash });
      }),

    saveRubric: (hash) => {
      const office = administratorAt(journal, sessions.current());
      if (!office.ok) return Promise.resolve(office);
      const rubric = journal.view.read("rubrics", hash)?.rubric;
      if (!rubric) return Promise.resolve(refuse({ code: "rubric.unknown" }));
      return files.saveRubric(rubric, `${rubric.code}-v${rubric.version}.xlsx`);
    },

    pickRoster: async () => {
      const office = administratorAt(journal, sessions.current());
      if (!office.ok) return office;
      const file = await files.chooseRoster();
      if (!file) return ok({ outcome: "cancelled" });
      const read = await files.readRoster(file.bytes, file.fileName);
      if (!read.ok) return ok({ outcome: "unreadable", fileName: file.fileName, code: read.error.code });
      return ok(preview(file.fileName, hashId(file.bytes), read.value, read.value.encoding));
    },

    pickDemonstrationRoster: () => {
      const office = administratorAt(journal, sessions.current());
      if (!office.ok) return Promise.resolve(office);
      if (!journal.view.read("centre", ONLY)?.institution.demo) {
        return Promise.resolve(refuse({ code: "centre.not-demonstration" }));
      }
      const table = demonstrationTable();
      return Promise.resolve(
        ok(preview("demonstration", hashId(utf8(JSON.stringify(table))), table, "UTF-8")),
      );
    },

    review: (draft, token) => {
      const office = administratorAt(journal, sessions.current());
      if (!office.ok) return Promise.resolve(office);
      if (token !== null && pending?.token !== token)
        return Promise.resolve(refuse({ code: "roster.forgotten" }));
      const known = knownOf(draft, journal.view);
      if (!known.ok) return Promise.resolve(known);
      const taken = token === null ? [] : (pending?.preview.taken ?? []);
      const { decision, replacements } = judge(draft, taken, known.value, journal.view);
      return Promise.resolve(
        ok({
          findings: [...decision.findings],
          replacements: replacements.map(({ member, by }) => ({ member, by: [...by] })),
        }),
      );
    },

    prepare: (draft, token) =>
      serial(async () => {
        const office = administratorAt(journal, sessions.current());
        if (!office.ok) return office;
        if (pending?.token !== token || pending.preview.taken.length === 0)
          return refuse({ code: "roster.forgotten" });
        const prepared = await prepareSitting(draft, pending, office.value, deps);
        if (prepared.ok) pending = null;
        return prepared;
      }),
  };
}

function administratorAt(
  journal: Journal,
  actor: PersonId | null,
): Result<PersonId, Refusal<"session.none" | "role.not-administrator">> {
  const administrator = administratorOf(actor, journal.view);
  return administrator.ok ? ok(administrator.value.id) : administrator;
}

/** The thirty people of the demonstration as the table a spreadsheet would give. */
function demonstrationTable(): RosterTable {
  const rows = [["姓名", "证件号码"], ...demoRoster().map(({ name, idNumber }) => [name, idNumber])];
  return {
    delimited: true,
    rows: rows.map((cells, i) => ({ row: i + 1, cells: cells.map((text) => ({ text })), malformed: false })),
  };
}

function viewOf({ token, fileName, preview }: Pending, encoding: string) {
  const taken = preview.taken.map(({ row, name, idNumber, ticketNo, warnings }) => ({
    row,
    name,
    idMasked: maskId(idNumber),
    ticketNo,
    warnings: [...warnings],
  }));
  const { refused, blank, columns } = preview;
  return { token, fileName, encoding, taken, refused: [...refused], blank, withheld: [...columns.withheld] };
}

async function prepareSitting(
  draft: SittingDraft,
  pending: Pending,
  actor: PersonId,
  deps: SittingDeps,
): Answer<"sitting.prepare"> {
  const { journal, keys, confirm, env } = deps;
  const { view } = journal;
  const known = knownOf(draft, view);
  if (!known.ok) return known;
  const { permit, rubric } = known.value;
  const { decision, trainers } = judge(draft, pending.preview.taken, known.value, view);
  const blocking = decision.findings.find(({ severity }) => severity === "block");
  if (blocking)
    return refuse({ code: "sitting.blocked", facts: { rule: blocking.rule, code: blocking.code } });
  if (lacksMitigation(decision)) return refuse({ code: "sitting.mitigation-needed" });

  const { drillBeforeDay, drillValidDays } = permit.reference.policy;
  const device = view.read("centre", ONLY)?.device;
  const drill = device && view.read("readiness", device);
  const now = { build: env.app.build, wall: env.clock().wall, validDays: drillValidDays.value };
  if (drillBeforeDay.value === "REQUIRE" && readinessOf(drill, now).state !== "green")
    return refuse({ code: "drill.not-green" });

  const { occupation, direction, level } = rubric;
  const sitting: Sitting = { id: env.newSittingId(), ...draft, occupation, direction, level };
  const people = listCandidates(pending.preview, draft, env);
  const refused = new Set(pending.preview.refused.map(({ row }) => row)).size;
  const nameOf = (person: PersonId) => view.read("people", person)?.name ?? person;

  const done = await confirm.ask(
    view.read("people", actor) ?? null,
    {
      kind: "roster",
      rubricTitle: rubric.title,
      day: draft.day,
      fileName: pending.fileName,
      candidates: people.length,
      refused,
      panel: draft.panel.map(({ person, leader }) => ({ name: nameOf(person), leader })),
      mitigation: draft.mitigation,
    },
    async (pin): Promise<Result<void, Refusal>> => {
      const signer = await keys.unlockPerson(actor, pin);
      if (!signer.ok) return signer;
      const signed = signRoster(sitting, people, pending.source, permit.hash, signer.value, deps);
      const candidates = people.map((person) => candidateOf(person, sitting));
      const roster = { ...signed.place, fileName: pending.fileName, source: pending.source, refused };
      const written = await journal.append(actor, [
        {
          body: { kind: "sitting.prepared", sitting, candidates, roster, trainers: [...trainers] },
          attachments: [signed.record],
        },
      ]);
      return written.ok ? ok(undefined) : written;
    },
  );
  return done.ok ? ok({ sitting: sitting.id }) : done;
}

interface KnownOfDraft {
  readonly permit: NonNullable<CentreRow["permit"]>;
  readonly rubric: Rubric;
}

function knownOf(
  draft: SittingDraft,
  view: JournalView,
): Result<KnownOfDraft, Refusal<"permit.none" | "rubric.unknown">> {
  const permit = view.read("centre", ONLY)?.permit;
  if (!permit) return refuse({ code: "permit.none" });
  const rubric = view.read("rubrics", draft.rubric)?.rubric;
  return rubric ? ok({ permit, rubric }) : refuse({ code: "rubric.unknown" });
}

/** The same rules before and at signing; candidates meet training records as keyed hashes of their ID numbers. */
function judge(
  { day, panel, perRotation, supervisor, mitigation }: SittingDraft,
  taken: RosterPreview["taken"],
  { permit, rubric }: KnownOfDraft,
  view: JournalView,
): ReviewedSitting {
  const { reference } = permit;
  const candidates = taken.map(({ idNumber }, i) => ({
    no: i + 1,
    idHash: idHash(reference.salt, idNumber),
  }));
  const people = staffOf(view);
  return reviewSitting(
    { day, rubric, perRotation, panel, supervisor, mitigation, candidates, people, reference },
    digest,
  );
}

type RosterCandidate = RosterRecord["candidates"][number];

function listCandidates(preview: RosterPreview, draft: SittingDraft, env: Environment): RosterCandidate[] {
  return assignTickets(preview.taken, draft.day.replaceAll("-", "")).map(
    ({ name, idNumber, ticketNo }, i) => ({
      ref: env.newCandidateRef(),
      no: i + 1,
      name,
      idNumber,
      ticketNo,
    }),
  );
}

/** The store's view of a person: the ID number stays in the signed roster, masked everywhere else (rulings 17). */
function candidateOf({ ref, no, name, idNumber, ticketNo }: RosterCandidate, sitting: Sitting): Candidate {
  const rotation = Math.ceil(no / sitting.perRotation);
  return { ref, sitting: sitting.id, no, rotation, name, idMasked: maskId(idNumber), ticketNo };
}

function signRoster(
  sitting: Sitting,
  candidates: RosterCandidate[],
  source: HashId,
  permit: HashId,
  signer: Signer,
  { journal, env }: SittingDeps,
): { record: Bytes; place: { hash: HashId; seq: number } } {
  const chain = nextOfChain(journal);
  const { record, hash } = signRecord(
    "roster",
    {
      v: 1,
      ...chain,
      permit,
      exam: { id: sitting.id, rubric: sitting.rubric },
      day: sitting.day,
      perRotation: sitting.perRotation,
      panel: sitting.panel,
      supervisor: sitting.supervisor,
      observed: sitting.observed,
      mitigation: sitting.mitigation,
      candidates,
      source,
      at: env.clock(),
      by: { kid: signer.kid, role: "administrator" },
      app: env.app,
    },
    [signer],
  );
  return { record, place: { hash, seq: chain.seq } };
}
