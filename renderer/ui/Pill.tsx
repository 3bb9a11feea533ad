import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./Pill.module.css";

export interface PillProps {
  readonly kind?: "neutral" | "action" | "done" | "sealed" | "attention";
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly "data-testid"?: string;
}

/** A fact in a word or two. Not a button. */
export function Pill({ kind = "neutral", icon, children, "data-testid": testId }: PillProps) {
  return (
    <span className={classNames(styles.pill, styles[kind])} data-testid={testId}>
      {icon}
      {children}
    </span>
  );
}
