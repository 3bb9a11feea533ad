// The long rigs, small: that they run, and that they find what they are there to find.
import { expect, test } from "vitest";
import { breakEveryWrite, cutPowerAtRandom } from "../../rigs/crash.ts";
import { tamperWithJournal } from "../../rigs/tamper.ts";

const small = { count: 25, seed: 20261123, say: () => undefined };

test("[P1] [S2] modelled cuts of the power lose nothing acknowledged and bring nothing that was not asked", async () => {
  const report = await cutPowerAtRandom(small);
  expect(report).toMatchObject({ cuts: 75, lost: 0, phantom: 0 });
  expect(report.acknowledged).toBeGreaterThan(100);
});

test("[S1] a full or a broken disk at any write of a sitting loses nothing, and the sitting is finished", async () => {
  expect(await breakEveryWrite()).toEqual({ failed: 160, finished: 160, lost: 0 });
});

test("[P9] no change that somebody without the key makes to the journal goes unseen", async () => {
  const { figures, goals } = await tamperWithJournal(small);
  expect(goals["unseen"]?.met).toBe(true);
  expect(goals["evidenceUnseen"]?.met).toBe(true);
  expect(figures["evidenceTried"]).toBeGreaterThan(300);
  expect(figures["refused"]).toBeGreaterThan(100);
  expect(figures["otherHead"]).toBeGreaterThan(20);
});
