// What the registry asks of a divergent panel, as pure functions (R35, R43): whether it is one, who led it, and what nobody can compare.
import { describe, expect, test } from "vitest";
import { fraction, HashId, PersonId } from "#shared/base";
import {
  divergenceIn,
  judgeSettlement,
  leadersAt,
  type Panel,
  type PanelSheet,
} from "../../../registry/acceptance/settlements.ts";
import { aReferencePack } from "../../support/reference-builder.ts";
import { aRubric } from "../../support/wire-builders.ts";

const [ONE, TWO, THREE] = ["e-1", "e-2", "e-3"].map((id) => PersonId.parse(id)) as [
  PersonId,
  PersonId,
  PersonId,
];
const hash = (digit: string) => HashId.parse(`sha256:${digit.repeat(64)}`);
const judged = aRubric().items.find(({ kind }) => kind === "JUDGE")?.no ?? 1;

const sheet = (examiner: PersonId, digit: string, total: number | null, level = 2): PanelSheet => ({
  examiner,
  versions: [
    {
      record: hash(digit),
      figures: total === null ? null : { total: fraction(total), levels: [{ no: judged, level }] },
      isModerated: false,
    },
  ],
});
const panel = (sheets: readonly PanelSheet[], members = sheets.length): Panel => ({
  ...{ sheets, members, rubric: aRubric(), policy: aReferencePack().policy },
});

describe("[R35] [R43] a panel lies too far apart", () => {
  test("by its totals, or by one judgement, and not before its last sheet is here", () => {
    const [a, b] = [sheet(ONE, "b", 80), sheet(TWO, "a", 60)];
    expect(divergenceIn(panel([a, b]))).toEqual({ records: [hash("a"), hash("b")], spread: fraction(20) });
    expect(divergenceIn(panel([a, b], 3))).toBeNull();
    expect(divergenceIn(panel([a, sheet(TWO, "a", 80)]))).toBeNull();
    expect(divergenceIn(panel([a, sheet(TWO, "a", 80, 0)]))).toMatchObject({ spread: fraction(0) });
  });

  test("is said of nobody who marks alone, nor where a figure was not kept", () => {
    expect(divergenceIn(panel([sheet(ONE, "a", 10)]))).toBeNull();
    expect(divergenceIn(panel([sheet(ONE, "a", 10), sheet(TWO, "b", null)]))).toBeNull();
  });
});

test("[R43] over figures that were not kept nobody's settlement can be compared, and it says so", () => {
  const records = [hash("a"), hash("b")];
  const settled = { records, mean: fraction(70), spread: fraction(20), unasked: [ONE, TWO] };
  const of = (total: number | null) =>
    judgeSettlement(settled, { statements: [] }, panel([sheet(ONE, "a", 80), sheet(TWO, "b", total)]));
  expect(of(60)).toBeUndefined();
  expect(of(null)).toBe("figures-unknown");
});

describe("[P22] who led the panel when it was signed", () => {
  const changes = [
    { device: "here", seq: 5, leader: TWO },
    { device: "there", seq: 2, leader: THREE },
  ] as const;
  const at = (seq: number) => leadersAt({ devices: ["here"], seq }, ONE, changes);

  test("is the roster's leader until this laptop signed that somebody else leads", () => {
    expect(at(4)).toEqual([ONE, THREE]);
    expect(at(6)).toEqual([TWO, THREE]);
  });

  test("is not asked of a roster that was judged before it was kept, and is nobody where none leads", () => {
    expect(leadersAt({ devices: ["here"], seq: 9 }, undefined, changes)).toBeNull();
    expect(leadersAt<string>({ devices: ["here"], seq: 9 }, null, [])).toEqual([]);
  });
});
