// Beside the room record: the same on paper, with lines to write on by hand; and blank score sheets, for whoever answers for the day.
import { answersForDay, type PersonRow, type SittingRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { Panel, Stack } from "../../ui/index.ts";
import { SaveForm } from "./SaveForm.tsx";

export function RoomPaper({ me, sitting }: { readonly me: PersonRow; readonly sitting: SittingRow }) {
  const t = useText();
  return (
    <Panel title={t("paper.onPaper")} data-testid="room-paper">
      <Stack gap={3}>
        <SaveForm what={{ kind: "room", sitting: sitting.id }} label={t("paper.room")} testId="paper-room" />
        {answersForDay(me, sitting) ? (
          <>
            <SaveForm
              what={{ kind: "blanks", sitting: sitting.id }}
              label={t("paper.blanks")}
              testId="paper-blanks"
            />
            <SaveForm
              what={{ kind: "spare", sitting: sitting.id }}
              label={t("paper.spare")}
              testId="paper-spare"
            />
          </>
        ) : null}
      </Stack>
    </Panel>
  );
}
