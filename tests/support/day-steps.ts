// What people do on an exam day, step by step, through keyboard and screen. The exam day and the end-to-end tests tell
// the same story with these words.
import { expect, type Page } from "@playwright/test";
import { fractionToText, multiply } from "#shared/base";
import type { ItemInput, Rubric, RubricItem } from "#shared/exam";
import { answerOpenDialog, type DrivenApp } from "./drive-app.ts";

const LONG = { timeout: 30_000 };

/** First run: the demonstration centre, enrolled with the local registry. Returns each person's PIN as shown. */
export async function openDemonstration({ window }: DrivenApp): Promise<Map<string, string>> {
  await window.getByTestId("opening-demo").click();
  return readPins(window);
}

/** The PINs of the demonstration's sign-in screen. */
export async function readPins(window: Page): Promise<Map<string, string>> {
  await expect(window.locator("[data-testid^=demo-pin-]").first()).toBeVisible(LONG);
  const shown = await window.locator("[data-testid^=demo-pin-]").all();
  const pins = await Promise.all(
    shown.map(async (pin) => {
      const id = (await pin.getAttribute("data-testid"))?.slice("demo-pin-".length) ?? "";
      return [id, ((await pin.textContent()) ?? "").replace(/\D/g, "")] as const;
    }),
  );
  return new Map(pins);
}

export async function signIn(app: DrivenApp, person: string, pin: string): Promise<void> {
  await app.window.getByTestId(`sign-in-person-${person}`).click();
  await typePin(app, pin);
  await expect(app.window.getByTestId("sign-out")).toBeVisible(LONG);
  await app.window.getByTestId("nav-day").click();
}

export async function signOut({ window }: DrivenApp): Promise<void> {
  await window.getByTestId("sign-out").click();
  await expect(window.locator("[data-testid^=sign-in-person-]").first()).toBeVisible(LONG);
}

/** Types a PIN in main's window and waits until main took it. */
export async function typePin({ confirm }: DrivenApp, pin: string): Promise<void> {
  const field = confirm.getByTestId("confirm-pin");
  await expect(field).toBeVisible(LONG);
  await field.fill(pin);
  await field.press("Enter");
  await expect(field).toBeHidden(LONG);
}

/** Of several who sign: types the PIN of the one who is asked, and waits until the next one is. */
export async function typeFirstPin({ confirm }: DrivenApp, pin: string): Promise<void> {
  const who = confirm.getByTestId("confirm-who");
  const field = confirm.getByTestId("confirm-pin");
  await expect(field).toBeVisible(LONG);
  const first = (await who.textContent()) ?? "";
  await field.fill(pin);
  await field.press("Enter");
  await expect(who).not.toHaveText(first, LONG);
}

export interface Preparation {
  readonly rubric?: { readonly file: string } | { readonly code: string };
  /** Nothing: the demonstration's own thirty. */
  readonly rosterFile?: string;
  readonly panel: readonly string[];
  readonly leader: string;
  readonly pin: string;
  /** Called when the preview stands on the screen, before anything is confirmed. */
  readonly onPreview?: () => Promise<void>;
}

export interface RefusedRow {
  readonly row: number;
  readonly field: string;
  readonly code: string;
}

/** Prepares a sitting as the administrator; returns the rows that the roster's preview refused. */
export async function prepareSitting(app: DrivenApp, preparation: Preparation): Promise<RefusedRow[]> {
  const { window } = app;
  const refused = await fillPreparation(app, preparation);
  await window.getByTestId("roster-confirm").click();
  await typePin(app, preparation.pin);
  await expect(window.locator("[data-testid^=day-close-], [data-testid^=day-sitting-]").first()).toBeVisible(
    LONG,
  );
  return refused;
}

/** The same without the last step: everything is chosen and read, nothing is signed. */
export async function fillPreparation(
  app: DrivenApp,
  preparation: Omit<Preparation, "pin">,
): Promise<RefusedRow[]> {
  const { window, electron } = app;
  await window.getByTestId("day-prepare").click();
  if (preparation.rubric && "file" in preparation.rubric) {
    await answerOpenDialog(electron, preparation.rubric.file);
    await window.getByTestId("roster-rubric-import").click();
    await expectRubricTaken(window);
  } else {
    await chooseRubric(window, preparation.rubric?.code ?? "DEMO-CERAMIC-L4");
  }
  await choosePanel(window, preparation.panel, preparation.leader);
  if (preparation.rosterFile === undefined) {
    await window.getByTestId("roster-demo").click();
  } else {
    await answerOpenDialog(electron, preparation.rosterFile);
    await window.getByTestId("roster-file").click();
  }
  await expectRosterRead(window);
  const refused = await readRefused(window);
  await preparation.onPreview?.();
  return refused;
}

async function expectRubricTaken(window: Page): Promise<void> {
  const taken = window.getByTestId("roster-rubric-taken");
  const problems = window.getByTestId("roster-rubric-problem");
  await expect(taken.or(problems.first())).toBeVisible(LONG);
  const [problem] = await problems.all();
  if (problem) {
    const path = (await problem.getAttribute("data-path")) ?? "";
    const code = (await problem.getAttribute("data-code")) ?? "";
    throw new UnusableFile(`rubric: ${path || "(file)"}: ${code}`);
  }
}

async function expectRosterRead(window: Page): Promise<void> {
  const unreadable = window.getByTestId("roster-unreadable");
  await expect(window.getByTestId("roster-preview").or(unreadable)).toBeVisible(LONG);
  if (await unreadable.isVisible()) {
    throw new UnusableFile(`roster: ${(await unreadable.getAttribute("data-code")) ?? "unreadable"}`);
  }
}

