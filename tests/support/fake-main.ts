// Main as the window sees it, in memory: the bridge on `window`, a journal behind it, the real gate in front of it. PINs
// are never asked: a signature happens at once, or is declined when a test says so.
import {
  Day,
  ok,
  refuse,
  type Bytes,
  type ClockReading,
  type HashId,
  type PersonId,
  type Refusal,
  type SheetId,
  type SittingId,
} from "#shared/base";
import { hashId } from "#shared/crypto";
import { createSeats, type Seats } from "../../electron/desk/seats.ts";
import { createSerial } from "../../electron/desk/serial.ts";
import { createQuality, type Quality } from "../../electron/desk/quality.ts";
import { createSupervision, type Supervision } from "../../electron/desk/supervision.ts";
import type { Sessions } from "../../electron/desk/sessions.ts";
import { listVisits } from "../../electron/desk/visits.ts";
import { openPauseOf, readPicture, type EvidenceItem, type Finding } from "#shared/exam";
import type { InputOf, LinkState, RosterPick, RubricPick, SendProgress, WindowChannels } from "#shared/ipc";
import {
  admitAmendment,
  admitDone,
  admitPage,
  admitTranscription,
  admitReview,
  admitUpholding,
  admitEvidence,
  admitIncident,
  admitRosterChange,
  admitVisit,
  maySeeEvidence,
  stateOf,
  type AmendmentAsked,
  type ChangeAsked,
  type Intent,
} from "#shared/journal";
import { totalOf } from "#shared/rules";
import { rubricHash, verifyBlank } from "#shared/wire";
import { reviewLines } from "../../electron/desk/reviews.ts";
import {
  clockAt,
  PEOPLE,
  nextSeq,
  sheetId,
  sittingId,
  testHash,
  type TestJournal,
} from "./journal-builders.ts";

export interface FakeMain {
  readonly journal: TestJournal;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  person: PersonId | null;
  /** Who left the laptop without signing out. */
  locked: PersonId | null;
  /** Refuses the next calls of a channel. */
  readonly refusals: Map<string, Refusal>;
  /** Holds answers to journal.append until it is resolved. */
  hold: Promise<void> | null;
  roster: RosterPick;
  rubric: RubricPick;
  /** What main keeps of photographs. */
  readonly pictures: Map<HashId, Bytes>;
  /** What the rules say about a draft. */
  findings: Finding[];
  sending: SendProgress[];
  link: LinkState;
  /** By which sheets are timed; without a word from the test, the newest entry's. */
  clock: () => ClockReading;
  /** Nobody touched the laptop for a while. */
  lock(): void;
  emit(event: string, payload: unknown): void;
  progress(progress: SendProgress): void;
}

export function installFakeMain(journal: TestJournal, person: PersonId | null): FakeMain {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const calls: { name: string; input: unknown }[] = [];
  const main: FakeMain = {
    journal,
    calls,
    person,
    locked: null,
    refusals: new Map(),
    hold: null,
    roster: { outcome: "cancelled" },
    rubric: { outcome: "cancelled" },
    pictures: new Map(),
    findings: [],
    sending: [],
    link: { contact: null, isContacting: false, trouble: null, halted: null },
    clock: () => clockAt(journal.head().seq),
    lock: () => {
      main.locked = main.person;
      main.person = null;
      main.emit("session.changed", {});
    },
    emit: (event, payload) => listeners.get(event)?.forEach((listener) => listener(payload)),
    progress: (progress) => main.emit("outbox.progress", progress),
  };
  const sessions = { current: () => main.person };
  const supervision = createSupervision({
    journal: { ...journal, read: (after, limit) => Promise.resolve(journal.read(after, limit).entries) },
    sessions,
  });
  const quality = createQuality({
    ...{ journal, sessions, supervision },
    press: ({ fileName }) => Promise.resolve(ok({ outcome: "saved" as const, fileName })),
  });
  const kept = new Map<number, readonly Bytes[]>();
  const seats = createSeats({
    ...{ sessions, serial: createSerial() },
    journal: {
      view: journal.view,
      append: (actor, drafts) =>
        Promise.resolve(
          ok(
            drafts.map(({ body, attachments = [] }) => {
              const stored = journal.append(body, actor);
              kept.set(stored.entry.seq, attachments);
              return stored;
            }),
          ),
        ),
      attachments: (seq) => Promise.resolve([...(kept.get(seq) ?? [])]),
    },
    env: { random: (length) => new Uint8Array(length).fill(0x5a) },
  });
  Object.assign(window, {
    bridge: {
      call: async (name: string, input: unknown) => {
        calls.push({ name, input });
        if (name === "journal.append" && main.hold) await main.hold;
        const refusal = main.refusals.get(name);
        const before = journal.entries.length;
        const answer = refusal
          ? refuse(refusal)
          : await answerOf(main, name, input, { supervision, quality, sessions, seats });
        const seq = journal.entries.length;
        if (seq > before) main.emit("journal.appended", { seq, hasReserve: true });
        // Across the real bridge nothing is shared.
        return structuredClone(answer);
      },
      on: (event: string, listener: (payload: unknown) => void) => {
        const set = listeners.get(event) ?? new Set();
        listeners.set(event, set.add(listener));
        return () => set.delete(listener);
      },
    },
  });
  return main;
}

