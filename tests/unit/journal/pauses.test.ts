// Pauses of a sheet's time (R39): who may stop it and let it run again, what the sheet and its film keep of it, and what the flags see.
import { describe, expect, test } from "vitest";
import type { CandidateRef, PersonId, SheetId } from "#shared/base";
import { openPauseOf, type PauseReason } from "#shared/exam";
import {
  clocksOf,
  createSheetTrails,
  framesOf,
  groundOf,
  readHistory,
  scoreForm,
  type EntryBody,
} from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  clockAt,
  fullInputs,
  nextSeq,
  personId,
  sheetId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";

const [LEADER, SECOND, OUTSIDER] = [1, 2, 3].map(personId) as [PersonId, PersonId, PersonId];
const power = { kind: "power" } as const;

/** A panel of two with a sheet each of the first candidate, and one more of the second examiner's. */
function aDay() {
  const day = aPreparedDay({ panel: 2, candidates: 4 });
  const open = (no: number, examiner: PersonId): SheetId => {
    const opened = day.journal.wish(
      { kind: "sheet.open", sitting: day.sitting, candidate: candidateRef(no) },
      examiner,
    );
    if (!opened.ok || opened.value.entry.body.kind !== "sheet.opened") throw new Error("not opened");
    return opened.value.entry.body.sheet;
  };
  const sheets = { leader: open(1, LEADER), second: open(1, SECOND), another: open(2, SECOND) };
  return { ...day, sheets };
}

const pause = (day: PreparedDay, sheet: SheetId, who: PersonId, reason: PauseReason = power) =>
  codeOf(day.journal.wish({ kind: "sheet.pause", sheet, reason }, who));
const resume = (day: PreparedDay, sheet: SheetId, who: PersonId) =>
  codeOf(day.journal.wish({ kind: "sheet.resume", sheet }, who));
const codeOf = (result: ReturnType<PreparedDay["journal"]["wish"]>) => (result.ok ? "ok" : result.error.code);
const sheetIn = (day: PreparedDay, sheet: SheetId) => day.journal.view.read("sheets", sheet)!;

function withdraw({ journal, sitting }: PreparedDay, candidate: CandidateRef): void {
  const seq = nextSeq(journal);
  journal.append({
    ...{ kind: "roster.changed", sitting, seq, hash: testHash("delta"), reason: "身体不适" },
    change: { kind: "withdrawal", candidate },
    ...{ leader: LEADER, confirmedBy: personId(4), office: "administrator" },
  });
}

describe("stopping the time of a sheet", () => {
  test("[R39] is its examiner's and the leader's, and nobody else's", () => {
    const day = aDay();
    expect(pause(day, day.sheets.second, SECOND)).toBe("ok");
    expect(pause(day, day.sheets.another, LEADER)).toBe("ok");
    expect(pause(day, day.sheets.leader, SECOND)).toBe("sheet.not-yours");
    expect(pause(day, day.sheets.leader, OUTSIDER)).toBe("sitting.not-on-panel");
    expect(pause(day, sheetId(999), LEADER)).toBe("sheet.unknown");
    expect(resume(day, day.sheets.second, LEADER)).toBe("ok");
  });

  test("[R39] is done once until it runs again, and cannot run again where it runs", () => {
    const day = aDay();
    expect(resume(day, day.sheets.leader, LEADER)).toBe("pause.none");
    expect(pause(day, day.sheets.leader, LEADER)).toBe("ok");
    expect(pause(day, day.sheets.leader, LEADER)).toBe("pause.open");
    expect(resume(day, day.sheets.leader, LEADER)).toBe("ok");
    expect(resume(day, day.sheets.leader, LEADER)).toBe("pause.none");
    expect(pause(day, day.sheets.leader, LEADER)).toBe("ok");
    expect(sheetIn(day, day.sheets.leader).pauses.map(({ resumed }) => resumed === null)).toEqual([
      false,
      true,
    ]);
  });

  test("is refused of a signed sheet, and of a candidate who left", () => {
    const day = aDay();
    const signed = signSheet(day, 3, LEADER);
    expect(pause(day, signed, LEADER)).toBe("sheet.signed");
    withdraw(day, candidateRef(1));
    expect(pause(day, day.sheets.leader, LEADER)).toBe("candidate.left");
  });

  test("[R46] changes no mark, and marks are set while it stands still", () => {
    const day = aDay();
    const { leader } = day.sheets;
    const mark = (item: number) =>
      codeOf(
        day.journal.wish(
          { kind: "mark.set", sheet: leader, item, input: { kind: "DEDUCT", picked: [] } },
          LEADER,
        ),
      );
    expect(mark(1)).toBe("ok");
    const { items } = sheetIn(day, leader);
    pause(day, leader, LEADER);
    expect(sheetIn(day, leader).items).toEqual(items);
    expect(mark(1)).toBe("ok");
  });

  test("the sheet keeps when, why and who, of its beginning and its end", () => {
    const day = aDay();
    const { second } = day.sheets;
    pause(day, second, SECOND, { kind: "other", text: "窑炉跳闸" });
    const from = day.journal.head().seq;
    expect(openPauseOf(sheetIn(day, second))).toMatchObject({ from: clockAt(from), by: SECOND });
    resume(day, second, LEADER);
    expect(sheetIn(day, second)).toMatchObject({
      pauses: [
        {
          ...{ reason: { kind: "other", text: "窑炉跳闸" }, from: clockAt(from), by: SECOND },
          resumed: { at: clockAt(from + 1), by: LEADER },
        },
      ],
      lastSeq: from + 1,
    });
  });
});

