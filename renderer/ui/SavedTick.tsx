import { Check, OctagonAlert } from "lucide-react";
import { classNames } from "./class-names.ts";
import styles from "./SavedTick.module.css";
import { Spinner } from "./Spinner.tsx";

export interface SavedTickProps {
  /** `saved` is said only after the disk has said it. */
  readonly state: "saving" | "saved" | "refused";
  /** The state in words. */
  readonly text: string;
  /** The words are read out and shown as a tooltip, the shape alone is in sight. */
  readonly compact?: boolean;
  readonly "data-testid"?: string;
}

export function SavedTick({ state, text, compact = false, "data-testid": testId }: SavedTickProps) {
  return (
    <span
      className={classNames(styles.tick, styles[state])}
      data-testid={testId}
      data-state={state}
      {...(compact ? { role: "img", "aria-label": text, title: text } : {})}
    >
      {state === "saving" ? (
        <Spinner />
      ) : state === "saved" ? (
        <Check aria-hidden />
      ) : (
        <OctagonAlert aria-hidden />
      )}
      {compact ? null : text}
    </span>
  );
}
