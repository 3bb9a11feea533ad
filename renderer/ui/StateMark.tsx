import { classNames } from "./class-names.ts";
import styles from "./StateMark.module.css";

export type MarkState = "untouched" | "started" | "done" | "sealed" | "word";

export interface StateMarkProps {
  readonly state: MarkState;
  /** The state in words: visible for `word`, the accessible name for the others. */
  readonly label: string;
  /** How much of `started` is done, 0 to 1. */
  readonly fraction?: number;
  /** The character in a small seal. */
  readonly seal?: string;
  /** Beside other words that already say it. */
  readonly decorative?: boolean;
}

/** State as a shape: open ring, filled arc, tick, cinnabar seal, or a word. Never by colour alone. */
export function StateMark({ state, label, fraction = 0, seal = "签", decorative = false }: StateMarkProps) {
  if (state === "word") return <span className={styles.word}>{label}</span>;
  const named = decorative ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  if (state === "sealed") {
    return (
      <span className={classNames(styles.mark, styles.sealed)} {...named}>
        <span aria-hidden lang="zh-CN">
          {seal}
        </span>
      </span>
    );
  }
  return (
    <span className={styles.mark} {...named}>
      <svg viewBox="0 0 20 20" aria-hidden className={styles[state]}>
        <circle cx="10" cy="10" r="8" className={styles.ring} />
        {state === "started" ? <path d={sector(fraction)} className={styles.arc} /> : null}
        {state === "done" ? <path d="M5.8 10.4l2.8 2.9 5.6-6.2" className={styles.tick} /> : null}
      </svg>
    </span>
  );
}

/** A slice of a disc of radius 6.5, clockwise from twelve. A beginning is visible, and an almost is not a whole. */
function sector(fraction: number): string {
  const turn = Math.min(0.94, Math.max(0.06, fraction)) * 2 * Math.PI;
  const x = (10 + 6.5 * Math.sin(turn)).toFixed(2);
  const y = (10 - 6.5 * Math.cos(turn)).toFixed(2);
  return `M10 10V3.5A6.5 6.5 0 ${turn > Math.PI ? 1 : 0} 1 ${x} ${y}Z`;
}
