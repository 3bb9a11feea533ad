// Keys of the marking desk, wherever the focus is, except where it needs them: not while an input method composes, not
// in a text, not for a key that repeats itself because a finger rests on it.
import { useEffect, useEffectEvent, useRef } from "react";
import { isComposing, useCommandRegistry } from "../../ui/index.ts";
import type { ItemKey } from "./item-keys.ts";

export type DeskKey =
  | ({ readonly kind: "item" } & ItemKey)
  | { readonly kind: "enter" | "up" | "down" | "candidateUp" | "candidateDown" }
  | { readonly kind: "undo" | "redo" | "help" | "veto" | "note" | "find" | "pause" }
  /** Of the open item, or of the whole sheet. */
  | { readonly kind: "evidence"; readonly whole: boolean };

/** `act` answers whether the key meant something. */
export function useDeskKeys(enabled: boolean, act: (key: DeskKey) => boolean): void {
  const composing = useRef(false);
  // What is typed into the palette is repeated on the command it has found, where no field would keep it from the desk.
  const { isOpen: isPaletteOpen } = useCommandRegistry();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || isPaletteOpen || event.defaultPrevented || event.repeat) return;
    if (composing.current || isComposing(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = deskKey(event);
    if (!key || isNeededByFocus(event.target, key)) return;
    if (act(key)) event.preventDefault();
  });
  useEffect(() => {
    const begin = () => (composing.current = true);
    const end = () => (composing.current = false);
    const down = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("compositionstart", begin);
    document.addEventListener("compositionend", end);
    document.addEventListener("keydown", down);
    return () => {
      document.removeEventListener("compositionstart", begin);
      document.removeEventListener("compositionend", end);
      document.removeEventListener("keydown", down);
    };
  }, []);
}

function deskKey({ key, code, shiftKey }: KeyboardEvent): DeskKey | undefined {
  // With Shift the row of digits has other characters as its keys. The numpad is taken by what it means: with NumLock
  // off it moves.
  const digit = /^Digit(\d)$/.exec(code)?.[1] ?? (/^\d$/.test(key) ? key : undefined);
  if (digit !== undefined) return { kind: "item", sign: digit, shift: shiftKey };
  if (key === "-" || key === "=") return { kind: "item", sign: key, shift: false };
  switch (key.toLowerCase()) {
    case "enter":
      return { kind: "enter" };
    case "arrowup":
      return { kind: shiftKey ? "candidateUp" : "up" };
    case "arrowdown":
      return { kind: shiftKey ? "candidateDown" : "down" };
    case "u":
      return { kind: shiftKey ? "redo" : "undo" };
    case "/":
      return { kind: "find" };
    case "?":
      return { kind: "help" };
    case "v":
      return { kind: "veto" };
    case "p":
      return { kind: "pause" };
    case "n":
      return { kind: "note" };
    case "e":
      return { kind: "evidence", whole: shiftKey };
    default:
      return undefined;
  }
}

/** A text keeps every key; a field for figures keeps digits; a button keeps Enter; a choice keeps its arrows. */
function isNeededByFocus(target: EventTarget | null, key: DeskKey): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    const isFigure = ["decimal", "numeric"].includes(target.inputMode);
    const isChoice = target.type === "radio" || target.type === "checkbox";
    return isFigure ? key.kind === "item" || key.kind === "enter" : !isChoice || isMove(key);
  }
  if (target instanceof HTMLTextAreaElement || target.isContentEditable) return true;
  return key.kind === "enter" && target.closest("button, a, [role=button]") !== null;
}

function isMove({ kind }: DeskKey): boolean {
  return kind === "up" || kind === "down" || kind === "enter";
}
