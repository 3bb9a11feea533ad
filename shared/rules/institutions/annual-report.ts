// The annual report: when it is due, what it counts, what is missing from it, and how it is frozen (R67, domain 10.2).
import { Day, fraction, groupBy, roundHalfUp, type HashId } from "#shared/base";
import {
  AnnualSources,
  block,
  decide,
  info,
  warn,
  type AnnualReport,
  type AssessedCandidate,
  type Decision,
  type Finding,
  type PolicyOf,
  type ReportSupplement,
} from "#shared/exam";

/** R67: Due on its day of the year, safe a day before; reminders before it, a warning when it is late. */
export function annualReportDue(
  year: number,
  state: { readonly today: Day; readonly submittedOn: Day | null },
  policy: PolicyOf<"annualReportDue" | "annualReportSafe" | "annualReportReminders">,
): Decision {
  const dayOf = (monthDay: string) => Day.parse(`${String(year)}-${monthDay}`);
  const [due, safe] = [dayOf(policy.annualReportDue), dayOf(policy.annualReportSafe)];
  const { today, submittedOn } = state;
  if (submittedOn !== null) {
    const facts = { submittedOn, due };
    return decide([
      submittedOn > due ? warn("R67", "annual.late", facts) : info("R67", "annual.in-time", facts),
    ]);
  }
  if (today > due) return decide([warn("R67", "annual.overdue", { due })]);
  const isReminded = policy.annualReportReminders.some((reminder) => dayOf(reminder) <= today);
  return decide([
    isReminded ? warn("R67", "annual.remind", { due, safe }) : info("R67", "annual.due", { due, safe }),
  ]);
}

export interface AssessedFigures {
  readonly registered: number;
  readonly attended: number;
  readonly passed: number;
  /** Percent of those who attended, one decimal half-up; null when nobody did. */
  readonly passRate: number | null;
}

export interface AnnualFigures {
  readonly assessed: AssessedFigures | null;
  /** By "occupation direction level sex age band". */
  readonly byGroup: Readonly<Record<string, AssessedFigures>>;
  readonly byChannel: Readonly<Record<string, number>>;
  readonly institutionsByStatus: Readonly<Record<string, number>>;
  readonly subsidies: Readonly<Record<string, { readonly count: number; readonly yuan: number }>>;
}

/** R67: The report's figures; a source that nobody handed in gives no zero, it is missing. */
export function annualFigures(sources: AnnualSources): AnnualFigures {
  const candidates = sources.candidates ?? [];
  const subsidies: Record<string, { count: number; yuan: number }> = {};
  for (const { kind, amount } of sources.subsidies ?? []) {
    const sofar = subsidies[kind] ?? { count: 0, yuan: 0 };
    subsidies[kind] = { count: sofar.count + 1, yuan: sofar.yuan + amount };
  }
  return {
    assessed: sources.candidates && figuresOf(sources.candidates),
    byGroup: Object.fromEntries(
      [...groupBy(candidates, groupOf)].map(([group, members]) => [group, figuresOf(members)]),
    ),
    byChannel: counts(candidates.map(({ channel }) => channel)),
    institutionsByStatus: counts((sources.institutions ?? []).map(({ status }) => status)),
    subsidies,
  };
}

/** R67: The sections for which nothing was handed in, and figures that cannot be: each is a block to freezing. */
export function checkAnnualSources(sources: AnnualSources): Decision {
  const sections = Object.keys(AnnualSources.shape) as (keyof AnnualSources)[];
  const findings: Finding[] = sections
    .filter((section) => sources[section] === null)
    .map((section) => block("R67", "annual.section-missing", { section }));
  const { supervision, disputes } = sources;
  if (supervision && supervision.inspected > supervision.drawn) {
    findings.push(
      warn("R67", "annual.more-inspected", { drawn: supervision.drawn, inspected: supervision.inspected }),
    );
  }
  if (disputes && disputes.corrected > disputes.rechecks) {
    findings.push(
      block("R67", "annual.more-corrected", { rechecks: disputes.rechecks, corrected: disputes.corrected }),
    );
  }
  return decide(
    findings.length > 0 ? findings : [info("R67", "annual.complete", { sections: sections.length })],
  );
}

/** R67: A frozen report is never frozen again: what comes later is a supplement. */
export function freezeReport(
  report: AnnualReport,
  hash: HashId,
  on: Day,
): Decision & { readonly report: AnnualReport } {
  if (report.frozen) return { ...decide([block("R67", "annual.frozen", { on: report.frozen.on })]), report };
  return { ...decide([info("R67", "annual.freeze", { on })]), report: { ...report, frozen: { hash, on } } };
}

/** R67: A correction names the frozen report it adds to, and leaves its text alone. */
export function addSupplement(
  report: AnnualReport,
  supplement: ReportSupplement,
): Decision & { readonly report: AnnualReport } {
  if (!report.frozen) return { ...decide([block("R67", "annual.not-frozen")]), report };
  if (supplement.of !== report.frozen.hash)
    return { ...decide([block("R67", "annual.other-report")]), report };
  const supplements = [...report.supplements, supplement];
  return {
    ...decide([info("R67", "annual.supplement", { count: supplements.length })]),
    report: { ...report, supplements },
  };
}

function figuresOf(candidates: readonly AssessedCandidate[]): AssessedFigures {
  const attended = candidates.filter(({ outcome }) => outcome !== "ABSENT").length;
  const passed = candidates.filter(({ outcome }) => outcome === "PASS").length;
  const passRate = attended === 0 ? null : roundHalfUp(fraction(passed * 100, attended), 1) / 10;
  return { registered: candidates.length, attended, passed, passRate };
}

function groupOf({ occupation, direction, level, sex, age }: AssessedCandidate): string {
  const decade = Math.floor(age / 10) * 10;
  return `${occupation} ${direction ?? "-"} ${level} ${sex} ${String(decade)}-${String(decade + 9)}`;
}

function counts(keys: readonly string[]): Record<string, number> {
  return Object.fromEntries([...groupBy(keys, (key) => key)].map(([key, members]) => [key, members.length]));
}
