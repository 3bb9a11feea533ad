// One stage of `check` or `test`: it runs to its end whatever happened before it, and says how many things it tried.
import { performance } from "node:perf_hooks";

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

export interface Stage {
  readonly name: string;
  readonly run: () => Promise<Count>;
}

/** Runs every stage, prints each with its time, and sums them up. */
export async function runStages(stages: readonly Stage[]): Promise<Count> {
  const results: { stage: string; count: Count; seconds: number }[] = [];
  for (const { name, run } of stages) {
    process.stdout.write(`\n== ${name}\n`);
    const startedAt = performance.now();
    const count = await run().catch((error: unknown) => {
      // A stage that cannot even start has failed; the others still have something to say.
      process.stdout.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      return { passed: 0, failed: 1 };
    });
    const seconds = (performance.now() - startedAt) / 1000;
    results.push({ stage: name, count, seconds });
    process.stdout.write(`== ${name}: ${describe(count)} in ${seconds.toFixed(1)} s\n`);
  }
  process.stdout.write("\n");
  for (const { stage, count, seconds } of results) {
    const mark = count.failed === 0 ? "ok  " : "FAIL";
    process.stdout.write(
      `${mark} ${stage.padEnd(24)} ${describe(count).padEnd(24)} ${seconds.toFixed(1)} s\n`,
    );
  }
  return {
    passed: results.reduce((sum, { count }) => sum + count.passed, 0),
    failed: results.reduce((sum, { count }) => sum + count.failed, 0),
  };
}

/** The line that `npm test` ends with. */
export function describe({ passed, failed }: Count): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}
