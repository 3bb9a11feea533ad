import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./Kbd.module.css";

export interface KbdProps {
  readonly children: ReactNode;
  /** Inside a button: takes the button's colour instead of looking like a key. */
  readonly quiet?: boolean;
}

export function Kbd({ children, quiet = false }: KbdProps) {
  return <kbd className={classNames(styles.key, quiet && styles.quiet)}>{children}</kbd>;
}

export interface KeyHint {
  readonly keys: readonly string[];
  readonly text: string;
}

export interface KeyHintsProps {
  /** What the list is, for screen readers. */
  readonly label: string;
  readonly hints: readonly KeyHint[];
  readonly align?: "start" | "end";
}

/** Keys and what they do, in one line that wraps. */
export function KeyHints({ label, hints, align = "start" }: KeyHintsProps) {
  return (
    <ul className={classNames(styles.hints, align === "end" && styles.end)} aria-label={label}>
      {hints.map((hint) => (
        <li key={hint.text} className={styles.hint}>
          {hint.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
          <span>{hint.text}</span>
        </li>
      ))}
    </ul>
  );
}
