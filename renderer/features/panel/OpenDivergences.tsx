// On the home screen, beside a sitting: the way to the panel's table, and how many candidates wait there.
import type { SittingRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { useCandidates, useCentre, useRubric, useSheets } from "../../store/index.ts";
import { Button, Pill, Stack } from "../../ui/index.ts";
import { panelState } from "./panel-state.ts";

export function OpenDivergences({
  sitting,
  onOpen,
}: {
  readonly sitting: SittingRow;
  readonly onOpen: () => void;
}) {
  const t = useText();
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const rubric = useRubric(sitting.rubric)?.rubric;
  const policy = useCentre()?.permit?.reference.policy;
  if (!candidates || !sheets || !rubric || !policy) return null;
  const open = candidates.filter(
    (candidate) => panelState(sitting, candidate, sheets, rubric, policy).kind === "divergent",
  ).length;
  return (
    <Stack direction="row" gap={2} align="center">
      {open > 0 ? (
        <Pill kind="attention" data-testid={`day-divergent-${sitting.id}`}>
          {t("panel.open", { count: open })}
        </Pill>
      ) : null}
      <Button onPress={onOpen} data-testid={`day-panel-${sitting.id}`}>
        {t("panel.title")}
      </Button>
    </Stack>
  );
}
