// The review desk of one sitting: what its flags say, and the story of any sheet as a film. It reads and changes nothing; what a
// supervisor decides is put beside a flag and beside a film by whoever draws the desk.
import { useState, type ReactNode } from "react";
import type { CandidateRef, PersonId, SheetId } from "#shared/base";
import type { Rubric, Sheet } from "#shared/exam";
import { supervisionOffice, type PersonRow, type RaisedFlag, type SittingRow } from "#shared/journal";
import { identityShown } from "#shared/rules";
import { candidateName, candidateNo, refusalText, useText, wordsIn } from "../../i18n/index.ts";
import { useCandidates, usePeople, useRubric, useSheets } from "../../store/index.ts";
import { Button, Notice, Page, Spinner } from "../../ui/index.ts";
import { Queue } from "./Queue.tsx";
import { Timeline } from "./Timeline.tsx";
import { useFlags } from "./use-asked.ts";

/** What a decision may be about. */
export interface InSight {
  readonly candidate: CandidateRef | null;
  readonly sheet: Sheet | null;
  readonly flags: readonly RaisedFlag[];
}

export interface ReviewDeskProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  /** Whose film is shown; null for the flags. */
  readonly sheet: SheetId | null;
  readonly onSheet: (sheet: SheetId | null) => void;
  readonly onLeave: () => void;
  /** A sheet, read only, with the item that the step before it is about. */
  readonly asItStood: (sheet: Sheet, rubric: Rubric, item: number | null) => ReactNode;
  /** The supervisor's decisions about what is in sight. */
  readonly decisions: (inSight: InSight) => ReactNode;
}

export function ReviewDesk(props: ReviewDeskProps) {
  const { me, sitting, sheet: opened, onSheet, onLeave, asItStood, decisions } = props;
  const t = useText();
  const asked = useFlags(sitting.id);
  const named = useNamed(sitting);
  const rubric = useRubric(sitting.rubric)?.rubric;
  const [chosen, setChosen] = useState<string | null>(null);
  if (!named || !rubric) return <Reading />;
  const office = supervisionOffice(me.id, sitting);
  const sheet = named.sheets.find(({ id }) => id === opened);
  const flags = asked.state === "read" ? asked.value.flags : [];
  if (sheet) {
    const own = flags.filter(({ sheets }) => sheets.includes(sheet.id));
    return (
      <Timeline
        key={sheet.id}
        {...{ sheet, sitting, rubric, named, asItStood }}
        flags={own}
        chosen={chosen}
        onChosen={setChosen}
        decisions={
          office === "supervisor" ? decisions({ candidate: sheet.candidate, sheet, flags: own }) : null
        }
        onBack={() => onSheet(null)}
      />
    );
  }
  return (
    <Page
      title={t("supervision.desk")}
      lead={t("supervision.lead", { title: wordsIn(t, rubric.title) })}
      width="full"
      actions={
        <Button onPress={onLeave} data-testid="review-leave">
          {t("closing.back")}
        </Button>
      }
      data-testid="review-desk"
    >
      {asked.state === "reading" ? <Reading /> : null}
      {asked.state === "refused" ? (
        <Notice
          kind="danger"
          announce="now"
          title={refusalText(t, asked.refusal)}
          actions={<Button onPress={asked.again}>{t("supervision.again")}</Button>}
          data-testid="review-refused"
        />
      ) : null}
      {asked.state === "read" ? (
        <Queue
          {...{ sitting, named, flags, chosen }}
          withheld={asked.value.withheld}
          isReadOnly={office !== "supervisor"}
          onChosen={setChosen}
          onSheet={onSheet}
          decisions={(flag) =>
            office === "supervisor"
              ? decisions({ candidate: soleCandidate(flag), sheet: null, flags: [flag] })
              : null
          }
        />
      ) : null}
    </Page>
  );
}

function Reading() {
  const t = useText();
  return (
    <p data-testid="review-reading">
      <Spinner /> {t("supervision.loading")}
    </p>
  );
}

function soleCandidate({ candidates }: RaisedFlag): CandidateRef | null {
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

/** The people and sheets of a sitting, by the names that this screen may show. */
export interface Named {
  readonly sheets: readonly Sheet[];
  readonly person: (id: PersonId) => string;
  readonly candidate: (ref: CandidateRef) => string;
  readonly sheet: (id: SheetId) => Sheet | undefined;
}

/** Null until all of it was read. */
function useNamed(sitting: SittingRow): Named | null {
  const t = useText();
  const people = usePeople();
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  if (!people || !candidates || !sheets) return null;
  const isShown = identityShown(sitting.observed, sitting.batch !== null).allowed;
  const noOf = new Map(candidates.map((one) => [one.ref, one] as const));
  return {
    sheets: [...sheets].sort((a, b) => (noOf.get(a.candidate)?.no ?? 0) - (noOf.get(b.candidate)?.no ?? 0)),
    person: (id) => people.find((one) => one.id === id)?.name ?? id,
    candidate: (ref) => {
      const row = noOf.get(ref);
      if (!row) return ref;
      return isShown ? candidateName(row) : t("marking.workPiece", { no: candidateNo(row.no) });
    },
    sheet: (id) => sheets.find((one) => one.id === id),
  };
}
