// What an examiner does to one sheet, act by act: shown at once, written in order, and true only when the journal has
// flushed it and the store's transaction has committed it. A refused act disappears again: the screen goes back to
// what is durable and says why. An act that main has and the store does not stays, as one that is still on its way.
import { ok, refuse, type HashId, type Refusal, type Result, type SheetId } from "#shared/base";
import { findEvidence, type EvidenceItem, type ItemInput, type Sheet, type VetoCode } from "#shared/exam";
import type { Intent, StoredEntry } from "#shared/journal";

export interface ActsState {
  /** By what they are about, oldest first: acts that the durable sheet may not show yet. */
  readonly shown: ReadonlyMap<string, readonly Shown[]>;
  /** Acts on their way. */
  readonly saving: number;
  readonly refusal: Refusal | null;
}

interface Shown {
  readonly act: Act;
  /** The entry that made it durable; null while it is on its way. */
  readonly seq: number | null;
  /** Why the store did not take that entry in; it stands until the durable sheet shows the entry. */
  readonly behind: Refusal | null;
}

export type Act =
  | { readonly kind: "mark"; readonly item: number; readonly input: ItemInput | null }
  | { readonly kind: "overtime"; readonly overtimeMs: number }
  | { readonly kind: "veto"; readonly code: VetoCode; readonly on: boolean }
  | { readonly kind: "note"; readonly text: string }
  /** A picture taken away or brought back; a new one is written with its bytes and only told here (`wrote`). */
  | { readonly kind: "evidence"; readonly item: EvidenceItem; readonly hash: HashId; readonly on: boolean };

export interface SheetActs {
  readonly snapshot: () => ActsState;
  readonly subscribe: (listener: () => void) => () => void;
  /** The sheet as the person sees it: what is durable, with what is under way on top. */
  seen(durable: Sheet): Sheet;
  act(durable: Sheet, act: Act): void;
  /** A picture that was written another way: undo takes it back like any other act. */
  wrote(act: Extract<Act, { kind: "evidence" }>, seq: number): void;
  /** Takes the newest act back and answers what it was about; null when there is nothing. */
  undo(): Act | null;
  /** Does the act that was taken back last once more; null when there is none, or when another came after it. */
  redo(): Act | null;
}

/** Writes one intent. Refused means that main does not have it. */
export type WriteIntent = (intent: Intent) => Promise<Result<Written, Refusal>>;

export interface Written {
  readonly entries: readonly StoredEntry[];
  /** What kept the store from taking the entries in; null when they are there. */
  readonly behind: Refusal | null;
}

/** Makes one act last; `undoes` is the entry that it takes back. */
export type WriteAct = (act: Act, undoes: number | null) => Promise<Result<WrittenAct, Refusal>>;

export interface WrittenAct {
  /** The entry that made it durable. */
  readonly seq: number | null;
  readonly behind: Refusal | null;
}

