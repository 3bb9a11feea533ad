// Words of a visit: written when the field is left, and when its owner is back after the laptop locked. What could not be written
// stays in the field.
import { useRef, useState } from "react";
import { isBehindLock, useOwnerBack } from "../../../lock/index.ts";
import { TextArea } from "../../../ui/index.ts";

export interface KeptTextProps {
  readonly label: string;
  readonly hint?: string;
  readonly recorded: string;
  readonly maxLength: number;
  readonly rows: number;
  readonly isRequired?: boolean;
  /** Whether it was written. */
  readonly onText: (text: string) => Promise<boolean>;
  readonly testId: string;
}

export function KeptText(props: KeptTextProps) {
  const { label, hint, recorded, maxLength, rows, isRequired = false, onText, testId } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const write = async () => {
    if (typed === null) return;
    if (typed === recorded || (await onText(typed))) setTyped((now) => (now === typed ? null : now));
  };
  useOwnerBack(field, typed !== null, () => void write());
  return (
    <TextArea
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      value={typed ?? recorded}
      onChange={setTyped}
      onBlur={({ target }) => {
        if (!isBehindLock(target)) void write();
      }}
      maxLength={maxLength}
      rows={rows}
      isRequired={isRequired}
      ref={field}
      data-testid={testId}
    />
  );
}
