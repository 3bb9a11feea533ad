import type { ReactNode, Ref } from "react";
import {
  FieldError,
  Group,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components";
import { classNames } from "./class-names.ts";
import { isComposing } from "./composition.ts";
import styles from "./TextField.module.css";

type Passed = Omit<AriaTextFieldProps, "children" | "className" | "style" | "validate" | "isInvalid">;

interface FieldWords {
  readonly label: string;
  /** The label stays readable to screen readers only. */
  readonly hideLabel?: boolean;
  readonly description?: ReactNode;
  /** What is wrong and what to do; absent or empty means nothing is. */
  readonly error?: string | undefined;
}

export interface TextFieldProps extends Passed, FieldWords {
  readonly placeholder?: string;
  /** A unit or an icon inside the field. */
  readonly prefix?: ReactNode;
  readonly suffix?: ReactNode;
  readonly size?: "regular" | "large";
  /** Enter, except while an input method composes: then it belongs to the input method. */
  readonly onEnter?: () => void;
  readonly ref?: Ref<HTMLInputElement>;
  /** On the input itself, where tests type. */
  readonly "data-testid"?: string;
}

export function TextField({
  label,
  hideLabel = false,
  description,
  error,
  placeholder,
  prefix,
  suffix,
  size = "regular",
  onEnter,
  onKeyDown,
  ref,
  "data-testid": testId,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      {...rest}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={classNames(styles.field)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && isComposing(event.nativeEvent)) return;
        onKeyDown?.(event);
        if (event.key === "Enter" && onEnter) {
          event.preventDefault();
          // A finger that rests on the key means one Enter.
          if (!event.nativeEvent.repeat) onEnter();
          return;
        }
        // react-aria keeps a handled key to itself; Escape and the page's own keys must get through.
        event.continuePropagation();
      }}
    >
      <FieldLabel label={label} hidden={hideLabel} required={rest.isRequired} />
      <Group className={classNames(styles.box, size === "large" && styles.large)}>
        {prefix ? <span className={styles.affix}>{prefix}</span> : null}
        <Input
          className={classNames(styles.input)}
          data-testid={testId}
          {...(placeholder ? { placeholder } : {})}
          {...(ref ? { ref } : {})}
        />
        {suffix ? <span className={styles.affix}>{suffix}</span> : null}
      </Group>
      <FieldFoot description={description} error={error} />
    </AriaTextField>
  );
}

/** Digits with at most one point; the text stays text, an empty field stays empty and never becomes 0. */
export interface NumberFieldProps extends Omit<TextFieldProps, "inputMode" | "type"> {
  readonly decimals?: boolean;
}

export function NumberField({ decimals = false, onChange, ...rest }: NumberFieldProps) {
  return (
    <TextField
      {...rest}
      inputMode={decimals ? "decimal" : "numeric"}
      autoComplete="off"
      {...(onChange ? { onChange: (text: string) => onChange(halfWidth(text)) } : {})}
    />
  );
}

/** What an input method types in full-width mode, as the digits it means. */
function halfWidth(text: string): string {
  return text
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[\uff0e\u3002]/g, ".")
    .replace(/[\uff0d\u2212]/g, "-");
}

export interface TextAreaProps extends Passed, FieldWords {
  readonly placeholder?: string;
  readonly rows?: number;
  readonly ref?: Ref<HTMLTextAreaElement>;
  readonly "data-testid"?: string;
}

export function TextArea({
  label,
  hideLabel = false,
  description,
  error,
  placeholder,
  rows = 3,
  ref,
  "data-testid": testId,
  ...rest
}: TextAreaProps) {
  return (
    <AriaTextField
      {...rest}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={classNames(styles.field)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={rest.isRequired} />
      <AriaTextArea
        className={classNames(styles.box, styles.area)}
        rows={rows}
        data-testid={testId}
        {...(placeholder ? { placeholder } : {})}
        {...(ref ? { ref } : {})}
      />
      <FieldFoot description={description} error={error} />
    </AriaTextField>
  );
}

function FieldLabel(props: { label: string; hidden: boolean; required: boolean | undefined }) {
  return (
    <Label className={classNames(styles.label, props.hidden && styles.hidden)}>
      {props.label}
      {props.required ? (
        <span className={styles.required} aria-hidden>
          *
        </span>
      ) : null}
    </Label>
  );
}

function FieldFoot({ description, error }: Pick<FieldWords, "description" | "error">) {
  return (
    <>
      {description && !error ? (
        <Text slot="description" className={classNames(styles.description)}>
          {description}
        </Text>
      ) : null}
      <FieldError className={classNames(styles.error)}>{error}</FieldError>
    </>
  );
}
