// An incident record is believed of whoever signed it, under a role that they hold (R76).
import { expect, test } from "vitest";
import type { Signer } from "#shared/crypto";
import { peekRecord, verifyIncident, type KeyLookup, type SignerRole } from "#shared/wire";
import { anOfflineLaptop, aSigner, publicKeyHex } from "../../support/wire-builders.ts";

const laptop = anOfflineLaptop();
const { examiner, administrator } = laptop.keys;
const known: readonly (readonly [Signer, readonly SignerRole[]])[] = [
  [examiner, ["examiner"]],
  [administrator, ["administrator"]],
];
const lookup: KeyLookup = (kid) => {
  const found = known.find(([signer]) => signer.kid === kid);
  return found && { kid, pub: publicKeyHex(found[0]), roles: found[1] };
};

function read(...[overrides, signer]: Parameters<typeof laptop.incident>) {
  const peeked = peekRecord("incident", laptop.incident(overrides, signer).record);
  if (!peeked.ok) throw new Error(peeked.error.code);
  const verified = verifyIncident(peeked.value, lookup);
  return verified.ok ? verified.value.kid : verified.error.code;
}

test("anybody signs under a role of their own, and nobody under another's", () => {
  expect(read()).toBe(examiner.kid);
  const office = { by: { kid: administrator.kid, role: "administrator" as const } };
  expect(read(office, administrator)).toBe(administrator.kid);
  expect(read({}, administrator)).toBe("wire.role-not-allowed");
  expect(read({ by: { kid: examiner.kid, role: "supervisor" } })).toBe("wire.role-not-allowed");
});

test("a key that is not known, or not the one it names, reports nothing", () => {
  const stranger = aSigner();
  expect(read({}, stranger)).toBe("wire.key-unknown");
  expect(read({ by: { kid: administrator.kid, role: "administrator" } })).toBe("wire.signer-mismatch");
});
