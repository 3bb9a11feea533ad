// The people, candidates and sheets of a sitting by the names that the review desk may show (R45).
import type { CandidateRef, PersonId, SheetId } from "#shared/base";
import { isSigned, type Sheet } from "#shared/exam";
import {
  areNamesShown,
  isHiddenFrom,
  sittingRecords,
  standingRoster,
  type SittingRow,
} from "#shared/journal";
import { useText, personName, shownName } from "../../i18n/index.ts";
import { useCandidates, usePeople, useReviews, useSheets } from "../../store/index.ts";

/** The people and sheets of a sitting, by the names that this screen may show. */
export interface Named {
  /** Those whose film is open to this person. */
  readonly open: readonly Sheet[];
  /** Signed sheets that were marked on another laptop: what flags read of acts stayed there. */
  readonly elsewhere: number;
  readonly person: (id: PersonId) => string;
  readonly candidate: (ref: CandidateRef) => string;
  readonly sheet: (id: SheetId) => Sheet | undefined;
}

/** Null until all of it was read. */
export function useNamed(sitting: SittingRow, me: PersonId): Named | null {
  const t = useText();
  const people = usePeople();
  const roster = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const reviews = useReviews(sitting.id);
  if (!people || !roster || !sheets || !reviews) return null;
  const candidates = standingRoster(sittingRecords(sitting, { candidates: roster, sheets, reviews }));
  const isShown = areNamesShown(sitting);
  const noOf = new Map(candidates.map((one) => [one.ref, one] as const));
  return {
    open: sheets
      .filter((sheet) => {
        const row = noOf.get(sheet.candidate);
        const isHidden = row === undefined || isHiddenFrom(me, sitting, row, sheets);
        return isSigned(sheet) && (sheet.examiner === me || !isHidden);
      })
      .sort((a, b) => (noOf.get(a.candidate)?.no ?? 0) - (noOf.get(b.candidate)?.no ?? 0)),
    elsewhere: sheets.filter((sheet) => isSigned(sheet) && sheet.from !== null).length,
    person: (id) => personName(people, id),
    candidate: (ref) => {
      const row = noOf.get(ref);
      if (!row) return ref;
      return shownName(t, row, isShown);
    },
    sheet: (id) => sheets.find((one) => one.id === id),
  };
}
