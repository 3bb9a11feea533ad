// Where every batch is on its way: sent, stored, evidence owed; why something waits; how the link is. All of it can be left
// alone: what is sealed is safe here, and goes on by itself.
import { useText } from "../../i18n/index.ts";
import { useBatches, useCentre, useRegistry } from "../../store/index.ts";
import { Button, EmptyState, Page, Stack } from "../../ui/index.ts";
import { BatchWay } from "./BatchWay.tsx";
import { LinkPanel } from "./LinkPanel.tsx";
import { Standing } from "./Standing.tsx";
import { useOutbox } from "./use-outbox.ts";

export interface SyncProps {
  /** All of it goes by stick too, for those who have no network. */
  readonly onSticks: () => void;
}

export function Sync({ onSticks }: SyncProps) {
  const t = useText();
  const centre = useCentre();
  const batches = useBatches();
  const registry = useRegistry();
  const { sending, link } = useOutbox();
  if (!centre || !batches || registry === undefined) return null;
  return (
    <Page
      title={t("sync.title")}
      lead={t("sync.lead")}
      actions={
        <Button onPress={onSticks} data-testid="sync-sticks">
          {t("sticks.open")}
        </Button>
      }
      data-testid="sync"
    >
      <Standing centre={centre} registry={registry} link={link} />
      <LinkPanel registry={centre.registry.name} batches={batches} link={link} />
      {batches.length === 0 ? (
        <EmptyState title={t("sync.empty.title")}>{t("sync.empty.text")}</EmptyState>
      ) : (
        <Stack gap={4}>
          {batches.toReversed().map((batch) => (
            <BatchWay
              key={batch.id}
              batch={batch}
              progress={sending.get(batch.id)}
              isHalted={link !== null && link.halted !== null}
            />
          ))}
        </Stack>
      )}
    </Page>
  );
}
