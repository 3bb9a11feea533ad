// Chromium may lose IndexedDB, or a disk may spoil it; the journal does not. A store that was deleted, cut, flipped or put
// back from an older copy equals the fold of the journal again, row for row (P2, architecture 1).
import { expect, test } from "@playwright/test";
import { createRandom } from "#shared/base";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { savedCount } from "../support/day-steps.ts";
import { openProfileJournal } from "../support/profile-journal.ts";
import { goMarking, markAndSign, prepareSmallDay } from "../support/small-day.ts";
import { damageStore, keepStore, STORE_DAMAGES } from "../support/store-damage.ts";
import { digestsOf, rowDigests, type Digests } from "../support/window-rows.ts";

let registry: RunningRegistry;
let app: DrivenApp;
let wanted: Digests;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
  const day = await prepareSmallDay(app, 3);
  await app.close();
  await keepStore(app.profile);
  app = await launchApp({ registryUrl: registry.url, profile: app.profile });
  await goMarking(app, day);
  await markAndSign(app, day, 1);
  await app.close();
  const journal = await openProfileJournal(app.profile);
  wanted = digestsOf(journal.view);
  await journal.close();
  expect(wanted["sheets"]).toMatch(/^1 /);
});

test.afterAll(async () => {
  await registry.close();
});

for (const damage of STORE_DAMAGES)
  test(`[P2] a store that was ${damage} equals the fold of the journal again, row for row`, async () => {
    await damageStore(app.profile, damage, createRandom(20261125));
    app = await launchApp({ registryUrl: registry.url, profile: app.profile });
    try {
      await expect(app.window.locator("[data-testid^=sign-in-person-]").first()).toBeVisible({
        timeout: 30_000,
      });
      expect(await savedCount(app.window)).toBeGreaterThan(20);
      expect(await rowDigests(app.window)).toEqual(wanted);
      if (damage === "deleted") await expect(app.window.getByText(/已从本机日志重建/)).toBeVisible();
    } finally {
      await app.close();
    }
  });
