// One sheet of twelve items, from the candidate in the list to the signature, by keys alone; every key that reaches the
// page is counted there. The peer is the same sheet in a grid of cells in the same Electron, each typed and confirmed
// with Enter, which keeps nothing, adds nothing up and is asked for no signature.
import { expect, type Page } from "@playwright/test";
import { fractionToText, multiply } from "#shared/base";
import type { ItemInput, RubricItem } from "#shared/exam";
import { scoreItem } from "#shared/rules";
import { keysFor, typePin } from "../support/day-steps.ts";
import type { DrivenApp } from "../support/drive-app.ts";
import type { Goal } from "../support/measured.ts";
import { LEADER, type SmallDay } from "../support/small-day.ts";

/** What an examiner found: on nine of the twelve items something is wrong with the piece. */
const FOUND: Readonly<Record<number, ItemInput>> = {
  1: deducted({ a: 1 }),
  2: deducted({ a: 1, b: 3 }),
  3: { kind: "JUDGE", level: 2 },
  4: deducted({ a: 2 }),
  5: deducted({ c: 1 }),
  6: measured("points", [22, 30, 31, 48, 55]),
  7: deducted({ a: 1, b: 2 }),
  8: { kind: "JUDGE", level: 2 },
  9: measured("points", [18, 20, 41]),
  10: { kind: "JUDGE", level: 3 },
  11: deducted({ b: 1 }),
  12: deducted({}),
};
const TOTAL = "73.33";
const READINGS = Object.values(FOUND).reduce((sum, input) => sum + readingsIn(input), 0);
const [PRESSES, PRESSES_A_READING] = [30, 3];
const MOST_PRESSES = PRESSES + PRESSES_A_READING * READINGS;

export async function sheetFigures(
  app: DrivenApp,
  day: SmallDay,
): Promise<{ figures: Record<string, number>; goals: Record<string, Goal> }> {
  const { window } = app;
  await window.getByTestId("candidate-1").click();
  await expect(window.getByTestId("sheet-start")).toBeFocused();
  await countKeys(window);
  const from = performance.now();
  await press(window, "Enter"); // starts the sheet
  await expect(window.locator("[data-testid=item-1][data-open=true]")).toBeFocused();
  for (const item of day.rubric.items) await press(window, ...keysOf(day, item));
  await expect(window.getByTestId("sheet-sign")).toBeFocused();
  await press(window, "Enter"); // asks for the signature
  const ours = { presses: await keysCounted(window), ms: performance.now() - from };
  await expect(window.getByTestId("sheet-total")).toContainText(TOTAL);
  await typePin(app, day.pinOf(LEADER));
  await expect(window.getByTestId("sheet-sealed")).toBeVisible();

  const marks = await gridOf(app, markCells(day));
  const facts = await gridOf(app, factCells(day));
  return {
    figures: {
      sheetItems: day.rubric.items.length,
      sheetReadings: READINGS,
      sheetPresses: ours.presses,
      sheetMsAtDriversPace: Math.round(ours.ms),
      gridOfMarksPresses: marks.presses,
      gridOfMarksMsAtDriversPace: Math.round(marks.ms),
      gridOfTheSameFactsPresses: facts.presses,
    },
    goals: {
      presses: {
        goal: `${String(day.rubric.items.length)} items, ${String(READINGS)} readings and the signature's request in at most ${String(PRESSES)} + ${String(READINGS)} x ${String(PRESSES_A_READING)} key presses: ${String(ours.presses)}`,
        met: ours.presses <= MOST_PRESSES,
      },
      grid: {
        goal: `not more key presses than a grid that keeps the marks alone: ${String(marks.presses)}`,
        met: ours.presses <= marks.presses,
      },
    },
  };
}

/** As a person who knows the keys: no zero before the point, and the point of a reading confirms the one before. */
function keysOf({ rubric }: SmallDay, item: RubricItem): string[] {
  const input = FOUND[item.no];
  if (!input) throw new Error(`item ${String(item.no)} is not among what was found`);
  if (input.kind !== "MEASURE") return keysFor(rubric, item, input);
  return [...charactersOf(readingTexts(item, input).join("")), "Enter"];
}

