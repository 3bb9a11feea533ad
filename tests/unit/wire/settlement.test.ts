// A settlement read like a proof (R43, R46): the leader's key over exactly these records, and inside it every member's own words under
// the member's own key. Words that their author did not sign are nobody's.
import { describe, expect, test } from "vitest";
import { HashId, PersonId, type Bytes, type Kid } from "#shared/base";
import type { Signer } from "#shared/crypto";
import {
  leafKindOf,
  peekRecord,
  unanswered,
  verifySettlement,
  verifyUpholding,
  type KeyLookup,
  type SettlementRecord,
} from "#shared/wire";
import { aCandidateRef, anOfflineLaptop, aSigner, publicKeyHex } from "../../support/wire-builders.ts";

const [leader, one, two, stranger] = [21, 22, 23, 24].map((n) => aSigner(n)) as [
  Signer,
  Signer,
  Signer,
  Signer,
];
const PEOPLE = [
  { signer: leader, id: "l-1", roles: ["panelLeader", "examiner"] },
  { signer: one, id: "e-1", roles: ["examiner"] },
  { signer: two, id: "e-2", roles: ["examiner"] },
] as const;
const lookup: KeyLookup = (kid) => {
  const found = PEOPLE.find(({ signer }) => signer.kid === kid);
  return found && { kid, pub: publicKeyHex(found.signer), roles: found.roles };
};
const personOf = (kid: Kid) => {
  const found = PEOPLE.find(({ signer }) => signer.kid === kid);
  return found && PersonId.parse(found.id);
};
const members = { lookup, personOf };
const hash = (digit: string) => HashId.parse(`sha256:${digit.repeat(64)}`);
const [A, B] = [hash("a"), hash("b")];
const laptop = anOfflineLaptop();
const ref = aCandidateRef();

function read(said: readonly Bytes[], change: Partial<SettlementRecord> = {}, signers = [leader]) {
  const { record } = laptop.settlement(ref, [A, B], { said, ...change }, signers);
  const peeked = peekRecord("settlement", record);
  if (!peeked.ok) return peeked.error.code;
  const verified = verifySettlement(peeked.value, members, members);
  return verified.ok
    ? [verified.value.leader, ...verified.value.statements.map(({ person }) => person)]
    : verified.error.code;
}

describe("[R43] a settlement", () => {
  test("is one with the leader's signature, and says who kept their sheet under their own", () => {
    expect(read([])).toEqual(["l-1"]);
    expect(read([laptop.upholding(ref, A, one), laptop.upholding(ref, B, two)])).toEqual([
      "l-1",
      "e-1",
      "e-2",
    ]);
  });

  test.each<[string, () => unknown, string]>([
    ["of somebody who leads nothing", () => read([], {}, [one]), "wire.role-not-allowed"],
    ["of a key nobody knows", () => read([], {}, [stranger]), "wire.key-unknown"],
    ["with a second signature", () => read([], {}, [leader, one]), "wire.signer-mismatch"],
    ["whose records are not in order", () => read([], { records: [B, A] }), "settlement.records"],
    ["that names a record twice", () => read([], { records: [A, A] }), "settlement.records"],
    [
      "with words about a record that is not settled",
      () => read([laptop.upholding(ref, hash("c"), one)]),
      "settlement.statement-other",
    ],
    [
      "with words about another candidate",
      () => read([laptop.upholding(aCandidateRef(), A, one)]),
      "settlement.statement-other",
    ],
    [
      "with two words of one person",
      () => read([laptop.upholding(ref, A, one), laptop.upholding(ref, B, one)]),
      "settlement.statement-other",
    ],
    [
      "with words under a key nobody knows",
      () => read([laptop.upholding(ref, A, stranger)]),
      "settlement.statement-invalid",
    ],
    [
      "with words that name one signer and are another's",
      () => read([laptop.upholding(ref, A, one, { by: { kid: two.kid, role: "examiner" } })]),
      "settlement.statement-invalid",
    ],
    [
      "with words that somebody else has signed as well",
      () => read([laptop.upholding(ref, A, one, {}, [one, two])]),
      "settlement.statement-invalid",
    ],
    ["with what is no record", () => read([], { statements: ["AAAA"] }), "settlement.statement-invalid"],
  ])("%s is none", (_, verified, code) => expect(verified()).toBe(code));

  test("has a leaf of its own kind", () => {
    expect(leafKindOf({ kind: "settlements" })).toBe("settle");
  });
});

test("[R46] keeping one's sheet is one person's word: with a second signature beside it, it is refused", () => {
  const verdict = (signers: readonly Signer[]) => {
    const peeked = peekRecord("upholding", laptop.upholding(ref, A, one, {}, signers));
    return peeked.ok && verifyUpholding(peeked.value, members);
  };
  expect(verdict([one])).toEqual({ ok: true, value: { person: "e-1", record: A } });
  for (const second of [two, leader, stranger])
    expect(verdict([one, second])).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/^wire\./) as string },
    });
  expect(verdict([one, two])).toMatchObject({ error: { code: "wire.signer-mismatch" } });
});

test("[R43] [P22] everybody answers for their own sheet: in words, by an amendment for the panel, or not at all where nobody could ask", () => {
  const person = (id: string) => PersonId.parse(id);
  const sheet = (examiner: string, record: HashId, isModerated = false) => ({
    ...{ record, examiner: person(examiner), isModerated },
  });
  const sheets = [sheet("e-1", A), sheet("e-2", B, true), sheet("e-3", hash("c"))];
  const names = (said: { person: PersonId; record: HashId }[], unasked: PersonId[]) =>
    unanswered(sheets, said, unasked).map(({ examiner }) => examiner);
  expect(names([], [])).toEqual(["e-1", "e-3"]);
  expect(names([{ person: person("e-1"), record: A }], [person("e-3")])).toEqual([]);
  // What was said of what does not count any more answers nothing, nor does another's word.
  expect(names([{ person: person("e-1"), record: B }], [person("e-3")])).toEqual(["e-1"]);
  expect(names([{ person: person("e-2"), record: A }], [person("e-3")])).toEqual(["e-1"]);
});
