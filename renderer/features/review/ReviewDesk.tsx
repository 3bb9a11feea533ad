// The review desk of one sitting: what its flags say, and the story of any sheet as a film. Beside either, a supervisor decides.
import { useState } from "react";
import type { CandidateRef, SheetId } from "#shared/base";
import type { Sheet } from "#shared/exam";
import { supervisionOffice, type PersonRow, type RaisedFlag, type SittingRow } from "#shared/journal";
import { refusalText, useText, wordsIn } from "../../i18n/index.ts";
import { useRubric } from "../../store/index.ts";
import { Button, Notice, OfferedButton, Page, Spinner } from "../../ui/index.ts";
import { Queue } from "./Queue.tsx";
import { Supervision } from "./Supervision.tsx";
import { Timeline, type AsItStood } from "./Timeline.tsx";
import { useFlags } from "./use-asked.ts";
import { useNamed, type Named } from "./use-named.ts";

export interface ReviewDeskProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  /** Whose film is shown; null for the flags. */
  readonly sheet: SheetId | null;
  readonly onSheet: (sheet: SheetId | null) => void;
  readonly onLeave: () => void;
  readonly asItStood: AsItStood;
}

export function ReviewDesk(props: ReviewDeskProps) {
  const { me, sitting, sheet: opened, onSheet, onLeave, asItStood } = props;
  const t = useText();
  const asked = useFlags(sitting.id);
  const named = useNamed(sitting, me.id);
  const rubric = useRubric(sitting.rubric)?.rubric;
  const [chosen, setChosen] = useState<string | null>(null);
  if (!named || !rubric) return <Reading />;
  const office = supervisionOffice(me.id, sitting);
  const sheet = opened === null ? undefined : named.sheet(opened);
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
          office === "supervisor" ? (
            <Supervision {...{ me, sitting, sheet }} candidate={sheet.candidate} flags={own} />
          ) : null
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
        <OfferedButton onPress={onLeave} data-testid="review-leave">
          {t("closing.back")}
        </OfferedButton>
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
          notAsked={asked.value.notAsked}
          isReadOnly={office !== "supervisor"}
          onChosen={setChosen}
          onSheet={onSheet}
          decisions={(flag) =>
            office === "supervisor" ? (
              <Supervision
                {...{ me, sitting }}
                candidate={soleCandidate(flag)}
                sheet={soleSheet(flag, named)}
                flags={[flag]}
              />
            ) : null
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

function soleSheet({ sheets }: RaisedFlag, named: Named): Sheet | null {
  const [only, ...others] = sheets;
  return only !== undefined && others.length === 0 ? (named.sheet(only) ?? null) : null;
}

function soleCandidate({ candidates }: RaisedFlag): CandidateRef | null {
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}
