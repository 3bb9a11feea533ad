// The eligibility conditions we know, each path with its confidence. The restorer's standard of 2021 adds long-service paths
// to the wording of its generation; a province or a new edition brings another file.
import { z } from "zod";
import { CompetitionRule, EligibilityRuleSet, type SkillLevel } from "#shared/exam";
import competitions from "./competition-rules.json" with { type: "json" };
import t2018 from "./rule-sets/t2018.json" with { type: "json" };
import restorer from "./rule-sets/t2018-restorer2021.json" with { type: "json" };
import t2023 from "./rule-sets/t2023.json" with { type: "json" };

export function knownRuleSets(): EligibilityRuleSet[] {
  const base = EligibilityRuleSet.parse(t2018);
  return [base, overlaid(base, EligibilityRuleSet.parse(restorer)), EligibilityRuleSet.parse(t2023)];
}

export function knownCompetitionRules(): CompetitionRule[] {
  return z.array(CompetitionRule).parse(competitions);
}

/** The overlay's paths come after those of the base. */
function overlaid(base: EligibilityRuleSet, overlay: EligibilityRuleSet): EligibilityRuleSet {
  const added = (level: SkillLevel) =>
    overlay.targets.flatMap(({ target, anyOf }) => (target === level ? anyOf : []));
  return EligibilityRuleSet.parse({
    id: `${base.id}+${overlay.id}`,
    source: `${base.source}; ${overlay.source}`,
    targets: base.targets.map(({ target, anyOf }) => ({ target, anyOf: [...anyOf, ...added(target)] })),
  });
}
