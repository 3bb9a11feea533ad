// `npm run rig`: which rig, how often and from which seed; everything else is the rig's.
import { parseArgs } from "node:util";
import { printMeasured, type Measured } from "../support/measured.ts";
import { bitflipRig } from "./bitflip.ts";
import { crashRig } from "./crash.ts";
import { linkRig } from "./link.ts";
import type { RigOptions } from "./options.ts";
import { registryKillRig } from "./registry-kill.ts";
import { replayRig } from "./replay.ts";
import { tamperRig } from "./tamper.ts";
import { tamperRegistryRig } from "./tamper-registry.ts";

const rigs: Readonly<Record<string, { run: (options: RigOptions) => Promise<Measured>; count: number }>> = {
  bitflip: { run: bitflipRig, count: 100_000 },
  crash: { run: crashRig, count: 1000 },
  link: { run: linkRig, count: 1024 },
  "registry-kill": { run: registryKillRig, count: 100 },
  replay: { run: replayRig, count: 10_000 },
  tamper: { run: tamperRig, count: 1000 },
  "tamper-registry": { run: tamperRegistryRig, count: 2000 },
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { count: { type: "string" }, seed: { type: "string" }, json: { type: "boolean" } },
  });
  const rig = rigs[positionals[0] ?? ""];
  const count = Number(values.count ?? rig?.count);
  const seed = Number(values.seed ?? 20261123);
  if (!rig || positionals.length > 1 || ![count, seed].every((n) => Number.isSafeInteger(n) && n > 0)) {
    console.error(`usage: npm run rig -- <${Object.keys(rigs).join("|")}> [--count N] [--seed S] [--json]`);
    return 2;
  }
  const measured = await rig.run({ count, seed, say: (progress) => console.error(progress) });
  printMeasured(measured, values.json ?? false);
  return Object.values(measured.goals).every(({ met }) => met) ? 0 : 1;
}
