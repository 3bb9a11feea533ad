// A sitting's history for the flags: fed entry by entry while it is marked it says at every point what reading the whole journal
// says, so nobody is told one thing during the day and another at its close; and what each kind of act leaves in it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fraction, InstantMs, Kid, type HashId, type SheetId } from "#shared/base";
import type { ItemInput } from "#shared/exam";
import {
  createJournalView,
  createSittingWatch,
  earlierPasses,
  readHistory,
  type EntryBody,
  type JournalEntry,
} from "#shared/journal";
import {
  defaultPolicy,
  flagPolicyOf,
  flagSitting,
  type SheetHistory,
  type SittingHistory,
} from "#shared/rules";
import {
  aPreparedDay,
  candidateRef,
  clockAt,
  everyKindRubric,
  personId,
  sealDay,
  sheetId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { anOddDay, oddAct, writeAct } from "../../support/odd-days.ts";
import { property } from "../../support/property.ts";
import { FRAUDS, SEEDED_SITTING, seededSitting } from "../../support/seeded-sittings.ts";

const policy = flagPolicyOf(defaultPolicy());
const EXAMINER = personId(1);
const rubric = everyKindRubric();

/** Feeds a watch entry by entry and asks it after each of `points`; beside it what reading everything up to there says. */
function bothAt(
  entries: readonly JournalEntry[],
  sitting: PreparedDay["sitting"],
  points: ReadonlySet<number>,
) {
  const view = createJournalView();
  const watch = createSittingWatch(view);
  return entries.flatMap((entry, at) => {
    view.apply(entry);
    watch.apply(entry);
    if (!points.has(at)) return [];
    const sofar = entries.slice(0, at + 1);
    const whole = createJournalView();
    for (const one of sofar) whole.apply(one);
    const live = watch.history(sitting, earlierPasses(view, sitting));
    return [{ live, close: readHistory(sofar, whole, sitting) }];
  });
}

const flagsOf = (history: SittingHistory | null) => history && flagSitting(history, policy);

property(
  "[T7] whatever was done in whatever order, the history while a day goes on is the history at that point's close, and so are the flags",
  60,
  [fc.array(oddAct, { maxLength: 60, size: "max" }), fc.infiniteStream(fc.nat(4))],
  (acts, skips) => {
    const day = anOddDay();
    for (const act of acts) writeAct(day, act);
    const entries = day.journal.entries.map(({ entry }) => entry);
    const points = new Set(entries.map((_, at) => at).filter(() => skips.next().value === 0));
    for (const { live, close } of bothAt(entries, day.sitting, points.add(entries.length - 1))) {
      expect(live).toEqual(close);
      expect(flagsOf(live)).toEqual(flagsOf(close));
    }
  },
);

property(
  "[T7] a seeded sitting, clean or with a fraud worked into it, is flagged while it is marked as at that point's close",
  12,
  [
    fc.nat(100_000),
    fc.constantFrom(null, ...FRAUDS),
    fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 }),
  ],
  (seed, fraud, shares) => {
    const { entries } = seededSitting(seed, fraud);
    const points = shares.map((share) => Math.min(entries.length - 1, Math.floor(share * entries.length)));
    const asked = bothAt(entries, SEEDED_SITTING, new Set([...points, entries.length - 1]));
    expect(asked.length).toBeGreaterThan(0);
    for (const { live, close } of asked) {
      expect(live).toEqual(close);
      expect(flagsOf(live)).toEqual(flagsOf(close));
    }
  },
);

test("[T7] what came before a sitting was prepared changes nothing of its history", () => {
  for (const fraud of [null, "clock-set-back", "changed-after-reveal"] as const) {
    const { entries, view } = seededSitting(7, fraud);
    const begin = entries.findIndex(({ body }) => body.kind === "sitting.prepared");
    expect(begin).toBeGreaterThan(2);
    const since = readHistory(entries.slice(begin), view, SEEDED_SITTING);
    expect(since).toEqual(readHistory(entries, view, SEEDED_SITTING));
    expect(since?.sheets.some(({ acts }) => acts.length > 0)).toBe(true);
  }
});

test("before the sitting was prepared there is no history of it", () => {
  const day = aPreparedDay();
  const [opened] = day.journal.entries.map(({ entry }) => entry);
  const view = createJournalView();
  view.apply(opened as JournalEntry);
  expect(readHistory([opened as JournalEntry], view, day.sitting)).toBeNull();
});

