// A double-random draw (双随机) over the register: institutions by the policy's share, supervisors as inspectors, whoever is
// employed by an institution stepping aside from it. Anybody with the register and the seed draws the same (R58, R59).
import { bytesToHex } from "#shared/base";
import { digest } from "#shared/crypto";
import { policyValues, type Policy } from "#shared/exam";
import { drawInspections, registerHash, sampleSize, type DrawnObject } from "#shared/rules";
import type { RegisterEntry } from "../register/register.ts";

export interface InspectionDraw {
  readonly seed: string;
  readonly algorithmVersion: "sha256-1";
  readonly objectsHash: string;
  readonly inspectorsHash: string;
  readonly size: number;
  readonly drawn: readonly DrawnObject[];
}

export function drawFromRegister(
  entries: readonly RegisterEntry[],
  seed: string,
  always: readonly string[],
  policy: Policy,
): InspectionDraw {
  const objects = entries.map(({ institution }) => institution.id);
  const employed = new Map<string, string>(
    entries.flatMap(({ institution, reference }) =>
      reference.supervisors.map(({ person }) => [`${institution.id}/${person}`, institution.id] as const),
    ),
  );
  const inspectors = [...employed.keys()];
  const values = policyValues(policy);
  const size = sampleSize(objects.length, values);
  return {
    seed,
    algorithmVersion: "sha256-1",
    objectsHash: bytesToHex(registerHash(objects, digest)),
    inspectorsHash: bytesToHex(registerHash(inspectors, digest)),
    size,
    drawn: drawInspections(
      {
        objects,
        inspectors,
        seed,
        size,
        perObject: values.inspectorsPerObject,
        always,
        isConflicted: (inspector, object) => employed.get(inspector) === object,
      },
      digest,
    ),
  };
}
