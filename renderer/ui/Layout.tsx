import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./Layout.module.css";

export interface FrameProps {
  /** A strip above everything: Banner. */
  readonly banner?: ReactNode;
  readonly header?: ReactNode;
  /** The left column: who. */
  readonly left?: ReactNode;
  readonly leftLabel?: string;
  /** The middle, where the work is. */
  readonly children: ReactNode;
  /** The right column: time, total, signing. */
  readonly right?: ReactNode;
  readonly rightLabel?: string;
  /** StatusBar. */
  readonly footer?: ReactNode;
}

/** The whole window: header, up to three columns that scroll on their own, footer. */
export function Frame(props: FrameProps) {
  return (
    <div className={styles.frame}>
      {props.banner}
      {props.header}
      <div className={styles.columns}>
        {props.left ? (
          <aside className={classNames(styles.side, styles.left)} aria-label={props.leftLabel}>
            {props.left}
          </aside>
        ) : null}
        <main className={styles.main}>{props.children}</main>
        {props.right ? (
          <aside className={classNames(styles.side, styles.right)} aria-label={props.rightLabel}>
            {props.right}
          </aside>
        ) : null}
      </div>
      {props.footer}
    </div>
  );
}

export interface TitleBarProps {
  /** The name of the product. */
  readonly brand: string;
  /** What is open: the occupation, the session. */
  readonly context?: ReactNode;
  /** Pills and buttons at the end. */
  readonly children?: ReactNode;
}

export function TitleBar({ brand, context, children }: TitleBarProps) {
  return (
    <header className={styles.titleBar}>
      <span className={styles.brand}>{brand}</span>
      <span className={styles.context}>{context}</span>
      <div className={styles.titleEnd}>{children}</div>
    </header>
  );
}

export interface PageProps {
  readonly title: string;
  /** Beside the title: a Pill, a ticket number. */
  readonly beside?: ReactNode;
  /** Under the title, one line. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly width?: "narrow" | "regular" | "full";
  readonly children: ReactNode;
  readonly "data-testid"?: string;
}

/** The one h1 of a screen and what is under it. */
export function Page({
  title,
  beside,
  lead,
  actions,
  width = "regular",
  children,
  "data-testid": testId,
}: PageProps) {
  return (
    <div className={classNames(styles.page, styles[width])} data-testid={testId}>
      <div className={styles.pageHead}>
        <div className={styles.pageTitles}>
          <div className={styles.titleLine}>
            <h1 className={styles.title}>{title}</h1>
            {beside}
          </div>
          {lead ? <p className={styles.lead}>{lead}</p> : null}
        </div>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
      {children}
    </div>
  );
}

export interface PanelProps {
  readonly title?: ReactNode;
  /** At the end of the title's line: a count, a button. */
  readonly aside?: ReactNode;
  /** `sheet`: a card of paper. `open`: the one being worked on. `bare`: no card, for side columns. */
  readonly kind?: "sheet" | "open" | "bare" | "attention" | "danger";
  readonly children: ReactNode;
  readonly "data-testid"?: string;
}

export function Panel({ title, aside, kind = "sheet", children, "data-testid": testId }: PanelProps) {
  return (
    <section className={classNames(styles.panel, styles[kind])} data-testid={testId}>
      {title || aside ? (
        <div className={styles.panelHead}>
          {title ? <h2 className={styles.panelTitle}>{title}</h2> : <span />}
          {aside ? <div className={styles.panelAside}>{aside}</div> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}

export interface ToolbarProps {
  /** What the tools are for, for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
  /** At the end of the line. */
  readonly end?: ReactNode;
}

export function Toolbar({ label, children, end }: ToolbarProps) {
  return (
    <div className={styles.toolbar} role="group" aria-label={label}>
      <div className={styles.tools}>{children}</div>
      {end ? <div className={styles.tools}>{end}</div> : null}
    </div>
  );
}

/** Fields that belong together, side by side where there is room. */
export function Fields({ children }: { readonly children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}

export interface ChoiceSetProps {
  readonly legend: string;
  readonly children: ReactNode;
}

/** Checkboxes that answer one question. */
export function ChoiceSet({ legend, children }: ChoiceSetProps) {
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

export interface Fact {
  readonly term: string;
  readonly value: ReactNode;
}

export interface FactsProps {
  readonly facts: readonly Fact[];
  /** `rows`: term and value on one line. `figures`: value large over its term, side by side. */
  readonly kind?: "rows" | "figures";
}

export function Facts({ facts, kind = "rows" }: FactsProps) {
  return (
    <dl className={classNames(styles.facts, kind === "figures" && styles.figures)}>
      {facts.map((fact) => (
        <div key={fact.term}>
          <dt>{fact.term}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface FigureProps {
  /** What the figure is. */
  readonly label: string;
  /** null is a dash: blank is never 0. */
  readonly value: string | null;
  /** Smaller, after it: "/ 12", "7 of 12 items". */
  readonly of?: ReactNode;
  readonly kind?: "ink" | "action" | "attention" | "danger";
  readonly hideLabel?: boolean;
  readonly "data-testid"?: string;
}

/** The one number that matters now. */
export function Figure({
  label,
  value,
  of,
  kind = "ink",
  hideLabel = false,
  "data-testid": testId,
}: FigureProps) {
  return (
    <div className={styles.figure} role="group" aria-label={label}>
      {hideLabel ? null : <span className={styles.figureLabel}>{label}</span>}
      <span className={styles.figureLine}>
        <span className={classNames(styles.number, styles[`${kind}Number`])} data-testid={testId}>
          {value ?? "—"}
        </span>
        {of ? <span className={styles.of}>{of}</span> : null}
      </span>
    </div>
  );
}

export interface StackProps {
  readonly children: ReactNode;
  readonly gap?: 1 | 2 | 3 | 4 | 6 | 8;
  readonly direction?: "column" | "row";
  readonly align?: "start" | "center" | "end" | "stretch";
  readonly justify?: "start" | "end" | "between";
}

/** Things in a column, or in a row that wraps. */
export function Stack({
  children,
  gap = 4,
  direction = "column",
  align = "stretch",
  justify = "start",
}: StackProps) {
  return (
    <div
      className={classNames(
        styles.stack,
        styles[direction],
        styles[`gap${gap}`],
        styles[`align-${align}`],
        styles[`justify-${justify}`],
      )}
    >
      {children}
    </div>
  );
}
