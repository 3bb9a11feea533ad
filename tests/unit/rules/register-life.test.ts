// The register over the years: status, retention, the annual report (R66, R67, R68).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day, HashId, PersonId } from "#shared/base";
import {
  AnnualSources,
  InstitutionStatus,
  OccupationCode,
  policyValues,
  type AnnualReport,
  type AssessedCandidate,
  type RecordKind,
  type StatusChange,
} from "#shared/exam";
import {
  addSupplement,
  annualFigures,
  annualReportDue,
  checkAnnualSources,
  checkDeletion,
  checkStatusChange,
  defaultPolicy,
  deletableFrom,
  freezeReport,
  mayGoOn,
  tombstoneOf,
} from "#shared/rules";
import { property } from "../../support/property.ts";

const policy = policyValues(defaultPolicy());
const day = (text: string) => Day.parse(text);
const codesOf = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);
const HASH = HashId.parse(`sha256:${"1".repeat(64)}`);
const statuses = InstitutionStatus.options;

describe("the status of an institution", () => {
  const aChange = (
    from: InstitutionStatus,
    to: InstitutionStatus,
    changes: Partial<StatusChange> = {},
  ): StatusChange => ({
    from,
    to,
    on: day("2026-05-01"),
    document: "文件 1",
    renewal: null,
    batches: [],
    ...changes,
  });

  test("[R66] the way from candidate to active and to suspended and back is open", () => {
    const way = [
      ["CANDIDATE", "RECOMMENDED"],
      ["RECOMMENDED", "ACTIVE"],
      ["ACTIVE", "SUSPENDED"],
      ["SUSPENDED", "ACTIVE"],
      ["ACTIVE", "EXPIRED"],
    ] as const;
    for (const [from, to] of way)
      expect(codesOf(checkStatusChange(aChange(from, to)))).toEqual(["status.changed"]);
  });

  test("[R66] every other change is refused", () => {
    const allowed = statuses.flatMap((from) =>
      statuses.filter((to) => checkStatusChange(aChange(from, to)).allowed).map((to) => `${from}>${to}`),
    );
    expect(allowed).toHaveLength(10);
    expect(codesOf(checkStatusChange(aChange("REVOKED", "ACTIVE")))).toEqual(["status.no-such-change"]);
  });

  test("[R66] an expired institution is active again only through a renewal record", () => {
    expect(codesOf(checkStatusChange(aChange("EXPIRED", "ACTIVE")))).toEqual(["status.no-renewal"]);
    expect(codesOf(checkStatusChange(aChange("EXPIRED", "ACTIVE", { renewal: "续期 3" })))).toEqual([
      "status.renewed",
    ]);
  });

  test("[R66] revoking stops plans at once, and a batch in progress goes on only if the authority says so", () => {
    const batches = [
      { batch: "B1", decision: "FINISH" as const },
      { batch: "B2", decision: "CANCEL" as const },
      { batch: "B3", decision: null },
    ];
    const change = aChange("ACTIVE", "REVOKED", { batches });
    expect(codesOf(checkStatusChange(change))).toEqual(["status.plans-stop", "status.batch-undecided"]);
    expect(["B1", "B2", "B3", "B4"].map((batch) => codesOf(mayGoOn(batch, change))[0])).toEqual([
      "status.batch-finishes",
      "status.batch-cancelled",
      "status.batch-undecided",
      "status.batch-undecided",
    ]);
    expect(codesOf(mayGoOn("B1", aChange("ACTIVE", "SUSPENDED")))).toEqual(["status.batch-unaffected"]);
  });
});

