// Workplaces by lot (R58): everybody one, nobody the same, anybody can draw it again, and no place is likelier for anybody.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToHex } from "#shared/base";
import { digest } from "#shared/crypto";
import { drawSeats, permute, seatCommitment, type SeatGroup } from "#shared/rules";
import { property } from "../../support/property.ts";

const SECRET = "5a".repeat(32);
const seed = { sitting: "c2l0dGluZy0xLS0tLS0tLQ", secret: SECRET, value: "骰子 4 2 6", perRotation: 5 };

/** Any roster: numbers 1 to n in rotations, some of which changes of the day have filled or emptied. */
const rosters = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 }),
  )
  .map(([perRotation, rotations]) => {
    const groups = new Map<number, number[]>();
    for (const [at, rotation] of rotations.entries())
      groups.set(rotation, [...(groups.get(rotation) ?? []), at + 1]);
    return {
      perRotation,
      groups: [...groups].map(([rotation, candidates]): SeatGroup => ({ rotation, candidates })),
    };
  });

property(
  "[R58] everybody is drawn once, and in a rotation no workplace twice and none that it does not have",
  300,
  [rosters, fc.string()],
  ({ groups, perRotation }, value) => {
    const seats = drawSeats(groups, { ...seed, value, perRotation }, digest);
    expect(seats.map(({ candidate }) => candidate).sort((a, b) => a - b)).toEqual(
      groups.flatMap(({ candidates }) => candidates).sort((a, b) => a - b),
    );
    for (const { rotation, candidates } of groups) {
      const places = seats.filter((seat) => seat.rotation === rotation).map(({ place }) => place);
      expect(new Set(places).size).toBe(candidates.length);
      const most = Math.max(perRotation, candidates.length);
      expect(places.every((place) => place >= 1 && place <= most)).toBe(true);
    }
  },
);

property(
  "[R58] the same roster, secret and value draw the same, in whatever order the roster is read",
  200,
  [rosters, fc.string(), fc.array(fc.nat(), { minLength: 40, maxLength: 40 })],
  ({ groups, perRotation }, value, order) => {
    const shuffled = groups
      .map(({ rotation, candidates }) => ({
        rotation,
        candidates: candidates
          .map((candidate) => ({ candidate, key: order[candidate - 1] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ candidate }) => candidate),
      }))
      .reverse();
    const byNumber = (of: readonly SeatGroup[]) =>
      drawSeats(of, { ...seed, value, perRotation }, digest).sort((a, b) => a.candidate - b.candidate);
    expect(byNumber(shuffled)).toEqual(byNumber(groups));
  },
);

test("[R58] everybody of a rotation gets each of its workplaces equally often, also where it is not full", () => {
  const draws = 6000;
  for (const count of [3, 5]) {
    const candidates = Array.from({ length: count }, (_, at) => at + 1);
    const times = new Map<string, number>();
    for (let at = 0; at < draws; at++)
      for (const { candidate, place } of drawSeats(
        [{ rotation: 1, candidates }],
        { ...seed, value: String(at) },
        digest,
      )) {
        const cell = `${String(candidate)} ${String(place)}`;
        times.set(cell, (times.get(cell) ?? 0) + 1);
      }
    expect(times.size).toBe(count * 5);
    const expected = draws / 5;
    const deviation = [...times.values()].map(
      (found) => ((found - expected) / Math.sqrt(expected * 0.8)) ** 2,
    );
    // Fifteen or twenty-five cells of one seeded run: each within four deviations of the mean.
    expect(Math.max(...deviation)).toBeLessThan(16);
  }
});

describe("what a draw rests on", () => {
  const groups = [
    { rotation: 1, candidates: [1, 2, 3, 4, 5] },
    { rotation: 2, candidates: [6, 7, 8, 9, 10] },
  ];

  test("[R58] each rotation is permuted by itself, with the seed that is shown afterwards", () => {
    const order = permute(
      ["00001", "00002", "00003", "00004", "00005"],
      `${seed.sitting}|${SECRET}|骰子 4 2 6|seat|2`,
      digest,
    );
    expect(
      drawSeats(groups, seed, digest)
        .filter(({ rotation }) => rotation === 2)
        .map(({ place }) => place),
    ).toEqual(order.map(Number));
  });

  test("[R58] another secret, value or sitting draws otherwise", () => {
    const own = JSON.stringify(drawSeats(groups, seed, digest));
    for (const other of [
      { secret: "5b".repeat(32) },
      { value: "骰子 4 2 5" },
      { sitting: "c2l0dGluZy0yLS0tLS0tLQ" },
    ])
      expect(JSON.stringify(drawSeats(groups, { ...seed, ...other }, digest))).not.toBe(own);
  });

  test("[R58] a commitment is kept by one secret and one roster only", () => {
    const hash = (secret: string, roster: string) =>
      bytesToHex(seatCommitment(seed.sitting, roster, secret, digest));
    expect(hash(SECRET, "sha256:a")).toBe(hash(SECRET, "sha256:a"));
    expect(hash(SECRET, "sha256:b")).not.toBe(hash(SECRET, "sha256:a"));
    expect(hash("5b".repeat(32), "sha256:a")).not.toBe(hash(SECRET, "sha256:a"));
  });
});
