// When this device may seal no more: the registry revoked its key, froze it, or knows a later state of it than the laptop
// itself. What was sealed is kept, and can be sent and carried; new work goes on under a new enrolment (protocol A3, A10).
import type { Kid } from "#shared/base";
import type { JournalView } from "./view.ts";
import { ONLY, type CentreRow, type RegistryRow } from "./tables.ts";

export type SealingLock = "device.revoked" | "device.frozen" | "device.behind";

export function sealingLock(view: Pick<JournalView, "read">): SealingLock | null {
  const centre = view.read("centre", ONLY);
  return centre ? sealingLockOf(centre, view.read("registry", ONLY) ?? null) : null;
}

export function sealingLockOf(
  centre: Pick<CentreRow, "device">,
  registry: RegistryRow | null,
): SealingLock | null {
  if (!registry) return null;
  if (isRevoked(centre.device, registry)) return "device.revoked";
  switch (registry.head?.trouble) {
    case "head.frozen":
      return "device.frozen";
    case "head.ahead":
    case "head.other-batch":
      return "device.behind";
    default:
      return null;
  }
}

/** By the registry's own list, as far as this laptop has it. */
export function isRevoked(device: Kid, registry: Pick<RegistryRow, "revocations"> | null): boolean {
  return registry?.revocations.some(({ kid }) => kid === device) ?? false;
}