describe("a whole room at once", () => {
  const clocks = (day: PreparedDay, who: PersonId) => {
    const { view } = day.journal;
    const sitting = view.read("sittings", day.sitting)!;
    const { running, paused } = clocksOf(
      sitting,
      who,
      view.rowsOf("sheets", day.sitting),
      view.rowsOf("candidates", day.sitting),
      view.rows("transcriptions"),
    );
    return { running: running.map(({ id }) => id), paused: paused.map(({ id }) => id) };
  };

  test("[R39] the leader has every open sheet of the sitting, an examiner their own", () => {
    const day = aDay();
    const { leader, second, another } = day.sheets;
    signSheet(day, 3, SECOND);
    expect(clocks(day, LEADER)).toEqual({ running: [leader, second, another], paused: [] });
    pause(day, second, SECOND);
    expect(clocks(day, SECOND)).toEqual({ running: [another], paused: [second] });
    withdraw(day, candidateRef(2));
    expect(clocks(day, SECOND)).toEqual({ running: [], paused: [second] });
    expect(clocks(day, OUTSIDER)).toEqual({ running: [], paused: [] });
  });
});

describe("what is kept of it", () => {
  function aPausedSheet() {
    const day = aPreparedDay({ candidates: 2 });
    const { journal, sitting, rubric: hash } = day;
    const sheet = sheetId(1);
    journal.append(
      { kind: "sheet.opened", sheet, sitting, candidate: candidateRef(1), rubric: hash },
      LEADER,
    );
    journal.append({ kind: "sheet.paused", sheet, reason: power }, LEADER);
    journal.append({ kind: "clock.changed", state: "drifted", against: "monotonic", byMs: 6000 });
    journal.append({ kind: "sheet.resumed", sheet }, LEADER);
    const rubric = journal.view.read("rubrics", hash)!.rubric;
    for (const [no, input] of Object.entries(fullInputs(rubric)))
      journal.append({ kind: "mark.set", sheet, item: Number(no), input }, LEADER);
    journal.append(
      { kind: "sheet.signed", sheet, seq: 2, hash: testHash("signed"), total: { n: 100, d: 1 } },
      LEADER,
    );
    return { day, sheet };
  }

  test("the film of the sheet shows the pause, its end, and the sheet as it stood in between", () => {
    const { day, sheet } = aPausedSheet();
    const trails = createSheetTrails(day.journal.view);
    for (const { entry } of day.journal.entries) trails.apply(entry);
    const row = sheetIn(day, sheet);
    const seqs = new Set(trails.entriesOf(row));
    const entries = day.journal.entries.map(({ entry }) => entry).filter(({ seq }) => seqs.has(seq));
    const frames = framesOf({ sheet, entries, ground: groundOf(entries, row, day.journal.view) });
    const stood = (kind: EntryBody["kind"]) => frames.find(({ entry }) => entry.body.kind === kind)?.sheet;
    expect(openPauseOf(stood("sheet.paused")!)).not.toBeNull();
    expect(openPauseOf(stood("sheet.resumed")!)).toBeNull();
    expect(frames.at(-1)?.sheet).toEqual(row);
  });

  test("the history that flags look at has both turns, in their order", () => {
    const { day, sheet } = aPausedSheet();
    const history = readHistory(
      day.journal.entries.map(({ entry }) => entry),
      day.journal.view,
      day.sitting,
    );
    const acts = history?.sheets.find((one) => one.sheet.id === sheet)?.acts ?? [];
    expect(acts.slice(0, 2)).toMatchObject([
      { kind: "pause", on: true },
      { kind: "pause", on: false },
    ]);
  });

  test("the printed form says how long, from when to when, why and by whom", () => {
    const { day, sheet } = aPausedSheet();
    expect(scoreForm(sheet, day.journal.view)?.pauses).toEqual([
      expect.objectContaining({ lostMs: 2000, reason: power, by: "林知微" }),
    ]);
    const other = signSheet(day, 2);
    expect(scoreForm(other, day.journal.view)?.pauses).toEqual([]);
  });
});
