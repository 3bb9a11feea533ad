// The whole day of one candidate with nothing but the keyboard: sign-in, roster, declaration, marking, signature, close and receipt.
// No pointer, no script that moves the focus; and after every act the focus is somewhere, never lost to the page itself.
import { expect, test, type Page } from "@playwright/test";
import { createRandom } from "#shared/base";
import { keysFor, pressKeys, readPins } from "../support/day-steps.ts";
import { demonstration } from "../support/demonstration.ts";
import { answerOpenDialog } from "../support/drive-app.ts";
import { seededInputs } from "../support/seeded-marks.ts";
import { ADMINISTRATOR, LEADER, sampleRubric, writeRoster } from "../support/small-day.ts";

const LONG = { timeout: 30_000 };
/** More than any screen of one candidate's day has to tab through. */
const MOST_TABS = 150;

const demo = demonstration();

test("a day goes from first run to its receipt by keyboard alone, and the focus is never lost", async () => {
  test.setTimeout(120_000);
  const { window } = demo.app;
  const rubric = sampleRubric();
  await activate("opening-demo");
  const pins = await readPins(window);
  const pinOf = (person: string) => pins.get(person) ?? "";

  await signInByKeys(ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await activate("day-prepare");
  await activate(`roster-rubric`, `[data-code="${rubric.code}"]`);
  await activate(`roster-panel-${LEADER}`, "", "Space");
  await activate(`roster-leader-${LEADER}`, "", "Space");
  await answerOpenDialog(demo.app.electron, await writeRoster(1));
  await activate("roster-file");
  await expect(window.getByTestId("roster-preview")).toBeVisible(LONG);
  await activate("roster-confirm");
  await typePinByKeys(pinOf(ADMINISTRATOR));
  await expect(window.locator("[data-place=day]")).toBeVisible(LONG);
  await leave();

  await signInByKeys(LEADER, pinOf(LEADER));
  await activate(/^day-mark-/);
  await activate("declare");
  await expect(window.getByTestId("declare")).toBeHidden(LONG);
  await activate("candidate-1");
  await activate("sheet-start");
  await pauseByKeys(window);
  for (const [no, input] of seededInputs(rubric, createRandom(1))) {
    const item = rubric.items.find((one) => one.no === no);
    if (!item) throw new Error(`no item ${String(no)}`);
    await expect(window.locator(`[data-testid=item-${String(no)}][data-open=true]`)).toBeVisible(LONG);
    await pressKeys(demo.app, keysFor(rubric, item, input));
    await expectFocus(window);
  }
  // The last Enter leads to the signature.
  await expect(window.getByTestId("sheet-sign")).toBeFocused(LONG);
  await window.keyboard.press("Enter");
  await typePinByKeys(pinOf(LEADER));
  await expect(window.getByTestId("sheet-sealed")).toBeVisible(LONG);
  await leave();

  await signInByKeys(ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await activate(/^day-close-/);
  await activate("closing-seal");
  await typePinByKeys(pinOf(LEADER));
  await activate("batch-send");
  await expect(window.locator("[data-testid=batch-state][data-state=acknowledged]")).toBeVisible(LONG);
  await expectFocus(window);
  expect(demo.app.troubles).toEqual([]);
});

/** [R39] The time is stopped by two keys, and runs again by the palette. */
async function pauseByKeys(window: Page): Promise<void> {
  const clock = window.getByTestId("sheet-clock");
  // The desk has its keys once the sheet is there.
  await expect(window.locator("[data-open=true]")).toBeVisible(LONG);
  await expect(clock).toHaveAttribute("data-state", "running", LONG);
  await window.keyboard.press("p");
  await expect(window.getByTestId("pause-dialog")).toBeVisible(LONG);
  await window.keyboard.press("1");
  await expect(clock).toHaveAttribute("data-state", "paused", LONG);
  await expectFocus(window);
  await window.keyboard.press("Control+k");
  await expect(window.getByTestId("palette-text")).toBeFocused(LONG);
  await window.keyboard.type("pause");
  await expect(window.getByTestId("palette").getByRole("menuitem")).toHaveCount(1, LONG);
  await window.keyboard.press("Enter");
  await expect(clock).toHaveAttribute("data-state", "running", LONG);
  await expectFocus(window);
}

async function signInByKeys(person: string, pin: string): Promise<void> {
  await activate(`sign-in-person-${person}`);
  await typePinByKeys(pin);
  await expect(demo.app.window.getByTestId("sign-out")).toBeVisible(LONG);
  await expectFocus(demo.app.window);
}

/** Main's window takes the keys by itself when it asks. */
async function typePinByKeys(pin: string): Promise<void> {
  const { confirm } = demo.app;
  const field = confirm.getByTestId("confirm-pin");
  await expect(field).toBeFocused(LONG);
  await confirm.keyboard.type(pin);
  await confirm.keyboard.press("Enter");
  await expect(field).toBeHidden(LONG);
  await expectFocus(demo.app.window);
}

/** Out by the window's head, which lies before what is shown. */
function leave(): Promise<void> {
  return activate("sign-out", "", "Enter", "Shift+Tab");
}

/** Tabs to a control of the app window and presses it. */
async function activate(testId: string | RegExp, also = "", key = "Enter", tab = "Tab"): Promise<void> {
  const { window } = demo.app;
  const named = window.getByTestId(testId);
  const control = (also === "" ? named : named.and(window.locator(also))).first();
  await expect(control).toBeVisible(LONG);
  for (let tabs = 0; !(await holdsFocus(control)); tabs++) {
    if (tabs === MOST_TABS) throw new Error(`no Tab leads to ${String(testId)}`);
    await window.keyboard.press(tab);
  }
  await expect(control).toBeEnabled(LONG);
  await window.keyboard.press(key);
  await expectFocus(window);
}

/** The control itself, or what it wraps. */
function holdsFocus(control: ReturnType<Page["locator"]>): Promise<boolean> {
  return control.evaluate((element) => element.contains(document.activeElement));
}

async function expectFocus(page: Page): Promise<void> {
  const where = () => page.evaluate(() => document.activeElement?.tagName ?? "BODY");
  await expect.poll(where, LONG).not.toBe("BODY");
}
