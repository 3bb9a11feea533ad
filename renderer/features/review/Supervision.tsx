// Beside what a supervisor looks at: what was decided about it, and the form to decide.
import type { CandidateRef } from "#shared/base";
import type { Sheet } from "#shared/exam";
import type { PersonRow, RaisedFlag, SittingRow } from "#shared/journal";
import { Stack } from "../../ui/index.ts";
import { DecisionForm } from "./DecisionForm.tsx";
import { Decisions } from "./Decisions.tsx";

export interface SupervisionProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  /** Null: the whole sitting. */
  readonly candidate: CandidateRef | null;
  readonly sheet: Sheet | null;
  readonly flags: readonly Pick<RaisedFlag, "code">[];
}

export function Supervision({ me, sitting, candidate, sheet, flags }: SupervisionProps) {
  return (
    <Stack gap={4}>
      <Decisions sitting={sitting} candidate={candidate} />
      <DecisionForm
        {...{ me, sitting, candidate }}
        sheet={sheet?.signature?.hash ?? null}
        flags={flags.map(({ code }) => code)}
      />
    </Stack>
  );
}
