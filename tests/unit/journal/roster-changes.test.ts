// The roster on the day (rulings 3, R51): who may change it, what stands in the way, what becomes of a candidate, and that any order
// of changes that is let through leaves a roster that adds up, here and on a laptop that takes it over.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Kid, NO_HASH, type CandidateRef, type PersonId } from "#shared/base";
import { changedBy, isConsistentChange, type Person, type RosterChange } from "#shared/exam";
import {
  admit,
  admitRosterChange,
  countSitting,
  fold,
  hasUnsealed,
  isExpected,
  leavingOf,
  misfitOf,
  officeOf,
  rowsTouched,
  unmarkedAs,
  type EntryBody,
  type RosterChangeAsked,
} from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  clockAt,
  markAbsent,
  nextSeq,
  personId,
  sheetId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

const [LEADER, SECOND, THIRD, ADMINISTRATOR] = [1, 2, 3, 4].map(personId) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const SUPERVISOR = personId(70);
const ELSEWHERE = Kid.parse(`ed25519.${"9".repeat(32)}`);
const [ONE, TWO, THREE, SIX] = [1, 2, 3, 6].map(candidateRef) as [
  CandidateRef,
  CandidateRef,
  CandidateRef,
  CandidateRef,
];

const supervisor: Person = { id: SUPERVISOR, name: "韦月桂", roles: ["supervisor"] };

/** Three who mark, eight candidates in rotations of five, and a supervisor. */
function aDay(panel = 3): PreparedDay {
  const day = aPreparedDay({ panel });
  const stated = { examiner: [], supervisor: null };
  day.journal.append({ kind: "person.added", person: supervisor, stated });
  return day;
}

function ask(
  { journal, sitting }: PreparedDay,
  change: RosterChangeAsked,
  { actor = LEADER, confirmer = SUPERVISOR }: { actor?: PersonId | null; confirmer?: PersonId } = {},
) {
  return admitRosterChange({ sitting, change, confirmer }, actor, journal.view);
}

const codeOf = (result: ReturnType<typeof ask>) => (result.ok ? "ok" : result.error.code);

function bodyOf(day: PreparedDay, asked: RosterChangeAsked): Extract<EntryBody, { kind: "roster.changed" }> {
  const admitted = ask(day, asked);
  if (!admitted.ok) throw new Error(admitted.error.code);
  const seq = nextSeq(day.journal);
  const { change, leader, confirmer, office } = admitted.value;
  return {
    ...{ kind: "roster.changed", sitting: day.sitting, change, reason: "路上堵车", seq },
    ...{ hash: testHash(`delta ${seq}`), leader: leader.id, confirmedBy: confirmer.id, office },
  };
}

function change(day: PreparedDay, asked: RosterChangeAsked): void {
  day.journal.append(bodyOf(day, asked), LEADER);
}

function rowOf({ journal }: PreparedDay, ref: CandidateRef) {
  const row = journal.view.read("candidates", ref);
  if (!row) throw new Error("a candidate");
  return row;
}

function countsOf({ journal, sitting }: PreparedDay) {
  const row = journal.view.read("sittings", sitting);
  if (!row) throw new Error("a sitting");
  return countSitting(
    row,
    journal.view.rowsOf("candidates", sitting),
    journal.view.rowsOf("sheets", sitting),
  );
}

const open = (day: PreparedDay, who: PersonId, candidate: CandidateRef) =>
  day.journal.wish({ kind: "sheet.open", sitting: day.sitting, candidate }, who);

