// Of a sheet that is signed: how much time was given back, and why.
import type { Sheet } from "#shared/exam";
import { sheetTime } from "#shared/rules";
import { formatDuration, pauseText, useText } from "../../../i18n/index.ts";
import styles from "../Marking.module.css";

export function TimeGivenBack({ sheet }: { readonly sheet: Sheet }) {
  const t = useText();
  if (!sheet.signature || sheet.pauses.length === 0) return null;
  const { givenBackMs } = sheetTime(sheet, sheet.signature.at);
  const reasons = [...new Set(sheet.pauses.map(({ reason }) => pauseText(t, reason)))];
  return (
    <p className={styles.quiet} data-testid="given-back">
      {t("pause.givenOf", {
        time: formatDuration(givenBackMs),
        reasons: reasons.join(t.locale === "en" ? ", " : "、"),
      })}
    </p>
  );
}
