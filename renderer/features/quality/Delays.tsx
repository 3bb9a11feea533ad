// How long sheets wait for their sealing, and batches for the registry's receipt: the bar from the quickest to the slowest, the dot
// where half of them were done.
import type { CentreQuality, Delay } from "#shared/journal";
import { useText, type Text } from "../../i18n/index.ts";
import { Panel } from "../../ui/index.ts";
import { axisUpTo, DotAndBar, type Axis, type PictureRow } from "./DotAndBar.tsx";
import { durationText } from "./figure-words.ts";

const WAYS = ["sealing", "receipt"] as const;
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

export function DelaysPanel({ delays }: Pick<CentreQuality, "delays">) {
  const t = useText();
  return (
    <Panel title={t("quality.delay.title")} data-testid="quality-delays">
      <p>{t("quality.delay.lead")}</p>
      <DotAndBar
        label={t("quality.delay.title")}
        axis={axisFor(delays, t)}
        rows={WAYS.map((way): PictureRow => {
          const { times } = delays[way];
          return {
            key: way,
            name: t(`quality.delay.${way}.name`),
            dot: times?.middle ?? null,
            bar: times && { low: times.shortest, high: times.longest },
            kind: "plain",
            words: wordsOf(delays[way], way, t),
          };
        })}
        testId="quality-delays-chart"
      />
    </Panel>
  );
}

/** In the unit of its far end. */
function axisFor(delays: CentreQuality["delays"], t: Text): Axis {
  const longest = Math.max(MINUTE, ...WAYS.map((way) => delays[way].times?.longest ?? 0));
  const unit = longest < HOUR ? MINUTE : longest < 2 * DAY ? HOUR : DAY;
  const { to, ticks } = axisUpTo(longest / unit, (value) => durationText(t, value * unit));
  return { from: 0, to: to * unit, ticks: ticks.map(({ at, text }) => ({ at: at * unit, text })) };
}

function wordsOf({ count, open, doubtful, times }: Delay, way: (typeof WAYS)[number], t: Text): string {
  const done = times
    ? t(`quality.delay.${way}.says`, {
        count,
        middle: durationText(t, times.middle),
        shortest: durationText(t, times.shortest),
        longest: durationText(t, times.longest),
      })
    : t(`quality.delay.${way}.none`);
  return [
    done,
    ...(open > 0 ? [t(`quality.delay.${way}.open`, { count: open })] : []),
    ...(doubtful > 0 ? [t("quality.delay.doubtful", { count: doubtful })] : []),
  ].join(t.locale === "en" ? " " : "");
}
