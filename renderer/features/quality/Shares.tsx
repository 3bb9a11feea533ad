// What became of signed sheets, each so many of so many; and how many supervision flags there are in a hundred of them.
import type { CentreQuality } from "#shared/journal";
import { CENTRE_SHARES } from "#shared/journal";
import { FLAG_CODES, perHundred } from "#shared/rules";
import { flagTitle, refusalText, useText } from "../../i18n/index.ts";
import { Button, Notice, Panel, ProgressBar } from "../../ui/index.ts";
import { axisUpTo, DotAndBar, type PictureRow } from "./DotAndBar.tsx";
import { perHundredText } from "./figure-words.ts";
import styles from "./Quality.module.css";
import { useFlagsOf } from "./use-quality.ts";

export function SharesPanel({ shares }: Pick<CentreQuality, "shares">) {
  const t = useText();
  const rows = CENTRE_SHARES.map((name): PictureRow => {
    const share = shares[name];
    const rate = perHundred(share, "share");
    return {
      key: name,
      name: t(`quality.share.${name}.name`),
      dot: rate?.perHundred ?? null,
      bar: rate,
      kind: "plain",
      words: rate
        ? t(`quality.share.${name}.says`, {
            ...share,
            rate: perHundredText(rate.perHundred),
            low: perHundredText(rate.low),
            high: perHundredText(rate.high),
          })
        : t(`quality.share.${name}.none`),
    };
  });
  return (
    <Panel title={t("quality.share.title")} data-testid="quality-shares">
      <p>{t("quality.share.lead")}</p>
      <DotAndBar
        label={t("quality.share.title")}
        axis={axisUpTo(100, String)}
        rows={rows}
        testId="quality-shares-chart"
      />
    </Panel>
  );
}

export function FlagsPanel({ sittings }: Pick<CentreQuality, "sittings">) {
  const t = useText();
  const { done, counted, counts, closed, refusal, again } = useFlagsOf(sittings.map(({ id }) => id));
  const signed = sittings.reduce((sum, one) => sum + (counted.includes(one.id) ? one.signed : 0), 0);
  const isRead = done === sittings.length;
  const raised = FLAG_CODES.flatMap((code) => {
    const hits = counts.get(code) ?? 0;
    const rate = perHundred({ hits, of: signed }, "rate");
    return hits > 0 && rate ? [{ code, hits, rate }] : [];
  });
  return (
    <Panel title={t("quality.flags.title")} data-testid="quality-flags">
      <p>{t("quality.flags.lead")}</p>
      {refusal ? (
        <Notice
          kind="danger"
          title={refusalText(t, refusal)}
          actions={<Button onPress={again}>{t("supervision.again")}</Button>}
          data-testid="quality-flags-refused"
        />
      ) : !isRead ? (
        <ProgressBar
          label={t("supervision.loading")}
          value={done}
          max={sittings.length}
          text={t("quality.flags.read", { done, all: sittings.length })}
          data-testid="quality-flags-reading"
        />
      ) : raised.length === 0 ? (
        <p data-testid="quality-flags-none">{t("quality.flags.none")}</p>
      ) : (
        <DotAndBar
          label={t("quality.flags.title")}
          axis={axisUpTo(Math.max(...raised.map(({ rate }) => rate.high)), String)}
          rows={raised.map(({ code, hits, rate }) => ({
            key: code,
            name: flagTitle(t, code),
            dot: rate.perHundred,
            bar: rate,
            kind: "plain",
            words: t("quality.flags.says", {
              count: hits,
              signed,
              rate: perHundredText(rate.perHundred),
              low: perHundredText(rate.low),
              high: perHundredText(rate.high),
            }),
          }))}
          testId="quality-flags-chart"
        />
      )}
      {closed > 0 ? <p className={styles.quiet}>{t("quality.flags.closed", { count: closed })}</p> : null}
    </Panel>
  );
}
