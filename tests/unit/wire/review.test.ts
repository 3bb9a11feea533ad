// A supervisor's decision read like a proof: the supervisor's key first, and a second person's under the office that the record names.
import { describe, expect, test } from "vitest";
import { NO_HASH, PersonId, type Kid } from "#shared/base";
import type { Signer } from "#shared/crypto";
import {
  basisHash,
  batchLeaf,
  leafKindOf,
  peekRecord,
  verifyReview,
  type KeyLookup,
  type ReviewRecord,
} from "#shared/wire";
import { anOfflineLaptop, aSigner, publicKeyHex } from "../../support/wire-builders.ts";

const [supervisor, other, leader, stranger] = [21, 22, 23, 24].map((n) => aSigner(n)) as [
  Signer,
  Signer,
  Signer,
  Signer,
];
const PEOPLE = [
  { signer: supervisor, id: "s-1", roles: ["supervisor"] },
  { signer: other, id: "s-1", roles: ["supervisor", "panelLeader"] },
  { signer: leader, id: "l-1", roles: ["panelLeader"] },
] as const;
const lookup: KeyLookup = (kid) => {
  const one = PEOPLE.find(({ signer }) => signer.kid === kid);
  return one && { kid, pub: publicKeyHex(one.signer), roles: one.roles };
};
const personOf = (kid: Kid) => {
  const one = PEOPLE.find(({ signer }) => signer.kid === kid);
  return one && PersonId.parse(one.id);
};

function read(overrides: Partial<ReviewRecord>, signers: readonly Signer[], by: Signer = supervisor) {
  const { record } = anOfflineLaptop().review({ kind: "sitting" }, NO_HASH, by, overrides, signers);
  const peeked = peekRecord("review", record);
  if (!peeked.ok) return peeked.error.code;
  const verified = verifyReview(peeked.value, lookup, personOf);
  return verified.ok ? [verified.value.person, verified.value.second] : verified.error.code;
}
const second = (signer: Signer, role: "panelLeader" | "supervisor" = "panelLeader") => ({
  second: { kid: signer.kid, role },
});

describe("[R46] a supervisor's decision", () => {
  test("is one with the supervisor's signature, and names whoever signed second", () => {
    expect(read({}, [supervisor])).toEqual(["s-1", null]);
    expect(read(second(leader), [supervisor, leader])).toEqual(["s-1", "l-1"]);
  });

  test.each<[string, Partial<ReviewRecord>, Signer[], string]>([
    ["whose second did not sign", second(leader), [supervisor], "review.second-missing"],
    ["whose second is the same key", second(supervisor, "supervisor"), [supervisor], "review.second-missing"],
    ["whose second is the same person", second(other), [supervisor, other], "review.second-missing"],
    [
      "whose second lacks the office",
      second(leader, "supervisor"),
      [supervisor, leader],
      "wire.role-not-allowed",
    ],
    ["signed by a key nobody knows as well", {}, [supervisor, stranger], "wire.key-unknown"],
    ["whose second signed first", second(leader), [leader, supervisor], "wire.signer-mismatch"],
  ])("is none %s", (_, overrides, signers, code) => {
    expect(read(overrides, signers)).toBe(code);
  });

  test("is none by somebody who is no supervisor", () => {
    expect(read({}, [leader], leader)).toBe("wire.role-not-allowed");
  });
});

test("what counts of several records has one name, in whatever order they are listed", () => {
  const [one, two] = [basisHash([NO_HASH]), basisHash([])];
  expect(basisHash([one, two])).toBe(basisHash([two, one]));
  expect(basisHash([one, two])).not.toBe(basisHash([one]));
});

test("a batch of decisions has a leaf of its own kind, and a rejected one is rejected whatever it held", () => {
  const receipt = {
    ...{ batch: NO_HASH, device: supervisor.kid, deviceSeq: 1, acceptedAt: 1 as never },
    sheets: { accepted: 1, quarantined: 0, rejected: 0 },
  };
  const kindOf = (verdict: "accepted" | "rejected") =>
    batchLeaf({ ...receipt, verdict }, leafKindOf({ kind: "reviews" })).k;
  expect([kindOf("accepted"), kindOf("rejected")]).toEqual(["review", "reject"]);
});
