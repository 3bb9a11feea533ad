import {
  createContext,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from "react";
import { Button, IconButton, type ButtonProps, type IconButtonProps } from "./Button.tsx";

export interface Command {
  readonly id: string;
  /** What it is called. */
  readonly text: string;
  /** In another language: it is found by that too. */
  readonly also?: string;
  /** Keys that do the same, as they are printed. */
  readonly keys?: readonly string[];
  /** On this screen, or another one to go to. */
  readonly kind: "act" | "place";
  /** null: keys for the hand, which are told and not offered. */
  readonly run: (() => void) | null;
}

export interface CommandRegistry {
  /** Everything that can be done at this moment. */
  readonly read: () => readonly Command[];
  readonly isOpen: boolean;
  readonly setOpen: (open: boolean) => void;
}

type Source = RefObject<readonly Command[]>;

const CommandContext = createContext<
  (CommandRegistry & { readonly register: (source: Source) => () => void }) | null
>(null);

/** One list of what can be done: whoever shows keys and whoever offers commands reads the same one. */
export function CommandProvider({ children }: { readonly children: ReactNode }) {
  const sources = useRef(new Set<Source>());
  const [isOpen, setOpen] = useState(false);
  const registry = useMemo(
    () => ({
      register: (source: Source) => {
        sources.current.add(source);
        return () => void sources.current.delete(source);
      },
      read: () => [...sources.current].flatMap((source) => source.current),
      isOpen,
      setOpen,
    }),
    [isOpen],
  );
  return <CommandContext value={registry}>{children}</CommandContext>;
}

export function useCommandRegistry(): CommandRegistry {
  return useProvided();
}

/** What can be done as long as the caller is on the screen; a person who may not do it is not told of it. */
export function useCommands(commands: readonly Command[]): void {
  const { register } = useProvided();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  // The registry is another object whenever the palette opens; where commands are kept stays.
  const kept = useRef(register);
  useEffect(() => kept.current(latest), []);
}

export interface OfferedButtonProps extends Omit<ButtonProps, "children" | "onPress"> {
  readonly children: string;
  readonly onPress: () => void;
  readonly "data-testid"?: string;
}

export interface OfferedIconButtonProps extends Omit<IconButtonProps, "onPress"> {
  readonly onPress: () => void;
  readonly "data-testid"?: string;
}

function useOffered(
  text: string,
  run: () => void,
  { isDisabled, busy }: Pick<ButtonProps, "isDisabled" | "busy">,
): void {
  const id = useId();
  const isOffered = isDisabled !== true && busy !== true;
  useCommands(isOffered ? [{ id: `button ${id}`, text, kind: "act", run }] : []);
}

/** A button whose act is offered as a command too, as long as it can be pressed. */
export function OfferedButton({ children, onPress, ...rest }: OfferedButtonProps) {
  useOffered(children, onPress, rest);
  return (
    <Button {...rest} onPress={onPress}>
      {children}
    </Button>
  );
}

/** The same as a picture with its words beside it. */
export function OfferedIconButton({ label, onPress, ...rest }: OfferedIconButtonProps) {
  useOffered(label, onPress, rest);
  return <IconButton {...rest} label={label} onPress={onPress} />;
}

function useProvided() {
  const provided = useContext(CommandContext);
  if (!provided) throw new Error("commands need a UiProvider above them");
  return provided;
}
