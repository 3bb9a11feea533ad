// What a centre may publish of itself: no person, no small count, and for everything that is withheld the reason.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { qualityLimitValues } from "#shared/exam";
import { centreQuality, qualityForm, type CentreQuality, type QualityForm } from "#shared/journal";
import { defaultQualityLimits, FLAG_CODES, type FlagCode } from "#shared/rules";
import { qualityTable } from "../../../electron/paper/index.ts";
import { anOpenedCentre, NAMES, PEOPLE, signSheet, aPreparedDay } from "../../support/journal-builders.ts";
import { aJudgedDay } from "../../support/judged-day.ts";
import { property } from "../../support/property.ts";

const limits = qualityLimitValues(defaultQualityLimits());
const LEAST = limits.leastPublished;
const { view } = anOpenedCentre();
const empty = centreQuality({ year: null, asker: null, limits }, aPreparedDay().journal.view);

function formOf(quality: Partial<CentreQuality>, flags: Partial<Record<FlagCode, number>> = {}): QualityForm {
  const counts = new Map(FLAG_CODES.flatMap((code) => (flags[code] ? [[code, flags[code]] as const] : [])));
  return qualityForm({ ...empty, ...quality }, counts, limits, view);
}

const told = (form: QualityForm, name: string) => form.shares.find((one) => one.name === name)?.share;
const delay = (count: number) => ({
  ...{ count, open: 0, doubtful: 0 },
  times: { shortest: 1, middle: 2, longest: 3 },
});

describe("a small number", () => {
  test("is withheld with its reason: out of few, few, or leaving few out", () => {
    const form = formOf({
      shares: {
        rechecked: { hits: 0, of: 4 },
        lookedAgain: { hits: 2, of: 40 },
        amended: { hits: 38, of: 40 },
        appealed: { hits: 8, of: 40 },
      },
    });
    expect(["rechecked", "lookedAgain", "amended", "appealed"].map((name) => told(form, name))).toMatchObject(
      [
        { hits: "withheld", of: "withheld", rate: null, why: "few" },
        { hits: "withheld", of: 40, rate: null, why: "small" },
        { hits: "withheld", of: 40, rate: null, why: "rest" },
        { hits: 8, of: 40, rate: { perHundred: 20 }, why: null },
      ],
    );
  });

  test("of flags is withheld where it is small itself; that one sheet has several leaves nobody out", () => {
    const form = formOf({ signed: 40 }, { "too-fast": 2, "long-pause": 38, divergence: 50 });
    expect(form.flags).toMatchObject([
      { code: "too-fast", rate: { hits: "withheld", why: "small" } },
      { code: "divergence", rate: { hits: 50, why: null, rate: { perHundred: 125 } } },
      { code: "long-pause", rate: { hits: 38, why: null } },
    ]);
  });

  test("of sheets is no number of sheets, and their times are nobody's either; a batch is nobody", () => {
    const form = formOf({ signed: 3, delays: { sealing: delay(3), receipt: delay(1) } });
    expect([form.signed, form.delays.sealing, form.delays.receipt]).toEqual([
      "withheld",
      "withheld",
      delay(1),
    ]);
    const waiting = { ...delay(40), open: 2 };
    expect(formOf({ signed: 42, delays: { sealing: waiting, receipt: waiting } }).delays).toEqual({
      ...{ sealing: "withheld", receipt: waiting },
    });
    expect(formOf({ signed: 9, delays: { sealing: delay(9), receipt: delay(0) } })).toMatchObject({
      signed: 9,
      delays: { sealing: delay(9) },
    });
  });
});

test("examiners are counted and never told: of few even that is withheld", () => {
  const quality = centreQuality({ year: null, asker: null, limits }, aJudgedDay().journal.view);
  const form = formOf(quality);
  expect(told(form, "severity")).toMatchObject({ hits: "withheld", of: "withheld", why: "few" });
  const one = (verdict: CentreQuality["severity"]["examiners"][number]["verdict"]) => ({
    ...{ person: null, sheets: 30, points: 1, interval: null, verdict },
  });
  const examiners = [
    ...Array.from({ length: 6 }, () => one("stricter")),
    ...Array.from({ length: 6 }, () => one("milder")),
    ...Array.from({ length: 8 }, () => one("within")),
    ...Array.from({ length: 9 }, () => one("too-few")),
  ];
  expect(told(formOf({ severity: { ...empty.severity, examiners } }), "severity")).toMatchObject({
    ...{ hits: 12, of: 20, why: null },
  });
});

test("the table names nobody, and says in both languages what is withheld and why", () => {
  const day = aJudgedDay();
  signSheet(day, 1);
  const quality = centreQuality({ year: null, asker: null, limits }, day.journal.view);
  const text = qualityTable(formOf(quality, { "too-fast": 2 }));
  for (const { id, name } of PEOPLE) for (const word of [id, name]) expect(text).not.toContain(word);
  for (const name of NAMES) expect(text).not.toContain(name);
  expect(text).toContain('"不公布 withheld","评得过快 Marked too fast","数量小于 5 a count below 5"');
  expect(text).toContain("演示");
});

property(
  "no count below the least and above nothing stands anywhere in what may be published, but of batches",
  500,
  [
    fc.record({
      shares: fc.array(fc.tuple(fc.nat(60), fc.nat(100)), { minLength: 4, maxLength: 4 }),
      signed: fc.nat(60),
      flags: fc.array(fc.nat(80), { minLength: FLAG_CODES.length, maxLength: FLAG_CODES.length }),
      sealed: fc.nat(60),
      open: fc.nat(20),
    }),
  ],
  ({ shares, signed, flags, sealed, open }) => {
    const [rechecked, lookedAgain, amended, appealed] = shares.map(([of, percent]) => ({
      of,
      hits: Math.round((of * percent) / 100),
    })) as [Share, Share, Share, Share];
    const form = formOf(
      {
        ...{ signed, shares: { rechecked, lookedAgain, amended, appealed } },
        delays: { sealing: { ...delay(sealed), open }, receipt: delay(1) },
      },
      Object.fromEntries(FLAG_CODES.map((code, at) => [code, flags[at]])),
    );
    const isSmall = (count: unknown) => typeof count === "number" && count > 0 && count < LEAST;
    for (const { share } of form.shares) {
      const { hits, of, rate, why } = share;
      expect([hits, of].some(isSmall)).toBe(false);
      if (typeof hits === "number" && typeof of === "number") expect(isSmall(of - hits)).toBe(false);
      expect(why !== null).toBe(hits === "withheld");
      // A rate is a count by another name.
      if (why !== null) expect(rate).toBeNull();
    }
    for (const { rate } of form.flags) expect([rate.hits, rate.of].some(isSmall)).toBe(false);
    expect(isSmall(form.signed)).toBe(false);
    if (form.delays.sealing !== "withheld")
      expect([form.delays.sealing.count, form.delays.sealing.open].some(isSmall)).toBe(false);
  },
);

type Share = CentreQuality["shares"]["amended"];
