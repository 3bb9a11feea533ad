// A panel of two on one laptop: its sheets are hidden from one another until both are signed, the last one to sign is told at once
// that they lie apart, and the mark stands when both have answered for their own and the leader has signed (R35, R43, R45, R46).
import { mkdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { ItemInput } from "#shared/exam";
import { recompute } from "../day/recompute.ts";
import { shownMarks } from "../day/panel.ts";
import {
  enterItem,
  openDemonstration,
  prepareSitting,
  signIn,
  signOut,
  signSheet,
  startSheet,
  typePin,
} from "../support/day-steps.ts";
import { launchApp, setContentSize, type DrivenApp } from "../support/drive-app.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { ADMINISTRATOR, LEADER, sampleRubric, writeRoster } from "../support/small-day.ts";
import { fullInputs } from "../support/journal-builders.ts";

const MEMBER = "p-05";
const rubric = sampleRubric();
const full = new Map(Object.entries(fullInputs(rubric)).map(([no, input]) => [Number(no), input]));
/** As the other saw it: every judgement at nothing, the rest alike. */
const harsh = new Map<number, ItemInput>(
  [...full].map(([no, input]) => [no, input.kind === "JUDGE" ? { kind: "JUDGE", level: 0 } : input]),
);

let registry: Awaited<ReturnType<typeof startDemoRegistry>>;
let app: DrivenApp;
let pins: Map<string, string>;
const pinOf = (person: string) => pins.get(person) ?? "";

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
  pins = await openDemonstration(app);
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  const rosterFile = await writeRoster(1);
  await prepareSitting(app, {
    panel: [LEADER, MEMBER],
    leader: LEADER,
    pin: pinOf(ADMINISTRATOR),
    rosterFile,
  });
  await signOut(app);
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

async function mark(person: string, inputs: ReadonlyMap<number, ItemInput>): Promise<void> {
  await signIn(app, person, pinOf(person));
  await app.window.locator("[data-testid^=day-mark-]").first().click();
  await startSheet(app, 1);
  for (const item of rubric.items) {
    const input = inputs.get(item.no);
    if (input) await enterItem(app, rubric, item, input);
  }
  await signSheet(app, pinOf(person));
}

test("[R45] nobody sees another's sheet before the last is signed; then the desk says at once that they lie apart", async () => {
  test.setTimeout(120_000);
  const { window } = app;
  await mark(LEADER, full);
  await expect(window.getByTestId("sheet-divergence")).toHaveCount(0);
  await window.getByTestId("nav-day").click();
  await window.locator("[data-testid^=day-panel-]").first().click();
  await expect(window.getByTestId("panel-state-1")).toHaveAttribute("data-state", "waiting");
  await expect(window.getByTestId("panel-open-1")).toHaveCount(0);
  await signOut(app);
  await mark(MEMBER, harsh);
  await expect(window.getByTestId("sheet-divergence")).toBeVisible();
  await shot("divergence");
});

test("[R43] [R46] each answers for their own sheet, the leader signs, and the mean of both stands in the results", async () => {
  test.setTimeout(120_000);
  const { window } = app;
  await window.getByTestId("sheet-to-panel").click();
  await expect(window.getByTestId("panel-member")).toHaveCount(2);
  await shot("reconciliation");
  await keep("胎体弧度不吻合");
  await expect(window.getByTestId("panel-settle")).toHaveCount(0);
  await signOut(app);
  await signIn(app, LEADER, pinOf(LEADER));
  await window.locator("[data-testid^=day-panel-]").first().click();
  await window.getByTestId("panel-open-1").click();
  await keep("弧度在允许范围内");
  await window.getByTestId("panel-settle-reason").fill("两种判断都有依据");
  await window.getByTestId("panel-settle").click();
  await expect(app.confirm.getByTestId("confirm-matter")).toContainText("两种判断都有依据");
  await typePin(app, pinOf(LEADER));
  await expect(window.getByTestId("panel-settled")).toContainText("两种判断都有依据");
  await shot("settled");
  await signOut(app);

  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("closing-results")).toBeVisible();
  const { isDivergent, mark: expected } = recompute(rubric, [full, harsh]);
  expect(isDivergent).toBe(true);
  expect((await shownMarks(app)).get(1)).toBe(expected);
  await expect(window.getByTestId("closing-results")).not.toContainText("分差待处理");
  expect(app.troubles).toEqual([]);
});

async function keep(words: string): Promise<void> {
  await app.window.getByTestId("panel-keep-reason").fill(words);
  await app.window.getByTestId("panel-keep").click();
  await expect(app.window.getByTestId("panel-keep")).toBeHidden();
}

/** With JIANGPING_SHOTS, each step is kept as a picture, in both languages and at 200 %. */
async function shot(name: string): Promise<void> {
  const folder = process.env["JIANGPING_SHOTS"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const language of ["en", "zh"]) {
    await app.window.getByTestId(`lang-${language}`).click();
    // At 200 % a page has half the room each way.
    for (const [zoom, size] of [
      ["200", { width: 683, height: 384 }],
      ["100", { width: 1366, height: 768 }],
    ] as const) {
      await setContentSize(app.electron, size);
      await app.window.screenshot({ path: `${folder}/panel-${name}-${language}-${zoom}.png` });
    }
  }
}
