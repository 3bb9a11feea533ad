import { useRef, useState, type ReactNode, type Ref } from "react";
import { TextField } from "./TextField.tsx";

export interface SearchFieldProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
  /** What is looked for. */
  readonly value: string;
  readonly onWanted: (text: string) => void;
  readonly onEnter: () => void;
  /** Escape empties the field; what else it means here. */
  readonly onEscape?: () => void;
  readonly autoFocus?: boolean;
  readonly ref: Ref<HTMLInputElement>;
  readonly "data-testid": string;
}

/** What an input method has not finished is not looked for: half a Pinyin syllable is nobody's name. */
export function SearchField({ value, onWanted, onEscape, ...field }: SearchFieldProps) {
  const [unfinished, setUnfinished] = useState<string | null>(null);
  const composing = useRef(false);
  return (
    <TextField
      {...field}
      type="search"
      autoComplete="off"
      spellCheck="false"
      value={unfinished ?? value}
      onChange={(next) => {
        if (composing.current) setUnfinished(next);
        else onWanted(next);
      }}
      onCompositionStart={() => {
        composing.current = true;
        setUnfinished(value);
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        setUnfinished(null);
        if (event.target instanceof HTMLInputElement) onWanted(event.target.value);
      }}
      onKeyDown={({ key }) => {
        if (key !== "Escape" || composing.current) return;
        onWanted("");
        onEscape?.();
      }}
    />
  );
}
