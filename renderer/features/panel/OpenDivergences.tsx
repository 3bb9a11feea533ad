// On the home screen, beside a sitting: the way to the panel's table, and how many candidates wait there.
import type { SittingRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { Button, Pill, Stack } from "../../ui/index.ts";
import { usePanel } from "./use-panel.ts";

export function OpenDivergences({
  sitting,
  onOpen,
}: {
  readonly sitting: SittingRow;
  readonly onOpen: () => void;
}) {
  const t = useText();
  const panel = usePanel(sitting);
  if (!panel) return null;
  const open = panel.candidates.filter((candidate) => panel.stateOf(candidate).kind === "divergent").length;
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