describe("retention", () => {
  const archivedOn = day("2026-07-01");
  const by = [PersonId.parse("p-01"), PersonId.parse("p-02")] as const;
  const check = (
    kinds: RecordKind[],
    on: string,
    hold: string | null = null,
    people: readonly PersonId[] = by,
  ) => codesOf(checkDeletion({ kinds, archivedOn, hold }, { on: day(on), by: people }, policy));

  test("[R68] electronic records archived on 2026-07-01 may go from 2031-07-01, and not the day before", () => {
    expect(deletableFrom({ kinds: ["ELECTRONIC"], archivedOn }, policy)).toBe("2031-07-01");
    expect(check(["ELECTRONIC"], "2031-07-01")).toEqual(["retention.deletable"]);
    expect(check(["ELECTRONIC"], "2031-06-30")).toEqual(["retention.too-early"]);
  });

  test("[R68] the longest of several kinds counts, and results and certificates are never deleted", () => {
    expect(deletableFrom({ kinds: ["PAPER", "ELECTRONIC", "VIDEO"], archivedOn }, policy)).toBe("2031-07-01");
    expect(deletableFrom({ kinds: ["PAPER"], archivedOn }, policy)).toBe("2029-07-01");
    expect(check(["VIDEO", "RESULT"], "2099-01-01")).toEqual(["retention.permanent"]);
    expect(check(["CERTIFICATE"], "2099-01-01")).toEqual(["retention.permanent"]);
  });

  test("[R68] a hold and a single person refuse, one person twice included", () => {
    expect(check(["PAPER"], "2030-01-01", "申诉 12")).toEqual(["retention.held"]);
    expect(check(["PAPER"], "2030-01-01", null, [by[0], by[0]])).toEqual(["retention.one-person"]);
  });

  test("[R68] what stays is the hash, the number, the day and both people", () => {
    expect(tombstoneOf(HASH, 28, { on: day("2031-07-01"), by })).toEqual({
      hash: HASH,
      count: 28,
      deletedOn: "2031-07-01",
      by: ["p-01", "p-02"],
    });
  });
});

