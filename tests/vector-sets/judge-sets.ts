// What the sets together have to show. It decides how `npm run vectors` ends: unlike a benchmark's figures, a vector that does
// not get what it must is a fault.
import type { Goal } from "../support/measured.ts";
import type { VectorSet } from "./set.ts";

export interface RunSet extends Omit<VectorSet, "run"> {
  readonly vectors: number;
  readonly passed: number;
  readonly failed: readonly string[];
}

export function judgeSets(sets: readonly RunSet[]) {
  const sum = (origin: VectorSet["origin"]) =>
    sets.filter((set) => set.origin === origin).reduce((total, { vectors }) => total + vectors, 0);
  const figures = {
    public: sum("public"),
    own: sum("own"),
    failed: sets.flatMap(({ failed }) => failed).length,
  };
  const goals: Readonly<Record<string, Goal>> = {
    passed: { goal: "every vector gets what it must", met: figures.failed === 0 },
    filled: { goal: "no set is empty", met: sets.length > 0 && sets.every(({ vectors }) => vectors > 0) },
    hostile: {
      goal: "at least twice as many hostile ones of our own as public ones",
      met: figures.own >= 2 * figures.public,
    },
  };
  return { figures, goals };
}
