// How far the copy on the second medium is.
import { useEffect, useState } from "react";
import type { MediumDescription } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";

/** Null until it is known; told again whenever it changes. */
export function useMedium(): MediumDescription | null {
  const [medium, setMedium] = useState<MediumDescription | null>(null);
  useEffect(() => {
    let asked = 0;
    const ask = async () => {
      const question = (asked += 1);
      const described = await bridge.call("medium.describe", {});
      if (described.ok && question === asked) setMedium(described.value);
    };
    const stop = bridge.on("medium.changed", () => void ask());
    void ask();
    return () => {
      asked = Infinity;
      stop();
    };
  }, []);
  return medium;
}
