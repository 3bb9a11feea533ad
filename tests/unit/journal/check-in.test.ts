// Check-in (R79, decision 034): who may compare documents, what stands afterwards, who is still missing; and where drawn workplaces stay
// when people are moved.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Kid, PersonId } from "#shared/base";
import { isCheckedIn, standingCheck, type IdCheckSaid, type RosterChange } from "#shared/exam";
import {
  admitSeats,
  candidateOnSlip,
  candidateWanted,
  countCheckIn,
  createJournalView,
  fold,
  placeOf,
  rowsTouched,
  slipForm,
  usesCheckIn,
} from "#shared/journal";
import { slipText } from "#shared/wire";
import {
  aPreparedDay,
  candidateRef,
  drawInOrder,
  markAbsent,
  nextSeq,
  personId,
  sittingId,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

const [LEADER, SECOND, ADMINISTRATOR] = [1, 2, 4].map(personId) as [PersonId, PersonId, PersonId];
const SAID: IdCheckSaid = { document: "idCard", matches: true, note: null };
const MISMATCH: IdCheckSaid = { document: "idCard", matches: false, note: "证件号码末四位不符" };

const rowOf = ({ journal }: PreparedDay, no: number) => {
  const row = journal.view.read("candidates", candidateRef(no));
  if (!row) throw new Error("a candidate");
  return row;
};
const rowsOf = (day: PreparedDay) => day.journal.view.rowsOf("candidates", day.sitting);

function check(day: PreparedDay, no: number, said = SAID, actor: PersonId | null = LEADER): string {
  const wish = { kind: "identity.check" as const, sitting: day.sitting, candidate: candidateRef(no), said };
  const done = day.journal.wish(wish, actor);
  return done.ok ? "ok" : done.error.code;
}
function undo(day: PreparedDay, no: number, actor: PersonId | null = LEADER): string {
  const wish = { kind: "identity.undo" as const, sitting: day.sitting, candidate: candidateRef(no) };
  const done = day.journal.wish(wish, actor);
  return done.ok ? "ok" : done.error.code;
}

function change(day: PreparedDay, changed: RosterChange): void {
  const seq = nextSeq(day.journal);
  day.journal.append({
    ...{ kind: "roster.changed", sitting: day.sitting, change: changed, reason: "工位故障", seq },
    ...{
      hash: testHash(`delta ${String(seq)}`),
      leader: LEADER,
      confirmedBy: ADMINISTRATOR,
      office: "administrator",
    },
  });
}

describe("who compares documents", () => {
  test.each([
    ["the leader", LEADER, "ok"],
    ["an administrator", ADMINISTRATOR, "ok"],
    ["another member of the panel", SECOND, "check-in.not-leader"],
    ["nobody", null, "session.none"],
  ])("%s: %s", (_, actor, code) => {
    expect(check(aPreparedDay({ panel: 3 }), 1, SAID, actor)).toBe(code);
  });

  test("[R45] of a sitting that is marked by number not its leader, who must not read names; the office does", () => {
    const day = aPreparedDay({ observed: false });
    expect(check(day, 1)).toBe("check-in.blind");
    expect(check(day, 1, SAID, ADMINISTRATOR)).toBe("ok");
    expect(undo(day, 1)).toBe("check-in.blind");
  });

  test("whoever was ended does not", () => {
    const day = aPreparedDay({ panel: 3 });
    day.journal.append({ kind: "person.ended", person: LEADER, reason: "离职" });
    expect(check(day, 1)).toBe("person.ended");
  });
});

describe("what stands", () => {
  test("[R79] a match checks in, once; who and when stay with it", () => {
    const day = aPreparedDay();
    expect(check(day, 1)).toBe("ok");
    expect(check(day, 1)).toBe("check-in.twice");
    expect(rowOf(day, 1).checks).toMatchObject([{ ...SAID, by: LEADER, undone: null }]);
    expect(isCheckedIn(rowOf(day, 1))).toBe(true);
  });

  test("a document that does not match checks nobody in, needs its reason, and is followed by another look", () => {
    const day = aPreparedDay();
    expect(check(day, 1, { ...MISMATCH, note: null })).toBe("check-in.no-reason");
    expect(check(day, 1, { ...SAID, document: "other" })).toBe("check-in.no-reason");
    expect(check(day, 1, MISMATCH)).toBe("ok");
    expect(isCheckedIn(rowOf(day, 1))).toBe(false);
    expect(check(day, 1, { ...SAID, document: "passport" })).toBe("ok");
    expect(isCheckedIn(rowOf(day, 1))).toBe(true);
    expect(rowOf(day, 1).checks?.map(({ matches }) => matches)).toEqual([false, true]);
  });

  test("what is taken back stays and says by whom; what stood before stands again, and nothing is taken back twice", () => {
    const day = aPreparedDay();
    check(day, 1, MISMATCH);
    check(day, 1);
    expect(undo(day, 1, ADMINISTRATOR)).toBe("ok");
    expect(standingCheck(rowOf(day, 1))).toMatchObject(MISMATCH);
    expect(rowOf(day, 1).checks?.at(-1)).toMatchObject({ undone: { by: ADMINISTRATOR } });
    expect(undo(day, 1)).toBe("ok");
    expect(undo(day, 1)).toBe("check-in.none");
    expect(usesCheckIn(rowsOf(day))).toBe(false);
  });

  test("not of another sitting's candidate, nor of one who is recorded as absent, nor of one who left", () => {
    const day = aPreparedDay({ panel: 3 });
    markAbsent(day, 2);
    change(day, { kind: "withdrawal", candidate: candidateRef(3) });
    expect(check(day, 99)).toBe("candidate.unknown");
    expect(check(day, 2)).toBe("candidate.absent");
    expect(check(day, 3)).toBe("candidate.left");
    const elsewhere = { sitting: sittingId(9), candidate: candidateRef(1) };
    expect(day.journal.wish({ kind: "identity.check", ...elsewhere, said: SAID }, LEADER)).toMatchObject({
      error: { code: "sitting.unknown" },
    });
  });

  test("no sheet waits for it: who was not looked at is marked as before", () => {
    const day = aPreparedDay();
    check(day, 1);
    const opened = { kind: "sheet.open" as const, sitting: day.sitting, candidate: candidateRef(2) };
    expect(day.journal.wish(opened, LEADER).ok).toBe(true);
  });
});

property(
  "whatever is pressed, everybody who is to come is checked in, has a document that does not match, or is missing",
  200,
  [
    fc.array(
      fc.record({
        no: fc.integer({ min: 1, max: 8 }),
        act: fc.constantFrom("match", "mismatch", "undo", "absent"),
      }),
      { maxLength: 30 },
    ),
  ],
  (acts) => {
    const day = aPreparedDay();
    for (const { no, act } of acts) {
      if (act === "undo") undo(day, no);
      else if (act === "absent") {
        if (!rowOf(day, no).absence && !isCheckedIn(rowOf(day, no))) markAbsent(day, no);
      } else check(day, no, act === "match" ? SAID : MISMATCH);
    }
    const { expected, checkedIn, mismatched, missing } = countCheckIn(rowsOf(day));
    expect(checkedIn + mismatched + missing).toBe(expected);
    expect(expected).toBe(rowsOf(day).filter(({ absence }) => absence === null).length);
    expect(checkedIn).toBe(rowsOf(day).filter((row) => isCheckedIn(row)).length);
    // Folded over nothing but the rows an entry names, a second time, it is the same.
    const again = createJournalView();
    for (const { entry } of day.journal.entries) {
      const named = new Set(rowsTouched(entry).map(({ table, key }) => `${table} ${key}`));
      again.take(
        fold(entry, (table, key) => (named.has(`${table} ${key}`) ? again.read(table, key) : undefined)),
      );
    }
    expect(again.rowsOf("candidates", day.sitting)).toEqual(rowsOf(day));
  },
);

describe("the slip", () => {
  const day = aPreparedDay();

  test("finds its line of the roster; text that is no slip's is none that can be read, and looked for otherwise", () => {
    const text = slipText({ sitting: day.sitting, no: 3 });
    expect(candidateOnSlip(text, day.sitting, rowsOf(day))).toMatchObject({
      value: { ref: candidateRef(3) },
    });
    expect(candidateOnSlip("王建国", day.sitting, rowsOf(day))).toMatchObject({
      error: { code: "slip.unreadable" },
    });
    expect(candidateWanted("王建国", day.sitting, rowsOf(day))).toMatchObject({ value: { no: 1 } });
  });

  test.each([
    ["2", 2],
    ["002", 2],
    ["2026-0005", 5],
    ["2026", 1],
    ["周强", 8],
  ])(
    "what is typed is meant as a number first, then as a ticket, then as a part of either: %s",
    (text, no) => {
      expect(candidateWanted(text, day.sitting, rowsOf(day))).toMatchObject({ value: { no } });
    },
  );

  test("nothing typed, or nobody's name, goes to nobody", () => {
    for (const text of ["", "  ", "没有这个人"])
      expect(candidateWanted(text, day.sitting, rowsOf(day))).toBeNull();
  });

  test.each([
    ["of another sitting", slipText({ sitting: sittingId(2), no: 3 }), "slip.other-sitting"],
    [
      "of a number that the roster does not have",
      slipText({ sitting: sittingId(1), no: 99 }),
      "candidate.unknown",
    ],
    ["that was misread", "JPA1:XYZ", "slip.unreadable"],
  ])("%s finds nobody and says why", (_, text, code) => {
    expect(candidateOnSlip(text, day.sitting, rowsOf(day))).toMatchObject({ error: { code } });
  });

  test("[R78] is printed for everybody who has not left, with the number masked and the workplace once it was drawn", () => {
    const printed = aPreparedDay({ panel: 3 });
    change(printed, { kind: "withdrawal", candidate: candidateRef(2) });
    drawInOrder(printed);
    const form = slipForm(printed.sitting, null, printed.journal.view);
    expect(form?.slips.map(({ no }) => no)).toEqual([1, 3, 4, 5, 6, 7, 8]);
    expect(form?.slips[1]).toMatchObject({ idMasked: "990000********0003", rotation: 1, place: 3 });
    expect(slipForm(printed.sitting, candidateRef(2), printed.journal.view)?.slips).toHaveLength(1);
  });
});

describe("workplaces", () => {
  const places = (day: PreparedDay) => [1, 2, 6, 7].map((no) => placeOf(rowOf(day, no)));

  test("two who change places change workplaces; who is moved alone has none that was drawn, until they come back", () => {
    const day = aPreparedDay({ panel: 3 });
    drawInOrder(day);
    expect(places(day)).toEqual([1, 2, 1, 2]);
    const swapped = (from: number, to: number, no: number) => ({ candidate: candidateRef(no), from, to });
    change(day, { kind: "swap", moves: [swapped(1, 2, 2), swapped(2, 1, 6)] });
    expect(places(day)).toEqual([1, 1, 2, 2]);
    change(day, { kind: "relocation", moves: [swapped(2, 3, 7)] });
    expect(places(day)).toEqual([1, 1, 2, null]);
    change(day, { kind: "swap", moves: [swapped(1, 3, 1), swapped(3, 1, 7)] });
    expect(places(day)).toEqual([null, 1, 2, 1]);
    change(day, { kind: "relocation", moves: [swapped(3, 2, 1)] });
    expect(places(day)).toEqual([2, 1, 2, 1]);
  });

  test("before a draw nobody has one, and moving people makes none", () => {
    const day = aPreparedDay({ panel: 3 });
    change(day, {
      kind: "swap",
      moves: [
        { candidate: candidateRef(1), from: 1, to: 2 },
        { candidate: candidateRef(6), from: 2, to: 1 },
      ],
    });
    expect(places(day)).toEqual([null, null, null, null]);
    expect(rowOf(day, 1)).not.toHaveProperty("place");
  });

  const codeOf = (day: PreparedDay, act: "commit" | "draw", actor: PersonId | null = LEADER) => {
    const admitted = admitSeats(act, day.sitting, actor, day.journal.view);
    return admitted.ok ? "ok" : admitted.error.code;
  };

  test("[R58] are committed to, then drawn, each once", () => {
    const day = aPreparedDay();
    expect(codeOf(day, "draw")).toBe("seats.uncommitted");
    expect(codeOf(day, "commit")).toBe("ok");
    day.journal.append(
      { kind: "seats.committed", sitting: day.sitting, commitment: testHash("secret") },
      LEADER,
    );
    expect(codeOf(day, "commit")).toBe("seats.committed");
    expect(codeOf(day, "draw")).toBe("ok");
    const drawn = aPreparedDay();
    drawInOrder(drawn);
    expect([codeOf(drawn, "commit"), codeOf(drawn, "draw")]).toEqual(["seats.drawn", "seats.drawn"]);
  });

  test("are drawn by whoever leads the check-in, on the laptop that prepared the sitting, and nowhere else", () => {
    const day = aPreparedDay({ panel: 3 });
    expect(codeOf(day, "commit", SECOND)).toBe("check-in.not-leader");
    expect(codeOf(day, "commit", null)).toBe("session.none");
    expect(codeOf(aPreparedDay({ observed: false }), "commit")).toBe("check-in.blind");
    const prepared = day.journal.entries.find(({ entry }) => entry.body.kind === "sitting.prepared");
    if (prepared?.entry.body.kind !== "sitting.prepared") throw new Error("a prepared sitting");
    const { sitting, candidates, trainers } = prepared.entry.body;
    day.journal.append({
      ...{ kind: "sitting.received", sitting, candidates, trainers },
      roster: { hash: testHash("roster"), source: testHash("file") },
      from: `ed25519.${"9".repeat(32)}` as Kid,
      bundle: testHash("bundle"),
    });
    expect(codeOf(day, "commit")).toBe("seats.other-laptop");
  });
});
