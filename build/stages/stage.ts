// One stage of `check` or `test`: it runs to its end whatever happened before it, and says how many things it tried.
import { performance } from "node:perf_hooks";

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

export type Print = (text: string) => void;

export const toTerminal: Print = (text) => void process.stdout.write(text);

export interface Stage {
  readonly name: string;
  /** A stage that may run beside another says everything through `print`; one that runs alone may let its tool speak for itself. */
  readonly run: (print: Print) => Promise<Count>;
}

interface Ended {
  readonly stage: string;
  readonly count: Count;
  readonly seconds: number;
}

/** A small machine has two cores, and a compiler or linter, which holds the types of a whole tree, works on one. */
const LANES = 2;

/** Runs every stage, prints each with its time, and sums them up. The stages of an inner list run side by side. */
export async function runStages(plan: readonly (Stage | readonly Stage[])[], print: Print): Promise<Count> {
  const ended: Ended[] = [];
  for (const step of plan) {
    if ("run" in step) ended.push(await runStage(step, print));
    else ended.push(...(await runSideBySide(step, print)));
  }
  print("\n");
  for (const { stage, count, seconds } of ended) {
    const mark = count.failed === 0 ? "ok  " : "FAIL";
    print(`${mark} ${stage.padEnd(24)} ${describe(count).padEnd(24)} ${seconds.toFixed(1)} s\n`);
  }
  return {
    passed: ended.reduce((sum, { count }) => sum + count.passed, 0),
    failed: ended.reduce((sum, { count }) => sum + count.failed, 0),
  };
}

/** The first of the list begin first. What each has to say is printed whole when it ends. */
async function runSideBySide(stages: readonly Stage[], print: Print): Promise<Ended[]> {
  print(`\n== ${String(LANES)} at a time: ${stages.map(({ name }) => name).join(", ")}\n`);
  const ended: Ended[] = [];
  const queue = stages.values();
  const lane = async () => {
    for (const stage of queue) {
      let said = "";
      ended.push(await runStage(stage, (text) => (said += text)));
      print(said);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return ended;
}

async function runStage({ name, run }: Stage, print: Print): Promise<Ended> {
  print(`\n== ${name}\n`);
  const startedAt = performance.now();
  const count = await run(print).catch((error: unknown) => {
    // A stage that cannot even start has failed; the others still have something to say.
    print(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return { passed: 0, failed: 1 };
  });
  const seconds = (performance.now() - startedAt) / 1000;
  print(`== ${name}: ${describe(count)} in ${seconds.toFixed(1)} s\n`);
  return { stage: name, count, seconds };
}

/** The line that `npm test` ends with. */
export function describe({ passed, failed }: Count): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}
