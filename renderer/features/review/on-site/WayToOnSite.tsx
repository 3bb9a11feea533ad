// On the day's card: the way to the room for whoever supervises or keeps the office, and what was signed there since the last batch.
import { mayReadVisits, unsealedVisits, type PersonRow, type SittingRow } from "#shared/journal";
import { useText } from "../../../i18n/index.ts";
import { useBatches } from "../../../store/index.ts";
import { Button, Pill } from "../../../ui/index.ts";

export interface WayToOnSiteProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly onOpen: () => void;
}

export function WayToOnSite({ me, sitting, onOpen }: WayToOnSiteProps) {
  const t = useText();
  const batches = useBatches(sitting.id);
  const unsealed = batches ? unsealedVisits(sitting, batches) : 0;
  return (
    <>
      {mayReadVisits(me, sitting) ? (
        <Button onPress={onOpen} data-testid={`day-onsite-${sitting.id}`}>
          {t("visit.open")}
        </Button>
      ) : null}
      {unsealed > 0 ? (
        <Pill data-testid={`day-visits-${sitting.id}`}>{t("visit.unsealed", { count: unsealed })}</Pill>
      ) : null}
    </>
  );
}
