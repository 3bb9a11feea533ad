// What marking costs a person: key presses and time of one whole sheet, beside the same sheet in a grid of
// cells; a list of ten thousand candidates; and how long after a key press the tick is solid, beside the raw flush.
import { rm } from "node:fs/promises";
import { startDemoRegistry } from "../support/demo-registry.ts";
import type { Measured } from "../support/measured.ts";
import { launchApp } from "../support/drive-app.ts";
import { longListFigures } from "./marking-list.ts";
import { sheetFigures } from "./marking-sheet.ts";
import { tickFigures } from "./marking-tick.ts";
import { goMarking, prepareSmallDay } from "../support/small-day.ts";

export async function markingBench(): Promise<Measured> {
  const registry = await startDemoRegistry();
  try {
    const app = await launchApp({ registryUrl: registry.url });
    const day = await prepareSmallDay(app, 4);
    await goMarking(app, day);
    const tick = await tickFigures(app);
    const sheet = await sheetFigures(app, day);
    await app.close();
    const list = await longListFigures(registry.url);
    await Promise.all([app.profile, list.profile].map((profile) => rm(profile, { recursive: true })));
    return {
      name: "marking",
      figures: { ...sheet.figures, ...tick.figures, ...list.figures },
      goals: { ...sheet.goals, ...tick.goals, ...list.goals },
    };
  } finally {
    await registry.close();
  }
}
