// The timeline of a sheet: the sheet as it stood after any of its entries is what the journal's own fold made of everything up to
// there, and what happened around it stands between.
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fraction, PersonId } from "#shared/base";
import type { ReviewSubject } from "#shared/exam";
import {
  createJournalView,
  createSheetTrails,
  framesOf,
  groundOf,
  SheetTimeline,
  type EntryKind,
} from "#shared/journal";
import { frameText } from "../../../renderer/features/review/frame-words.ts";
import { createI18n, textOf } from "../../../renderer/i18n/index.ts";
import {
  aPreparedDay,
  candidateRef,
  everyKindRubric,
  nextSeq,
  personId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { anOddDay, oddAct, writeAct, type OddAct } from "../../support/odd-days.ts";
import { property } from "../../support/property.ts";

/** As the desk gathers them. */
function timelinesOf({ journal, sitting }: PreparedDay): SheetTimeline[] {
  const { view, entries } = journal;
  const trails = createSheetTrails(view);
  for (const { entry } of entries) trails.apply(entry);
  return view.rowsOf("sheets", sitting).map((sheet) => {
    const own = trails.entriesOf(sheet).flatMap((seq) => entries[seq - 1]?.entry ?? []);
    const timeline = { sheet: sheet.id, entries: own, revealed: trails.revealedAt(sheet) };
    return SheetTimeline.parse({ ...timeline, ground: groundOf(own, sheet, view) });
  });
}

/** What is wrong with the timelines of a day, a line each. */
function differences(day: PreparedDay, timelines: readonly SheetTimeline[]): string[] {
  const view = createJournalView();
  const frames = new Map(timelines.map((one) => [one.sheet, framesOf(one)] as const));
  return day.journal.entries.flatMap(({ entry }) => {
    view.apply(entry);
    return timelines.flatMap((timeline) => {
      const folded = view.read("sheets", timeline.sheet) ?? null;
      const frame = frames.get(timeline.sheet)?.findLast((one) => one.entry.seq <= entry.seq);
      const isSame = isDeepStrictEqual(frame?.sheet ?? null, folded);
      return isSame ? [] : [`after ${entry.seq} ${entry.body.kind}`];
    });
  });
}

const marks: OddAct[] = ["open", "fill", "mark", "veto", "note", "picture", "sign"].map((kind) => ({
  ...{ kind, candidate: 1, examiner: 1, n: 1 },
}));

property(
  "whatever was done in whatever order, a sheet rebuilt after any entry is the fold of everything up to there",
  100,
  [fc.array(oddAct, { maxLength: 60, size: "max" })],
  (acts) => {
    const day = anOddDay();
    for (const act of [...marks, ...acts]) writeAct(day, act);
    const timelines = timelinesOf(day);
    expect(differences(day, timelines)).toEqual([]);
    const [timeline] = timelines;
    expect(timeline && framesOf(timeline).at(-1)?.sheet).toEqual(
      day.journal.view.read("sheets", timeline?.sheet ?? ""),
    );
  },
);

test("a timeline that lost an entry is not the journal's any more", () => {
  const day = anOddDay();
  for (const act of marks) writeAct(day, act);
  const timelines = timelinesOf(day);
  const robbed = timelines.map((one) => ({
    ...one,
    entries: one.entries.filter(({ body }) => body.kind !== "veto.set"),
  }));
  expect(differences(day, timelines)).toEqual([]);
  expect(differences(day, robbed)).not.toEqual([]);
});

describe("what stands between a sheet's own entries", () => {
  const rubric = everyKindRubric();
  const kindsOf = (day: PreparedDay, examiner: number): EntryKind[] =>
    timelinesOf(day)
      .filter(({ sheet }) => day.journal.view.read("sheets", sheet)?.examiner === personId(examiner))
      .flatMap(({ entries }) => entries.map(({ body }) => body.kind));

  test("the examiner's own answer to the conflict question, and clocks while the sheet was marked", () => {
    const day = aPreparedDay({ rubric, candidates: 2, panel: 2 });
    const clock = { kind: "clock.changed", state: "changed", against: "monotonic", byMs: 5 } as const;
    day.journal.append(clock);
    for (const act of marks.slice(0, 3)) writeAct(day, act);
    day.journal.append(clock);
    for (const act of marks.slice(3)) writeAct(day, act);
    day.journal.append(clock);
    const kinds = kindsOf(day, 1);
    expect(kinds.filter((kind) => kind === "conflict.declared")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "clock.changed")).toHaveLength(1);
    expect(kinds.at(-1)).toBe("sheet.signed");
  });

  test("[R76] what was decided about the sheet, its candidate or the sitting, the answer, and changes of the roster, each in words", () => {
    const day = aPreparedDay({ rubric, candidates: 2, panel: 2 });
    const { journal, sitting } = day;
    const [sheet, other] = [signSheet(day, 1, personId(1)), signSheet(day, 1, personId(2))].map((id) =>
      journal.view.read("sheets", id)!,
    );
    const [supervisor, candidate] = [PersonId.parse("s-1"), candidateRef(1)];
    const decided = (subject: ReviewSubject, reason: string) => {
      const seq = nextSeq(journal);
      const hash = testHash(`review ${reason}`);
      journal.append(
        {
          ...{ kind: "review.signed", hash, seq, sitting, subject, basis: hash, follows: null, flags: [] },
          ...{ decision: "return", reason, question: "第三项？", second: null },
        },
        supervisor,
      );
      return hash;
    };
    const asked = decided({ kind: "sheet", candidate, sheet: sheet!.signature!.hash }, "本表");
    decided({ kind: "sheet", candidate, sheet: other!.signature!.hash }, "另一份表");
    decided({ kind: "candidate", candidate }, "全部表");
    decided({ kind: "candidate", candidate: candidateRef(2) }, "另一考生");
    decided({ kind: "sitting" }, "整场");
    const record = sheet!.signature!.hash;
    journal.append(
      { kind: "sheet.upheld", candidate, record, reason: "录像在", answers: [asked] },
      personId(1),
    );
    for (const ref of [candidate, candidateRef(2)])
      journal.append({
        ...{ kind: "roster.changed", sitting, change: { kind: "withdrawal", candidate: ref } },
        ...{ reason: "身体不适", hash: testHash(`delta ${ref}`), leader: personId(1), office: "supervisor" },
        ...{ seq: nextSeq(journal), confirmedBy: supervisor },
      });
    const timeline = timelinesOf(day).find((one) => one.sheet === sheet!.id)!;
    const frames = framesOf(timeline);
    const told = (locale: "zh-CN" | "en") =>
      frames
        .filter(({ entry: { body } }) => /review|roster|upheld/.test(body.kind))
        .map((frame) =>
          frameText(textOf(createI18n(locale)), frame, frame.sheet, {
            ...{ rubric, nameOf: (id) => id, sheet: sheet!.id, examiner: personId(1) },
          }),
        );
    expect(told("zh-CN")).toEqual([
      "督导员对这份评分表的决定：退回说明（s-1），本表 问题：第三项？",
      "督导员对该考生全部评分表的决定：退回说明（s-1），全部表 问题：第三项？",
      "督导员对整场的决定：退回说明（s-1），整场 问题：第三项？",
      "p-001答复督导员，维持评分：录像在",
      "名册变动：中途离场（p-001 · s-1），身体不适",
    ]);
    expect(told("en")).toHaveLength(5);
    // No step of them changes the sheet.
    expect(differences(day, [timeline])).toEqual([]);
  });

  test("[R45] the panel's sheets lie open with the last signature and not before", () => {
    const day = aPreparedDay({ rubric, candidates: 2, panel: 2 });
    const first = signSheet(day, 1, personId(1));
    const revealed = () => timelinesOf(day).find(({ sheet }) => sheet === first)?.revealed;
    expect(revealed()).toBeNull();
    signSheet(day, 1, personId(2));
    const signed = day.journal.head().seq;
    signSheet(day, 2, personId(1));
    expect(revealed()).toBe(signed);
    expect(
      timelinesOf(day)
        .find(({ sheet }) => sheet === first)
        ?.entries.at(-1)?.seq,
    ).toBe(signed);
  });

  test("a panel of one has nothing to lay open", () => {
    const day = aPreparedDay({ rubric, candidates: 1 });
    signSheet(day, 1);
    expect(timelinesOf(day).map(({ revealed }) => revealed)).toEqual([null]);
  });

  test("nothing of another candidate's sheet, and of the panel's other sheet its signature alone", () => {
    const day = aPreparedDay({ rubric, candidates: 2, panel: 2 });
    const own = signSheet(day, 1, personId(1));
    signSheet(day, 2, personId(1));
    const other = signSheet(day, 1, personId(2));
    const entries = timelinesOf(day).find(({ sheet }) => sheet === own)?.entries ?? [];
    const named = entries.flatMap(({ body }) =>
      "sheet" in body && typeof body.sheet === "string" ? [body] : [],
    );
    expect(named.filter((body) => body.sheet !== own)).toMatchObject([
      { kind: "sheet.signed", sheet: other },
    ]);
  });

  test("what the panel said of it and what its leader settled", () => {
    const day = anOddDay();
    for (const act of marks) writeAct(day, act);
    for (const { kind } of marks) writeAct(day, { kind, candidate: 1, examiner: 2, n: 2 });
    for (const kind of ["uphold", "settle"]) writeAct(day, { kind, candidate: 1, examiner: 1, n: 0 });
    expect(kindsOf(day, 1).slice(-2)).toEqual(["sheet.upheld", "divergence.settled"]);
  });
});

test("a sheet whose beginning was not seen has no timeline", () => {
  const day = aPreparedDay({ candidates: 1 });
  const id = signSheet(day, 1);
  const { view, entries } = day.journal;
  const trails = createSheetTrails(view);
  for (const { entry } of entries.slice(-3)) trails.apply(entry);
  const sheet = view.read("sheets", id);
  expect(sheet && trails.entriesOf(sheet)).toEqual([]);
  expect(sheet?.candidate).toBe(candidateRef(1));
  expect(sheet?.signature?.total).toEqual(fraction(100));
});