describe("who may change a roster, and who confirms", () => {
  test("leader, supervisor and administrator may ask; an examiner of the panel and nobody may not", () => {
    const day = aDay();
    const asked = { kind: "withdrawal", candidate: ONE } as const;
    for (const actor of [LEADER, SUPERVISOR, ADMINISTRATOR])
      expect(codeOf(ask(day, asked, { actor }))).toBe("ok");
    expect(codeOf(ask(day, asked, { actor: SECOND }))).toBe("roster.not-office");
    expect(codeOf(ask(day, asked, { actor: null }))).toBe("session.none");
  });

  test("the second signature is a supervisor's or an administrator's, of somebody else who was not ended", () => {
    const day = aDay();
    const asked = { kind: "withdrawal", candidate: ONE } as const;
    const as = (confirmer: PersonId) => ask(day, asked, { confirmer });
    const [office, other] = [as(SUPERVISOR), as(ADMINISTRATOR)];
    expect(office.ok && office.value.office).toBe("supervisor");
    expect(other.ok && other.value.office).toBe("administrator");
    expect(codeOf(as(LEADER))).toBe("roster.same-person");
    expect(codeOf(as(SECOND))).toBe("roster.no-office");
    expect(codeOf(as(personId(99)))).toBe("person.unknown");
    day.journal.append({ kind: "person.ended", person: SUPERVISOR, reason: "调离" });
    expect(codeOf(as(SUPERVISOR))).toBe("person.ended");
    expect(officeOf(day.journal.view.read("people", SUPERVISOR))).toBeNull();
    expect(officeOf(undefined)).toBeNull();
    day.journal.append({ kind: "person.ended", person: LEADER, reason: "调离" });
    expect(codeOf(ask(day, asked, { actor: ADMINISTRATOR, confirmer: ADMINISTRATOR }))).toBe(
      "roster.no-leader",
    );
  });

  test("only of this sitting's own candidates", () => {
    const day = aDay();
    expect(codeOf(ask(day, { kind: "withdrawal", candidate: candidateRef(99) }))).toBe("candidate.unknown");
    const asked = { sitting: testSitting(), change: { kind: "withdrawal" as const, candidate: ONE } };
    const elsewhere = admitRosterChange({ ...asked, confirmer: SUPERVISOR }, LEADER, day.journal.view);
    expect(codeOf(elsewhere)).toBe("sitting.unknown");
  });
});

const testSitting = () => aPreparedDay().sitting.replace(/^./, "z") as PreparedDay["sitting"];

describe("what stands in the way", () => {
  test("[R51] only a signed absence is taken back, and it is named by its record", () => {
    const day = aDay();
    expect(codeOf(ask(day, { kind: "arrival", candidate: ONE }))).toBe("roster.not-absent");
    markAbsent(day, 1);
    const admitted = ask(day, { kind: "arrival", candidate: ONE });
    expect(admitted.ok && admitted.value.change).toEqual({
      ...{ kind: "arrival", candidate: ONE, absence: rowOf(day, ONE).absence?.hash },
    });
    for (const asked of [
      { kind: "withdrawal", candidate: ONE },
      { kind: "swap", candidates: [ONE, SIX] },
      { kind: "unexamined", candidates: [ONE] },
      { kind: "relocation", candidates: [ONE], to: 2 },
    ] as const)
      expect(codeOf(ask(day, asked))).toBe("candidate.absent");
  });

  test("a swap is of two candidates, of two rotations, and of nobody who has begun", () => {
    const day = aDay();
    expect(codeOf(ask(day, { kind: "swap", candidates: [ONE, ONE] }))).toBe("roster.repeated");
    expect(codeOf(ask(day, { kind: "swap", candidates: [ONE, TWO] }))).toBe("roster.same-rotation");
    expect(open(day, SECOND, SIX).ok).toBe(true);
    expect(codeOf(ask(day, { kind: "swap", candidates: [ONE, SIX] }))).toBe("roster.begun");
    expect(codeOf(ask(day, { kind: "swap", candidates: [ONE, candidateRef(7)] }))).toBe("ok");
  });

  test("[R41] whoever the whole panel has signed for has a mark, and no change takes it away", () => {
    const day = aDay();
    for (const who of [LEADER, SECOND]) signSheet(day, 1, who);
    expect(codeOf(ask(day, { kind: "withdrawal", candidate: ONE }))).toBe("ok");
    signSheet(day, 1, THIRD);
    expect(codeOf(ask(day, { kind: "withdrawal", candidate: ONE }))).toBe("roster.marked");
    expect(codeOf(ask(day, { kind: "unexamined", candidates: [ONE, TWO] }))).toBe("roster.marked");
    expect(codeOf(ask(day, { kind: "relocation", candidates: [ONE], to: 2 }))).toBe("roster.marked");
  });

  test("a failed workplace sends its candidates to another rotation, at most one behind the last", () => {
    const day = aDay();
    const to = (rotation: number) =>
      codeOf(ask(day, { kind: "relocation", candidates: [ONE, TWO], to: rotation }));
    expect([1, 2, 3, 4].map(to)).toEqual(["roster.same-rotation", "ok", "ok", "roster.no-rotation"]);
  });

  test("nobody leaves twice, and whoever left is in no later change", () => {
    const day = aDay();
    change(day, { kind: "withdrawal", candidate: ONE });
    expect(codeOf(ask(day, { kind: "withdrawal", candidate: ONE }))).toBe("roster.has-left");
    expect(codeOf(ask(day, { kind: "swap", candidates: [ONE, SIX] }))).toBe("roster.has-left");
    expect(codeOf(ask(day, { kind: "arrival", candidate: ONE }))).toBe("roster.has-left");
  });
});

