// Reading a change of roster like a proof: two keys of two people, a panel leader's first, and one under the office that the
// record names. Whether it fits the roster as it stands is for whoever holds that roster to say.
import { ok, refuse, type Kid, type Refusal, type Result } from "#shared/base";
import { isConsistentChange } from "#shared/exam";
import { secondSigner } from "./second-signer.ts";
import { verifyPeeked, type KeyLookup, type PeekedRecord, type VerifyError } from "./verify.ts";

export type DeltaError = VerifyError | Refusal<"delta.unconfirmed" | "delta.inconsistent">;

export interface DeltaSigners<P extends string> {
  readonly leader: P;
  readonly confirmer: P;
  readonly keys: readonly Kid[];
}

// 1 every signature, the leader's first · 2 the one who confirms signed too · 3 under the office it names · 4 two people ·
//   5 a change that can be one
export function verifyDelta<P extends string>(
  record: PeekedRecord<"delta">,
  lookup: KeyLookup,
  personOf: (kid: Kid) => P | undefined,
): Result<DeltaSigners<P>, DeltaError> {
  const verified = verifyPeeked("delta", record, lookup);
  if (!verified.ok) return verified;
  const { by, confirmedBy, change } = record.value;
  const signers = verified.value;
  const missing = "delta.unconfirmed";
  const two = secondSigner({ signers, first: by.kid, named: confirmedBy, personOf, missing });
  if (!two.ok) return two;
  if (!isConsistentChange(change)) return refuse({ code: "delta.inconsistent" });
  const { first: leader, second: confirmer } = two.value;
  return ok({ leader, confirmer, keys: signers.map(({ kid }) => kid) });
}
