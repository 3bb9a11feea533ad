// Supervision flags: each is raised by what it is about, and not by work that only looks a little like it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BootId, Day, fraction, Kid } from "#shared/base";
import { digest } from "#shared/crypto";
import type { ItemInput, SheetAmendment } from "#shared/exam";
import {
  commitToSeed,
  defaultFlagLimits,
  flagSitting,
  FLAG_CODES,
  heldAtRandom,
  notAskedIn,
  passesIn,
  sumOfPasses,
  surenessOf,
  totalOf,
  type Flag,
  type FlagCode,
  type SheetHistory,
  type SittingHistory,
} from "#shared/rules";
import {
  aCard,
  after,
  aHistory,
  aSheet,
  flagPolicy,
  flagRubric,
  inputs,
  panelSheets,
} from "../../support/flag-builders.ts";
import { candidateRef, personId, sheetId, testHash } from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

const flagsOf = (history: SittingHistory, policy = flagPolicy) => flagSitting(history, policy);
const only = (code: FlagCode, history: SittingHistory, policy = flagPolicy): Flag[] =>
  flagsOf(history, policy).filter((flag) => flag.code === code);
const candidates = (n: number) => Array.from({ length: n }, (_, at) => at + 1);
const ordinary = (n: number) => candidates(n).map((candidate) => aSheet({ candidate }));

test("how sure a flag is: a fact, one of so many in round figures, or rarer than a model can say", () => {
  expect(surenessOf(0)).toEqual({ kind: "fact" });
  expect([0.000_412_7, 0.3, 1].map(surenessOf)).toEqual([2400, 3, 1].map((n) => ({ kind: "one-in", n })));
  expect(surenessOf(1e-9)).toEqual({ kind: "rare" });
});

test("an ordinary sitting raises no flag at all", () => {
  expect(flagsOf(aHistory(ordinary(12)))).toEqual([]);
  expect(flagsOf(aHistory(panelSheets(12)))).toEqual([]);
  expect(flagsOf(aHistory([]))).toEqual([]);
});

describe("too fast", () => {
  test("a sheet filled in at a tenth of the usual time is flagged with every entry of it", () => {
    const fast = aSheet({ candidate: 9, itemMs: 1000 });
    const [flag, ...others] = only("too-fast", aHistory([...ordinary(8), fast]));
    expect(others).toEqual([]);
    expect(flag).toMatchObject({
      ...{ rule: null, person: personId(1), candidates: [candidateRef(9)], sheets: [fast.sheet.id] },
      facts: { count: 1, seconds: 1, usual: 10 },
    });
    expect(flag?.entries).toEqual(candidates(7).map((n) => fast.opened + n - 1));
    expect(flag?.chance).toBeLessThan(0.0005);
  });

  test("a practised hand at half of it is not, nor a sheet with a pause in it, nor one still open", () => {
    expect(only("too-fast", aHistory([aSheet({ candidate: 1, itemMs: 5000 })]))).toEqual([]);
    expect(only("too-fast", aHistory([aSheet({ candidate: 1, itemMs: 1000, signed: false })]))).toEqual([]);
  });

  test("a sheet with one item, or from another laptop, says nothing of speed", () => {
    const one = aSheet({ candidate: 1, itemMs: 1, items: {} });
    const single = {
      ...one,
      acts: [{ entry: 61, at: after(1), kind: "mark" as const, item: 1, input: null }],
    };
    const whole = aSheet({ candidate: 2, itemMs: 1 });
    expect(only("too-fast", aHistory([{ ...whole, acts: single.acts }]))).toEqual([]);
    expect(only("too-fast", aHistory([{ ...whole, acts: [] }]))).toEqual([]);
  });

  test("[P16] the time is the monotonic clock's, and the wall's only over a restart", () => {
    const whole = aSheet({ candidate: 1 });
    const at = (ms: (n: number) => ReturnType<typeof after>) =>
      only("too-fast", aHistory([{ ...whole, acts: whole.acts.map((act, n) => ({ ...act, at: ms(n) })) }]));
    expect(at((n) => after(n * 1000, { wallMs: n * 1_000_000 }))).toHaveLength(1);
    expect(at((n) => after(n * 10_000, { wallMs: -n }))).toEqual([]);
    const boot = BootId.parse("ffffffffffffffff");
    expect(at((n) => (n < 2 ? after(n) : after(n, { boot, wallMs: 60_000 + n })))).toEqual([]);
    expect(at((n) => (n < 2 ? after(n) : after(n, { boot, wallMs: -60_000 })))).toHaveLength(1);
  });
});

describe("straight-lining", () => {
  /** Judged alike, with readings of their own. */
  const alike = (candidate: number) => {
    const reading = inputs(candidate)["2"];
    return {
      ...inputs(1, { gaps: 2, residues: 3, level: 1, checks: 2, steps: 31 }),
      "2": reading as ItemInput,
    };
  };
  const row = (n: number) =>
    candidates(n).map((candidate) => aSheet({ candidate: 20 + candidate, items: alike(candidate) }));

  test("candidate after candidate judged exactly alike is flagged, whatever the readings say", () => {
    const [flag, ...others] = only("straight-lining", aHistory([...ordinary(12), ...row(6)]));
    expect(others).toEqual([]);
    expect(flag).toMatchObject({ person: personId(1), facts: { count: 6 } });
    expect(flag?.candidates).toEqual(candidates(6).map((n) => candidateRef(20 + n)));
  });

  test("three in a row are not, nor the same judgements with others between them", () => {
    expect(only("straight-lining", aHistory([...ordinary(12), ...row(3)]))).toEqual([]);
    const mixed = candidates(8).map((n) =>
      aSheet({ candidate: 20 + n, items: n % 2 === 0 ? alike(n) : inputs(n) }),
    );
    expect(only("straight-lining", aHistory([...ordinary(12), ...mixed]))).toEqual([]);
  });

  test("flawless work judged alike ten times is not", () => {
    const best = { gaps: 0, residues: 0, level: 3, checks: 4, steps: 40 } as const;
    const sheets = candidates(10).map((n) => aSheet({ candidate: 20 + n, items: inputs(n, best) }));
    expect(only("straight-lining", aHistory([...ordinary(12), ...sheets]))).toEqual([]);
  });
});

