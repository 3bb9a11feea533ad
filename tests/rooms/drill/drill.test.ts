// The fire drill over real processes, files, journals and sockets. With good parts every step holds; with one part broken,
// its step falls short and says why: a drill that cannot fail says nothing.
import { build } from "esbuild";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "#shared/base";
import { DRILL_STEPS, type DrillResult, type DrillStep } from "#shared/exam";
import { startDrill, type DrillProgress } from "../../../electron/drill/director.ts";
import { startDrillProcess } from "../../../electron/drill/start-process.ts";
import { afterMs } from "../../support/real-timers.ts";
import type { Broken } from "../../support/drill-process.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let processFile: string;

// One file instead of a hundred: a drill starts a process for every blow.
beforeAll(async () => {
  processFile = path.join(await mkdtemp(path.join(tmpdir(), "jiangping-drill-")), "process.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["tests/support/drill-process.ts"],
    outfile: processFile,
    bundle: true,
    external: ["electron"],
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
});

interface Held {
  readonly results: readonly DrillResult[];
  readonly scratch: string;
  readonly stick: string;
}

async function hold(
  steps: readonly DrillStep[],
  broken: Broken = "nothing",
  { kills = 2, stopAt }: { kills?: number; stopAt?: DrillStep } = {},
): Promise<Held> {
  const folder = await mkdtemp(path.join(tmpdir(), "jiangping-drill-"));
  const [scratch, stick] = [path.join(folder, "scratch"), path.join(folder, "stick")];
  const program = {
    executable: process.execPath,
    args: [processFile],
    env: { JIANGPING_BROKEN: broken },
  };
  const onProgress = ({ step }: DrillProgress) => {
    if (stopAt && step === stopAt) setTimeout(() => drill.stop(), 300);
  };
  const drill = startDrill(
    { kills, stick, steps },
    {
      scratch,
      startProcess: (profile) => startDrillProcess(program, profile),
      random: (length) => new Uint8Array(randomBytes(length)),
      chance: createRandom(20261125),
      mono: () => performance.now(),
      after: afterMs,
      reserveBytes: 1024 * 1024,
    },
    onProgress,
  );
  return { results: await drill.done, scratch, stick };
}

test("[S1] [S2] [S5] [S8] [P2] [P16] with good parts every step of the drill holds, and nothing is left behind", async () => {
  const { results, scratch, stick } = await hold(DRILL_STEPS, "nothing", { kills: 3 });
  expect(results.map(({ step, result, trouble }) => [step, result, trouble])).toEqual(
    DRILL_STEPS.map((step) => [step, "held", null]),
  );
  const [killed] = results;
  expect(killed?.tried).toBe(3);
  expect(killed?.stakes).toBeGreaterThanOrEqual(3);
  for (const { stakes, durationMs } of results) {
    expect(stakes).toBeGreaterThan(0);
    expect(durationMs).toBeGreaterThan(0);
  }
  expect(existsSync(scratch)).toBe(false);
  expect(existsSync(stick)).toBe(false);
  expect(await readdir(path.dirname(scratch))).toEqual([]);
}, 90_000);

describe("with one part broken the drill falls short, and says where", () => {
  test.each<[Broken, DrillStep[], DrillResult["trouble"]]>([
    ["writes-kept-in-memory", ["killed"], "marks-lost"],
    ["no-flush", ["killed"], "not-flushed"],
    ["no-reserve", ["full"], "no-reserve"],
    ["says-saved", ["full"], "false-save"],
    ["store-loses-a-row", ["killed", "wiped"], "store-differs"],
    ["store-keeps-a-stray-row", ["killed", "wiped"], "store-differs"],
    ["store-not-remade", ["killed", "wiped"], "not-rebuilt"],
    ["clock-believed", ["clock"], "verdict-differs"],
    ["clock-not-watched", ["clock"], "clock-unnoticed"],
    ["believes-any-answer", ["network"], "false-acknowledgement"],
    ["says-nothing", ["network"], "trouble-untold"],
    ["copy-says-current", ["stick"], "pull-unnoticed"],
    ["copy-stops-short", ["stick"], "copy-differs"],
    ["dies", ["full"], "part-died"],
  ])(
    "%s: %s falls short",
    async (broken, steps, trouble) => {
      const { results } = await hold(steps, broken, { kills: 1 });
      expect(results.at(-1)).toMatchObject({ step: steps.at(-1), result: "short", trouble });
    },
    60_000,
  );
});

test("a drill that is stopped tries nothing more, ends its processes and takes its folder away", async () => {
  const { results, scratch } = await hold(DRILL_STEPS, "nothing", { stopAt: "full" });
  expect(results.map(({ result }) => result)).toEqual([
    "held",
    ...DRILL_STEPS.slice(1).map(() => "not-tried"),
  ]);
  expect(existsSync(scratch)).toBe(false);
}, 60_000);
