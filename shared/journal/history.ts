// A sitting's history for the supervision flags: what tables keep, and beside it what only entries tell, act by act. Fed entry by
// entry while a day goes on, or with the whole journal when it closes: the same entries, the same history.
import { invariant, type HashId, type SheetId, type SittingId } from "#shared/base";
import { evidenceHeld, type ExaminerQualification, type Sheet } from "#shared/exam";
import {
  flagPolicyOf,
  passesIn,
  sumOfPasses,
  type PassRecord,
  type SheetAct,
  type SheetHistory,
  type SittingHistory,
} from "#shared/rules";
import type { JournalEntry } from "./entry.ts";
import { ONLY, type SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

export interface SittingWatch {
  /** After the view has folded it. Of a sheet whose beginning was not seen no acts are known. */
  apply(entry: JournalEntry): void;
  /** Null for a sitting that is not there. */
  history(sitting: SittingId, earlier: PassRecord | null): SittingHistory | null;
}

/** What entries tell of one sheet. */
interface Trail {
  readonly opened: number;
  readonly acts: SheetAct[];
  signed: number | null;
  readonly amended: { readonly entry: number; readonly hash: HashId }[];
}

type Watched = Pick<JournalView, "read" | "rows" | "rowsOf">;

type Settled = SittingHistory["settlements"][number] & {
  readonly sitting: SittingId;
  /** Null for one of before settlements were signed. */
  readonly hash: HashId | null;
};

export function createSittingWatch(view: Watched): SittingWatch {
  const prepared = new Map<SittingId, number>();
  const trails = new Map<SheetId, Trail>();
  const declarations: (SittingHistory["declarations"][number] & { readonly sitting: SittingId })[] = [];
  const settlements: Settled[] = [];
  const clocks: SittingHistory["clocks"][number][] = [];
  const records: SittingHistory["records"][number][] = [];
  /** By the record of a sheet from another laptop, whichever version counts. */
  const named = new Map<HashId, readonly HashId[]>();

  function apply({ seq: entry, at, actor, body }: JournalEntry): void {
    const signedHere = (seq: number) => records.push({ entry, seq, from: null });
    const act = (sheet: SheetId, rest: ActOfKind) => trails.get(sheet)?.acts.push({ entry, at, ...rest });
    switch (body.kind) {
      case "sitting.prepared":
        prepared.set(body.sitting.id, entry);
        signedHere(body.roster.seq);
        break;
      case "sitting.received":
        prepared.set(body.sitting.id, entry);
        break;
      case "panel.changed":
      case "candidate.absent":
      case "roster.changed":
      case "review.signed":
      case "incident.recorded":
      case "visit.signed":
        signedHere(body.seq);
        break;
      case "conflict.declared":
        invariant(actor !== null, "a person declares");
        declarations.push({ entry, person: actor, candidates: body.candidates, sitting: body.sitting });
        break;
      case "divergence.settled":
      case "settlement.received": {
        const { candidate, records: about } = body;
        const sitting = view.read("candidates", candidate)?.sitting;
        invariant(sitting, "a settlement is about a candidate of a sitting");
        const hash = body.kind === "settlement.received" ? body.hash : (body.signed?.hash ?? null);
        settlements.push({ entry, candidate, records: about, sitting, hash });
        if (body.kind === "divergence.settled" && body.signed) signedHere(body.signed.seq);
        break;
      }
      case "clock.changed":
        clocks.push({ entry, state: body.state, byMs: body.byMs });
        break;
      case "sheet.opened":
        trails.set(body.sheet, { opened: entry, acts: [], signed: null, amended: [] });
        break;
      // What was typed from paper shows no acts of its examiner: they were made in ink.
      case "sheet.transcribed":
        trails.set(body.sheet, { opened: entry, acts: [], signed: null, amended: [] });
        break;
      case "sheet.received":
        if (body.pictures) named.set(body.signature.hash, body.pictures);
        if (body.counts) trails.set(body.sheet.id, { opened: entry, acts: [], signed: entry, amended: [] });
        break;
      case "mark.set":
        act(body.sheet, { kind: "mark", item: body.item, input: body.input });
        break;
      case "veto.set":
        act(body.sheet, { kind: "veto", code: body.code, on: body.on });
        break;
      case "evidence.added":
      case "evidence.removed":
        act(body.sheet, { kind: "picture", hash: body.hash });
        break;
      case "sheet.paused":
      case "sheet.resumed":
        act(body.sheet, { kind: "pause", on: body.kind === "sheet.paused" });
        break;
      case "overtime.set":
      case "note.set":
        act(body.sheet, { kind: "other" });
        break;
      case "sheet.signed": {
        signedHere(body.seq);
        const trail = trails.get(body.sheet);
        if (trail) trail.signed = entry;
        break;
      }
      case "sheet.amended":
        signedHere(body.seq);
        trails.get(body.sheet)?.amended.push({ entry, hash: body.hash });
        break;
      default:
        break;
    }
  }

  function history(id: SittingId, earlier: PassRecord | null): SittingHistory | null {
    const row = view.read("sittings", id);
    const rubric = row && view.read("rubrics", row.rubric)?.rubric;
    if (!rubric) return null;
    const sheets = view.rowsOf("sheets", id).map((sheet) => sheetHistory(sheet, trails.get(sheet.id), named));
    const since = prepared.get(id) ?? 1;
    const isOwn = (one: { readonly sitting: SittingId }) => one.sitting === id;
    return {
      ...{ sitting: id, day: row.day, observed: row.observed, panel: row.panel, rubric, sheets, earlier },
      cards: cardsOf(row, view),
      declarations: declarations.filter(isOwn).map(({ sitting: _, ...one }) => one),
      settlements: settlements
        .filter((one) => isOwn(one) && !isRefused(one, view))
        .map(({ entry, candidate, records: about }) => ({ entry, candidate, records: about })),
      clocks: clocksDuring(sheets, clocks),
      records: records.filter(({ entry }) => entry >= since),
    };
  }

  return { apply, history };
}

/** The whole journal at once, as it is read when a day is closed. */
export function readHistory(
  entries: Iterable<JournalEntry>,
  view: Watched,
  sitting: SittingId,
): SittingHistory | null {
  const watch = createSittingWatch(view);
  for (const entry of entries) watch.apply(entry);
  return watch.history(sitting, earlierPasses(view, sitting));
}

/** What earlier sittings of the same rubric came to on this laptop; null before there was one, or without a permit. */
export function earlierPasses(view: Watched, id: SittingId): PassRecord | null {
  const policy = view.read("centre", ONLY)?.permit?.reference.policy;
  const row = view.read("sittings", id);
  const rubric = row && view.read("rubrics", row.rubric)?.rubric;
  if (!policy || !rubric) return null;
  const records = view
    .rows("sittings")
    .filter((one) => one.rubric === row.rubric && one.day < row.day)
    .map(({ id: other, panel }) =>
      passesIn(view.rowsOf("sheets", other), { rubric, panel }, flagPolicyOf(policy)),
    )
    .filter(({ assessed }) => assessed > 0);
  if (records.length === 0) return null;
  return sumOfPasses(records);
}

/** What the registry does not count settles nothing here either. */
function isRefused({ candidate, hash }: Settled, view: Watched): boolean {
  const rows = view.read("candidates", candidate)?.settlements ?? [];
  return rows.some(({ signed, refused }) => hash !== null && signed?.hash === hash && refused !== null);
}

type ActOfKind = SheetAct extends infer A ? (A extends SheetAct ? Omit<A, "entry" | "at"> : never) : never;

/** A sheet that came from another laptop, or was chosen from there, shows where it came in; its acts stayed behind. */
function sheetHistory(
  sheet: Sheet,
  trail: Trail | undefined,
  named: ReadonlyMap<HashId, readonly HashId[]>,
): SheetHistory {
  const isOwn = sheet.from === null;
  const { signature } = sheet;
  const signedAt = trail?.signed ?? sheet.lastSeq;
  const signed = signature && { entry: signedAt, at: signature.at, total: signature.total };
  return {
    ...{ sheet, signed, opened: trail?.opened ?? sheet.lastSeq },
    pictures: isOwn
      ? evidenceHeld(sheet.evidence).map(({ hash }) => hash)
      : ((signature && named.get(signature.hash)) ?? null),
    acts: isOwn && trail ? [...trail.acts] : [],
    amended: isOwn && trail ? trail.amended.flatMap(({ entry, hash }) => amendedOf(entry, hash, sheet)) : [],
  };
}

function amendedOf(entry: number, hash: HashId, { signature, amendments }: Sheet): SheetHistory["amended"] {
  const amendment = amendments.find((one) => one.hash === hash && one.from === null);
  if (!amendment || !signature) return [];
  const { basis, reason, total } = amendment;
  const before = amendments.find((one) => one.hash === basis) ?? signature;
  return [{ entry, hash, reason, from: before.total, to: total }];
}

/** From the first sheet that was opened to the last act on any; while one is open, until now. */
function clocksDuring(
  sheets: readonly SheetHistory[],
  clocks: readonly SittingHistory["clocks"][number][],
): SittingHistory["clocks"] {
  const first = Math.min(...sheets.map(({ opened }) => opened));
  const last = Math.max(...sheets.map(({ sheet, signed }) => (signed ? sheet.lastSeq : Infinity)));
  return clocks.filter(({ entry }) => entry > first && entry < last);
}

function cardsOf({ panel, substitutions }: SittingRow, view: Watched): ExaminerQualification[] {
  const people = [...panel.map(({ person }) => person), ...substitutions.map(({ leaves }) => leaves)];
  const known = view.read("centre", ONLY)?.permit?.reference.examiners ?? [];
  return [
    ...known.filter(({ person }) => people.includes(person)),
    ...people.flatMap((person) => view.read("people", person)?.stated?.examiner ?? []),
  ];
}
