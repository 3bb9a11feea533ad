// Global set-up of the contract suite on PostgreSQL: one server for the whole run.
import { startPostgres } from "./postgres.ts";

export async function setup(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  process.env["JIANGPING_CONTRACT_POSTGRES"] = server.url;
  return server.stop;
}
