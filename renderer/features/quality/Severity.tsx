// How strict each examiner is beside those they sat with (domain 8.4): a dot, a bar for how sure that is, and the same in words. Below
// the least number of sheets the row stays empty: nothing is claimed.
import type { CentreQuality, PersonRow } from "#shared/journal";
import { personName, useText, type Text } from "../../i18n/index.ts";
import { usePeople } from "../../store/index.ts";
import { Panel } from "../../ui/index.ts";
import { DotAndBar, roundAbove, type Axis, type PictureRow } from "./DotAndBar.tsx";
import { signedPoints } from "./figure-words.ts";
import styles from "./Quality.module.css";

type Severity = CentreQuality["severity"];

export function SeverityPanel({ severity }: { readonly severity: Severity }) {
  const t = useText();
  const people = usePeople();
  if (!people) return null;
  const { examiners, allowed, least, leftOut } = severity;
  const isNamed = examiners.some(({ person }) => person !== null);
  return (
    <Panel title={t("quality.severity.title")} data-testid="quality-severity">
      <p>{t("quality.severity.lead", { allowed, least })}</p>
      {examiners.length === 0 ? (
        <p data-testid="quality-severity-none">{t("quality.severity.none")}</p>
      ) : (
        <DotAndBar
          label={t("quality.severity.title")}
          axis={axisFor(severity)}
          rows={rowsOf(examiners, least, people, t)}
          testId="quality-severity-chart"
        />
      )}
      {examiners.length > 0 && !isNamed ? (
        <p className={styles.quiet}>{t("quality.severity.unnamed")}</p>
      ) : null}
      {leftOut > 0 ? (
        <p className={styles.quiet} data-testid="quality-left-out">
          {t("quality.severity.leftOut", { count: leftOut })}
        </p>
      ) : null}
      <p className={styles.quiet}>{t("quality.severity.method")}</p>
    </Panel>
  );
}

/** Nothing in the middle, both ways as far, and never so near that what is allowed fills it. */
function axisFor({ examiners, allowed }: Severity): Axis {
  const reach = examiners.flatMap(({ points, interval }) =>
    points === null ? [] : [points, interval?.low ?? points, interval?.high ?? points],
  );
  const top = roundAbove(Math.max(1.25 * allowed, ...reach.map(Math.abs)));
  return {
    from: -top,
    to: top,
    ticks: [-top, -top / 2, 0, top / 2, top].map((at) => ({
      at,
      text: signedPoints(at).replace(/\.0$/, ""),
    })),
    band: { from: -allowed, to: allowed },
  };
}

function rowsOf(
  examiners: Severity["examiners"],
  least: number,
  people: readonly PersonRow[],
  t: Text,
): PictureRow[] {
  return examiners.map((one, at) => {
    const { person, points, interval, verdict } = one;
    return {
      key: person ?? String(at),
      name: person === null ? t("quality.severity.examiner", { no: at + 1 }) : personName(people, person),
      dot: points,
      bar: interval,
      kind:
        verdict === "milder" || verdict === "stricter" ? "beyond" : verdict === "within" ? "plain" : "quiet",
      words: wordsOf(one, least, t),
    };
  });
}

function wordsOf(
  { points, interval, sheets, verdict }: Severity["examiners"][number],
  least: number,
  t: Text,
): string {
  if (points === null || verdict === "too-few") return t("quality.severity.tooFew", { count: sheets, least });
  const by = signedPoints(points);
  const between = interval
    ? t("quality.severity.between", { low: signedPoints(interval.low), high: signedPoints(interval.high) })
    : t("quality.severity.noInterval");
  return t("quality.severity.says", { verdict: t(`quality.verdict.${verdict}`), by, between, count: sheets });
}
