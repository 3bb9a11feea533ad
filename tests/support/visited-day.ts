// A day with a panel of two and a supervisor of the centre who has no other part in it: what a visit on site begins with.
import { Day, type PersonId } from "#shared/base";
import type { Person, VisitNotes, VisitReport } from "#shared/exam";
import { admitVisit } from "#shared/journal";
import { onSiteChecklist } from "#shared/rules";
import {
  aPreparedDay,
  everyKindRubric,
  nextSeq,
  personId,
  sheetId,
  testHash,
  type PreparedDay,
} from "./journal-builders.ts";

export const [LEADER, MEMBER, OFFICE, VISITOR] = [1, 2, 4, 70].map(personId) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];

/** `roles`: of whoever visits, the sitting's own supervisor. */
export function aVisitedDay(roles: Person["roles"] = ["supervisor"]): PreparedDay {
  const day = aPreparedDay({ rubric: everyKindRubric(), candidates: 6, panel: 2, supervisor: VISITOR });
  const card = { person: VISITOR, kind: "EXTERNAL" as const };
  day.journal.append({
    kind: "person.added",
    person: { id: VISITOR, name: "韦月桂", roles },
    stated: {
      examiner: [],
      supervisor: { ...card, validFrom: Day.parse("2025-01-01"), validTo: Day.parse("2027-12-31") },
    },
  });
  return day;
}

/** Everything as it should be, in the supervisor's notes. */
export function answerAll({ journal, sitting }: PreparedDay): void {
  for (const { code: item } of onSiteChecklist().items)
    journal.append({ kind: "visit.answered", sitting, item, answer: { answer: "yes", words: "" } }, VISITOR);
}

/** Everything as it should be but for safety. */
function unsafeRoom(): VisitNotes {
  const answers = Object.fromEntries(
    onSiteChecklist().items.map(({ code }) => [
      code,
      code === "safety"
        ? { answer: "no" as const, words: "三号工位没有灭火器" }
        : { answer: "yes" as const, words: "" },
    ]),
  );
  return { answers, problems: "", suggestions: "增配灭火器" };
}

/** Signed as main would after the PIN; what was signed. */
export function signVisit({ journal, sitting }: PreparedDay, notes = unsafeRoom()): VisitReport {
  const admitted = admitVisit(sitting, notes, VISITOR, Day.parse("2026-11-23"), journal.view);
  if (!admitted.ok) throw new Error(admitted.error.code);
  const seq = nextSeq(journal);
  const { report } = admitted.value;
  const hash = testHash(`visit ${String(seq)}`);
  journal.append(
    { kind: "visit.signed", visit: sheetId(700), sitting, report, seq, hash, person: VISITOR },
    VISITOR,
  );
  return report;
}
