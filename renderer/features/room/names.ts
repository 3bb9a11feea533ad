// How people and candidates are named in the room record: a blind panel's candidates by number (R45).
import type { PersonId } from "#shared/base";
import type { CandidateRow, PersonRow } from "#shared/journal";
import { candidateName, candidateNo, useText } from "../../i18n/index.ts";

export interface Names {
  readonly candidate: (candidate: Pick<CandidateRow, "no" | "name">) => string;
  readonly person: (id: PersonId) => string;
}

export function useNames(people: readonly PersonRow[], isBlind: boolean): Names {
  const t = useText();
  return {
    candidate: (candidate) =>
      isBlind ? t("marking.workPiece", { no: candidateNo(candidate.no) }) : candidateName(candidate),
    person: (id) => people.find((person) => person.id === id)?.name ?? id,
  };
}
