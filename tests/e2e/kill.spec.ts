// The promise that made others give up: a mark whose tick was solid is there after the whole app was killed, at any
// moment (P1, S2).
import { expect, test } from "@playwright/test";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { killRounds } from "../support/kill-rounds.ts";

const ROUNDS = Number(process.env["JIANGPING_KILLS"] ?? 8);
const SEED = Number(process.env["JIANGPING_SEED"] ?? 20261123);

let registry: RunningRegistry;

test.beforeAll(async () => {
  registry = await startDemoRegistry();
});

test.afterAll(async () => {
  await registry.close();
});

test(`[P1] [S2] kill -9 at ${ROUNDS} random points while marking loses no acknowledged mark and brings none that nobody typed`, async () => {
  test.setTimeout(ROUNDS * 20_000 + 60_000);
  const { acknowledged, lost, phantom } = await killRounds(registry.url, { rounds: ROUNDS, seed: SEED });
  console.log(
    `kill -9: seed ${SEED}, ${ROUNDS} points, ${lost.length} of ${acknowledged} acknowledged marks lost`,
  );
  expect(acknowledged).toBeGreaterThan(ROUNDS);
  expect(lost).toEqual([]);
  expect(phantom).toEqual([]);
});