export function createSheetActs(write: WriteAct): SheetActs {
  let state: ActsState = { shown: new Map(), saving: 0, refusal: null };
  const listeners = new Set<() => void>();
  const done: Done[] = [];
  let undone: Done[] = [];
  let newest: Promise<void> = Promise.resolve();

  function change(next: Partial<ActsState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  /** It may have been taken back already. */
  function forget(record: Done): void {
    const at = done.indexOf(record);
    if (at !== -1) done.splice(at, 1);
  }

  function start(act: Act, undone: Done | null, record: Done | null): void {
    const onItsWay: Shown = { act, seq: null, behind: null };
    change({ shown: withLatest(state, onItsWay), saving: state.saving + 1, refusal: null });
    newest = newest.then(async () => {
      const written = await orRefusal("internal.bug", () => write(act, undone?.seq ?? null));
      const seq = written.ok ? written.value.seq : null;
      if (record && seq !== null) record.seq = seq;
      if (record && !written.ok) forget(record);
      change({
        shown: written.ok
          ? withSettled(state, onItsWay, { seq, behind: written.value.behind })
          : withoutRefused(state, onItsWay),
        saving: state.saving - 1,
        ...(written.ok ? {} : { refusal: written.error }),
      });
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
      undone = [];
      start(act, null, record);
    },
    wrote: (act, seq) => {
      done.push({ act, former: { ...act, on: !act.on }, seq });
      undone = [];
    },
    undo: () => {
      const last = done.pop();
      if (!last) return null;
      undone.push(last);
      start(last.former, last, null);
      return last.former;
    },
    redo: () => {
      const last = undone.pop();
      if (!last) return null;
      const record = { ...last, seq: null };
      done.push(record);
      start(record.act, null, record);
      return record.act;
    },
  };
  return acts;
}

/**
 * The durable sheet with what it does not show yet on top. A live query repaints a moment after its transaction; until
 * then the sheet on the screen is older than the acts, and a key counted from it would lose the one before.
 */
export function overlaid(durable: Sheet, state: ActsState): Sheet {
  let seen = durable;
  for (const acts of state.shown.values()) {
    const latest = acts.at(-1);
    if (latest && (latest.seq === null || latest.seq > durable.lastSeq)) seen = withAct(seen, latest.act);
  }
  return seen;
}

/** Is the newest act about this item still on its way to the store? */
export function isItemSaving(state: ActsState, durable: Sheet, item: number): boolean {
  const latest = state.shown.get(subjectOf({ kind: "mark", item, input: null }))?.at(-1);
  return latest !== undefined && (latest.seq === null || isBehind(latest, durable));
}

/** Why acts that main has are not in the store; null once the durable sheet shows them. */
export function storeTroubleOf(state: ActsState, durable: Sheet): Refusal | null {
  const behind = [...state.shown.values()].flat().findLast((one) => isBehind(one, durable));
  return behind?.behind ?? null;
}

function isBehind({ seq, behind }: Shown, durable: Sheet): boolean {
  return behind !== null && (seq === null || seq > durable.lastSeq);
}

/** One intent through the bridge and into the store, in that order. What main has is not refused any more. */
export function throughJournal(
  append: (intents: Intent[]) => Promise<Result<Pick<Written, "entries">, Refusal>>,
  takeIn: (entries: readonly StoredEntry[]) => Promise<Result<void, Refusal>>,
): WriteIntent {
  return async (intent) => {
    const appended = await append([intent]);
    if (!appended.ok) return appended;
    const { entries } = appended.value;
    const taken = await orRefusal("store.failed", () => takeIn(entries));
    return ok({ entries, behind: taken.ok ? null : taken.error });
  };
}

/** The acts of one sheet as intents about it. */
export function onSheet(sheet: SheetId, write: WriteIntent): WriteAct {
  return async (act, undoes) => {
    const written = await write(actToIntent(sheet, act, undoes));
    if (!written.ok) return written;
    const { entries, behind } = written.value;
    return ok({ seq: entries.at(-1)?.entry.seq ?? null, behind });
  };
}

/** A throw is a bug; whoever waits for an answer gets one all the same. */
async function orRefusal<T>(
  code: string,
  work: () => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
  try {
    return await work();
  } catch {
    return refuse({ code });
  }
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
    case "evidence":
      return {
        ...{ kind: "evidence.set", sheet, item: act.item, hash: act.hash, on: act.on },
        ...(undoes === null ? {} : { undoes }),
      };
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
    case "evidence":
      return { ...act, on: findEvidence(seen.evidence, act.item, act.hash)?.removed === false };
  }
}

function isSame(a: Act, b: Act): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function subjectOf(act: Act): string {
  if (act.kind === "mark") return `mark ${act.item}`;
  if (act.kind === "evidence") return `evidence ${String(act.item)} ${act.hash}`;
  return act.kind === "veto" ? `veto ${act.code}` : act.kind;
}

export function withAct(sheet: Sheet, act: Act): Sheet {
  switch (act.kind) {
    case "mark": {
      const { [String(act.item)]: _former, ...others } = sheet.items;
      return { ...sheet, items: act.input === null ? others : { ...others, [String(act.item)]: act.input } };
    }
    case "overtime":
      return { ...sheet, overtimeMs: act.overtimeMs };
    case "veto": {
      const others = sheet.vetoes.filter((code) => code !== act.code);
      return { ...sheet, vetoes: act.on ? [...others, act.code].sort() : others };
    }
    case "note":
      return { ...sheet, note: act.text };
    case "evidence":
      return {
        ...sheet,
        evidence: sheet.evidence.map((one) =>
          one.item === act.item && one.hash === act.hash ? { ...one, removed: !act.on } : one,
        ),
      };
  }
}

function withLatest({ shown }: ActsState, latest: Shown): ActsState["shown"] {
  const subject = subjectOf(latest.act);
  return new Map(shown).set(subject, [...(shown.get(subject) ?? []), latest]);
}

/** What is durable now takes the place of everything older about the same thing. */
function withSettled({ shown }: ActsState, settled: Shown, outcome: Omit<Shown, "act">): ActsState["shown"] {
  const subject = subjectOf(settled.act);
  const acts = shown.get(subject) ?? [];
  const newer = acts.slice(acts.indexOf(settled) + 1);
  return new Map(shown).set(subject, [{ ...settled, ...outcome }, ...newer]);
}

function withoutRefused({ shown }: ActsState, refused: Shown): ActsState["shown"] {
  const subject = subjectOf(refused.act);
  return new Map(shown).set(
    subject,
    (shown.get(subject) ?? []).filter((one) => one !== refused),
  );
}
