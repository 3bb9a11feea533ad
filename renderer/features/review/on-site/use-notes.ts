// A supervisor's notes of a room as they are written: each act goes into the journal at once, and can be taken back as long as the
// screen is open.
import { useEffect, useRef, useState } from "react";
import type { Refusal, SittingId } from "#shared/base";
import type { VisitAnswer, VisitNotes, VisitRemark } from "#shared/exam";
import { notesAfter, type Intent } from "#shared/journal";
import { appendIntents } from "../../../bridge/index.ts";
import { useStore } from "../../../store/index.ts";

export interface Notes {
  readonly notes: VisitNotes;
  readonly refusal: Refusal | null;
  readonly canUndo: boolean;
  readonly isEmpty: boolean;
  /** Whether it was written. `change` is asked when it is its turn, of the answer as it stands then. */
  answer(item: string, change: (given: VisitAnswer | undefined) => VisitAnswer): Promise<boolean>;
  remark(about: VisitRemark, text: string): Promise<boolean>;
  clear(): Promise<boolean>;
  undo(): Promise<boolean>;
}

/** `read`: as main had them last. What was written since is shown at once, and until main has said it too. */
export function useNotes(sitting: SittingId, read: VisitNotes): Notes {
  const store = useStore();
  const [own, setOwn] = useState<{ readonly over: VisitNotes; readonly notes: VisitNotes } | null>(null);
  const notes = own?.over === read ? own.notes : read;
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  /** What brings back what stood before each act, the newest last. */
  const former = useRef<Intent[][]>([]);
  const [undoable, setUndoable] = useState(0);
  /** As they stand before the next act, which may come before this one was painted. */
  const latest = useRef({ read, notes });
  useEffect(() => {
    latest.current = { read, notes };
  });
  /** An act waits for the one before: what it takes the place of is known only then. */
  const newest = useRef<Promise<unknown>>(Promise.resolve());
  const inTurn = (work: () => Promise<boolean>): Promise<boolean> => {
    const done = newest.current.then(work);
    newest.current = done.catch(() => undefined);
    return done;
  };

  const append = async (intents: Intent[]) => {
    const written = await appendIntents(intents);
    const taken = written.ok ? await store.takeIn(written.value.entries) : written;
    setRefusal(taken.ok ? null : taken.error);
    if (!written.ok) return false;
    const bodies = written.value.entries.map(({ entry }) => entry.body);
    const { read: over, notes: from } = latest.current;
    latest.current = { read: over, notes: bodies.reduce(notesAfter, from) };
    setOwn({ over, notes: latest.current.notes });
    return taken.ok;
  };
  const act = (intentOf: (notes: VisitNotes) => Intent, formerOf: (notes: VisitNotes) => Intent[]) =>
    inTurn(async () => {
      const from = latest.current.notes;
      const before = formerOf(from);
      const isWritten = await append([intentOf(from)]);
      if (isWritten) setUndoable(former.current.push(before));
      return isWritten;
    });
  const answering = (item: string, answer: VisitAnswer | null): Intent => ({
    ...{ kind: "visit.answer", sitting, item, answer },
  });
  const remarking = (about: VisitRemark, text: string): Intent => ({
    ...{ kind: "visit.remark", sitting, about, text },
  });
  const remarksIn = (those: VisitNotes) =>
    (["problems", "suggestions"] as const).filter((about) => those[about] !== "");
  return {
    notes,
    refusal,
    canUndo: undoable > 0,
    isEmpty: Object.keys(notes.answers).length === 0 && remarksIn(notes).length === 0,
    answer: (item, change) =>
      act(
        ({ answers }) => answering(item, change(answers[item])),
        ({ answers }) => [answering(item, answers[item] ?? null)],
      ),
    remark: (about, text) =>
      act(
        () => remarking(about, text),
        (those) => [remarking(about, those[about])],
      ),
    clear: () =>
      act(
        () => ({ kind: "visit.clear", sitting }),
        (those) => [
          ...Object.entries(those.answers).map(([item, answer]) => answering(item, answer)),
          ...remarksIn(those).map((about) => remarking(about, those[about])),
        ],
      ),
    undo: () =>
      inTurn(async () => {
        const before = former.current.at(-1);
        if (!before || !(await append(before))) return false;
        former.current.pop();
        setUndoable(former.current.length);
        return true;
      }),
  };
}