/** A file given to the day that cannot be used at all: the day ends, naming the row, field or path. */
export class UnusableFile extends Error {}

async function chooseRubric(window: Page, code: string): Promise<void> {
  await window.locator(`[data-testid=roster-rubric][data-code="${code}"]`).click();
}

async function choosePanel(window: Page, panel: readonly string[], leader: string): Promise<void> {
  for (const person of panel) await window.getByTestId(`roster-panel-${person}`).click();
  await window.getByTestId(`roster-leader-${leader}`).click();
}

async function readRefused(window: Page): Promise<RefusedRow[]> {
  const rows = await window.getByTestId("roster-refused-row").all();
  return Promise.all(
    rows.map(async (row) => ({
      row: Number(await row.getAttribute("data-row")),
      field: (await row.getAttribute("data-field")) ?? "",
      code: (await row.getAttribute("data-code")) ?? "",
    })),
  );
}

/** Opens a candidate in the list, answering the conflict question first where it is asked: once per examiner (R29). */
async function chooseCandidate(window: Page, no: number): Promise<void> {
  const candidate = window.getByTestId(`candidate-${no}`);
  await expect(candidate).toBeVisible(LONG);
  const declaration = window.getByTestId("declare");
  if (await declaration.isVisible()) {
    await declaration.click();
    await expect(declaration).toBeHidden(LONG);
  }
  await candidate.click();
  // Until then the former candidate's sheet is on the screen.
  await expect(candidate).toHaveAttribute("aria-current", "true", LONG);
}

/** Opens a candidate's sheet from the list, and starts it when nobody has. */
export async function startSheet({ window }: DrivenApp, no: number): Promise<void> {
  await chooseCandidate(window, no);
  const start = window.getByTestId("sheet-start");
  const open = window.locator("[data-testid^=item-][data-open=true]");
  await expect(start.or(open)).toBeVisible(LONG);
  if (await start.isVisible()) await start.click();
  await expect(open).toBeVisible(LONG);
  await open.focus();
}

/** Enters one item by keyboard, as an examiner would, and goes on with Enter. */
export async function enterItem(
  app: DrivenApp,
  rubric: Rubric,
  item: RubricItem,
  input: ItemInput,
): Promise<void> {
  const { window } = app;
  await expect(window.locator(`[data-testid=item-${item.no}][data-open=true]`)).toBeVisible();
  await pressKeys(app, keysFor(rubric, item, input));
  await expect(window.locator(`[data-testid=item-${item.no}][data-state=marked]`)).toBeVisible(LONG);
}

/** Every item of the sheet that is open, in the rubric's order. */
export async function markSheet(
  app: DrivenApp,
  rubric: Rubric,
  inputs: ReadonlyMap<number, ItemInput>,
): Promise<void> {
  for (const item of rubric.items) {
    const input = inputs.get(item.no);
    if (input) await enterItem(app, rubric, item, input);
  }
}

/** A key by name, or a text to type: `type:0.31`. */
export async function pressKeys({ window }: DrivenApp, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if (key.startsWith("type:")) await window.keyboard.type(key.slice("type:".length));
    else await window.keyboard.press(key);
  }
}

export function keysFor(rubric: Rubric, item: RubricItem, input: ItemInput): string[] {
  switch (input.kind) {
    case "DEDUCT": {
      if (item.kind !== "DEDUCT" || input.picked.length === 0) return ["0", "Enter"];
      const presses = input.picked.flatMap(({ code, count }) => {
        const digit = String(item.lines.findIndex((line) => line.code === code) + 1);
        return Array.from({ length: count }, () => digit);
      });
      return [...presses, "Enter"];
    }
    case "MEASURE": {
      const resolution = item.kind === "MEASURE" ? item.resolution : { n: 1, d: 1 };
      return input.readings.flatMap(({ values }) =>
        values.flatMap((value) => [
          `type:${fractionToText(multiply({ n: value ?? 0, d: 1 }, resolution), 4)}`,
          "Enter",
        ]),
      );
    }
    case "JUDGE":
      return [String(input.level), "Enter"];
    case "CHECK":
      return checkKeys(input.checks);
    case "POINTS":
      return [`type:${fractionToText(multiply({ n: input.steps, d: 1 }, rubric.step), 4)}`, "Enter"];
  }
}

/** `0` says every check was met; a digit then turns one to no. */
function checkKeys(checks: readonly ("yes" | "no" | "na" | null)[]): string[] {
  return ["0", ...checks.flatMap((check, i) => (check === "no" ? [String(i + 1)] : [])), "Enter"];
}

export async function signSheet(app: DrivenApp, pin: string, onAsked?: () => Promise<void>): Promise<void> {
  await app.window.getByTestId("sheet-sign").click();
  await onAsked?.();
  await typePin(app, pin);
  await expect(app.window.getByTestId("sheet-sealed")).toBeVisible(LONG);
}

/** Opens a select and takes one of its choices. */
export async function choose({ window }: DrivenApp, select: string, value: string): Promise<void> {
  await window.getByTestId(select).click();
  await window
    .getByRole("option")
    .and(window.locator(`[data-key="${value}"]`))
    .click();
}

export async function recordAbsence(app: DrivenApp, no: number, leaderPin: string): Promise<void> {
  await chooseCandidate(app.window, no);
  await app.window.getByTestId("candidate-absent").click();
  await typePin(app, leaderPin);
  await expect(app.window.locator(`[data-testid=candidate-${no}][data-state=absent]`)).toBeVisible(LONG);
}

/** The number of facts the window's store holds: the journal sequence its tick stands for. */
export async function savedCount(window: Page): Promise<number> {
  return Number(await window.getByTestId("saved-count").getAttribute("data-value"));
}
