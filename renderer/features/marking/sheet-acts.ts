// What an examiner does to one sheet, act by act: shown at once, written in order, and true only when the journal has
// flushed it and the store's transaction has committed it. A refused act disappears again: the screen goes back to
// what is durable and says why.
import { ok, type Refusal, type Result, type SheetId } from "#shared/base";
import type { ItemInput, Sheet, VetoCode } from "#shared/exam";
import type { Intent, StoredEntry } from "#shared/journal";

export interface ActsState {
  /** By item number: what was done and is not yet durable. Null: cleared. */
  readonly inputs: ReadonlyMap<string, ItemInput | null>;
  readonly overtimeMs: number | null;
  readonly vetoes: ReadonlyMap<VetoCode, boolean>;
  readonly note: string | null;
  /** Acts on their way. */
  readonly saving: number;
  readonly refusal: Refusal | null;
  readonly canUndo: boolean;
}

export type Act =
  | { readonly kind: "mark"; readonly item: number; readonly input: ItemInput | null }
  | { readonly kind: "overtime"; readonly overtimeMs: number }
  | { readonly kind: "veto"; readonly code: VetoCode; readonly on: boolean }
  | { readonly kind: "note"; readonly text: string };

export interface SheetActs {
  readonly snapshot: () => ActsState;
  readonly subscribe: (listener: () => void) => () => void;
  /** The sheet as the person sees it: what is durable, with what is under way on top. */
  seen(durable: Sheet): Sheet;
  act(durable: Sheet, act: Act): void;
  /** Takes the newest act back and answers what it was about; null when there is nothing. */
  undo(durable: Sheet): Act | null;
  forgetRefusal(): void;
}

/** Writes one intent and answers when its entries are in the store; the refusal otherwise. */
export type WriteIntent = (intent: Intent) => Promise<Result<readonly StoredEntry[], Refusal>>;

export function createSheetActs(sheet: SheetId, write: WriteIntent): SheetActs {
  let state: ActsState = {
    inputs: new Map(),
    overtimeMs: null,
    vetoes: new Map(),
    note: null,
    saving: 0,
    refusal: null,
    canUndo: false,
  };
  const listeners = new Set<() => void>();
  const done: Done[] = [];
  let newest: Promise<void> = Promise.resolve();
  /** Acts on the same thing: only the newest one's outcome removes what is shown. */
  const underWay = new Map<string, number>();

  function change(next: Partial<ActsState>): void {
    state = { ...state, ...next, canUndo: done.length > 0 };
    for (const listener of listeners) listener();
  }

  function start(act: Act, undone: Done | null, record: Done | null): void {
    const subject = subjectOf(act);
    underWay.set(subject, (underWay.get(subject) ?? 0) + 1);
    change({ ...shownWith(state, act), saving: state.saving + 1, refusal: null });
    newest = newest.then(async () => {
      const written = await write(actToIntent(sheet, act, undone?.seq ?? null));
      const rest = (underWay.get(subject) ?? 1) - 1;
      underWay.set(subject, rest);
      if (record) {
        if (written.ok) record.seq = written.value.at(-1)?.entry.seq ?? null;
        else done.splice(done.indexOf(record), 1);
      }
      const settled = rest === 0 ? shownWithout(state, act) : {};
      change({ ...settled, saving: state.saving - 1, ...(written.ok ? {} : { refusal: written.error }) });
    });
  }

  const acts: SheetActs = {
    snapshot: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    seen: (durable) => overlaid(durable, state),
    act: (durable, act) => {
      const former = formerOf(acts.seen(durable), act);
      if (isSame(former, act)) return;
      const record: Done = { act, former, seq: null };
      done.push(record);
      start(act, null, record);
    },
    undo: () => {
      const last = done.pop();
      if (!last) return null;
      start(last.former, last, null);
      return last.former;
    },
    forgetRefusal: () => change({ refusal: null }),
  };
  return acts;
}

/** Lays what is under way over the durable sheet. */
export function overlaid(durable: Sheet, state: ActsState): Sheet {
  const items: Record<string, ItemInput> = { ...durable.items };
  for (const [no, input] of state.inputs) {
    if (input === null) Reflect.deleteProperty(items, no);
    else items[no] = input;
  }
  const kept = durable.vetoes.filter((code) => state.vetoes.get(code) !== false);
  const added = [...state.vetoes].filter(([code, on]) => on && !kept.includes(code)).map(([code]) => code);
  return {
    ...durable,
    items,
    vetoes: [...kept, ...added].sort(),
    overtimeMs: state.overtimeMs ?? durable.overtimeMs,
    note: state.note ?? durable.note,
  };
}

/** One intent through the bridge and into the store, in that order. */
export function throughJournal(
  append: (intents: Intent[]) => Promise<Result<{ entries: StoredEntry[] }, Refusal>>,
  takeIn: (entries: readonly StoredEntry[]) => Promise<Result<void, Refusal>>,
): WriteIntent {
  return async (intent) => {
    const appended = await append([intent]);
    if (!appended.ok) return appended;
    const taken = await takeIn(appended.value.entries);
    return taken.ok ? ok(appended.value.entries) : taken;
  };
}

interface Done {
  readonly act: Act;
  /** The act that puts things back as they were. */
  readonly former: Act;
  /** Known once it is durable. */
  seq: number | null;
}

function actToIntent(sheet: SheetId, act: Act, undoes: number | null): Intent {
  switch (act.kind) {
    case "mark":
      return {
        kind: "mark.set",
        sheet,
        item: act.item,
        input: act.input,
        ...(undoes === null ? {} : { undoes }),
      };
    case "overtime":
      return { kind: "overtime.set", sheet, overtimeMs: act.overtimeMs };
    case "veto":
      return { kind: "veto.set", sheet, code: act.code, on: act.on };
    case "note":
      return { kind: "note.set", sheet, text: act.text };
  }
}

function formerOf(seen: Sheet, act: Act): Act {
  switch (act.kind) {
    case "mark":
      return { ...act, input: seen.items[String(act.item)] ?? null };
    case "overtime":
      return { ...act, overtimeMs: seen.overtimeMs };
    case "veto":
      return { ...act, on: seen.vetoes.includes(act.code) };
    case "note":
      return { ...act, text: seen.note };
  }
}

function isSame(a: Act, b: Act): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function subjectOf(act: Act): string {
  if (act.kind === "mark") return `mark ${act.item}`;
  return act.kind === "veto" ? `veto ${act.code}` : act.kind;
}

function shownWith(state: ActsState, act: Act): Partial<ActsState> {
  switch (act.kind) {
    case "mark":
      return { inputs: new Map(state.inputs).set(String(act.item), act.input) };
    case "overtime":
      return { overtimeMs: act.overtimeMs };
    case "veto":
      return { vetoes: new Map(state.vetoes).set(act.code, act.on) };
    case "note":
      return { note: act.text };
  }
}

function shownWithout(state: ActsState, act: Act): Partial<ActsState> {
  switch (act.kind) {
    case "mark": {
      const inputs = new Map(state.inputs);
      inputs.delete(String(act.item));
      return { inputs };
    }
    case "overtime":
      return { overtimeMs: null };
    case "veto": {
      const vetoes = new Map(state.vetoes);
      vetoes.delete(act.code);
      return { vetoes };
    }
    case "note":
      return { note: null };
  }
}