describe("late changes", () => {
  const low = inputs(3, { gaps: 2, residues: 4, level: 1, checks: 1, steps: 10 });
  const high = inputs(3, { gaps: 0, residues: 0, level: 3, checks: 4, steps: 30 });
  const changes = [1, 3, 4, 5].map((no) => [no, high[String(no)] as ItemInput] as const);

  test("[R46] items that all rise after the sheet was whole are flagged with the entries that raised them", () => {
    const late = aSheet({ candidate: 3, items: low, changes });
    const [flag, ...others] = only("late-changes", aHistory([...ordinary(2), late]));
    expect(others).toEqual([]);
    expect(flag).toMatchObject({
      rule: "R46",
      person: personId(1),
      sheets: [late.sheet.id],
      facts: { count: 4 },
    });
    expect(flag?.entries).toEqual([6, 7, 8, 9].map((n) => late.opened + n));
    expect(flag?.facts["points"]).toBeGreaterThan(10);
  });

  test("[R46] what several examiners raise of one candidate adds up, and names none of them alone", () => {
    const sheets = [1, 2, 3].map((examiner) =>
      aSheet({ candidate: 3, examiner, items: low, changes: changes.slice(0, 2) }),
    );
    const [flag] = only("late-changes", aHistory(sheets));
    expect(flag).toMatchObject({ person: null, facts: { count: 6 } });
  });

  test("[R46] a sheet read twice is not flagged: marks that move both ways, or back, or only one", () => {
    const bothWays = aSheet({
      candidate: 3,
      items: { ...low, "4": high["4"] as ItemInput },
      changes: [
        [3, high["3"] as ItemInput],
        [4, low["4"] as ItemInput],
        [5, { kind: "POINTS", steps: 14 }],
      ],
    });
    const back = aSheet({
      candidate: 3,
      items: low,
      changes: [...changes, ...changes.map(([no]) => [no, low[String(no)] as ItemInput] as const)],
    });
    for (const sheet of [bothWays, back, aSheet({ candidate: 3, items: low, changes: changes.slice(0, 1) })])
      expect(only("late-changes", aHistory([sheet]))).toEqual([]);
  });

  test("[R46] an item that was cleared makes the sheet not whole, and nothing before it counts as late", () => {
    const whole = aSheet({ candidate: 3, items: low });
    const acts = whole.acts.flatMap((act, n) =>
      act.kind === "mark" && n < 4
        ? [act, { ...act, entry: act.entry + 0.25, input: null }, { ...act, entry: act.entry + 0.5 }]
        : [act],
    );
    expect(only("late-changes", aHistory([{ ...whole, acts }]))).toEqual([]);
    expect(only("late-changes", aHistory([{ ...whole, acts: acts.slice(0, 3) }]))).toEqual([]);
  });
});

describe("changed after the reveal", () => {
  const amended = (
    one: SheetHistory,
    steps: number,
    { entry = 1000, reason = "transcription" }: { entry?: number; reason?: SheetAmendment["reason"] } = {},
  ): SheetHistory => {
    const items = { ...one.sheet.items, "5": { kind: "POINTS" as const, steps } };
    const from = one.signed?.total ?? fraction(0);
    const to = totalOf(flagRubric, items, 0).total;
    const hash = testHash(`amendment of ${one.opened} in ${entry}`);
    return { ...one, amended: [...one.amended, { entry, hash, reason, from, to }] };
  };
  const panel = () => panelSheets(1) as [SheetHistory, SheetHistory, SheetHistory];

  test("[R46] a total that moves by more than a slip once all sheets lie open is flagged", () => {
    const [one, two, three] = panel();
    const history = aHistory([amended(one, 32), two, three]);
    expect(only("changed-after-reveal", history)).toMatchObject([
      {
        ...{ rule: "R46", person: personId(1), candidates: [candidateRef(1)], chance: 0 },
        entries: [one.signed?.entry, 1000],
        facts: { points: 6, turned: false, reason: "transcription" },
      },
    ]);
  });

  test("[R49] one point is a slip, unless it turns the result", () => {
    const [one, two, three] = panel();
    expect(only("changed-after-reveal", aHistory([amended(one, 22), two, three]))).toEqual([]);
    const atPass = (sheet: SheetHistory): SheetHistory =>
      sheet.signed ? { ...sheet, signed: { ...sheet.signed, total: fraction(5990, 100) } } : sheet;
    const near = [amended(atPass(one), 22), atPass(two), atPass(three)];
    const [first] = near;
    const to = { ...first?.amended[0], from: fraction(5990, 100), to: fraction(6090, 100) };
    const turned = [{ ...first, amended: [to] }, ...near.slice(1)] as SheetHistory[];
    expect(only("changed-after-reveal", aHistory(turned))).toMatchObject([{ facts: { turned: true } }]);
  });

  test("[R46] an amendment before the others had signed is not, nor one of an examiner who is alone", () => {
    const [one, two, three] = panel();
    const early = amended(one, 32, { entry: (one.signed?.entry ?? 0) + 1 });
    expect(only("changed-after-reveal", aHistory([early, two, three]))).toEqual([]);
    expect(only("changed-after-reveal", aHistory([amended(one, 32)]))).toEqual([]);
    expect(
      only("changed-after-reveal", aHistory([amended(one, 32), two], { panel: aHistory(panel()).panel })),
    ).toEqual([]);
  });

  test("[R43] a panel that settles a divergence is not, and one that had none to settle is", () => {
    const far = panelSheets(1, (_, examiner) =>
      examiner === 1 ? -8 : 4,
    ) as typeof panel extends () => infer P ? P : never;
    const settling = amended(far[0], 28, { reason: "moderation" });
    expect(only("changed-after-reveal", aHistory([settling, far[1], far[2]]))).toEqual([]);
    const [one, two, three] = panel();
    const idle = amended(one, 32, { reason: "moderation" });
    expect(only("changed-after-reveal", aHistory([idle, two, three]))).toHaveLength(1);
  });

  test("[R46] of two amendments each is measured with the other as it stood then", () => {
    const [one, two, three] = panel();
    const later = amended(two, 32, { entry: 1002 });
    expect(only("changed-after-reveal", aHistory([amended(one, 32), later, three]))).toHaveLength(2);
  });
});

