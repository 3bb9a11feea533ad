// Generated centres look like real ones and break no rule of form (domain 11.3).
import { expect, test } from "vitest";
import { Day } from "#shared/base";
import { Person } from "#shared/exam";
import { checkIdNumber, generateCentre } from "#shared/rules";

const centre = generateCentre(7, { examiners: 40, candidates: 2000 });

test("the same seed gives the same centre, another seed another one", () => {
  expect(generateCentre(7, { examiners: 40, candidates: 2000 })).toEqual(centre);
  expect(generateCentre(8, { examiners: 40, candidates: 2000 })).not.toEqual(centre);
});

test("[R72] every generated ID number is sound, of the unassigned area, and nobody else's", () => {
  for (const { idNumber } of centre.roster) {
    expect(checkIdNumber(idNumber, Day.parse("2026-11-24")).ok).toBe(true);
    expect(idNumber).toMatch(/^9900/);
  }
  expect(new Set(centre.roster.map(({ idNumber }) => idNumber)).size).toBe(2000);
  expect(centre.roster.some(({ idNumber }) => idNumber.endsWith("X"))).toBe(true);
});

test("names have middle dots, rare characters beyond the basic plane and two-character families", () => {
  const names = centre.roster.map(({ name }) => name);
  expect(names.some((name) => name.includes("·"))).toBe(true);
  expect(names.some((name) => /[\u{20000}-\u{3FFFF}]/u.test(name))).toBe(true);
  expect(names.some((name) => name.startsWith("欧阳"))).toBe(true);
});

test("[R25] [R28] some examiners taught or know candidates, and none without being one of the centre's people", () => {
  expect(centre.people.every((person) => Person.safeParse(person).success)).toBe(true);
  const ids = centre.people.map(({ id }) => id);
  expect(centre.classes.length).toBeGreaterThan(0);
  expect(centre.relations.length).toBeGreaterThan(0);
  expect(
    [...centre.classes.map(({ trainer }) => trainer), ...centre.relations.map(({ person }) => person)].every(
      (id) => ids.includes(id),
    ),
  ).toBe(true);
});

test("a centre without candidates has nobody to know", () => {
  expect(generateCentre(1, { examiners: 40, candidates: 0 }).relations).toEqual([]);
});
