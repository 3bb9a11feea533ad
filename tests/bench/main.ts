// `npm run bench`: which benchmark. A missed goal is a figure, not a failure.
import { parseArgs } from "node:util";
import { printMeasured, type Measured } from "../support/measured.ts";
import { durabilityBench } from "./durability.ts";

const benches: Readonly<Record<string, () => Promise<Measured>>> = { durability: durabilityBench };

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" } },
  });
  const bench = benches[positionals[0] ?? ""];
  if (!bench || positionals.length > 1) {
    console.error(`usage: npm run bench -- <${Object.keys(benches).join("|")}> [--json]`);
    return 2;
  }
  printMeasured(await bench(), values.json ?? false);
  return 0;
}
