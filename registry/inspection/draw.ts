// A double-random draw (双随机) over two frozen registers: objects and inspectors from one seed, whoever has an interest
// stepping aside. Anybody with the registers and the seed draws the same (R58, R59).
import type { DrawnInspection, DrawRates, DrawRegister, InspectorId } from "#shared/exam";
import type { InstitutionId } from "#shared/base";
import { digest } from "#shared/crypto";
import { drawInspections, sampleSize } from "#shared/rules";

export function drawFrom(
  { objects, inspectors, conflicts }: DrawRegister,
  { percent, inspectorsPerObject: perObject }: DrawRates,
  seed: string,
): DrawnInspection[] {
  const pairs = new Set(conflicts.map(({ inspector, object }) => `${inspector} ${object}`));
  return drawInspections<InstitutionId, InspectorId>(
    {
      objects: objects.map(({ id }) => id),
      inspectors,
      seed,
      size: sampleSize(objects.length, { drawRatioPercent: percent }),
      perObject,
      always: objects.flatMap(({ id, always }) => (always ? [id] : [])),
      isConflicted: (inspector, object) => pairs.has(`${inspector} ${object}`),
    },
    digest,
  );
}
