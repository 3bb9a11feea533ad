// The view as it will stand after entries that are not written yet.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  createJournalView,
  TABLES,
  viewAfter,
  type JournalEntry,
  type JournalView,
  type TableName,
} from "#shared/journal";
import { aLittleDay, entriesOf, viewOf } from "../../support/little-day.ts";
import { anOddDay, oddAct, writeAct } from "../../support/odd-days.ts";
import { property } from "../../support/property.ts";

const tableNames = Object.keys(TABLES) as TableName[];

/** Everything that can be read, in an order that does not tell where new rows stand. */
function readable(view: JournalView) {
  const byText = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
  return {
    tables: tableNames.map((table) => [table, [...view.keys(table)].sort(), byText(view.rows(table))]),
    read: tableNames
      .flatMap((table) => view.keys(table).map((key) => [`${table} ${key}`, view.read(table, key)]))
      .sort(),
    shelves: view
      .rows("sittings")
      .map(({ id }) => [id, byText(view.rowsOf("candidates", id)), byText(view.rowsOf("sheets", id))]),
  };
}

function grown(entries: readonly JournalEntry[]) {
  const view = createJournalView();
  for (const entry of entries) view.apply(entry);
  return view;
}

/** Written up to `from`; then one call up to `to`, and another for the rest. */
function expectAfter(entries: readonly JournalEntry[], from: number, to: number): void {
  const below = grown(entries.slice(0, from));
  const before = readable(below);
  const after = viewAfter(below);
  const writes = [...after.take(entries.slice(from, to)), ...after.take(entries.slice(to))];
  const whole = readable(grown(entries));
  expect(readable(after.view)).toEqual(whole);
  expect(readable(below)).toEqual(before);
  below.take(writes);
  expect(readable(below)).toEqual(whole);
}

property(
  "[P2] whatever was done in whatever order, what follows entries not yet written is what they fold to, and the view below is as it was",
  60,
  [fc.array(oddAct, { maxLength: 40, size: "max" }), fc.nat(60), fc.nat(20)],
  (acts, from, more) => {
    const day = anOddDay();
    for (const act of acts) writeAct(day, act);
    expectAfter(
      day.journal.entries.map(({ entry }) => entry),
      from,
      from + more,
    );
  },
);

test("[P2] so it is wherever the little day is cut, with every kind of entry in it", () => {
  const entries = entriesOf(aLittleDay());
  for (const [from] of entries.entries()) expectAfter(entries, from, from + 1);
});

test("[P2] of entries among which one cannot be folded nothing is kept", () => {
  const entries = entriesOf(aLittleDay());
  const marked = entries.findIndex(({ body }) => body.kind === "mark.set");
  const after = viewAfter(viewOf([]));
  const before = readable(after.view);
  // The mark names a sheet that nobody opened.
  const unfit = [...entries.slice(0, 2), entries[marked]!];
  expect(() => after.take(unfit)).toThrow();
  expect(readable(after.view)).toEqual(before);
});
