// What bounds a mark from below: as many bytes written and flushed on the profile's disk by the same process, with
// nothing around it.
import { stat } from "node:fs/promises";
import path from "node:path";
import type { ElectronApplication } from "@playwright/test";

/** A disk and a processor that were at rest answer later than busy ones: a raw flush waits as long as a mark does. */
export const REST_MS = 40;

/** What one of so many marks adds to the journal. */
export async function bytesOfAMark(
  profile: string,
  marks: number,
  make: () => Promise<unknown>,
): Promise<number> {
  const segment = path.join(profile, "journal", "000001.jpj");
  const before = (await stat(segment)).size;
  await make();
  return Math.round(((await stat(segment)).size - before) / marks);
}

/** In main, on the profile's disk: as many bytes as a mark has, then fdatasync; milliseconds each. */
export function sampleFlush(
  electron: ElectronApplication,
  folder: string,
  bytes: number,
  count: number,
): Promise<number[]> {
  return electron.evaluate(
    async (_electron, { file, size, samples, rest }) => {
      interface Handle {
        write(bytes: Uint8Array): Promise<unknown>;
        datasync(): Promise<void>;
        close(): Promise<void>;
      }
      interface Files {
        open(path: string, flags: string): Promise<Handle>;
      }
      // What is evaluated in main has no import of its own; main's bundle lends it one.
      const { mainModule } = process as unknown as { mainModule: { require(name: string): unknown } };
      const { open } = mainModule.require("node:fs/promises") as Files;
      const handle = await open(file, "a");
      const content = new Uint8Array(size).fill(7);
      const taken: number[] = [];
      for (let i = 0; i < samples; i++) {
        const from = performance.now();
        await handle.write(content);
        await handle.datasync();
        taken.push(performance.now() - from);
        await new Promise((resolve) => setTimeout(resolve, rest));
      }
      await handle.close();
      return taken;
    },
    { file: path.join(folder, "raw-flush"), size: bytes, samples: count, rest: REST_MS },
  );
}
