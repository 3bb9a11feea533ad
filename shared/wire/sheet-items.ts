// Between a sheet as the store holds it and the items as they are signed: `{no, kind, in}`, complete, in rubric order.
import { invariant } from "#shared/base";
import type { ItemInput, Rubric } from "#shared/exam";
import { SheetItem, type SheetRecord } from "./records.ts";

export function inputsToSheetItems(
  rubric: Rubric,
  items: Readonly<Record<string, ItemInput>>,
): SheetRecord["items"] {
  return rubric.items.map(({ no }) => {
    const input = items[String(no)];
    invariant(input, `item ${no} is blank`);
    const { kind, ...raw } = input;
    return SheetItem.parse({ no, kind, in: raw });
  });
}

export function sheetItemsToInputs(items: SheetRecord["items"]): Record<string, ItemInput> {
  // The record's schema has parsed them: the same fields, with the kind beside instead of among them.
  return Object.fromEntries(
    items.map((item) => [String(item.no), { kind: item.kind, ...item.in } as ItemInput]),
  );
}
