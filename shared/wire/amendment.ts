// Reading an amendment like a proof: two keys of two people, the author's first, and an approver who holds the office the
// record names (R46). Whether it follows what counts is the registry's to say; nothing here knows that.
import { ok, type Kid, type Refusal, type Result } from "#shared/base";
import { secondSigner } from "./second-signer.ts";
import { verifyPeeked, type KeyLookup, type PeekedRecord, type VerifyError } from "./verify.ts";

export type AmendmentError = VerifyError | Refusal<"amendment.approval-missing">;

export interface Amenders<P extends string> {
  readonly author: P;
  readonly approver: P;
  readonly keys: readonly Kid[];
}

// 1 every signature, the author's first · 2 the approver named in the record signed too · 3 under the office it names ·
//   4 two people
export function verifyAmendment<P extends string>(
  record: PeekedRecord<"amendment">,
  lookup: KeyLookup,
  personOf: (kid: Kid) => P | undefined,
): Result<Amenders<P>, AmendmentError> {
  const verified = verifyPeeked("amendment", record, lookup);
  if (!verified.ok) return verified;
  const { by, approvedBy } = record.value;
  const signers = verified.value;
  const missing = "amendment.approval-missing";
  const two = secondSigner({ signers, first: by.kid, named: approvedBy, personOf, missing });
  if (!two.ok) return two;
  const { first: author, second: approver } = two.value;
  return ok({ author, approver, keys: signers.map(({ kid }) => kid) });
}
