// Whether supervisors have dealt with a flag (decision 027): as on the laptop, but for an examiner's answer in words: those are not
// sent, so a question stays one here until a sheet is amended or somebody decides again.
import type { FlagStanding, ReviewDecision } from "#shared/exam";
import { flagStandingBy, type Flag, type SittingHistory } from "#shared/rules";
import { isAllLookedAt } from "#shared/wire";
import { countedIn, type CountedRows } from "../acceptance/counted.ts";
import { basisOfCounted, inOrder } from "../acceptance/judge.ts";
import type { TakenSitting } from "./taken.ts";

export interface Standing {
  readonly state: FlagStanding;
  readonly decision: ReviewDecision | null;
}

type About = Pick<Flag, "code" | "candidates" | "sheets">;

export function standingIn(
  taken: TakenSitting,
  { sheets }: Pick<SittingHistory, "sheets">,
): (flag: About) => Standing {
  const { sitting } = taken;
  const reviews = inOrder(taken.reviews);
  const counted = countedIn([sitting], rowsOf(taken)).get(sitting);
  const records = new Map(sheets.map(({ sheet }) => [sheet.id, sheet]));
  return ({ code, candidates, sheets: about }) => {
    const looked = about.map((id) => {
      const { candidate, signature } = records.get(id) ?? {};
      return candidate && signature ? { candidate, hash: signature.hash } : undefined;
    });
    const { standing, decision } = flagStandingBy(code, {
      ...{ sitting, reviews },
      covers: (subject) => isAllLookedAt(subject, { candidates, sheets: looked }),
      basisOf: (subject) => (counted && basisOfCounted(sitting, subject, counted)) ?? null,
      isAnswered: () => false,
    });
    return { state: standing, decision };
  };
}

/** What the index would answer of this sitting, out of the journal. */
function rowsOf({ sitting, deltas, roster, ...taken }: TakenSitting): CountedRows {
  const { sheets, held, amendments, absences, reviews } = taken;
  return {
    ...{ sheets, held, amendments, absences, reviews },
    deltas: deltas.flatMap(({ candidates, ...one }) =>
      candidates.map((candidate) => ({ ...one, candidate })),
    ),
    panels: [{ sitting, members: roster.panel }],
  };
}
