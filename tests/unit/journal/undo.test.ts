// Undo at the desk: whatever keys come in whatever order, and however late the screen is repainted, what is in the
// journal at last is what would be there had nobody done what was taken back.
import fc from "fast-check";
import { expect, test } from "vitest";
import { ok } from "#shared/base";
import type { ItemInput, RubricItem, Sheet } from "#shared/exam";
import { inputAfterKey } from "../../../renderer/features/marking/item-keys.ts";
import {
  createSheetActs,
  onSheet,
  throughJournal,
  type Act,
  type SheetActs,
} from "../../../renderer/features/marking/sheet-acts.ts";
import { aPreparedDay, candidateRef, everyKindRubric, personId } from "../../support/journal-builders.ts";

const RUNS = 100;
const SIGNS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-", "="];
const rubric = everyKindRubric();
const EXAMINER = personId(1);

type Step =
  | { readonly kind: "key"; readonly item: number; readonly sign: string; readonly shift: boolean }
  | { readonly kind: "act"; readonly act: Act }
  | { readonly kind: "undo" | "redo" | "repaint" | "wait" };

const figures = (item: RubricItem): fc.Arbitrary<ItemInput> =>
  item.kind === "MEASURE"
    ? fc.option(fc.nat(60)).map((value) => ({
        kind: "MEASURE",
        readings: [{ group: item.groups[0]?.id ?? "", values: [value, 31] }],
      }))
    : fc.nat(item.max).map((steps) => ({ kind: "POINTS", steps }));
const typed = fc.constantFrom(...rubric.items.filter(({ kind }) => kind === "MEASURE" || kind === "POINTS"));
const acts: readonly fc.Arbitrary<Act>[] = [
  typed.chain((item) => fc.option(figures(item)).map((input) => ({ kind: "mark", item: item.no, input }))),
  fc
    .tuple(fc.constantFrom(...rubric.vetoes), fc.boolean())
    .map(([{ code }, on]) => ({ kind: "veto", code, on })),
  fc.nat(9).map((minutes) => ({ kind: "overtime", overtimeMs: minutes * 60_000 })),
  fc.constantFrom("", "旧胶", "3 处").map((text) => ({ kind: "note", text })),
];
const key: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("key" as const),
  item: fc.constantFrom(...rubric.items.map(({ no }) => no)),
  sign: fc.constantFrom(...SIGNS),
  shift: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: key },
  { weight: 4, arbitrary: fc.oneof(...acts).map((act): Step => ({ kind: "act", act })) },
  { weight: 4, arbitrary: fc.constant<Step>({ kind: "undo" }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: "redo" }) },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ kind: "repaint" }, { kind: "wait" }) },
);
const stepsUpTo = (maxLength: number) => fc.array(step, { maxLength, size: "max" });

test(`[17/undo] any acts, undos and redos leave the sheet as the acts that stand would alone (property, ${String(RUNS)} runs)`, async () => {
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(stepsUpTo(40), async (steps) => {
      const desk = aDesk();
      const standing: Act[] = [];
      const taken: Act[] = [];
      for (const one of steps) {
        const before = contentOf(desk.seen());
        const act = await desk.do(one);
        if (one.kind === "undo" && standing.length > 0) {
          taken.push(standing.pop()!);
          undone += 1;
        } else if (one.kind === "redo" && taken.length > 0) standing.push(taken.pop()!);
        // An act that changes nothing is no act: undo reaches past it.
        else if (act && JSON.stringify(contentOf(desk.seen())) !== JSON.stringify(before)) {
          standing.push(act);
          taken.length = 0;
        }
      }
      await desk.settled();
      const alone = aDesk();
      for (const act of standing) await alone.do({ kind: "act", act });
      await alone.settled();
      expect(contentOf(desk.durable())).toEqual(contentOf(alone.durable()));
      expect(contentOf(desk.seen())).toEqual(contentOf(desk.durable()));
      expect(contentOf(alone.seen())).toEqual(contentOf(alone.durable()));
    }),
    { numRuns: RUNS },
  );
  expect(undone).toBeGreaterThan(RUNS);
});

test(`[17/undo] everything taken back is the sheet as it was opened, everything done again as it was left (property, ${String(RUNS)} runs)`, async () => {
  await fc.assert(
    fc.asyncProperty(stepsUpTo(25), async (steps) => {
      const desk = aDesk();
      const blank = contentOf(desk.durable());
      for (const one of steps) await desk.do(one);
      await desk.settled();
      const left = contentOf(desk.durable());
      let count = 0;
      while (desk.acts.undo()) count += 1;
      await desk.settled();
      expect(contentOf(desk.durable())).toEqual(blank);
      for (let n = 0; n < count; n++) desk.acts.redo();
      await desk.settled();
      expect(contentOf(desk.durable())).toEqual(left);
    }),
    { numRuns: RUNS },
  );
});

/** The window's acts over main's gate and the fold; the screen's sheet is as old as its last repaint. */
function aDesk() {
  const { journal, sitting } = aPreparedDay({ candidates: 1, rubric });
  journal.wish({ kind: "sheet.open", sitting, candidate: candidateRef(1) }, EXAMINER);
  const durable = (): Sheet => {
    const [sheet] = journal.view.rows("sheets");
    if (!sheet) throw new Error("no sheet");
    return sheet;
  };
  const write = throughJournal(
    async (intents) => {
      await Promise.resolve();
      const wished = journal.wish(intents[0]!, EXAMINER);
      return wished.ok ? ok({ entries: [wished.value] }) : wished;
    },
    () => Promise.resolve(ok(undefined)),
  );
  const acts: SheetActs = createSheetActs(onSheet(durable().id, write));
  let painted = durable();
  const settled = async () => {
    while (acts.snapshot().saving > 0) await Promise.resolve();
    expect(acts.snapshot().refusal).toBeNull();
    painted = durable();
  };
  return {
    acts,
    durable,
    settled,
    seen: () => acts.seen(painted),
    /** Answers which act the step was, if it was one. */
    do: async (one: Step): Promise<Act | null> => {
      const act =
        one.kind === "act" ? one.act : one.kind === "key" ? actOfKey(one, acts.seen(painted)) : null;
      if (act) acts.act(painted, act);
      else if (one.kind === "undo") acts.undo();
      else if (one.kind === "redo") acts.redo();
      else if (one.kind === "repaint") painted = durable();
      else if (one.kind === "wait") await settled();
      return act;
    },
  };
}

function actOfKey({ item: no, sign, shift }: Extract<Step, { kind: "key" }>, seen: Sheet): Act | null {
  const item = rubric.items.find((one) => one.no === no);
  const input = item && inputAfterKey(item, seen.items[String(no)], { sign, shift });
  return input === undefined ? null : { kind: "mark", item: no, input };
}

function contentOf({ items, overtimeMs, vetoes, note }: Sheet) {
  return { items: Object.fromEntries(Object.entries(items).sort()), overtimeMs, vetoes, note };
}
