// Reading what the registry publishes as bundles of entries (C2SP tlog-tiles): whoever follows the log does it, and nothing here.
import type { Bytes } from "#shared/base";
import { TILE_WIDTH } from "#shared/wire";

/** The leaves; undefined when it is not whole. */
export function readEntryBundle(bundle: Bytes): Bytes[] | undefined {
  const leaves: Bytes[] = [];
  for (let at = 0; at < bundle.length;) {
    const [high, low] = [bundle[at], bundle[at + 1]];
    if (high === undefined || low === undefined) return undefined;
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length || leaves.length === TILE_WIDTH) return undefined;
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}
