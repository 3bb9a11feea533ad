// What a journal rests on beside itself: the results of every batch it took, and the evidence of those that were stated to
// have all of theirs.
import type { HashId } from "#shared/base";
import { peekRecord, textToRecord } from "#shared/wire";
import type { AcceptanceEntry } from "./entries.ts";

/** A manifest that cannot be read names nothing; whoever audits the records says that it cannot. */
export function objectsNeededBy(entries: readonly AcceptanceEntry[]): Set<HashId> {
  const stated = new Set(
    entries.flatMap((entry) => (entry.kind === "evidence.complete" ? [entry.batch] : [])),
  );
  const needed = new Set<HashId>();
  for (const entry of entries) {
    const record = entry.kind === "batch.accepted" ? textToRecord(entry.manifest) : undefined;
    const manifest = record && peekRecord("batch", record);
    if (!manifest?.ok) continue;
    for (const { wire, role } of manifest.value.value.objects)
      if (role !== "evidence" || stated.has(manifest.value.hash)) needed.add(wire);
  }
  return needed;
}
