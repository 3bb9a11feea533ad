// Which item of a sheet is open, and which comes next: Enter goes on to the next one, after the last to the first blank, and
// where there is none to the signature.
import { useCallback, useRef, useState } from "react";
import type { Rubric, SheetMarks } from "#shared/exam";
import { scoreItem } from "#shared/rules";

export interface OpenItemOptions {
  readonly rubric: Rubric;
  /** Where to begin; undefined for the first item. */
  readonly first: number | undefined;
  /** The marks as they are at this moment. */
  readonly seen: () => SheetMarks;
  readonly onEnd: () => void;
}

export interface OpenItemOf {
  readonly open: number;
  readonly openItem: (no: number) => void;
  readonly openNext: (by: 1 | -1) => void;
  readonly goOn: () => void;
}

export function useOpenItem({ rubric, first, seen, onEnd }: OpenItemOptions): OpenItemOf {
  const [open, setOpen] = useState(() => first ?? rubric.items[0]?.no ?? 1);
  const openedAt = useRef(0);

  const openItem = useCallback((no: number) => {
    openedAt.current = performance.now();
    setOpen(no);
  }, []);
  const openNext = (by: 1 | -1) => {
    const neighbour = rubric.items[rubric.items.findIndex(({ no }) => no === open) + by];
    if (neighbour) openItem(neighbour.no);
  };
  const goOn = () => {
    const now = seen();
    const at = rubric.items.findIndex(({ no }) => no === open);
    const item = rubric.items[at];
    // A second Enter that follows at once is a double tap on an item nobody has looked at.
    const isDoubleTap = performance.now() - openedAt.current < DOUBLE_TAP_MS;
    if (item && isDoubleTap && now.items[String(item.no)] === undefined) return;
    const next = rubric.items[at + 1]?.no ?? firstBlank(rubric, now);
    if (next === undefined || next === open) onEnd();
    else openItem(next);
  };
  return { open, openItem, openNext, goOn };
}

/** Nobody looks at an item, or means a second tap, in less. */
export const DOUBLE_TAP_MS = 180;

export function firstBlank(rubric: Rubric, { items }: SheetMarks): number | undefined {
  return rubric.items.find((item) => scoreItem(item, items[String(item.no)]) === null)?.no;
}
