// The film's handle: a slider that arrows, Home and End move, play and pause, and a way from one flagged entry to the next. Where
// the system asks for less motion nothing plays by itself.
import { Pause, Play, SkipBack, SkipForward, StepBack, StepForward } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useText } from "../../i18n/index.ts";
import { IconButton } from "../../ui/index.ts";
import styles from "./Review.module.css";

export interface ScrubberProps {
  /** Which step is shown, from 0. */
  readonly at: number;
  readonly count: number;
  /** Steps that a flag is about, ascending. */
  readonly flagged: readonly number[];
  /** The step at which the panel's sheets lie open; -1 for none. */
  readonly revealed: number;
  /** The step in words, for whoever hears it. */
  readonly valueText: string;
  readonly onPlace: (at: number) => void;
}

const STEP_MS = 700;

export function Scrubber({ at, count, flagged, revealed, valueText, onPlace }: ScrubberProps) {
  const t = useText();
  const isStill = useReducedMotion();
  const [wantsPlay, setWantsPlay] = useState(false);
  const last = count - 1;
  const isPlaying = wantsPlay && at < last && !isStill;
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(() => onPlace(at + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, at, onPlace]);
  const go = (next: number) => {
    setWantsPlay(false);
    onPlace(Math.min(last, Math.max(0, next)));
  };
  const toggle = () => {
    // From the end it plays again from the beginning.
    if (!isPlaying && at === last) onPlace(0);
    setWantsPlay(!isPlaying);
  };
  const before = flagged.findLast((step) => step < at);
  const after = flagged.find((step) => step > at);
  return (
    <div className={styles.scrubber} role="group" aria-label={t("supervision.film.slider")}>
      <div className={styles.buttons}>
        {isStill ? null : (
          <IconButton
            kind="primary"
            label={t(isPlaying ? "supervision.film.pause" : "supervision.film.play")}
            icon={isPlaying ? <Pause /> : <Play />}
            onPress={toggle}
            data-testid="film-play"
            data-playing={isPlaying}
          />
        )}
        <IconButton
          label={t("supervision.film.previous")}
          icon={<StepBack />}
          isDisabled={at === 0}
          onPress={() => go(at - 1)}
          data-testid="film-previous"
        />
        <IconButton
          label={t("supervision.film.next")}
          icon={<StepForward />}
          isDisabled={at === last}
          onPress={() => go(at + 1)}
          data-testid="film-next"
        />
      </div>
      <div className={styles.track}>
        <input
          type="range"
          className={styles.range}
          min={0}
          max={last}
          step={1}
          value={at}
          aria-label={t("supervision.film.slider")}
          aria-valuetext={valueText}
          onChange={(event) => go(event.target.valueAsNumber)}
          onKeyDown={(event) => {
            if (event.key !== " " || isStill || event.repeat) return;
            event.preventDefault();
            toggle();
          }}
          data-testid="film-slider"
        />
        <svg
          className={styles.marks}
          viewBox={`0 0 ${String(Math.max(1, last))} 1`}
          preserveAspectRatio="none"
          aria-hidden
        >
          {revealed >= 0 ? (
            <rect className={styles.reveal} x={revealed - 0.1} width={0.2} height={1} />
          ) : null}
          {flagged.map((step) => (
            <rect key={step} className={styles.flagged} x={step - 0.1} width={0.2} height={1} />
          ))}
        </svg>
        <p className={styles.quiet}>{t(isStill ? "supervision.film.still" : "supervision.film.keys")}</p>
      </div>
      <div className={styles.buttons}>
        <IconButton
          label={t("supervision.film.flaggedBefore")}
          icon={<SkipBack />}
          isDisabled={before === undefined}
          onPress={() => go(before ?? at)}
          data-testid="film-flagged-before"
        />
        <IconButton
          label={t("supervision.film.flaggedAfter")}
          icon={<SkipForward />}
          isDisabled={after === undefined}
          onPress={() => go(after ?? at)}
          data-testid="film-flagged-after"
        />
      </div>
    </div>
  );
}

const MOTION = "(prefers-reduced-motion: reduce)";

function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(MOTION);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => matchMedia(MOTION).matches,
  );
}