interface Parts {
  readonly supervision: Supervision;
  readonly quality: Quality;
  readonly sessions: Pick<Sessions, "current">;
  readonly seats: Seats;
}

function answerOf(
  main: FakeMain,
  name: string,
  input: unknown,
  { supervision, quality, sessions, seats }: Parts,
): unknown {
  const { journal } = main;
  switch (name) {
    case "app.readClock":
      return ok(main.clock());
    case "app.describe":
      return ok({
        version: "0.1.0",
        build: `sha256:${"0".repeat(64)}`,
        electron: "25.1.1",
        chromium: "114.0.5735.106",
        dataFolder: "/home/centre/.config/Jiangping",
        licence: "Apache-2.0",
        locale: "zh-CN",
        registryUrl: null,
        hasReserve: true,
      });
    case "session.describe": {
      const demoPins = Object.fromEntries(PEOPLE.map(({ id }, at) => [id, `41${at}728`]));
      return ok({ person: main.person, locked: main.locked, needsPassphrase: false, demoPins });
    }
    case "session.open":
    case "session.close":
      main.person = name === "session.open" ? (input as { person: PersonId }).person : null;
      main.locked = null;
      main.emit("session.changed", {});
      return ok({});
    case "journal.read": {
      const { entries, head } = journal.read((input as { after: number }).after);
      return ok({ entries: JSON.stringify(entries), head });
    }
    case "journal.append": {
      const entries = [];
      for (const intent of (input as { intents: Intent[] }).intents) {
        const wished = journal.wish(intent, main.person);
        if (!wished.ok) return wished;
        entries.push(wished.value);
      }
      return ok({ entries: JSON.stringify(entries) });
    }
    case "evidence.add":
      return addEvidence(main, input as { sheet: SheetId; item: EvidenceItem; bytes: Bytes });
    case "evidence.read": {
      const { sheet, picture } = input as { sheet: SheetId; picture: HashId };
      const seen = maySeeEvidence(sheet, picture, main.person, journal.view);
      return seen.ok ? ok({ type: seen.value.type, bytes: main.pictures.get(picture) }) : seen;
    }
    case "transcription.read": {
      const read = verifyBlank((input as { text: string }).text, () => true);
      return read.ok ? ok(read.value.figures) : read;
    }
    case "transcription.begin":
      return beginPaper(main, input as InputOf<WindowChannels["transcription.begin"]>);
    case "transcription.addPage":
      return addPage(main, input as InputOf<WindowChannels["transcription.addPage"]>);
    case "transcription.finish":
      return finishPaper(main, (input as { sheet: SheetId }).sheet);
    case "supervision.flags":
      return supervision.flags(input as { sitting: SittingId });
    case "supervision.count":
      return supervision.count(input as { sitting: SittingId });
    case "visit.list":
      return listVisits((input as { sitting: SittingId }).sitting, { journal, sessions, supervision });
    case "visit.sign":
      return signVisit(main, (input as { sitting: SittingId }).sitting, supervision);
    case "quality.describe":
      return quality.describe(input as InputOf<WindowChannels["quality.describe"]>);
    case "quality.save":
      return quality.save(input as InputOf<WindowChannels["quality.save"]>);
    case "supervision.timeline":
      return supervision.timeline(input as { sheet: SheetId });
    case "sheet.requestSignature":
      return sign(main, (input as { sheet: string }).sheet);
    case "review.list":
      return ok({ reviews: reviewLines((input as { sitting: SittingId }).sitting, journal.view) });
    case "review.decide":
      return decide(main, input as InputOf<WindowChannels["review.decide"]>);
    case "divergence.uphold":
      return uphold(main, input as InputOf<WindowChannels["divergence.uphold"]>);
    case "sheet.requestAmendment":
      return amend(main, input as AmendmentAsked);
    case "roster.requestChange":
      return changeRoster(main, input as ChangeAsked & { readonly reason: string });
    case "seats.commit":
      return seats.commit((input as { sitting: SittingId }).sitting);
    case "seats.draw":
      return seats.draw(input as InputOf<WindowChannels["seats.draw"]>);
    case "incident.record":
      return recordIncident(main, input as InputOf<WindowChannels["incident.record"]>);
    case "roster.pickFile":
    case "roster.pickDemonstration":
      return ok(main.roster);
    case "rubric.pickFile":
      return ok(main.rubric);
    case "rubric.keep": {
      if (main.rubric.outcome !== "preview") return refuse({ code: "rubric.forgotten" });
      const { rubric } = main.rubric;
      const hash = rubricHash(rubric);
      journal.append({ kind: "rubric.added", hash, rubric }, main.person);
      return ok({ rubric: hash });
    }
    case "rubric.saveTable":
      return ok({ outcome: "saved", fileName: "rubric.xlsx" });
    case "sitting.review":
      return ok({ findings: main.findings, replacements: [] });
    case "people.add":
      return ok({ person: "here-000000000001" });
    case "panel.review":
      return ok({ findings: [] });
    case "sitting.prepare":
      return ok({ sitting: sittingId(9) });
    case "day.seal":
      return ok({ batch: testHash("sealed") });
    case "outbox.describe":
      return ok({ sending: main.sending, link: main.link });
    case "outbox.testLink":
      return ok({ roundTripMs: 812, bytesPerSecond: 1_950, bytes: 2_189 });
    case "medium.describe":
      return ok({
        ...{ folder: null, state: "none", trouble: null, isSameDisk: false },
        ...{ copied: 0, seq: journal.head().seq },
      });
    case "drill.describe":
      return ok({ state: "idle", step: null, results: [], kills: 10, hasStick: false });
    case "app.exportDiagnostics":
      return ok({ outcome: "cancelled" });
    default:
      return ok({});
  }
}

