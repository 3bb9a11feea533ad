// The register of institutions and of the people each may name, read at start and never written by a request. The
// demonstration brings its own; a real registry reads one JSON file per institution from `register/` in its data.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { HashId, InstitutionId, invariant, type PersonId } from "#shared/base";
import { Institution, Person, policyValues, type Finding, type ReferencePack } from "#shared/exam";
import { checkCreditCode, checkQuota } from "#shared/rules";
import institution from "../demonstration/institution.json" with { type: "json" };
import people from "../demonstration/people.json" with { type: "json" };
import reference from "../demonstration/reference.json" with { type: "json" };
import {
  demonstrationApplications,
  demonstrationPlan,
  demonstrationStandard,
} from "../demonstration/applications.ts";
import { readDataFile } from "../data-refused.ts";
import { judgeAppointment, ReportedAppointment } from "./appointments.ts";
import { policyFor, referencePackOf, ReferenceSource } from "./reference.ts";

const RegisterFile = z.strictObject({
  institution: Institution,
  people: z.array(Person).max(2000),
  reference: ReferenceSource,
  /** Posts the institution filled as an employer. */
  appointments: z.array(ReportedAppointment).max(5000).default([]),
});

const BuildsFile = z.strictObject({
  builds: z.array(z.strictObject({ ver: z.string().min(1).max(32), build: HashId })).max(1000),
});

export interface RegisterEntry extends z.infer<typeof RegisterFile> {
  /** What the rules have against this registration (R64, R73): such an institution enrols no laptop. */
  readonly blocks: readonly Finding[];
  /** Reported posts that the rules refuse (R2 to R4). */
  readonly refusedPosts: readonly { readonly person: string; readonly findings: readonly Finding[] }[];
}

export interface Register {
  institution(id: InstitutionId): RegisterEntry | undefined;
  entries(): readonly RegisterEntry[];
  person(institution: InstitutionId, id: PersonId): Person | undefined;
  /** Is this program on the operator's list, where there is one (T19)? */
  isBuildKnown(build: HashId): boolean;
  /** The pack that a permit of this institution carries, by its policy of today. */
  referenceOf(entry: RegisterEntry, salt: string): ReferencePack;
  /** The demonstration institution, when this registry has one. */
  readonly demonstration: RegisterEntry | null;
}

export function readRegister(dataDir: string, demo: boolean): Register {
  const builds = readBuilds(dataDir);
  const files = readFiles(join(dataDir, "register"));
  if (demo) files.unshift(RegisterFile.parse({ institution, people, reference: demonstrationReference() }));
  const entries = new Map<InstitutionId, RegisterEntry>();
  for (const file of files) {
    invariant(!entries.has(file.institution.id), `institution ${file.institution.id} is registered once`);
    const { id } = file.institution;
    invariant(file.reference.registration.institution === id, `the registration of ${id} is its own`);
    const blocks = blocksOf(file, [...entries.values()], dataDir);
    entries.set(id, { ...file, blocks, refusedPosts: refusedPostsOf(file, dataDir) });
  }
  const demonstration = demo ? (entries.get(InstitutionId.parse(institution.id)) ?? null) : null;
  return {
    institution: (id) => entries.get(id),
    entries: () => [...entries.values()],
    isBuildKnown: (build) => builds?.has(build) ?? true,
    person: (id, person) => entries.get(id)?.people.find((one) => one.id === person),
    referenceOf: (entry, salt) => {
      const { area } = entry.reference.registration;
      return referencePackOf(entry.reference, policyFor(dataDir, area, entry.institution.demo), salt);
    },
    demonstration,
  };
}

function demonstrationReference() {
  return {
    ...reference,
    standards: [demonstrationStandard()],
    plans: [demonstrationPlan()],
    applications: demonstrationApplications(),
    registrations: [],
    incidents: [],
  };
}

function refusedPostsOf(
  {
    appointments,
    reference: { registration, standards },
    institution: { demo },
  }: z.infer<typeof RegisterFile>,
  dataDir: string,
): RegisterEntry["refusedPosts"] {
  const policy = policyValues(policyFor(dataDir, registration.area, demo));
  const levelsOf = (occupation: string) => standards.find((one) => one.occupation === occupation)?.levels;
  return appointments.flatMap((reported) => {
    const findings = judgeAppointment(reported, levelsOf, policy).findings;
    const blocking = findings.filter(({ severity }) => severity === "block");
    return blocking.length > 0 ? [{ person: reported.appointment.person, findings: blocking }] : [];
  });
}

function readFiles(folder: string): z.infer<typeof RegisterFile>[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files
    .sort()
    .map((name) =>
      readDataFile(join(folder, name), RegisterFile, "put the register file right and start again"),
    );
}

/** No file: nobody keeps a list, and every build may mark. An operator lists the SHA-256 of each `app.asar` (E11). */
function readBuilds(dataDir: string): ReadonlySet<HashId> | null {
  const path = join(dataDir, "builds.json");
  if (!existsSync(path)) return null;
  const { builds } = readDataFile(path, BuildsFile, "put the list of builds right and start again");
  return new Set(builds.map(({ build }) => build));
}

/** R64 against every institution registered before it, R73 for itself. */
function blocksOf(
  { reference: { registration }, institution }: z.infer<typeof RegisterFile>,
  earlier: readonly RegisterEntry[],
  dataDir: string,
): Finding[] {
  const policy = policyValues(policyFor(dataDir, registration.area, institution.demo));
  const others = earlier
    .filter((entry) => entry.institution.demo === institution.demo)
    .map((entry) => entry.reference.registration);
  return [
    ...checkCreditCode(registration.creditCode).findings,
    ...registration.scopes
      .filter(({ status }) => status === "ACTIVE")
      .flatMap((scope) => checkQuota(others, scope, policy).findings),
  ].filter(({ severity }) => severity === "block");
}
