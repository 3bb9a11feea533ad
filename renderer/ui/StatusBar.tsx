import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./StatusBar.module.css";

export interface StatusBarProps {
  /** What the bar is, for screen readers. */
  readonly label: string;
  /** StatusFacts. */
  readonly children: ReactNode;
  /** At the end: KeyHints. */
  readonly keys?: ReactNode;
}

/** The foot of the page: the truth about saving, link and clock. */
export function StatusBar({ label, children, keys }: StatusBarProps) {
  return (
    <footer className={styles.bar} aria-label={label}>
      <ul className={styles.facts}>{children}</ul>
      {keys ? <div className={styles.keys}>{keys}</div> : null}
    </footer>
  );
}

export interface StatusFactProps {
  readonly kind?: "quiet" | "done" | "attention" | "danger";
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly "data-testid"?: string;
}

export function StatusFact({ kind = "quiet", icon, children, "data-testid": testId }: StatusFactProps) {
  return (
    <li className={classNames(styles.fact, styles[kind])} data-testid={testId}>
      {icon}
      {children}
    </li>
  );
}
