// A sheet that was signed on one laptop is decided about on the supervisor's own one, which has no network any more: two people sign
// where two must, the decisions go back by stick, count there, and reach the registry in their own batch (R23, R46, R76, S12).
import { expect, test, type Page } from "@playwright/test";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRandom } from "#shared/base";
import type { RunningRegistry } from "../../registry/index.ts";
import { openLaptop, sealSitting, signInOn, type DemoLaptop } from "../support/demo-laptop.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import {
  choose,
  markSheet,
  prepareSitting,
  signOut,
  signSheet,
  startSheet,
  typeFirstPin,
  typePin,
} from "../support/day-steps.ts";
import { startFaultRelay, type FaultRelay } from "../support/fault-relay.ts";
import { seededInputs } from "../support/seeded-marks.ts";
import { shots, violationsOf } from "../support/looks.ts";
import { ADMINISTRATOR, goMarking, LEADER, sampleRubric, writeRoster } from "../support/small-day.ts";
import { copyToStick, openSticks, receiveFrom, shareSitting } from "../support/stick-steps.ts";

test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

const [SUPERVISOR, OTHER_LEADER] = ["p-02", "p-05"] as const;

let registry: RunningRegistry;
let link: FaultRelay;
let desk: DemoLaptop;
let supervisors: DemoLaptop;
let stick: string;

test.beforeAll(async () => {
  registry = await startDemoRegistry({ operator: true });
  link = await startFaultRelay(registry.url, createRandom(7));
  stick = await mkdtemp(path.join(tmpdir(), "jiangping-stick-"));
  desk = await openLaptop(registry.url);
  supervisors = await openLaptop(link.url);
});

test.afterAll(async () => {
  await Promise.all([desk.app.close(), supervisors.app.close()]);
  await link.close();
  await registry.close();
});

const standing = (window: Page) => window.getByTestId("decision-standing");

test("a sitting and its signed sheet come to the supervisor's laptop, whose network then goes away", async () => {
  await signInOn(desk, ADMINISTRATOR);
  const rosterFile = await writeRoster(1);
  await prepareSitting(desk.app, {
    ...{ panel: [LEADER], leader: LEADER, pin: desk.pinOf(ADMINISTRATOR), rosterFile },
  });
  await openSticks(desk.app);
  const { file, code } = await shareSitting(desk.app, stick);
  await signOut(desk.app);
  const day = { pinOf: (person: string) => desk.pinOf(person), rubric: sampleRubric() };
  await goMarking(desk.app, day);
  await startSheet(desk.app, 1);
  await markSheet(desk.app, day.rubric, seededInputs(day.rubric, createRandom(1)));
  // A veto and no photograph of it: what the supervisor finds flagged.
  const { window } = desk.app;
  await window.locator("[data-testid^=item-][data-open=true]").focus();
  await window.keyboard.press("v");
  await window.getByTestId("veto-choices").getByText("V1").first().click();
  await window.getByTestId("veto-confirm").click();
  await signSheet(desk.app, desk.pinOf(LEADER));
  await signOut(desk.app);
  await signInOn(desk, ADMINISTRATOR);
  await openSticks(desk.app);
  const sheets = await copyToStick(desk.app, stick, "stick-share-sheets");

  await signInOn(supervisors, ADMINISTRATOR);
  await openSticks(supervisors.app);
  expect(await (await receiveFrom(supervisors.app, file, code))("sittings")).toBe("1");
  expect(await (await receiveFrom(supervisors.app, sheets))("sheets")).toBe("1");
  await signOut(supervisors.app);
  await link.close();
});

