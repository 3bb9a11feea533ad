// A history as a centre has it after some days: sittings with their rosters, sheets opened, marked and signed. Made of
// the same builders as a day in memory, as steps that any journal can write.
import {
  bytesToBase64url,
  bytesToHex,
  CandidateRef,
  createRandom,
  type HashId,
  InstantMs,
  PersonId,
  pickInt,
  SheetId,
  SittingId,
  utf8,
} from "#shared/base";
import type { Rubric } from "#shared/exam";
import type { EntryBody } from "#shared/journal";
import {
  anOpenedCentre,
  aPreparedDay,
  ceramicRubric,
  fullInputs,
  NINE_O_CLOCK,
  personId,
  testHash,
} from "./journal-builders.ts";

export interface HistoryStep {
  readonly actor: PersonId | null;
  readonly body: EntryBody;
}

export interface HistoryOptions {
  readonly sittings: number;
  /** Of each sitting; every one has a sheet, and every sheet is signed. */
  readonly candidates: number;
  /** A seed: sheets of different sittings are marked in turns, as on a laptop with several panels. */
  readonly shuffled?: number;
  /** Of a centre that is open already; without them the history begins with its opening. */
  readonly people?: { readonly examiner: string; readonly administrator: string };
  /** Every sitting's day is closed, sent and answered. */
  readonly sealed?: boolean;
}

export function manySittings(options: HistoryOptions): HistoryStep[] {
  return [...historySteps(options)];
}

/** One after the other, so that a long history is never in memory as a whole. */
export function* historySteps(options: HistoryOptions): Generator<HistoryStep> {
  const { people } = options;
  for (const step of ownSteps(options)) {
    if (!people) yield step;
    else if (!["centre.opened", "permit.received"].includes(step.body.kind)) yield asOf(people, step);
  }
}

/** One sitting with its roster, nobody marked yet, the conflict question answered. */
export function preparedSitting(
  candidates: number,
  people: NonNullable<HistoryOptions["people"]>,
  rubric: HashId,
): HistoryStep[] {
  return [...preparation(1, candidates, { signed: 0 })].map((step) => {
    const { actor, body } = asOf(people, step);
    return body.kind === "sitting.prepared"
      ? { actor, body: { ...body, sitting: { ...body.sitting, rubric } } }
      : { actor, body };
  });
}

/** The builders' people, by the names they have here. */
function asOf({ examiner, administrator }: NonNullable<HistoryOptions["people"]>, step: HistoryStep) {
  const [own, clerk] = [PersonId.parse(examiner), PersonId.parse(administrator)];
  const actor = step.actor === personId(1) ? own : step.actor === personId(4) ? clerk : step.actor;
  const { body } = step;
  if (body.kind !== "sitting.prepared") return { actor, body };
  return { actor, body: { ...body, sitting: { ...body.sitting, panel: [{ person: own, leader: true }] } } };
}

function* ownSteps({ sittings, candidates, shuffled, sealed }: HistoryOptions): Generator<HistoryStep> {
  const rubric = ceramicRubric();
  for (const { entry } of anOpenedCentre({ rubrics: [rubric] }).entries)
    yield { actor: entry.actor, body: entry.body };
  const state = { signed: 0 };
  if (shuffled === undefined) {
    for (let n = 1; n <= sittings; n++) {
      yield* preparation(n, candidates, state);
      const first = state.signed + 1;
      for (let no = 1; no <= candidates; no++) yield* sheetSteps(n, no, rubric, state);
      if (sealed) yield* sealing(n, candidates, { first, last: state.signed });
    }
    return;
  }
  const random = createRandom(shuffled);
  for (let n = 1; n <= sittings; n++) yield* preparation(n, candidates, state);
  const sheets = Array.from({ length: sittings * candidates }, (_, at) =>
    sheetSteps(1 + (at % sittings), 1 + Math.floor(at / sittings), rubric, state),
  );
  while (sheets.length > 0) {
    const at = pickInt(0, Math.min(sheets.length - 1, 5), random);
    const step = sheets[at]!.next();
    if (step.done) sheets.splice(at, 1);
    else yield step.value;
  }
}

function* preparation(n: number, candidates: number, state: { signed: number }): Generator<HistoryStep> {
  const { journal } = aPreparedDay({ candidates });
  for (const { entry } of journal.entries) {
    const { actor, body } = entry;
    if (body.kind === "conflict.declared") yield { actor, body: { ...body, sitting: sittingOf(n) } };
    if (body.kind !== "sitting.prepared") continue;
    state.signed += 1;
    yield {
      actor,
      body: {
        ...body,
        sitting: { ...body.sitting, id: sittingOf(n) },
        candidates: body.candidates.map((one) => ({
          ...one,
          sitting: sittingOf(n),
          ref: candidateOf(n, one.no),
        })),
        roster: { ...body.roster, seq: state.signed, hash: testHash(`roster ${n}`) },
      },
    };
  }
}

function* sheetSteps(
  n: number,
  no: number,
  rubric: Rubric,
  state: { signed: number },
): Generator<HistoryStep> {
  const actor = personId(1);
  const sheet = SheetId.parse(random16(`t${n}-${no}`));
  const candidate = candidateOf(n, no);
  yield {
    actor,
    body: { kind: "sheet.opened", sheet, sitting: sittingOf(n), candidate, rubric: testHash(rubric.code) },
  };
  for (const [item, input] of Object.entries(fullInputs(rubric)))
    yield { actor, body: { kind: "mark.set", sheet, item: Number(item), input } };
  state.signed += 1;
  const total = { n: 100, d: 1 };
  const hash = testHash(`sheet ${sheet}`);
  yield { actor, body: { kind: "sheet.signed", sheet, seq: state.signed, hash, total } };
}

function* sealing(
  n: number,
  sheets: number,
  range: { readonly first: number; readonly last: number },
): Generator<HistoryStep> {
  const batch = testHash(`batch ${n}`);
  const sitting = sittingOf(n);
  yield {
    actor: personId(1),
    body: {
      ...{ kind: "batch.sealed", batch, sitting, covers: [sitting], deviceSeq: n, range, sheets },
      ...{ absent: 0, missing: 0, explanation: "" },
      objects: [{ wire: testHash("wire"), hash: testHash(`object ${n}`), size: 4096, role: "pack" }],
    },
  };
  yield {
    actor: null,
    body: {
      ...{ kind: "receipt.held", batch, receipt: testHash(`receipt ${n}`), verdict: "accepted", notes: [] },
      sheets: { accepted: sheets, quarantined: 0, rejected: 0 },
      ...{ regSeq: n, acceptedAt: InstantMs.parse(NINE_O_CLOCK) },
    },
  };
}

const sittingOf = (n: number) => SittingId.parse(random16(`s${n}`));
const candidateOf = (n: number, no: number) =>
  CandidateRef.parse(bytesToHex(utf8(`${n}-${no}`.padEnd(16, "-"))));

function random16(word: string): string {
  return bytesToBase64url(utf8(word.padEnd(16, "-")).subarray(0, 16));
}
