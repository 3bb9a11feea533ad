// A change of panel holds only when the key that joins was there and two people of office vouched for it (P22, rulings 3).
import { expect, test } from "vitest";
import { hexToBytes, PersonId, PublicKeyHex } from "#shared/base";
import { keyId, type Signer } from "#shared/crypto";
import { verifyPanelChange, type KeyLookup, type SignerRole } from "#shared/wire";
import {
  aCandidateRef,
  anOfflineLaptop,
  aSigner,
  PERSON,
  publicKeyHex,
  SUBSTITUTE,
} from "../../support/wire-builders.ts";

const SUPERVISOR = PersonId.parse("p-02");
const laptop = anOfflineLaptop();
const supervisor = aSigner(21);
const own = aSigner(22);
const known: readonly (readonly [Signer, string, readonly SignerRole[]])[] = [
  [laptop.keys.leader, PERSON.leader, ["examiner", "panelLeader"]],
  [laptop.keys.examiner, PERSON.examiner, ["examiner"]],
  [supervisor, SUPERVISOR, ["supervisor"]],
];
const lookup: KeyLookup = (kid) => {
  const found = known.find(([signer]) => signer.kid === kid);
  return found && { kid, pub: publicKeyHex(found[0]), roles: found[2] };
};
const personOf = (kid: string) => known.find(([signer]) => signer.kid === kid)?.[1];
type Change = Parameters<typeof laptop.panelChange>;

const read = (overrides: Change[2] = {}, signers?: Change[3], keys = lookup, who = personOf) =>
  verifyPanelChange(laptop.panelChange(supervisor, own, overrides, signers).record, keys, who);
const codeOf = (result: ReturnType<typeof read>) => (result.ok ? "ok" : result.error.code);
const joining = (signer: Signer, person = SUBSTITUTE) => ({
  person: { id: person, name: "替补", roles: ["examiner" as const] },
  stated: null,
  kid: signer.kid,
  pub: publicKeyHex(signer),
});

test("[R28] leader, supervisor and the key that joins change a panel together", () => {
  const change = read();
  expect(change.ok && change.value.value.joins.kid).toBe(own.kid);
  expect(change.ok && change.value.signers).toHaveLength(3);
});

test("[P22] one who vouches alone is not enough, whichever of the two it is", () => {
  expect(codeOf(read({}, [laptop.keys.leader, own]))).toBe("panel.voucher-missing");
  expect(codeOf(read({}, [supervisor, own]))).toBe("wire.role-not-allowed");
  expect(codeOf(read({}, [laptop.keys.leader, laptop.keys.examiner, own]))).toBe("panel.voucher-missing");
});

test("[P22] a key that did not sign was not there", () => {
  expect(codeOf(read({}, [laptop.keys.leader, supervisor]))).toBe("panel.not-possessed");
});

test("[P22] nobody vouches for themselves, under this key or another one", () => {
  expect(codeOf(read({}, [own, supervisor]))).toBe("wire.role-not-allowed");
  const self = { joins: joining(own, PERSON.leader), panel: [{ person: PERSON.leader, leader: true }] };
  expect(codeOf(read(self))).toBe("panel.voucher-repeated");
});

test("[P22] one person with two keys is one voucher", () => {
  expect(codeOf(read({}, undefined, lookup, () => PERSON.leader))).toBe("panel.voucher-repeated");
});

test("[P22] a key whose owner is not known any more vouches for nobody", () => {
  const gone = (kid: string) => (kid === supervisor.kid ? undefined : personOf(kid));
  expect(codeOf(read({}, undefined, lookup, gone))).toBe("panel.voucher-missing");
});

test("[F10] a key that is unsound or under another's id does not join", () => {
  const identity = PublicKeyHex.parse(`01${"00".repeat(31)}`);
  const weak = { ...joining(own), pub: identity, kid: keyId(hexToBytes(identity)) };
  expect(codeOf(read({ joins: weak }))).toBe("panel.key-unsound");
  expect(codeOf(read({ joins: { ...joining(own), kid: supervisor.kid } }))).toBe("panel.key-unsound");
});

test("[R14] the panel it names has the one who joins, not the one who leaves, and nobody twice", () => {
  const leader = { person: PERSON.leader, leader: true };
  const joins = { person: SUBSTITUTE, leader: false };
  const leaves = { person: PERSON.examiner, leader: false };
  for (const panel of [[leader], [leader, joins, leaves], [leader, joins, joins]])
    expect(codeOf(read({ panel }))).toBe("panel.inconsistent");
});

test("what is no change of panel is refused as the wrong type", () => {
  const { record } = laptop.absence(aCandidateRef());
  expect(verifyPanelChange(record, lookup, personOf)).toMatchObject({ error: { code: "wire.wrong-type" } });
});
