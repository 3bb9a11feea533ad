// A panel of two on one laptop: its sheets are hidden from one another until both are signed, the last one to sign is told at once
// that they lie apart, and the mark stands when both have answered for their own and the leader has signed (R35, R43, R45, R46).
import { expect, test } from "@playwright/test";
import type { ItemInput } from "#shared/exam";
import { recompute } from "../day/recompute.ts";
import { shownMarks } from "../day/panel.ts";
import { markSheet, signIn, signOut, signSheet, startSheet, typePin } from "../support/day-steps.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { shots } from "../support/looks.ts";
import {
  ADMINISTRATOR,
  goMarking,
  LEADER,
  prepareSmallDay,
  sampleRubric,
  type SmallDay,
} from "../support/small-day.ts";
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
let day: SmallDay;
const pinOf = (person: string) => day.pinOf(person);

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
  day = await prepareSmallDay(app, 1, [LEADER, MEMBER]);
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

async function mark(person: string, inputs: ReadonlyMap<number, ItemInput>): Promise<void> {
  await goMarking(app, day, person);
  await startSheet(app, 1);
  await markSheet(app, rubric, inputs);
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
  await shots(app, "panel-divergence");
});

test("[R43] [R46] each answers for their own sheet, the leader signs, and the mean of both stands in the results", async () => {
  test.setTimeout(120_000);
  const { window } = app;
  await window.getByTestId("sheet-to-panel").click();
  await expect(window.getByTestId("panel-member")).toHaveCount(2);
  await shots(app, "panel-reconciliation");
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
  await shots(app, "panel-settled");
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
