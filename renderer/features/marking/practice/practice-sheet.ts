// A sheet that is nowhere but here: its acts are the desk's own, what makes them last is this file's memory. It knows neither the
// bridge nor the store, so that what is tried cannot become what counts; its ids are those of nothing.
import { ok } from "#shared/base";
import { Sheet } from "#shared/exam";
import { createSheetActs, withAct, type SheetActs } from "../sheet-acts.ts";

export interface PracticeSheet {
  readonly acts: SheetActs;
  /** The sheet with every act so far: what `durable` is at the desk. */
  readonly read: () => Sheet;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createPracticeSheet(): PracticeSheet {
  let sheet = blankSheet();
  const listeners = new Set<() => void>();
  const acts = createSheetActs((act) => {
    sheet = { ...withAct(sheet, act), lastSeq: sheet.lastSeq + 1 };
    for (const listener of listeners) listener();
    return Promise.resolve(ok({ seq: sheet.lastSeq, behind: null }));
  });
  return {
    acts,
    read: () => sheet,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function blankSheet(): Sheet {
  return Sheet.parse({
    id: "A".repeat(22),
    sitting: "A".repeat(22),
    candidate: "0".repeat(32),
    examiner: "practice",
    rubric: `sha256:${"0".repeat(64)}`,
    ...{ items: {}, vetoes: [], overtimeMs: 0, note: "", evidence: [], amendments: [], pauses: [] },
    ...{ signature: null, from: null, signed: null, amending: null },
    startedAt: { wall: 0, mono: 0, boot: "0".repeat(16) },
    lastSeq: 1,
  });
}
