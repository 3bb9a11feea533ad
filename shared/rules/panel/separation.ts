// Exam and training kept apart beyond the individual: papers' authors, and the institution itself (R30, R31).
import { addMonths, type Day, type PersonId } from "#shared/base";
import { block, decide, info, warn, type Decision, type PolicyOf, type TrainingClass } from "#shared/exam";
import type { NumberedCandidate } from "./recusal.ts";

/** R30: Who wrote or could unseal the paper has not taught a candidate of the batch in the last two years. */
export function checkAuthors(
  authors: readonly PersonId[],
  candidates: readonly NumberedCandidate[],
  day: Day,
  classes: readonly TrainingClass[],
  policy: PolicyOf<"authorLookBackMonths">,
): Decision {
  return decide(
    authors.flatMap((person) =>
      classes.flatMap((one) => {
        const last = one.lessons
          .filter(({ trainer }) => trainer === person)
          .map((lesson) => lesson.day)
          .sort()
          .at(-1);
        if (last === undefined || day >= addMonths(last, policy.authorLookBackMonths)) return [];
        return candidates
          .filter(({ idHash }) => one.learners.includes(idHash))
          .map(({ no }) =>
            block("R30", "separation.author", { person, candidate: no, class: one.code, day: last }),
          );
      }),
    ),
  );
}

/** R31: An institution that trained candidates itself has an external majority on the panel, or records a mitigation. */
export function checkInstitutionTraining(
  creditCode: string,
  candidates: readonly NumberedCandidate[],
  classes: readonly TrainingClass[],
  panel: { readonly members: number; readonly external: number },
  mitigation: string | null,
  policy: PolicyOf<"institutionSeparation">,
): Decision {
  const own = classes.filter(({ provider }) => provider === creditCode);
  const trained = candidates.filter(({ idHash }) => own.some(({ learners }) => learners.includes(idHash)));
  if (trained.length === 0) return decide([]);
  const facts = { candidates: trained.length, external: panel.external, members: panel.members };
  if (policy.institutionSeparation === "BLOCK")
    return decide([block("R31", "separation.institution-barred", facts)]);
  if (panel.external * 2 > panel.members) return decide([info("R31", "separation.external-majority", facts)]);
  const code = mitigation === null ? "separation.mitigation-needed" : "separation.mitigation-recorded";
  return decide([warn("R31", code, facts)]);
}

/** R31: A sitting is not signed while a mitigation is needed and none is recorded. */
export function lacksMitigation({ findings }: Decision): boolean {
  return findings.some(({ code }) => code === "separation.mitigation-needed");
}
