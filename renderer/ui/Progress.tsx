import type { ReactNode } from "react";
import { Label, Meter as AriaMeter, ProgressBar as AriaProgressBar } from "react-aria-components";
import { classNames } from "./class-names.ts";
import styles from "./Progress.module.css";

export interface ProgressBarProps {
  /** What is being done. */
  readonly label: string;
  /** null: under way, nobody knows how far. */
  readonly value: number | null;
  readonly max?: number;
  /** How much is done and left, in words: "18 of 30", "about 2 minutes left". */
  readonly text?: string;
  readonly kind?: "action" | "done" | "attention";
  readonly "data-testid"?: string;
}

export function ProgressBar({
  label,
  value,
  max = 100,
  text,
  kind = "action",
  "data-testid": testId,
}: ProgressBarProps) {
  return (
    <AriaProgressBar
      className={classNames(styles.progress)}
      value={value ?? 0}
      maxValue={max}
      isIndeterminate={value === null}
      data-testid={testId}
      {...(text ? { valueLabel: text } : {})}
    >
      {({ percentage, valueText }) => (
        <>
          <span className={styles.heading}>
            <Label>{label}</Label>
            <span className={styles.text}>{value === null ? text : valueText}</span>
          </span>
          <Bar kind={kind} percentage={value === null ? null : (percentage ?? 0)} />
        </>
      )}
    </AriaProgressBar>
  );
}

export interface MeterProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The value in words, for screen readers and when `showText`. */
  readonly text: string;
  readonly kind?: "action" | "done" | "attention" | "danger";
  readonly showLabel?: boolean;
  readonly "data-testid"?: string;
}

/** An amount of something, such as the time that is left. */
export function Meter({
  label,
  value,
  max,
  text,
  kind = "action",
  showLabel = false,
  "data-testid": testId,
}: MeterProps) {
  return (
    <AriaMeter
      className={classNames(styles.progress)}
      value={value}
      maxValue={max}
      valueLabel={text}
      data-testid={testId}
      {...(showLabel ? {} : { "aria-label": label })}
    >
      {({ percentage }) => (
        <>
          {showLabel ? (
            <span className={styles.heading}>
              <Label>{label}</Label>
              <span className={styles.text}>{text}</span>
            </span>
          ) : null}
          <Bar kind={kind} percentage={percentage} />
        </>
      )}
    </AriaMeter>
  );
}

/** An SVG, so that its length is an attribute and needs no style. */
function Bar({ kind, percentage }: { kind: string; percentage: number | null }): ReactNode {
  return (
    <svg className={classNames(styles.bar, styles[kind])} aria-hidden>
      <rect className={styles.track} width="100%" height="100%" />
      {percentage === null ? (
        <rect className={styles.unknown} width="30%" height="100%" />
      ) : (
        <rect className={styles.filled} width={`${percentage}%`} height="100%" />
      )}
    </svg>
  );
}
