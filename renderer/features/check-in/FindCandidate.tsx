// One field for whoever types and for a scanner, which types an admission slip and Enter; and the same slip before the camera, or as a
// picture.
import { useState, type Ref } from "react";
import type { Refusal, Result } from "#shared/base";
import { candidateOnSlip, candidateWanted, type CandidateRow, type SittingRow } from "#shared/journal";
import { isSlipText } from "#shared/wire";
import { SquareButtons } from "../../camera/index.ts";
import { refusalText, useText } from "../../i18n/index.ts";
import { SearchField, Stack } from "../../ui/index.ts";

export interface FindCandidateProps {
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
  readonly wanted: string;
  readonly onWanted: (text: string) => void;
  /** Somebody was found and is being looked at. */
  readonly isBusy: boolean;
  readonly onFound: (candidate: CandidateRow) => void;
  readonly ref: Ref<HTMLInputElement>;
}

export function FindCandidate(props: FindCandidateProps) {
  const { sitting, candidates, wanted, isBusy, onWanted, onFound, ref } = props;
  const t = useText();
  const [trouble, setTrouble] = useState<string | null>(null);
  const goTo = (found: Result<CandidateRow, Refusal> | null) => {
    setTrouble(found && !found.ok ? refusalText(t, found.error) : null);
    if (found?.ok) onFound(found.value);
  };
  return (
    <Stack gap={2} align="start">
      <SearchField
        ref={ref}
        label={t("checkIn.find")}
        description={t("checkIn.findHint")}
        error={trouble ?? undefined}
        autoFocus
        value={wanted}
        onWanted={(text) => {
          setTrouble(null);
          onWanted(text);
        }}
        onEnter={() => {
          goTo(candidateWanted(wanted, sitting.id, candidates));
          // The scanner types the next slip into the same field, whoever's this one was.
          if (isSlipText(wanted)) onWanted("");
        }}
        data-testid="check-in-find"
      />
      <SquareButtons
        kind="quiet"
        stays
        busy={isBusy}
        onSquare={(said) => {
          // A square that is no slip's is said to be none, and not looked for as a name.
          if (said === null) setTrouble(t("paper.check.unread"));
          else goTo(candidateOnSlip(said, sitting.id, candidates));
        }}
        filesTestId="check-in-picture"
        cameraTestId="check-in-camera"
      >
        {t("checkIn.picture")}
      </SquareButtons>
    </Stack>
  );
}