function addEvidence(
  { journal, person, pictures }: FakeMain,
  { sheet, item, bytes }: { sheet: SheetId; item: EvidenceItem; bytes: Bytes },
) {
  const shape = readPicture(bytes);
  if (!shape.ok) return shape;
  const hash = hashId(bytes);
  const picture = { hash, size: bytes.length, ...shape.value };
  const admitted = admitEvidence({ sheet, item, picture }, person, journal.view);
  if (!admitted.ok) return admitted;
  pictures.set(hash, bytes);
  return ok({ picture: hash, entries: admitted.value ? [journal.append(admitted.value, person)] : [] });
}

/** Any laptop's blank: whose square it is main's own test asks. */
function beginPaper(
  { journal, person }: FakeMain,
  { text, candidate, examiner }: InputOf<WindowChannels["transcription.begin"]>,
) {
  const read = verifyBlank(text, () => true);
  if (!read.ok) return read;
  const { figures, device: printedOn } = read.value;
  const whose = figures.candidate ?? candidate;
  if (whose === null) return refuse({ code: "candidate.unknown" });
  const { serial, sitting, rubric } = figures;
  const asked = { serial, sitting, rubric, printedOn, candidate: whose, examiner };
  const admitted = admitTranscription(asked, person, journal.view);
  if (!admitted.ok) return admitted;
  journal.append(admitted.value, person);
  return ok({ sheet: serial });
}

function addPage(
  { journal, person, pictures }: FakeMain,
  { sheet, bytes }: InputOf<WindowChannels["transcription.addPage"]>,
) {
  const shape = readPicture(bytes);
  if (!shape.ok) return shape;
  const hash = hashId(bytes);
  const page = { hash, size: bytes.length, ...shape.value };
  const admitted = admitPage(sheet, page, person, journal.view);
  if (!admitted.ok) return admitted;
  pictures.set(hash, bytes);
  return ok({ picture: hash, entries: admitted.value ? [journal.append(admitted.value, person)] : [] });
}

function finishPaper({ journal, person }: FakeMain, sheet: SheetId) {
  const admitted = admitDone(sheet, person, journal.view);
  if (!admitted.ok) return admitted;
  for (const body of admitted.value) journal.append(body, person);
  const row = journal.view.read("transcriptions", sheet);
  return row ? ok({ state: stateOf(row) }) : refuse({ code: "transcription.unknown" });
}

function sign({ journal, person }: FakeMain, id: string) {
  const sheet = journal.view.rows("sheets").find((one) => one.id === id);
  const rubric = sheet && journal.view.read("rubrics", sheet.rubric)?.rubric;
  if (!sheet || !rubric) return refuse({ code: "sheet.unknown" });
  if (openPauseOf(sheet)) return refuse({ code: "sheet.paused" });
  const { total, marked, items } = totalOf(rubric, sheet.items, sheet.overtimeMs);
  if (marked < items) return refuse({ code: "sheet.incomplete" });
  const hash: HashId = testHash(`sheet ${id}`);
  const seq = nextSeq(journal);
  journal.append({ kind: "sheet.signed", sheet: sheet.id, seq, hash, total }, person);
  return ok({ hash });
}

