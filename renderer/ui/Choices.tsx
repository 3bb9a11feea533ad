import type { ReactNode } from "react";
import { Check, Minus } from "lucide-react";
import {
  CheckboxButton,
  CheckboxField,
  FieldError,
  Label,
  RadioButton,
  RadioField,
  RadioGroup as AriaRadioGroup,
  Text,
} from "react-aria-components";
import { classNames } from "./class-names.ts";
import field from "./TextField.module.css";
import styles from "./Choices.module.css";
import { Kbd } from "./Kbd.tsx";
import type { Choice } from "./Select.tsx";

export interface CheckboxProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly description?: ReactNode;
  /** Neither yes nor no: some of a list. */
  readonly isIndeterminate?: boolean;
  readonly isDisabled?: boolean;
  readonly name?: string;
  readonly "data-testid"?: string;
}

export function Checkbox({
  children,
  isSelected,
  onChange,
  description,
  isIndeterminate = false,
  isDisabled = false,
  name,
  "data-testid": testId,
}: CheckboxProps) {
  return (
    <CheckboxField
      className={classNames(styles.option)}
      isSelected={isSelected}
      onChange={onChange}
      isIndeterminate={isIndeterminate}
      isDisabled={isDisabled}
      {...(name ? { name } : {})}
    >
      <CheckboxButton className={classNames(styles.check)} data-testid={testId}>
        <span className={styles.tickBox} aria-hidden>
          {isIndeterminate ? <Minus /> : <Check />}
        </span>
        <span>{children}</span>
      </CheckboxButton>
      {description ? <OptionNote>{description}</OptionNote> : null}
    </CheckboxField>
  );
}

interface OneOfProps<V extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly choices: readonly Choice<V>[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
  readonly isDisabled?: boolean;
  readonly name?: string;
  readonly "data-testid"?: string;
}

export interface RadioGroupProps<V extends string> extends OneOfProps<V> {
  readonly orientation?: "vertical" | "horizontal";
}

export function RadioGroup<V extends string>({ orientation = "vertical", ...props }: RadioGroupProps<V>) {
  return (
    <OneOf
      {...props}
      className={classNames(styles.radios, orientation === "horizontal" && styles.across)}
      orientation={orientation}
    >
      {(choice) => (
        <RadioField
          key={choice.value}
          value={choice.value}
          isDisabled={choice.disabled ?? false}
          className={classNames(styles.option)}
        >
          <RadioButton className={classNames(styles.check)}>
            <span className={styles.dot} aria-hidden />
            <span>{choice.label}</span>
          </RadioButton>
          {choice.description ? <OptionNote>{choice.description}</OptionNote> : null}
        </RadioField>
      )}
    </OneOf>
  );
}

export interface SegmentedChoiceProps<V extends string> extends OneOfProps<V> {
  /** Keys that choose each one, in order: hints for the eye, the caller binds them. */
  readonly keyHints?: readonly string[];
}

/** One of a few, side by side: a filter, a theme, a judgement level. */
export function SegmentedChoice<V extends string>({ keyHints, ...props }: SegmentedChoiceProps<V>) {
  return (
    <OneOf {...props} className={classNames(styles.segments)} orientation="horizontal">
      {(choice, index) => (
        <RadioField key={choice.value} value={choice.value} isDisabled={choice.disabled ?? false}>
          <RadioButton className={classNames(styles.segment)}>
            {keyHints?.[index] ? <Kbd quiet>{keyHints[index]}</Kbd> : null}
            <span className={styles.words}>
              <span>{choice.label}</span>
              {choice.description ? <span className={styles.segmentNote}>{choice.description}</span> : null}
            </span>
          </RadioButton>
        </RadioField>
      )}
    </OneOf>
  );
}

function OptionNote({ children }: { readonly children: ReactNode }) {
  return (
    <Text slot="description" className={classNames(styles.note)}>
      {children}
    </Text>
  );
}

function OneOf<V extends string>({
  label,
  hideLabel = false,
  choices,
  value,
  onChange,
  description,
  error,
  isDisabled = false,
  name,
  "data-testid": testId,
  className,
  orientation,
  children,
}: OneOfProps<V> & {
  readonly className: string;
  readonly orientation: "vertical" | "horizontal";
  readonly children: (choice: Choice<V>, index: number) => ReactNode;
}) {
  return (
    <AriaRadioGroup
      className={classNames(field.field)}
      value={value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen) onChange(chosen.value);
      }}
      orientation={orientation}
      isDisabled={isDisabled}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      data-testid={testId}
      {...(name ? { name } : {})}
    >
      <Label className={classNames(field.label, hideLabel && field.hidden)}>{label}</Label>
      <div className={className}>{choices.map(children)}</div>
      {description && !error ? (
        <Text slot="description" className={classNames(field.description)}>
          {description}
        </Text>
      ) : null}
      <FieldError className={classNames(field.error)}>{error}</FieldError>
    </AriaRadioGroup>
  );
}
