// What years of history cost (P2): seconds until the sign-in screen is there with 0, 2,000 and 100,000 signed sheets
// beside it, and seconds until a lost store is made again from the journal, through the real window, equal row for row.
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { expect } from "@playwright/test";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { openDemonstration } from "../support/day-steps.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { percentile, rounded, type Measured } from "../support/measured.ts";
import { openProfileJournal, writeHistory } from "../support/profile-journal.ts";
import { digestsOf, rowDigests } from "../support/window-rows.ts";

const SIZES = [0, 2_000, 100_000] as const;
const STARTS = 5;
const GOAL_SECONDS = 5;

export async function rebuildBench(sizes: readonly number[] = SIZES): Promise<Measured> {
  const registry = await startDemoRegistry();
  try {
    const figures: Record<string, number | boolean> = {};
    const goals: Record<string, { goal: string; met: boolean }> = {};
    let base = Number.NaN;
    for (const sheets of sizes) {
      const measured = await measure(registry.url, sheets);
      const own = Object.entries(measured).map(([name, value]) => [`${name}At${String(sheets)}`, value]);
      Object.assign(figures, Object.fromEntries(own));
      if (sheets === 0) base = measured.startSeconds;
      else
        Object.assign(figures, {
          [`startRatioAt${String(sheets)}`]: rounded(measured.startSeconds / base),
        });
      goals[`equal${String(sheets)}`] = {
        goal: `${String(sheets)} sheets: rebuilt equal to the fold of the journal, row for row`,
        met: measured.equal,
      };
      if (sheets === 2_000)
        goals["seconds"] = {
          goal: `2,000 sheets are there again in less than ${String(GOAL_SECONDS)} s: ${String(measured.rebuildSeconds)}`,
          met: measured.rebuildSeconds < GOAL_SECONDS,
        };
    }
    return { name: "rebuild", figures, goals };
  } finally {
    await registry.close();
  }
}

async function measure(registryUrl: string, sheets: number) {
  const first = await launchApp({ registryUrl });
  await openDemonstration(first);
  const { profile } = first;
  await first.close();
  const entries = sheets > 0 ? await writeHistory(profile, sheets) : 0;
  const folded = await openProfileJournal(profile);
  const wanted = digestsOf(folded.view);
  await folded.close();

  const start = async () => {
    const from = performance.now();
    const app = await launchApp({ profile, registryUrl });
    await isThere(app);
    return { app, seconds: (performance.now() - from) / 1000 };
  };
  await rm(path.join(profile, "IndexedDB"), { recursive: true });
  const rebuilt = await start();
  const equal = JSON.stringify(await rowDigests(rebuilt.app.window)) === JSON.stringify(wanted);
  await rebuilt.app.close();

  const starts: number[] = [];
  for (let n = 0; n < STARTS; n++) {
    const { app, seconds } = await start();
    starts.push(seconds);
    await app.close();
  }
  const startSeconds = percentile(starts, 0.5);
  const withoutCheckpoint = sheets <= 2_000 ? await startFolding(profile, start) : Number.NaN;
  await rm(profile, { recursive: true });
  return {
    entries,
    startSeconds: rounded(startSeconds),
    ...(Number.isNaN(withoutCheckpoint) ? {} : { foldedStartSeconds: rounded(withoutCheckpoint) }),
    rebuildSeconds: rounded(rebuilt.seconds - startSeconds),
    rebuildWithStartSeconds: rounded(rebuilt.seconds),
    equal,
  };
}

/** The same start when every entry has to be folded. */
async function startFolding(
  profile: string,
  start: () => Promise<{ app: DrivenApp; seconds: number }>,
): Promise<number> {
  const folder = path.join(profile, "journal");
  for (const name of await readdir(folder)) if (name.endsWith(".jpc")) await rm(path.join(folder, name));
  const { app, seconds } = await start();
  await app.close();
  return seconds;
}

function isThere({ window }: DrivenApp): Promise<void> {
  const person = window.locator("[data-testid^=sign-in-person-]").first();
  return expect(person).toBeVisible({ timeout: 540_000 });
}
