// The people of a laptop (P22, S13): added and ended at once, and a substitute who takes a place where no permit admits the
// key yet: vouched for by two, able to mark and sign, sealed, and held by the registry as enrolment-pending.
import { writeFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { createRandom } from "#shared/base";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import {
  enterItem,
  openDemonstration,
  prepareSitting,
  readPins,
  signIn,
  signOut,
  signSheet,
  startSheet,
  typePin,
} from "../support/day-steps.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { ADMINISTRATOR, LEADER, sampleRubric, writeRoster } from "../support/small-day.ts";
import { seededInputs } from "../support/seeded-marks.ts";

test.describe.configure({ mode: "serial" });

const [SUPERVISOR, EXAMINER, LEAVER] = ["p-02", "p-06", "p-09"] as const;
const SHOTS = process.env["JIANGPING_SHOTS"];

let registry: RunningRegistry;
let app: DrivenApp;
let pins: Map<string, string>;
let substitute = "";
const pinOf = (person: string) => pins.get(person) ?? "";

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
  pins = await openDemonstration(app);
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await prepareSitting(app, {
    panel: [LEADER, EXAMINER],
    leader: LEADER,
    pin: pinOf(ADMINISTRATOR),
    rosterFile: await writeRoster(1),
  });
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

test("[P22] an administrator adds somebody and ends somebody else, at once", async () => {
  const { window, confirm } = app;
  await window.getByTestId("nav-people").click();
  await window.getByTestId("people-add").click();
  await window.getByTestId("add-name").fill("买买提・䶮");
  await window.getByTestId("add-cardNo").fill("K61-7777");
  for (const level of ["L5", "L4", "L3"]) await window.getByTestId(`add-level-${level}`).click();
  await window.getByTestId("add-cardFrom").fill("2025-01-01");
  await window.getByTestId("add-cardTo").fill("2035-12-31");
  await expectAccessible("add");
  await window.getByTestId("add-person-confirm").click();
  await expect(confirm.locator("[data-kind=add-person]")).toBeVisible();
  await shot("confirm-add", confirm);
  await typePin(app, pinOf(ADMINISTRATOR));
  const added = window.locator("[data-testid^=person-here-]");
  await expect(added).toContainText("买买提·䶮");
  substitute = ((await added.getAttribute("data-testid")) ?? "").slice("person-".length);

  await window.getByTestId(`end-${LEAVER}`).click();
  await window.getByTestId("end-person-reason").fill("调离");
  await shot("end");
  await window.getByTestId("end-person-confirm").click();
  await expect(confirm.locator("[data-kind=end-person]")).toBeVisible();
  await shot("confirm-end", confirm);
  await typePin(app, pinOf(ADMINISTRATOR));
  await expect(window.getByTestId(`person-state-${LEAVER}`)).toHaveAttribute("data-state", "ended");
  await expectAccessible("people");
  await shots("people-office");
  await signOut(app);
  await expect(window.getByTestId(`sign-in-person-${LEAVER}`)).toHaveCount(0);
  pins = await readPins(window);
});

test("[P22] [S13] a substitute is vouched for by two, marks and signs; the registry holds the sheet as enrolment-pending", async () => {
  test.setTimeout(90_000);
  const { window, confirm } = app;
  await signIn(app, LEADER, pinOf(LEADER));
  await window.getByTestId("nav-people").click();
  await expect(window.getByTestId("people-add")).toHaveCount(0);
  await window.getByTestId("people-substitute").click();
  await choose("substitution-leaves", EXAMINER);
  await choose("substitution-joins", substitute);
  await window.getByTestId("substitution-reason").fill("突发疾病");
  await expect(window.getByTestId("substitution-review")).toHaveAttribute("data-blocks", "0");
  await expectAccessible("substitution");
  await window.getByTestId("substitution-confirm").click();
  const who = confirm.getByTestId("confirm-who");
  for (const [person, name] of [
    [substitute, "买买提·䶮"],
    [LEADER, "阿依古丽·买买提"],
    [SUPERVISOR, "欧阳修竹"],
  ] as const) {
    await expect(who).toContainText(name);
    await shot(`confirm-${person === substitute ? "join" : person}`, confirm);
    const field = confirm.getByTestId("confirm-pin");
    await field.fill(pinOf(person));
    await field.press("Enter");
  }
  await expect(window.getByTestId("people-said")).toBeVisible();
  await expect(window.getByTestId(`person-state-${substitute}`)).toHaveAttribute("data-state", "vouched");
  await shots("people");
  await signOut(app);

  for (const person of [substitute, LEADER]) {
    await signIn(app, person, pinOf(person));
    await window.locator("[data-testid^=day-mark-]").first().click();
    await startSheet(app, 1);
    const rubric = sampleRubric();
    for (const [no, input] of seededInputs(rubric, createRandom(3))) {
      const item = rubric.items.find((one) => one.no === no);
      if (item) await enterItem(app, rubric, item, input);
    }
    await signSheet(app, pinOf(person));
    await signOut(app);
  }

  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("closing-missing")).toHaveAttribute("data-value", "0");
  await window.getByTestId("closing-seal").click();
  await typePin(app, pinOf(LEADER));
  await window.getByTestId("batch-send").click();
  await expect(window.locator("[data-testid=receipt-note][data-code=enrolment-pending]")).toHaveCount(1, {
    timeout: 30_000,
  });
  await window.getByTestId("receipt-ask-later").click();
  await expect(window.getByText("登记中心还没有新的决定。")).toBeVisible();
  await shot("pending");
  expect(await registry.pendingKeys()).toMatchObject([{ person: substitute, sheets: 1 }]);
  expect(app.troubles).toEqual([]);
});

async function choose(select: string, person: string): Promise<void> {
  await app.window.getByTestId(select).click();
  await app.window
    .getByRole("option")
    .and(app.window.locator(`[data-key="${person}"]`))
    .click();
}

async function expectAccessible(screen: string): Promise<void> {
  // The live announcer is react-aria's own: it speaks of elements that may be gone again, and nobody can reach it.
  const page = new AxeBuilder({ page: app.window }).setLegacyMode().exclude("[data-live-announcer]");
  const found = await page.analyze();
  expect(found.violations.map(({ id, nodes }) => `${screen}: ${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
  await shot(screen);
}

async function shot(name: string, page = app.window): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

/** In both languages, and as large as a person may set it. */
async function shots(name: string): Promise<void> {
  if (!SHOTS) return;
  for (const language of ["en", "zh"]) {
    await app.window.getByTestId(`lang-${language}`).click();
    await app.window.evaluate(() => scrollTo(0, 0));
    await shot(`${name}-${language}`);
    await writeFile(`${SHOTS}/${name}-${language}-200.png`, Buffer.from(await zoomedPicture(), "base64"));
  }
}

/** Of the window itself: a page's own screenshot does not grow with the zoom. */
function zoomedPicture(): Promise<string> {
  return app.electron.evaluate(async ({ BrowserWindow }) => {
    const one = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes("index.html"),
    );
    if (!one) return "";
    one.webContents.setZoomFactor(2);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const picture = await one.webContents.capturePage();
    one.webContents.setZoomFactor(1);
    return picture.toPNG().toString("base64");
  });
}