describe("divergence", () => {
  const far = () => panelSheets(12, (candidate, examiner) => (candidate === 4 && examiner === 2 ? 10 : -10));
  const records = (sheets: readonly SheetHistory[]) =>
    sheets.flatMap(({ sheet }) => (sheet.candidate === candidateRef(4) ? (sheet.signature?.hash ?? []) : []));

  test("[R43] a panel too far apart is flagged as a fact until its leader settles it", () => {
    const sheets = far();
    expect(only("divergence", aHistory(sheets))).toMatchObject([
      { rule: "R43", candidates: [candidateRef(4)], chance: 0, facts: { points: 20, settled: false } },
    ]);
    const settlements = [{ entry: 2000, candidate: candidateRef(4), records: records(sheets).reverse() }];
    const [flag] = only("divergence", aHistory(sheets, { settlements }));
    expect(flag).toMatchObject({ person: personId(2), facts: { settled: true } });
    expect(flag?.chance).toBeGreaterThan(0);
    expect(flag?.entries).toContain(2000);
  });

  test("[R43] a settlement of other records settles nothing", () => {
    const sheets = far();
    const settlements = [{ entry: 2000, candidate: candidateRef(4), records: records(sheets).slice(1) }];
    expect(only("divergence", aHistory(sheets, { settlements }))).toMatchObject([{ chance: 0 }]);
  });

  test("[R43] a settled panel whose sheets lie as far apart as this sitting's do is not flagged", () => {
    const noisy = panelSheets(12, (candidate, examiner) => (((candidate * 7 + examiner * 5) % 11) - 5) * 1.2);
    const settlements = candidates(12).map((n) => ({
      ...{ entry: 2000 + n, candidate: candidateRef(n) },
      records: noisy.flatMap(({ sheet }) =>
        sheet.candidate === candidateRef(n) ? (sheet.signature?.hash ?? []) : [],
      ),
    }));
    expect(only("divergence", aHistory(noisy)).length).toBeGreaterThan(0);
    expect(only("divergence", aHistory(noisy, { settlements }))).toEqual([]);
  });

  const settledAll = (sheets: readonly SheetHistory[], n: number) =>
    candidates(n).map((at) => ({
      ...{ entry: 2000 + at, candidate: candidateRef(at) },
      records: sheets.flatMap(({ sheet }) =>
        sheet.candidate === candidateRef(at) ? (sheet.signature?.hash ?? []) : [],
      ),
    }));

  test("[R43] how strict an examiner is throughout is no sheet's fault, and hides none", () => {
    const noise = (candidate: number, examiner: number) => ((candidate * 7 + examiner * 5) % 3) - 3;
    const strict = (candidate: number, examiner: number) =>
      noise(candidate, examiner) + (examiner === 3 ? -6 : 0);
    const even = panelSheets(24, strict);
    expect(only("divergence", aHistory(even, { settlements: settledAll(even, 24) }))).toEqual([]);
    // The strict examiner is mild for once: twelve points above the others, and eighteen above what they usually give.
    const bought = panelSheets(24, (candidate, examiner) =>
      candidate === 4 && examiner === 3 ? 10 : strict(candidate, examiner),
    );
    expect(only("divergence", aHistory(bought, { settlements: settledAll(bought, 24) }))).toMatchObject([
      { person: personId(3), candidates: [candidateRef(4)], facts: { settled: true } },
    ]);
  });

  test("[R43] who signed few sheets has no usual place that a far one could excuse itself by", () => {
    const sheets = panelSheets(24, (candidate, examiner) => (candidate === 4 && examiner === 3 ? 10 : -8));
    const guest = sheets.map((one) =>
      one.sheet.candidate === candidateRef(4) && one.sheet.examiner === personId(3)
        ? { ...one, sheet: { ...one.sheet, examiner: personId(9) } }
        : one,
    );
    const panel = [1, 2, 3].map((n) => ({ person: personId(n), leader: n === 1 }));
    const flags = only("divergence", aHistory(guest, { settlements: settledAll(guest, 24), panel }));
    expect(flags).toMatchObject([{ person: personId(9) }]);
  });

  test("[R43] of a few panels a sheet must lie farther out than of many to be called an outlier", () => {
    const outlier = (n: number) => {
      const sheets = panelSheets(n, (candidate, examiner) => (candidate === 4 && examiner === 2 ? 8 : -8));
      return only("divergence", aHistory(sheets, { settlements: settledAll(sheets, n) }));
    };
    expect(outlier(6)).toEqual([]);
    expect(outlier(30)).toHaveLength(1);
  });

  test("[R43] of two sheets far apart neither examiner is named, and one sheet alone is no panel", () => {
    const two = far().filter(({ sheet }) => sheet.examiner !== personId(3));
    expect(only("divergence", aHistory(two))).toMatchObject([{ person: null }]);
    expect(only("divergence", aHistory(far().slice(10, 11)))).toEqual([]);
  });
});