/** Whoever must has signed: the real gate in front, the PINs left out. */
function decide(
  { journal, person }: FakeMain,
  { flags, ...asked }: InputOf<WindowChannels["review.decide"]>,
) {
  const admitted = admitReview(asked, person, Day.parse("2026-11-23"), journal.view);
  if (!admitted.ok) return admitted;
  const { sitting, basis, follows, second } = admitted.value;
  const seq = nextSeq(journal);
  const hash = testHash(`review ${String(seq)}`);
  const { subject, decision, reason, question } = asked;
  journal.append(
    {
      ...{ kind: "review.signed", hash, seq, sitting: sitting.id, subject, basis, flags, decision },
      ...{ follows: follows?.hash ?? null, reason, question },
      second: second && { person: second.row.id, office: second.office },
    },
    person,
  );
  return ok({ hash });
}

/** As main once the member has typed their PIN. */
function uphold({ journal, person }: FakeMain, asked: InputOf<WindowChannels["divergence.uphold"]>) {
  const admitted = admitUpholding(asked.candidate, person, journal.view);
  if (!admitted.ok) return admitted;
  const { hash: record } = admitted.value.counting;
  const statement = testHash(`statement ${String(journal.entries.length)}`);
  journal.append({ kind: "sheet.upheld", ...asked, record, statement }, person);
  return ok({});
}

/** As main once both have typed their PIN. */
function changeRoster(main: FakeMain, asked: ChangeAsked & { readonly reason: string }) {
  const { journal, person } = main;
  const admitted = admitRosterChange(asked, person, journal.view);
  if (!admitted.ok) return admitted;
  const { change, leader, confirmer, office } = admitted.value;
  const seq = nextSeq(journal);
  const hash = testHash(`delta ${String(seq)}`);
  journal.append(
    {
      ...{ kind: "roster.changed", sitting: asked.sitting, change, reason: asked.reason, seq, hash },
      ...{ leader: leader.id, confirmedBy: confirmer.id, office },
    },
    person,
  );
  return ok({ hash });
}

/** Signed by whoever is signed in: the real gate in front, the PIN left out. */
function recordIncident(
  { journal, person }: FakeMain,
  { sitting, report }: InputOf<WindowChannels["incident.record"]>,
) {
  const admitted = admitIncident(sitting, report, Date.now(), person, journal.view);
  if (!admitted.ok) return admitted;
  const seq = nextSeq(journal);
  journal.append(
    {
      ...{ kind: "incident.recorded", incident: sheetId(800 + seq), sitting, report },
      ...{ seq, hash: testHash(`incident ${String(seq)}`), person: admitted.value.person.id },
    },
    person,
  );
  return ok({});
}

/** Signed by whoever is signed in, over the notes as they stand: the real gate in front, the PIN left out. */
async function signVisit({ journal, person }: FakeMain, sitting: SittingId, supervision: Supervision) {
  if (person === null) return refuse({ code: "session.none" });
  const notes = (await supervision.visitsOf(sitting)).notesOf(sitting, person);
  const admitted = admitVisit(sitting, notes, person, Day.parse("2026-11-23"), journal.view);
  if (!admitted.ok) return admitted;
  const seq = nextSeq(journal);
  const hash = testHash(`visit ${String(seq)}`);
  journal.append(
    {
      ...{ kind: "visit.signed", visit: sheetId(700 + seq), sitting, report: admitted.value.report },
      ...{ seq, hash, person },
    },
    person,
  );
  return ok({ hash });
}

/** Both have signed: the real gate in front, the PINs left out. */
function amend({ journal, person }: FakeMain, asked: AmendmentAsked) {
  const admitted = admitAmendment(asked, person, journal.view);
  if (!admitted.ok) return admitted;
  const { sheet, draft, rubric, approver, office } = admitted.value;
  const { reason, text } = asked;
  const { total } = totalOf(rubric, draft.items, draft.overtimeMs);
  const seq = nextSeq(journal);
  const hash: HashId = testHash(`amendment ${String(seq)}`);
  const { id, sitting } = sheet;
  journal.append(
    {
      ...{ kind: "sheet.amended", sheet: id, sitting, seq, hash, reason, text, total, office },
      approvedBy: approver.id,
    },
    person,
  );
  return ok({ hash });
}
