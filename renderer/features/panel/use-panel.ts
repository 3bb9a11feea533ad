// Everything the panel's screens ask about a sitting: read once, here.
import type { PersonId } from "#shared/base";
import type { Policy, Rubric } from "#shared/exam";
import {
  sittingRecords,
  standingRoster,
  type CandidateRow,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import { useCandidates, useCentre, usePeople, useReviews, useRubric, useSheets } from "../../store/index.ts";
import { panelState, type PanelState } from "./panel-state.ts";

export interface PanelOf {
  /** As the roster stands: whoever two people confirmed as marked did not leave. */
  readonly candidates: readonly CandidateRow[];
  readonly people: readonly PersonRow[];
  readonly rubric: Rubric;
  readonly policy: Policy;
  stateOf(candidate: CandidateRow): PanelState;
}

/** Null until all of it was read. */
export function usePanel(sitting: SittingRow): PanelOf | null {
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const reviews = useReviews(sitting.id);
  const people = usePeople();
  const rubric = useRubric(sitting.rubric)?.rubric;
  const policy = useCentre()?.permit?.reference.policy;
  if (!candidates || !sheets || !reviews || !people || !rubric || !policy) return null;
  const hasEnded = (person: PersonId) => people.some(({ id, ended }) => id === person && ended !== null);
  return {
    candidates: standingRoster(sittingRecords(sitting, { candidates, sheets, reviews })),
    people,
    rubric,
    policy,
    stateOf: (candidate) => panelState(sitting, candidate, sheets, rubric, policy, hasEnded),
  };
}
