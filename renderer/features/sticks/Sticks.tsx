// Everything by stick: batches to the registry, its answers, and sittings and sheets between laptops of the centre. Nothing
// here is called safe before every byte was read back, and a copy is never called a receipt.
import { isOwing, type PersonRow, type SittingRow } from "#shared/journal";
import { hasRole } from "#shared/exam";
import { formatDay, useText, wordsIn } from "../../i18n/index.ts";
import { useBatches, useRegistry, useRubric, useSittings } from "../../store/index.ts";
import { Button, EmptyState, Page, Panel, Pill, Stack } from "../../ui/index.ts";
import { CopyAct } from "./CopyAct.tsx";
import { ReceiveAct } from "./ReceiveAct.tsx";
import { ReceivedSheets } from "./ReceivedSheets.tsx";

export interface SticksProps {
  readonly me: PersonRow;
  readonly onLeave: () => void;
}

export function Sticks({ me, onLeave }: SticksProps) {
  const t = useText();
  const batches = useBatches();
  const sittings = useSittings();
  const registry = useRegistry();
  if (!batches || !sittings || registry === undefined) return null;
  const waiting = batches.filter(isOwing);
  // Two views of the public log that do not fit go along, also alone (SY31).
  const isEmpty = waiting.length === 0 && !registry?.dispute;
  return (
    <Page
      title={t("sticks.title")}
      lead={t("sticks.lead")}
      actions={<Button onPress={onLeave}>{t("sticks.back")}</Button>}
    >
      <Panel title={t("sticks.registry.title")}>
        <p data-testid="stick-waiting" data-count={waiting.length}>
          {waiting.length === 0
            ? t("sticks.registry.none")
            : t("sticks.registry.waiting", { count: waiting.length })}
        </p>
        <CopyAct
          channel="stick.exportBatches"
          input={{}}
          isDisabled={isEmpty}
          isPrimary
          label={t("sticks.registry.copy")}
          testId="stick-export"
        />
      </Panel>
      <Panel title={t("sticks.receive.title")}>
        <p>{t("sticks.receive.lead")}</p>
        <ReceiveAct />
      </Panel>
      <Panel title={t("sticks.laptops.title")}>
        <p>{t("sticks.laptops.lead")}</p>
        {sittings.length === 0 ? (
          <EmptyState title={t("sticks.laptops.none")}>{t("sticks.laptops.noneHint")}</EmptyState>
        ) : (
          <Stack gap={4}>
            {sittings.map((sitting) => (
              <SharedSitting key={sitting.id} sitting={sitting} me={me} />
            ))}
          </Stack>
        )}
      </Panel>
      <ReceivedSheets />
    </Page>
  );
}

function SharedSitting({ sitting, me }: { readonly sitting: SittingRow; readonly me: PersonRow }) {
  const t = useText();
  const rubric = useRubric(sitting.rubric)?.rubric;
  if (!rubric) return null;
  const isShared = sitting.keySeq !== null;
  const state = sitting.from !== null ? "received" : isShared ? "shared" : "own";
  return (
    <section
      aria-label={wordsIn(t, rubric.title)}
      data-testid={`stick-sitting-${sitting.id}`}
      data-state={state}
    >
      <Stack gap={2}>
        <Stack direction="row" gap={2} align="center">
          <strong>{wordsIn(t, rubric.title)}</strong>
          <span>{formatDay(sitting.day, t.locale)}</span>
          <Pill kind={state === "own" ? "neutral" : "done"}>{t(`sticks.laptops.state.${state}`)}</Pill>
        </Stack>
        <Stack gap={3}>
          {hasRole(me, "administrator") ? (
            <CopyAct
              channel="stick.shareSitting"
              input={{ sitting: sitting.id }}
              label={t("sticks.laptops.giveSitting")}
              testId="stick-share-sitting"
            />
          ) : null}
          {isShared ? (
            <CopyAct
              channel="stick.shareSheets"
              input={{ sitting: sitting.id }}
              label={t("sticks.laptops.giveSheets")}
              testId="stick-share-sheets"
            />
          ) : null}
        </Stack>
      </Stack>
    </section>
  );
}
