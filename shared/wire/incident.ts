// Reading an incident record: whoever signed it held the role that it names. What it reports is a person's word.
import { ok, refuse, type Kid, type Result } from "#shared/base";
import { verifyPeeked, type KeyLookup, type PeekedRecord, type VerifyError } from "./verify.ts";

// 1 every signature, the reporter's first, under the role that the record names · 2 and nobody else's
export function verifyIncident(
  record: PeekedRecord<"incident">,
  lookup: KeyLookup,
): Result<{ readonly kid: Kid }, VerifyError> {
  const verified = verifyPeeked("incident", record, lookup);
  if (!verified.ok) return verified;
  const [reporter, ...others] = verified.value;
  if (!reporter || others.length > 0) return refuse({ code: "wire.signer-mismatch" });
  return ok({ kid: reporter.kid });
}
