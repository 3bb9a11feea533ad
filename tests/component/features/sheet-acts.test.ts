// What an act becomes when writing it goes wrong: it never holds up the next one, and nothing that main has disappears.
import { expect, test } from "vitest";
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import type { Sheet } from "#shared/exam";
import type { Intent, StoredEntry } from "#shared/journal";
import {
  createSheetActs,
  isItemSaving,
  storeTroubleOf,
  onSheet,
  throughJournal,
  type Act,
  type Written,
} from "../../../renderer/features/marking/sheet-acts.ts";
import { aPreparedDay, candidateRef, personId } from "../../support/journal-builders.ts";

const mark = (item: number, level: 0 | 1 | 2 | 3): Act => ({
  kind: "mark",
  item,
  input: { kind: "JUDGE", level },
});

test("a write that throws is a refusal, and later acts go on", async () => {
  const { durable } = anOpenSheet();
  const answers = [() => Promise.reject(new Error("torn")), () => written(9)];
  const acts = createSheetActs(onSheet(durable.id, () => answers.shift()!()));
  acts.act(durable, mark(1, 1));
  acts.act(durable, mark(2, 2));
  await expect.poll(() => acts.snapshot().saving).toBe(0);
  expect(acts.snapshot().refusal).toEqual({ code: "internal.bug" });
  expect(acts.seen(durable).items).toEqual({ "2": { kind: "JUDGE", level: 2 } });
});

test("an act refused after it was taken back forgets no other", async () => {
  const { durable } = anOpenSheet();
  const intents: Intent[] = [];
  const answers: (() => Promise<Result<Written, Refusal>>)[] = [
    () => written(8),
    () => Promise.resolve(refuse({ code: "journal.full" })),
    () => written(9),
    () => written(10),
  ];
  const acts = createSheetActs(
    onSheet(durable.id, (intent) => {
      intents.push(intent);
      return answers.shift()!();
    }),
  );
  acts.act(durable, mark(1, 1));
  acts.act(durable, mark(2, 2));
  acts.undo();
  await expect.poll(() => acts.snapshot().saving).toBe(0);
  expect(acts.undo()).toEqual({ kind: "mark", item: 1, input: null });
  await expect.poll(() => intents.at(-1)).toMatchObject({ item: 1, input: null, undoes: 8 });
});

test.each([
  ["refuses", () => Promise.resolve(refuse({ code: "store.full" })), "store.full"],
  ["throws", () => Promise.reject(new Error("torn")), "store.failed"],
])("what main has is not refused when the store %s", async (_, takeIn, code) => {
  const { durable } = anOpenSheet();
  const write = throughJournal(() => Promise.resolve(ok({ entries: [entryAt(9)] })), takeIn);
  const acts = createSheetActs(onSheet(durable.id, write));
  acts.act(durable, mark(1, 1));
  await expect.poll(() => acts.snapshot().saving).toBe(0);
  const state = acts.snapshot();
  expect(state.refusal).toBeNull();
  expect(acts.seen(durable).items).toEqual({ "1": { kind: "JUDGE", level: 1 } });
  expect(isItemSaving(state, durable, 1)).toBe(true);
  expect(storeTroubleOf(state, durable)).toEqual({ code });
  const caughtUp = { ...durable, lastSeq: 9 };
  expect(isItemSaving(state, caughtUp, 1)).toBe(false);
  expect(storeTroubleOf(state, caughtUp)).toBeNull();
});

function anOpenSheet(): { durable: Sheet } {
  const { journal, sitting } = aPreparedDay({ candidates: 1 });
  journal.wish({ kind: "sheet.open", sitting, candidate: candidateRef(1) }, personId(1));
  const [sheet] = journal.view.rows("sheets");
  if (!sheet) throw new Error("no sheet");
  return { durable: { ...sheet, lastSeq: 7 } };
}

function written(seq: number): Promise<Result<Written, Refusal>> {
  return Promise.resolve(ok({ entries: [entryAt(seq)], behind: null }));
}

/** Of an entry only its place counts here. */
function entryAt(seq: number): StoredEntry {
  const [first] = aPreparedDay().journal.entries;
  if (!first) throw new Error("no entry");
  return { ...first, entry: { ...first.entry, seq } };
}
