// The sample rubrics of the demonstration, composed for it and marked illustrative: they come from no national standard.
import { invariant } from "#shared/base";
import type { Rubric } from "#shared/exam";
import { importRubric } from "../import/rubric-import.ts";
import arch from "./demo-arch-l5.json" with { type: "json" };
import ceramic from "./demo-ceramic-l4.json" with { type: "json" };
import wood from "./demo-wood-l3.json" with { type: "json" };

/** Ceramics first: it is the one the demonstration opens with. */
export function sampleRubrics(): Rubric[] {
  return [ceramic, wood, arch].map((json) => {
    const imported = importRubric(json);
    invariant(imported.ok, `sample rubric ${json.code} can be imported`);
    return imported.value;
  });
}
