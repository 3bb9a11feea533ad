// A change of roster holds only with a leader's signature and that of a second person under the office it names (rulings 3).
import { expect, test } from "vitest";
import { PersonId } from "#shared/base";
import type { Signer } from "#shared/crypto";
import type { RosterChange } from "#shared/exam";
import { peekRecord, verifyDelta, type KeyLookup, type SignerRole } from "#shared/wire";
import {
  aCandidateRef,
  anOfflineLaptop,
  aSigner,
  PERSON,
  publicKeyHex,
} from "../../support/wire-builders.ts";

const SUPERVISOR = PersonId.parse("p-02");
const laptop = anOfflineLaptop();
const supervisor = aSigner(31);
const { leader, administrator, examiner } = laptop.keys;
const known: readonly (readonly [Signer, PersonId, readonly SignerRole[]])[] = [
  [leader, PERSON.leader, ["examiner", "panelLeader"]],
  [examiner, PERSON.examiner, ["examiner"]],
  [administrator, PERSON.administrator, ["administrator"]],
  [supervisor, SUPERVISOR, ["supervisor"]],
];
const lookup: KeyLookup = (kid) => {
  const found = known.find(([signer]) => signer.kid === kid);
  return found && { kid, pub: publicKeyHex(found[0]), roles: found[2] };
};
const personOf = (kid: string) => known.find(([signer]) => signer.kid === kid)?.[1];
type Delta = Parameters<typeof laptop.delta>;

function read(confirmer: Signer, overrides: Delta[1] = {}, signers?: Delta[2], who = personOf) {
  const { record } = laptop.delta(confirmer, overrides, signers);
  const peeked = peekRecord("delta", record);
  if (!peeked.ok) throw new Error(peeked.error.code);
  const verified = verifyDelta(peeked.value, lookup, who);
  return verified.ok ? `${verified.value.leader} ${verified.value.confirmer}` : verified.error.code;
}

test("a leader and a supervisor, or an administrator under that name, change a roster together", () => {
  expect(read(supervisor)).toBe(`${PERSON.leader} ${SUPERVISOR}`);
  const confirmedBy = { kid: administrator.kid, role: "administrator" as const };
  expect(read(administrator, { confirmedBy })).toBe(`${PERSON.leader} ${PERSON.administrator}`);
});

test("one alone does not, and neither does an office that somebody does not hold", () => {
  expect(read(supervisor, {}, [leader])).toBe("delta.unconfirmed");
  expect(read(supervisor, {}, [supervisor, leader])).toBe("wire.role-not-allowed");
  expect(read(examiner)).toBe("wire.role-not-allowed");
  expect(read(administrator)).toBe("wire.role-not-allowed");
  const self = { confirmedBy: { kid: leader.kid, role: "supervisor" as const } };
  expect(read(leader, self, [leader])).toBe("delta.unconfirmed");
});

test("one person under two keys is one, and a key whose owner is gone confirms nothing", () => {
  expect(read(supervisor, {}, undefined, () => PERSON.leader)).toBe("delta.unconfirmed");
  const gone = (kid: string) => (kid === supervisor.kid ? undefined : personOf(kid));
  expect(read(supervisor, {}, undefined, gone)).toBe("delta.unconfirmed");
});

test("a change that cannot be one is none, whoever signed it", () => {
  const [one, other] = [aCandidateRef(), aCandidateRef()];
  const move = (candidate: typeof one, from: number, to: number) => ({ candidate, from, to });
  const changes: RosterChange[] = [
    { kind: "unexamined", candidates: [one, one] },
    { kind: "relocation", moves: [move(one, 2, 2)] },
    { kind: "swap", moves: [move(one, 1, 2), move(other, 3, 1)] },
  ];
  for (const change of changes) expect(read(supervisor, { change })).toBe("delta.inconsistent");
  const swap: RosterChange = { kind: "swap", moves: [move(one, 1, 2), move(other, 2, 1)] };
  expect(read(supervisor, { change: swap })).toBe(`${PERSON.leader} ${SUPERVISOR}`);
});
