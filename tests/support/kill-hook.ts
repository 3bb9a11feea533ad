// Loaded before the registry's own main by the registry-kill rig, and by nothing else: ends the process with SIGKILL at the
// step of acceptance that the parent named. The registry itself knows nothing of it (registry/acceptance/steps.ts).
import { subscribe } from "node:diagnostics_channel";
import { STEP_CHANNEL } from "../../registry/acceptance/steps.ts";

export interface KillOrder {
  /** The step, and which time it is reached. */
  readonly step: string;
  readonly nth: number;
}

let order: { step: string; left: number } | null = null;

process.on("message", (message: KillOrder) => {
  order = { step: message.step, left: message.nth };
  process.send?.("armed");
});
process.channel?.unref();

subscribe(STEP_CHANNEL, (step) => {
  if (order === null || order.step !== step) return;
  order = { step: order.step, left: order.left - 1 };
  if (order.left === 0) process.kill(process.pid, "SIGKILL");
});
