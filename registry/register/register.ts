// The register of institutions and of the people each may name, read at start and never written by a request. The
// demonstration brings its own; a real registry reads one JSON file per institution from `register/` in its data.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { invariant, type InstitutionId, type PersonId } from "#shared/base";
import { Institution, Person } from "#shared/exam";
import institution from "../demonstration/institution.json" with { type: "json" };
import people from "../demonstration/people.json" with { type: "json" };

const RegisterEntry = z.strictObject({ institution: Institution, people: z.array(Person).max(2000) });
export type RegisterEntry = z.infer<typeof RegisterEntry>;

export interface Register {
  institution(id: InstitutionId): RegisterEntry | undefined;
  person(institution: InstitutionId, id: PersonId): Person | undefined;
  /** The demonstration institution, when this registry has one. */
  readonly demonstration: RegisterEntry | null;
}

export function readRegister(dataDir: string, demo: boolean): Register {
  const demonstration = demo ? RegisterEntry.parse({ institution, people }) : null;
  const entries = new Map<InstitutionId, RegisterEntry>();
  for (const entry of [...(demonstration ? [demonstration] : []), ...readFiles(join(dataDir, "register"))]) {
    invariant(!entries.has(entry.institution.id), `institution ${entry.institution.id} is registered once`);
    entries.set(entry.institution.id, entry);
  }
  return {
    institution: (id) => entries.get(id),
    person: (id, person) => entries.get(id)?.people.find((one) => one.id === person),
    demonstration,
  };
}

function readFiles(folder: string): RegisterEntry[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.sort().map((name) => {
    const json: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
    return RegisterEntry.parse(json);
  });
}
