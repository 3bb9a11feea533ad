// The drill as main holds it, and the sheet of this laptop with what it is worth now.
import { useEffect, useState } from "react";
import { readinessOf, type Readiness, type ReadinessState } from "#shared/exam";
import type { DrillDescription } from "#shared/ipc";
import type { CentreRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { useReadiness } from "../../store/index.ts";

export function useDrill(): DrillDescription | null {
  const [drill, setDrill] = useState<DrillDescription | null>(null);
  useEffect(() => {
    let asked = 0;
    const ask = async () => {
      const question = (asked += 1);
      const described = await bridge.call("drill.describe", {});
      if (described.ok && question === asked) setDrill(described.value);
    };
    const stop = bridge.on("drill.changed", () => void ask());
    void ask();
    return () => {
      asked = Infinity;
      stop();
    };
  }, []);
  return drill;
}

export interface ReadinessHere {
  readonly drill: Readiness | null;
  readonly state: ReadinessState;
  readonly validDays: number;
  /** Is a sitting prepared without a green one: not asked, said, or refused? */
  readonly asks: "OFF" | "WARN" | "REQUIRE";
}

/** Undefined while the store is read. */
export function useReadinessHere(centre: CentreRow, build: string): ReadinessHere | undefined {
  const drill = useReadiness(centre.device);
  // The day on which the screen was opened: a sheet counts days, not minutes.
  const [wall] = useState(() => Date.now());
  if (drill === undefined) return undefined;
  const policy = centre.permit?.reference.policy;
  const validDays = policy?.drillValidDays.value ?? 30;
  return {
    drill,
    state: readinessOf(drill, { build, wall, validDays }),
    validDays,
    asks: policy?.drillBeforeDay.value ?? "WARN",
  };
}