describe("an examiner's severity", () => {
  const strict = (by: number) => (candidate: number, examiner: number) =>
    (examiner === 2 ? by : 0) + (((candidate * 5 + examiner * 3) % 4) - 2);

  test("[R43] an examiner far milder than the panel over twelve candidates is flagged, and the others are not", () => {
    const [flag, ...others] = only("examiner-severity", aHistory(panelSheets(12, strict(9))));
    expect(others).toEqual([]);
    expect(flag).toMatchObject({ rule: "R43", person: personId(2), facts: { count: 12, allowed: 4 } });
    expect(flag?.chance).toBeLessThan(0.0005);
    expect(flag?.facts["points"]).toBeCloseTo(9, 0);
  });

  test("[R43] five sheets prove nothing, however far they lie", () => {
    expect(only("examiner-severity", aHistory(panelSheets(5, strict(9))))).toEqual([]);
  });

  test("[R43] a difference that policy allows is not flagged, however sure", () => {
    expect(only("examiner-severity", aHistory(panelSheets(20, strict(4))))).toEqual([]);
  });

  test("[R43] without two others there is no panel to differ from", () => {
    const two = panelSheets(12, strict(9)).filter(({ sheet }) => sheet.examiner !== personId(3));
    expect(only("examiner-severity", aHistory(two))).toEqual([]);
  });
});

describe("identical sheets", () => {
  const copied = (candidate: number, examiner = 1) =>
    aSheet({
      ...{ candidate, examiner },
      items: inputs(3, { gaps: 2, residues: 2, readings: [47, 33], level: 1, checks: 1, steps: 29 }),
    });

  test("the same faults and readings for two candidates are flagged", () => {
    const [flag, ...others] = only("identical-sheets", aHistory([...ordinary(12), copied(21), copied(22)]));
    expect(others).toEqual([]);
    expect(flag).toMatchObject({
      ...{ person: personId(1), candidates: [candidateRef(21), candidateRef(22)] },
      facts: { count: 2, faults: 9 },
    });
    expect(flag?.chance).toBeLessThan(0.0005);
  });

  test("copies between two examiners name neither alone", () => {
    const sheets = [...ordinary(12), copied(21), copied(22, 2)];
    const panel = [{ person: personId(1), leader: true }];
    expect(only("identical-sheets", aHistory(sheets, { panel }))).toMatchObject([{ person: null }]);
  });

  test("one candidate's sheets may be alike, and so may flawless ones", () => {
    const panel = [1, 2, 3].map((examiner) => copied(21, examiner));
    expect(only("identical-sheets", aHistory([...ordinary(12), ...panel]))).toEqual([]);
    const best = { gaps: 0, residues: 0, readings: [0, 0], level: 3, checks: 4, steps: 40 } as const;
    const flawless = [21, 22, 23].map((candidate) => aSheet({ candidate, items: inputs(1, best) }));
    expect(only("identical-sheets", aHistory([...ordinary(12), ...flawless]))).toEqual([]);
  });
});

