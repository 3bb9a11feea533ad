// A sitting's history as the registry has it: every laptop's sheets as they count, the panel as it ended, cards and policy of the
// newest permit that its records name, and what leaders let stand. Acts stay on the laptops, so there are none, and no declaration or
// clock either.
// An entry is a number within this history; `sources` says which record of which laptop it is, and at which place of the acceptance
// journal an operator finds the batch that brought it.
import { groupBy, invariant, type HashId, type Kid, type PersonId } from "#shared/base";
import type { ExaminerQualification, PanelMember, Rubric } from "#shared/exam";
import type { SittingHistory } from "#shared/rules";
import type { PanelChangeRecord, PermitRecord, RosterRecord } from "#shared/wire";
import type { FoundRecord } from "./records.ts";
import { sheetHistory, type AmendmentFound } from "./sheet-of-record.ts";
import type { TakenBatch, TakenSitting } from "./taken.ts";

export interface Source {
  readonly place: number;
  readonly laptop: Kid;
  /** Its place in the chain of that laptop. */
  readonly seq: number;
  /** Null of a record that is of no sheet here, and shows that its number is there. */
  readonly record: HashId | null;
}

export interface KnownRecords {
  record(hash: HashId): FoundRecord | undefined;
  change(record: string): PanelChangeRecord;
  permit(hash: HashId): { readonly value: PermitRecord; readonly place: number } | undefined;
  rubric(hash: HashId): Rubric | undefined;
  /** Of the institution, in the order they came, whatever was thought of them: those whose records are all there. */
  readonly whole: readonly TakenBatch[];
}

interface HistoryFound {
  /** Nothing of earlier sittings in it. */
  readonly history: SittingHistory;
  readonly permit: PermitRecord;
  /** The first is entry 1. */
  readonly sources: readonly Source[];
  /** Sheets that count and whose record cannot be read. */
  readonly unread: number;
}

/** Null where its roster, rubric or permit cannot be read: then nothing can be asked of it. */
export function sittingHistory(taken: TakenSitting, known: KnownRecords): HistoryFound | null {
  const roster = known.record(taken.roster.hash);
  const rubric = known.rubric(taken.roster.rubric);
  if (roster?.record.kind !== "roster" || !rubric) return null;
  const sheets = taken.sheets.flatMap((judged) => {
    const { record, batch } = known.record(judged.hash) ?? {};
    return record?.kind === "sheet" && batch ? [{ judged, record, batch }] : [];
  });
  const prepared = roster.record.value;
  const changes = taken.changes.map(({ record }) => known.change(record));
  const records = [prepared, ...changes, ...sheets.map(({ record }) => record.value)];
  const permit = newestPermit(new Set(records.map((one) => one.permit)), known);
  if (!permit) return null;
  const amendments = amendmentsIn(taken, known);
  const own = sheets.map(({ batch, record }) => placeIn(batch, record.value.seq, record.hash));
  const begin = roster.batch ? [placeIn(roster.batch, prepared.seq, null)] : [];
  const settled = settledIn(taken, known);
  const signed = [...own, ...settled.map(({ at }) => at)];
  const numbers = numbersAround([...begin, ...signed], known.whole);
  const { sources, entryOf } = inOrder([...signed, ...numbers], known.whole);
  return {
    history: {
      ...{ sitting: taken.sitting, day: prepared.day, observed: prepared.observed, rubric },
      ...{ panel: panelAfter(prepared.panel, changes), cards: cardsOf(prepared, changes, permit) },
      sheets: sheets
        .map((one) => sheetHistory(one, amendments, entryOf(one.batch.chain, one.judged.seq)))
        .sort((a, b) => a.opened - b.opened),
      settlements: settled.map(({ at, ...one }) => ({ ...one, entry: entryOf(at.chain, at.seq) })),
      ...{ declarations: [], clocks: [], earlier: null },
      records: numbers.map(({ chain, seq }) => ({ entry: entryOf(chain, seq), seq, from: chain })),
    },
    ...{ permit, sources, unread: taken.sheets.length - sheets.length },
  };
}

function amendmentsIn({ amendments }: TakenSitting, known: KnownRecords): AmendmentFound[] {
  return amendments.flatMap(({ hash }) => {
    const { record, batch } = known.record(hash) ?? {};
    if (record?.kind !== "amendment" || !batch) return [];
    const people = known.permit(record.value.permit)?.value.people;
    const approver = people?.find(({ kid }) => kid === record.value.approvedBy.kid)?.id;
    invariant(approver, "whoever approves an amendment that counts is on its permit");
    return [{ record, batch, approver }];
  });
}

