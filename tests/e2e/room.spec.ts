// The room record through the real windows (rulings 2 and 3, R51, R76): a late arrival and a withdrawal signed by two, an incident by
// one, a call for the leader and its answer; all of it sealed with the day and accepted by the registry.
import { expect, test } from "@playwright/test";
import { demonstration } from "../support/demonstration.ts";
import {
  choose,
  recordAbsence,
  signIn,
  signOut,
  startSheet,
  typeFirstPin,
  typePin,
} from "../support/day-steps.ts";
import { shot, shots, violationsOf } from "../support/looks.ts";
import { ADMINISTRATOR, goMarking, LEADER, prepareSmallDay, type SmallDay } from "../support/small-day.ts";

test.describe.configure({ mode: "serial" });

const [SUPERVISOR, EXAMINER] = ["p-02", "p-06"] as const;

const demo = demonstration();
let day: SmallDay;

test.beforeAll(async () => {
  day = await prepareSmallDay(demo.app, 3, [LEADER, EXAMINER]);
});

async function expectAccessible(name: string) {
  expect(await violationsOf(demo.app.window), name).toEqual([]);
}

async function goRoom() {
  await demo.app.window.getByTestId("nav-day").click();
  await demo.app.window.locator("[data-testid^=day-room-]").first().click();
}

/** Both sign, each in a window of their own. */
async function bothSign(name: string) {
  const { window, confirm } = demo.app;
  await window.getByTestId("roster-change-act").click();
  await expect(confirm.locator("[data-kind=roster-change]")).toBeVisible();
  await shot(confirm, `confirm-${name}`);
  // The second window stands where the first one stood: it does not go away in between.
  await typeFirstPin(demo.app, day.pinOf(LEADER));
  await expect(confirm.getByTestId("confirm-matter")).toContainText("督导员确认");
  await typePin(demo.app, day.pinOf(SUPERVISOR));
  await expect(window.getByTestId("roster-change")).toHaveCount(0);
}

test("[R51] who was recorded as absent comes after all, on two people's word", async () => {
  test.setTimeout(120_000);
  const { window } = demo.app;
  await signIn(demo.app, SUPERVISOR, day.pinOf(SUPERVISOR));
  await signOut(demo.app);
  await goMarking(demo.app, day, LEADER);
  await recordAbsence(demo.app, 2, day.pinOf(LEADER));
  await goRoom();
  await shots(demo.app, "room-absent");
  await window.getByTestId("room-change").click();
  await window.getByTestId("roster-change-no").fill("2");
  await window.getByTestId("roster-change-reason").fill("路上堵车");
  await choose(demo.app, "roster-change-confirmer", SUPERVISOR);
  await expectAccessible("change");
  await shots(demo.app, "roster-change");
  await bothSign("arrival");
  await expect(window.getByTestId("room-changes-list")).toContainText("路上堵车");
});

test("[R51] [R76] an examiner calls the leader, the candidate leaves, and the examiner records what happened", async () => {
  test.setTimeout(120_000);
  const { window, confirm } = demo.app;
  await signOut(demo.app);
  await goMarking(demo.app, day, EXAMINER);
  await startSheet(demo.app, 2);
  await window.getByTestId("call-leader").click();
  await expect(window.getByTestId("open-calls")).toContainText("02");
  await shots(demo.app, "desk-called");
  await goRoom();
  await window.getByTestId("room-incident").click();
  await choose(demo.app, "incident-kind", "injury");
  await window.getByTestId("incident-nos").fill("2");
  await window.getByTestId("incident-what").fill("刀具割伤手指");
  await window.getByTestId("incident-done").fill("包扎，送医");
  await expectAccessible("incident");
  await shots(demo.app, "incident");
  await window.getByTestId("incident-act").click();
  await expect(confirm.locator("[data-kind=incident]")).toBeVisible();
  await shot(confirm, "confirm-incident");
  await typePin(demo.app, day.pinOf(EXAMINER));
  await expect(window.getByTestId("room-incidents-list")).toContainText("刀具割伤手指");

  await signOut(demo.app);
  await signIn(demo.app, LEADER, day.pinOf(LEADER));
  await goRoom();
  await window.getByTestId("call-answer").click();
  await expect(window.getByTestId("open-calls")).toHaveCount(0);
  await window.getByTestId("room-change").click();
  await choose(demo.app, "roster-change-kind", "withdrawal");
  await window.getByTestId("roster-change-no").fill("2");
  await window.getByTestId("roster-change-reason").fill("受伤送医");
  await choose(demo.app, "roster-change-confirmer", SUPERVISOR);
  await bothSign("withdrawal");
  await expectAccessible("room");
  await shots(demo.app, "room");

  await signOut(demo.app);
  await goMarking(demo.app, day, EXAMINER);
  await window.getByTestId("candidate-2").click();
  await expect(window.getByTestId("has-left")).toBeVisible();
  await shots(demo.app, "desk-left");
});

test("[SY1] the day is sealed with all of it, and the registry accepts it", async () => {
  test.setTimeout(120_000);
  const { window, confirm } = demo.app;
  await signOut(demo.app);
  await signIn(demo.app, ADMINISTRATOR, day.pinOf(ADMINISTRATOR));
  await shots(demo.app, "day");
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("closing-withdrawn")).toHaveAttribute("data-value", "1");
  await expect(window.getByTestId("closing-expected")).toHaveAttribute("data-value", "4");
  await shots(demo.app, "closing");
  await window.getByTestId("closing-explanation").fill("其余考生改日");
  await window.getByTestId("closing-seal").click();
  await expect(confirm.locator("[data-kind=batch]")).toBeVisible();
  await shot(confirm, "confirm-batch");
  await typePin(demo.app, day.pinOf(LEADER));
  await window.getByTestId("batch-send").click();
  await expect(window.getByTestId("batch-state").first()).toHaveAttribute(
    "data-state",
    /acknowledged|anchored/,
    {
      timeout: 60_000,
    },
  );
});