describe("photographs", () => {
  const [one, two] = [testHash("one picture"), testHash("another")];
  const pictured = (candidate: number, hash = one, examiner = 1) =>
    aSheet({ candidate, examiner, pictures: [{ hash }] });

  test("one photograph for two candidates is flagged where it was added", () => {
    const sheets = [pictured(1), pictured(2), pictured(3, two)];
    expect(only("identical-photographs", aHistory(sheets))).toMatchObject([
      {
        ...{ person: personId(1), candidates: [candidateRef(1), candidateRef(2)], chance: 0 },
        entries: sheets.slice(0, 2).map(({ opened }) => opened + 6),
      },
    ]);
  });

  test("the same for one candidate is not, nor one that was taken away", () => {
    expect(only("identical-photographs", aHistory([pictured(1), pictured(1, one, 2)]))).toEqual([]);
    const gone = aSheet({ candidate: 2, pictures: [{ hash: one, removed: true }, { hash: two }] });
    expect(only("identical-photographs", aHistory([pictured(1), gone]))).toEqual([]);
  });

  test("of a sheet from another laptop the flag names where it was received", () => {
    const received = { ...pictured(2, one, 2), acts: [] };
    expect(only("identical-photographs", aHistory([pictured(1), received]))[0]).toMatchObject({
      ...{ person: null, entries: [pictured(1).opened + 6, received.opened].sort((a, b) => a - b) },
    });
  });

  test("[R38] a veto that no photograph shows is flagged, and one with a photograph is not", () => {
    const bare = aSheet({ candidate: 1, vetoes: ["V1"] });
    const flags = only("veto-without-evidence", aHistory([bare]));
    expect(flags).toMatchObject([
      { rule: "R38", entries: [bare.opened + 6, bare.opened + 7], facts: { vetoes: "V1" } },
    ]);
    const shown = aSheet({ candidate: 1, vetoes: ["V1"], pictures: [{ hash: one }] });
    expect(only("veto-without-evidence", aHistory([shown]))).toEqual([]);
    expect(
      only("veto-without-evidence", aHistory([aSheet({ candidate: 1, signed: false, vetoes: ["V1"] })])),
    ).toEqual([]);
  });

  test("[R38] a veto that was taken back is not named among the entries of the one that stands", () => {
    const bare = aSheet({ candidate: 1, vetoes: ["V1", "V2"] });
    const stands = { ...bare, sheet: { ...bare.sheet, vetoes: ["V2"] } };
    expect(only("veto-without-evidence", aHistory([stands]))[0]?.entries).toEqual([
      bare.opened + 7,
      bare.opened + 8,
    ]);
  });

  test("a sheet whose every photograph was taken away is flagged, one that never had any is not", () => {
    const emptied = aSheet({ candidate: 1, pictures: [{ hash: one, removed: true }] });
    expect(only("evidence-missing", aHistory([emptied]))).toMatchObject([
      { facts: { held: 0, removed: 1, least: 0 } },
    ]);
    const replaced = aSheet({ candidate: 1, pictures: [{ hash: one, removed: true }, { hash: two }] });
    expect(only("evidence-missing", aHistory([replaced, aSheet({ candidate: 2 })]))).toEqual([]);
  });

  test("where policy asks for a photograph of every sheet, a sheet without is flagged", () => {
    const asking = { ...flagPolicy, leastPhotographs: 1 };
    const sheets = [pictured(1), aSheet({ candidate: 2 })];
    expect(only("evidence-missing", aHistory(sheets), asking)).toMatchObject([
      { candidates: [candidateRef(2)], facts: { held: 0, removed: 0, least: 1 } },
    ]);
  });
});

describe("a sheet from another laptop", () => {
  const there = Kid.parse(`ed25519.${"9".repeat(32)}`);
  const received = (
    candidate: number,
    pictures: SheetHistory["pictures"],
    vetoes: readonly string[] = ["V1"],
  ) => {
    const one = aSheet({ candidate, vetoes: vetoes as never });
    return { ...one, sheet: { ...one.sheet, from: there }, acts: [], pictures };
  };
  const picture = testHash("one picture");

  test("[R38] a veto whose record names a photograph is not flagged, one that names none is", () => {
    const sheets = [received(1, [picture]), received(2, [])];
    expect(only("veto-without-evidence", aHistory(sheets))).toMatchObject([
      { candidates: [candidateRef(2)], entries: [sheets[1]?.signed?.entry], chance: 0 },
    ]);
  });

  test("[R38] a veto of which nobody knows what it names is not flagged, and is told as not asked", () => {
    const history = aHistory([received(1, null), received(2, [picture])]);
    expect(only("veto-without-evidence", history)).toEqual([]);
    const told = notAskedIn(history, flagPolicy);
    expect(told).toContainEqual({ code: "veto-without-evidence", sheets: 1 });
    expect(told).toContainEqual({ code: "identical-photographs", sheets: 1 });
    expect(told).toContainEqual({ code: "evidence-missing", sheets: 2 });
  });

  test("what its record names is held against what policy asks for; what was taken away before nobody knows here", () => {
    const asking = { ...flagPolicy, leastPhotographs: 1 };
    const history = aHistory([received(1, [picture], []), received(2, [], []), received(3, null, [])]);
    expect(only("evidence-missing", history, asking)).toMatchObject([
      { candidates: [candidateRef(2)], facts: { held: 0, removed: "unknown", least: 1 } },
    ]);
    expect(notAskedIn(history, asking)).toContainEqual({ code: "evidence-missing", sheets: 1 });
    expect(only("evidence-missing", history)).toEqual([]);
  });

  test("a photograph that its record names is compared with those that are here", () => {
    const here = aSheet({ candidate: 1, pictures: [{ hash: picture }] });
    expect(only("identical-photographs", aHistory([here, received(2, [picture], [])]))).toMatchObject([
      { candidates: [candidateRef(1), candidateRef(2)] },
    ]);
  });

  test("flags that rest on acts are told as not asked of it, and of a sheet of this laptop none is", () => {
    const own = aHistory([aSheet({ candidate: 1 }), aSheet({ candidate: 2, signed: false })]);
    expect(notAskedIn(own, flagPolicy)).toEqual([]);
    expect(notAskedIn(aHistory([received(1, []), ...own.sheets]), flagPolicy)).toEqual([
      { code: "too-fast", sheets: 1 },
      { code: "late-changes", sheets: 1 },
      { code: "changed-after-reveal", sheets: 1 },
      { code: "evidence-missing", sheets: 1 },
      { code: "long-pause", sheets: 1 },
    ]);
  });
});

