// Beside the room record: the same on paper, with lines to write on by hand.
import type { SittingRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { Panel } from "../../ui/index.ts";
import { SaveForm } from "./SaveForm.tsx";

export function RoomPaper({ sitting }: { readonly sitting: SittingRow }) {
  const t = useText();
  return (
    <Panel title={t("paper.onPaper")} data-testid="room-paper">
      <SaveForm what={{ kind: "room", sitting: sitting.id }} label={t("paper.room")} testId="paper-room" />
    </Panel>
  );
}
