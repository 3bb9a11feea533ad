// `npm run bench`: which benchmark. A missed goal is a figure, not a failure.
import { parseArgs } from "node:util";
import { printMeasured, type Measured } from "../support/measured.ts";
import { durabilityBench } from "./durability.ts";
import { flagsBench } from "./flags.ts";
import { linkBench } from "./link.ts";
import { markingBench } from "./marking.ts";
import { rebuildBench } from "./rebuild.ts";
import { registryBench } from "./registry.ts";
import { sealBench } from "./seal.ts";
import { severityBench } from "./severity.ts";

interface Sizes {
  /** Of a history, or of each centre. */
  readonly sheets: readonly number[] | undefined;
  readonly centres: number;
  /** Of seeded sittings, or of simulated panels. */
  readonly count: number | undefined;
  readonly seed: number;
}

const benches: Readonly<Record<string, (sizes: Sizes) => Promise<Measured>>> = {
  durability: () => durabilityBench(),
  flags: ({ count = 10_000, seed }) => Promise.resolve(flagsBench({ count, seed })),
  link: () => linkBench(),
  marking: () => markingBench(),
  rebuild: ({ sheets }) => rebuildBench(sheets),
  registry: ({ centres, sheets }) => registryBench({ centres, sheets: sheets?.[0] ?? 200 }),
  seal: () => sealBench(),
  severity: ({ count = 1_000, seed }) => Promise.resolve(severityBench({ count, seed })),
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ json: { type: "boolean" }, sheets: { type: "string" }, centres: { type: "string" } },
      ...{ count: { type: "string" }, seed: { type: "string" } },
    },
  });
  const bench = benches[positionals[0] ?? ""];
  const sheets = values.sheets?.split(",").map(Number);
  const centres = Number(values.centres ?? 20);
  const count = values.count === undefined ? undefined : Number(values.count);
  const seed = Number(values.seed ?? 1);
  const isWrong = [...(sheets ?? []), centres, count ?? 1, seed].some(
    (n) => !Number.isSafeInteger(n) || n < 0,
  );
  if (!bench || positionals.length > 1 || isWrong || centres < 1) {
    console.error(
      `usage: npm run bench -- <${Object.keys(benches).join("|")}> [--sheets N,N] [--centres N] [--count N] [--seed S] [--json]`,
    );
    return 2;
  }
  printMeasured(await bench({ sheets, centres, count, seed }), values.json ?? false);
  return 0;
}
