// How well supervision flags tell fraud from work (T7): seeded sittings, two in five of them clean and the others with one of
// twelve frauds each, through the journal's own fold and the flags as they are asked when a day is closed. Clean means that
// everybody kept the rules; panels that settled a divergence, slips that were amended, pauses and drifting clocks are among them.
// The random share that is held besides is a matter of course and counts as no flag.
import { createSittingWatch } from "#shared/journal";
import {
  defaultPolicy,
  flagPolicyOf,
  flagSitting,
  passesIn,
  sumOfPasses,
  type FlagCode,
  type PassRecord,
} from "#shared/rules";
import { percentile, rounded, type Goal, type Measured } from "../support/measured.ts";
import { FRAUDS, SEEDED_SITTING, seededSitting, type Fraud } from "../support/seeded-sittings.ts";

/** The flag that each fraud is to raise. */
const RAISES: Readonly<Record<Fraud, FlagCode>> = {
  "invented-sheets": "too-fast",
  "judged-alike": "straight-lining",
  "raised-before-signing": "late-changes",
  "changed-after-reveal": "changed-after-reveal",
  "bought-mark": "divergence",
  "leaning-examiner": "examiner-severity",
  "copied-sheets": "identical-sheets",
  "reused-photographs": "identical-photographs",
  "baseless-veto": "veto-without-evidence",
  "clock-set-back": "clock-changed",
  "conflict-told-late": "conflict-late",
  "sold-passes": "pass-rate",
};

const CLEAN_SHARE = 0.4;
const RECORDS = 5;
const SITTINGS_OF_A_RECORD = 8;
const GOAL_RECALL = 0.9;
const GOAL_CLEAN_PERCENT = 1;

export function flagsBench({ count, seed }: { readonly count: number; readonly seed: number }): Measured {
  const policy = flagPolicyOf(defaultPolicy());
  const records = new Map<string, PassRecord[]>();
  const clean = Math.round(count * CLEAN_SHARE);
  const each = Math.max(1, Math.round((count - clean) / FRAUDS.length));
  const costs: number[] = [];
  let sheets = 0;
  let base = seed * 1_000_000;

  const raised = (at: number, fraud: Fraud | null): ReadonlySet<FlagCode> => {
    base += 1;
    const { entries, view, rubric } = seededSitting(base, fraud);
    const watch = createSittingWatch(view);
    const known = records.get(rubric.code) ?? [];
    const from = process.cpuUsage();
    for (const entry of entries) watch.apply(entry);
    const history = watch.history(SEEDED_SITTING, known[at % known.length] ?? null);
    if (!history) throw new Error("the sitting is there");
    const flags = flagSitting(history, policy);
    const { user } = process.cpuUsage(from);
    costs.push(user / 1000);
    sheets += history.sheets.length;
    return new Set(flags.map(({ code }) => code));
  };

  // What earlier sittings of the same kind came to, from seeds of their own.
  for (let n = 0; n < RECORDS * SITTINGS_OF_A_RECORD * 3; n++) {
    const { view, rubric } = seededSitting(seed * 1_000_000 + 500_000 + n, null);
    const own = records.get(rubric.code) ?? [];
    const panel = view.read("sittings", SEEDED_SITTING)?.panel ?? [];
    const found = passesIn(view.rowsOf("sheets", SEEDED_SITTING), { rubric, panel }, policy);
    const open = own.at(-1);
    const isFull = !open || open.assessed > SITTINGS_OF_A_RECORD * 25;
    const record = isFull ? found : sumOfPasses([open, found]);
    records.set(rubric.code, isFull ? [...own, record] : [...own.slice(0, -1), record]);
  }
  for (const [code, own] of records) records.set(code, own.length > 1 ? own.slice(0, -1) : own);

  const cleanCodes = Array.from({ length: clean }, (_, at) => raised(at, null));
  const flagged = cleanCodes.filter((codes) => codes.size > 0).length;
  const byFraud = new Map(
    FRAUDS.map((fraud) => [fraud, Array.from({ length: each }, (_, at) => raised(at, fraud))] as const),
  );
  const all = [...cleanCodes, ...[...byFraud.values()].flat()];

  const figures: Record<string, number> = { seed, sittings: all.length, clean, ofEachFraud: each, sheets };
  const goals: Record<string, Goal> = {};
  for (const [fraud, found] of byFraud) {
    const code = RAISES[fraud];
    const hits = found.filter((codes) => codes.has(code)).length;
    const recall = hits / each;
    figures[`recall ${fraud}`] = rounded(recall, 3);
    figures[`anyFlag ${fraud}`] = rounded(found.filter((codes) => codes.size > 0).length / each, 3);
    figures[`precision ${fraud}`] = rounded(hits / all.filter((codes) => codes.has(code)).length, 3);
    goals[`recall ${fraud}`] = {
      goal: `${fraud} raises ${code} in more than ${GOAL_RECALL * 100} % of its sittings: ${rounded(100 * recall, 1)} %`,
      met: recall > GOAL_RECALL,
    };
  }
  for (const code of new Set(cleanCodes.flatMap((codes) => [...codes])))
    figures[`clean ${code}`] = cleanCodes.filter((codes) => codes.has(code)).length;
  const percent = (100 * flagged) / clean;
  const upTo = 100 * upperBound(flagged, clean);
  Object.assign(figures, {
    cleanFlagged: flagged,
    cleanFlaggedPercent: rounded(percent, 3),
    cleanFlaggedPercentUpTo: rounded(upTo, 3),
    cpuMsAtMedian: rounded(percentile(costs, 0.5), 1),
    cpuMsAtP95: rounded(percentile(costs, 0.95), 1),
  });
  goals["clean"] = {
    goal: `less than ${GOAL_CLEAN_PERCENT} % of clean sittings flagged: ${rounded(percent, 2)} % (95 % interval up to ${rounded(upTo, 2)} %)`,
    met: percent < GOAL_CLEAN_PERCENT,
  };
  return { name: "flags", figures, goals };
}

/** The upper end of Wilson's 95 % interval (1927) for a share. */
function upperBound(hits: number, of: number): number {
  const z = 1.96;
  const share = hits / of;
  const middle = share + (z * z) / (2 * of);
  const width = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return (middle + width) / (1 + (z * z) / of);
}
