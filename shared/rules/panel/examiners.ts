// Does an examiner's card cover this sitting (R18, R19, and the leader's of R20)?
import type { Day, PersonId } from "#shared/base";
import { block, decide, info, type Decision, type ExaminerQualification, type Rubric } from "#shared/exam";

/** What a card must cover. */
export type ExaminedWork = Pick<Rubric, "occupation" | "direction" | "level"> & { readonly day: Day };

/** R18, R19: An examiner holds an active card for the occupation, direction and level, on every day of the sitting. */
export function checkExaminer(
  person: PersonId,
  leads: boolean,
  work: ExaminedWork,
  cards: readonly ExaminerQualification[],
): Decision {
  const own = cards.filter((card) => card.person === person);
  if (own.length === 0) return decide([block("R19", "examiner.no-qualification", { person })]);
  const trade = own.filter((card) => coversTrade(card, work));
  if (trade.length === 0) {
    const { occupation, direction } = work;
    return decide([block("R19", "examiner.other-trade", { person, occupation, direction: direction ?? "" })]);
  }
  const valid = trade.filter((card) => card.status === "ACTIVE" && card.validFrom <= work.day);
  const current = valid.filter(({ validTo }) => work.day <= validTo);
  if (current.length === 0) {
    const last = trade.reduce((latest, { validTo }) => (validTo > latest ? validTo : latest), "");
    return decide([block("R19", "examiner.term", { person, validTo: last, day: work.day })]);
  }
  const covering = current.find(({ levels }) => levels.includes(work.level));
  if (!covering) return decide([block("R18", "examiner.level", { person, level: work.level })]);
  if (leads && isSeniorWork(work) && !current.some(({ grade }) => grade === "SENIOR")) {
    return decide([block("R20", "examiner.leader-not-senior", { person, level: work.level })]);
  }
  return decide([info("R19", "examiner.covered", { person, card: covering.cardNo })]);
}

function coversTrade({ occupation, directions }: ExaminerQualification, work: ExaminedWork): boolean {
  const isDirection =
    directions.length === 0 || (work.direction !== null && directions.includes(work.direction));
  return occupation === work.occupation && isDirection;
}

/** L2 and L1 are marked and led by senior examiners. */
function isSeniorWork({ level }: ExaminedWork): boolean {
  return level === "L2" || level === "L1";
}
