// Paper sheets typed by two people: the comparison, the fold, and the gate in front of both.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Kid, type PersonId, type SheetId } from "#shared/base";
import {
  differencesOf,
  NO_MARKS,
  SheetMarks,
  withTyped,
  type ItemInput,
  type PictureFacts,
  type Typed,
} from "#shared/exam";
import {
  admitDone,
  admitPage,
  admitTranscription,
  clocksOf,
  differencesSeen,
  framesOf,
  groundOf,
  stateOf,
  type Intent,
} from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  everyKindRubric,
  fullInputs,
  markAbsent,
  nextSeq,
  personId,
  sheetId,
  signSheet,
  testHash,
} from "../../support/journal-builders.ts";

const [EXAMINER, FIRST, SECOND, OFFICE] = [personId(1), personId(2), personId(3), personId(4)];
const SERIAL = sheetId(77);
const rubric = everyKindRubric();
const page: PictureFacts = {
  ...{ hash: testHash("page"), size: 4096, type: "image/jpeg", width: 800, height: 1100 },
};

function aDay(options: Parameters<typeof aPreparedDay>[0] = {}) {
  const day = aPreparedDay({ candidates: 4, rubric, ...options });
  const asked = (candidate = 2, serial: SheetId = SERIAL) => ({
    ...{
      serial,
      sitting: day.sitting,
      rubric: day.rubric,
      printedOn: Kid.parse(`ed25519.${"d".repeat(32)}`),
    },
    ...{ candidate: candidateRef(candidate), examiner: EXAMINER },
  });
  const { journal } = day;
  const begin = (by: PersonId = FIRST, candidate = 2) => {
    const admitted = admitTranscription(asked(candidate), by, journal.view);
    if (!admitted.ok) throw new Error(admitted.error.code);
    journal.append(admitted.value, by);
  };
  const codeOf = (intent: Intent, by: PersonId) => {
    const wished = journal.wish(intent, by);
    return wished.ok ? "ok" : wished.error.code;
  };
  const type = (by: PersonId, ...all: readonly Typed[]) =>
    all.map((typed) => codeOf({ kind: "transcription.type", sheet: SERIAL, typed }, by));
  const typeAll = (by: PersonId, other: Readonly<Record<string, ItemInput>> = {}) =>
    type(
      by,
      ...Object.entries({ ...fullInputs(rubric), ...other }).map(([item, input]) => ({
        ...{ kind: "item" as const, item: Number(item), input },
      })),
    );
  const addPage = (by: PersonId) => {
    const admitted = admitPage(SERIAL, page, by, journal.view);
    if (admitted.ok && admitted.value) journal.append(admitted.value, by);
    return admitted.ok ? "ok" : admitted.error.code;
  };
  const finish = (by: PersonId) => {
    const admitted = admitDone(SERIAL, by, journal.view);
    if (!admitted.ok) return admitted.error.code;
    for (const body of admitted.value) journal.append(body, by);
    return stateOf(journal.view.read("transcriptions", SERIAL)!);
  };
  const join = (by: PersonId) => codeOf({ kind: "transcription.join", sheet: SERIAL }, by);
  return { ...day, asked, begin, codeOf, type, typeAll, addPage, finish, join };
}

type Day = ReturnType<typeof aDay>;

/** Both have typed it, and the second reads item 3 as `level`. */
function typedByBoth(level = 3): Day {
  const day = aDay();
  day.begin();
  day.typeAll(FIRST);
  day.addPage(FIRST);
  day.finish(FIRST);
  day.join(SECOND);
  day.typeAll(SECOND, { "3": { kind: "JUDGE", level } });
  return day;
}

