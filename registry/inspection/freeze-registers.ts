// The two registers as a draw freezes them: institutions, and whoever may inspect on that day. Supervisors of the institutions
// stand aside from where they are named and from where they are employed; what the authority adds (inspectors of its own,
// declared interests, institutions with a bad record) stands in `inspection.json` in the data.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InstitutionId, type Day } from "#shared/base";
import { InspectorId, type DrawRegister } from "#shared/exam";
import { DataRefused, readDataFile } from "../data-refused.ts";
import type { RegisterEntry } from "../register/register.ts";

export const InspectionFile = z.strictObject({
  /** The authority's own inspectors; `employer` where an institution of the register employs one all the same. */
  inspectors: z
    .array(z.strictObject({ id: InspectorId, employer: InstitutionId.nullable() }))
    .max(1000)
    .default([]),
  /** Always inspected, because of complaints or a bad record (R59). */
  always: z.array(InstitutionId).max(2000).default([]),
  /** Interests that were declared. */
  declared: z
    .array(z.strictObject({ inspector: InspectorId, object: InstitutionId }))
    .max(2000)
    .default([]),
});
export type InspectionFile = z.infer<typeof InspectionFile>;

const ADVICE = "put inspection.json right and try again";

export function readInspectionFile(dataDir: string): InspectionFile {
  const path = join(dataDir, "inspection.json");
  return existsSync(path) ? readDataFile(path, InspectionFile, ADVICE) : InspectionFile.parse({});
}

/** In the order of their ids, so that the same registers give the same bytes. */
export function freezeRegisters(
  entries: readonly RegisterEntry[],
  { inspectors: own, always, declared }: InspectionFile,
  day: Day,
): DrawRegister {
  const supervisors = entries.flatMap((entry) => supervisorsOf(entry, entries, day));
  const inspectors = unique([...supervisors.map(({ id }) => id), ...own.map(({ id }) => id)]);
  const objects = entries.map(({ institution: { id, name } }) => ({ id, name, always: always.includes(id) }));
  const isObject = (id: InstitutionId) => objects.some((object) => object.id === id);
  const employed = [
    ...supervisors.flatMap(({ id, at }) => at.map((object) => ({ inspector: id, object }))),
    ...own.flatMap(({ id, employer }) => (employer === null ? [] : [{ inspector: id, object: employer }])),
  ];
  refuseUnknown([...always, ...declared.map(({ object }) => object)].filter((id) => !isObject(id)));
  refuseUnknown(declared.map(({ inspector }) => inspector).filter((id) => !inspectors.includes(id)));
  const conflicts = new Map<string, DrawRegister["conflicts"][number]>();
  for (const one of declared) conflicts.set(`${one.inspector} ${one.object}`, { ...one, reason: "DECLARED" });
  for (const one of employed)
    if (isObject(one.object)) conflicts.set(`${one.inspector} ${one.object}`, { ...one, reason: "EMPLOYED" });
  return {
    objects: objects.sort((a, b) => inOrder(a.id, b.id)),
    inspectors,
    conflicts: [...conflicts].sort(([a], [b]) => inOrder(a, b)).map(([, conflict]) => conflict),
  };
}

/** Whose card is valid on that day, and where they work: where they are named, and whichever institution employs them. */
function supervisorsOf(
  { institution, reference }: RegisterEntry,
  entries: readonly RegisterEntry[],
  day: Day,
) {
  return reference.supervisors
    .filter(({ validFrom, validTo }) => validFrom <= day && day <= validTo)
    .map(({ person }) => {
      const employers = reference.employers.filter((one) => one.person === person);
      const elsewhere = entries.filter((entry) =>
        employers.some(({ employer }) => employer === entry.reference.registration.creditCode),
      );
      return {
        id: InspectorId.parse(`${institution.id}/${person}`),
        at: [institution.id, ...elsewhere.map((entry) => entry.institution.id)],
      };
    });
}

function refuseUnknown(ids: readonly string[]): void {
  if (ids.length > 0)
    throw new DataRefused(`inspection.json names ${ids.join(", ")}, which no register has: ${ADVICE}`);
}

function unique(ids: readonly InspectorId[]): InspectorId[] {
  return [...new Set(ids)].sort(inOrder);
}

/** Ids are ASCII: code units in order are bytes in order. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : 1;
}
