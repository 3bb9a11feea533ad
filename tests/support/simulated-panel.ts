// A panel whose examiners' severities are known, because they were put there: candidates of some ability, examiners who give
// so many points more or less, and what differs from sheet to sheet. Figures are assumptions; marks are in half points.
import { PersonId, type Random } from "#shared/base";
import type { SignedTotal } from "#shared/rules";
import { normal } from "./normal.ts";

export interface SimulatedPanel {
  readonly marks: readonly SignedTotal[];
  /** Of each examiner: own points given minus the mean of the others'. */
  readonly truth: ReadonlyMap<PersonId, number>;
}

/** How one sheet differs from another: `normal`, or `skewed` where now and then somebody finds a fault that others passed over. */
export type Noise = "normal" | "skewed";

export const NOISES: readonly Noise[] = ["normal", "skewed"];

const EXAMINERS = ["e-1", "e-2", "e-3"].map((id) => PersonId.parse(id));
const ABILITY = { middle: 72, spread: 8 };
const SHEET_SPREAD = 3;
const MOST_SEVERITY = 6;

export function simulatePanel(sheets: number, noise: Noise, random: Random): SimulatedPanel {
  const given = EXAMINERS.map(() => MOST_SEVERITY * (2 * random() - 1));
  const marks = Array.from({ length: sheets }, (_, n) => {
    const ability = ABILITY.middle + ABILITY.spread * normal(random);
    return EXAMINERS.map((examiner, at) => ({
      candidate: `c-${String(n)}`,
      examiner,
      points: halfPoints(ability + (given[at] ?? 0) + SHEET_SPREAD * draw(noise, random)),
    }));
  }).flat();
  const sum = given.reduce((all, one) => all + one, 0);
  const truth = new Map(
    EXAMINERS.map((examiner, at) => {
      const own = given[at] ?? 0;
      return [examiner, own - (sum - own) / (EXAMINERS.length - 1)];
    }),
  );
  return { marks, truth };
}

function halfPoints(points: number): number {
  return Math.round(2 * Math.min(100, Math.max(0, points))) / 2;
}

/** Mean nothing and standard deviation one, either way. */
function draw(noise: Noise, random: Random): number {
  return noise === "normal" ? normal(random) : 1 + Math.log(1 - random());
}
