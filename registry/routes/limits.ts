// How much the registry takes at once, how fast, and how long it waits for anybody. A country's day end must not be stopped
// by a few connections that hold on to what they were given.

export interface Rate {
  /** Requests an address may go on making for ever ... */
  readonly perSecond: number;
  /** ... and how many it may have saved up. */
  readonly burst: number;
}

export interface ServerLimits {
  /** The head of a request must be here by then, and a TLS handshake done. */
  readonly headMs: number;
  /** A whole request must be here by then; the bytes of an object stay, and the laptop goes on from there. */
  readonly requestMs: number;
  /** From here on both sides must move: fewer bytes a second, averaged, and the connection is cut. */
  readonly graceMs: number;
  readonly minBytesPerSecond: number;
  readonly connections: number;
  /** Requests that are received, worked on or answered at one time. */
  readonly requests: number;
  /** Bytes of bodies that may be in memory at one time. */
  readonly bodyBytes: number;
  /** Bundles spooled at one time: each may be gigabytes. */
  readonly bundles: number;
  /** By address; null where everybody has the same one. */
  readonly rate: Rate | null;
  /** Below this much free space nothing new is taken, so that what was taken can be judged and answered. */
  readonly freeBytes: number;
  /** How long a stop waits for what is being worked on. */
  readonly drainMs: number;
}

const MIB = 1024 * 1024;

/** 16 kbit/s are 2,000 bytes a second: the worst link we send over is thirty times as fast as what is cut. */
const LIMITS: ServerLimits = {
  headMs: 20_000,
  requestMs: 10 * 60_000,
  graceMs: 60_000,
  minBytesPerSecond: 64,
  connections: 1_000,
  requests: 800,
  bodyBytes: 256 * MIB,
  bundles: 2,
  rate: { perSecond: 50, burst: 1_000 },
  freeBytes: 256 * MIB,
  drainMs: 30_000,
};

/** On loopback every request has one address: what is in front of the registry there counts, or nobody has to. */
export function limitsFor(host: string, over: Partial<ServerLimits>): ServerLimits {
  return { ...LIMITS, ...(isLoopback(host) ? { rate: null } : {}), ...over };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
