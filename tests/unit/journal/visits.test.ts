// A supervisor's notes of a room (R23): who may write them, what the journal says of them afterwards, and what is signed over the room
// as it stands.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day, Kid, type PersonId, type SheetId } from "#shared/base";
import { NO_NOTES, type VisitAnswer, type VisitNotes } from "#shared/exam";
import {
  admitVisit,
  createVisitWatch,
  hasUnsealed,
  mayReadVisits,
  notesAfter,
  roomState,
  unsealedVisits,
  visitForm,
  visitorRefusal,
  workplacesOf,
  type Intent,
} from "#shared/journal";
import { onSiteChecklist } from "#shared/rules";
import {
  candidateRef,
  clockAt,
  markAbsent,
  personId,
  sheetId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";
import { aVisitedDay, LEADER, MEMBER, OFFICE, signVisit, VISITOR } from "../../support/visited-day.ts";

const [OUTSIDER, COLLEAGUE] = [3, 71].map(personId) as [PersonId, PersonId];
const TODAY = Day.parse("2026-11-23");
const { id: LIST, items } = onSiteChecklist();
const [first] = items;
if (!first) throw new Error("a checklist has items");
const YES: VisitAnswer = { answer: "yes", words: "" };
const ALL_YES: VisitNotes = {
  ...NO_NOTES,
  answers: Object.fromEntries(items.map(({ code }) => [code, YES])),
};

type Note = Extract<Intent, { kind: `visit.${string}` }>;
const said = ({ journal }: PreparedDay, intent: Note, actor: PersonId | null) => {
  const wished = journal.wish(intent, actor);
  return wished.ok ? "ok" : wished.error.code;
};
const answer = (day: PreparedDay, item = first.code, given: VisitAnswer | null = YES): Note => ({
  ...{ kind: "visit.answer", sitting: day.sitting, item, answer: given },
});
function watchOf({ journal }: PreparedDay) {
  const watch = createVisitWatch();
  for (const { entry } of journal.entries) watch.apply(entry);
  return watch;
}
const notesOf = (day: PreparedDay, person = VISITOR) => watchOf(day).notesOf(day.sitting, person);

describe("[R23] notes of a room", () => {
  test("are a supervisor's, of the sitting or of the centre, and nobody else's", () => {
    const day = aVisitedDay();
    expect(said(day, answer(day), VISITOR)).toBe("ok");
    for (const who of [LEADER, OUTSIDER, OFFICE])
      expect(said(day, answer(day), who)).toBe("visit.not-supervisor");
    expect(said(day, answer(day), null)).toBe("session.none");
    day.journal.append({
      kind: "person.added",
      person: { id: COLLEAGUE, name: "覃小满", roles: ["supervisor"] },
      stated: { examiner: [], supervisor: null },
    });
    expect(said(day, answer(day), COLLEAGUE)).toBe("ok");
    day.journal.append({ kind: "person.ended", person: VISITOR, reason: "调离" });
    expect(said(day, answer(day), VISITOR)).toBe("person.ended");
  });

  test("are not written by a supervisor who has a place on the panel, or had one", () => {
    const day = aVisitedDay(["supervisor", "examiner"]);
    const change = (leaves: PersonId, joins: PersonId, seq: number) =>
      day.journal.append(
        {
          ...{ kind: "panel.changed", sitting: day.sitting, leaves, joins, reason: "突发疾病", seq },
          ...{ kid: `ed25519.${"2".repeat(32)}` as never, hash: testHash(`panel ${String(seq)}`) },
          panel: [
            { person: LEADER, leader: true },
            { person: joins, leader: false },
          ],
        },
        LEADER,
      );
    change(MEMBER, VISITOR, 2);
    expect(said(day, answer(day), VISITOR)).toBe("visit.on-panel");
    change(VISITOR, MEMBER, 3);
    expect(said(day, answer(day), VISITOR)).toBe("visit.on-panel");
    const { view } = day.journal;
    expect(admitVisit(day.sitting, ALL_YES, VISITOR, TODAY, view)).toMatchObject({
      error: { code: "visit.blocked", facts: { rule: "R23", code: "supervision.on-panel" } },
    });
  });

  test("are about an item of the list and a sitting that is there", () => {
    const day = aVisitedDay();
    expect(said(day, answer(day, "no-such-item"), VISITOR)).toBe("visit.unknown-item");
    const nowhere = { ...answer(day), sitting: "A".repeat(22) as never };
    expect(said(day, nowhere, VISITOR)).toBe("sitting.unknown");
  });

  test("stand as they were last written, each person's own, until they are emptied or signed", () => {
    const day = aVisitedDay();
    said(day, answer(day), VISITOR);
    said(day, answer(day, first.code, { answer: "no", words: "缺一人" }), VISITOR);
    said(day, { kind: "visit.remark", sitting: day.sitting, about: "problems", text: "噪声大" }, VISITOR);
    expect(notesOf(day)).toEqual({
      answers: { [first.code]: { answer: "no", words: "缺一人" } },
      ...{ problems: "噪声大", suggestions: "" },
    });
    expect(notesOf(day, OUTSIDER)).toEqual(NO_NOTES);
    said(day, answer(day, first.code, null), VISITOR);
    expect(notesOf(day).answers).toEqual({});
    said(day, { kind: "visit.clear", sitting: day.sitting }, VISITOR);
    expect(notesOf(day)).toEqual(NO_NOTES);
    said(day, answer(day), VISITOR);
    signVisit(day);
    expect(notesOf(day)).toEqual(NO_NOTES);
    expect(watchOf(day).signedOf(day.sitting)).toMatchObject([{ person: VISITOR, seq: 2 }]);
  });

  property(
    "are what folding the entries one by one says, whoever folds them (main at a start, or the window as they come)",
    200,
    [
      fc.array(
        fc.oneof(
          fc.record({
            kind: fc.constant("visit.answer" as const),
            item: fc.constantFrom(...items.map(({ code }) => code)),
            answer: fc.constantFrom(null, YES, { answer: "unseen" as const, words: "来晚了" }),
          }),
          fc.record({
            kind: fc.constant("visit.remark" as const),
            about: fc.constantFrom("problems" as const, "suggestions" as const),
            text: fc.constantFrom("", "补记"),
          }),
          fc.record({ kind: fc.constant("visit.clear" as const) }),
        ),
        { maxLength: 12 },
      ),
    ],
    (acts) => {
      const day = aVisitedDay();
      const before = day.journal.entries.length;
      for (const act of acts) expect(said(day, { ...act, sitting: day.sitting }, VISITOR)).toBe("ok");
      const bodies = day.journal.entries.slice(before).map(({ entry }) => entry.body);
      expect(bodies.reduce(notesAfter, NO_NOTES)).toEqual(notesOf(day));
    },
  );
});

describe("[R23] what is signed", () => {
  test("is the list in its order, the words trimmed, the panel and the room as they stand", () => {
    const day = aVisitedDay();
    signSheet(day, 1, LEADER);
    const report = signVisit(day, { ...ALL_YES, problems: " 噪声大 " });
    expect(report).toMatchObject({
      checklist: LIST,
      problems: "噪声大",
      room: { registered: 6, marking: 1 },
    });
    expect(report.answers.map(({ item }) => item)).toEqual(items.map(({ code }) => code));
    expect(report.panel).toEqual([
      { person: LEADER, leader: true },
      { person: MEMBER, leader: false },
    ]);
  });

  test("is not admitted while an item has no answer or a no says nothing", () => {
    const day = aVisitedDay();
    const { view } = day.journal;
    const codeOf = (notes: VisitNotes, actor: PersonId | null = VISITOR) => {
      const admitted = admitVisit(day.sitting, notes, actor, TODAY, view);
      return admitted.ok ? "ok" : admitted.error.code;
    };
    expect(codeOf(ALL_YES)).toBe("ok");
    expect(codeOf(NO_NOTES)).toBe("visit.lacks-answer");
    const no = { ...ALL_YES.answers, [first.code]: { answer: "no" as const, words: "" } };
    expect(codeOf({ ...ALL_YES, answers: no })).toBe("visit.lacks-words");
    expect(codeOf(ALL_YES, null)).toBe("session.none");
    expect(codeOf(ALL_YES, OFFICE)).toBe("visit.blocked");
  });

  test("is read by supervisors and the office, never by the panel", () => {
    const day = aVisitedDay();
    const { view } = day.journal;
    const sitting = view.read("sittings", day.sitting);
    if (!sitting) throw new Error("a sitting");
    const rowOf = (id: PersonId) => {
      const row = view.read("people", id);
      if (!row) throw new Error(id);
      return row;
    };
    expect([VISITOR, OFFICE, LEADER, OUTSIDER].map((id) => mayReadVisits(rowOf(id), sitting))).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
    expect(visitorRefusal(rowOf(OFFICE), sitting)).toBe("visit.not-supervisor");
    const panel = [{ person: OFFICE, leader: false }];
    expect(mayReadVisits(rowOf(OFFICE), { ...sitting, panel })).toBe(false);
  });

  test("stands on paper as it was signed, whatever happened since", () => {
    const day = aVisitedDay();
    signVisit(day);
    signSheet(day, 1, LEADER);
    const [visit] = watchOf(day).signedOf(day.sitting);
    const form = visit && visitForm(visit, day.journal.view);
    expect(form).toMatchObject({ room: { marking: 0 }, signed: { name: "韦月桂" }, checklist: LIST });
    expect(form?.lines).toHaveLength(items.length);
    expect(form?.hasQuestions).toBe(true);
  });

  test("of another edition of the list says so, and prints none of today's questions in their place", () => {
    const day = aVisitedDay();
    signVisit(day);
    const [visit] = watchOf(day).signedOf(day.sitting);
    const older = visit && { ...visit, report: { ...visit.report, checklist: "on-site-99" } };
    const form = older && visitForm(older, day.journal.view);
    expect(form).toMatchObject({ checklist: "on-site-99", hasQuestions: false });
    expect(form?.lines.map(({ text, source }) => [text.zh, text.en, source])).toEqual(
      items.map(({ code }) => [code, code, ""]),
    );
  });

  test("[R51] counts as it stands whoever is said to have left although the whole panel signed for them", () => {
    const day = aVisitedDay();
    for (const member of [LEADER, MEMBER]) signSheet(day, 1, member);
    day.journal.append({
      ...{ kind: "roster.change-received", sitting: day.sitting, reason: "身体不适" },
      ...{ change: { kind: "withdrawal", candidate: candidateRef(1) }, seq: 9, hash: testHash("left") },
      ...{ leader: LEADER, confirmedBy: OFFICE, office: "administrator", at: clockAt(1) },
      ...{ from: Kid.parse(`ed25519.${"7".repeat(32)}`), bundle: testHash("bundle") },
    });
    const admitted = admitVisit(day.sitting, ALL_YES, VISITOR, TODAY, day.journal.view);
    expect(admitted.ok && admitted.value.report.room).toMatchObject({
      ...{ registered: 6, signed: 1, left: 0, untouched: 5, sheets: { expected: 12, signed: 2 } },
    });
  });

  test("[SY1] keeps the day open until it is sealed, and so does a change of the panel", () => {
    const day = aVisitedDay();
    const rowOf = () => day.journal.view.read("sittings", day.sitting)!;
    const nothing = { sheets: [], candidates: [], reviews: [], incidents: [] };
    const isOpen = (last: number, sitting: Parameters<typeof hasUnsealed>[0]["sitting"] = rowOf()) =>
      hasUnsealed({ sitting, batches: [{ carried: false, range: { first: 1, last } }], ...nothing });
    expect([isOpen(1), isOpen(1, { ...rowOf(), substitutions: [{ seq: 2 } as never] })]).toEqual([
      false,
      true,
    ]);
    signVisit(day);
    const [seq] = rowOf().visits;
    expect([isOpen(seq! - 1), isOpen(seq!)]).toEqual([true, false]);
    const carried = [{ carried: true, range: { first: 1, last: 99 } }];
    expect([unsealedVisits(rowOf(), carried), unsealedVisits(rowOf(), [])]).toEqual([1, 1]);
  });
});

describe("the room", () => {
  function rowsOf({ journal: { view }, sitting: id }: PreparedDay) {
    const sitting = view.read("sittings", id);
    if (!sitting) throw new Error("a sitting");
    const [candidates, sheets] = [view.rowsOf("candidates", id), view.rowsOf("sheets", id)];
    return { sitting, candidates, sheets, incidents: view.rows("incidents"), calls: view.rows("calls") };
  }
  const opened = (day: PreparedDay, no: number, examiner: PersonId): SheetId => {
    const sheet = sheetId(900 + no);
    const body = { sheet, sitting: day.sitting, candidate: candidateRef(no), rubric: day.rubric };
    day.journal.append({ kind: "sheet.opened", ...body }, examiner);
    return sheet;
  };

  test("has every candidate in one state: begun, signed by the whole panel, absent, gone, or untouched", () => {
    const day = aVisitedDay();
    signSheet(day, 1, LEADER);
    signSheet(day, 1, MEMBER);
    signSheet(day, 2, LEADER);
    const paused = opened(day, 3, MEMBER);
    day.journal.append({ kind: "sheet.paused", sheet: paused, reason: { kind: "power" } }, MEMBER);
    markAbsent(day, 4);
    opened(day, 5, MEMBER);
    day.journal.append(
      {
        ...{ kind: "roster.changed", sitting: day.sitting, reason: "身体不适", office: "administrator" },
        ...{ change: { kind: "withdrawal", candidate: candidateRef(5) }, seq: 9, hash: testHash("left") },
        ...{ leader: LEADER, confirmedBy: OFFICE },
      },
      LEADER,
    );
    const rows = rowsOf(day);
    expect(workplacesOf(rows.sitting, rows.candidates, rows.sheets).map((one) => one.state)).toEqual([
      ...["signed", "marking", "marking", "absent", "left", "untouched"],
    ]);
    expect(roomState(rows)).toMatchObject({
      ...{ registered: 6, untouched: 1, marking: 2, signed: 1, absent: 1, left: 1, paused: 1 },
      sheets: { expected: 8, signed: 3 },
    });
  });

  test("counts incidents and the calls that nobody answered", () => {
    const day = aVisitedDay();
    day.journal.append(
      { kind: "leader.called", call: sheetId(1), sitting: day.sitting, candidate: candidateRef(1) },
      MEMBER,
    );
    expect(roomState(rowsOf(day))).toMatchObject({ incidents: 0, openCalls: 1 });
    day.journal.append({ kind: "call.answered", call: sheetId(1), text: "" }, LEADER);
    expect(roomState(rowsOf(day))).toMatchObject({ openCalls: 0 });
  });
});
