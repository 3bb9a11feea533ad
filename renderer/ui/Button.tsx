import type { ReactNode, Ref } from "react";
import {
  Button as AriaButton,
  Tooltip,
  TooltipTrigger,
  type ButtonProps as AriaButtonProps,
} from "react-aria-components";
import styles from "./Button.module.css";
import { classNames } from "./class-names.ts";
import { Kbd } from "./Kbd.tsx";
import { Spinner } from "./Spinner.tsx";

export type ButtonKind = "primary" | "plain" | "quiet" | "danger";

type Passed = Omit<AriaButtonProps, "children" | "className" | "style" | "isPending">;

export interface ButtonProps extends Passed {
  readonly kind?: ButtonKind;
  /** `large` for the one act a screen is about. */
  readonly size?: "regular" | "large";
  /** Work is under way: pressing does nothing, focus stays. */
  readonly busy?: boolean;
  /** Replaces the words while busy. */
  readonly busyText?: string;
  readonly icon?: ReactNode;
  /** A second, smaller line: why it cannot be pressed yet, or what it will do. */
  readonly note?: ReactNode;
  /** The key that does the same; a hint for the eye, the caller binds it. */
  readonly keyHint?: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  kind = "plain",
  size = "regular",
  busy = false,
  busyText,
  icon,
  note,
  keyHint,
  wide = false,
  children,
  ref,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(ref ? { ref } : {})}
      isPending={busy}
      className={classNames(styles.button, styles[kind], styles[size], wide && styles.wide)}
    >
      {busy ? <Spinner /> : icon ? <span className={styles.icon}>{icon}</span> : null}
      <span className={styles.words}>
        <span>{busy && busyText ? busyText : children}</span>
        {note ? <span className={styles.note}>{note}</span> : null}
      </span>
      {keyHint ? <Kbd quiet>{keyHint}</Kbd> : null}
    </AriaButton>
  );
}

export interface IconButtonProps extends Passed {
  /** What it does, in words: its accessible name and its tooltip. */
  readonly label: string;
  readonly kind?: ButtonKind;
  readonly icon: ReactNode;
  readonly busy?: boolean;
  readonly keyHint?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  label,
  kind = "quiet",
  icon,
  busy = false,
  keyHint,
  ref,
  ...rest
}: IconButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      <AriaButton
        {...rest}
        {...(ref ? { ref } : {})}
        aria-label={label}
        isPending={busy}
        className={classNames(styles.button, styles[kind], styles.iconOnly)}
      >
        {busy ? <Spinner /> : <span className={styles.icon}>{icon}</span>}
      </AriaButton>
      <Tooltip className={classNames(styles.tooltip)} offset={6}>
        {label}
        {keyHint ? <Kbd>{keyHint}</Kbd> : null}
      </Tooltip>
    </TooltipTrigger>
  );
}
