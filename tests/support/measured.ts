// What rigs and benchmarks print: figures beside their goals, as lines for people and as one object for programs.

export interface Goal {
  readonly goal: string;
  readonly met: boolean;
}

export interface Measured {
  readonly name: string;
  readonly figures: Readonly<Record<string, string | number | boolean>>;
  readonly goals: Readonly<Record<string, Goal>>;
}

/** `json`: the last line is one object with `name`, `figures`, `goals` and `met`. */
export function printMeasured({ name, figures, goals }: Measured, json: boolean): void {
  const met = Object.values(goals).every((goal) => goal.met);
  if (json) {
    console.log(JSON.stringify({ name, figures, goals, met }));
    return;
  }
  const width = Math.max(...Object.keys(figures).map((key) => key.length));
  console.log(name);
  for (const [key, value] of Object.entries(figures)) console.log(`  ${key.padEnd(width)}  ${String(value)}`);
  for (const { goal, met: isMet } of Object.values(goals))
    console.log(`  ${isMet ? "met " : "MISSED"}  ${goal}`);
}

/** The value below which the given share of the samples lies; samples in any order. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function rounded(value: number, decimals = 2): number {
  return Number(value.toFixed(decimals));
}
