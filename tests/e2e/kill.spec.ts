// The promise that made others give up: a mark whose tick was solid is there after the whole app was killed, at any
// moment (P1, S2). Each round starts the app on the same profile, marks a fresh candidate as fast as keys go, kills the
// main process after a random while, and looks again.
import { expect, test, type Page } from "@playwright/test";
import { fractionToText, multiply } from "#shared/base";
import { rubricItem, type ItemInput } from "#shared/exam";
import { scoreItem } from "#shared/rules";
import type { RunningRegistry } from "../../registry/index.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { keysFor, pressKeys, startSheet } from "../support/day-steps.ts";
import { createRandom, type Random } from "#shared/base";
import { seededInputs } from "../support/seeded-marks.ts";
import { goMarking, prepareSmallDay, type SmallDay } from "../support/small-day.ts";

const ROUNDS = Number(process.env["JIANGPING_KILLS"] ?? 20);
const SEED = Number(process.env["JIANGPING_SEED"] ?? 20261123);
const LONGEST_MS = 2500;

let registry: RunningRegistry;
let app: DrivenApp;

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

test(`[P1] [S2] kill -9 at ${ROUNDS} random points while marking loses no acknowledged mark`, async () => {
  test.setTimeout(ROUNDS * 20_000 + 60_000);
  const random = createRandom(SEED);
  const day = await prepareSmallDay(app, 30);
  let acknowledged = 0;
  const lost: string[] = [];

  for (let round = 1; round <= ROUNDS; round++) {
    await goMarking(app, day);
    const solid = await recordSolidTicks(app.window);
    await startSheet(app, round);
    const inputs = seededInputs(day.rubric, random);
    await markUntilKilled(app, day, inputs, random);
    acknowledged += solid.size;

    app = await launchApp({ registryUrl: registry.url, profile: app.profile });
    await goMarking(app, day);
    await startSheet(app, round);
    for (const [item, mark] of solid) {
      const shown = await app.window.getByTestId(`item-mark-${item}`).textContent();
      if (!marksOnTheWay(day, item, inputs.get(item), mark).includes(shown ?? ""))
        lost.push(`round ${round}, item ${item}: ${mark} was acknowledged, ${shown ?? "nothing"} is there`);
    }
    await app.window.getByTestId("sign-out").click();
  }

  console.log(
    `kill -9: seed ${SEED}, ${ROUNDS} points, ${lost.length} of ${acknowledged} acknowledged marks lost`,
  );
  expect(acknowledged).toBeGreaterThan(ROUNDS);
  expect(lost).toEqual([]);
});

/** Collects, outside the app, every item and mark the moment its tick is solid. */
async function recordSolidTicks(window: Page): Promise<Map<number, string>> {
  const solid = new Map<number, string>();
  await window.exposeFunction("recordSolid", (item: number, mark: string) => {
    solid.set(item, mark);
  });
  await window.evaluate(() => {
    const record = Reflect.get(globalThis, "recordSolid") as (item: number, mark: string) => void;
    const look = () => {
      for (const line of document.querySelectorAll('[data-state="marked"][data-testid^="item-"]')) {
        const item = Number(line.getAttribute("data-testid")?.slice("item-".length));
        const mark = line.querySelector(`[data-testid="item-mark-${item}"]`)?.textContent;
        if (mark) record(item, mark);
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  return solid;
}

/** Types mark after mark until the process is gone; how far it came is up to the clock. */
async function markUntilKilled(
  app: DrivenApp,
  day: SmallDay,
  inputs: ReadonlyMap<number, ItemInput>,
  random: Random,
): Promise<void> {
  const killed = afterMs(Math.floor(random() * LONGEST_MS)).then(() => app.kill());
  const typing = (async () => {
    for (const item of day.rubric.items) {
      const input = inputs.get(item.no);
      if (input) await pressKeys(app, keysFor(day.rubric, item, input));
    }
  })().catch((error: unknown) => {
    // The window goes away under the typing hand: that is the point. Anything else is a failure.
    if (!/closed|crashed|disconnected/i.test(String(error))) throw error;
  });
  await Promise.all([killed, typing]);
}

/**
 * What may stand there afterwards: the acknowledged mark, or the mark after a later press of the same item that was
 * flushed and not yet painted. A deduction takes several presses; every other item is one act.
 */
function marksOnTheWay(
  day: SmallDay,
  no: number,
  input: ItemInput | undefined,
  acknowledged: string,
): string[] {
  const item = rubricItem(day.rubric, no);
  if (input?.kind !== "DEDUCT" || item?.kind !== "DEDUCT") return [acknowledged];
  const presses = input.picked.flatMap(({ code, count }) => Array.from({ length: count }, () => code));
  const marks = presses.map((_, last) => {
    const pressed = presses.slice(0, last + 1);
    const picked = [...new Set(pressed)].map((code) => ({
      code,
      count: pressed.filter((one) => one === code).length,
    }));
    const mark = scoreItem(item, { kind: "DEDUCT", picked });
    return mark ? fractionToText(multiply(mark, day.rubric.step)) : "";
  });
  return marks.includes(acknowledged) ? marks.slice(marks.indexOf(acknowledged)) : [acknowledged];
}

/** The one clock of this test: when the blow falls is what is random. */
function afterMs(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}
