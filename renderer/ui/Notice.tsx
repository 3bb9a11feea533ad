import type { ReactNode } from "react";
import { CircleAlert, CircleCheck, Info, OctagonAlert } from "lucide-react";
import { classNames } from "./class-names.ts";
import styles from "./Notice.module.css";

export type NoticeKind = "info" | "done" | "attention" | "danger";

export interface NoticeProps {
  readonly kind?: NoticeKind;
  /** What happened. */
  readonly title: ReactNode;
  /** What is safe. */
  readonly safe?: ReactNode;
  /** The next step. */
  readonly next?: ReactNode;
  /** Anything else that belongs to it. */
  readonly children?: ReactNode;
  /** Buttons. */
  readonly actions?: ReactNode;
  /** Read out at once (danger), politely, or only when reached. */
  readonly announce?: "now" | "politely" | "never";
  readonly "data-testid"?: string;
}

const icons = { info: Info, done: CircleCheck, attention: CircleAlert, danger: OctagonAlert } as const;

/** Something a person should know: what happened, what is safe, the next step, in that order. */
export function Notice({
  kind = "info",
  title,
  safe,
  next,
  children,
  actions,
  announce = "politely",
  "data-testid": testId,
}: NoticeProps) {
  return (
    <div
      className={classNames(styles.notice, styles[kind])}
      data-testid={testId}
      {...(announce === "never" ? {} : { role: announce === "now" ? "alert" : "status" })}
    >
      <NoticeIcon kind={kind} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {safe ? <p>{safe}</p> : null}
        {next ? <p className={styles.next}>{next}</p> : null}
        {children}
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
    </div>
  );
}

export function NoticeIcon({ kind }: { readonly kind: NoticeKind }) {
  const Icon = icons[kind];
  return <Icon aria-hidden className={styles.icon} />;
}

export interface BannerProps {
  readonly kind?: NoticeKind;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly "data-testid"?: string;
}

/** A strip across the page for what stays true for a long time: a demonstration, a read-only store, no U disk. */
export function Banner({ kind = "attention", children, action, "data-testid": testId }: BannerProps) {
  return (
    <aside className={classNames(styles.banner, styles[kind])} data-testid={testId}>
      <NoticeIcon kind={kind} />
      <span className={styles.words}>{children}</span>
      {action}
    </aside>
  );
}
