// What an institution may examine, how many there may be, and its credit code (R64, R65, R73).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day, InstitutionId } from "#shared/base";
import {
  DirectionCode,
  OccupationCode,
  policyValues,
  type RecognitionScope,
  type Registration,
} from "#shared/exam";
import {
  checkCreditCode,
  checkQuota,
  checkScope,
  creditCheckCharacter,
  defaultPolicy,
  idCheckDigit,
} from "#shared/rules";
import { property } from "../../support/property.ts";
import { aReferencePack } from "../../support/reference-builder.ts";

const policy = policyValues(defaultPolicy());
const RESTORER = OccupationCode.parse("4-13-03-02");
const [CERAMIC, METAL] = [DirectionCode.parse("CERAMIC"), DirectionCode.parse("METAL")];
const day = (text: string) => Day.parse(text);
const codesOf = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);

const aScope = (changes: Partial<RecognitionScope> = {}): RecognitionScope => ({
  occupation: RESTORER,
  directions: [CERAMIC],
  levels: ["L5", "L4", "L3"],
  area: "61",
  status: "ACTIVE",
  validFrom: day("2026-01-01"),
  validTo: day("2026-06-30"),
  selectionRound: "2025-1",
  exception: null,
  ...changes,
});
const anInstitution = (no: number, changes: Partial<RecognitionScope> = {}): Registration => ({
  ...aReferencePack().registration,
  institution: InstitutionId.parse(`centre-${no}`),
  scopes: [aScope(changes)],
});

describe("the scope of an institution", () => {
  const work = { occupation: RESTORER, direction: CERAMIC, level: "L4" as const, day: day("2026-06-30") };
  const check = (scope: Partial<RecognitionScope>, changes: Partial<typeof work> = {}) =>
    codesOf(checkScope({ scopes: [aScope(scope)] }, { ...work, ...changes }));

  test("[R65] a sitting inside an active scope is allowed, to the last day", () => {
    expect(check({})).toEqual(["scope.covered"]);
    expect(check({ directions: [] })).toEqual(["scope.covered"]);
  });

  test("[R65] the day after the scope ends, and the day before it begins, are refused", () => {
    expect(check({}, { day: day("2026-07-01") })).toEqual(["scope.term"]);
    expect(check({}, { day: day("2025-12-31") })).toEqual(["scope.term"]);
    const [longer, shorter] = [aScope(), aScope({ validTo: day("2026-03-31") })];
    for (const scopes of [
      [longer, shorter],
      [shorter, longer],
    ]) {
      expect(checkScope({ scopes }, { ...work, day: day("2026-07-01") }).findings).toMatchObject([
        { facts: { validTo: "2026-06-30" } },
      ]);
    }
  });

  test("[R65] another occupation, direction or level is refused", () => {
    expect(check({}, { occupation: OccupationCode.parse("4-13-03-01") })).toEqual(["scope.other-trade"]);
    expect(check({}, { direction: METAL })).toEqual(["scope.other-trade"]);
    expect(codesOf(checkScope({ scopes: [aScope()] }, { ...work, direction: null }))).toEqual([
      "scope.other-trade",
    ]);
    expect(check({}, { level: "L2" as never })).toEqual(["scope.level"]);
  });

  test("[R65] a suspended or revoked scope is refused", () => {
    expect(check({ status: "SUSPENDED" })).toEqual(["scope.not-active"]);
    expect(check({ status: "REVOKED" })).toEqual(["scope.not-active"]);
  });
});

