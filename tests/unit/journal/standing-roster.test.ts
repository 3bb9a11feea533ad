// Signed records that contradict each other: somebody left on one laptop and was signed for by the whole panel on others. In whatever
// order they come together, both are kept, it is told, and two people say which of them stands (R46, R51).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Kid, PersonId, type HashId } from "#shared/base";
import { isSameSubject, type ReviewDecision, type ReviewSubject } from "#shared/exam";
import {
  basisOf,
  boardOf,
  contestedCandidates,
  countOwed,
  countSitting,
  recordsOfSitting,
  roomForm,
  standingResult,
  slipForm,
  standingRoster,
  summaryForm,
  waitingCandidates,
  withheldCandidates,
  type EntryBody,
} from "#shared/journal";
import { countSheets } from "../../../electron/desk/day.ts";
import {
  aPreparedDay,
  candidateRef,
  clockAt,
  personId,
  sheetId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

const [LEADER, MARKER] = [personId(1), personId(2)] as const;
const FIRST = candidateRef(1);
const OF_CANDIDATE: ReviewSubject = { kind: "candidate", candidate: FIRST };
const [SUPERVISOR, SECOND] = [PersonId.parse("s-1"), PersonId.parse("s-2")];
const THERE = Kid.parse(`ed25519.${"7".repeat(32)}`);
const LEAVING = testHash("leaving");

type Act = "leader" | "marker" | "leaves";

const ACTS: Readonly<Record<Act, (day: PreparedDay) => void>> = {
  leader: (day) => receiveSheet(day, LEADER),
  marker: (day) => receiveSheet(day, MARKER),
  leaves: ({ journal, sitting }) =>
    void journal.append({
      ...{ kind: "roster.change-received", sitting, change: { kind: "withdrawal", candidate: FIRST } },
      ...{ reason: "身体不适", seq: 9, hash: LEAVING, leader: LEADER, confirmedBy: SUPERVISOR },
      ...{ office: "supervisor", at: clockAt(1), from: THERE, bundle: testHash("bundle") },
    }),
};

/** As a stick brings it: no order with what was signed elsewhere is known. */
function receiveSheet({ journal, sitting, rubric }: PreparedDay, examiner: PersonId): void {
  const there = aPreparedDay({ candidates: 2, panel: 2 });
  const row = there.journal.view.read("sheets", signSheet(there, 1, examiner))!;
  journal.append({
    kind: "sheet.received",
    sheet: {
      ...{ id: sheetId(examiner === LEADER ? 801 : 802), sitting, candidate: FIRST, examiner, rubric },
      ...{ items: row.items, vetoes: [], overtimeMs: 0, note: "", evidence: [], startedAt: row.startedAt },
    },
    signature: { seq: 3, hash: testHash(`sheet ${examiner}`), total: row.signature!.total, at: clockAt(1) },
    ...{ from: THERE, bundle: testHash("bundle"), counts: true },
  });
}

const recordsOf = ({ journal: { view }, sitting }: PreparedDay) => recordsOfSitting(sitting, view);
const aDay = (...acts: readonly Act[]): PreparedDay => {
  const day = aPreparedDay({ candidates: 2, panel: 2 });
  for (const act of acts) ACTS[act](day);
  return day;
};
const checkIdentity = ({ journal, sitting }: PreparedDay) =>
  journal.append(
    {
      ...{ kind: "identity.checked", sitting, candidate: candidateRef(2) },
      ...{ document: "idCard", matches: true, note: null },
    },
    LEADER,
  );
const contested = (day: PreparedDay) => contestedCandidates(recordsOf(day));

/** As two people would sign it over what lies here, or as one would. */
function decide(
  day: PreparedDay,
  decision: ReviewDecision,
  { isOfTwo = true, subject = OF_CANDIDATE, basis = basisNow(day, subject) } = {},
): void {
  const about = day.journal.view.rows("reviews").filter((one) => isSameSubject(one.subject, subject));
  const follows = about.at(-1)?.hash ?? null;
  const hash = testHash(`review ${String(day.journal.entries.length)}`);
  const body: EntryBody = {
    kind: "review.received",
    review: {
      ...{
        hash,
        seq: 20,
        sitting: day.sitting,
        subject,
        basis,
        follows,
      },
      ...{ flags: [], decision, reason: "看过两份记录", question: null, person: SUPERVISOR, at: clockAt(2) },
      second: isOfTwo ? { person: SECOND, office: "supervisor" } : null,
    },
    ...{ from: THERE, bundle: testHash("bundle") },
  };
  day.journal.append(body);
}

function basisNow(day: PreparedDay, subject: ReviewSubject): HashId {
  const basis = basisOf(subject, recordsOf(day));
  if (!basis) throw new Error("nothing was signed");
  return basis;
}

function told(day: PreparedDay) {
  const { view } = day.journal;
  const [of, sitting] = [recordsOf(day), view.read("sittings", day.sitting)!];
  const candidate = standingRoster(of).find(({ ref }) => ref === FIRST)!;
  const result = standingResult({
    ...{ sitting, candidate, sheets: of.sheets, waiting: waitingCandidates(of).get(FIRST) ?? null },
    rubric: view.read("rubrics", sitting.rubric)!.rubric,
    policy: view.read("centre", "only")!.permit!.reference.policy,
  });
  const board = countOwed(boardOf({ ...of, sitting, batches: [] }).owed);
  const printed = roomForm(day.sitting, view)?.counts;
  return { result, board, printed, counts: countSitting(sitting, standingRoster(of), of.sheets) };
}

describe("[R51] somebody who left and whom the whole panel signed for", () => {
  property(
    "[S12] is contested on every laptop, whatever came first, and every signed sheet counts as signed",
    20,
    [fc.shuffledSubarray<Act>(["leader", "marker", "leaves"], { minLength: 3 })],
    (acts) => {
      const day = aDay(...acts);
      expect(contested(day)).toEqual([FIRST]);
      const { result, board, counts, printed } = told(day);
      expect([result?.outcome, result?.mark]).toEqual(["CONTESTED", "—"]);
      expect(board).toMatchObject({ signed: 2, excused: 0, missing: 2, expected: 4 });
      expect(counts).toMatchObject({ withdrawn: 0, signed: 2, expected: 4 });
      expect(printed).toEqual({ registered: 2, ...counts });
      expect(slipForm(day.sitting, null, day.journal.view)?.slips.map(({ no }) => no)).toEqual([1, 2]);
      checkIdentity(day);
      expect(roomForm(day.sitting, day.journal.view)?.checkIn).toMatchObject({ expected: 2, checkedIn: 1 });
      expect(summaryForm(day.sitting, day.journal.view)?.counts).toMatchObject({
        CONTESTED: 1,
        CANCELLED: 0,
      });
      expect(basisNow(day, OF_CANDIDATE)).toBe(basisNow(aDay("leaves", "marker", "leader"), OF_CANDIDATE));
    },
  );

  test("is not, while a sheet is missing: they left before the panel was done", () => {
    const day = aDay("marker", "leaves");
    expect(contested(day)).toEqual([]);
    expect(told(day).result?.outcome).toBe("CANCELLED");
    expect(told(day).board).toMatchObject({ excused: 2, signed: 0 });
    ACTS.leader(day);
    expect(contested(day)).toEqual([FIRST]);
  });

  test("[R46] confirmed by two, the sheets stand, and with one person's word nothing does", () => {
    const day = aDay("leader", "leaves", "marker");
    decide(day, "confirm", { isOfTwo: false });
    expect(contested(day)).toEqual([FIRST]);
    const before = day.journal.view.read("sittings", day.sitting)?.revision ?? 0;
    decide(day, "confirm");
    expect(contested(day)).toEqual([]);
    expect(told(day).result?.outcome).toBe("PASS");
    expect(told(day).board).toMatchObject({ signed: 2, excused: 0 });
    // Who signed for the totals has not seen this one among them (R48).
    expect(day.journal.view.read("sittings", day.sitting)?.revision).toBe(before + 1);
  });

  test("void by two, the leaving stands: no mark, nothing owed, and no other panel to wait for", () => {
    const day = aDay("leader", "marker", "leaves");
    decide(day, "void");
    expect([contested(day), withheldCandidates(recordsOf(day)).size]).toEqual([[], 0]);
    expect(told(day).result?.outcome).toBe("CANCELLED");
    expect(told(day).board).toMatchObject({ excused: 2, signed: 0 });
  });

  test.each<[ReviewDecision, string]>([
    ["re-mark", "WITHHELD"],
    ["return", "CONTESTED"],
    ["escalate", "CONTESTED"],
  ])("%s leaves it at %s", (decision, outcome) => {
    const day = aDay("leader", "marker", "leaves");
    decide(day, decision);
    expect(told(day).result?.outcome).toBe(outcome);
  });

  test.each(["sitting", "sheet"] as const)(
    "[R76] what was void of the %s stays so for them, although two people say that they were marked",
    (kind) => {
      const day = aDay("leader", "marker", "leaves");
      const sheet = recordsOf(day).sheets[0]!.signature!.hash;
      const subject: ReviewSubject =
        kind === "sheet" ? { kind, candidate: FIRST, sheet } : { kind: "sitting" };
      decide(day, "void", { subject });
      expect(told(day).result?.outcome).toBe("WITHHELD");
      decide(day, "confirm");
      expect(contested(day)).toEqual([]);
      expect(told(day).result?.outcome).toBe("WITHHELD");
      decide(day, "confirm", { subject });
      expect(told(day).result?.outcome).toBe("PASS");
    },
  );

  test("[R46] a void of before anybody knew that they left settles nothing, and no result comes of it, until one that knew", () => {
    const day = aDay("leader", "marker");
    decide(day, "void");
    expect(told(day).result?.outcome).toBe("WITHHELD");
    ACTS.leaves(day);
    expect(contested(day)).toEqual([FIRST]);
    expect(told(day).result?.outcome).toBe("WITHHELD");
    decide(day, "void");
    expect(contested(day)).toEqual([]);
    expect(told(day).result?.outcome).toBe("CANCELLED");
  });

  test("a decision before the contradiction was known settles nothing of it", () => {
    const day = aDay("leader", "marker");
    decide(day, "confirm");
    expect(told(day).result?.outcome).toBe("PASS");
    ACTS.leaves(day);
    expect(told(day).result?.outcome).toBe("CONTESTED");
  });
});

test("[R76] a void takes the panel's duty with it: what nobody may mark any more is explained, and not missing", () => {
  const day = aDay("marker");
  const missing = () =>
    countSheets(day.journal.view.read("sittings", day.sitting)!, day.journal.view).missing;
  const before = missing();
  decide(day, "void");
  expect(told(day).board).toMatchObject({ signed: 1, excused: 1, missing: 2 });
  expect(missing()).toBe(before - 1);
});
