// People whom an administrator adds on the day, as the office types them in.
import { Day } from "#shared/base";
import type { NewPerson } from "#shared/ipc";
import { sampleRubrics } from "#shared/rules";

/** An examiner with a card for the first sample rubric's occupation. */
export function anExaminer(name = "丁一"): NewPerson {
  const [rubric] = sampleRubrics();
  if (!rubric) throw new Error("a sample rubric");
  return {
    name,
    roles: ["examiner"],
    examiner: [
      {
        grade: "EXAMINER",
        cardNo: "K61-7777",
        occupation: rubric.occupation,
        directions: [],
        levels: ["L5", "L4", "L3"],
        status: "ACTIVE",
        validFrom: Day.parse("2025-01-01"),
        validTo: Day.parse("2035-12-31"),
      },
    ],
    supervisor: null,
  };
}
