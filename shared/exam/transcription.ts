// A paper score sheet on its way into the journal (转录): two people type it, each by themselves, and what they typed is compared.
// Inputs are compared, never marks: two different readings in one band would earn the same and still not be the same paper.
import { z } from "zod";
import { CandidateRef, ClockReading, HashId, PersonId, SheetId, SittingId } from "#shared/base";
import { MAX_OVERTIME_MS, SheetMarks } from "./amendment.ts";
import { PictureFacts } from "./evidence.ts";
import { ItemInput } from "./item-input.ts";
import { VetoCode } from "./rubric.ts";

/** One thing that somebody read off the paper. */
export const Typed = z.discriminatedUnion("kind", [
  /** Null clears the item: it is blank again, not zero. */
  z.strictObject({
    kind: z.literal("item"),
    item: z.int().min(1).max(99),
    input: ItemInput.nullable(),
  }),
  z.strictObject({ kind: z.literal("veto"), code: VetoCode, on: z.boolean() }),
  z.strictObject({ kind: z.literal("overtime"), overtimeMs: z.int().min(0).max(MAX_OVERTIME_MS) }),
  z.strictObject({ kind: z.literal("note"), text: z.string().max(1000) }),
]);
export type Typed = z.infer<typeof Typed>;

export const TypedSide = z.strictObject({
  person: PersonId,
  marks: SheetMarks,
  /** When they said that everything on the paper is typed; null while they are at it. */
  done: ClockReading.nullable(),
});
export type TypedSide = z.infer<typeof TypedSide>;

export const Transcription = z.strictObject({
  /** The serial of the blank, and the id of the sheet that comes of it: a paper becomes one sheet. */
  id: SheetId,
  sitting: SittingId,
  candidate: CandidateRef,
  rubric: HashId,
  /** Whose signature stands on the paper. */
  examiner: PersonId,
  openedAt: ClockReading,
  /** Journal sequence of the newest entry about it. */
  lastSeq: z.int().min(1),
  /** In the order in which they began; at most two. */
  sides: z.array(TypedSide).min(1).max(2),
  /** Photographs of the paper, oldest first. */
  pages: z.array(PictureFacts),
  /** Why the examiner sent it back, oldest first. */
  returned: z.array(z.strictObject({ reason: z.string(), at: ClockReading })),
  /** When the sheet was written; null before, and again after it was sent back. */
  written: ClockReading.nullable(),
  /** Begun by mistake and given up. */
  dropped: z.strictObject({ person: PersonId, reason: z.string(), at: ClockReading }).nullable(),
});
export type Transcription = z.infer<typeof Transcription>;

/** A sheet of several leaves, front and back. */
export const MAX_PAGES = 20;

export const NO_MARKS: SheetMarks = { items: {}, vetoes: [], overtimeMs: 0, note: "" };

export function withTyped(marks: SheetMarks, typed: Typed): SheetMarks {
  switch (typed.kind) {
    case "item": {
      const { [String(typed.item)]: _former, ...others } = marks.items;
      return {
        ...marks,
        items: typed.input === null ? others : { ...others, [String(typed.item)]: typed.input },
      };
    }
    case "veto": {
      const others = marks.vetoes.filter((code) => code !== typed.code);
      return { ...marks, vetoes: typed.on ? [...others, typed.code].sort() : others };
    }
    case "overtime":
      return { ...marks, overtimeMs: typed.overtimeMs };
    case "note":
      return { ...marks, note: typed.text };
  }
}

/** Where two people read the paper differently. */
export type Difference =
  | { readonly about: "item"; readonly item: number }
  | { readonly about: "veto"; readonly code: VetoCode }
  | { readonly about: "overtime" }
  | { readonly about: "note" };

/** Items by number, then vetoes, overtime, note. Empty exactly where both read the same. */
export function differencesOf(one: SheetMarks, other: SheetMarks): Difference[] {
  const items = [...new Set([...Object.keys(one.items), ...Object.keys(other.items)])].map(Number);
  const vetoes = [...new Set([...one.vetoes, ...other.vetoes])].sort();
  return [
    ...items
      .filter((no) => !isSameInput(one.items[String(no)], other.items[String(no)]))
      .sort((a, b) => a - b)
      .map((item) => ({ about: "item" as const, item })),
    ...vetoes
      .filter((code) => one.vetoes.includes(code) !== other.vetoes.includes(code))
      .map((code) => ({ about: "veto" as const, code })),
    ...(one.overtimeMs === other.overtimeMs ? [] : [{ about: "overtime" as const }]),
    ...(noteText(one) === noteText(other) ? [] : [{ about: "note" as const }]),
  ];
}

function isSameInput(one: ItemInput | undefined, other: ItemInput | undefined): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

/** Which line was picked first, and which group was typed first, is nobody's reading. */
function inOrder(input: ItemInput | undefined): unknown {
  switch (input?.kind) {
    case undefined:
      return null;
    case "DEDUCT":
      return input.picked
        .map(({ code, count }) => `${code} ${String(count)}`)
        .sort()
        .join();
    case "MEASURE":
      return input.readings.map(({ group, values }) => `${group} ${JSON.stringify(values)}`).sort();
    case "JUDGE":
      return [input.level];
    case "CHECK":
      return input.checks;
    case "POINTS":
      return [input.steps];
  }
}

/** Where a line ends on paper is no word. */
function noteText({ note }: SheetMarks): string {
  return note.replace(/\s+/g, " ").trim();
}
