// How people and candidates are named in the room record.
import { isBlindTo, type CandidateRow, type PersonRow, type SittingRow } from "#shared/journal";
import type { PersonId } from "#shared/base";
import { personName, shownName, useText } from "../../i18n/index.ts";

export interface Names {
  readonly candidate: (candidate: Pick<CandidateRow, "no" | "name">) => string;
  readonly person: (id: PersonId) => string;
}

/** R45: to whoever marks a blind sitting candidates are numbers here as well. */
export function useNames(me: PersonRow, sitting: SittingRow, people: readonly PersonRow[]): Names {
  const t = useText();
  const isShown = !isBlindTo(me.id, sitting);
  return {
    candidate: (candidate) => shownName(t, candidate, isShown),
    person: (id) => personName(people, id),
  };
}
