// The flags of every sitting of one institution, oldest first, so that each knows what the earlier ones of its rubric came to. One
// institution's records lie in memory at a time.
import {
  invariant,
  type Bytes,
  type Day,
  type HashId,
  type InstitutionId,
  type SittingId,
} from "#shared/base";
import { Rubric } from "#shared/exam";
import {
  flagPolicyOf,
  flagSitting,
  passesIn,
  sumOfPasses,
  type FlagPolicy,
  type PassRecord,
} from "#shared/rules";
import { parseCanonical, textToRecord } from "#shared/wire";
import { ownRecord } from "../store/stored.ts";
import { askedOnly, type AskedCode, type AskedFlag } from "./asked.ts";
import { recordsOf, type FoundRecord, type ReadObject } from "./records.ts";
import { sittingHistory, type KnownRecords, type Source } from "./sitting-history.ts";
import { standingIn, type Standing } from "./standing.ts";
import type { Taken, TakenBatch, TakenOf, TakenSitting } from "./taken.ts";

export interface RegistryFlag extends Omit<AskedFlag, "entries"> {
  /** What it rests on: the records of its entries. */
  readonly records: readonly Source[];
  readonly standing: Standing;
}

/** Why a flag says nothing of a sitting although it is one that the registry asks. */
export interface Silent {
  readonly code: AskedCode;
  readonly why: "few-members" | "none-asked-for" | "few-earlier";
  readonly has: number;
  readonly least: number;
}

export interface AskedSitting {
  readonly institution: InstitutionId;
  readonly sitting: SittingId;
  readonly day: Day;
  /** Null where the sitting's records cannot be read, and nothing was asked. */
  readonly rubric: Pick<Rubric, "code" | "title"> | null;
  readonly panel: number;
  readonly candidates: number;
  readonly sheets: number;
  /** They wait for their signer's key and are in nothing here. */
  readonly held: number;
  /** They count, and cannot be read. */
  readonly unread: number;
  readonly flags: readonly RegistryFlag[];
  readonly silent: readonly Silent[];
}

interface AskDeps {
  readonly taken: Pick<Taken, "rubrics" | "permits">;
  readonly read: ReadObject;
  readonly transportSecret: Bytes;
  /** Null asks of every day. */
  readonly day: Day | null;
  /** After each batch and each sitting: a year of a province takes its time. */
  readonly onDone: (what: "batches" | "sittings") => void;
}

export async function askInstitution(of: TakenOf, deps: AskDeps): Promise<AskedSitting[]> {
  const inTime = [...of.sittings].sort((a, b) => a.day.localeCompare(b.day));
  const isAsked = ({ day }: TakenSitting) => deps.day === null || day === deps.day;
  const rubrics = new Set(inTime.filter(isAsked).map(({ roster }) => roster.rubric));
  const needed = inTime.filter(
    (one) => isAsked(one) || (deps.day !== null && one.day < deps.day && rubrics.has(one.roster.rubric)),
  );
  const known = await open(of, needed, deps);
  const passes = createPassRecords();
  const asked: AskedSitting[] = [];
  for (const sitting of needed) {
    const found = sittingHistory(sitting, known);
    const policy = found && flagPolicyOf(found.permit.reference.policy);
    if (isAsked(sitting)) {
      const earlier = passes.before(sitting);
      asked.push(
        found && policy
          ? toldOf(sitting, { ...found, policy, history: { ...found.history, earlier } })
          : unreadable(sitting),
      );
      deps.onDone("sittings");
    }
    if (found && policy) {
      const sheets = found.history.sheets.map(({ sheet }) => sheet);
      passes.add(sitting, passesIn(sheets, found.history, policy));
    }
  }
  return asked;
}

type Found = NonNullable<ReturnType<typeof sittingHistory>> & { readonly policy: FlagPolicy };

