// A panel of two on one laptop: its sheets are hidden from one another until both are signed, the last one to sign is told at once
// that they lie apart, and the mark stands when both have answered for their own and the leader has signed (R35, R43, R45, R46).
import { expect, test } from "@playwright/test";
import type { ItemInput } from "#shared/exam";
import { recompute } from "../day/recompute.ts";
import { shownMarks } from "../day/panel.ts";
import { markSheet, signIn, signOut, signSheet, startSheet, typePin } from "../support/day-steps.ts";
import { demonstration } from "../support/demonstration.ts";
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

const demo = demonstration();
let day: SmallDay;
const pinOf = (person: string) => day.pinOf(person);

test.beforeAll(async () => {
  day = await prepareSmallDay(demo.app, 1, [LEADER, MEMBER]);
});

async function mark(person: string, inputs: ReadonlyMap<number, ItemInput>): Promise<void> {
  await goMarking(demo.app, day, person);
  await startSheet(demo.app, 1);
  await markSheet(demo.app, rubric, inputs);
  await signSheet(demo.app, pinOf(person));
}

test("[R45] nobody sees another's sheet before the last is signed; then the desk says at once that they lie apart", async () => {
  test.setTimeout(120_000);
  const { window } = demo.app;
  await mark(LEADER, full);
  await expect(window.getByTestId("sheet-divergence")).toHaveCount(0);
  await window.getByTestId("nav-day").click();
  await window.locator("[data-testid^=day-panel-]").first().click();
  await expect(window.getByTestId("panel-state-1")).toHaveAttribute("data-state", "waiting");
  await expect(window.getByTestId("panel-open-1")).toHaveCount(0);
  await signOut(demo.app);
  await mark(MEMBER, harsh);
  await expect(window.getByTestId("sheet-divergence")).toBeVisible();
  await shots(demo.app, "panel-divergence");
});

test("[R43] [R46] each answers for their own sheet, the leader signs, and the mean of both stands in the results", async () => {
  test.setTimeout(120_000);
  const { window } = demo.app;
  await window.getByTestId("sheet-to-panel").click();
  await expect(window.getByTestId("panel-member")).toHaveCount(2);
  await shots(demo.app, "panel-reconciliation");
  await keep("胎体弧度不吻合", MEMBER);
  await expect(window.getByTestId("panel-settle")).toHaveCount(0);
  await signOut(demo.app);
  await signIn(demo.app, LEADER, pinOf(LEADER));
  await window.locator("[data-testid^=day-panel-]").first().click();
  await window.getByTestId("panel-open-1").click();
  await keep("弧度在允许范围内", LEADER);
  await window.getByTestId("panel-settle-reason").fill("两种判断都有依据");
  await window.getByTestId("panel-settle").click();
  await expect(demo.app.confirm.getByTestId("confirm-matter")).toContainText("两种判断都有依据");
  await typePin(demo.app, pinOf(LEADER));
  await expect(window.getByTestId("panel-settled")).toContainText("两种判断都有依据");
  await shots(demo.app, "panel-settled");
  await signOut(demo.app);

  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("closing-results")).toBeVisible();
  const { isDivergent, mark: expected } = recompute(rubric, [full, harsh]);
  expect(isDivergent).toBe(true);
  expect((await shownMarks(demo.app)).get(1)).toBe(expected);
  await expect(window.getByTestId("closing-results")).not.toContainText("分差待处理");
  expect(demo.app.troubles).toEqual([]);
});

async function keep(words: string, person: string): Promise<void> {
  await demo.app.window.getByTestId("panel-keep-reason").fill(words);
  await demo.app.window.getByTestId("panel-keep").click();
  await expect(demo.app.confirm.getByTestId("confirm-matter")).toContainText(words);
  await typePin(demo.app, pinOf(person));
  await expect(demo.app.window.getByTestId("panel-keep")).toBeHidden();
}