test("[T7] [R23] [R46] there a supervisor finds it flagged and decides without a network: alone what takes nothing away, with a second person what does", async () => {
  const { app } = supervisors;
  const { window, confirm } = app;
  await signInOn(supervisors, SUPERVISOR);
  await window.locator("[data-testid^=review-open-]").click();
  await window.getByRole("option", { name: /否定项没有照片/ }).click();
  await expect(window.getByTestId("review-flag")).toHaveAttribute("data-code", "veto-without-evidence");
  await expect(window.getByTestId("review-signer")).toContainText("欧阳修竹");
  await expect(window.getByTestId("decisions-none")).toBeVisible();

  // Nothing is asked for before it is said what and why.
  await window.getByTestId("review-sign").click();
  await expect(window.getByText("先选一种决定。")).toBeVisible();
  await expect(window.getByText("写明理由再签名。")).toBeVisible();
  await expect(confirm.getByTestId("confirm-pin")).toBeHidden();

  await choose(app, "review-about", "candidate");
  await window.getByTestId("review-choice").getByText("上报", { exact: true }).click();
  await window.getByTestId("review-reason").fill("录像缺第三项，请登记中心定。");
  await window.getByTestId("review-sign").click();
  await expect(confirm.getByTestId("confirm-decision")).toHaveAttribute("data-decision", "escalate");
  await shots(app, "review-confirm");
  await typePin(app, supervisors.pinOf(SUPERVISOR));
  await expect(standing(window)).toHaveAttribute("data-next", "operator");

  await window.getByTestId("review-about").click();
  await window.getByRole("option").and(window.locator('[data-key^="sha256:"]')).click();
  await window.getByTestId("review-choice").getByText("作废", { exact: true }).click();
  await window.getByTestId("review-reason").fill("考评员与考生有回避关系。");
  await window.getByTestId("review-sign").click();
  await expect(window.getByText("选第二签名人。")).toBeVisible();
  await choose(app, "review-second", OTHER_LEADER);
  await shots(app, "review-form");
  expect(await violationsOf(window)).toEqual([]);
  await window.getByTestId("review-sign").click();
  await typeFirstPin(supervisors.app, supervisors.pinOf(SUPERVISOR));
  await typePin(app, supervisors.pinOf(OTHER_LEADER));
  await expect(window.getByTestId("decision-what").first()).toHaveAttribute("data-decision", "void");
  await expect(standing(window).first()).toHaveAttribute("data-next", "panel");
  await expect(window.getByTestId("decision-remarkers")).toContainText("巴特尔");
  await shots(app, "review-decisions");
  await signOut(app);
});

test("[S12] carried back, the decisions count where the sheet was signed, and no result of the candidate stands", async () => {
  await signInOn(supervisors, ADMINISTRATOR);
  await sealSitting(supervisors, { batch: 1, missing: 0 });
  await openSticks(supervisors.app);
  const file = await copyToStick(supervisors.app, stick, "stick-share-sheets");
  await openSticks(desk.app);
  const brought = await receiveFrom(desk.app, file);
  expect([await brought("reviews"), await brought("batches")]).toEqual(["2", "1"]);
  await sealSitting(desk, { batch: 1, missing: 0 });
  await expect(desk.app.window.getByTestId("closing-results")).toContainText("待重评");
  await expect(desk.app.window.getByTestId("closing-mark")).toContainText("—");
});

test("[SY32] the other laptop brings them to the registry after the sheet, and the operator sees what was decided and what is left to them", async () => {
  const { window } = desk.app;
  // Whoever asks for the decisions asks for the sheets they speak of as well.
  await window.getByTestId("carried-1").getByTestId("batch-send").click();
  for (const batch of ["batch-1", "carried-1"])
    await expect(window.getByTestId(batch).getByTestId("batch-state")).toHaveAttribute(
      "data-state",
      "acknowledged",
      { timeout: 30_000 },
    );
  await expect(window.getByTestId("receipt-note")).toHaveCount(0);
  const text = await (await fetch(`${registry.operatorUrl}/operator?lang=zh-CN`)).text();
  const rows = text.split("<tr").filter((row) => row.includes("data-decision"));
  expect(rows.map((row) => /data-decision="([a-z-]+)"[^]*data-state="([a-z]+)"/.exec(row)?.slice(1))).toEqual(
    [
      ["void", "stands"],
      ["escalate", "stands"],
    ],
  );
  expect(text).toContain("录像缺第三项，请登记中心定。");

  await openSticks(desk.app);
  const onward = await copyToStick(desk.app, stick, "stick-share-sheets");
  await openSticks(supervisors.app);
  expect(await (await receiveFrom(supervisors.app, onward))("receipts")).toBe("1");
  await signOut(supervisors.app);
  await signInOn(supervisors, SUPERVISOR);
  await supervisors.app.window.locator("[data-testid^=review-open-]").click();
  await expect(supervisors.app.window.getByTestId("decision-way").first()).toBeVisible();
  for (const way of await supervisors.app.window.getByTestId("decision-way").all())
    await expect(way).toHaveAttribute("data-way", "acknowledged");
  expect([...desk.app.troubles, ...supervisors.app.troubles]).toEqual([]);
});
