// Who: the candidates of the sitting in their rotations, each with the state of this examiner's own sheet as a shape. A
// sitting may have ten thousand: a stretch of the list that is out of sight is a height, and anybody is found by number
// or name.
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { CandidateRef, Refusal, Result, SittingId } from "#shared/base";
import type { Rubric, Sheet } from "#shared/exam";
import {
  candidateOnSlip,
  candidateWanted,
  isExpected,
  leavingOf,
  matchingCandidates,
  type CandidateRow,
} from "#shared/journal";
import { totalOf } from "#shared/rules";
import { isSlipText } from "#shared/wire";
import { SquareButtons } from "../../camera/index.ts";
import { candidateNo, refusalText, useText, useWordsInBoth } from "../../i18n/index.ts";
import { classNames, SearchField, StateMark, useCommands } from "../../ui/index.ts";
import { stretchesOf, type Group, type Stretch } from "./candidate-stretches.ts";
import styles from "./Marking.module.css";
import { useDeskKeys } from "./use-desk-keys.ts";

export interface CandidateListProps {
  readonly sitting: SittingId;
  readonly candidates: readonly CandidateRow[];
  readonly sheets: ReadonlyMap<CandidateRef, Sheet>;
  readonly rubric: Rubric;
  readonly selected: CandidateRef | null;
  readonly onSelect: (candidate: CandidateRef) => void;
}

export function CandidateList(props: CandidateListProps) {
  const { sitting, candidates, sheets, rubric, selected, onSelect } = props;
  const t = useText();
  const [wanted, setWanted] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const shown = useDeferredValue(wanted);
  const found = useMemo(() => matchingCandidates(candidates, shown), [candidates, shown]);
  const stretches = useMemo(() => stretchesOf(found), [found]);
  const expected = candidates.filter(isExpected);
  const signed = expected.filter(({ ref }) => sheets.get(ref)?.signature).length;
  const goTo = (found: Result<CandidateRow, Refusal> | null) => {
    setTrouble(found && !found.ok ? refusalText(t, found.error) : null);
    if (found?.ok) onSelect(found.value.ref);
  };
  const list = useRef<HTMLElement>(null);
  const seen = useSeen(list, stretches);
  return (
    <nav ref={list} className={styles.candidates} aria-label={t("marking.candidates")}>
      <div className={styles.listTop}>
        <p className={styles.listHead}>
          <span>{t("marking.candidates")}</span>
          <span>{t("marking.progress", { signed, count: expected.length })}</span>
        </p>
        <Find
          {...{ wanted, trouble }}
          onWanted={(text) => {
            setTrouble(null);
            setWanted(text);
          }}
          onSlip={(text) => {
            if (text === null) setTrouble(t("paper.check.unread"));
            else goTo(candidateOnSlip(text, sitting, candidates));
          }}
          onEnter={() => {
            goTo(candidateWanted(wanted, sitting, candidates));
            // A slip is read once, whoever's it was; a name stays, so that the next who is called the same is a key away.
            if (isSlipText(wanted)) setWanted("");
          }}
        />
      </div>
      {found.length === 0 ? <p className={styles.nobody}>{t("marking.nobodyFound")}</p> : null}
      {stretches.map((stretch) => {
        const isSelectedHere = stretch.groups.some((group) =>
          group.candidates.some(({ ref }) => ref === selected),
        );
        return seen.has(stretch.key) || isSelectedHere ? (
          <div key={stretch.key} data-stretch={stretch.key}>
            {stretch.groups.map((group) => (
              <Rotation
                key={group.from}
                group={group}
                size={found.length}
                {...{ sheets, rubric, onSelect }}
                selected={isSelectedHere ? selected : null}
              />
            ))}
          </div>
        ) : (
          <div key={stretch.key} data-stretch={stretch.key} style={{ height: heightOf(stretch) }} />
        );
      })}
    </nav>
  );
}

/** What it will be when it is drawn, as long as no name takes two lines. */
function heightOf({ rows, groups }: Stretch): string {
  const headings = groups.filter(({ isFirst }) => isFirst).length;
  return `calc(${String(rows)} * var(--row) + ${String(headings)} * var(--heading))`;
}

