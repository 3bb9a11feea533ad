// Focus is never lost: when the control that had it goes away (a button whose act is done, the lock over a desk), it goes to the
// heading of what is shown, so that the next Tab and a screen reader start there and not at the top of the window.
import { useEffect, type RefObject } from "react";

export function useKeptFocus(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let had: Element | null = null;
    let frame = 0;
    const note = ({ target }: FocusEvent) => {
      if (target instanceof Element) had = target;
    };
    const keep = () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (!isLost || !had || !isGone(had)) return;
      if (focusHeading(place.current)) had = document.activeElement;
    };
    // A dialog that closes gives the focus back by itself, a frame later.
    const look = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(keep);
      });
    };
    const changes = new MutationObserver(look);
    document.addEventListener("focusin", note);
    changes.observe(document.body, {
      ...{ childList: true, subtree: true },
      attributeFilter: ["disabled", "inert"],
    });
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      document.removeEventListener("focusin", note);
    };
  }, [place]);
}

/** The title of the screen, or of what stands in its place; false behind the lock, where nothing may take the focus. */
export function focusHeading(place: HTMLElement | null): boolean {
  const heading = place?.querySelector<HTMLElement>("h1") ?? place?.querySelector<HTMLElement>("h2");
  if (!heading || heading.closest("[inert]")) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}

/** A press on an empty spot takes the focus too, and is meant: only a control that cannot have it any more is gone. */
function isGone(control: Element): boolean {
  return !control.isConnected || control.matches(":disabled") || control.closest("[inert]") !== null;
}
