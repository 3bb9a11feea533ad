// From when a record may be deleted, by whom, and what stays of it (R68).
import { addMonths, type Day, type HashId, type PersonId } from "#shared/base";
import {
  block,
  decide,
  info,
  type ArchivedRecord,
  type Decision,
  type Finding,
  type PolicyOf,
  type RecordKind,
  type Tombstone,
} from "#shared/exam";

type Years = PolicyOf<"retainPaperYears" | "retainElectronicYears" | "retainVideoYears">;

/** R68: The first day a record may go, the longest of its kinds; null for what is kept for good. */
export function deletableFrom(
  { kinds, archivedOn }: Pick<ArchivedRecord, "kinds" | "archivedOn">,
  policy: Years,
): Day | null {
  const years = kinds.flatMap((kind) => yearsOf(kind, policy) ?? []);
  return years.length < kinds.length ? null : addMonths(archivedOn, 12 * Math.max(...years));
}

/** R68: Deletion waits for its day and for every hold to end, and needs two people. */
export function checkDeletion(
  record: ArchivedRecord,
  deletion: { readonly on: Day; readonly by: readonly PersonId[] },
  policy: Years,
): Decision {
  const from = deletableFrom(record, policy);
  const findings: Finding[] = [];
  if (from === null) return decide([block("R68", "retention.permanent")]);
  if (deletion.on < from) findings.push(block("R68", "retention.too-early", { from, on: deletion.on }));
  if (record.hold !== null) findings.push(block("R68", "retention.held", { hold: record.hold }));
  const people = new Set(deletion.by).size;
  if (people < 2) findings.push(block("R68", "retention.one-person", { people }));
  return decide(findings.length > 0 ? findings : [info("R68", "retention.deletable", { from })]);
}

/** R68: What stays of deleted records: their hash, their number, the day and the two who did it. */
export function tombstoneOf(
  hash: HashId,
  count: number,
  deletion: { readonly on: Day; readonly by: readonly [PersonId, PersonId] },
): Tombstone {
  return { hash, count, deletedOn: deletion.on, by: [...deletion.by] };
}

function yearsOf(kind: RecordKind, policy: Years): number | null {
  switch (kind) {
    case "PAPER":
      return policy.retainPaperYears;
    case "ELECTRONIC":
      return policy.retainElectronicYears;
    case "VIDEO":
      return policy.retainVideoYears;
    case "RESULT":
    case "CERTIFICATE":
      return null;
  }
}
