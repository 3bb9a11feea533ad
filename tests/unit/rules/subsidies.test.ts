// What a subsidy is worth and who gets it (R61, R62, R63).
import { describe, expect, test } from "vitest";
import { Day, IdHash } from "#shared/base";
import {
  CertificateNumber,
  OccupationCode,
  policyValues,
  SubsidyTable,
  type PaidSubsidy,
  type SubsidyClaim,
} from "#shared/exam";
import {
  checkEntitlement,
  checkYearlyLimit,
  defaultPolicy,
  sampleSubsidyTables,
  subsidyAmount,
} from "#shared/rules";

const policy = policyValues(defaultPolicy());
const day = (text: string) => Day.parse(text);
const codesOf = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);
const RESTORER = OccupationCode.parse("4-13-03-02");
const PERSON = IdHash.parse("a".repeat(32));
const NUMBER = CertificateNumber.parse("S000061000123254000001");

describe("the amount of a subsidy", () => {
  const aTable = (changes: Partial<SubsidyTable> = {}) =>
    SubsidyTable.parse({
      code: "test",
      place: { zh: "测试", en: "Test" },
      area: "44",
      kind: "UPGRADE",
      validFrom: "2025-01-01",
      validTo: "2026-12-31",
      source: "test",
      confidence: "P",
      rows: [
        { level: "L3", class: null, base: 2000, cap: 2500 },
        { level: "L4", class: null, base: 1500, cap: null },
        { level: "L5", class: null, base: 265, cap: null },
        { level: "L1", class: "A", base: 4300, cap: null },
      ],
      uplifts: [
        { code: "TEN", percent: 10 },
        { code: "TWENTY", percent: 20 },
      ],
      printed: [{ level: "L1", class: "A", uplifts: ["TWENTY"], amount: 5200 }],
      ...changes,
    });
  const on = day("2026-05-01");

  test.each([
    ["the cap ends the uplift", { level: "L3", class: null, uplifts: ["TEN", "TWENTY"], on }, 2500],
    ["one and a half thousand and a tenth", { level: "L4", class: null, uplifts: ["TEN"], on }, 1650],
    ["291.5 is half-up", { level: "L5", class: null, uplifts: ["TEN"], on }, 292],
    ["the printed amount stands over 5160", { level: "L1", class: "A", uplifts: ["TWENTY"], on }, 5200],
    ["without the uplift the formula holds", { level: "L1", class: "A", uplifts: [], on }, 4300],
  ] as const)("[R61] %s", (_, asked, yuan) => {
    expect(subsidyAmount(aTable(), asked).yuan).toBe(yuan);
  });

  test("[R61] nothing is paid outside the table's days, for a level it lacks or by an uplift it does not know", () => {
    const asked = { level: "L4", class: null, uplifts: [], on } as const;
    const check = (changes: Partial<Parameters<typeof subsidyAmount>[1]>, table = aTable()) => {
      const answer = subsidyAmount(table, { ...asked, ...changes });
      return [answer.yuan, answer.allowed, ...codesOf(answer)];
    };
    expect(check({ on: day("2024-12-31") })).toEqual([null, false, "subsidy.table-not-in-force"]);
    expect(check({ on: day("2027-01-01") })).toEqual([null, false, "subsidy.table-not-in-force"]);
    expect(check({ on: day("2027-01-01") }, aTable({ validTo: null }))).toEqual([
      1500,
      true,
      "subsidy.amount",
    ]);
    expect(check({ level: "L2" })).toEqual([null, false, "subsidy.no-row"]);
    expect(check({ class: "B" })).toEqual([null, false, "subsidy.no-row"]);
    expect(check({ uplifts: ["MOON"] })).toEqual([null, false, "subsidy.uplift-unknown"]);
  });

  test("[R61] a table with two rows for a level, two uplifts of a code or an end before its start is refused", () => {
    const [row] = aTable().rows;
    const [uplift] = aTable().uplifts;
    expect(() => aTable({ rows: [row!, row!] })).toThrow();
    expect(() => aTable({ uplifts: [uplift!, uplift!], printed: [] })).toThrow();
    expect(() => aTable({ validTo: day("2024-12-31") })).toThrow();
  });

  test("[R61] the two sample tables pay what their cities published", () => {
    const amountsOf = (code: string, uplifts: readonly string[] = []) => {
      const table = sampleSubsidyTables().find((one) => one.code === code)!;
      return table.rows.map(({ level }) => subsidyAmount(table, { level, class: null, uplifts, on }).yuan);
    };
    expect(amountsOf("xiamen-training")).toEqual([700, 1000, 1500, 2000, 3000]);
    expect(amountsOf("xiamen-training", ["URGENT"])).toEqual([840, 1200, 1800, 2400, 3600]);
    expect(amountsOf("wuxi-assessment")).toEqual([200, 260, 500, 650]);
  });
});

