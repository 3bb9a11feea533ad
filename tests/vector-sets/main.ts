// `npm run vectors`: every set with what it holds and what passed, set by set.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSuite } from "#shared/crypto";
import { allSets } from "./all-sets.ts";
import { native } from "./public-crypto.ts";
import type { VectorSet } from "./set.ts";
import { confusionCounts } from "./type-confusion.ts";

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: "boolean" }, from: { type: "string" } },
  });
  const started = await startSuite(native);
  if (!started.ok) {
    console.error(`the self-test failed: ${JSON.stringify(started.error.facts)}`);
    return 1;
  }
  const rows: (Omit<VectorSet, "run"> & { vectors: number; passed: number; failed: readonly string[] })[] =
    [];
  for (const set of allSets(values.from ?? join(import.meta.dirname, "../vectors"))) {
    const { count, failed } = await set.run();
    const { name, origin, source, licence } = set;
    rows.push({ name, origin, vectors: count, passed: count - failed.length, failed, source, licence });
    if (!values.json) {
      const verdict = failed.length === 0 ? "passed" : `FAILED ${String(failed.length)}`;
      console.log(
        `${name.padEnd(24)} ${origin.padEnd(7)} ${String(count).padStart(6)}  ${verdict.padEnd(8)} ${source}`,
      );
      for (const one of failed.slice(0, 10)) console.log(`    ${one}`);
    }
  }
  const sum = (origin: string) =>
    rows.filter((row) => row.origin === origin).reduce((total, { vectors }) => total + vectors, 0);
  const figures = {
    public: sum("public"),
    own: sum("own"),
    failed: rows.flatMap(({ failed }) => failed).length,
  };
  const goals = {
    passed: { goal: "every vector gets what it must", met: figures.failed === 0 },
    hostile: {
      goal: "at least twice as many hostile ones of our own as public ones",
      met: figures.own >= 2 * figures.public,
    },
  };
  if (values.json) {
    console.log(JSON.stringify({ name: "vectors", figures, confusion: confusionCounts, sets: rows, goals }));
  } else {
    for (const [way, count] of Object.entries(confusionCounts))
      console.log(`type confusion, ${way}: ${String(count)} offered`);
    console.log(
      `public ${String(figures.public)}, own ${String(figures.own)}, failed ${String(figures.failed)}`,
    );
  }
  return figures.failed === 0 ? 0 : 1;
}
