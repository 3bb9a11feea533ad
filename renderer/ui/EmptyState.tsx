import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

export interface EmptyStateProps {
  readonly title: string;
  /** One sentence: what to do first, and what will be here then. */
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  /** The first act. */
  readonly action?: ReactNode;
  readonly "data-testid"?: string;
}

export function EmptyState({ title, children, icon, action, "data-testid": testId }: EmptyStateProps) {
  return (
    <div className={styles.empty} data-testid={testId}>
      {icon ? (
        <span className={styles.icon} aria-hidden>
          {icon}
        </span>
      ) : null}
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.words}>{children}</p>
      {action ? <div className={styles.action}>{action}</div> : null}
    </div>
  );
}
