// What an incident takes away, and for how long (R76).
import { invariant, yearOf, type Day, type IdHash, type PersonId, type SheetId } from "#shared/base";
import {
  block,
  decide,
  info,
  warn,
  type Decision,
  type ExamPart,
  type Finding,
  type Incident,
} from "#shared/exam";

export interface IncidentEffect {
  /** Parts that lose their mark. */
  readonly cancelled: readonly ExamPart[];
  /** As cheating, and not only for this time. */
  readonly asCheating: boolean;
  /** No new application is for a day before this one; null when nobody is kept out. */
  readonly freeFrom: Day | null;
  /** Handed to another authority. */
  readonly referred: boolean;
  readonly decision: Decision;
}

const EVERY_PART: readonly ExamPart[] = ["THEORY", "SKILL", "REVIEW"];

/** R76: C1 takes the part's mark, C2 the part as cheating, C3 all parts and the year, C4 all parts and a referral. */
export function incidentEffect({ code, tier, part, on }: Incident): IncidentEffect {
  const grave = tier === "C3" || tier === "C4";
  const facts = { incident: code, tier, part, on };
  return {
    cancelled: grave ? EVERY_PART : [part],
    asCheating: tier !== "C1",
    freeFrom: tier === "C3" ? firstDayAfter(on) : null,
    referred: tier === "C4",
    decision: decide([block("R76", grave ? "incident.all-cancelled" : "incident.part-cancelled", facts)]),
  };
}

/** R76: Who lost a year to an incident registers for nothing in the rest of it. */
export function checkBarred(person: IdHash, day: Day, incidents: readonly Incident[]): Decision {
  const barred = incidents
    .filter((incident) => incident.person === person)
    .flatMap((incident): Finding[] => {
      const { freeFrom, referred } = incidentEffect(incident);
      const facts = { incident: incident.code, on: incident.on };
      if (referred) return [warn("R76", "incident.referred", facts)];
      return freeFrom !== null && incident.on <= day && day < freeFrom
        ? [block("R76", "incident.barred", { ...facts, until: freeFrom })]
        : [];
    });
  return decide(barred.length > 0 ? barred : [info("R76", "incident.none")]);
}

export interface MarkedSheet {
  readonly sheet: SheetId;
  readonly examiner: PersonId;
  readonly candidate: string;
}

/** R76: Sheets that a person marked against a recusal are void; another panel marks them again. */
export function voidSheets(
  sheets: readonly MarkedSheet[],
  against: readonly { readonly examiner: PersonId; readonly candidate: string }[],
): Decision {
  const breached = sheets.filter(({ examiner, candidate }) =>
    against.some((one) => one.examiner === examiner && one.candidate === candidate),
  );
  return decide(
    breached.length > 0
      ? breached.map(({ sheet, examiner }) =>
          block("R76", "incident.sheet-void", { sheet, person: examiner }),
        )
      : [info("R76", "incident.no-breach", { sheets: sheets.length })],
  );
}

function firstDayAfter(on: Day): Day {
  const day = `${String(yearOf(on) + 1).padStart(4, "0")}-01-01`;
  invariant(day.length === 10, "a year of four digits");
  return day as Day;
}