describe("what becomes of a candidate", () => {
  test("[R51] who came late is expected again, and the totals are answered for anew", () => {
    const day = aDay();
    markAbsent(day, 1);
    const before = day.journal.view.read("sittings", day.sitting)?.revision ?? 0;
    change(day, { kind: "arrival", candidate: ONE });
    expect(rowOf(day, ONE).absence).toBeNull();
    expect(unmarkedAs(rowOf(day, ONE))).toBeNull();
    expect(countsOf(day)).toMatchObject({ present: 8, absent: 0, expected: 24 });
    expect(day.journal.view.read("sittings", day.sitting)?.revision).toBe(before + 1);
    expect(open(day, SECOND, ONE).ok).toBe(true);
  });

  test("[R51] who left is not opened, not marked, not absent, and what was begun is kept", () => {
    const day = aDay();
    expect(open(day, SECOND, ONE).ok).toBe(true);
    const [sheet] = day.journal.view.rows("sheets");
    signSheet(day, 1, LEADER);
    change(day, { kind: "withdrawal", candidate: ONE });
    expect(leavingOf(rowOf(day, ONE))).toMatchObject({
      kind: "withdrawal",
      reason: "路上堵车",
      office: "supervisor",
    });
    expect(unmarkedAs(rowOf(day, ONE))).toBe("CANCELLED");
    expect(open(day, THIRD, ONE)).toMatchObject({ error: { code: "candidate.left" } });
    const note = { kind: "note.set" as const, sheet: sheet!.id, text: "x" };
    expect(admit(note, SECOND, day.journal.view, () => sheetId(1))).toMatchObject({
      error: { code: "candidate.left" },
    });
    expect(day.journal.view.read("sheets", sheet!.id)).toMatchObject({ examiner: SECOND, signature: null });
    expect(countsOf(day)).toEqual({
      ...{ present: 7, absent: 0, withdrawn: 1, unexamined: 0, expected: 21, signed: 0 },
    });
  });

  test("two who swap are found in each other's rotation, and everybody keeps their number", () => {
    const day = aDay();
    change(day, { kind: "swap", candidates: [ONE, SIX] });
    expect([ONE, SIX].map((ref) => rowOf(day, ref))).toMatchObject([
      { no: 1, rotation: 2, changes: [{ move: { from: 1, to: 2 } }] },
      { no: 6, rotation: 1, changes: [{ move: { from: 2, to: 1 } }] },
    ]);
    change(day, { kind: "relocation", candidates: [TWO, THREE], to: 3 });
    expect([TWO, THREE].map((ref) => rowOf(day, ref).rotation)).toEqual([3, 3]);
    change(day, { kind: "unexamined", candidates: [TWO, THREE] });
    expect(countsOf(day)).toMatchObject({ present: 6, unexamined: 2, withdrawn: 0 });
  });

  test("[SY1] a change that no batch covers keeps the day open; one from another laptop is that laptop's", () => {
    const day = aDay();
    const batch = {
      carried: false,
      range: { first: 1, last: day.journal.view.read("chain", "only")?.seq ?? 0 },
    };
    const { view } = day.journal;
    const isOpen = () =>
      hasUnsealed({
        ...{ sitting: view.read("sittings", day.sitting)!, batches: [batch] },
        ...{ candidates: view.rowsOf("candidates", day.sitting), sheets: [], reviews: [], incidents: [] },
      });
    day.journal.append(receivedAbsence(day, TWO));
    expect(isOpen()).toBe(false);
    change(day, { kind: "withdrawal", candidate: ONE });
    expect(isOpen()).toBe(true);
  });
});

function receivedAbsence({ sitting }: PreparedDay, candidate: CandidateRef): EntryBody {
  return {
    ...{ kind: "absence.received", sitting, candidate, seq: 40, hash: testHash("elsewhere"), at: clockAt(1) },
    ...{ from: ELSEWHERE, bundle: testHash("bundle") },
  };
}

describe("a change as another laptop hands it over", () => {
  test("it rests on the absence and on the rotations it names", () => {
    const day = aDay();
    const rows = [ONE, SIX].map((ref) => rowOf(day, ref));
    const moves = (from: number, to: number): RosterChange => ({
      kind: "swap",
      moves: [
        { candidate: ONE, from, to },
        { candidate: SIX, from: to, to: from },
      ],
    });
    expect(misfitOf(moves(1, 2), rows)).toBeNull();
    expect(misfitOf(moves(2, 1), rows)).toBe("roster.moved");
    expect(misfitOf({ kind: "arrival", candidate: ONE, absence: NO_HASH }, rows)).toBe("roster.not-absent");
    expect(misfitOf({ kind: "withdrawal", candidate: ONE }, rows)).toBeNull();
  });

  test("a swap in which they do not take each other's place is none", () => {
    const move = (candidate: CandidateRef, from: number, to: number) => ({ candidate, from, to });
    expect(isConsistentChange({ kind: "swap", moves: [move(ONE, 1, 2), move(SIX, 2, 3)] })).toBe(false);
    expect(isConsistentChange({ kind: "relocation", moves: [move(ONE, 1, 1)] })).toBe(false);
    expect(isConsistentChange({ kind: "unexamined", candidates: [ONE, ONE] })).toBe(false);
    expect(changedBy({ kind: "unexamined", candidates: [ONE, TWO] })).toEqual([ONE, TWO]);
  });
});

