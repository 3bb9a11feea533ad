// The marking desk of one examiner at one sitting: who on the left, the sheet in the middle, the sums on the right. An
// examiner sees their own sheets and nobody else's: independence can be proved only if it is kept.
import { useMemo, useState, type ReactNode } from "react";
import type { CandidateRef, SheetId } from "#shared/base";
import { countingOf, panelLeaderOf, type AmendmentDraft } from "#shared/exam";
import {
  areNamesShown,
  clocksOf,
  uncheckedAs,
  paperOf,
  leavingOf,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import { appendIntents } from "../../bridge/index.ts";
import { useText } from "../../i18n/index.ts";
import { useCandidates, useRubric, useSheets, useStore, useTranscriptions } from "../../store/index.ts";
import { EmptyState, Spinner } from "../../ui/index.ts";
import { AmendSheet, createKeptWords, type KeptWords } from "./amending/index.ts";
import { CandidateList } from "./CandidateList.tsx";
import { Declaration } from "./Declaration.tsx";
import { LeftCandidate } from "./LeftCandidate.tsx";
import styles from "./Marking.module.css";
import { OpenSheet } from "./OpenSheet.tsx";
import { SealedSheet } from "./SealedSheet.tsx";
import { createSheetActs, onSheet, throughJournal, type SheetActs, type WriteIntent } from "./sheet-acts.ts";
import { numbered } from "./numbered.ts";
import { StartSheet } from "./StartSheet.tsx";
import { TranscribedSheet } from "./transcription/index.ts";

export interface MarkingProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly candidate: CandidateRef | null;
  readonly onCandidate: (candidate: CandidateRef) => void;
  /** Beside a sheet of one's own that is signed: what the panel has to settle about the candidate, and the sheet on paper. */
  readonly beside: (candidate: CandidateRef) => ReactNode;
}

export function Marking(props: MarkingProps) {
  const { me, sitting, candidate: selected, onCandidate, beside } = props;
  const t = useText();
  const store = useStore();
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const rubric = useRubric(sitting.rubric)?.rubric;
  const papers = useTranscriptions();
  const [desk] = useState(() =>
    createDesk(throughJournal(appendIntents, (entries) => store.takeIn(entries))),
  );
  const mine = useMemo(
    () =>
      new Map(sheets?.filter(({ examiner }) => examiner === me.id).map((sheet) => [sheet.candidate, sheet])),
    [sheets, me.id],
  );
  const isShown = areNamesShown(sitting);
  const seen = useMemo(
    () => (isShown ? candidates : candidates?.map((one) => numbered(one, t))),
    [isShown, candidates, t],
  );
  if (!candidates || !seen || !sheets || !rubric || !papers) {
    return (
      <p className={styles.reading}>
        <Spinner /> {t("marking.loading")}
      </p>
    );
  }

  const candidate = seen.find(({ ref }) => ref === selected);
  const sheet = candidate ? mine.get(candidate.ref) : undefined;
  const paper =
    sheet &&
    paperOf(
      sheet,
      papers.find(({ id }) => id === sheet.id),
    );
  const counting = sheet ? countingOf(sheet) : null;
  const goToNeighbour = (by: 1 | -1) => {
    // As the list shows them: by rotation, and in it by number.
    const listed = [...candidates].sort((a, b) => a.rotation - b.rotation || a.no - b.no);
    const neighbour = listed[listed.findIndex(({ ref }) => ref === selected) + by];
    if (neighbour) onCandidate(neighbour.ref);
  };
  const declared = sitting.declarations.find(({ person }) => person === me.id);
  const common = { rubric, onNeighbour: goToNeighbour };
  return (
    <div className={styles.desk}>
      <CandidateList
        sitting={sitting.id}
        candidates={seen}
        sheets={mine}
        rubric={rubric}
        selected={selected}
        onSelect={onCandidate}
      />
      {!declared ? (
        <Declaration sitting={sitting} candidates={candidates} isBlind={!isShown} write={desk.write} />
      ) : !candidate ? (
        <div className={styles.sheet}>
          <EmptyState title={t("marking.chooseFirst")} data-testid="marking-nobody">
            {t("marking.chooseFirstLead")}
          </EmptyState>
        </div>
      ) : sheet?.amending && counting ? (
        <AmendSheet
          key={`${sheet.id} ${sheet.amending.openedSeq}`}
          sheet={sheet}
          counting={counting}
          draft={sheet.amending}
          candidate={candidate}
          sitting={sitting}
          acts={desk.amendingActsOf(sheet.id, sheet.amending)}
          words={desk.wordsOf(sheet.amending)}
          write={desk.write}
          {...common}
        />
      ) : sheet?.signature && counting ? (
        <SealedSheet
          key={sheet.id}
          sheet={sheet}
          signature={sheet.signature}
          counting={counting}
          candidate={candidate}
          beside={beside(candidate.ref)}
          write={desk.write}
          {...common}
        />
      ) : leavingOf(candidate) ? (
        <LeftCandidate key={candidate.ref} candidate={candidate} isBegun={sheet !== undefined} {...common} />
      ) : sheet && paper ? (
        <TranscribedSheet
          key={`${sheet.id} ${String(sheet.lastSeq)}`}
          sheet={sheet}
          paper={paper}
          candidate={candidate}
          write={desk.write}
          {...common}
        />
      ) : sheet ? (
        <OpenSheet
          key={sheet.id}
          sheet={sheet}
          candidate={candidate}
          acts={desk.actsOf(sheet.id)}
          clocks={clocksOf(sitting, me.id, sheets, candidates, papers)}
          isLeader={panelLeaderOf(sitting) === me.id}
          {...common}
        />
      ) : (
        <StartSheet
          key={candidate.ref}
          sitting={sitting.id}
          candidate={candidate}
          isAside={declared.candidates.includes(candidate.ref)}
          unchecked={uncheckedAs(candidate, candidates)}
          mayRecordAbsence={
            panelLeaderOf(sitting) === me.id && !sheets.some((one) => one.candidate === candidate.ref)
          }
          write={desk.write}
          {...common}
        />
      )}
    </div>
  );
}

interface Desk {
  readonly write: WriteIntent;
  actsOf(sheet: SheetId): SheetActs;
  amendingActsOf(sheet: SheetId, draft: AmendmentDraft): SheetActs;
  /** Why it is amended, as far as it is written. */
  wordsOf(draft: AmendmentDraft): KeptWords;
}

/** Acts live as long as the desk, so that U still works after looking at another candidate. */
function createDesk(write: WriteIntent): Desk {
  const all = new Map<SheetId | number, SheetActs>();
  const words = new Map<number, KeptWords>();
  const actsAt = (place: SheetId | number, sheet: SheetId) => {
    const acts = all.get(place) ?? createSheetActs(onSheet(sheet, write));
    all.set(place, acts);
    return acts;
  };
  return {
    write,
    actsOf: (sheet) => actsAt(sheet, sheet),
    // Of each amendment its own: nobody takes back what two have signed.
    amendingActsOf: (sheet, { openedSeq }) => actsAt(openedSeq, sheet),
    wordsOf: ({ openedSeq }) => {
      const kept = words.get(openedSeq) ?? createKeptWords();
      words.set(openedSeq, kept);
      return kept;
    },
  };
}
