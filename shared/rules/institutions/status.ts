// How an institution's status may change, and what becomes of work in progress (R66, domain 6).
import {
  block,
  decide,
  info,
  warn,
  type Decision,
  type InstitutionStatus,
  type StatusChange,
} from "#shared/exam";

/** R66: Only the changes of the register's life cycle; an expired institution comes back by a renewal alone. */
export function checkStatusChange({ from, to, renewal, batches }: StatusChange): Decision {
  const facts = { from, to };
  if (from === "EXPIRED" && to === "ACTIVE") {
    return decide([
      renewal === null
        ? block("R66", "status.no-renewal", facts)
        : info("R66", "status.renewed", { document: renewal }),
    ]);
  }
  if (!AFTER[from].includes(to)) return decide([block("R66", "status.no-such-change", facts)]);
  if (!ENDS.includes(to)) return decide([info("R66", "status.changed", facts)]);
  const undecided = batches.filter(({ decision }) => decision === null);
  return decide([
    info("R66", "status.plans-stop", facts),
    ...undecided.map(({ batch }) => warn("R66", "status.batch-undecided", { batch })),
  ]);
}

/** R66: A batch that was in progress goes on only where the authority decided that it be finished. */
export function mayGoOn(batch: string, change: Pick<StatusChange, "to" | "batches">): Decision {
  if (!ENDS.includes(change.to)) return decide([info("R66", "status.batch-unaffected", { batch })]);
  const decision = change.batches.find((one) => one.batch === batch)?.decision ?? null;
  if (decision === "FINISH") return decide([info("R66", "status.batch-finishes", { batch })]);
  return decide([block("R66", decision ? "status.batch-cancelled" : "status.batch-undecided", { batch })]);
}

const AFTER: Readonly<Record<InstitutionStatus, readonly InstitutionStatus[]>> = {
  CANDIDATE: ["RECOMMENDED"],
  RECOMMENDED: ["ACTIVE"],
  ACTIVE: ["SUSPENDED", "EXPIRED", "WITHDRAWN", "REVOKED"],
  SUSPENDED: ["ACTIVE", "EXPIRED", "WITHDRAWN", "REVOKED"],
  EXPIRED: [],
  WITHDRAWN: [],
  REVOKED: [],
};
const ENDS: readonly InstitutionStatus[] = ["WITHDRAWN", "REVOKED"];
