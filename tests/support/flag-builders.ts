// A sitting's history for the flags, sheet by sheet, without a journal: an ordinary one, so that a test says only what is odd.
import { BootId, Day, InstantMs, type ClockReading, type HashId, type PersonId } from "#shared/base";
import type { ItemInput, Rubric, Sheet } from "#shared/exam";
import {
  defaultPolicy,
  flagPolicyOf,
  totalOf,
  type FlagPolicy,
  type SheetAct,
  type SheetHistory,
  type SittingHistory,
} from "#shared/rules";
import { candidateRef, everyKindRubric, personId, sheetId, sittingId, testHash } from "./journal-builders.ts";

export const flagPolicy: FlagPolicy = flagPolicyOf(defaultPolicy());
export const flagRubric: Rubric = everyKindRubric();
const BOOT = BootId.parse("00112233445566aa");

/** So many milliseconds after the computer was started. */
export function after(ms: number, { boot = BOOT, wallMs = ms } = {}): ClockReading {
  return { wall: InstantMs.parse(1_000_000_000 + wallMs), mono: Math.round(ms), boot };
}

export interface SheetOptions {
  readonly candidate: number;
  readonly examiner?: number;
  /** First entry; a sheet takes twenty. */
  readonly opened?: number;
  readonly items?: Readonly<Record<string, ItemInput>>;
  readonly itemMs?: number;
  /** Marks set after the sheet was whole, in this order. */
  readonly changes?: readonly (readonly [item: number, input: ItemInput | null])[];
  readonly signed?: boolean;
  readonly vetoes?: Sheet["vetoes"];
  readonly pictures?: readonly { readonly hash: HashId; readonly removed?: boolean }[];
}

const PICTURE = { item: null, size: 1, type: "image/jpeg", width: 1, height: 1 } as const;

export function aSheet(options: SheetOptions): SheetHistory {
  const { candidate, examiner = 1, itemMs = 10_000, signed = true, vetoes = [], pictures = [] } = options;
  const { opened = 20 * (3 * candidate + examiner), items = inputs(candidate), changes = [] } = options;
  let entry = opened;
  const now = () => after((entry - opened) * itemMs);
  const next = <A extends object>(act: A) => {
    entry += 1;
    return { entry, at: now(), ...act };
  };
  const marks = { ...items };
  const acts: SheetAct[] = Object.entries(items).map(([no, input]) =>
    next({ kind: "mark" as const, item: Number(no), input }),
  );
  for (const [item, input] of changes) {
    acts.push(next({ kind: "mark" as const, item, input }));
    if (input) marks[String(item)] = input;
  }
  for (const { hash } of pictures) acts.push(next({ kind: "picture" as const, hash }));
  for (const code of vetoes) acts.push(next({ kind: "veto" as const, code, on: true }));
  const { total } = totalOf(flagRubric, marks, 0);
  const end = next({});
  const id = sheetId(opened);
  const sheet: Sheet = {
    ...{ id, sitting: sittingId(1), candidate: candidateRef(candidate), examiner: personId(examiner) },
    ...{ rubric: testHash("rubric"), items: marks, vetoes: [...vetoes], overtimeMs: 0, note: "" },
    evidence: pictures.map(({ hash, removed = false }) => ({ ...PICTURE, hash, removed })),
    ...{
      startedAt: after(0),
      pauses: [],
      lastSeq: end.entry,
      from: null,
      amendments: [],
      signed: null,
      amending: null,
    },
    signature: signed ? { seq: opened, hash: testHash(`sheet ${opened}`), total, at: end.at } : null,
  };
  return {
    ...{ sheet, opened, acts, amended: [] },
    pictures: pictures.flatMap(({ hash, removed }) => (removed ? [] : [hash])),
    signed: signed ? { entry: end.entry, at: end.at, total } : null,
  };
}

export function aHistory(
  sheets: readonly SheetHistory[],
  other: Partial<SittingHistory> = {},
): SittingHistory {
  const examiners = [...new Set(sheets.map(({ sheet }) => sheet.examiner))];
  return {
    ...{ sitting: sittingId(1), day: Day.parse("2026-11-23"), observed: true, rubric: flagRubric, sheets },
    panel: examiners.map((person, at) => ({ person, leader: at === 0 })),
    cards: examiners.map(aCard),
    ...{ declarations: [], settlements: [], clocks: [], records: [], earlier: null },
    ...other,
  };
}

export function aCard(person: PersonId): SittingHistory["cards"][number] {
  const { occupation } = flagRubric;
  return {
    ...{ person, grade: "SENIOR", cardNo: "card", occupation, directions: [], status: "ACTIVE" },
    ...{ levels: ["L5", "L4", "L3"], validFrom: Day.parse("2020-01-01"), validTo: Day.parse("2035-12-31") },
  };
}

export interface Inputs {
  readonly gaps?: number;
  readonly residues?: number;
  readonly readings?: readonly [number, number];
  readonly level?: 0 | 1 | 2 | 3;
  readonly checks?: number;
  readonly steps?: number;
}

/** Ordinary work of about 75 points that no other candidate's is exactly like; `same` says what is to be like. */
export function inputs(candidate: number, same: Inputs = {}): Record<string, ItemInput> {
  const gaps = same.gaps ?? candidate % 2;
  const residues = same.residues ?? candidate % 4;
  const picked = [
    { code: "a", count: gaps },
    { code: "b", count: residues },
  ].filter(({ count }) => count > 0);
  const checks = same.checks ?? 2 + (candidate % 3);
  return {
    "1": { kind: "DEDUCT", picked },
    "2": {
      kind: "MEASURE",
      readings: [
        { group: "points", values: [...(same.readings ?? [31 + (candidate % 17), 10 + candidate])] },
      ],
    },
    "3": { kind: "JUDGE", level: same.level ?? (candidate % 5 === 0 ? 1 : 2) },
    "4": { kind: "CHECK", checks: [0, 1, 2, 3].map((n) => (n < checks ? "yes" : "no")) },
    "5": { kind: "POINTS", steps: same.steps ?? 26 + (candidate % 7) },
  };
}

/** Sheets of a panel of three, candidates 1 to n; `points` moves one examiner's last item. */
export function panelSheets(
  candidates: number,
  points: (candidate: number, examiner: number) => number = () => 0,
): SheetHistory[] {
  return Array.from({ length: candidates }, (_, at) => at + 1).flatMap((candidate) =>
    [1, 2, 3].map((examiner) =>
      aSheet({
        candidate,
        examiner,
        items: inputs(candidate, { steps: 20 + Math.round(2 * points(candidate, examiner)) }),
      }),
    ),
  );
}