describe("facts of the day", () => {
  test("[P16] [S11] a clock that was set is flagged, one that drifts is not", () => {
    const drift = { entry: 5, state: "drifted", byMs: 9000 } as const;
    const set = { entry: 9, state: "changed", byMs: -3_600_000 } as const;
    expect(only("clock-changed", aHistory(ordinary(1), { clocks: [drift, set] }))).toMatchObject([
      { entries: [9], chance: 0, facts: { count: 1, seconds: 3600 } },
    ]);
    expect(only("clock-changed", aHistory(ordinary(1), { clocks: [drift] }))).toEqual([]);
  });

  test("[R29] a conflict declared once the candidate's sheet is open is flagged", () => {
    const sheet = aSheet({ candidate: 1 });
    const declared = { entry: sheet.opened + 1, person: personId(1), candidates: [candidateRef(1)] };
    const late = aHistory([sheet], { declarations: [declared] });
    expect(only("conflict-late", late)).toMatchObject([
      { rule: "R29", entries: [sheet.opened, sheet.opened + 1, sheet.opened + 6], facts: { signed: true } },
    ]);
    const open = aHistory([aSheet({ candidate: 1, signed: false })], { declarations: [declared] });
    expect(only("conflict-late", open)).toMatchObject([{ facts: { signed: false } }]);
  });

  test("[R29] one declared before is not, nor another's, nor one about another candidate", () => {
    const sheet = aSheet({ candidate: 1 });
    const late = { entry: sheet.opened + 1, person: personId(1), candidates: [candidateRef(1)] };
    for (const one of [
      { ...late, entry: 1 },
      { ...late, person: personId(2) },
      { ...late, candidates: [candidateRef(2)] },
    ])
      expect(only("conflict-late", aHistory([sheet], { declarations: [one] }))).toEqual([]);
  });

  test("[R18] [R19] whoever marks outside the term or the level of their card is flagged by that rule", () => {
    const sheets = ordinary(3);
    const ended = { ...aCard(personId(1)), validTo: Day.parse("2026-11-22") };
    expect(only("examiner-uncovered", aHistory(sheets, { cards: [ended] }))).toMatchObject([
      { rule: "R19", person: personId(1), facts: { finding: "examiner.term" } },
    ]);
    const other = { ...aCard(personId(1)), levels: ["L5" as const] };
    expect(only("examiner-uncovered", aHistory(sheets, { cards: [other] }))).toMatchObject([{ rule: "R18" }]);
    expect(only("examiner-uncovered", aHistory(sheets, { panel: [] }))).toEqual([]);
  });

  test("a sheet that lay open for longer than work and break is flagged, a working day's pauses are not", () => {
    const minutes = flagRubric.minutes + flagRubric.overtime.maxMinutes + 60;
    const paused = (pause: number) => {
      const one = aSheet({ candidate: 1 });
      const late = <T extends { at: ReturnType<typeof after> }>(act: T) => ({
        ...act,
        at: after(act.at.mono + pause * 60_000),
      });
      return {
        ...one,
        acts: one.acts.map((act, n) => (n < 3 ? act : late(act))),
        signed: one.signed && late(one.signed),
      };
    };
    const long = paused(minutes);
    expect(only("long-pause", aHistory([long]))).toMatchObject([
      {
        person: personId(1),
        entries: [long.opened + 3, long.opened + 4],
        facts: { minutes, allowed: minutes },
      },
    ]);
    expect(only("long-pause", aHistory([paused(minutes - 1), { ...long, acts: [] }]))).toEqual([]);
    expect(only("long-pause", aHistory([paused(61)], { observed: false }))).toHaveLength(1);
    expect(only("long-pause", aHistory([{ ...paused(30), signed: null }], { observed: false }))).toEqual([]);
  });

  test("[R39] a pause with a reason explains as much of it as it lasted, and no more", () => {
    const allowed = flagRubric.minutes + flagRubric.overtime.maxMinutes + 60;
    /** Nothing happens for `before`, then it is paused for `still`, then nothing for `behind`, minutes all of them. */
    const interrupted = (before: number, still: number, behind: number, other: readonly number[] = []) => {
      const one = aSheet({ candidate: 1 });
      const [first, ...rest] = one.acts;
      const start = first!.at.mono;
      const at = (minutes: number) => after(start + minutes * 60_000);
      const pause = (entry: number, minutes: number, on: boolean) => ({
        ...{ entry, at: at(minutes), kind: "pause" as const, on },
      });
      const end = before + still + behind;
      return {
        ...one,
        acts: [
          first!,
          pause(first!.entry + 0.1, before, true),
          ...other.map((minutes, n) => ({
            ...{ entry: first!.entry + 0.2 + n / 10, at: at(minutes), kind: "other" as const },
          })),
          pause(first!.entry + 0.9, before + still, false),
          ...rest.map((act) => ({ ...act, at: after(act.at.mono + end * 60_000) })),
        ],
        signed: one.signed && { ...one.signed, at: after(one.signed.at.mono + end * 60_000) },
      };
    };
    const flagged = (one: SheetHistory) =>
      only("long-pause", aHistory([one])).map(({ facts }) => facts["minutes"]);
    expect(flagged(interrupted(0, 10 * allowed, 0))).toEqual([]);
    expect(flagged(interrupted(allowed / 2, 10 * allowed, allowed / 2 - 1))).toEqual([]);
    // A moment's pause in the middle of a long one does not cut it in two.
    expect(flagged(interrupted(allowed / 2, 0, allowed / 2 + 1))).toEqual([allowed + 1]);
    expect(flagged(interrupted(allowed + 5, 30, 0))).toEqual([allowed + 5]);
    // Marked while it stood still: what comes after is measured from there.
    expect(flagged(interrupted(allowed - 1, 60, allowed - 1, [allowed + 10]))).toEqual([]);
  });

  test("[T2] a number missing between signed records is flagged between its neighbours", () => {
    const records = [1, 2, 4, 5].map((seq) => ({ entry: 10 * seq, seq, from: null }));
    expect(only("sequence-gap", aHistory([], { records: [...records].reverse() }))).toMatchObject([
      { entries: [20, 40], facts: { count: 1 } },
    ]);
    expect(only("sequence-gap", aHistory([], { records: records.slice(0, 2) }))).toEqual([]);
  });

  test("[T2] each laptop's numbers are its own: one has what another lacks, and neither fills the other's gap", () => {
    const laptops = ["7", "8"].map((digit) => Kid.parse(`ed25519.${digit.repeat(32)}`));
    const [here, there] = laptops as [Kid, Kid];
    const of = (from: Kid, seqs: readonly number[], entry: number) =>
      seqs.map((seq) => ({ entry: entry + seq, seq, from }));
    const apart = [...of(here, [1, 2, 3], 10), ...of(there, [41, 42], 20)];
    expect(only("sequence-gap", aHistory([], { records: apart }))).toEqual([]);
    const filled = [...of(here, [1, 3], 10), ...of(there, [2, 4], 20)];
    expect(only("sequence-gap", aHistory([], { records: filled }))).toMatchObject([
      { entries: [11, 13, 22, 24], facts: { count: 2 } },
    ]);
  });
});