describe("two readings of one paper", () => {
  const input = fc.oneof(
    fc.record({ kind: fc.constant("JUDGE" as const), level: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ kind: fc.constant("POINTS" as const), steps: fc.integer({ min: 0, max: 3 }) }),
    fc
      .uniqueArray(
        fc.record({ code: fc.constantFrom("a", "b", "c"), count: fc.integer({ min: 1, max: 2 }) }),
        { selector: ({ code }) => code },
      )
      .map((picked) => ({ kind: "DEDUCT" as const, picked })),
  );
  const marks = fc
    .record({
      items: fc.dictionary(fc.constantFrom("1", "2", "10"), input),
      vetoes: fc.subarray(["V1", "V2"]),
      overtimeMs: fc.constantFrom(0, 60_000),
      note: fc.constantFrom("", "旧胶", "旧胶 残留", " 旧胶\n残留 "),
    })
    .map((given) => SheetMarks.parse(given));

  test("are alike exactly when no difference is listed, and taking the other's reading of each makes them alike", () => {
    fc.assert(
      fc.property(marks, marks, (one, other) => {
        const listed = differencesOf(one, other);
        expect(differencesOf(one, one)).toEqual([]);
        expect(differencesOf(other, one)).toEqual(listed);
        expect(listed.length === 0).toBe(asText(one) === asText(other));
        const corrected = listed.reduce(
          (now, difference) =>
            withTyped(
              now,
              difference.about === "item"
                ? {
                    ...{ kind: "item", item: difference.item },
                    input: other.items[String(difference.item)] ?? null,
                  }
                : difference.about === "veto"
                  ? { kind: "veto", code: difference.code, on: other.vetoes.includes(difference.code) }
                  : difference.about === "overtime"
                    ? { kind: "overtime", overtimeMs: other.overtimeMs }
                    : { kind: "note", text: other.note },
            ),
          one,
        );
        expect(differencesOf(corrected, other)).toEqual([]);
      }),
    );
  });

  /** What both must agree in, written another way than the comparison does. */
  function asText({ items, vetoes, overtimeMs, note }: SheetMarks): string {
    const read = (given: ItemInput) =>
      given.kind === "DEDUCT"
        ? Object.entries(Object.fromEntries(given.picked.map(({ code, count }) => [code, count]))).sort()
        : given;
    return JSON.stringify([
      Object.entries(items)
        .map(([no, given]) => [no, read(given)])
        .sort(),
      [...vetoes].sort(),
      overtimeMs,
      note.split(/\s+/).filter(Boolean),
    ]);
  }

  test("list every kind: which item, which veto, overtime and note; the order of lines is no difference", () => {
    const one = SheetMarks.parse({
      ...NO_MARKS,
      items: {
        "1": {
          kind: "DEDUCT",
          picked: [
            { code: "a", count: 1 },
            { code: "b", count: 2 },
          ],
        },
        "2": { kind: "MEASURE", readings: [{ group: "points", values: [1, 2] }] },
        "4": { kind: "CHECK", checks: ["yes", "no"] },
      },
    });
    const other = SheetMarks.parse({
      items: {
        "1": {
          kind: "DEDUCT",
          picked: [
            { code: "b", count: 2 },
            { code: "a", count: 1 },
          ],
        },
        "2": { kind: "MEASURE", readings: [{ group: "points", values: [2, 1] }] },
        "4": { kind: "CHECK", checks: ["no", "yes"] },
      },
      ...{ vetoes: ["V1"], overtimeMs: 60_000, note: "旧胶" },
    });
    expect(differencesOf(one, other)).toEqual([
      { about: "item", item: 2 },
      { about: "item", item: 4 },
      { about: "veto", code: "V1" },
      { about: "overtime" },
      { about: "note" },
    ]);
  });

  test("a thing typed and cleared leaves nothing, and a veto off was never on", () => {
    const typed = withTyped(NO_MARKS, { kind: "item", item: 3, input: { kind: "JUDGE", level: 2 } });
    expect(withTyped(typed, { kind: "item", item: 3, input: null })).toEqual(NO_MARKS);
    expect(
      withTyped(withTyped(NO_MARKS, { kind: "veto", code: "V1", on: true }), {
        ...{ kind: "veto", code: "V1", on: false },
      }),
    ).toEqual(NO_MARKS);
  });
});

