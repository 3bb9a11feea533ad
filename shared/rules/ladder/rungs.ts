// The order of the eight rungs, what is examined and what is appointed (R1 to R5).
import { fullYears } from "#shared/base";
import {
  block,
  decide,
  info,
  isLevel,
  levelRank,
  rungRank,
  SkillLevel,
  type Appointment,
  type Decision,
  type HeldCertificate,
  type PolicyOf,
  type Rung,
} from "#shared/exam";

/** R1: Rungs are ordered by rank, never by the digit of their code. */
export function compareRungs(a: Rung, b: Rung): -1 | 0 | 1 {
  const difference = rungRank(a) - rungRank(b);
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/** R2: Plans, batches and certificates name a level; a position is not examined. */
export function checkExamined(rung: Rung): Decision {
  return decide([
    isLevel(rung)
      ? info("R2", "ladder.level-examinable", { rung })
      : block("R2", "ladder.position-not-examinable", { rung }),
  ]);
}

/** R2: An appointment names a position; a level is not appointed. */
export function checkAppointed(rung: Rung): Decision {
  return decide([
    isLevel(rung)
      ? block("R2", "ladder.level-not-appointable", { rung })
      : info("R2", "ladder.position-appointable", { rung }),
  ]);
}

/** R3: Special-grade and chief posts exist only where the standard has level 1. */
export function checkPostExists(levels: readonly SkillLevel[], position: Appointment["position"]): Decision {
  if (position === "APPRENTICE" || levels.includes("L1")) {
    return decide([info("R3", "ladder.post-allowed", { rung: position })]);
  }
  return decide([block("R3", "ladder.no-level-1", { rung: position })]);
}

/** R4: A special-grade post needs a verified level-1 certificate of the occupation, held as long as policy asks. */
export function checkSpecialPost(
  certificates: readonly HeldCertificate[],
  post: Pick<Appointment, "occupation" | "from">,
  policy: PolicyOf<"specialYearsHeld">,
): Decision {
  const held = certificates
    .filter(({ level, occupation, issuedOn, verified, revoked }) => {
      const valid = verified !== null && !revoked && issuedOn <= post.from;
      return level === "L1" && occupation === post.occupation && valid;
    })
    .map(({ issuedOn }) => fullYears(issuedOn, post.from));
  if (held.length === 0) return decide([block("R4", "ladder.special-needs-l1")]);
  const [years, need] = [Math.max(...held), policy.specialYearsHeld];
  return decide([
    years < need
      ? block("R4", "ladder.l1-held-too-short", { have: years, need })
      : info("R4", "ladder.special-l1-held", { years }),
  ]);
}

/** R5: The level after this one; none after level 1. */
export function nextLevel(level: SkillLevel | null): SkillLevel | null {
  const rank = level === null ? 0 : levelRank(level);
  return SkillLevel.options.find((next) => levelRank(next) === rank + 1) ?? null;
}

export interface Admission {
  readonly channel: "NORMAL" | "COMPETITION" | "WAIVER";
  /** The path, the award or the case that admits. */
  readonly by: string;
  /** It rests on a prior certificate. */
  readonly onCertificate: boolean;
}

/** R5: Levels are taken one step at a time, except by a path without a certificate, a competition grant or a waiver. */
export function checkStep(
  held: SkillLevel | null,
  target: SkillLevel,
  admissions: readonly Admission[],
): Decision {
  const next = nextLevel(held);
  if (next === null || levelRank(target) <= levelRank(next)) {
    return decide([info("R5", "ladder.within-one-step", { target })]);
  }
  const free = admissions.find(({ onCertificate }) => !onCertificate);
  return decide([
    free
      ? info("R5", "ladder.step-skipped", { target, next, by: free.by })
      : block("R5", "ladder.more-than-one-step", { target, next }),
  ]);
}
