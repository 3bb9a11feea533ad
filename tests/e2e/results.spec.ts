// After the seal: two people sign for the totals, one decides, and a recheck is kept beside the result (R48, R54, R55, R80).
// The sitting is marked blind, so that nobody at the desk sees a name before the seal (R45).
import { mkdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { fillPreparation, openDemonstration, signIn, signOut, typePin } from "../support/day-steps.ts";
import {
  ADMINISTRATOR,
  goMarking,
  LEADER,
  markAndSign,
  sampleRubric,
  writeRoster,
} from "../support/small-day.ts";

const [SUPERVISOR, TALLY, CHECKER_1, CHECKER_2] = ["p-02", "p-03", "p-05", "p-06"] as const;

let registry: RunningRegistry;
let app: DrivenApp;
let pins: Map<string, string>;
const pinOf = (person: string) => pins.get(person) ?? "";

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

test("[R45] a blind panel marks and signs by number, and no name is on the desk or in the signing window", async () => {
  test.setTimeout(180_000);
  pins = await openDemonstration(app);
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  const rosterFile = await writeRoster(1);
  await fillPreparation(app, { panel: [LEADER], leader: LEADER, rosterFile });
  await app.window.getByTestId("roster-blind").click();
  await shot("preparation");
  await app.window.getByTestId("roster-confirm").click();
  await typePin(app, pinOf(ADMINISTRATOR));
  await signOut(app);
  await goMarking(app, { pinOf, rubric: sampleRubric() });
  await shot("declaration");
  const heard = app.confirm.getByTestId("confirm-matter");
  await markAndSign(app, { pinOf, rubric: sampleRubric() }, 1);
  await expect(app.window.getByText("王建国")).toHaveCount(0);
  await expect(app.window.getByTestId("candidate-1")).toContainText("作品 01");
  await expect(heard.getByText("王建国")).toHaveCount(0);
  await shot("blind");
  await signOut(app);
});

test("[R48] [R80] two outside the panel sign for the totals, and the approver is nobody who tallied", async () => {
  test.setTimeout(120_000);
  const { window } = app;
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("sign-off-approver-sign")).toBeDisabled();
  await signOff("clerk", TALLY);
  await signOff("checker", SUPERVISOR);
  await window.getByTestId("closing-seal").click();
  await typePin(app, pinOf(LEADER));
  await expect(window.getByTestId("batch-state").first()).toBeVisible();
  await signOff("approver", ADMINISTRATOR);
  await window.getByTestId("sign-off-clerk").scrollIntoViewIfNeeded();
  await shot("signed-off");
});

test("[R54] [R55] a recheck by two others is signed by both and shown; who tallied is refused as checker", async () => {
  test.setTimeout(120_000);
  const { window, confirm } = app;
  await window.getByTestId("recheck-1").click();
  await choose("recheck-checker-1", TALLY);
  await choose("recheck-checker-2", CHECKER_2);
  await expect(window.locator("[data-testid=recheck-finding][data-code='recheck.involved']")).toBeVisible();
  await expect(window.getByTestId("recheck-record")).toBeDisabled();
  await shot("recheck-refused");
  await choose("recheck-checker-1", CHECKER_1);
  await expect(window.locator("[data-testid=recheck-finding][data-severity=block]")).toHaveCount(0);
  await expect(window.getByTestId("recheck-result")).toHaveAttribute("data-finding", "UPHELD");
  await window.getByTestId("recheck-record").click();
  const who = confirm.getByTestId("confirm-who");
  const first = await who.textContent();
  await typeOnly(pinOf(CHECKER_1));
  await expect(who).not.toHaveText(first ?? "");
  await typePin(app, pinOf(CHECKER_2));
  await expect(window.getByTestId("recheck-dialog")).toHaveCount(0);
  await expect(window.getByText("维持", { exact: true })).toBeVisible();
  await shot("rechecked");
});

async function signOff(as: string, person: string): Promise<void> {
  await choose(`sign-off-${as}-person`, person);
  await app.window.getByTestId(`sign-off-${as}-sign`).click();
  await typePin(app, pinOf(person));
  await expect(app.window.getByTestId(`sign-off-${as}`)).toHaveAttribute("data-state", "signed");
}

async function choose(select: string, person: string): Promise<void> {
  await app.window.getByTestId(select).click();
  await app.window
    .getByRole("option")
    .and(app.window.locator(`[data-key="${person}"]`))
    .click();
}

async function typeOnly(pin: string): Promise<void> {
  const field = app.confirm.getByTestId("confirm-pin");
  await expect(field).toBeVisible();
  await field.fill(pin);
  await field.press("Enter");
}

/** With JIANGPING_SHOTS, each step is kept as a picture, in both languages and at 200 %. */
async function shot(name: string): Promise<void> {
  const folder = process.env["JIANGPING_SHOTS"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await app.window.screenshot({ path: `${folder}/${name}.png` });
}
