// `npm run day`: a whole exam day of the demonstration centre, driven through the real window against a real registry.
// What it prints is what the screens said, checked against the registry's own signed receipt.
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { launchApp, newProfile } from "../support/drive-app.ts";
import { UnusableFile } from "../support/day-steps.ts";
import { BadOptions, readOptions, type DayOptions } from "./options.ts";
import { prepareFiles } from "./files.ts";
import { runLaptops } from "./laptops.ts";
import { runDay, type DayReport } from "./run-day.ts";
import { printReport } from "./report.ts";

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    const report = await holdDay(options);
    printReport(report, options.json);
    const { receipt, acknowledged, sheets, panel } = report;
    const isWhole = acknowledged === sheets && panel.equalToRecomputed === panel.finalMarks;
    return receipt.verified && isWhole && panel.settled === panel.divergent ? 0 : 1;
  } catch (error) {
    if (error instanceof BadOptions || error instanceof UnusableFile) {
      console.error(error.message);
      return 2;
    }
    throw error;
  }
}

async function holdDay(options: DayOptions): Promise<DayReport> {
  const out = path.resolve(options.out);
  await mkdir(out, { recursive: true });
  const files = await prepareFiles(options, out);
  const registry = options.registry === undefined ? await startDemoRegistry() : undefined;
  const profile = await newProfile();
  try {
    if (options.laptops) {
      if (!registry) throw new BadOptions("--laptops: everything goes by stick, to the day's own registry");
      return await runLaptops(registry, { options, files, out });
    }
    const registryUrl = options.registry ?? registry?.url ?? "";
    const app = await launchApp({ profile, registryUrl });
    try {
      return await runDay(app, { options, files, registryUrl, out });
    } finally {
      await app.close();
    }
  } finally {
    await registry?.close();
    await rm(profile, { recursive: true, force: true });
  }
}
