// Who is signed in, as main says it: asked once, and again whenever main says that it changed.
import { useEffect, useState } from "react";
import type { SessionDescription } from "#shared/ipc";
import { bridge } from "../bridge/index.ts";
import { useCentre } from "../store/index.ts";

/** Null until main has answered for the first time. */
export function useSession(): SessionDescription | null {
  const [session, setSession] = useState<SessionDescription | null>(null);
  const isOpen = (useCentre() ?? null) !== null;
  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      const answer = await bridge.call("session.describe", {});
      if (isCurrent && answer.ok) setSession(answer.value);
    };
    void ask();
    const stop = bridge.on("session.changed", () => void ask());
    return () => {
      isCurrent = false;
      stop();
    };
  }, [isOpen]); // a centre that was just opened has people, and the demonstration its PINs
  return session;
}
