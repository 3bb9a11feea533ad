// R35 and R43 over whole sheets: how far a panel lies apart, and which items made it so.
import fc from "fast-check";
import { expect, test } from "vitest";
import { fraction } from "#shared/base";
import type { ItemInput } from "#shared/exam";
import { divergenceOf, totalOf } from "#shared/rules";
import { everyKindRubric, fullInputs } from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

type Level = Extract<ItemInput, { kind: "JUDGE" }>["level"];
type Marks = Record<string, ItemInput>;

const policy = { judgeSpread: 1, divergencePoints: 10, thirdMarkerPercent: 30 };
const rubric = everyKindRubric();
const sheet = (other: Marks = {}) => ({ items: { ...fullInputs(rubric), ...other } });
const judged = (level: Level): Marks => ({ "3": { kind: "JUDGE", level } });
const points = (steps: number): Marks => ({ "5": { kind: "POINTS", steps } });
const between = (...sheets: { items: Marks }[]) =>
  divergenceOf(
    sheets,
    sheets.map(({ items }) => totalOf(rubric, items, 0).total),
    rubric,
    policy,
  );
const codes = ({ open }: ReturnType<typeof between>) => open.map(({ code }) => code);
const wide = ({ items }: ReturnType<typeof between>) =>
  items.filter(({ isWide }) => isWide).map(({ item }) => item.no);

test("[R43] sheets within ten points and one level of each other leave nothing to settle", () => {
  const near = between(sheet(), sheet(judged(2)), sheet());
  expect(codes(near)).toEqual([]);
  expect(near.spread).toEqual(fraction(20, 3));
  expect(wide(near)).toEqual([]);
});

test("[R43] totals more than ten points apart are to be settled, and the item that made them so is named", () => {
  const far = between(sheet(), sheet(points(10)));
  expect(codes(far)).toEqual(["divergence.panel"]);
  expect(wide(far)).toEqual([5]);
  expect(far.items[4]?.marks).toEqual([fraction(20), fraction(5)]);
  expect(far.items[4]?.spread).toEqual(fraction(15));
  expect(codes(between(sheet(), sheet(points(20))))).toEqual([]);
});

test("[R35] levels more than one apart are to be judged again although the totals are near", () => {
  const apart = between(sheet(judged(1)), sheet(points(20)));
  expect(codes(apart)).toEqual(["judgement.judge-again"]);
  expect(wide(apart)).toEqual([3, 5]);
});

test("[R43] one sheet alone lies apart from nobody", () => {
  expect(codes(between(sheet(judged(0))))).toEqual([]);
});

const level = fc.constantFrom<Level>(0, 1, 2, 3);
property(
  "[R35] [R43] whose sheet is read first changes nothing",
  300,
  [
    fc.tuple(level, level, level),
    fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40)),
    fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  ],
  (levels, steps, order) => {
    const sheets = levels.map((one, at) => sheet({ ...judged(one), ...points(steps[at] ?? 0) }));
    const again = order.flatMap((at) => sheets[at] ?? []);
    const [first, other] = [between(...sheets), between(...again)];
    expect(other.spread).toEqual(first.spread);
    expect(codes(other)).toEqual(codes(first));
    expect(wide(other)).toEqual(wide(first));
  },
);