const aClaim = (changes: Partial<SubsidyClaim> = {}): SubsidyClaim => ({
  person: PERSON,
  kind: "UPGRADE",
  occupation: RESTORER,
  level: "L4",
  class: null,
  uplifts: [],
  appliedOn: day("2026-04-10"),
  certificate: { number: NUMBER, issuedOn: day("2025-04-10"), status: "VALID", isListed: true },
  insuredMonths: 36,
  excludedAs: null,
  ...changes,
});
const aPayment = (changes: Partial<PaidSubsidy> = {}): PaidSubsidy => ({
  person: PERSON,
  kind: "UPGRADE",
  occupation: RESTORER,
  level: "L5",
  certificate: CertificateNumber.parse("S000061000123235000009"),
  paidOn: day("2025-06-01"),
  amount: 1000,
  ...changes,
});
const withCertificate = (changes: Partial<SubsidyClaim["certificate"]>) =>
  aClaim({ certificate: { ...aClaim().certificate, ...changes } });

describe("entitlement to an upgrade subsidy", () => {
  const check = (claim: SubsidyClaim, paid: readonly PaidSubsidy[] = []) =>
    codesOf(checkEntitlement(claim, paid, policy));

  test("[R62] who is insured long enough and asks within the year is entitled, a lower level paid or not", () => {
    expect(check(aClaim())).toEqual(["subsidy.entitled"]);
    expect(check(aClaim(), [aPayment()])).toEqual(["subsidy.entitled"]);
    expect(check(withCertificate({ status: "CORRECTED" }))).toEqual(["subsidy.entitled"]);
    expect(check(withCertificate({ status: "REISSUED" }))).toEqual(["subsidy.entitled"]);
    expect(check(aClaim(), [aPayment({ person: IdHash.parse("b".repeat(32)), level: "L4" })])).toEqual([
      "subsidy.entitled",
    ]);
  });

  test("[R62] another kind of subsidy does not have these conditions", () => {
    expect(check(aClaim({ kind: "TRAINING", insuredMonths: 0 }))).toEqual(["subsidy.no-upgrade"]);
  });

  test("[R62] each unmet condition refuses, by its own code", () => {
    expect(check(aClaim({ insuredMonths: 35 }))).toEqual(["subsidy.insured-too-short"]);
    expect(check(aClaim({ excludedAs: "PENSIONER" }))).toEqual(["subsidy.excluded-group"]);
    expect(check(aClaim({ appliedOn: day("2026-04-11") }))).toEqual(["subsidy.too-late"]);
    expect(check(aClaim({ appliedOn: day("2025-04-09") }))).toEqual(["subsidy.before-issue"]);
    expect(check(withCertificate({ status: "REVOKED" }))).toEqual(["subsidy.certificate-not-valid"]);
    expect(check(withCertificate({ isListed: false }))).toEqual(["subsidy.not-in-look-up"]);
  });

  test("[R62] the same level, a higher one or training paid for the same certificate refuses", () => {
    expect(check(aClaim(), [aPayment({ level: "L4" })])).toEqual(["subsidy.paid-already"]);
    expect(check(aClaim({ level: "L3" }), [aPayment({ level: "L2" })])).toEqual(["subsidy.higher-paid"]);
    expect(check(aClaim(), [aPayment({ kind: "TRAINING", certificate: NUMBER })])).toEqual([
      "subsidy.training-paid",
    ]);
  });

  test("[R62] what nobody could ask yet is a warning: the claim waits and is not refused", () => {
    const decision = checkEntitlement(
      { ...withCertificate({ isListed: null }), insuredMonths: null },
      [],
      policy,
    );
    expect(codesOf(decision)).toEqual(["subsidy.insurance-unknown", "subsidy.look-up-open"]);
    expect(decision.allowed).toBe(true);
    expect(decision.findings.every(({ severity }) => severity === "warn")).toBe(true);
  });
});

describe("upgrade subsidies in a year", () => {
  const three = ["01", "05", "09"].map((month) => aPayment({ paidOn: day(`2026-${month}-15`) }));

  test("[R63] a fourth in 2026 is refused, and the first in 2027 is not", () => {
    expect(codesOf(checkYearlyLimit(aClaim(), day("2026-12-31"), three, policy))).toEqual([
      "subsidy.yearly-limit",
    ]);
    expect(codesOf(checkYearlyLimit(aClaim(), day("2027-01-01"), three, policy))).toEqual([
      "subsidy.within-year",
    ]);
  });

  test("[R63] others' payments and other kinds are not counted", () => {
    const others = three.map((one, i) =>
      i === 0 ? { ...one, kind: "TRAINING" as const } : { ...one, person: IdHash.parse("b".repeat(32)) },
    );
    expect(checkYearlyLimit(aClaim(), day("2026-12-31"), others, policy).allowed).toBe(true);
    expect(
      checkYearlyLimit({ ...aClaim(), kind: "TRAINING" }, day("2026-12-31"), three, policy).allowed,
    ).toBe(true);
  });
});
