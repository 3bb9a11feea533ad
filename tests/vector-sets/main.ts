// `npm run vectors`: every set with what it holds and what passed, set by set.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSuite } from "#shared/crypto";
import { allSets } from "./all-sets.ts";
import { native } from "./public-crypto.ts";
import { judgeSets, type RunSet } from "./judge-sets.ts";
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
  const rows: RunSet[] = [];
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
  const { figures, goals } = judgeSets(rows);
  if (values.json) {
    console.log(JSON.stringify({ name: "vectors", figures, confusion: confusionCounts, sets: rows, goals }));
  } else {
    for (const [way, count] of Object.entries(confusionCounts))
      console.log(`type confusion, ${way}: ${String(count)} offered`);
    console.log(
      `public ${String(figures.public)}, own ${String(figures.own)}, failed ${String(figures.failed)}`,
    );
  }
  for (const { goal, met } of Object.values(goals)) if (!met) console.error(`MISSED ${goal}`);
  return Object.values(goals).every(({ met }) => met) ? 0 : 1;
}
