// Starts the app, marks as fast as keys go, kills the main process after a random while, looks again; round after round
// on one profile (P1, S2). What an end-to-end test does twenty times, a rig does as often as it is asked.
import type { Page } from "@playwright/test";
import { createRandom, fractionToText, multiply, type Random } from "#shared/base";
import { rubricItem, type ItemInput } from "#shared/exam";
import { scoreItem } from "#shared/rules";
import { keysFor, pressKeys, startSheet } from "./day-steps.ts";
import { launchApp, type DrivenApp } from "./drive-app.ts";
import { seededInputs } from "./seeded-marks.ts";
import { goMarking, prepareSmallDay, type SmallDay } from "./small-day.ts";

const LONGEST_MS = 2500;
/** Candidates of the demonstration: after so many kills a fresh profile is begun. */
const MOST_CANDIDATES = 30;

export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: readonly string[];
}

export async function killRounds(
  registryUrl: string,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
  onRound: (round: number) => void = () => undefined,
): Promise<KillReport> {
  const random = createRandom(seed);
  const lost: string[] = [];
  let acknowledged = 0;
  for (let done = 0; done < rounds; done += MOST_CANDIDATES) {
    let app = await launchApp({ registryUrl });
    const count = Math.min(MOST_CANDIDATES, rounds - done);
    const day = await prepareSmallDay(app, count);
    for (let candidate = 1; candidate <= count; candidate++) {
      await goMarking(app, day);
      const solid = await recordSolidTicks(app.window);
      await startSheet(app, candidate);
      const inputs = seededInputs(day.rubric, random);
      await markUntilKilled(app, day, inputs, random);
      acknowledged += solid.size;

      app = await launchApp({ registryUrl, profile: app.profile });
      await goMarking(app, day);
      await startSheet(app, candidate);
      for (const [item, mark] of solid) {
        const shown = (await app.window.getByTestId(`item-mark-${item}`).textContent()) ?? "";
        if (!marksOnTheWay(day, item, inputs.get(item), mark).includes(shown))
          lost.push(
            `kill ${done + candidate}, item ${item}: ${mark} was acknowledged, ${shown || "nothing"} is there`,
          );
      }
      await app.window.getByTestId("sign-out").click();
      onRound(done + candidate);
    }
    await app.close();
  }
  return { kills: rounds, acknowledged, lost };
}

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
