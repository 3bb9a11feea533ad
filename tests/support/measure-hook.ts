// Loaded before the registry's own main by the bench, and by nothing else: tells the parent what this very process has used.
export interface Usage {
  /** User and system, of all threads. */
  readonly cpuMs: number;
  readonly rssMiB: number;
  readonly heapMiB: number;
}

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const usage: Usage = { cpuMs: (user + system) / 1000, rssMiB: rss / MIB, heapMiB: heapUsed / MIB };
  process.send?.(usage);
});
process.channel?.unref();

const MIB = 1024 * 1024;
