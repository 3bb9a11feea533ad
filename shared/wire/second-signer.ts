// The two people under one record: the key that it names beside the first signed too, under the office that it says, and is
// another person's.
import { ok, refuse, type Kid, type Refusal, type Result } from "#shared/base";
import type { SignerRole } from "./records.ts";
import type { TrustedKey } from "./verify.ts";

export interface Signing<P extends string, C extends string> {
  /** Every key that signed, each verified. */
  readonly signers: readonly TrustedKey[];
  readonly first: Kid;
  readonly named: { readonly kid: Kid; readonly role: SignerRole };
  readonly personOf: (kid: Kid) => P | undefined;
  /** What it is called when there are not two. */
  readonly missing: C;
}

export function secondSigner<P extends string, C extends string>({
  signers,
  first,
  named,
  personOf,
  missing,
}: Signing<P, C>): Result<
  { readonly first: P; readonly second: P },
  Refusal<C> | Refusal<"wire.role-not-allowed">
> {
  const seconding = signers.find(({ kid }) => kid === named.kid && kid !== first);
  if (!seconding) return refuse({ code: missing });
  if (!seconding.roles.includes(named.role)) return refuse({ code: "wire.role-not-allowed" });
  const [one, other] = [personOf(first), personOf(seconding.kid)];
  if (one === undefined || other === undefined || one === other) return refuse({ code: missing });
  return ok({ first: one, second: other });
}
