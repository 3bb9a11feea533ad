// A paper sheet at each step of its way, for the screens: begun, typed by one, read differently by two, and a sheet.
import { Kid, type PersonId } from "#shared/base";
import { createSigner } from "#shared/crypto";
import type { ItemInput, Rubric } from "#shared/exam";
import { admitDone, admitTranscription, type EntryBody } from "#shared/journal";
import { signBlank } from "#shared/wire";
import {
  aPreparedDay,
  candidateRef,
  everyKindRubric,
  fullInputs,
  personId,
  sheetId,
  testHash,
  type PreparedDay,
} from "./journal-builders.ts";

export const [PAPER_EXAMINER, TYPIST, SECOND_TYPIST] = [personId(1), personId(2), personId(3)];
export const SERIAL = sheetId(77);
const device = createSigner(new Uint8Array(32).fill(7));

export interface PaperDay extends PreparedDay {
  /** What the square of a blank says; of nobody's without a candidate. */
  blank(candidate: number | null): string;
}

/** As far as `step` says, the second one reads item 3 as another level than the first. */
export function aPaperDay(
  step: "prepared" | "begun" | "second" | "comparing" | "written",
  rubric: Rubric = everyKindRubric(),
): PaperDay {
  const day = aPreparedDay({ candidates: 4, rubric });
  const { journal, sitting, rubric: hash } = day;
  const square = (candidate: number | null) =>
    signBlank(
      {
        ...{ v: 1, sitting, rubric: hash, serial: SERIAL },
        candidate: candidate === null ? null : candidateRef(candidate),
      },
      device,
    );
  const done: PaperDay = { ...day, blank: square };
  if (step === "prepared") return done;
  const all = (bodies: readonly EntryBody[], by: PersonId) => {
    for (const body of bodies) journal.append(body, by);
  };
  const type = (by: PersonId, other: Readonly<Record<string, ItemInput>> = {}) =>
    all(
      Object.entries({ ...fullInputs(rubric), ...other }).map(([item, input]) => ({
        ...({ kind: "transcription.typed", sheet: SERIAL } as const),
        typed: { kind: "item" as const, item: Number(item), input },
      })),
      by,
    );
  const finish = (by: PersonId) => {
    const admitted = admitDone(SERIAL, by, journal.view);
    if (!admitted.ok) throw new Error(admitted.error.code);
    all(admitted.value, by);
  };
  const begun = admitTranscription(
    {
      ...{ serial: SERIAL, sitting, rubric: hash, printedOn: Kid.parse(device.kid) },
      ...{ candidate: candidateRef(2), examiner: PAPER_EXAMINER },
    },
    TYPIST,
    journal.view,
  );
  if (!begun.ok) throw new Error(begun.error.code);
  all([begun.value], TYPIST);
  if (step === "begun") return done;
  const page = { hash: testHash("page"), size: 4096, type: "image/png" as const, width: 40, height: 56 };
  all([{ kind: "transcription.page-added", sheet: SERIAL, page }], TYPIST);
  type(TYPIST);
  finish(TYPIST);
  if (step === "second") return done;
  all([{ kind: "transcription.joined", sheet: SERIAL }], SECOND_TYPIST);
  type(SECOND_TYPIST, step === "comparing" ? { "3": { kind: "JUDGE", level: 1 } } : {});
  finish(SECOND_TYPIST);
  return done;
}
