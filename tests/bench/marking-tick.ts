// From the key press, as the window got it, to the frame in which the item's tick is solid again; beside as many bytes
// written and flushed by main, in turns in one run.
import { startSheet } from "../support/day-steps.ts";
import type { DrivenApp } from "../support/drive-app.ts";
import { percentile, rounded, type Goal } from "../support/measured.ts";
import { bytesOfAMark, REST_MS, sampleFlush } from "./raw-flush.ts";

const TURNS = 6;
/** A multiple of three: the turns go round three levels, and the same level twice is no act. */
const SAMPLES = 42;
const FRAME_MS = 1000 / 60;
const PATIENCE_MS = 10_000;

export async function tickFigures(
  app: DrivenApp,
): Promise<{ figures: Record<string, number>; goals: Record<string, Goal> }> {
  const { window, electron, profile } = app;
  await startSheet(app, 2);
  // The third item is a level: every digit is another value.
  await window.keyboard.press("ArrowDown");
  await window.keyboard.press("ArrowDown");
  await watchTick(app);
  // Warms up what the first presses pay for, too.
  const bytes = await bytesOfAMark(profile, SAMPLES, () => sampleTicks(app, SAMPLES));
  const ticks: number[] = [];
  const flushes: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    ticks.push(...(await sampleTicks(app, SAMPLES)));
    flushes.push(...(await sampleFlush(electron, profile, bytes, SAMPLES)));
  }
  const above = percentile(ticks, 0.95) - percentile(flushes, 0.95);
  return {
    figures: {
      tickSamples: ticks.length,
      tickP50Ms: rounded(percentile(ticks, 0.5), 1),
      tickP95Ms: rounded(percentile(ticks, 0.95), 1),
      tickFlushP50Ms: rounded(percentile(flushes, 0.5), 1),
      tickFlushP95Ms: rounded(percentile(flushes, 0.95), 1),
      tickAboveFlushP95Ms: rounded(above, 1),
      tickAboveFlushP95Frames: rounded(above / FRAME_MS, 2),
    },
    goals: {
      tick: {
        goal: `from key press to solid tick at p95 below two frames above the flush: ${String(rounded(above / FRAME_MS, 2))} frames`,
        met: above < 2 * FRAME_MS,
      },
    },
  };
}

/** In the page: when the key came, and when the frame with the solid tick was handed on. */
function watchTick({ window }: DrivenApp): Promise<void> {
  return window.evaluate(() => {
    const card = document.querySelector("[data-testid=item-3][data-open=true]");
    if (!card) throw new Error("the third item is not open");
    let pressedAt: number | null = null;
    let wasSaving = false;
    document.addEventListener("keydown", ({ timeStamp }) => (pressedAt = timeStamp), { capture: true });
    new MutationObserver(() => {
      const isSaving = card.getAttribute("data-saving") === "true";
      wasSaving ||= isSaving;
      if (pressedAt === null || !wasSaving || isSaving || !card.querySelector("[data-state=saved]")) return;
      const from = pressedAt;
      pressedAt = null;
      wasSaving = false;
      // The frame that has it is drawn after this callback; a timer of no time begins after the drawing.
      requestAnimationFrame(() => {
        setTimeout(() => Reflect.set(globalThis, "tickMs", performance.now() - from), 0);
      });
    }).observe(card, { subtree: true, childList: true, attributes: true });
  });
}

async function sampleTicks({ window }: DrivenApp, count: number): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < count; i++) {
    await window.evaluate(() => Reflect.set(globalThis, "tickMs", null));
    const from = performance.now();
    await window.keyboard.press(String(1 + (i % 3)));
    for (let ms: number | null = null; ms === null;) {
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
      ms = await window.evaluate(() => Reflect.get(globalThis, "tickMs") as number | null);
      if (ms !== null) taken.push(ms);
      else if (performance.now() - from > PATIENCE_MS) throw new Error(`no tick after press ${String(i)}`);
    }
  }
  return taken;
}