/** R43: What they are about the journal says; that they were signed was judged when they came. */
function settledIn({ settlements }: TakenSitting, { whole }: KnownRecords) {
  return settlements.map(({ batch: id, seq, hash, candidate, records }) => {
    const batch = whole.find((one) => one.id === id);
    invariant(batch, "a batch of which something counts is whole");
    return { candidate, records, at: placeIn(batch, seq, hash) };
  });
}

/** One that came after the preparation may say otherwise than the one before. */
function newestPermit(hashes: Iterable<HashId>, known: KnownRecords): PermitRecord | undefined {
  const permits = [...hashes].flatMap((hash) => known.permit(hash) ?? []);
  return permits.sort((a, b) => b.place - a.place)[0]?.value;
}

/** Changes come by whichever laptop sends first: each is made where the one who leaves sits on the panel. */
function panelAfter(
  prepared: readonly PanelMember[],
  changes: readonly PanelChangeRecord[],
): readonly PanelMember[] {
  const waiting = [...changes];
  let panel = prepared;
  for (;;) {
    const sits = (person: PersonId) => panel.some((member) => member.person === person);
    const next = waiting.findIndex(({ leaves, joins }) => sits(leaves) && !sits(joins.person.id));
    const [change] = next < 0 ? [] : waiting.splice(next, 1);
    if (!change) return panel;
    ({ panel } = change);
  }
}

/** Of everybody who sat on it: the permit's, and what was stated of whoever joined on the day. */
function cardsOf(
  { panel }: Pick<RosterRecord, "panel">,
  changes: readonly PanelChangeRecord[],
  { reference }: PermitRecord,
): ExaminerQualification[] {
  const joined = changes.map(({ joins }) => joins);
  const people = new Set(
    [...panel, ...joined.map(({ person: { id: person } }) => ({ person }))].map(personOf),
  );
  return [
    ...reference.examiners.filter(({ person }) => people.has(person)),
    ...joined.flatMap(({ stated }) => stated?.examiner ?? []),
  ];
}

function personOf({ person }: { readonly person: PersonId }): PersonId {
  return person;
}

interface Numbered extends Source {
  /** The first of the laptops that it goes on with. */
  readonly chain: Kid;
}

function placeIn({ place, manifest, chain }: TakenBatch, seq: number, record: HashId | null): Numbered {
  return { place, laptop: manifest.device, seq, record, chain };
}

/**
 * The numbers of every laptop that has records of this sitting, from the one before its first to the one after its last: what is
 * gone between two sittings may have been of either.
 */
function numbersAround(own: readonly Numbered[], whole: readonly TakenBatch[]): Numbered[] {
  return [...groupBy(own, ({ chain }) => chain)].flatMap(([chain, mine]) => {
    const seqs = mine.map(({ seq }) => seq);
    const [first, last] = [Math.min(...seqs), Math.max(...seqs)];
    const batches = whole.filter((batch) => batch.chain === chain);
    const ranges = batches.map(({ manifest }) => manifest.range);
    const before = ranges.flatMap((range) => (range.first < first ? [Math.min(range.last, first - 1)] : []));
    const after = ranges.flatMap((range) => (range.last > last ? [Math.max(range.first, last + 1)] : []));
    const from = before.length > 0 ? Math.max(...before) : first;
    const to = after.length > 0 ? Math.min(...after) : last;
    return batches.flatMap((batch) => {
      const { range } = batch.manifest;
      const [begin, end] = [Math.max(range.first, from), Math.min(range.last, to)];
      return Array.from({ length: Math.max(0, end - begin + 1) }, (_, at) =>
        placeIn(batch, begin + at, null),
      );
    });
  });
}

/** Entries in the order of the laptops, as they sent first, and of each in the order in which it signed. */
function inOrder(numbers: readonly Numbered[], whole: readonly TakenBatch[]) {
  const chains = [...new Set(whole.map(({ chain }) => chain))];
  const byName = new Map<string, Numbered>();
  for (const one of numbers) {
    const name = `${one.chain} ${String(one.seq)}`;
    if (one.record !== null || !byName.has(name)) byName.set(name, one);
  }
  const inTurn = [...byName].sort(
    ([, a], [, b]) => chains.indexOf(a.chain) - chains.indexOf(b.chain) || a.seq - b.seq,
  );
  const entries = new Map(inTurn.map(([name], at) => [name, at + 1]));
  return {
    sources: inTurn.map(([, { chain: _, ...source }]): Source => source),
    entryOf: (chain: Kid, seq: number): number => {
      const entry = entries.get(`${chain} ${String(seq)}`);
      invariant(entry, "every record of a sitting has a number");
      return entry;
    },
  };
}