describe("the annual report", () => {
  const due = (today: string, submittedOn: string | null = null) =>
    codesOf(
      annualReportDue(
        2026,
        { today: day(today), submittedOn: submittedOn === null ? null : day(submittedOn) },
        policy,
      ),
    );

  test("[R67] it is due on 31 December, with reminders on the 1st and the 20th", () => {
    expect(due("2026-11-30")).toEqual(["annual.due"]);
    expect(due("2026-12-01")).toEqual(["annual.remind"]);
    expect(due("2026-12-31")).toEqual(["annual.remind"]);
    expect(due("2027-01-01", "2026-12-31")).toEqual(["annual.in-time"]);
  });

  test("[R67] on 1 January it is overdue, and a report handed in then is late", () => {
    expect(due("2027-01-01")).toEqual(["annual.overdue"]);
    expect(due("2027-01-02", "2027-01-01")).toEqual(["annual.late"]);
  });

  const aCandidate = (changes: Partial<AssessedCandidate> = {}): AssessedCandidate => ({
    occupation: OccupationCode.parse("4-13-03-02"),
    direction: null,
    level: "L4",
    sex: "F",
    age: 33,
    outcome: "PASS",
    channel: "ASSESSMENT",
    ...changes,
  });
  const whole = (): AnnualSources =>
    AnnualSources.parse({
      institutions: [{ status: "ACTIVE" }, { status: "ACTIVE" }, { status: "SUSPENDED" }],
      candidates: [
        aCandidate(),
        aCandidate({ outcome: "FAIL" }),
        aCandidate({ sex: "M", age: 40, outcome: "ABSENT", channel: "COMPETITION" }),
        aCandidate({ outcome: "PASS" }),
      ],
      certificates: { issued: 2, corrected: 0, revoked: 0, uploadedLate: 0 },
      positions: { specialGrade: 0, chief: 0, apprentices: 0 },
      examiners: { active: 6, trained: 6, expired: 0, recused: 1 },
      training: { classes: 1, learners: 3, hours: 40, employed: 3 },
      subsidies: [
        { kind: "TRAINING", amount: 1000 },
        { kind: "TRAINING", amount: 700 },
      ],
      supervision: { drawn: 1, inspected: 1, findings: 0, corrected: 0 },
      disputes: { rechecks: 1, corrected: 1, appeals: 0, complaints: 0, incidents: 0 },
    });

  test("[R67] figures count those who attended, and give rates to one decimal", () => {
    const figures = annualFigures(whole());
    expect(figures.assessed).toEqual({ registered: 4, attended: 3, passed: 2, passRate: 66.7 });
    expect(figures.byGroup).toEqual({
      "4-13-03-02 - L4 F 30-39": { registered: 3, attended: 3, passed: 2, passRate: 66.7 },
      "4-13-03-02 - L4 M 40-49": { registered: 1, attended: 0, passed: 0, passRate: null },
    });
    expect(figures.byChannel).toEqual({ ASSESSMENT: 3, COMPETITION: 1 });
    expect(figures.institutionsByStatus).toEqual({ ACTIVE: 2, SUSPENDED: 1 });
    expect(figures.subsidies).toEqual({ TRAINING: { count: 2, yuan: 1700 } });
    expect(codesOf(checkAnnualSources(whole()))).toEqual(["annual.complete"]);
  });

  test("[R67] a section that nobody handed in is named as missing and is no zero", () => {
    const nothing = AnnualSources.parse(
      Object.fromEntries(Object.keys(AnnualSources.shape).map((section) => [section, null])),
    );
    expect(checkAnnualSources(nothing).findings.map(({ facts }) => facts["section"])).toEqual(
      Object.keys(AnnualSources.shape),
    );
    expect(annualFigures(nothing).assessed).toBeNull();
    const one = aCandidate({ direction: "CERAMIC" as AssessedCandidate["direction"] });
    expect(Object.keys(annualFigures({ ...nothing, candidates: [one] }).byGroup)).toEqual([
      "4-13-03-02 CERAMIC L4 F 30-39",
    ]);
  });

  test("[R67] more corrections than rechecks cannot be and block, more inspections than drawn are a warning", () => {
    const { supervision, disputes, ...rest } = whole();
    const odd = {
      ...rest,
      supervision: { ...supervision!, inspected: 2 },
      disputes: { ...disputes!, corrected: 2 },
    };
    expect(codesOf(checkAnnualSources(odd))).toEqual(["annual.more-inspected", "annual.more-corrected"]);
    expect(checkAnnualSources(odd).allowed).toBe(false);
  });

  property(
    "[R67] the groups add up to the whole, whoever was assessed",
    200,
    [
      fc.array(
        fc.record({
          age: fc.integer({ min: 16, max: 70 }),
          sex: fc.constantFrom<"M" | "F">("M", "F"),
          outcome: fc.constantFrom<AssessedCandidate["outcome"]>("PASS", "FAIL", "ABSENT", "CANCELLED"),
        }),
      ),
    ],
    (some) => {
      const figures = annualFigures({ ...whole(), candidates: some.map((one) => aCandidate(one)) });
      const groups = Object.values(figures.byGroup);
      const sum = (key: "registered" | "attended" | "passed") =>
        groups.reduce((all, group) => all + group[key], 0);
      expect(figures.assessed).toMatchObject({
        registered: sum("registered"),
        attended: sum("attended"),
        passed: sum("passed"),
      });
    },
  );

  const aReport: AnnualReport = { area: "61", year: 2026, text: "{}", frozen: null, supplements: [] };
  const supplement = { on: day("2027-02-01"), reason: "漏报", of: HASH, text: "{}" };

  test("[R67] a report is frozen once, and cannot be frozen over", () => {
    const frozen = freezeReport(aReport, HASH, day("2026-12-30"));
    expect(frozen.report.frozen).toEqual({ hash: HASH, on: "2026-12-30" });
    const again = freezeReport(frozen.report, HashId.parse(`sha256:${"2".repeat(64)}`), day("2027-01-02"));
    expect(codesOf(again)).toEqual(["annual.frozen"]);
    expect(again.report).toBe(frozen.report);
  });

  test("[R67] a later correction is a supplement to the frozen text, and never to another or an open one", () => {
    const { report } = freezeReport(aReport, HASH, day("2026-12-30"));
    const added = addSupplement(report, supplement);
    expect(codesOf(added)).toEqual(["annual.supplement"]);
    expect(added.report).toEqual({ ...report, supplements: [supplement] });
    expect(codesOf(addSupplement(aReport, supplement))).toEqual(["annual.not-frozen"]);
    const other = { ...supplement, of: HashId.parse(`sha256:${"3".repeat(64)}`) };
    expect(codesOf(addSupplement(report, other))).toEqual(["annual.other-report"]);
  });
});
