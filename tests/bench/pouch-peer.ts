// The peer that marking tools of this kind are built on: PouchDB replicating to pouchdb-server (rulings 22). Installed here
// and nowhere else; where it cannot be, the bench says so in words.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../support/free-port.ts";

const PEERS = join(import.meta.dirname, "peers");
const STARTS_WITHIN_MS = 60_000;

export type PouchFigures =
  { readonly sheetsPerSecond: number; readonly cpuMs: number } | { readonly notRun: string };

interface Pouch {
  bulkDocs(docs: readonly object[]): Promise<readonly { ok?: boolean }[]>;
  info(): Promise<{ doc_count: number }>;
  replicate: { to(remote: string, options: object): Promise<{ ok: boolean; docs_written: number }> };
  destroy(): Promise<unknown>;
}
type PouchConstructor = new (name: string, options?: object) => Pouch;

export async function pouchPeer(sheets: readonly string[]): Promise<PouchFigures> {
  try {
    await promisify(execFile)(
      "npm",
      ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"],
      {
        cwd: PEERS,
        timeout: 5 * 60_000,
      },
    );
  } catch (error) {
    return { notRun: `PouchDB could not be installed: ${firstLine(error)}` };
  }
  const folder = mkdtempSync(join(tmpdir(), "jiangping-pouch-"));
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [
      join(PEERS, "node_modules/pouchdb-server/bin/pouchdb-server"),
      "--port",
      String(port),
      "--dir",
      folder,
      "--no-stdout-logs",
    ],
    { cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
  );
  const said: string[] = [];
  server.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  try {
    const url = `http://127.0.0.1:${String(port)}/bench`;
    if (!(await answers(url)))
      return { notRun: `pouchdb-server did not start: ${said.join("").slice(0, 200)}` };
    const PouchDB = createRequire(join(PEERS, "package.json"))("pouchdb") as PouchConstructor;
    const local = new PouchDB(join(folder, "local"));
    await local.bulkDocs(sheets.map((text) => ({ _id: idOf(text), sheet: JSON.parse(text) as object })));
    const before = cpuMsOf(server.pid);
    const from = performance.now();
    const done = await local.replicate.to(url, { batch_size: 100 });
    const seconds = (performance.now() - from) / 1000;
    if (done.docs_written !== sheets.length)
      return { notRun: `only ${String(done.docs_written)} sheets arrived` };
    return { sheetsPerSecond: sheets.length / seconds, cpuMs: cpuMsOf(server.pid) - before };
  } catch (error) {
    return { notRun: `PouchDB failed: ${firstLine(error)}` };
  } finally {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function idOf(text: string): string {
  return (JSON.parse(text) as { sheetId: string }).sheetId.replace(/^_/, "u_");
}

async function answers(url: string): Promise<boolean> {
  const until = performance.now() + STARTS_WITHIN_MS;
  while (performance.now() < until) {
    const isThere = await fetch(url, { method: "PUT" }).then(
      ({ status }) => status < 500,
      () => false,
    );
    if (isThere) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** User and system time of another process, Linux only: fields 14 and 15 of its stat line, in ticks of 10 ms. */
function cpuMsOf(pid: number | undefined): number {
  if (pid === undefined || process.platform !== "linux") return Number.NaN;
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, "utf8")
      .split(") ")[1]
      ?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
