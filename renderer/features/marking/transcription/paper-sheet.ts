// A paper sheet on the desk: what one person typed of it as a sheet, and their acts as entries about it. The desk's own items and keys
// work on it as on a sheet that is marked.
import { invariant, ok } from "#shared/base";
import type { Difference, Sheet, Transcription, Typed, TypedSide } from "#shared/exam";
import type { Act, WriteAct, WriteIntent } from "../sheet-acts.ts";

export function typedSheet(row: Transcription, side: TypedSide): Sheet {
  const { id, sitting, candidate, examiner, rubric, openedAt, lastSeq } = row;
  return {
    ...{ id, sitting, candidate, examiner, rubric, startedAt: openedAt, lastSeq },
    ...side.marks,
    ...{ evidence: [], pauses: [] },
    ...{ signature: null, from: null, amendments: [], signed: null, amending: null },
  };
}

export function onPaper(sheet: Sheet["id"], write: WriteIntent): WriteAct {
  return async (act) => {
    const written = await write({ kind: "transcription.type", sheet, typed: actToTyped(act) });
    if (!written.ok) return written;
    const { entries, behind } = written.value;
    return ok({ seq: entries.at(-1)?.entry.seq ?? null, behind });
  };
}

function actToTyped(act: Act): Typed {
  invariant(act.kind !== "evidence", "photographs of the paper are not an item's");
  return act.kind === "mark" ? { kind: "item", item: act.item, input: act.input } : act;
}

/** What to do so that one's own side reads as the other one's. */
export function actToAdopt(difference: Difference, { marks }: TypedSide): Act {
  switch (difference.about) {
    case "item":
      return { kind: "mark", item: difference.item, input: marks.items[String(difference.item)] ?? null };
    case "veto":
      return { kind: "veto", code: difference.code, on: marks.vetoes.includes(difference.code) };
    case "overtime":
      return { kind: "overtime", overtimeMs: marks.overtimeMs };
    case "note":
      return { kind: "note", text: marks.note };
  }
}
