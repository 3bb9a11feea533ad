import type { ReactNode } from "react";
import { Check, ChevronDown } from "lucide-react";
import {
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from "react-aria-components";
import { classNames } from "./class-names.ts";
import field from "./TextField.module.css";
import styles from "./Select.module.css";

export interface Choice<V extends string = string> {
  readonly value: V;
  readonly label: string;
  readonly description?: ReactNode;
  readonly disabled?: boolean;
}

export interface SelectProps<V extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly choices: readonly Choice<V>[];
  /** null: nothing chosen yet. */
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  /** Shown while nothing is chosen. */
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
  readonly isDisabled?: boolean;
  readonly name?: string;
  readonly "data-testid"?: string;
}

export function Select<V extends string>({
  label,
  hideLabel = false,
  choices,
  value,
  onChange,
  placeholder = "—",
  description,
  error,
  isDisabled = false,
  name,
  "data-testid": testId,
}: SelectProps<V>) {
  return (
    <AriaSelect
      className={classNames(field.field)}
      value={value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen) onChange(chosen.value);
      }}
      isDisabled={isDisabled}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      placeholder={placeholder}
      {...(name ? { name } : {})}
    >
      <Label className={classNames(field.label, hideLabel && field.hidden)}>{label}</Label>
      <Button className={classNames(field.box, styles.button)} data-testid={testId}>
        <SelectValue className={classNames(styles.value)}>
          {/* The words alone: an option's tick and note belong to the list. */}
          {({ isPlaceholder, selectedText, defaultChildren }) =>
            isPlaceholder ? defaultChildren : selectedText
          }
        </SelectValue>
        <ChevronDown aria-hidden className={styles.chevron} />
      </Button>
      {description && !error ? (
        <Text slot="description" className={classNames(field.description)}>
          {description}
        </Text>
      ) : null}
      <FieldError className={classNames(field.error)}>{error}</FieldError>
      <Popover className={classNames(styles.popover)} offset={4}>
        <ListBox
          className={classNames(styles.list)}
          items={choices.map((choice) => ({ ...choice, id: choice.value }))}
        >
          {(choice) => (
            <ListBoxItem
              id={choice.value}
              textValue={choice.label}
              isDisabled={choice.disabled ?? false}
              className={classNames(styles.option)}
            >
              <Check aria-hidden className={styles.tick} />
              <span className={styles.optionWords}>
                <Text slot="label">{choice.label}</Text>
                {choice.description ? (
                  <Text slot="description" className={classNames(styles.optionNote)}>
                    {choice.description}
                  </Text>
                ) : null}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
