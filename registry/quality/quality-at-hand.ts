// `npm run registry -- --quality FILE --out FOLDER`: the report on institutions from what they handed in. It opens no registry.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { QualityPeriod, qualityLimitValues } from "#shared/exam";
import { defaultQualityLimits, publishQuality } from "#shared/rules";
import { readDataFile } from "../data-refused.ts";
import { flushFolder, writeDurably } from "../keys/durable-file.ts";
import { qualityFiles } from "./report.ts";

/** Throws `DataRefused` for a file that is no period. */
export async function reportQuality(from: string, to: string, log: (line: string) => void): Promise<void> {
  const { period, institutions } = readDataFile(from, QualityPeriod, "put the file right and try again");
  const limits = qualityLimitValues(defaultQualityLimits());
  const quality = publishQuality(institutions, limits);
  await mkdir(to, { recursive: true });
  for (const { name, bytes } of qualityFiles({ period, quality, leastPublished: limits.leastPublished })) {
    await writeDurably(join(to, name), bytes, 0o644);
    log(`to publish: ${join(to, name)}`);
  }
  await flushFolder(to);
}
