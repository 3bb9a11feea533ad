// A field for one figure. What is typed counts when it is committed: Enter, an arrow, or leaving the field; a figure
// that cannot be is kept in the field, with the reason, and never recorded.
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { isBehindLock, useOwnerBack } from "../../lock/index.ts";
import { classNames, isComposing } from "../../ui/index.ts";
import styles from "./Marking.module.css";

export interface FigureInputProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  /** What is recorded, as text; empty is blank. */
  readonly recorded: string;
  readonly unit?: string;
  readonly decimals: boolean;
  /** The reason in words, or null when the text may be recorded. */
  readonly check: (text: string) => string | null;
  /** What the text is worth, shown as it is typed. */
  readonly worth?: (text: string) => ReactNode;
  readonly commit: (text: string) => void;
  readonly onEnter: () => void;
  /** Takes the focus when it appears, or when this changes to true. */
  readonly focused?: boolean;
  /** The figure typed so far and the beginning of the next one, where the text holds both. */
  readonly split?: (text: string) => { readonly whole: string; readonly rest: string } | null;
  readonly onNext?: (begun: string) => void;
  /** What was typed into the field before was this one's beginning. */
  readonly begun?: string | null;
  readonly onBegun?: () => void;
  readonly large?: boolean;
  readonly testId?: string;
}

export function FigureInput(props: FigureInputProps) {
  const { recorded, check, worth, commit, onEnter, focused = false, split, begun } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const text = typed ?? recorded;
  const problem = check(text);

  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);

  /** True when nothing wrong is left in the field. */
  const settle = (): boolean => {
    if (typed === null) return true;
    if (problem !== null) return false;
    if (typed.trim() !== recorded) commit(typed.trim());
    setTyped(null);
    return true;
  };

  useOwnerBack(input, typed !== null, settle);

  const type = (next: string, event: Event) => {
    const both = isComposing(event as InputEvent) ? null : split?.(next);
    if (!both || check(both.whole) !== null) {
      setTyped(next);
      return;
    }
    if (both.whole !== recorded) commit(both.whole);
    setTyped(null);
    props.onNext?.(both.rest);
  };

  return (
    <div className={classNames(styles.figureInput, props.large && styles.largeFigure)}>
      <label htmlFor={id} className={props.hideLabel ? styles.hiddenLabel : styles.figureLabel}>
        {props.label}
      </label>
      <span className={classNames(styles.figureBox, problem !== null && styles.badFigure)}>
        <input
          ref={input}
          id={id}
          inputMode={props.decimals ? "decimal" : "numeric"}
          autoComplete="off"
          spellCheck={false}
          value={text}
          placeholder="—"
          data-testid={props.testId}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-note`}
          onChange={(event) => type(figureCharacters(event.target.value), event.nativeEvent)}
          onFocus={(event) => {
            if (typeof begun === "string") {
              setTyped(begun);
              props.onBegun?.();
            } else event.target.select();
          }}
          onBlur={({ target }) => {
            if (!isBehindLock(target)) settle();
          }}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return;
            if (event.key === "u" && typed !== null) {
              event.preventDefault();
              setTyped(null);
            } else if (event.key === "Enter") {
              event.preventDefault();
              if (!event.repeat && settle()) onEnter();
            } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
              if (!settle()) event.preventDefault();
            }
          }}
        />
        {props.unit ? <span className={styles.unit}>{props.unit}</span> : null}
      </span>
      <span id={`${id}-note`} className={problem === null ? styles.worth : styles.problem}>
        {problem ?? worth?.(text)}
      </span>
    </div>
  );
}

/** Digits and a point, full width or not; letters are keys of the desk and leave no trace. */
function figureCharacters(text: string): string {
  return text
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[\uff0e\u3002]/g, ".")
    .replace(/[^\d.]/g, "");
}
