// A field left because the laptop locked was not left by its owner: what was being typed waits, and is written when they are back.
import { useEffect, useEffectEvent, type RefObject } from "react";
import { bridge } from "../bridge/index.ts";

/** `isTyping` while something typed is not written yet; `write` is called once its owner is back and the field is not in use. */
export function useOwnerBack(
  field: RefObject<HTMLElement | null>,
  isTyping: boolean,
  write: () => void,
): void {
  const onChanged = useEffectEvent(() => {
    // Said of the lock itself too, while the field still has the focus.
    if (document.activeElement !== field.current) write();
  });
  useEffect(() => (isTyping ? bridge.on("session.changed", () => onChanged()) : undefined), [isTyping]);
}

/** The place behind the lock is inert, which takes the focus out of it. */
export function isBehindLock(field: Element): boolean {
  return field.closest("[inert]") !== null;
}