function Rotation(
  props: Omit<CandidateListProps, "sitting" | "candidates"> & {
    readonly group: Group;
    readonly size: number;
  },
) {
  const { group, size, sheets, rubric, selected, onSelect } = props;
  const t = useText();
  return (
    <section>
      {group.isFirst ? (
        <h2 className={styles.rotationName}>{t("marking.rotation", { count: group.rotation })}</h2>
      ) : null}
      <ul>
        {group.candidates.map((candidate, at) => (
          <CandidateEntry
            key={candidate.ref}
            candidate={candidate}
            place={group.from + at + 1}
            size={size}
            sheet={sheets.get(candidate.ref)}
            rubric={rubric}
            isSelected={candidate.ref === selected}
            onSelect={onSelect}
          />
        ))}
      </ul>
    </section>
  );
}

/** By name, number or slip: a scanner types a slip and Enter, and `/` first takes the keys away from the sheet. */
function Find({
  wanted,
  trouble,
  onWanted,
  onSlip,
  onEnter,
}: {
  readonly wanted: string;
  readonly trouble: string | null;
  readonly onWanted: (text: string) => void;
  readonly onSlip: (text: string | null) => void;
  readonly onEnter: () => void;
}) {
  const t = useText();
  const field = useRef<HTMLInputElement>(null);
  const say = useWordsInBoth();
  useCommands([
    { ...say("marking.key.find"), id: "find", kind: "act", keys: ["/"], run: () => field.current?.focus() },
  ]);
  useDeskKeys(true, ({ kind }) => {
    // Behind a dialog or the lock it is not there to be typed into.
    if (kind !== "find" || field.current?.closest("[inert], [aria-hidden=true]") !== null) return false;
    field.current.focus();
    return true;
  });
  return (
    <div className={styles.find}>
      <SearchField
        ref={field}
        label={t("marking.find")}
        hideLabel
        placeholder={t("marking.findHint")}
        error={trouble ?? undefined}
        value={wanted}
        onWanted={onWanted}
        onEnter={onEnter}
        onEscape={() => field.current?.blur()}
        data-testid="find-candidate"
      />
      <SquareButtons
        kind="quiet"
        compact
        onSquare={onSlip}
        filesTestId="find-picture"
        cameraTestId="find-camera"
      >
        {t("marking.findPicture")}
      </SquareButtons>
    </div>
  );
}

const CandidateEntry = memo(function CandidateEntry(props: {
  readonly candidate: CandidateRow;
  readonly place: number;
  readonly size: number;
  readonly sheet: Sheet | undefined;
  readonly rubric: Rubric;
  readonly isSelected: boolean;
  readonly onSelect: (candidate: CandidateRef) => void;
}) {
  const { candidate, place, size, sheet, rubric, isSelected, onSelect } = props;
  const t = useText();
  const button = useRef<HTMLButtonElement>(null);
  const state = candidate.absence
    ? "absent"
    : leavingOf(candidate)
      ? "left"
      : sheet?.signature
        ? "sealed"
        : sheet
          ? "started"
          : "untouched";
  const { marked, items } = totalOf(rubric, sheet?.items ?? {}, 0);
  useEffect(() => {
    if (isSelected) button.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  return (
    <li aria-posinset={place} aria-setsize={size}>
      <button
        ref={button}
        type="button"
        className={classNames(styles.candidate, isSelected && styles.selected)}
        aria-current={isSelected}
        data-testid={`candidate-${candidate.no}`}
        data-state={state}
        onClick={() => onSelect(candidate.ref)}
      >
        <span className={styles.no}>{candidateNo(candidate.no)}</span>
        <span className={styles.name}>{candidate.name}</span>
        <StateMark
          state={state === "absent" || state === "left" ? "word" : state}
          fraction={items === 0 ? 0 : marked / items}
          label={t(`marking.state.${state}`, { marked, items })}
        />
      </button>
    </li>
  );
});

/** The keys of the stretches that are in sight or about to be. Where the focus is stays, or it would be lost. */
function useSeen(list: RefObject<HTMLElement | null>, stretches: readonly Stretch[]): ReadonlySet<string> {
  const [seen, setSeen] = useState<ReadonlySet<string>>(
    () => new Set(stretches[0] ? [stretches[0].key] : []),
  );
  useEffect(() => {
    const root = list.current;
    if (!root) return;
    const observer = new IntersectionObserver(
      (changes) =>
        setSeen((before) => {
          const after = new Set(before);
          for (const { target, isIntersecting } of changes) {
            const key = target.getAttribute("data-stretch") ?? "";
            if (isIntersecting) after.add(key);
            else if (!target.contains(document.activeElement)) after.delete(key);
          }
          return after;
        }),
      { root, rootMargin: "50% 0px" },
    );
    for (const element of root.querySelectorAll("[data-stretch]")) observer.observe(element);
    return () => observer.disconnect();
  }, [list, stretches]);
  return seen;
}
