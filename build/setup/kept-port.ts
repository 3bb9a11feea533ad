// The demonstration registry stays where it is from one start to the next: the port of the last start is kept beside its
// data, so that the address in a centre's journal goes on being the right one.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

export interface KeptPort {
  /** 0 lets the registry take a free one. */
  readonly port: number;
  /** The port of the last start, when somebody else has it now. */
  readonly taken: number | null;
}

export async function chooseKeptPort(folder: string): Promise<KeptPort> {
  const kept = readKeptPort(folder);
  if (kept === undefined) return { port: 0, taken: null };
  return (await isFree(kept)) ? { port: kept, taken: null } : { port: 0, taken: kept };
}

/** Once the registry listens: its folder exists by then. */
export function keepPort(folder: string, address: string): void {
  writeFileSync(fileIn(folder), `${new URL(address).port}\n`);
}

function readKeptPort(folder: string): number | undefined {
  if (!existsSync(fileIn(folder))) return undefined;
  const port = Number(readFileSync(fileIn(folder), "utf8"));
  return Number.isInteger(port) && port >= 1024 && port <= 65_535 ? port : undefined;
}

function fileIn(folder: string): string {
  return join(folder, "port");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ host: "127.0.0.1", port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
