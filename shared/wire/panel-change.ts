// Reading a change of panel like a proof. It says more than its signatures: that the key that joins is sound and was
// there, and that two people who hold the offices vouched for it, neither of them the one they vouch for.
import { hexToBytes, ok, refuse, type Bytes, type Kid, type Refusal, type Result } from "#shared/base";
import { checkPublicKey, keyId } from "#shared/crypto";
import type { PanelChangeRecord, SignerRole } from "./records.ts";
import {
  peekRecord,
  verifyRecord,
  type KeyLookup,
  type TrustedKey,
  type VerifiedRecord,
  type VerifyError,
} from "./verify.ts";

export type PanelChangeError =
  | VerifyError
  | Refusal<
      | "panel.key-unsound"
      | "panel.not-possessed"
      | "panel.voucher-missing"
      | "panel.voucher-repeated"
      | "panel.inconsistent"
    >;

// 1 readable? · 2 a sound key under its own id? · 3 every signature, the leader's first · 4 the key that joins was there ·
//   5 leader and supervisor vouched, two people, two keys · 6 does the panel it names follow from who leaves and joins?
export function verifyPanelChange(
  record: Bytes,
  lookup: KeyLookup,
  personOf: (kid: Kid) => string | undefined,
): Result<VerifiedRecord<"panel">, PanelChangeError> {
  const peeked = peekRecord("panel", record);
  if (!peeked.ok) return peeked;
  const { kid, pub, person } = peeked.value.value.joins;
  const raw = hexToBytes(pub);
  if (!checkPublicKey(raw).ok || keyId(raw) !== kid) return refuse({ code: "panel.key-unsound" });
  const verified = verifyRecord("panel", record, (asked) =>
    asked === kid ? { kid, pub, roles: ["self"] } : lookup(asked),
  );
  if (!verified.ok) return verified;
  const { signers, value } = verified.value;
  if (!signers.some((signer) => signer.kid === kid)) return refuse({ code: "panel.not-possessed" });
  const [leader] = signers;
  const supervisor = signers.find((signer) => signer !== leader && holds(signer, "supervisor"));
  if (!leader || !supervisor) return refuse({ code: "panel.voucher-missing" });
  const vouchers = [leader, supervisor].map((signer) => personOf(signer.kid));
  if (vouchers.includes(undefined)) return refuse({ code: "panel.voucher-missing" });
  if (new Set([...vouchers, person.id]).size < 3) return refuse({ code: "panel.voucher-repeated" });
  return isConsistent(value) ? ok(verified.value) : refuse({ code: "panel.inconsistent" });
}

function holds({ roles }: TrustedKey, role: SignerRole): boolean {
  return roles.includes(role);
}

function isConsistent({ leaves, joins, panel }: PanelChangeRecord): boolean {
  const members = panel.map(({ person }) => person);
  return (
    members.includes(joins.person.id) && !members.includes(leaves) && new Set(members).size === members.length
  );
}
