// `npm run bench`: which benchmark. A missed goal is a figure, not a failure.
import { parseArgs } from "node:util";
import { printMeasured, type Measured } from "../support/measured.ts";
import { durabilityBench } from "./durability.ts";
import { linkBench } from "./link.ts";
import { rebuildBench } from "./rebuild.ts";

/** `sheets`: sizes of a history, where a benchmark has one. */
const benches: Readonly<Record<string, (sheets?: readonly number[]) => Promise<Measured>>> = {
  durability: () => durabilityBench(),
  link: () => linkBench(),
  rebuild: rebuildBench,
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" }, sheets: { type: "string" } },
  });
  const bench = benches[positionals[0] ?? ""];
  const sheets = values.sheets?.split(",").map(Number);
  if (!bench || positionals.length > 1 || sheets?.some((n) => !Number.isSafeInteger(n) || n < 0)) {
    console.error(`usage: npm run bench -- <${Object.keys(benches).join("|")}> [--sheets N,N] [--json]`);
    return 2;
  }
  printMeasured(await bench(sheets), values.json ?? false);
  return 0;
}
