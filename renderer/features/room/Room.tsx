// The room record of a sitting (考场情况记录单): who came late, left or moved, what
// happened, and who called the leader. Whoever works here may look; what is
// written is signed in main's window.
import { useState, type ReactNode } from "react";
import { answersForDay, type CandidateRow, type PersonRow, type SittingRow } from "#shared/journal";
import { formatDay, useText, wordsIn } from "../../i18n/index.ts";
import { useCandidates, usePeople, useRubric } from "../../store/index.ts";
import { Button, Page } from "../../ui/index.ts";
import { Calls } from "./Calls.tsx";
import { Incidents } from "./Incidents.tsx";
import { RosterChanges } from "./RosterChanges.tsx";
import { useNames } from "./names.ts";

export interface RoomProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  /** The time of the open sheets of this sitting. */
  readonly clocks: (candidates: readonly CandidateRow[]) => ReactNode;
  /** The same as a printed form. */
  readonly paper: ReactNode;
  readonly onLeave: () => void;
}

export function Room({ me, sitting, clocks, paper, onLeave }: RoomProps) {
  const t = useText();
  const rubric = useRubric(sitting.rubric)?.rubric;
  const candidates = useCandidates(sitting.id);
  const people = usePeople();
  const [isSaid, setSaid] = useState(false);
  const names = useNames(me, sitting, people ?? []);
  if (!rubric || !candidates || !people) return null;
  const common = { me, sitting, candidates, people, names, onSaid: () => setSaid(true) };
  return (
    <Page
      title={t("room.title")}
      lead={t("closing.lead", { title: wordsIn(t, rubric.title), day: formatDay(sitting.day, t.locale) })}
      actions={<Button onPress={onLeave}>{t("closing.back")}</Button>}
    >
      <p role="status" data-testid="room-said">
        {isSaid ? t("room.changes.done") : null}
      </p>
      {clocks(candidates)}
      <Calls {...{ sitting, candidates, names }} mayAnswer={answersForDay(me, sitting)} />
      <RosterChanges {...common} />
      <Incidents {...common} />
      {paper}
    </Page>
  );
}