describe("what an act leaves in the history", () => {
  function aDay() {
    const day = aPreparedDay({ rubric, candidates: 4, panel: 2 });
    const put = (body: EntryBody, actor = EXAMINER) => day.journal.append(body, actor).entry.seq;
    const open = (candidate: number, actor = EXAMINER) => {
      const sheet = sheetId(day.journal.entries.length);
      const { sitting, rubric: hash } = day;
      return {
        sheet,
        opened: put(
          { kind: "sheet.opened", sheet, sitting, candidate: candidateRef(candidate), rubric: hash },
          actor,
        ),
      };
    };
    const history = (): SittingHistory => {
      const { entries, view } = day.journal;
      const read = readHistory(
        entries.map(({ entry }) => entry),
        view,
        day.sitting,
      );
      if (!read) throw new Error("the sitting is there");
      return read;
    };
    const of = (sheet: SheetId): SheetHistory => {
      const one = history().sheets.find((each) => each.sheet.id === sheet);
      if (!one) throw new Error("the sheet is there");
      return one;
    };
    return { day, put, open, history, of };
  }

  test("a mark, its clearing and its undoing are three acts with their item and what was written", () => {
    const { put, open, of } = aDay();
    const { sheet, opened } = open(1);
    const input: ItemInput = { kind: "JUDGE", level: 2 };
    const set = put({ kind: "mark.set", sheet, item: 3, input });
    const cleared = put({ kind: "mark.set", sheet, item: 3, input: null });
    const undone = put({ kind: "mark.set", sheet, item: 3, input, undoes: cleared });
    expect(of(sheet)).toMatchObject({ opened, signed: null });
    expect(of(sheet).acts).toEqual([
      { entry: set, at: clockAt(set), kind: "mark", item: 3, input },
      { entry: cleared, at: clockAt(cleared), kind: "mark", item: 3, input: null },
      { entry: undone, at: clockAt(undone), kind: "mark", item: 3, input },
    ]);
  });

  test("a veto put on and taken off again is both", () => {
    const { put, open, of } = aDay();
    const { sheet } = open(1);
    const code = rubric.vetoes[0]?.code;
    if (!code) throw new Error("the rubric has a veto");
    put({ kind: "veto.set", sheet, code, on: true });
    put({ kind: "veto.set", sheet, code, on: false });
    expect(of(sheet).acts).toMatchObject([
      { kind: "veto", code, on: true },
      { kind: "veto", code, on: false },
    ]);
  });

  test("a photograph taken and taken away is named both times by its hash", () => {
    const { put, open, of } = aDay();
    const { sheet } = open(1);
    const hash = testHash("picture");
    put({ kind: "evidence.added", sheet, item: 1, hash, size: 5, type: "image/jpeg", width: 1, height: 1 });
    put({ kind: "evidence.removed", sheet, item: 1, hash });
    expect(of(sheet).acts).toMatchObject([
      { kind: "picture", hash },
      { kind: "picture", hash },
    ]);
  });

  test("a note and overtime are acts too: somebody was at work", () => {
    const { put, open, of } = aDay();
    const { sheet } = open(1);
    put({ kind: "note.set", sheet, text: "旧胶" });
    put({ kind: "overtime.set", sheet, overtimeMs: 60_000 });
    expect(of(sheet).acts).toMatchObject([{ kind: "other" }, { kind: "other" }]);
  });

  test("a signature is a place, a time and the total as it was signed first, and a record of the chain", () => {
    const { day, history, of } = aDay();
    const sheet = signSheet(day, 1);
    const seq = day.journal.head().seq;
    expect(of(sheet).signed).toEqual({ entry: seq, at: clockAt(seq), total: fraction(100) });
    expect(history().records).toMatchObject([{ seq: 1 }, { entry: seq, seq: 2 }]);
  });

  test("[R46] an amendment says what the total was right before and after, and why; the signed total stays", () => {
    const { day, put, of } = aDay();
    const sheet = signSheet(day, 1);
    const amend = (n: number, points: number) => {
      const basis =
        day.journal.view.read("sheets", sheet)?.amendments.at(-1)?.hash ?? testHash(`sheet ${sheet}`);
      put({ kind: "amendment.opened", sheet, basis });
      put({ kind: "mark.set", sheet, item: 5, input: { kind: "POINTS", steps: 2 * points } });
      return put({
        ...{ kind: "sheet.amended", sheet, sitting: day.sitting, seq: 2 + n, hash: testHash(`amended ${n}`) },
        ...{ reason: "transcription", text: "看错", total: fraction(80 + points) },
        ...{ approvedBy: personId(2), office: "panelLeader" },
      });
    };
    const [first, second] = [amend(1, 10), amend(2, 15)];
    expect(of(sheet).amended).toMatchObject([
      { entry: first, reason: "transcription", from: fraction(100), to: fraction(90) },
      { entry: second, reason: "transcription", from: fraction(90), to: fraction(95) },
    ]);
    expect(of(sheet).signed?.total).toEqual(fraction(100));
  });

  test("[R29] every answer to the conflict question keeps its place, a later one beside the first", () => {
    const { day, put, history } = aDay();
    const late = put({ kind: "conflict.declared", sitting: day.sitting, candidates: [candidateRef(2)] });
    const own = history().declarations.filter(({ person }) => person === EXAMINER);
    expect(own).toMatchObject([{ candidates: [] }, { entry: late, candidates: [candidateRef(2)] }]);
  });

  test("[R43] a settlement names the records it is about", () => {
    const { day, put, history } = aDay();
    const records = [signSheet(day, 1), signSheet(day, 1, personId(2))].map((id) => testHash(`sheet ${id}`));
    const entry = put({
      ...{ kind: "divergence.settled", candidate: candidateRef(1), person: EXAMINER },
      ...{ records, reason: "两种看法" },
    });
    expect(history().settlements).toEqual([{ entry, candidate: candidateRef(1), records }]);
  });

  test("[R43] a settlement that the registry set aside settles nothing, until it takes it after all", () => {
    const { day, put, history } = aDay();
    const records = [signSheet(day, 1), signSheet(day, 1, personId(2))].map((id) => testHash(`sheet ${id}`));
    const settlement = testHash("settlement");
    const settled = { settlement, candidate: candidateRef(1), sitting: day.sitting, seq: 9 };
    const entry = put({
      ...{ kind: "settlement.received", sitting: day.sitting, candidate: candidateRef(1), person: EXAMINER },
      ...{ records, reason: "两种看法", seq: 9, hash: settlement, at: clockAt(3) },
      ...{ from: Kid.parse(`ed25519.${"9".repeat(32)}`), bundle: testHash("bundle") },
    });
    const judged = (code: string | null) =>
      put({
        ...{ kind: "receipt.held", batch: sealDay(day), receipt: testHash("receipt"), verdict: "accepted" },
        ...{ sheets: { accepted: 0, quarantined: 0, rejected: 0 }, notes: [], regSeq: 1 },
        ...{ acceptedAt: InstantMs.parse(1), settled: [{ ...settled, code }] },
      });
    expect(history().settlements).toMatchObject([{ entry }]);
    judged("settlement-outdated");
    expect(history().settlements).toEqual([]);
    judged(null);
    expect(history().settlements).toMatchObject([{ entry }]);
  });

  test("[P16] a clock found wrong counts while sheets are marked and not before the first", () => {
    const { put, open, history } = aDay();
    const clock = (byMs: number) =>
      put({ kind: "clock.changed", state: "changed", against: "monotonic", byMs });
    clock(1);
    open(1);
    const during = clock(2);
    expect(history().clocks).toEqual([{ entry: during, state: "changed", byMs: 2 }]);
  });

  test("a sheet from another laptop has a place where it came in, no acts, and the photographs that its record names", () => {
    const { day, put, of, history } = aDay();
    const at = clockAt(3);
    const { sitting, rubric: hash } = day;
    const receive = (no: number, record: string, counts: boolean, pictures?: HashId[]) =>
      put({
        ...{ kind: "sheet.received", from: Kid.parse(`ed25519.${"9".repeat(32)}`), counts },
        bundle: testHash("bundle"),
        sheet: {
          ...{ id: sheetId(no), sitting, candidate: candidateRef(3), examiner: EXAMINER, rubric: hash },
          ...{ items: {}, vetoes: [], overtimeMs: 0, note: "", evidence: [], startedAt: at },
        },
        signature: { seq: 4, hash: testHash(record), total: fraction(12), at },
        ...(pictures ? { pictures } : {}),
      });
    const entry = receive(77, "there", true, [testHash("picture")]);
    expect(of(sheetId(77))).toMatchObject({
      opened: entry,
      signed: { entry, total: fraction(12) },
      acts: [],
      pictures: [testHash("picture")],
      amended: [],
    });
    // Another version counts: its own record says what it holds.
    receive(77, "another", false, []);
    const [chosen, versions] = [testHash("another"), [testHash("there"), testHash("another")]];
    put({
      kind: "sheet.chosen",
      sheet: sheetId(77),
      sitting,
      chosen,
      versions,
      person: EXAMINER,
      reason: "…",
    });
    expect(of(sheetId(77)).pictures).toEqual([]);
    // Written before entries named them.
    receive(78, "earlier", true);
    expect(history().sheets.find(({ sheet }) => sheet.id === sheetId(78))?.pictures).toBeNull();
  });

  test("a sheet whose beginning a watch did not see shows no acts, as it says of itself", () => {
    const { day, open, put } = aDay();
    const { sheet } = open(1);
    const watch = createSittingWatch(day.journal.view);
    put({ kind: "mark.set", sheet, item: 3, input: { kind: "JUDGE", level: 2 } });
    const [last] = day.journal.entries.slice(-1);
    if (last) watch.apply(last.entry);
    expect(watch.history(day.sitting, null)?.sheets).toMatchObject([{ sheet: { id: sheet }, acts: [] }]);
  });
});
