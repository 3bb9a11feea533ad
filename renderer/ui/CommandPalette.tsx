import { useEffect, useRef, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Label,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  TextField,
} from "react-aria-components";
import { classNames } from "./class-names.ts";
import { isComposing } from "./composition.ts";
import { useCommandRegistry, type Command } from "./Commands.tsx";
import dialog from "./Dialog.module.css";
import field from "./TextField.module.css";
import styles from "./CommandPalette.module.css";
import { Kbd } from "./Kbd.tsx";

export interface CommandPaletteProps {
  readonly label: string;
  readonly placeholder: string;
  /** Headings of the two kinds. */
  readonly headings: Readonly<Record<Command["kind"], string>>;
  /** What something that does not say it itself is called in another language. */
  readonly alsoCalled: (text: string) => string;
  /** Nothing is called that. */
  readonly nothing: string;
}

/** Everything that can be done here and everywhere one may go, by typing a part of its name in either language. */
export function CommandPalette({ label, placeholder, headings, alsoCalled, nothing }: CommandPaletteProps) {
  const { isOpen, setOpen, read } = useCommandRegistry();
  const chosen = useRef<string | null>(null);
  // Done only when the palette is gone: what is done may want the focus, or open something of its own.
  useEffect(() => {
    if (isOpen || chosen.current === null) return;
    const id = chosen.current;
    chosen.current = null;
    read()
      .find((command) => command.id === id)
      ?.run?.();
  }, [isOpen, read]);
  const choose = (id: string) => {
    chosen.current = id;
    setOpen(false);
  };
  return (
    <ModalOverlay
      className={classNames(dialog.veil, styles.veil)}
      isOpen={isOpen}
      onOpenChange={setOpen}
      isDismissable
    >
      <Modal className={classNames(dialog.modal, dialog.regular)}>
        <Dialog
          className={classNames(dialog.dialog, styles.palette)}
          aria-label={label}
          data-testid="palette"
        >
          <List
            {...{ label, placeholder, headings, alsoCalled, nothing }}
            commands={read()}
            onChoose={choose}
          />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function List(
  props: CommandPaletteProps & {
    readonly commands: readonly Command[];
    readonly onChoose: (id: string) => void;
  },
) {
  const { label, placeholder, headings, alsoCalled, nothing, onChoose } = props;
  // As it was when the palette was opened: a list does not move under a finger.
  const [commands] = useState(() => props.commands.filter(({ run }) => run !== null));
  const sections = (["act", "place"] as const)
    .map((kind) => ({ kind, own: commands.filter((command) => command.kind === kind) }))
    .filter(({ own }) => own.length > 0);
  return (
    <div
      className={styles.list}
      onKeyDownCapture={(event) => {
        // Enter and arrows of an input method choose its words and nothing of ours.
        if (isComposing(event.nativeEvent)) event.stopPropagation();
      }}
    >
      <Autocomplete filter={(text, typed) => isMatch(text, typed)}>
        <TextField className={classNames(styles.field)} autoFocus>
          <Label className={classNames(field.hidden)}>{label}</Label>
          <Input
            className={classNames(field.box, styles.input)}
            placeholder={placeholder}
            data-testid="palette-text"
          />
        </TextField>
        {/* The menu is led by the field and never has the focus itself: what scrolls must be reached without it. */}
        <div className={styles.scroll} tabIndex={0}>
          <Menu
            className={classNames(styles.menu)}
            aria-label={label}
            onAction={(id) => onChoose(String(id))}
            renderEmptyState={() => <p className={styles.nothing}>{nothing}</p>}
          >
            {sections.map(({ kind, own }) => (
              <MenuSection key={kind} id={kind}>
                <Header className={classNames(styles.heading)}>{headings[kind]}</Header>
                {own.map((command) => (
                  <MenuItem
                    key={command.id}
                    id={command.id}
                    textValue={`${command.text} ${command.also ?? alsoCalled(command.text)}`}
                    aria-label={command.text}
                    className={classNames(styles.item)}
                    data-testid={`command-${command.id.replaceAll(" ", "-")}`}
                  >
                    <span className={styles.text}>{command.text}</span>
                    {command.keys?.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </MenuItem>
                ))}
              </MenuSection>
            ))}
          </Menu>
        </div>
      </Autocomplete>
    </div>
  );
}

/** Every part that was typed occurs somewhere, in any order. */
export function isMatch(text: string, typed: string): boolean {
  const whole = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => whole.includes(part));
}