const someone = fc.integer({ min: 1, max: 8 });
const anAct = fc.oneof(
  fc.record({ act: fc.constant("absent" as const), no: someone }),
  fc.record({ act: fc.constant("open" as const), no: someone }),
  fc.record({
    act: fc.constant("ask" as const),
    asked: fc.oneof(
      fc.record({
        kind: fc.constantFrom("arrival" as const, "withdrawal" as const),
        candidate: someone.map(candidateRef),
      }),
      fc.record({
        kind: fc.constant("swap" as const),
        candidates: fc.tuple(someone.map(candidateRef), someone.map(candidateRef)),
      }),
      fc.record({
        kind: fc.constant("relocation" as const),
        candidates: fc.array(someone.map(candidateRef), { minLength: 1, maxLength: 4 }),
        to: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({
        kind: fc.constant("unexamined" as const),
        candidates: fc.array(someone.map(candidateRef), { minLength: 1, maxLength: 3 }),
      }),
    ),
  }),
);

property(
  "whatever is let through, the roster adds up, and a laptop that takes it over in order has the same one",
  60,
  [fc.array(anAct, { maxLength: 60 })],
  (acts) => {
    const [day, other] = [aDay(), aDay()];
    for (const one of acts) {
      if (one.act === "open") open(day, SECOND, candidateRef(one.no));
      else if (one.act === "absent") absentHereAndThere(day, other, one.no);
      else if (ask(day, one.asked).ok) changeHereAndThere(day, other, one.asked);
      const { present, absent, withdrawn, unexamined } = countsOf(day);
      expect(present + absent + withdrawn + unexamined).toBe(8);
    }
    const bare = (where: PreparedDay) =>
      where.journal.view
        .rowsOf("candidates", where.sitting)
        .map(({ ref, rotation, absence, changes, ...row }) => ({
          ...{ ref, rotation, isAbsent: absence !== null, isExpected: isExpected({ absence, changes }) },
          kinds: changes.map(({ kind, move, hash }) => ({ kind, move, hash })),
          no: row.no,
        }));
    expect(bare(other)).toEqual(bare(day));
  },
);

/** As main refuses an absence: of somebody marked, gone, or come late. */
function absentHereAndThere(day: PreparedDay, other: PreparedDay, no: number): void {
  const row = rowOf(day, candidateRef(no));
  const isBegun = day.journal.view.rows("sheets").some(({ candidate }) => candidate === row.ref);
  if (row.absence || leavingOf(row) || isBegun || row.changes.some(({ kind }) => kind === "arrival")) return;
  markAbsent(day, no);
  const { seq, hash } = rowOf(day, row.ref).absence ?? { seq: 0, hash: NO_HASH };
  other.journal.append({
    ...{ kind: "absence.received", sitting: other.sitting, candidate: row.ref, seq, hash },
    ...{ at: clockAt(1), from: ELSEWHERE, bundle: testHash("bundle") },
  });
}

function changeHereAndThere(day: PreparedDay, other: PreparedDay, asked: RosterChangeAsked): void {
  const body = bodyOf(day, asked);
  const refs = changedBy(body.change);
  expect(
    misfitOf(
      body.change,
      refs.map((ref) => rowOf(other, ref)),
    ),
  ).toBeNull();
  for (const where of [day, other]) {
    const seq = where.journal.entries.length + 1;
    const written: EntryBody =
      where === day
        ? body
        : {
            ...body,
            ...{
              kind: "roster.change-received",
              at: clockAt(1),
              from: ELSEWHERE,
              bundle: testHash("bundle"),
            },
          };
    const entry = { v: 1 as const, seq, at: clockAt(seq), actor: LEADER, body: written };
    const announced = new Set(rowsTouched(entry).map(({ table, key }) => `${table} ${key}`));
    fold(entry, (table, key) => {
      expect(announced).toContain(`${table} ${key}`);
      return where.journal.view.read(table, key);
    });
    where.journal.append(written, LEADER);
  }
}
