// The reproducible draw (R58, R59), against the vector of the rulebook.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToHex, InstitutionId } from "#shared/base";
import { digest } from "#shared/crypto";
import { InspectorId, policyValues, type DrawRegister } from "#shared/exam";
import {
  checkInspectors,
  defaultPolicy,
  drawInspections,
  drawSeed,
  permute,
  registerHash,
  sampleSize,
  type DrawRequest,
} from "#shared/rules";
import { property } from "../../support/property.ts";

const policy = policyValues(defaultPolicy());
const SEED = "2026Q2|61|heritage|2026-05-06";
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at + 1).padStart(2, "0")}`);
const [ORGS, INSPECTORS] = [numbered("ORG", 10), numbered("INS", 6)];
const request = (changes: Partial<DrawRequest> = {}): DrawRequest => ({
  objects: ORGS,
  inspectors: INSPECTORS,
  seed: SEED,
  size: 2,
  perObject: 2,
  always: [],
  isConflicted: () => false,
  ...changes,
});

describe("the vector of the rulebook", () => {
  test("[R58] the two registers come out in the published order, whatever order they went in", () => {
    expect(permute([...ORGS].reverse(), `${SEED}|object`, digest).join(" ")).toBe(
      "ORG03 ORG09 ORG01 ORG04 ORG02 ORG07 ORG10 ORG05 ORG06 ORG08",
    );
    expect(permute(INSPECTORS, `${SEED}|inspector`, digest).join(" ")).toBe(
      "INS06 INS04 INS05 INS03 INS02 INS01",
    );
  });

  test("[R58] the registers have the published hashes, and one id fewer has not", () => {
    const hash = (ids: string[]) => bytesToHex(registerHash(ids, digest));
    expect(hash(ORGS)).toBe("01aaef9c4cc2fd95ce97ea082846be5fcbb69e19d95ed9da217b8ce7dce495da");
    expect(hash(INSPECTORS)).toBe("87513b11d336a447a5f89108fed8a289ae94e7d5556adf7941afb10d26e466cd");
    expect(hash(ORGS.slice(1))).not.toBe(hash(ORGS));
  });

  test("[R58] two objects get two inspectors each, in ring order", () => {
    expect(
      drawInspections(request(), digest).map(({ object, inspectors }) => [object, ...inspectors]),
    ).toEqual([
      ["ORG03", "INS06", "INS04"],
      ["ORG09", "INS05", "INS03"],
    ]);
  });

  test("[R58] a conflicted inspector does not inspect that object, and stays first for the next one", () => {
    const isConflicted = (inspector: string, object: string) => inspector === "INS04" && object === "ORG03";
    expect(drawInspections(request({ isConflicted }), digest)).toEqual([
      { object: "ORG03", inspectors: ["INS06", "INS05"], stoodAside: ["INS04"], because: "DRAWN" },
      { object: "ORG09", inspectors: ["INS04", "INS03"], stoodAside: [], because: "DRAWN" },
    ]);
  });
});

test("[R58] a word that would make some places likelier than others is not used", () => {
  const counters: number[] = [];
  const biased = (bytes: Uint8Array) => {
    counters.push(bytes.at(-1) ?? -1);
    return new Uint8Array(8).fill(counters.length === 1 ? 0xff : 0);
  };
  expect(permute(["a", "b", "c"], "", biased)).toHaveLength(3);
  expect(counters).toEqual([0, 1, 2]);
});

describe("sizes", () => {
  test.each([
    [10, 1],
    [20, 1],
    [21, 2],
    [40, 2],
    [41, 3],
    [62, 4],
  ])("[R59] of %i objects %i are drawn", (objects, size) => {
    expect(sampleSize(objects, policy)).toBe(size);
  });

  test("[R59] an object with a bad record is never left out, and not inspected twice", () => {
    const drawn = drawInspections(request({ always: ["ORG03", "ORG08"] }), digest);
    expect(drawn.map(({ object, because }) => [object, because])).toEqual([
      ["ORG03", "DRAWN"],
      ["ORG09", "DRAWN"],
      ["ORG08", "RECORD"],
    ]);
  });
});

test("[R58] the seed is the name, the secret and the public value; another of the three is another seed", () => {
  const seeds = [
    drawSeed("2026-2", "5e", "03 08"),
    drawSeed("2026-3", "5e", "03 08"),
    drawSeed("2026-2", "5f", "03 08"),
    drawSeed("2026-2", "5e", "03 09"),
  ];
  expect(seeds[0]).toBe("2026-2|5e|03 08");
  expect(new Set(seeds).size).toBe(4);
});

test("[R59] a register that leaves an institution too few inspectors without an interest is refused before the draw", () => {
  const [one, two] = ["one", "two"].map((id) => InstitutionId.parse(id));
  const inspectors = ["a", "b", "c"].map((id) => InspectorId.parse(id));
  if (!one || !two) throw new Error("two institutions");
  const name = { zh: "中心", en: "Centre" };
  const register: DrawRegister = {
    objects: [one, two].map((id) => ({ id, name, always: false })),
    inspectors,
    conflicts: inspectors.slice(1).map((inspector) => ({ inspector, object: two, reason: "DECLARED" })),
  };
  expect(checkInspectors(register, { inspectorsPerObject: 2 })).toEqual({
    allowed: false,
    findings: [
      {
        rule: "R59",
        severity: "block",
        code: "draw.too-few-inspectors",
        facts: { institution: "two", inspectors: 1, least: 2 },
      },
    ],
  });
  expect(checkInspectors(register, { inspectorsPerObject: 1 }).allowed).toBe(true);
});

property(
  "[R58] [R59] a draw is reproducible, within its size, without conflicts and without one inspector twice",
  300,
  [
    fc.string(),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 2, max: 12 }),
    fc.array(fc.tuple(fc.nat(19), fc.nat(11)), { maxLength: 40 }),
  ],
  (seed, objects, inspectors, pairs) => {
    const [orgs, people] = [numbered("ORG", objects), numbered("INS", inspectors)];
    const conflicts = new Set(pairs.map(([object, inspector]) => `${people[inspector]} ${orgs[object]}`));
    const isConflicted = (inspector: string, object: string) => conflicts.has(`${inspector} ${object}`);
    const size = sampleSize(objects, policy);
    const asked = request({ objects: orgs, inspectors: people, seed, size, isConflicted });
    const drawn = drawInspections(asked, digest);
    expect(drawInspections(asked, digest)).toEqual(drawn);
    expect(new Set(drawn.map(({ object }) => object)).size).toBe(size);
    for (const one of drawn) {
      expect(one.inspectors.length).toBeLessThanOrEqual(2);
      expect(new Set(one.inspectors).size).toBe(one.inspectors.length);
      for (const inspector of one.inspectors) expect(isConflicted(inspector, one.object)).toBe(false);
    }
  },
);

property(
  "[R58] a permutation keeps every id and loses none",
  300,
  [fc.uniqueArray(fc.string()), fc.string()],
  (ids, seed) => {
    expect([...permute(ids, seed, digest)].sort()).toEqual([...ids].sort());
  },
);
