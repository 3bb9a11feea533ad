// What a registry would have taken of a sitting that a laptop's journal holds: the same sheets as records, on one laptop or shared
// out among several. Nothing is signed: the mapping reads records that were verified before.
import { InstitutionId, Kid, NO_HASH, type HashId, type SittingId } from "#shared/base";
import { evidenceHeld, type SheetMarks } from "#shared/exam";
import { ONLY, type JournalView } from "#shared/journal";
import { inputsToSheetItems, type PermitRecord, type SheetRecord } from "#shared/wire";
import type { FoundRecord } from "../../registry/flags/records.ts";
import type { KnownRecords } from "../../registry/flags/sitting-history.ts";
import type { TakenBatch, TakenSitting } from "../../registry/flags/taken.ts";
import { clockAt, testHash } from "./journal-builders.ts";
import { aCandidateRef, anOfflineLaptop, CLOCK } from "./wire-builders.ts";

export const LAPTOPS = ["a", "b", "c"].map((digit) => Kid.parse(`ed25519.${digit.repeat(32)}`)) as [
  Kid,
  Kid,
  Kid,
];
const INSTITUTION = InstitutionId.parse("demo-60f3");
const PERMIT = testHash("permit");
const APP = { ver: "0.1.0", build: testHash("build") };
const { manifest: MANIFEST } = await aManifest();

async function aManifest() {
  const laptop = anOfflineLaptop();
  laptop.roster([aCandidateRef()]);
  return laptop.seal();
}

/** A batch of so many records, numbered from `first`. */
export function aTakenBatch(laptop: Kid, place: number, first: number, last: number): TakenBatch {
  const range = { ...MANIFEST.range, first, last };
  const id = testHash(`batch ${laptop} ${String(first)}`);
  return { id, place, manifest: { ...MANIFEST, device: laptop, range }, chain: laptop, isAccepted: true };
}

/** `laptopOf` an examiner's place among those who signed; everything is on the first one otherwise. */
export function takenSitting(
  view: JournalView,
  sitting: SittingId,
  laptopOf: (examiner: number) => Kid = () => LAPTOPS[0],
): { readonly taken: TakenSitting; readonly known: KnownRecords } {
  const row = view.read("sittings", sitting);
  const reference = view.read("centre", ONLY)?.permit?.reference;
  const rubric = row && view.read("rubrics", row.rubric)?.rubric;
  if (!row || !reference || !rubric) throw new Error("a prepared sitting under a permit");
  const sheets = view.rowsOf("sheets", sitting);
  const examiners = [...new Set(sheets.map(({ examiner }) => examiner))].sort();
  const laptops = [...new Set([LAPTOPS[0], ...examiners.map((_, at) => laptopOf(at))])];
  const batches = new Map(laptops.map((kid, at) => [kid, aTakenBatch(kid, 10 + at, 1, 10_000)]));
  const batchOf = (kid: Kid) => {
    const batch = batches.get(kid);
    if (!batch) throw new Error("a laptop of the sitting");
    return batch;
  };
  const records = new Map<HashId, FoundRecord>();
  const exam = { id: sitting, rubric: row.rubric };
  const said = { v: 1 as const, prev: NO_HASH, permit: PERMIT, exam, app: APP };
  const people = view.rows("people").map(({ id }, at) => ({
    ...{ id, kid: Kid.parse(`ed25519.${String(at + 1).padStart(32, "0")}`) },
  }));
  const keyOf = (id: string) => people.find((person) => person.id === id)?.kid ?? LAPTOPS[0];
  const marksOf = ({ items, overtimeMs, vetoes, note }: SheetMarks) => ({
    ...{ items: inputsToSheetItems(rubric, items), overtimeMs, vetoes: [...vetoes], note },
  });
  const keep = (hash: HashId, kid: Kid, record: object) =>
    records.set(hash, { record: { hash, ...record } as FoundRecord["record"], batch: batchOf(kid) });

  const roster = testHash("roster");
  keep(roster, LAPTOPS[0], {
    kind: "roster",
    value: {
      ...said,
      ...{ seq: 1, day: row.day, perRotation: row.perRotation, panel: row.panel, supervisor: row.supervisor },
      ...{ observed: row.observed, mitigation: row.mitigation, candidates: [], source: roster, at: CLOCK },
      by: { kid: LAPTOPS[0], role: "administrator" },
    },
  });
  const amendments: TakenSitting["amendments"][number][] = [];
  const judged = sheets.flatMap((sheet) => {
    const { signature } = sheet;
    if (!signature) return [];
    const laptop = laptopOf(examiners.indexOf(sheet.examiner));
    const candidate = { ref: sheet.candidate };
    const value: SheetRecord = {
      ...said,
      ...{ sheetId: sheet.id, seq: signature.seq, candidate, total: signature.total, outcome: "graded" },
      ...marksOf(sheet.signed ?? sheet),
      evidence: evidenceHeld(sheet.evidence).map(({ hash, size, type, item }) => ({
        ...{ hash, size, type },
        ...(item === null ? {} : { item }),
      })),
      ...{ started: sheet.startedAt, finished: signature.at },
      by: { kid: keyOf(sheet.examiner), role: "examiner" },
    };
    keep(signature.hash, laptop, { kind: "sheet", value });
    for (const { hash, seq, basis, reason, text, marks, total, approvedBy, office } of sheet.amendments) {
      const approval = { kid: keyOf(approvedBy), role: office };
      keep(hash, laptop, {
        kind: "amendment",
        value: {
          ...said,
          ...{ amendId: sheet.id, seq, candidate, target: signature.hash, basis, reason, text },
          ...{ new: { ...marksOf(marks), total }, at: clockAt(seq), approvedBy: approval },
          by: { kid: keyOf(sheet.examiner), role: "examiner" },
        },
      });
      amendments.push({ seq, hash, target: signature.hash, basis });
    }
    const { candidate: ref, examiner } = sheet;
    return [{ seq: signature.seq, hash: signature.hash, sitting, candidate: ref, examiner }];
  });
  const settlements = view.rowsOf("candidates", sitting).flatMap(({ ref, settlements: all }) =>
    all.flatMap(({ person, records: about, signed }) =>
      signed
        ? [
            {
              ...{ seq: signed.seq, hash: signed.hash, sitting, candidate: ref, records: [...about].sort() },
              ...{ person, said: about.length, unasked: 0, batch: batchOf(LAPTOPS[0]).id },
            },
          ]
        : [],
    ),
  );
  const whole = [...batches.values()];
  return {
    taken: {
      ...{
        institution: INSTITUTION,
        sitting,
        day: row.day,
        candidates: view.rowsOf("candidates", sitting).length,
      },
      roster: { hash: roster, rubric: row.rubric, panel: row.panel.length },
      ...{ changes: [], sheets: judged, held: [], amendments, absences: [], deltas: [], reviews: [] },
      settlements,
      batches: new Set(whole.map(({ id }) => id)),
    },
    known: {
      whole,
      record: (hash) => records.get(hash),
      change: () => {
        throw new Error("nobody took anybody's place");
      },
      permit: (hash) =>
        hash === PERMIT ? { place: 1, value: { reference, people } as unknown as PermitRecord } : undefined,
      rubric: (hash) => (hash === row.rubric ? rubric : undefined),
    },
  };
}
