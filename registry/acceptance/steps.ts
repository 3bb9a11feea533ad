// The steps of acceptance by name (protocol A6). In production nobody listens and nothing happens; the registry-kill rig
// starts this same registry with a listener that ends the process at one of them.
import { channel } from "node:diagnostics_channel";
import type { AcceptanceEntry } from "./entries.ts";

export type AcceptanceStep =
  | "manifest verified"
  | "offer noted"
  | `object ${"written" | "flushed" | "renamed" | "stored"}`
  | "batch opened"
  | "receipt answered"
  /** Of a decision: about to be written, in the file, on the disk, inside the index's transaction, committed there. */
  | `${AcceptanceEntry["kind"]} ${"due" | "written" | "flushed" | "filing" | "filed"}`;

export const STEP_CHANNEL = "jiangping.registry.step";

const steps = channel(STEP_CHANNEL);

export function atStep(step: AcceptanceStep): void {
  if (steps.hasSubscribers) steps.publish(step);
}
