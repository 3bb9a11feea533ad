// Admission slips at check-in: of everybody, or the one that somebody has lost.
import type { CandidateRef } from "#shared/base";
import type { SittingRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { SaveForm } from "./SaveForm.tsx";

export interface SlipPaperProps {
  readonly sitting: SittingRow;
  /** Null for everybody. */
  readonly candidate: CandidateRef | null;
}

export function SlipPaper({ sitting, candidate }: SlipPaperProps) {
  const t = useText();
  return (
    <SaveForm
      what={{ kind: "slips", sitting: sitting.id, candidate }}
      label={t(candidate === null ? "paper.slips" : "paper.slip")}
      testId={candidate === null ? "paper-slips" : "paper-slip"}
    />
  );
}