describe("a paper sheet", () => {
  test("becomes an open sheet of its examiner when two others typed the same, with the photographs of the paper", () => {
    const day = typedByBoth();
    const { view } = day.journal;
    expect(view.rows("sheets")).toEqual([]);
    expect(day.finish(SECOND)).toBe("written");
    expect(view.rows("sheets")).toMatchObject([
      {
        ...{ id: SERIAL, examiner: EXAMINER, candidate: candidateRef(2), items: fullInputs(rubric) },
        ...{ signature: null, evidence: [{ ...page, item: null, removed: false }] },
        startedAt: view.read("transcriptions", SERIAL)!.openedAt,
      },
    ]);
  });

  test("[R45] is typed by nobody who had a place on the panel, and not twice by one person", () => {
    const day = aDay({ panel: 2 });
    expect(admitTranscription(day.asked(), EXAMINER, day.journal.view)).toMatchObject({
      error: { code: "transcription.panel" },
    });
    expect(admitTranscription(day.asked(), FIRST, day.journal.view)).toMatchObject({
      error: { code: "transcription.panel" },
    });
    day.begin(SECOND);
    expect(day.join(EXAMINER)).toBe("transcription.panel");
    expect(day.join(SECOND)).toBe("transcription.same-person");
    expect(day.join(OFFICE)).toBe("ok");
    expect(admitTranscription(day.asked(), null, day.journal.view)).toMatchObject({
      error: { code: "session.none" },
    });
  });

  test("has two who type it and no third, and each types on their own side alone", () => {
    const day = aDay();
    day.begin();
    expect(day.join(SECOND)).toBe("ok");
    expect(day.join(OFFICE)).toBe("transcription.two-already");
    expect(day.type(OFFICE, { kind: "overtime", overtimeMs: 60_000 })).toEqual(["transcription.not-yours"]);
    day.type(SECOND, { kind: "overtime", overtimeMs: 60_000 }, { kind: "note", text: "旧胶" });
    const [first, second] = day.journal.view.read("transcriptions", SERIAL)!.sides;
    expect(first?.marks).toEqual(NO_MARKS);
    expect(second?.marks).toMatchObject({ overtimeMs: 60_000, note: "旧胶" });
  });

  test("shows no difference before both have typed everything, and then the item with both readings", () => {
    const day = typedByBoth(1);
    const row = () => day.journal.view.read("transcriptions", SERIAL)!;
    expect(differencesSeen(row())).toBeNull();
    expect(day.finish(SECOND)).toBe("comparing");
    expect(differencesSeen(row())).toEqual([{ about: "item", item: 3 }]);
    expect(row().sides.map(({ marks }) => marks.items["3"])).toEqual([
      { kind: "JUDGE", level: 3 },
      { kind: "JUDGE", level: 1 },
    ]);
    expect(day.finish(SECOND)).toBe("transcription.differs");
  });

  test("where they differ whoever misread corrects it, what stood there stays in the journal, and the sheet is written", () => {
    const day = typedByBoth(1);
    day.finish(SECOND);
    expect(day.type(SECOND, { kind: "item", item: 3, input: { kind: "JUDGE", level: 3 } })).toEqual(["ok"]);
    expect(day.finish(SECOND)).toBe("written");
    const typed = day.journal.entries.filter(
      ({ entry: { body, actor } }) =>
        body.kind === "transcription.typed" &&
        body.typed.kind === "item" &&
        body.typed.item === 3 &&
        actor === SECOND,
    );
    expect(typed).toHaveLength(2);
    expect(day.type(SECOND, { kind: "note", text: "x" })).toEqual(["transcription.written"]);
  });

  test("a reading that is complete is not changed while the other is still typing", () => {
    const day = typedByBoth();
    expect(day.type(FIRST, { kind: "overtime", overtimeMs: 60_000 })).toEqual(["transcription.done"]);
  });

  test("is complete with every item and a photograph of the paper, and not before", () => {
    const day = aDay();
    day.begin();
    expect(day.finish(FIRST)).toBe("sheet.incomplete");
    day.typeAll(FIRST);
    expect(day.finish(FIRST)).toBe("transcription.no-page");
    expect(day.addPage(OFFICE)).toBe("transcription.not-yours");
    expect(day.addPage(FIRST)).toBe("ok");
    expect(day.addPage(FIRST)).toBe("ok");
    expect(day.journal.view.read("transcriptions", SERIAL)?.pages).toEqual([page]);
    const remove = { kind: "transcription.removePage", sheet: SERIAL } as const;
    expect(day.codeOf({ ...remove, hash: testHash("another") }, FIRST)).toBe("evidence.unknown");
    expect(day.codeOf({ ...remove, hash: page.hash }, FIRST)).toBe("ok");
    expect(day.finish(FIRST)).toBe("transcription.no-page");
    day.addPage(FIRST);
    expect(day.finish(OFFICE)).toBe("transcription.not-yours");
    expect(day.finish(FIRST)).toBe("second");
    expect(admitDone(SERIAL, null, day.journal.view)).toMatchObject({ error: { code: "session.none" } });
  });

  test("refuses what the rubric does not have", () => {
    const day = aDay();
    day.begin();
    expect(
      day.type(
        FIRST,
        { kind: "item", item: 60, input: null },
        { kind: "item", item: 3, input: { kind: "POINTS", steps: 1 } },
        { kind: "veto", code: "V9", on: true },
      ),
    ).toEqual(["item.unknown", "mark.kind-mismatch", "veto.unknown"]);
  });

  test("stands for one sheet: the same paper, the same examiner's sheet and a sheet at the desk are refused beside it", () => {
    const day = aDay();
    day.begin();
    expect(admitTranscription(day.asked(3), SECOND, day.journal.view)).toMatchObject({
      error: { code: "transcription.used" },
    });
    expect(admitTranscription(day.asked(2, sheetId(78)), SECOND, day.journal.view)).toMatchObject({
      error: { code: "sheet.on-paper" },
    });
    const open = { kind: "sheet.open", sitting: day.sitting, candidate: candidateRef(2) } as const;
    expect(day.codeOf(open, EXAMINER)).toBe("sheet.on-paper");
    signSheet(day, 3);
    expect(admitTranscription(day.asked(3, sheetId(79)), SECOND, day.journal.view)).toMatchObject({
      error: { code: "sheet.exists" },
    });
  });

  test("is not begun for whoever is absent, by another version of the rubric, or for somebody who is not on the panel", () => {
    const day = aDay();
    markAbsent(day, 2);
    const codeOf = (asked: Parameters<typeof admitTranscription>[0]) => {
      const admitted = admitTranscription(asked, OFFICE, day.journal.view);
      return admitted.ok ? "ok" : admitted.error.code;
    };
    expect(codeOf(day.asked(2))).toBe("candidate.absent");
    expect(codeOf({ ...day.asked(3), rubric: testHash("older") })).toBe("transcription.other-rubric");
    expect(codeOf({ ...day.asked(3), examiner: FIRST })).toBe("sitting.not-on-panel");
    expect(codeOf({ ...day.asked(3), candidate: candidateRef(99) })).toBe("candidate.unknown");
    expect(codeOf(day.asked(3))).toBe("ok");
  });

  test("is not written for somebody who was recorded as absent while it was typed", () => {
    const day = typedByBoth();
    markAbsent(day, 2);
    expect(day.finish(SECOND)).toBe("candidate.absent");
    expect(day.journal.view.rows("sheets")).toEqual([]);
  });

  test("given up it keeps what was typed in the journal, and the same paper may be begun again", () => {
    const day = aDay();
    day.begin();
    day.type(FIRST, { kind: "note", text: "旧胶" });
    const drop = { kind: "transcription.drop", sheet: SERIAL, reason: "考评员选错" } as const;
    expect(day.codeOf(drop, SECOND)).toBe("transcription.not-yours");
    expect(day.codeOf(drop, OFFICE)).toBe("ok");
    expect(day.type(FIRST, { kind: "note", text: "x" })).toEqual(["transcription.dropped"]);
    day.begin(SECOND);
    expect(day.journal.view.read("transcriptions", SERIAL)).toMatchObject({
      ...{ dropped: null, sides: [{ person: SECOND, marks: NO_MARKS }] },
    });
  });

  test("of nobody is refused", () => {
    const day = aDay();
    expect(day.join(FIRST)).toBe("transcription.unknown");
    expect(day.codeOf({ kind: "transcription.return", sheet: SERIAL, reason: "x" }, EXAMINER)).toBe(
      "transcription.unknown",
    );
    day.begin();
    day.journal.append({ kind: "person.ended", person: FIRST, reason: "离职" }, OFFICE);
    expect(day.type(FIRST, { kind: "note", text: "x" })).toEqual(["person.ended"]);
  });
});

