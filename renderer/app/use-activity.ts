// Tells main that somebody is at the laptop, at most every few seconds: without a word for a while, main locks it.
import { useEffect } from "react";
import { bridge } from "../bridge/index.ts";

const EVERY_MS = 5000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

/** `place`: null while nobody is signed in. */
export function useActivity(place: "desk" | "office" | null): void {
  useEffect(() => {
    if (place === null) return;
    let last = -Infinity;
    const tell = () => {
      const now = performance.now();
      if (now - last < EVERY_MS) return;
      last = now;
      void bridge.call("session.active", { place });
    };
    tell();
    for (const sign of SIGNS) window.addEventListener(sign, tell, { capture: true, passive: true });
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, tell, { capture: true });
    };
  }, [place]);
}