function toldOf(sitting: TakenSitting, found: Found): AskedSitting {
  const { history, policy, sources, unread } = found;
  const standingOf = standingIn(sitting, history);
  const { code, title } = history.rubric;
  return {
    ...factsOf(sitting),
    ...{ rubric: { code, title }, panel: history.panel.length, unread },
    flags: askedOnly(flagSitting(history, policy)).map(({ entries, ...flag }) => ({
      ...flag,
      records: entries.flatMap((entry) => sources[entry - 1] ?? []),
      standing: standingOf(flag),
    })),
    silent: silentIn(history, policy),
  };
}

function factsOf({ institution, sitting, day, candidates, sheets, held }: TakenSitting) {
  return { institution, sitting, day, candidates, sheets: sheets.length, held: held.length };
}

function unreadable(sitting: TakenSitting): AskedSitting {
  const { panel } = sitting.roster;
  const unread = sitting.sheets.length;
  return { ...factsOf(sitting), rubric: null, panel, unread, flags: [], silent: [] };
}

function silentIn({ panel, earlier }: Found["history"], policy: FlagPolicy): Silent[] {
  const wants = (code: AskedCode, why: Silent["why"], has: number, least: number): Silent[] =>
    has < least ? [{ code, why, has, least }] : [];
  return [
    ...wants("divergence", "few-members", panel.length, 2),
    ...wants("examiner-severity", "few-members", panel.length, 3),
    ...wants("evidence-missing", "none-asked-for", policy.leastPhotographs, 1),
    ...wants("pass-rate", "few-earlier", earlier?.assessed ?? 0, policy.passRecordLeast),
  ];
}

/** What came of each rubric up to a day, in the order of the days. */
function createPassRecords() {
  const records: { readonly day: Day; readonly rubric: HashId; readonly record: PassRecord }[] = [];
  return {
    add: ({ day, roster }: TakenSitting, record: PassRecord) => {
      if (record.assessed > 0) records.push({ day, rubric: roster.rubric, record });
    },
    before: ({ day, roster }: TakenSitting): PassRecord | null => {
      const own = records.filter((one) => one.rubric === roster.rubric && one.day < day);
      return own.length === 0 ? null : sumOfPasses(own.map(({ record }) => record));
    },
  };
}

async function open(of: TakenOf, needed: readonly TakenSitting[], deps: AskDeps): Promise<KnownRecords> {
  const { taken, read, transportSecret, onDone } = deps;
  const named = new Set(needed.flatMap(({ batches }) => [...batches]));
  const chains = new Set([...named].map((id) => of.batches.get(id)?.chain));
  const records = new Map<HashId, FoundRecord>();
  const whole: TakenBatch[] = [];
  for (const batch of of.batches.values()) {
    if (!chains.has(batch.chain)) continue;
    // Of a batch that was set aside nobody has said yet that its records are all there.
    const found =
      named.has(batch.id) || !batch.isAccepted ? await recordsOf(batch, read, transportSecret) : null;
    if (found !== null) onDone("batches");
    if (batch.isAccepted || found) whole.push(batch);
    if (!found || !named.has(batch.id)) continue;
    for (const [hash, one] of found) if (one.batch || !records.has(hash)) records.set(hash, one);
  }
  const permits = new Map<HashId, ReturnType<KnownRecords["permit"]>>();
  const rubrics = new Map<HashId, Rubric>();
  return {
    whole,
    record: (hash) => records.get(hash),
    change: (record) => ownRecord("panel", record).value,
    permit: (hash) => {
      const stored = taken.permits.get(hash);
      if (stored && !permits.has(hash))
        permits.set(hash, { place: stored.place, value: ownRecord("permit", stored.record).value });
      return permits.get(hash);
    },
    rubric: (hash) => {
      const stored = taken.rubrics.get(hash);
      if (stored !== undefined && !rubrics.has(hash)) rubrics.set(hash, rubricIn(stored));
      return rubrics.get(hash);
    },
  };
}

function rubricIn(stored: string): Rubric {
  const bytes = textToRecord(stored);
  const json = bytes && parseCanonical(bytes, bytes.length);
  invariant(json?.ok, "a stored rubric is canonical");
  return Rubric.parse(json.value);
}
