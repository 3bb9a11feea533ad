// Check-in of a sitting (签到): whoever leads the room finds each candidate by name, number or admission slip, compares the document and
// writes down what came of it. Below it the workplaces by lot, and the slips on paper.
import { useMemo, useRef, useState, type ReactNode } from "react";
import type { CandidateRef } from "#shared/base";
import { standingCheck } from "#shared/exam";
import {
  countCheckIn,
  isExpected,
  leadsCheckIn,
  matchingCandidates,
  type CandidateRow,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import { candidateName, formatDay, refusalText, useText, wordsIn } from "../../i18n/index.ts";
import { useCandidates, usePeople, useRubric } from "../../store/index.ts";
import { Button, Facts, Meter, Notice, Page, Panel, SegmentedChoice, Stack } from "../../ui/index.ts";
import { CheckDialog } from "./CheckDialog.tsx";
import { CheckList } from "./CheckList.tsx";
import { FindCandidate } from "./FindCandidate.tsx";
import { SeatPanel } from "./SeatPanel.tsx";

export interface CheckInProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  /** Admission slips of one, or of everybody. */
  readonly slips: (candidate: CandidateRef | null) => ReactNode;
  /** Where whoever comes late is entered. */
  readonly onRoom: () => void;
  readonly onLeave: () => void;
}

const SHOWN = ["missing", "mismatched", "checkedIn", "all"] as const;
type Shown = (typeof SHOWN)[number];

export function CheckIn({ me, sitting, slips, onRoom, onLeave }: CheckInProps) {
  const t = useText();
  const rubric = useRubric(sitting.rubric)?.rubric;
  const candidates = useCandidates(sitting.id);
  const people = usePeople();
  const [wanted, setWanted] = useState("");
  const [shown, setShown] = useState<Shown>("missing");
  const [opened, setOpened] = useState<CandidateRef | null>(null);
  const [said, setSaid] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const listed = useMemo(
    // Whoever is looked for is found, whatever else is shown.
    () =>
      matchingCandidates(candidates ?? [], wanted)
        .filter((one) => wanted.trim() !== "" || isShownIn(shown, one))
        .sort((a, b) => a.no - b.no),
    [candidates, wanted, shown],
  );
  if (!rubric || !candidates || !people) return null;

  const leads = leadsCheckIn(me, sitting);
  const counts = countCheckIn(candidates);
  const one = candidates.find(({ ref }) => ref === opened);
  const open = (candidate: CandidateRow) => {
    setSaid("");
    setWanted("");
    setOpened(candidate.ref);
  };
  return (
    <Page
      title={t("checkIn.title")}
      lead={t("closing.lead", { title: wordsIn(t, rubric.title), day: formatDay(sitting.day, t.locale) })}
      actions={<Button onPress={onLeave}>{t("closing.back")}</Button>}
      data-testid="check-in"
    >
      {leads.ok ? (
        <>
          <Panel>
            <Stack gap={4}>
              <Meter
                label={t("checkIn.progress")}
                value={counts.checkedIn}
                max={Math.max(1, counts.expected)}
                text={t("checkIn.progressText", { done: counts.checkedIn, count: counts.expected })}
                kind={counts.missing === 0 && counts.mismatched === 0 ? "done" : "action"}
                showLabel
                data-testid="check-in-progress"
              />
              <Facts
                kind="figures"
                facts={[
                  { term: t("checkIn.shown.missing"), value: counts.missing },
                  { term: t("checkIn.shown.mismatched"), value: counts.mismatched },
                  {
                    term: t("day.absent"),
                    value: candidates.filter(({ absence }) => absence !== null).length,
                  },
                ]}
              />
              <FindCandidate
                ref={field}
                {...{ sitting, candidates, wanted }}
                isBusy={opened !== null}
                onWanted={setWanted}
                onFound={open}
              />
              <p role="status" data-testid="check-in-said">
                {said}
              </p>
              <SegmentedChoice
                label={t("checkIn.show")}
                hideLabel
                choices={SHOWN.map((value) => ({ value, label: t(`checkIn.shown.${value}`) }))}
                value={shown}
                onChange={setShown}
                data-testid="check-in-shown"
              />
              <CheckList {...{ listed, people, shown }} isLookedFor={wanted.trim() !== ""} onOpen={open} />
            </Stack>
          </Panel>
          <SeatPanel {...{ sitting, candidates, people }} />
          <Panel title={t("checkIn.slips")} data-testid="check-in-slips">
            {slips(null)}
          </Panel>
        </>
      ) : (
        <Notice kind="attention" title={refusalText(t, leads.error)} data-testid="check-in-refused" />
      )}
      {one && leads.ok ? (
        <CheckDialog
          key={one.ref}
          {...{ sitting, people, onRoom }}
          candidate={one}
          slip={slips(one.ref)}
          onClose={() => setOpened(null)}
          onDone={(what) => {
            setSaid(t(`checkIn.done.${what}`, { who: candidateName(one) }));
            setOpened(null);
            field.current?.focus();
          }}
        />
      ) : null}
    </Page>
  );
}

function isShownIn(shown: Shown, candidate: CandidateRow): boolean {
  if (shown === "all") return true;
  const standing = standingCheck(candidate);
  if (!isExpected(candidate)) return false;
  if (shown === "missing") return standing === null;
  return standing?.matches === (shown === "checkedIn");
}
