// On the closing screen: the forms of the whole sitting.
import type { SittingRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { Panel, Stack } from "../../ui/index.ts";
import { SaveForm } from "./SaveForm.tsx";

export function SittingPaper({ sitting }: { readonly sitting: SittingRow }) {
  const t = useText();
  const { id } = sitting;
  return (
    <Panel title={t("paper.title")} data-testid="closing-paper">
      <p>{t("paper.lead")}</p>
      <Stack gap={3}>
        <SaveForm what={{ kind: "sheets", sitting: id }} label={t("paper.sheets")} testId="paper-sheets" />
        <SaveForm what={{ kind: "room", sitting: id }} label={t("paper.room")} testId="paper-room" />
        <SaveForm what={{ kind: "summary", sitting: id }} label={t("paper.summary")} testId="paper-summary" />
      </Stack>
    </Panel>
  );
}
