// Only a receipt that verifies and names our batch is an acknowledgement (architecture 4, S5). The same batch meets four
// lies, one after another, and stays what it is; then the truth.
import { expect, test } from "@playwright/test";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { signIn, signOut, typePin } from "../support/day-steps.ts";
import { startLyingRegistry, type Lie, type LyingRegistry } from "../support/lying-registry.ts";
import {
  ADMINISTRATOR,
  goMarking,
  LEADER,
  markAndSign,
  prepareSmallDay,
  type SmallDay,
} from "../support/small-day.ts";

test.describe.configure({ mode: "serial" });

let registry: RunningRegistry;
let door: LyingRegistry;
let app: DrivenApp;
let day: SmallDay;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  registry = await startDemoRegistry();
  door = await startLyingRegistry(registry.url);
  app = await launchApp({ registryUrl: door.url });
  day = await prepareSmallDay(app, 2);
  await sealNext(1, "第二名考生改期");
  await app.window.getByTestId("batch-send").click();
  await expect(batchState("acknowledged")).toHaveCount(1, { timeout: 30_000 });
  await signOut(app);
  await sealNext(2, "");
});

test.afterAll(async () => {
  await app.close();
  await door.close();
  await registry.close();
});

const LIES: [Lie, string][] = [
  ["html", "a captive portal's page with status 200"],
  ["error", "a server error"],
  ["nothing", "a line that breaks before any answer"],
  ["other-receipt", "a true receipt for another batch"],
];

for (const [lie, words] of LIES) {
  test(`[S5] [P25] ${words} does not acknowledge a batch`, async () => {
    const before = door.lies();
    door.lie(lie);
    await app.window.getByTestId("batch-send").first().click();
    await expect.poll(() => door.lies(), { timeout: 30_000 }).toBeGreaterThan(before);
    await expect(app.window.getByTestId("batch-trouble")).toBeVisible({ timeout: 30_000 });
    await expect(batchState("acknowledged")).toHaveCount(1);
  });
}

test("[S6] the same batch is acknowledged once the registry tells the truth", async () => {
  door.lie(null);
  await app.window.getByTestId("batch-send").first().click();
  await expect(batchState("acknowledged")).toHaveCount(2, { timeout: 30_000 });
});

function batchState(state: string) {
  return app.window.locator(`[data-testid=batch-state][data-state=${state}]`);
}

/** Marks and signs one candidate and seals what is there; ends on the closing screen as administrator. */
async function sealNext(no: number, explanation: string): Promise<void> {
  await goMarking(app, day);
  await markAndSign(app, day, no);
  await signOut(app);
  await signIn(app, ADMINISTRATOR, day.pinOf(ADMINISTRATOR));
  await app.window.locator("[data-testid^=day-close-]").first().click();
  if (explanation !== "") await app.window.getByTestId("closing-explanation").fill(explanation);
  await app.window.getByTestId("closing-seal").click();
  await typePin(app, day.pinOf(LEADER));
  await expect(app.window.locator("[data-testid=batch-state]").first()).toBeVisible();
}
