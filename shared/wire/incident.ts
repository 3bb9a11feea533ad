// Reading an incident record: whoever signed it held the role that it names. What it reports is a person's word.
import { ok, refuse, type Kid, type Result } from "#shared/base";
import { verifyPeeked, type KeyLookup, type PeekedRecord, type VerifyError } from "./verify.ts";

// 1 every signature, the reporter's first and alone · 2 under a role that the reporter holds
export function verifyIncident(
  record: PeekedRecord<"incident">,
  lookup: KeyLookup,
): Result<{ readonly kid: Kid }, VerifyError> {
  const verified = verifyPeeked("incident", record, lookup);
  if (!verified.ok) return verified;
  const [reporter, ...others] = verified.value;
  if (!reporter || others.length > 0) return refuse({ code: "wire.signer-mismatch" });
  return reporter.roles.includes(record.value.by.role)
    ? ok({ kid: reporter.kid })
    : refuse({ code: "wire.role-not-allowed" });
}
