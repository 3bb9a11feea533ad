// A reference pack in which everybody may examine everything and nobody knows anybody: tests add what they are about.
import { Day, InstitutionId } from "#shared/base";
import type { Person, ReferencePack } from "#shared/exam";
import { defaultPolicy, demoPolicy, knownOccupations } from "#shared/rules";

const [FROM, TO] = [Day.parse("2020-01-01"), Day.parse("2035-12-31")];

export function aReferencePack(
  people: readonly Person[] = [],
  { demo = true, ...changes }: Partial<ReferencePack> & { demo?: boolean } = {},
): ReferencePack {
  const examiners = people.filter(({ roles }) => roles.includes("examiner"));
  const supervisors = people.filter(({ roles }) => roles.includes("supervisor"));
  return {
    version: 1,
    salt: "5".repeat(32),
    policy: demo ? demoPolicy() : defaultPolicy(),
    registration: {
      institution: InstitutionId.parse("demo-60f3"),
      creditCode: "91350100M000100Y43",
      kind: "MUSEUM_PRO",
      assessorClass: "SOCIAL_ORG",
      ministryCode: null,
      area: "61",
      areaSerial: "000123",
      filingNo: "S-61-000123",
      scopes: knownOccupations().map(({ code }) => ({
        occupation: code,
        directions: [],
        levels: ["L5", "L4", "L3", "L2", "L1"],
        area: "61",
        status: "ACTIVE",
        validFrom: FROM,
        validTo: TO,
        selectionRound: "2025-1",
        exception: null,
      })),
    },
    examiners: examiners.flatMap(({ id }) =>
      knownOccupations().map(({ code }) => ({
        person: id,
        grade: "SENIOR" as const,
        cardNo: `card-${id}`,
        occupation: code,
        directions: [],
        levels: ["L5" as const, "L4" as const, "L3" as const, "L2" as const, "L1" as const],
        status: "ACTIVE" as const,
        validFrom: FROM,
        validTo: TO,
      })),
    ),
    supervisors: supervisors.map(({ id }) => ({
      person: id,
      kind: "INTERNAL" as const,
      validFrom: FROM,
      validTo: TO,
    })),
    employers: examiners.map(({ id }) => ({ person: id, employer: `works-of-${id}` })),
    training: [],
    relations: [],
    panels: [],
    paperAccess: [],
    standards: [],
    plans: [],
    applications: [],
    registrations: [],
    incidents: [],
    ...changes,
  };
}

/** The same as an operator's register file has it. */
export function aReferenceSource(institution: string, area: ReferencePack["registration"]["area"] = "62") {
  const { registration, examiners, supervisors, employers, panels, paperAccess } = aReferencePack();
  const scopes = registration.scopes.map((scope) => ({ ...scope, area }));
  return {
    registration: { ...registration, institution, area, scopes },
    ...{ examiners, supervisors, employers, panels, paperAccess },
    training: [],
    relations: [],
    standards: [],
    plans: [],
    applications: [],
    registrations: [],
    incidents: [],
  };
}
