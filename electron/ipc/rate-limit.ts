// How often the window may ask main to put its signing window before a person [E7]. A hand cannot reach the limit; a
// script that wants to wear a person down does.

/** True for a call of `channel` that exceeds its allowance within the last ten seconds. */
export function createRateLimit(nowMs: () => number): (channel: string) => boolean {
  const calls = new Map<string, number[]>();
  return (channel) => {
    const most = allowances[channel];
    if (most === undefined) return false;
    const now = nowMs();
    const recent = (calls.get(channel) ?? []).filter((at) => now - at < windowMs);
    const tooOften = recent.length >= most;
    if (!tooOften) recent.push(now);
    calls.set(channel, recent);
    return tooOften;
  };
}

const windowMs = 10_000;
const allowances: Readonly<Record<string, number | undefined>> = { "sheet.requestSignature": 40 };