describe("a sheet that came from paper", () => {
  const written = () => {
    const day = typedByBoth();
    day.finish(SECOND);
    return day;
  };

  test("[R46] is changed by nobody alone, its examiner among them: signed as it is, or sent back", () => {
    const day = written();
    const mark = { kind: "mark.set", sheet: SERIAL, item: 3, input: { kind: "JUDGE", level: 0 } } as const;
    expect(day.codeOf(mark, EXAMINER)).toBe("sheet.transcribed");
    expect(day.codeOf(mark, FIRST)).toBe("sheet.not-yours");
    const sendBack = { kind: "transcription.return", sheet: SERIAL, reason: "第三项是二级" } as const;
    expect(day.codeOf(sendBack, FIRST)).toBe("sheet.not-yours");
    expect(day.codeOf(sendBack, EXAMINER)).toBe("ok");
    expect(day.codeOf(sendBack, EXAMINER)).toBe("transcription.open");
  });

  test("sent back, both look again where they were, and what they then read alike takes its place", () => {
    const day = written();
    day.codeOf({ kind: "transcription.return", sheet: SERIAL, reason: "第三项是二级" }, EXAMINER);
    const row = () => day.journal.view.read("transcriptions", SERIAL)!;
    expect(stateOf(row())).toBe("typing");
    expect(row().returned).toMatchObject([{ reason: "第三项是二级" }]);
    const second = { kind: "item", item: 3, input: { kind: "JUDGE", level: 2 } } as const;
    expect(day.type(FIRST, second)).toEqual(["ok"]);
    expect(day.finish(FIRST)).toBe("second");
    expect(day.finish(SECOND)).toBe("comparing");
    expect(day.type(SECOND, second)).toEqual(["ok"]);
    expect(day.finish(SECOND)).toBe("written");
    expect(day.journal.view.rows("sheets")).toMatchObject([
      { id: SERIAL, items: { "3": { kind: "JUDGE", level: 2 } }, signature: null },
    ]);
  });

  test("[P1] sent back and given up it is emptied, its photographs taken away, and its examiner marks it as any other", () => {
    const day = written();
    day.codeOf({ kind: "transcription.return", sheet: SERIAL, reason: "不是这位考生" }, EXAMINER);
    expect(day.codeOf({ kind: "transcription.drop", sheet: SERIAL, reason: "不是这位考生" }, FIRST)).toBe(
      "ok",
    );
    expect(day.journal.view.read("sheets", SERIAL)).toMatchObject({
      ...{ ...NO_MARKS, signature: null, evidence: [{ hash: page.hash, removed: true }] },
    });
    const mark = { kind: "mark.set", sheet: SERIAL, item: 3, input: { kind: "JUDGE", level: 0 } } as const;
    expect(day.codeOf(mark, EXAMINER)).toBe("ok");
    expect(day.codeOf({ kind: "sheet.pause", sheet: SERIAL, reason: { kind: "power" } }, EXAMINER)).toBe(
      "ok",
    );
    const { journal } = day;
    const sheet = journal.view.read("sheets", SERIAL)!;
    const entries = journal.entries
      .map(({ entry }) => entry)
      .filter(({ body: { kind } }) =>
        ["sheet.transcribed", "transcription.dropped", "mark.set", "sheet.paused"].includes(kind),
      );
    const frames = framesOf({ sheet: SERIAL, entries, ground: groundOf(entries, sheet, journal.view) });
    expect(frames.at(-1)?.sheet?.items).toEqual({ "3": { kind: "JUDGE", level: 0 } });
  });

  test("[P1] what was signed of the same serial elsewhere is not written over, whoever finishes typing", () => {
    const day = typedByBoth();
    const { sitting, rubric: hash, journal } = day;
    const signed = signSheet(day, 1, EXAMINER);
    const { items, vetoes, overtimeMs, note, evidence, startedAt, signature } = journal.view.read(
      "sheets",
      signed,
    )!;
    const received = (candidate: number) =>
      journal.append({
        kind: "sheet.received",
        sheet: {
          ...{ id: SERIAL, sitting, candidate: candidateRef(candidate), examiner: EXAMINER, rubric: hash },
          ...{ items, vetoes, overtimeMs, note, evidence, startedAt },
        },
        ...{ signature: signature!, from: Kid.parse(`ed25519.${"e".repeat(32)}`) },
        ...{ bundle: testHash("bundle"), counts: true },
      });
    received(2);
    const there = journal.view.read("sheets", SERIAL);
    expect(day.finish(SECOND)).toBe("sheet.signed");
    expect(journal.view.read("sheets", SERIAL)).toEqual(there);
  });

  test("its time is not stopped: nobody works while it is typed", () => {
    const day = written();
    expect(day.codeOf({ kind: "sheet.pause", sheet: SERIAL, reason: { kind: "power" } }, EXAMINER)).toBe(
      "sheet.transcribed",
    );
    const { view } = day.journal;
    const clocks = clocksOf(
      view.read("sittings", day.sitting)!,
      EXAMINER,
      view.rowsOf("sheets", day.sitting),
      view.rowsOf("candidates", day.sitting),
      view.rows("transcriptions"),
    );
    expect(clocks.running).toEqual([]);
  });

  test("once it is signed it is not sent back any more", () => {
    const day = written();
    const seq = nextSeq(day.journal);
    day.journal.append(
      { kind: "sheet.signed", sheet: SERIAL, seq, hash: testHash("signed"), total: { n: 100, d: 1 } },
      EXAMINER,
    );
    expect(day.codeOf({ kind: "transcription.return", sheet: SERIAL, reason: "x" }, EXAMINER)).toBe(
      "sheet.signed",
    );
    expect(day.codeOf({ kind: "amendment.open", sheet: SERIAL }, EXAMINER)).toBe("ok");
  });

  test("has a film that begins with who typed it, and folds to the sheet as it stands", () => {
    const day = written();
    const { journal } = day;
    const sheet = journal.view.read("sheets", SERIAL)!;
    const entries = journal.entries
      .map(({ entry }) => entry)
      .filter(({ body }) => body.kind === "sheet.transcribed");
    const frames = framesOf({ sheet: SERIAL, entries, ground: groundOf(entries, sheet, journal.view) });
    expect(frames).toHaveLength(1);
    expect(frames[0]?.sheet?.items).toEqual(sheet.items);
    expect(entries[0]?.body).toMatchObject({ by: [FIRST, SECOND], examiner: EXAMINER });
  });
});