describe("the pass rate", () => {
  const graded = (n: number, passes: (candidate: number) => boolean) =>
    candidates(n).map((candidate) =>
      aSheet({ candidate, items: inputs(candidate, { steps: passes(candidate) ? 40 : 0, level: 3 }) }),
    );
  const everyone = graded(36, () => true);
  const earlier = { assessed: 300, passed: 190, near: { assessed: 220, passed: 110 } };

  test("[R49] everybody passes where two in three did before: flagged with its chance", () => {
    expect(only("pass-rate", aHistory(everyone, { earlier }))).toMatchObject([
      {
        rule: "R49",
        facts: {
          ...{ passed: 36, assessed: 36, recordPercent: 63 },
          ...{ above: 10, near: 0, nearPassed: 0, nearRecordPercent: 50 },
        },
      },
    ]);
    const nobody = graded(36, () => false).map((one) => ({
      ...one,
      sheet: { ...one.sheet, vetoes: ["V1"] },
    }));
    expect(only("pass-rate", aHistory(nobody, { earlier }))).toMatchObject([{ facts: { passed: 0 } }]);
  });

  test("[R49] it is not flagged in a small sitting, without a record, with a short one, or at the usual rate", () => {
    expect(only("pass-rate", aHistory(everyone.slice(0, 10), { earlier }))).toEqual([]);
    expect(only("pass-rate", aHistory(everyone))).toEqual([]);
    expect(
      only(
        "pass-rate",
        aHistory(everyone, { earlier: { assessed: 60, passed: 40, near: { assessed: 40, passed: 20 } } }),
      ),
    ).toEqual([]);
    const usual = graded(36, (candidate) => candidate % 3 > 0);
    expect(only("pass-rate", aHistory(usual, { earlier }))).toEqual([]);
  });

  /** A total of so many points and no veto. */
  const atPoints = (candidate: number, points: number): SheetHistory => {
    const one = aSheet({ candidate });
    const { signed, sheet } = one;
    if (!signed || !sheet.signature) throw new Error("a sheet is signed unless it is said not to be");
    const total = fraction(points);
    return {
      ...one,
      signed: { ...signed, total },
      sheet: { ...sheet, signature: { ...sheet.signature, total } },
    };
  };
  const sitting = (points: readonly number[]) => points.map((each, at) => atPoints(at + 1, each));
  const repeated = (n: number, points: readonly number[]) =>
    Array.from({ length: n }, (_, at) => points[at % points.length] ?? 0);

  test("[R49] failures that are missing just below the pass mark are flagged where the pass rate alone is too little", () => {
    const lifted = sitting([...repeated(16, [60, 61, 64, 69]), ...repeated(4, [72, 85])]);
    const record = { assessed: 300, passed: 210, near: { assessed: 180, passed: 90 } };
    const [flag] = only("pass-rate", aHistory(lifted, { earlier: record }));
    expect(flag?.facts).toMatchObject({
      passed: 20,
      assessed: 20,
      near: 16,
      nearPassed: 16,
      nearRecordPercent: 50,
    });
    // As many passes of candidates who are all better: what the rate alone says of twenty.
    const better = sitting(repeated(20, [70, 72, 85, 91]));
    expect(only("pass-rate", aHistory(better, { earlier: record }))).toEqual([]);
  });

  test("[R49] few passes near the mark say nothing by themselves: who is strict there is not selling", () => {
    const strict = sitting([...repeated(14, [52, 57, 59]), ...repeated(26, [70, 78])]);
    const record = { assessed: 300, passed: 195, near: { assessed: 180, passed: 90 } };
    expect(only("pass-rate", aHistory(strict, { earlier: record }))).toEqual([]);
  });

  test("[R49] sittings add up to one record, those near the mark to their own", () => {
    const panel = [{ person: personId(1), leader: true }];
    const one = passesIn(
      sitting([50, 60, 69, 70, 90]).map(({ sheet }) => sheet),
      { rubric: flagRubric, panel },
      flagPolicy,
    );
    expect(one).toEqual({ assessed: 5, passed: 4, near: { assessed: 3, passed: 2 } });
    const other = { assessed: 10, passed: 5, near: { assessed: 6, passed: 1 } };
    expect(sumOfPasses([one, other])).toEqual({ assessed: 15, passed: 9, near: { assessed: 9, passed: 3 } });
  });

  test("[R49] a record in which nobody was near the mark says nothing about those who are", () => {
    const near = sitting(repeated(20, [61, 63]));
    const record = { assessed: 200, passed: 200, near: { assessed: 0, passed: 0 } };
    expect(only("pass-rate", aHistory(near, { earlier: record }))).toEqual([]);
  });

  test("[R49] candidates whose panel has not signed yet are not counted", () => {
    const panel = [1, 2, 3].map((n) => ({ person: personId(n), leader: n === 1 }));
    expect(only("pass-rate", aHistory(everyone, { earlier, panel }))).toEqual([]);
  });
});

