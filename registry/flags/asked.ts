// Which flags the registry asks. Six rest on acts, which stay on the laptop where they were done: each is named here with what it
// would need. One more is asked without one of its facts, for the same reason.
import type { Flag, FlagCode } from "#shared/rules";

export const ASKED = [
  "straight-lining",
  "divergence",
  "examiner-severity",
  "identical-sheets",
  "identical-photographs",
  "veto-without-evidence",
  "evidence-missing",
  "examiner-uncovered",
  "sequence-gap",
  "pass-rate",
] as const satisfies readonly FlagCode[];
export type AskedCode = (typeof ASKED)[number];

/** What a flag would need that no laptop sends. */
export type Unsent = "marks" | "sight" | "clock" | "declarations" | "moments";

export const NOT_ASKED: Readonly<Record<Exclude<FlagCode, AskedCode>, Unsent>> = {
  "too-fast": "marks",
  "late-changes": "marks",
  "changed-after-reveal": "sight",
  "clock-changed": "clock",
  "conflict-late": "declarations",
  "long-pause": "moments",
};

/** Facts that only acts tell: what was taken away before the signature. */
export const UNKNOWN_FACTS: Readonly<Partial<Record<AskedCode, readonly string[]>>> = {
  "evidence-missing": ["removed"],
};

export interface AskedFlag extends Flag {
  readonly code: AskedCode;
}

/** Those that may be told here, with what is known here. */
export function askedOnly(flags: readonly Flag[]): AskedFlag[] {
  return flags.flatMap(({ code, facts, ...rest }) => {
    if (!isAsked(code)) return [];
    const unknown = UNKNOWN_FACTS[code] ?? [];
    const known = Object.entries(facts).filter(([name]) => !unknown.includes(name));
    return [{ ...rest, code, facts: Object.fromEntries(known) }];
  });
}

function isAsked(code: FlagCode): code is AskedCode {
  return (ASKED as readonly FlagCode[]).includes(code);
}
