// A day whose panel of three is not of one mind: the second examiner gives less, the third a little more, each so many half points
// by chance. With it the figures of quality have something to say.
import { createRandom, type PersonId, pickInt } from "#shared/base";
import type { Person } from "#shared/exam";
import { aPreparedDay, everyKindRubric, personId, signSheet, type PreparedDay } from "./journal-builders.ts";

export const PANEL = [1, 2, 3].map(personId) as [PersonId, PersonId, PersonId];
export const OFFICE = personId(4);
export const SUPERVISOR = personId(70);

/** Half points beside what the work is worth. */
const GIVES = [4, -14, 8] as const;

/** Every candidate signed for by all three, but `unsigned` of them, who wait for the third. */
export function aJudgedDay({
  candidates = 24,
  unsigned = 0,
  roles = ["supervisor"] as Person["roles"],
} = {}): PreparedDay {
  const day = aPreparedDay({ rubric: everyKindRubric(), candidates, panel: 3 });
  day.journal.append({
    kind: "person.added",
    person: { id: SUPERVISOR, name: "韦月桂", roles },
    stated: { examiner: [], supervisor: null },
  });
  const random = createRandom(11);
  for (let no = 1; no <= candidates; no++)
    for (const [at, examiner] of PANEL.entries()) {
      if (at === 2 && no > candidates - unsigned) continue;
      const steps = 18 + (GIVES[at] ?? 0) + pickInt(-4, 4, random);
      signSheet(day, no, examiner, { "5": { kind: "POINTS", steps } });
    }
  return day;
}
