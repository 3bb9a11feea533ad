// A demonstration registry of its own for one test or one day, gone with it. With DATABASE_URL it keeps its index in a
// new database of that server.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LOOPBACK, startRegistry, type RunningRegistry } from "../../registry/index.ts";
import { layIndex, removePlace } from "./index-template.ts";
import { runSql, serverAt } from "./postgres.ts";

/** `operator`: with the door of whoever is on duty. */
export async function startDemoRegistry({ operator = false } = {}): Promise<RunningRegistry> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "jiangping-registry-"));
  const server = process.env["DATABASE_URL"];
  const databaseUrl =
    server === undefined ? null : await serverAt(server, () => Promise.resolve()).newDatabase();
  if (databaseUrl === null) layIndex(dataDir);
  const registry = await startRegistry({
    dataDir,
    port: 0,
    door: LOOPBACK,
    demo: true,
    databaseUrl,
    openLog: false,
    log: () => undefined,
    ...(operator ? { operatorPort: 0 } : {}),
  });
  return {
    ...registry,
    close: async () => {
      await registry.close();
      removePlace(dataDir);
      if (server !== undefined && databaseUrl !== null)
        await runSql(server, `drop database ${new URL(databaseUrl).pathname.slice(1)}`);
    },
  };
}
