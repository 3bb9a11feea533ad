// `npm run registry -- --import FILE --export FILE`: a stick read at a registry without a network, and the answer to carry
// back. Nothing listens; the answer is flushed before it is called written.
import { open } from "node:fs/promises";
import { stampOf } from "#shared/wire";
import { LOOPBACK } from "../routes/door.ts";
import { startRegistry, type RegistryOptions } from "../start-registry.ts";
import { bundleFile } from "./bundle-file.ts";
import type { BundleAccount } from "./take-bundle.ts";

export interface BundleAtHand extends Pick<RegistryOptions, "dataDir" | "demo" | "databaseUrl" | "log"> {
  readonly from: string;
  readonly to: string;
}

/** False when the file is no bundle at all. */
export async function takeBundleFile({ from, to, ...options }: BundleAtHand): Promise<boolean> {
  const { log } = options;
  const registry = await startRegistry({ ...options, port: null, door: LOOPBACK, openLog: false });
  try {
    const { account, answer } = await registry.takeBundle(bundleFile(from));
    for (const line of accountLines(account)) log(line);
    if (account.end.trouble === "bundle.not-a-bundle") return false;
    const file = await open(to, "wx", 0o600);
    try {
      await file.writeFile(answer.bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    log(`answer for the way back: ${to}, code ${stampOf(answer.hash).code}`);
    return true;
  } finally {
    await registry.close();
  }
}

function accountLines({ end, batches, refused }: BundleAccount): string[] {
  const finals = batches.filter(({ state }) => state === "final");
  return [
    end.hash ? `bundle whole, code ${stampOf(end.hash).code}` : `bundle ${String(end.trouble)}`,
    ...(end.unusable > 0 ? [`${end.unusable} frames are not what they say and were left out`] : []),
    ...refused.map(({ code, detail }) => `refused: ${code}: ${detail}`),
    ...batches.map(({ batch, state, missing }) =>
      state === "final" ? `${batch}: receipt` : `${batch}: ${missing} objects missing`,
    ),
    `${finals.length} of ${batches.length} batches have a receipt`,
  ];
}