function readingTexts(item: RubricItem, input: ItemInput): string[] {
  if (item.kind !== "MEASURE" || input.kind !== "MEASURE") return [];
  return input.readings.flatMap(({ values }) =>
    values.map((value) => {
      const text = fractionToText(multiply({ n: value ?? 0, d: 1 }, item.resolution), 4);
      const [whole = "", decimals = ""] = text.split(".");
      return `${whole === "0" ? "" : whole}.${decimals.padEnd(2, "0")}`;
    }),
  );
}

/** One cell for each item's mark, worked out in the head, and one for each reading. */
function markCells({ rubric }: SmallDay): string[] {
  return rubric.items.flatMap((item) => {
    const input = FOUND[item.no];
    if (!input) return [];
    if (input.kind === "MEASURE") return readingTexts(item, input).map((text) => text.replace(/0$/, ""));
    const mark = scoreItem(item, input);
    return [mark ? fractionToText(multiply(mark, rubric.step)) : ""];
  });
}

/** What our sheet keeps: how often each line was deducted, the level, each reading. Lines without any stay empty. */
function factCells({ rubric }: SmallDay): string[] {
  return rubric.items.flatMap((item) => {
    const input = FOUND[item.no];
    if (!input) return [];
    if (input.kind === "JUDGE") return [String(input.level)];
    if (input.kind !== "DEDUCT" || item.kind !== "DEDUCT")
      return readingTexts(item, input).map((text) => text.replace(/0$/, ""));
    return item.lines.map(({ code }) => String(input.picked.find((pick) => pick.code === code)?.count ?? ""));
  });
}

/** Types the cells one after the other into a window of their own. */
async function gridOf({ electron }: DrivenApp, cells: readonly string[]) {
  const opened = electron.waitForEvent("window");
  await electron.evaluate(async ({ BrowserWindow }, count) => {
    const grid = new BrowserWindow({ width: 800, height: 600, webPreferences: { partition: "grid" } });
    const inputs = Array.from({ length: count }, (_, at) => `<tr><td>${String(at + 1)}<td><input></tr>`);
    const script =
      "const cells = [...document.querySelectorAll('input')]; cells[0].focus();" +
      "addEventListener('keydown', ({ key, target }) => { if (key !== 'Enter') return;" +
      "target.dataset.confirmed = target.value; cells[cells.indexOf(target) + 1]?.focus(); });";
    const page = `<!doctype html><table>${inputs.join("")}</table><script>${script}</script>`;
    await grid.loadURL(`data:text/html,${encodeURIComponent(page)}`);
  }, cells.length);
  const page = await opened;
  await countKeys(page);
  const from = performance.now();
  for (const text of cells) await press(page, ...charactersOf(text), "Enter");
  const ms = performance.now() - from;
  const presses = await keysCounted(page);
  const kept = await page.locator("input").evaluateAll((all) => all.map((one) => one.dataset["confirmed"]));
  expect(kept).toEqual(cells);
  await page.close();
  return { presses, ms };
}

/** Figures and points: a key each. */
function charactersOf(text: string): string[] {
  return Array.from(text);
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Counts what arrives, not what was sent. */
async function countKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    Reflect.set(globalThis, "keysCounted", 0);
    // Without a name of its own: a runner that keeps names wraps it in a function this page does not have.
    document.addEventListener(
      "keydown",
      ({ isTrusted }) => {
        const before = Number(Reflect.get(globalThis, "keysCounted"));
        if (isTrusted) Reflect.set(globalThis, "keysCounted", before + 1);
      },
      { capture: true },
    );
  });
}

function keysCounted(page: Page): Promise<number> {
  return page.evaluate(() => Number(Reflect.get(globalThis, "keysCounted")));
}

function readingsIn(input: ItemInput): number {
  return input.kind === "MEASURE" ? input.readings.reduce((sum, { values }) => sum + values.length, 0) : 0;
}

function deducted(counts: Readonly<Record<string, number>>): ItemInput {
  return { kind: "DEDUCT", picked: Object.entries(counts).map(([code, count]) => ({ code, count })) };
}

function measured(group: string, values: number[]): ItemInput {
  return { kind: "MEASURE", readings: [{ group, values }] };
}
