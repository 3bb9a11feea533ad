// Who: the candidates of the sitting in their rotations, each with the state of this examiner's own sheet as a shape.
import { useEffect, useRef } from "react";
import type { CandidateRef } from "#shared/base";
import type { Rubric, Sheet } from "#shared/exam";
import type { CandidateRow } from "#shared/journal";
import { totalOf } from "#shared/rules";
import { useText } from "../../i18n/index.ts";
import { classNames, StateMark } from "../../ui/index.ts";
import styles from "./Marking.module.css";

export interface CandidateListProps {
  readonly candidates: readonly CandidateRow[];
  readonly sheets: ReadonlyMap<CandidateRef, Sheet>;
  readonly rubric: Rubric;
  readonly selected: CandidateRef | null;
  readonly onSelect: (candidate: CandidateRef) => void;
}

export function CandidateList({ candidates, sheets, rubric, selected, onSelect }: CandidateListProps) {
  const t = useText();
  const expected = candidates.filter(({ absence }) => absence === null).length;
  const signed = candidates.filter(({ ref }) => sheets.get(ref)?.signature).length;
  const rotations = [...new Set(candidates.map(({ rotation }) => rotation))];
  return (
    <nav className={styles.candidates} aria-label={t("marking.candidates")}>
      <p className={styles.listHead}>
        <span>{t("marking.candidates")}</span>
        <span>{t("marking.progress", { signed, count: expected })}</span>
      </p>
      {rotations.map((rotation) => (
        <section key={rotation} className={styles.rotation}>
          <h2 className={styles.rotationName}>{t("marking.rotation", { count: rotation })}</h2>
          <ul>
            {candidates
              .filter((candidate) => candidate.rotation === rotation)
              .map((candidate) => (
                <CandidateEntry
                  key={candidate.ref}
                  candidate={candidate}
                  sheet={sheets.get(candidate.ref)}
                  rubric={rubric}
                  isSelected={candidate.ref === selected}
                  onSelect={onSelect}
                />
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function CandidateEntry(props: {
  readonly candidate: CandidateRow;
  readonly sheet: Sheet | undefined;
  readonly rubric: Rubric;
  readonly isSelected: boolean;
  readonly onSelect: (candidate: CandidateRef) => void;
}) {
  const { candidate, sheet, rubric, isSelected, onSelect } = props;
  const t = useText();
  const button = useRef<HTMLButtonElement>(null);
  const state = candidate.absence ? "absent" : sheet?.signature ? "sealed" : sheet ? "started" : "untouched";
  const { marked, items } = totalOf(rubric, sheet?.items ?? {}, 0);
  useEffect(() => {
    if (isSelected) button.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  return (
    <li>
      <button
        ref={button}
        type="button"
        className={classNames(styles.candidate, isSelected && styles.selected)}
        aria-current={isSelected}
        data-testid={`candidate-${candidate.no}`}
        data-state={state}
        onClick={() => onSelect(candidate.ref)}
      >
        <span className={styles.no}>{String(candidate.no).padStart(2, "0")}</span>
        <span className={styles.name}>{candidate.name}</span>
        <StateMark
          state={state === "absent" ? "word" : state}
          fraction={items === 0 ? 0 : marked / items}
          label={t(`marking.state.${state}`, { marked, items })}
        />
      </button>
    </li>
  );
}
