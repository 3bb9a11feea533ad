// Panels that lie too far apart, at the registry (R35, R43): which of them do, as soon as the whole panel's sheets are here, and
// whether a leader's settlement is about what counts, whole, answered for by every member, and over figures that are theirs. Pure.
import { type Fraction, type HashId, type PersonId } from "#shared/base";
import { policyValues, type ItemInput, type Policy, type Rubric } from "#shared/exam";
import { areFiguresOf, openDivergence, spreadOf } from "#shared/rules";
import {
  unanswered,
  type SettlementRecord,
  type SettledSheet,
  type Settlers,
  type SheetRecord,
} from "#shared/wire";
import type { Figures } from "./entries.ts";

/** A sheet of a candidate with everything that counted of it, in that order: the last is what counts. */
export interface PanelSheet {
  readonly examiner: PersonId;
  readonly versions: readonly PanelVersion[];
}

interface PanelVersion {
  readonly record: HashId;
  /** Null where an earlier version of the registry judged it and kept none. */
  readonly figures: Figures | null;
  readonly isModerated: boolean;
}

export interface Panel {
  readonly sheets: readonly PanelSheet[];
  /** How many mark each candidate. */
  readonly members: number;
  readonly rubric: Rubric;
  readonly policy: Policy;
}

/** Its items and total were recomputed before: what of it can lie apart from another sheet. */
export function figuresOf({ items, total }: Pick<SheetRecord, "items" | "total">): Figures {
  const levels = items.flatMap((item) =>
    item.kind === "JUDGE" ? [{ no: item.no, level: item.in.level }] : [],
  );
  return { total, levels };
}

/** The records that count and how far they lie apart; null where the panel is not whole, agrees, or cannot be compared. */
export function divergenceIn({
  sheets,
  members,
  rubric,
  policy,
}: Panel): { readonly records: HashId[]; readonly spread: Fraction } | null {
  const counting = sheets.flatMap(({ versions }) => versions.at(-1) ?? []);
  const figures = counting.flatMap((one) => one.figures ?? []);
  if (counting.length < members || figures.length < Math.max(2, counting.length)) return null;
  return isApart(figures, rubric, policy)
    ? { records: counting.map(({ record }) => record).sort(), spread: spreadOf(figures.map(totalOf)) }
    : null;
}

type SettlementNote =
  | "target-unknown"
  | "settlement-outdated"
  | "figures-unknown"
  | "statement-missing"
  | "total-mismatch"
  | "settlement-unfounded";

/** What is wrong with it; undefined where it stands. */
export function judgeSettlement(
  { records, mean, spread, unasked }: Pick<SettlementRecord, "records" | "mean" | "spread" | "unasked">,
  { statements }: Pick<Settlers<PersonId>, "statements">,
  { sheets, members, rubric, policy }: Panel,
): SettlementNote | undefined {
  const named = records.flatMap((record) => versionNamed(record, sheets) ?? []);
  const isWhole = new Set(named.map(({ examiner }) => examiner)).size === members;
  if (named.length < records.length || !isWhole || named.length > members) return "target-unknown";
  if (!named.every(({ isCounting }) => isCounting)) return "settlement-outdated";
  if (unanswered(named, statements, unasked).length > 0) return "statement-missing";
  const figures = named.flatMap((one) => one.figures ?? []);
  if (figures.length < named.length) return "figures-unknown";
  const totals = figures.map(totalOf);
  if (!areFiguresOf({ mean, spread }, totals, policyValues(policy))) return "total-mismatch";
  return isApart(figures, rubric, policy) ? undefined : "settlement-unfounded";
}

type Named = SettledSheet<PersonId> & PanelVersion & { readonly isCounting: boolean };

function versionNamed(record: HashId, sheets: readonly PanelSheet[]): Named | undefined {
  for (const { examiner, versions } of sheets) {
    const found = versions.find((one) => one.record === record);
    if (found) return { ...found, examiner, isCounting: found === versions.at(-1) };
  }
  return undefined;
}

function isApart(figures: readonly Figures[], rubric: Rubric, policy: Policy): boolean {
  const judged = figures.map(({ levels }) => ({
    items: Object.fromEntries(
      levels.map(({ no, level }): [string, ItemInput] => [String(no), { kind: "JUDGE", level }]),
    ),
  }));
  return openDivergence(judged, figures.map(totalOf), rubric, policyValues(policy)).length > 0;
}

function totalOf({ total }: Figures): Fraction {
  return total;
}

/** A change of panel, as far as it says who leads from then on. */
export interface LeaderChange<D extends string> {
  readonly device: D;
  readonly seq: number;
  readonly leader: PersonId | undefined;
}

/**
 * Who led the panel when this was signed. Of one laptop the order is known: the last change before it says so. What another laptop
 * signed may have been signed before or after. Null where the roster was judged before the registry kept who leads.
 */
export function leadersAt<D extends string>(
  signed: { readonly devices: readonly D[]; readonly seq: number },
  roster: PersonId | null | undefined,
  changes: readonly LeaderChange<D>[],
): readonly PersonId[] | null {
  if (roster === undefined) return null;
  const isOwn = ({ device }: LeaderChange<D>) => signed.devices.includes(device);
  const before = changes.filter((one) => isOwn(one) && one.seq < signed.seq).sort((a, b) => a.seq - b.seq);
  const last = before.at(-1);
  const elsewhere = changes.filter((one) => !isOwn(one));
  return [last ? last.leader : (roster ?? undefined), ...elsewhere.map(({ leader }) => leader)].filter(
    (one) => one !== undefined,
  );
}
