// A demonstration registry of its own for one test or one day, gone with it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startRegistry, type RunningRegistry } from "../../registry/index.ts";

export async function startDemoRegistry(): Promise<RunningRegistry> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "jiangping-registry-"));
  const registry = await startRegistry({ dataDir, port: 0, demo: true, log: () => undefined });
  return {
    ...registry,
    close: async () => {
      await registry.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
