// Which implementation of the suite computes in this process: noble until a start has tried another one (start-suite.ts).
// [Note: The one choice shared/ remembers] A port handed through every hash and every verification would stand in a hundred
// signatures and change no answer: an implementation is let in only after it gave the same bytes as noble.
import { nobleSuite } from "./noble-suite.ts";
import type { Suite } from "./suite.ts";

let inUse: Suite = nobleSuite;

export function suite(): Suite {
  return inUse;
}

/** Only for who has just tried it. */
export function useSuite(tried: Suite): void {
  inUse = tried;
}
