// When a batch stops being tried: refused for good, or refused so often in the same way that trying goes on at another
// pace (protocol A7) [SY9, SY22]; and when the others stop with it [SY23].
import type { ReceiptRecord } from "#shared/wire";
import type { FinalProblem } from "./problems.ts";

export const DAY_MS = 24 * 60 * 60_000;
const OFTEN = 10;

export interface Repeated {
  readonly problem: string;
  readonly times: number;
}

/** These speak of the registry and not of the batch: a registry that is busy for a day refuses nobody. */
const OF_THE_REGISTRY: ReadonlySet<string> = new Set([
  "busy",
  "maintenance",
  "rate-limited",
  "storage-full",
  "object-locked",
]);

/** No answer and unreadable answers are no problem of the batch; another problem begins to count anew. */
export function sameAgain(before: Repeated | null, problem: string | null): Repeated | null {
  if (problem === null || OF_THE_REGISTRY.has(problem)) return before;
  return before?.problem === problem ? { problem, times: before.times + 1 } : { problem, times: 1 };
}

export function isTooOften(repeated: Repeated | null): boolean {
  return repeated !== null && repeated.times >= OFTEN;
}

/** What would be answered to every batch of this laptop. */
export function isFatal(problem: FinalProblem): boolean {
  return problem === "wrong-registry" || problem === "key-revoked";
}

export type HaltCode = "halt.wrong-registry" | "halt.device-revoked" | "halt.device-frozen";

/** A receipt that says: this device's batches count no more. What it sent is kept there; no more is sent by itself. */
export function haltIn({ notes }: Pick<ReceiptRecord, "notes">): HaltCode | null {
  const codes = notes.filter(({ seq }) => seq === 0).map(({ code }) => code);
  if (codes.includes("key-revoked")) return "halt.device-revoked";
  return codes.includes("device-fork") || codes.includes("device-frozen") ? "halt.device-frozen" : null;
}

/** When a parked batch is offered again after a start: a day after it was parked, at once when nobody can tell. */
export function parkedForMs(wallNow: number, parkedAt: number): number {
  const passed = wallNow - parkedAt;
  return passed >= 0 && passed < DAY_MS ? DAY_MS - passed : 0;
}
