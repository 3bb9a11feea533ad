// What a step says in words: what was tried, and what came of it.
import { DRILL_STEPS, type DrillResult, type DrillStep } from "#shared/exam";
import type { DrillDescription } from "#shared/ipc";
import { formatCount, type Text } from "../../i18n/index.ts";

export interface StepLine {
  readonly step: DrillStep;
  readonly state: DrillResult["result"] | "running" | "waiting";
  readonly result: DrillResult | null;
}

/** Every step, as far as the drill has come. */
export function linesOf({
  state,
  step: current,
  results,
}: Pick<DrillDescription, "state" | "step" | "results">): StepLine[] {
  return DRILL_STEPS.map((step) => {
    const result = results.find((one) => one.step === step) ?? null;
    const waiting = state === "running" && step === current ? "running" : "waiting";
    return { step, state: result?.result ?? waiting, result };
  });
}

export function howText(t: Text, { step, tried, stakes }: DrillResult): string {
  return t(`drill.tried.${step}`, { tried: formatCount(tried), stakes: formatCount(stakes) });
}

export function troubleText(t: Text, { trouble, wrong }: DrillResult): string | null {
  return trouble && t(`drill.trouble.${trouble}`, { wrong: formatCount(wrong) });
}

export function timeText(t: Text, ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 1 ? t("drill.underSecond") : t("drill.seconds", { count: seconds });
}
