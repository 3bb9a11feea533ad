// On the home screen of the office: is this laptop ready, and the way to the drill.
import type { CentreRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { Notice, OfferedButton, Panel, Pill, Stack } from "../../ui/index.ts";
import { useReadinessHere } from "./use-drill.ts";

export interface ReadinessPanelProps {
  readonly centre: CentreRow;
  readonly build: string;
  readonly onOpen: () => void;
}

export function ReadinessPanel({ centre, build, onOpen }: ReadinessPanelProps) {
  const t = useText();
  const here = useReadinessHere(centre, build);
  if (!here) return null;
  const { state, validDays, asks } = here;
  const isReady = state.state === "green";
  return (
    <Panel title={t("drill.day.title")} data-testid="day-readiness">
      {isReady || asks === "OFF" ? null : (
        <Notice
          kind="attention"
          announce="never"
          title={t(asks === "REQUIRE" ? "drill.day.require" : "drill.day.warn")}
          data-testid="drill-asked"
        />
      )}
      <Stack direction="row" align="center" justify="between">
        <span data-testid="readiness-state" data-state={state.state}>
          <Pill kind={KINDS[state.state]}>{t(`drill.state.${state.because}`, { days: validDays })}</Pill>
        </span>
        <OfferedButton onPress={onOpen} data-testid="day-drill">
          {t("drill.day.open")}
        </OfferedButton>
      </Stack>
    </Panel>
  );
}

const KINDS = { none: "neutral", green: "done", old: "attention", red: "attention" } as const;