describe("the quota", () => {
  const two = [anInstitution(1), anInstitution(2, { directions: [METAL] })];
  const exception = { reason: "偏远地区", document: "陕文物函〔2026〕1号", approvers: ["甲", "乙"] };

  test("[R64] a second institution for an occupation and area is allowed, a third is refused", () => {
    expect(codesOf(checkQuota([anInstitution(1)], aScope(), policy))).toEqual(["quota.free"]);
    expect(checkQuota(two, aScope(), policy).findings).toMatchObject([
      { severity: "block", code: "quota.full", facts: { area: "61", recognised: 2, most: 2 } },
    ]);
  });

  test("[R64] counted by direction, an institution for another direction takes no place", () => {
    const byDirection = { ...policy, quotaUnit: "DIRECTION" as const };
    expect(checkQuota(two, aScope(), byDirection).findings).toMatchObject([{ facts: { recognised: 1 } }]);
    for (const directions of [[], [METAL]]) {
      expect(checkQuota(two, aScope({ directions }), byDirection).findings[0]?.facts["recognised"]).toBe(
        directions.length === 0 ? 2 : 1,
      );
    }
    const all = [anInstitution(1, { directions: [] })];
    expect(checkQuota(all, aScope(), byDirection).findings).toMatchObject([{ facts: { recognised: 1 } }]);
  });

  test("[R64] Xinjiang's places are not those of the Production and Construction Corps", () => {
    const xinjiang = [anInstitution(1, { area: "65" }), anInstitution(2, { area: "65" })];
    expect(checkQuota(xinjiang, aScope({ area: "65" }), policy).allowed).toBe(false);
    expect(checkQuota(xinjiang, aScope({ area: "XPCC" }), policy).allowed).toBe(true);
  });

  test("[R64] a suspended institution keeps its place unless the policy says it does not", () => {
    const [one, other] = [anInstitution(1), anInstitution(2, { status: "SUSPENDED" })];
    expect(checkQuota([one, other], aScope(), policy).allowed).toBe(false);
    expect(checkQuota([one, other], aScope(), { ...policy, quotaCountsSuspended: false }).allowed).toBe(true);
    expect(checkQuota([one, anInstitution(3, { status: "EXPIRED" })], aScope(), policy).allowed).toBe(true);
  });

  test("[R64] an institution registered with the ministry is counted and named, or not counted by policy", () => {
    const national = { ...anInstitution(1), ministryCode: "0001" };
    expect(codesOf(checkQuota([national], aScope(), policy))).toEqual([
      "quota.national-counted",
      "quota.free",
    ]);
    const local = { ...policy, quotaCountsNational: false };
    expect(checkQuota([national, anInstitution(2)], aScope(), local).allowed).toBe(true);
  });

  test("[R64] beyond the quota a document and two different approvers are needed, one is not enough", () => {
    expect(codesOf(checkQuota(two, aScope({ exception }), policy))).toEqual(["quota.exception"]);
    const once = { ...exception, approvers: ["甲", "甲"] };
    expect(codesOf(checkQuota(two, aScope({ exception: once }), policy))).toEqual([
      "quota.exception-unapproved",
    ]);
  });

  property(
    "[R64] however many apply, no more than the quota get in without an exception",
    300,
    [fc.integer({ min: 1, max: 5 }), fc.array(fc.constantFrom("61", "62", "XPCC"), { maxLength: 20 })],
    (quotaPerOccupation, areas) => {
      const taken: Registration[] = [];
      for (const [no, area] of areas.entries()) {
        const asked = anInstitution(no, { area: area as "61" });
        const [scope] = asked.scopes;
        if (scope && checkQuota(taken, scope, { ...policy, quotaPerOccupation }).allowed) taken.push(asked);
      }
      for (const area of ["61", "62", "XPCC"]) {
        const inArea = taken.filter(({ scopes }) => scopes[0]?.area === area).length;
        expect(inArea).toBe(Math.min(quotaPerOccupation, areas.filter((one) => one === area).length));
      }
    },
  );
});

const ALPHABET = Array.from("0123456789ABCDEFGHJKLMNPQRTUWXY");
const aBody = fc.array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 });

describe("the credit code", () => {
  test("[R73] the rulebook's code is sound, and with another check character it is refused", () => {
    expect(codesOf(checkCreditCode("91350100M000100Y43"))).toEqual(["creditcode.sound"]);
    expect(codesOf(checkCreditCode("91350100M000100Y44"))).toEqual(["creditcode.checksum"]);
  });

  test("[R73] a short code and letters outside the alphabet are refused", () => {
    expect(codesOf(checkCreditCode("91350100M000100Y4"))).toEqual(["creditcode.length"]);
    expect(codesOf(checkCreditCode("91350100M000100IO3"))).toEqual(["creditcode.characters"]);
  });

  property(
    "[R73] no single wrong character and no swap of neighbours passes",
    2000,
    [aBody, fc.nat(16), fc.constantFrom(...ALPHABET)],
    (body, at, other) => {
      const code = body.join("") + creditCheckCharacter(body.join(""));
      expect(checkCreditCode(code).allowed).toBe(true);
      const characters = Array.from(code);
      const wrong = characters.map((character, place) => (place === at ? other : character));
      if (other !== characters[at]) expect(checkCreditCode(wrong.join("")).allowed).toBe(false);
      const swapped = [...characters];
      [swapped[at], swapped[at + 1]] = [characters[at + 1] ?? "", characters[at] ?? ""];
      if (swapped.join("") !== code) expect(checkCreditCode(swapped.join("")).allowed).toBe(false);
    },
  );
});

property(
  "[R72] no single wrong digit of an ID number and no swap of neighbours keeps its check character",
  2000,
  [fc.array(fc.nat(9), { minLength: 17, maxLength: 17 }), fc.nat(16), fc.nat(9)],
  (digits, at, other) => {
    const check = idCheckDigit(digits.join(""));
    const wrong = digits.map((digit, place) => (place === at ? other : digit));
    if (other !== digits[at]) expect(idCheckDigit(wrong.join(""))).not.toBe(check);
    const next = Math.min(at + 1, 16);
    const swapped = [...digits];
    [swapped[at], swapped[next]] = [digits[next] ?? 0, digits[at] ?? 0];
    if (digits[at] !== digits[next]) expect(idCheckDigit(swapped.join(""))).not.toBe(check);
  },
);
