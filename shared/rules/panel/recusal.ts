// Who must not judge whom: kin, trainers, masters and teachers, colleagues, interest (R24 to R27). Candidates appear by
// their number in the roster.
import { addMonths, type Day, type IdHash, type PersonId } from "#shared/base";
import {
  block,
  decide,
  warn,
  type AssessorClass,
  type Decision,
  type DirectionCode,
  type Finding,
  type OccupationCode,
  type PolicyOf,
  type Relation,
  type RelationKind,
  type TrainingClass,
} from "#shared/exam";

export interface NumberedCandidate {
  readonly no: number;
  readonly idHash: IdHash;
}

const KIN: readonly RelationKind[] = ["SPOUSE", "LINEAL", "COLLATERAL3", "IN_LAW"];

/** R24: Kin of a candidate do not judge that candidate. */
export function checkKinship(
  person: PersonId,
  candidates: readonly NumberedCandidate[],
  relations: readonly Relation[],
): Decision {
  return decide(
    relationsOf(person, candidates, relations)
      .filter(({ kind }) => KIN.includes(kind))
      .map(({ kind, candidate }) => block("R24", "recusal.kin", { person, candidate, kind })),
  );
}

/** R25, R26: A trainer does not examine own learners; two years after the last lesson the link is a warning. */
export function checkTrained(
  person: PersonId,
  candidates: readonly NumberedCandidate[],
  work: { readonly occupation: OccupationCode; readonly direction: DirectionCode | null; readonly day: Day },
  classes: readonly TrainingClass[],
  policy: PolicyOf<"trainerScope" | "trainerLookBackMonths">,
): Decision {
  const findings = classes.flatMap((one) => {
    const lessons = one.lessons.filter(({ trainer }) => trainer === person);
    const last = lessons
      .map(({ day }) => day)
      .sort()
      .at(-1);
    if (last === undefined) return [];
    const hours = lessons.reduce((sum, lesson) => sum + lesson.hours, 0);
    return candidates
      .filter(({ idHash }) => one.learners.includes(idHash))
      .map(({ no }): Finding => {
        const facts = { person, candidate: no, class: one.code, hours, day: last };
        if (!isSameWork(one, work)) return warn("R25", "recusal.trained-other-work", facts);
        const until = addMonths(last, policy.trainerLookBackMonths);
        return one.namesAssessment || work.day < until
          ? block("R25", "recusal.trained", facts)
          : warn("R26", "recusal.trained-long-ago", facts);
      });
  });
  const isOut = policy.trainerScope === "SITTING" && findings.some(({ severity }) => severity === "block");
  return decide(isOut ? [...findings, block("R25", "recusal.trainer-leaves", { person })] : findings);
}

/** R27: Master, teacher, superior, interest and self-declared conflicts block; a colleague's depends on the assessor. */
export function checkRelations(
  person: PersonId,
  candidates: readonly NumberedCandidate[],
  relations: readonly Relation[],
  assessor: AssessorClass,
  policy: PolicyOf<"colleagueRule">,
): Decision {
  const isColleagueBlocked =
    policy.colleagueRule === "BLOCK" || (policy.colleagueRule === "BY_CLASS" && assessor !== "EMPLOYER");
  return decide(
    relationsOf(person, candidates, relations)
      .filter(({ kind }) => !KIN.includes(kind))
      .map(({ kind, candidate }) => {
        const facts = { person, candidate, kind };
        return kind === "COLLEAGUE" && !isColleagueBlocked
          ? warn("R27", "recusal.colleague", facts)
          : block("R27", "recusal.relation", facts);
      }),
  );
}

/** R27: An employer that assesses its own staff has at least one examiner from outside on the panel. */
export function checkOutsider(
  panel: readonly PersonId[],
  findings: readonly Finding[],
  isInternal: (person: PersonId) => boolean,
): Decision {
  const isAmongColleagues = findings.some(({ code }) => code === "recusal.colleague");
  const isMissing = isAmongColleagues && panel.every(isInternal);
  return decide(isMissing ? [block("R27", "recusal.no-external", { members: panel.length })] : []);
}

function relationsOf(
  person: PersonId,
  candidates: readonly NumberedCandidate[],
  relations: readonly Relation[],
): { readonly kind: RelationKind; readonly candidate: number }[] {
  return relations
    .filter((relation) => relation.person === person)
    .flatMap(({ kind, candidate }) =>
      candidates.filter(({ idHash }) => idHash === candidate).map(({ no }) => ({ kind, candidate: no })),
    );
}

/** A class about another occupation, or about another direction of the same one, is other work. */
function isSameWork(
  one: Pick<TrainingClass, "occupation" | "direction">,
  work: { readonly occupation: OccupationCode; readonly direction: DirectionCode | null },
): boolean {
  const isDirection = one.direction === null || work.direction === null || one.direction === work.direction;
  return one.occupation === work.occupation && isDirection;
}
