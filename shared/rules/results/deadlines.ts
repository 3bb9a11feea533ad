// Until when: public notice, recheck, reporting (R53, R54, R75). Every last day says whether it is provisional.
import { addDays, type Day, type IdHash } from "#shared/base";
import {
  block,
  decide,
  info,
  warn,
  type Decision,
  type Finding,
  type PolicyOf,
  type WorkingCalendar,
} from "#shared/exam";
import { workingDayAfter, type Deadline } from "./calendar.ts";

/** R53, R71: The last day of a public notice, whose first working day counts. */
export function noticeEnds(
  from: Day,
  calendars: readonly WorkingCalendar[],
  policy: PolicyOf<"noticeWorkingDays">,
): Deadline {
  return workingDayAfter(addDays(from, -1), policy.noticeWorkingDays, calendars);
}

/** R53: A certificate is issued after the last notice day; an open objection stops only the person concerned. */
export function mayIssue(
  certificate: { readonly candidate: IdHash; readonly on: Day },
  lastDay: Day,
  openObjections: readonly IdHash[],
): Decision {
  const { candidate, on } = certificate;
  const findings = on > lastDay ? [] : [block("R53", "notice.running", { lastDay, on })];
  if (openObjections.includes(candidate)) findings.push(block("R53", "notice.objection", { candidate }));
  return decide(findings.length > 0 ? findings : [info("R53", "notice.over", { lastDay, on })]);
}

/** R54: A recheck is accepted until the end of the policy's last working day after publication. */
export function recheckInTime(
  published: Day,
  submitted: Day,
  calendars: readonly WorkingCalendar[],
  policy: PolicyOf<"recheckWorkingDays">,
): Decision {
  const { day, provisional } = workingDayAfter(published, policy.recheckWorkingDays, calendars);
  const facts = { lastDay: day, submitted };
  return decide([
    submitted <= day ? info("R54", "recheck.in-time", facts) : block("R54", "recheck.too-late", facts),
    ...ifProvisional(provisional, day),
  ]);
}

type Step = PolicyOf<"reportingSteps">["reportingSteps"][number];

/** R75: Each reporting step is due some working days after its event; late is a warning for the annual report. */
export function reportingDue(
  event: { readonly kind: Step["after"]; readonly on: Day; readonly assessor: Step["assessor"] },
  today: Day,
  calendars: readonly WorkingCalendar[],
  policy: PolicyOf<"reportingSteps">,
): Decision {
  const steps = policy.reportingSteps.filter(
    ({ after, assessor }) => after === event.kind && (assessor === "ANY" || assessor === event.assessor),
  );
  return decide(
    steps.flatMap(({ step, workingDays }) => {
      const { day, provisional } = workingDayAfter(event.on, workingDays, calendars);
      const facts = { step, due: day };
      return [
        today > day ? warn("R75", "reporting.overdue", facts) : info("R75", "reporting.due", facts),
        ...ifProvisional(provisional, day),
      ];
    }),
  );
}

function ifProvisional(provisional: boolean, day: Day): Finding[] {
  return provisional ? [info("R71", "calendar.provisional", { day })] : [];
}
