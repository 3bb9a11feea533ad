// Whose sheet this is, and by which rubric.
import { multiply, fraction, fractionToText } from "#shared/base";
import type { Rubric } from "#shared/exam";
import { placeOf, type CandidateRow } from "#shared/journal";
import { useText, wordsIn } from "../../i18n/index.ts";
import { Pill } from "../../ui/index.ts";
import styles from "./Marking.module.css";

/** No ticket: nobody's. */
export type SheetOf = Pick<CandidateRow, "name" | "idMasked" | "rotation" | "place"> & {
  readonly ticketNo: string | null;
};

export function SheetHead({ candidate, rubric }: { readonly candidate: SheetOf; readonly rubric: Rubric }) {
  const t = useText();
  const place = placeOf(candidate);
  const points = fractionToText(
    multiply(fraction(rubric.items.reduce((sum, { max }) => sum + max, 0)), rubric.step),
  );
  return (
    <div className={styles.sheetHead}>
      <div className={styles.whoLine}>
        <h1 className={styles.who} tabIndex={-1}>
          {candidate.name}
        </h1>
        {candidate.ticketNo === null ? null : (
          <span className={styles.quiet}>{t("marking.ticket", { no: candidate.ticketNo })}</span>
        )}
        <span className={styles.quiet}>{candidate.idMasked}</span>
        {place === null ? null : <Pill>{t("marking.place", { no: place })}</Pill>}
        {rubric.illustrative ? <Pill kind="attention">{t("marking.illustrative")}</Pill> : null}
      </div>
      <p className={styles.quiet}>
        {t("marking.sheetTitle", { title: wordsIn(t, rubric.title), items: rubric.items.length, points })}
      </p>
    </div>
  );
}
