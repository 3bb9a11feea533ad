// The store's part of the tampering rig (P2): the files of IndexedDB in a real profile, deleted, cut, flipped and put back
// from an older copy, round after round. Every start must end with the rows that the journal gives.
import { createRandom } from "#shared/base";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { launchApp } from "../support/drive-app.ts";
import { rounded, type Measured } from "../support/measured.ts";
import { openProfileJournal } from "../support/profile-journal.ts";
import { goMarking, markAndSign, prepareSmallDay } from "../support/small-day.ts";
import { damageStore, keepStore, STORE_DAMAGES } from "../support/store-damage.ts";
import { digestsOf, rowDigests } from "../support/window-rows.ts";
import type { RigOptions } from "./options.ts";

/** A hundredth as many starts as changes of the journal, for each kind of damage. */
export async function damageStores({
  count,
  seed,
  say,
}: RigOptions): Promise<Pick<Measured, "figures" | "goals">> {
  const random = createRandom(seed);
  const registry = await startDemoRegistry();
  const started = Date.now();
  let damaged = 0;
  let unequal = 0;
  try {
    let app = await launchApp({ registryUrl: registry.url });
    const { profile } = app;
    const day = await prepareSmallDay(app, 3);
    await app.close();
    await keepStore(profile);
    app = await launchApp({ registryUrl: registry.url, profile });
    await goMarking(app, day);
    await markAndSign(app, day, 1);
    await app.close();
    const journal = await openProfileJournal(profile);
    const wanted = JSON.stringify(digestsOf(journal.view));
    await journal.close();
    for (const damage of STORE_DAMAGES) {
      for (let n = 0; n < Math.ceil(count / 100); n++) {
        await damageStore(profile, damage, random);
        app = await launchApp({ registryUrl: registry.url, profile });
        damaged += 1;
        // A window that shows nothing is a store that is not level, and the next start may tell more.
        const person = app.window.locator("[data-testid^=sign-in-person-]").first();
        const isEqual = await person
          .waitFor({ timeout: 60_000 })
          .then(() => rowDigests(app.window))
          .then(
            (rows) => JSON.stringify(rows) === wanted,
            () => false,
          );
        if (!isEqual) unequal += 1;
        await app.close();
      }
      say(`store ${damage}: ${String(damaged)} starts, ${String(unequal)} unequal so far`);
    }
  } finally {
    await registry.close();
  }
  return {
    figures: {
      storesDamaged: damaged,
      storesUnequal: unequal,
      storeSeconds: rounded((Date.now() - started) / 1000, 1),
    },
    goals: {
      stores: { goal: "every damaged store equals the journal's fold again", met: unequal === 0 },
    },
  };
}
