// Starts the app, marks as fast as keys go, kills the main process after a random while, looks again; round after round
// on one profile (P1, S2). What an end-to-end test does eight times, a rig does as often as it is asked.
import type { Page } from "@playwright/test";
import { createRandom, fractionToText, multiply, type Random } from "#shared/base";
import { rubricItem, type ItemInput } from "#shared/exam";
import { scoreItem } from "#shared/rules";
import { keysFor, pressKeys, startSheet } from "./day-steps.ts";
import { launchApp, type DrivenApp } from "./drive-app.ts";
import { seededInputs } from "./seeded-marks.ts";
import { goMarking, prepareSmallDay, type SmallDay } from "./small-day.ts";

/** About as long as an item takes: with the item it falls on, the blow lands anywhere in a sheet, on a quick machine and a slow one. */
const LONGEST_MS = 150;
/** Candidates of the demonstration: after so many kills a fresh profile is begun. */
const MOST_CANDIDATES = 30;

export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: readonly string[];
  /** Marks that stand there and that nobody typed. */
  readonly phantom: readonly string[];
}

export async function killRounds(
  registryUrl: string,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
  onRound: (round: number) => void = () => undefined,
): Promise<KillReport> {
  const random = createRandom(seed);
  const sum = { acknowledged: 0, lost: [] as string[], phantom: [] as string[] };
  for (let done = 0; done < rounds; done += MOST_CANDIDATES) {
    let app = await launchApp({ registryUrl });
    const count = Math.min(MOST_CANDIDATES, rounds - done);
    const day = await prepareSmallDay(app, count);
    await goMarking(app, day);
    for (let candidate = 1; candidate <= count; candidate++) {
      await startSheet(app, candidate);
      // Not before: the former candidate's sheet is on the screen until then.
      const solid = await recordSolidTicks(app.window);
      const inputs = seededInputs(day.rubric, random);
      await markUntilKilled(app, day, inputs, random);
      sum.acknowledged += solid.size;

      // The start that looks at what this kill left is the one that the next kill ends.
      app = await launchApp({ registryUrl, profile: app.profile });
      await goMarking(app, day);
      await startSheet(app, candidate);
      const found = await judgeMarks(app.window, day, inputs, solid);
      const named = (fault: string) => `kill ${String(done + candidate)}, ${fault}`;
      sum.lost.push(...found.lost.map(named));
      sum.phantom.push(...found.phantom.map(named));
      onRound(done + candidate);
    }
    await app.close();
  }
  return { kills: rounds, ...sum };
}

async function judgeMarks(
  window: Page,
  day: SmallDay,
  inputs: ReadonlyMap<number, ItemInput>,
  solid: ReadonlyMap<number, string>,
): Promise<{ lost: string[]; phantom: string[] }> {
  const lost: string[] = [];
  const phantom: string[] = [];
  for (const { no } of day.rubric.items) {
    const mark = solid.get(no);
    const shown = (await window.getByTestId(`item-mark-${no}`).textContent()) ?? "";
    const isMarked = (await window.getByTestId(`item-${no}`).getAttribute("data-state")) === "marked";
    const typed = marksTyped(day, no, inputs.get(no));
    if (mark !== undefined && !marksOnTheWay(typed, mark).includes(shown))
      lost.push(`item ${no}: ${mark} was acknowledged, ${shown || "nothing"} is there`);
    else if (isMarked && !typed.includes(shown)) phantom.push(`item ${no}: ${shown} was never typed`);
  }
  return { lost, phantom };
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

/** Types mark after mark; somewhere in an item the blow falls, and the typing goes on until it has. */
async function markUntilKilled(
  app: DrivenApp,
  day: SmallDay,
  inputs: ReadonlyMap<number, ItemInput>,
  random: Random,
): Promise<void> {
  const { items } = day.rubric;
  const last = items[Math.floor(random() * items.length)];
  const delayMs = Math.floor(random() * LONGEST_MS);
  let blow: Promise<void> | undefined;
  const typing = (async () => {
    for (const item of items) {
      const input = inputs.get(item.no);
      if (item === last) blow = afterMs(delayMs).then(() => app.kill());
      if (input) await pressKeys(app, keysFor(day.rubric, item, input));
    }
  })().catch((error: unknown) => {
    // The window goes away under the typing hand: that is the point. Anything else is a failure.
    if (!/closed|crashed|disconnected/i.test(String(error))) throw error;
  });
  await typing;
  await blow;
}

/** The mark after every press of an item: a deduction takes several presses, every other item is one act. */
function marksTyped(day: SmallDay, no: number, input: ItemInput | undefined): string[] {
  const item = rubricItem(day.rubric, no);
  if (!item || !input) return [];
  const textOf = (one: ItemInput): string => {
    const mark = scoreItem(item, one);
    return mark ? fractionToText(multiply(mark, day.rubric.step)) : "";
  };
  if (input.kind !== "DEDUCT") return [textOf(input)];
  const presses = input.picked.flatMap(({ code, count }) => Array.from({ length: count }, () => code));
  if (presses.length === 0) return [textOf(input)];
  return presses.map((_, last) => {
    const pressed = presses.slice(0, last + 1);
    const picked = [...new Set(pressed)].map((code) => ({
      code,
      count: pressed.filter((one) => one === code).length,
    }));
    return textOf({ kind: "DEDUCT", picked });
  });
}

/** What may stand there afterwards: the acknowledged mark, or that of a later press which was flushed and not yet painted. */
function marksOnTheWay(typed: readonly string[], acknowledged: string): readonly string[] {
  return typed.includes(acknowledged) ? typed.slice(typed.indexOf(acknowledged)) : [acknowledged];
}

/** The one clock of this test: when the blow falls is what is random. */
function afterMs(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}
