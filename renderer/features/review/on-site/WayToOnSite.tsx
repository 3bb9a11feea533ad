// On the day's card: the way to the room for whoever supervises or keeps the office, and what was signed there since the last batch.
import type { SittingId } from "#shared/base";
import { mayReadVisits, type PersonRow, type SittingRow } from "#shared/journal";
import { useText } from "../../../i18n/index.ts";
import { Button, Pill } from "../../../ui/index.ts";
import { useVisitCount } from "../use-asked.ts";

export interface WayToOnSiteProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly onOpen: () => void;
}

export function WayToOnSite({ me, sitting, onOpen }: WayToOnSiteProps) {
  const t = useText();
  const unsealed = useUnsealedVisits(sitting.id);
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

/** Visits that no batch covers yet; 0 until main has said so. The window's own tables have none of them. */
export function useUnsealedVisits(sitting: SittingId): number {
  const asked = useVisitCount(sitting);
  return asked.state === "read" ? asked.value.unsealed : 0;
}
