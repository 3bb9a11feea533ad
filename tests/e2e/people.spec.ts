// The people of a laptop (P22, S13): added and ended at once, and a substitute who takes a place where no permit admits the
// key yet: vouched for by two, able to mark and sign, sealed, and held by the registry as enrolment-pending.
import { expect, test } from "@playwright/test";
import { demonstration } from "../support/demonstration.ts";
import { choose, readPins, signIn, signOut, typePin } from "../support/day-steps.ts";
import { shot, shots, violationsOf } from "../support/looks.ts";
import {
  ADMINISTRATOR,
  goMarking,
  LEADER,
  markAndSign,
  prepareSmallDay,
  type SmallDay,
} from "../support/small-day.ts";

test.describe.configure({ mode: "serial" });

const [SUPERVISOR, EXAMINER, LEAVER] = ["p-02", "p-06", "p-09"] as const;

const demo = demonstration();
let day: SmallDay;
let substitute = "";
const pinOf = (person: string) => day.pinOf(person);

test.beforeAll(async () => {
  day = await prepareSmallDay(demo.app, 1, [LEADER, EXAMINER]);
  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
});

test("[P22] an administrator adds somebody and ends somebody else, at once", async () => {
  const { window, confirm } = demo.app;
  await window.getByTestId("nav-people").click();
  await window.getByTestId("people-add").click();
  await window.getByTestId("add-name").fill("买买提・䶮");
  await window.getByTestId("add-cardNo").fill("K61-7777");
  for (const level of ["L5", "L4", "L3"]) await window.getByTestId(`add-level-${level}`).click();
  await window.getByTestId("add-cardFrom").fill("2025-01-01");
  await window.getByTestId("add-cardTo").fill("2035-12-31");
  await expectAccessible("add");
  await window.getByTestId("add-person-act").click();
  await expect(confirm.locator("[data-kind=add-person]")).toBeVisible();
  await shot(confirm, "confirm-add");
  await typePin(demo.app, pinOf(ADMINISTRATOR));
  const added = window.locator("[data-testid^=person-here-]");
  await expect(added).toContainText("买买提·䶮");
  substitute = ((await added.getAttribute("data-testid")) ?? "").slice("person-".length);

  await window.getByTestId(`end-${LEAVER}`).click();
  await window.getByTestId("end-person-reason").fill("调离");
  await shot(window, "end");
  await window.getByTestId("end-person-act").click();
  await expect(confirm.locator("[data-kind=end-person]")).toBeVisible();
  await shot(confirm, "confirm-end");
  await typePin(demo.app, pinOf(ADMINISTRATOR));
  await expect(window.getByTestId(`person-state-${LEAVER}`)).toHaveAttribute("data-state", "ended");
  await expectAccessible("people");
  await shots(demo.app, "people-office");
  await signOut(demo.app);
  await expect(window.getByTestId(`sign-in-person-${LEAVER}`)).toHaveCount(0);
  const pins = await readPins(window);
  day = { ...day, pinOf: (person) => pins.get(person) ?? "" };
});

test("[P22] [S13] a substitute is vouched for by two, marks and signs; the registry holds the sheet as enrolment-pending", async () => {
  test.setTimeout(90_000);
  const { window, confirm } = demo.app;
  await signIn(demo.app, LEADER, pinOf(LEADER));
  await window.getByTestId("nav-people").click();
  await expect(window.getByTestId("people-add")).toHaveCount(0);
  await window.getByTestId("people-substitute").click();
  await choose(demo.app, "substitution-leaves", EXAMINER);
  await choose(demo.app, "substitution-joins", substitute);
  await window.getByTestId("substitution-reason").fill("突发疾病");
  await expect(window.getByTestId("substitution-review")).toHaveAttribute("data-blocks", "0");
  await expectAccessible("substitution");
  await window.getByTestId("substitution-act").click();
  const who = confirm.getByTestId("confirm-who");
  for (const [person, name] of [
    [substitute, "买买提·䶮"],
    [LEADER, "阿依古丽·买买提"],
    [SUPERVISOR, "欧阳修竹"],
  ] as const) {
    await expect(who).toContainText(name);
    await shot(confirm, `confirm-${person === substitute ? "join" : person}`);
    const field = confirm.getByTestId("confirm-pin");
    await field.fill(pinOf(person));
    await field.press("Enter");
  }
  await expect(window.getByTestId("people-said")).toBeVisible();
  await expect(window.getByTestId(`person-state-${substitute}`)).toHaveAttribute("data-state", "vouched");
  await shots(demo.app, "people");
  await signOut(demo.app);

  for (const person of [substitute, LEADER]) {
    await goMarking(demo.app, day, person);
    await markAndSign(demo.app, day, 1, 3, person);
    await signOut(demo.app);
  }

  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("closing-missing")).toHaveAttribute("data-value", "0");
  await window.getByTestId("closing-seal").click();
  await typePin(demo.app, pinOf(LEADER));
  await window.getByTestId("batch-send").click();
  await expect(window.locator("[data-testid=receipt-note][data-code=enrolment-pending]")).toHaveCount(1, {
    timeout: 30_000,
  });
  await window.getByTestId("receipt-ask-later").click();
  await expect(window.getByText("登记中心还没有新的决定。")).toBeVisible();
  await shot(window, "pending");
  expect(await demo.registry.pendingKeys()).toMatchObject([{ person: substitute, sheets: 1 }]);
  expect(demo.app.troubles).toEqual([]);
});

async function expectAccessible(screen: string): Promise<void> {
  expect(await violationsOf(demo.app.window), screen).toEqual([]);
  await shot(demo.app.window, screen);
}
