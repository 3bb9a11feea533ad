// One bucket of tokens an address: a burst is served at once, a flood at the rate that everybody may have for ever.
import type { Rate } from "./limits.ts";

export interface Buckets {
  /** 0, or how many milliseconds until the next one would be served. */
  take(address: string): number;
}

/** Full buckets say nothing, so they are forgotten; this many that are not full are remembered. */
const MAX_BUCKETS = 20_000;

export function createBuckets({ perSecond, burst }: Rate, monotonic: () => number): Buckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const tokensNow = ({ tokens, at }: { tokens: number; at: number }, now: number) =>
    Math.min(burst, tokens + ((now - at) / 1000) * perSecond);

  const forget = (now: number): void => {
    for (const [address, bucket] of buckets) if (tokensNow(bucket, now) >= burst) buckets.delete(address);
    // All of them are in use: the one that has been there longest makes room.
    for (const [address] of buckets) {
      if (buckets.size < MAX_BUCKETS) return;
      buckets.delete(address);
    }
  };

  return {
    take: (address) => {
      const now = monotonic();
      const bucket = buckets.get(address);
      if (!bucket && buckets.size >= MAX_BUCKETS) forget(now);
      const tokens = bucket ? tokensNow(bucket, now) : burst;
      const isServed = tokens >= 1;
      buckets.set(address, { tokens: isServed ? tokens - 1 : tokens, at: now });
      return isServed ? 0 : ((1 - tokens) / perSecond) * 1000;
    },
  };
}
