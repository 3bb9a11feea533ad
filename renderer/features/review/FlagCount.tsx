// At day close: how many flags the sitting raises and of which kind, and who looks at them. Nothing of whom they are about.
import type { ReactNode } from "react";
import { supervisionOffice, type PersonRow, type SittingRow } from "#shared/journal";
import { flagTitle, refusalText, useText } from "../../i18n/index.ts";
import { usePeople } from "../../store/index.ts";
import { Button, Notice, Panel, Spinner } from "../../ui/index.ts";
import styles from "./Review.module.css";
import { useFlagCounts } from "./use-asked.ts";

export interface FlagCountProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly onReview: () => void;
}

export function FlagCount({ me, sitting, onReview }: FlagCountProps) {
  const t = useText();
  return (
    <Panel
      title={t("supervision.countTitle")}
      aside={<WayToReview me={me} sitting={sitting} onReview={onReview} />}
      data-testid="closing-flags"
    >
      <Counted sitting={sitting} />
    </Panel>
  );
}

/** Whoever has an office at the desk is led there; nobody else is offered it. */
export function WayToReview({ me, sitting, onReview }: FlagCountProps): ReactNode {
  const t = useText();
  if (supervisionOffice(me.id, sitting) === null) return null;
  return (
    <Button onPress={onReview} data-testid={`review-open-${sitting.id}`}>
      {t("supervision.open")}
    </Button>
  );
}

function Counted({ sitting }: Pick<FlagCountProps, "sitting">) {
  const t = useText();
  const people = usePeople();
  const asked = useFlagCounts(sitting.id);
  if (asked.state === "reading") {
    return (
      <p>
        <Spinner /> {t("supervision.loading")}
      </p>
    );
  }
  if (asked.state === "refused") {
    return (
      <Notice
        kind="danger"
        title={refusalText(t, asked.refusal)}
        actions={<Button onPress={asked.again}>{t("supervision.again")}</Button>}
        data-testid="closing-flags-refused"
      />
    );
  }
  const { counts } = asked.value;
  const count = counts.reduce((sum, one) => sum + one.count, 0);
  const open = counts.reduce((sum, one) => sum + one.open, 0);
  if (count === 0) return <p data-testid="closing-flags-none">{t("supervision.countNone")}</p>;
  const supervisor = people?.find(({ id }) => id === sitting.supervisor);
  return (
    <>
      <p data-testid="closing-flags-count" data-value={count} data-open={open}>
        {t(open === 0 ? "supervision.countSeen" : "supervision.countSome", { count })}
      </p>
      <ul className={styles.counts}>
        {counts.map((one) => (
          <li key={one.code} data-testid={`closing-flag-${one.code}`}>
            {t(lineOf(one), { title: flagTitle(t, one.code), count: one.count, open: one.open })}
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>
        {supervisor ? t("supervision.countWay", { name: supervisor.name }) : t("supervision.countNobody")}
      </p>
    </>
  );
}

function lineOf({ count, open }: { readonly count: number; readonly open: number }) {
  if (open === count) return "supervision.countLine";
  return open === 0 ? "supervision.countLineSeen" : "supervision.countLineSome";
}