describe("held at random", () => {
  const sheets = candidates(90).map(sheetId);
  const committed = commitToSeed("a seed", digest);
  const policy = { drawRatioPercent: 5 };

  test("[R58] [R59] one in twenty is held, the same ones from the same seed in any order of sheets", () => {
    const held = heldAtRandom(sheets, { seed: "a seed", committed }, policy, digest);
    expect(held).toEqual(heldAtRandom([...sheets].reverse(), { seed: "a seed", committed }, policy, digest));
    expect(held.ok && held.value.length).toBe(5);
    expect(heldAtRandom([], { seed: "a seed", committed }, policy, digest)).toEqual({ ok: true, value: [] });
  });

  test("[R58] a seed that was not committed to is refused", () => {
    expect(heldAtRandom(sheets, { seed: "another", committed }, policy, digest)).toMatchObject({
      ok: false,
      error: { code: "hold.other-seed" },
    });
  });
});

describe("limits", () => {
  test("every limit has a source and says how sure it is", () => {
    for (const limit of Object.values(defaultFlagLimits())) expect(limit.source.length).toBeGreaterThan(5);
  });

  test("flags are listed once, most certain first", () => {
    expect(new Set(FLAG_CODES).size).toBe(FLAG_CODES.length);
    const flags = flagsOf(
      aHistory([...ordinary(8), aSheet({ candidate: 9, itemMs: 900, vetoes: ["V1"] })], {
        clocks: [{ entry: 9, state: "changed", byMs: 200_000 }],
      }),
    );
    expect(flags.map(({ code }) => code)).toEqual(["veto-without-evidence", "clock-changed", "too-fast"]);
  });
});

/** Something of everything, for properties. */
const busy = (): SheetHistory[] => [
  ...panelSheets(9, (candidate, examiner) => (examiner === 2 ? 9 : (candidate % 3) - 1)),
  aSheet({ candidate: 30, itemMs: 800, vetoes: ["V1"] }),
  aSheet({ candidate: 31, itemMs: 700, pictures: [{ hash: testHash("p") }] }),
  aSheet({ candidate: 32, pictures: [{ hash: testHash("p") }] }),
];

property(
  "the order in which sheets are listed changes no flag",
  10,
  [fc.shuffledSubarray(busy(), { minLength: busy().length })],
  (sheets) => {
    const panel = [1, 2, 3].map((n) => ({ person: personId(n), leader: n === 1 }));
    expect(flagsOf(aHistory(sheets, { panel }))).toEqual(flagsOf(aHistory(busy(), { panel })));
  },
);

/** These say something of one sheet, or of one examiner's, alone. */
const OWN: readonly FlagCode[] = [
  ...(["veto-without-evidence", "evidence-missing", "identical-photographs", "long-pause"] as const),
  ...(["conflict-late", "examiner-uncovered", "clock-changed", "sequence-gap"] as const),
];

property(
  "another examiner's sheet of another candidate changes no fact that was flagged of somebody",
  10,
  [fc.integer({ min: 40, max: 60 }), fc.integer({ min: 500, max: 20_000 }), fc.boolean()],
  (candidate, itemMs, signed) => {
    const panel = [1, 2, 3].map((n) => ({ person: personId(n), leader: n === 1 }));
    const cards = [1, 2, 3].map((n) => aCard(personId(n)));
    const facts = (sheets: SheetHistory[]) =>
      flagsOf(aHistory(sheets, { panel, cards })).filter(({ code }) => OWN.includes(code));
    const another = aSheet({ candidate, examiner: 3, itemMs, signed });
    expect(facts([...busy(), another])).toEqual(facts(busy()));
  },
);

property(
  "one more sheet of another examiner never makes a slow sheet fast or a pair of sheets alike",
  30,
  [fc.integer({ min: 40, max: 60 }), fc.integer({ min: 9000, max: 20_000 })],
  (candidate, itemMs) => {
    const another = aSheet({ candidate, examiner: 3, itemMs });
    const panel = [{ person: personId(1), leader: true }];
    expect(flagsOf(aHistory([...ordinary(9), another], { panel }))).toEqual([]);
  },
);

property(
  "a chance is a probability, entries ascend, and every flag names an entry",
  30,
  [fc.subarray(busy())],
  (sheets) => {
    for (const { chance, entries } of flagsOf(aHistory(sheets))) {
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThanOrEqual(1);
      expect(entries.length).toBeGreaterThan(0);
      expect([...entries].sort((a, b) => a - b)).toEqual(entries);
    }
  },
);
