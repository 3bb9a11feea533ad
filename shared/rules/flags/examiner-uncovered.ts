// Whoever opened a sheet holds no card that covers this sitting, by the newest records that this laptop has: a permit that came
// after the preparation may say otherwise than the one before. A fact.
import { groupBy } from "#shared/base";
import { checkExaminer } from "../panel/examiners.ts";
import { aFlag, type FlagRule } from "./flag.ts";

/** R18, R19, R20: An examiner marks within term, trade and level. */
export const examinerUncovered: FlagRule = ({ sheets, panel, rubric, day, cards }) =>
  [...groupBy(sheets, ({ sheet }) => sheet.examiner)].flatMap(([person, own]) => {
    const leads = panel.some((member) => member.person === person && member.leader);
    return checkExaminer(person, leads, { ...rubric, day }, cards)
      .findings.filter(({ severity }) => severity === "block")
      .map(({ rule, code }) =>
        aFlag("examiner-uncovered", {
          rule,
          person,
          candidates: own.map(({ sheet }) => sheet.candidate),
          sheets: own.map(({ sheet }) => sheet.id),
          entries: own.map(({ opened }) => opened),
          facts: { finding: code },
        }),
      );
  });
