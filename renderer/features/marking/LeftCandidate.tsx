// A candidate who left before the panel was done, or could not be examined: nothing is marked any more, and what was begun is kept.
import { leavingOf, type CandidateRow } from "#shared/journal";
import type { Rubric } from "#shared/exam";
import { useText } from "../../i18n/index.ts";
import { Notice } from "../../ui/index.ts";
import styles from "./Marking.module.css";
import { SheetHead } from "./SheetHead.tsx";
import { useDeskKeys } from "./use-desk-keys.ts";

export interface LeftCandidateProps {
  readonly candidate: CandidateRow;
  readonly rubric: Rubric;
  /** This examiner had begun a sheet. */
  readonly isBegun: boolean;
  readonly onNeighbour: (by: 1 | -1) => void;
}

export function LeftCandidate({ candidate, rubric, isBegun, onNeighbour }: LeftCandidateProps) {
  const t = useText();
  const leaving = leavingOf(candidate);
  useDeskKeys(true, ({ kind }) => {
    if (kind !== "candidateUp" && kind !== "candidateDown") return false;
    onNeighbour(kind === "candidateUp" ? -1 : 1);
    return true;
  });
  if (!leaving) return null;
  return (
    <div className={styles.sheet}>
      <SheetHead candidate={candidate} rubric={rubric} />
      <Notice
        title={t(`marking.hasLeft.${leaving.kind === "withdrawal" ? "withdrawal" : "unexamined"}`)}
        safe={t(isBegun ? "marking.hasLeftBegun" : "marking.hasLeftLead")}
        announce="never"
        data-testid="has-left"
      >
        {leaving.reason}
      </Notice>
    </div>
  );
}
