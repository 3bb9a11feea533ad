// Who is at the laptop, as main says; asked again whenever main says that it changed, and once a centre was opened: only
// then has the demonstration its PINs.
import { useEffect, useState } from "react";
import type { SessionDescription } from "#shared/ipc";
import { bridge } from "../bridge/index.ts";
import { useCentre } from "../store/index.ts";

export function useSession(): SessionDescription | null {
  const [session, setSession] = useState<SessionDescription | null>(null);
  const isOpen = (useCentre() ?? null) !== null;
  useEffect(() => {
    let asked = 0;
    const ask = async () => {
      const question = (asked += 1);
      const described = await bridge.call("session.describe", {});
      if (described.ok && question === asked) setSession(described.value);
    };
    const stop = bridge.on("session.changed", () => void ask());
    void ask();
    return () => {
      asked = Infinity;
      stop();
    };
  }, [isOpen]);
  return session;
}
