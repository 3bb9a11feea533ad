// A bundle as a file: spooled from the wire so that it can be read twice, or standing where an operator put it.
import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Bytes } from "#shared/base";
import type { BundleSource } from "./take-bundle.ts";

/** A day's pictures of a large centre are some hundred MiB. */
export const MAX_BUNDLE_BYTES = 2 * 1024 * 1024 * 1024;

export class BundleTooLarge extends Error {}

export function bundleFile(path: string): BundleSource {
  return () => createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Bytes>;
}

/** Writes what arrives to a file of its own, reads it from there, and takes it away again whatever happened. */
export async function spooled<T>(
  dataDir: string,
  arriving: AsyncIterable<Bytes>,
  work: (source: BundleSource) => Promise<T>,
): Promise<T> {
  const folder = join(dataDir, "incoming");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomBytes(8).toString("hex"));
  try {
    await writeUpTo(path, arriving, MAX_BUNDLE_BYTES);
    return await work(bundleFile(path));
  } finally {
    await rm(path, { force: true });
  }
}

async function writeUpTo(path: string, arriving: AsyncIterable<Bytes>, limit: number): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    let length = 0;
    for await (const bytes of arriving) {
      length += bytes.length;
      if (length > limit) throw new BundleTooLarge(`more than ${limit} bytes`);
      await file.write(bytes);
    }
  } finally {
    await file.close();
  }
}
