// One decision after another (R23, R46, R76): which stands, whichever stick came first, and what is taken away until it is given back.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HashId } from "#shared/base";
import type { Review, ReviewDecision, ReviewSubject } from "#shared/exam";
import { standingReview } from "#shared/rules";
import { candidateRef, testHash } from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

const ofCandidate: ReviewSubject = { kind: "candidate", candidate: candidateRef(1) };
const hashes = (count: number) => Array.from({ length: count }, (_, at) => testHash(`r ${String(at)}`));
const BASIS = testHash("basis");
const about = { sitting: "s" as Review["sitting"], subject: ofCandidate, basis: BASIS };
const link = (hash: HashId, follows: HashId | null, heldSeq: number, refused: string | null = null) => ({
  ...{ ...about, hash, follows, heldSeq, refused, decision: "confirm" as const },
});

describe("one decision after another", () => {
  property(
    "[S12] whichever stick came first, the same decision stands",
    300,
    [
      fc
        .integer({ min: 1, max: 8 })
        .chain((count) => fc.shuffledSubarray(hashes(count), { minLength: count })),
    ],
    (arrived) => {
      const chain = hashes(arrived.length);
      const held = arrived.map((hash, at) => link(hash, chain[chain.indexOf(hash) - 1] ?? null, at + 1));
      expect(standingReview(held, about)?.hash).toBe(chain.at(-1));
    },
  );

  property(
    "a chain with a link missing stands as far as it goes, and a refused decision counts for nothing",
    300,
    [fc.integer({ min: 2, max: 8 }), fc.nat({ max: 7 }), fc.boolean()],
    (count, at, isRefused) => {
      const chain = hashes(count);
      const gone = at % count;
      const held = chain
        .map((hash, i) => link(hash, chain[i - 1] ?? null, i + 1, i === gone ? "review-outdated" : null))
        .filter((_, i) => isRefused || i !== gone);
      expect(standingReview(held, about)?.hash ?? null).toBe(chain[gone - 1] ?? null);
    },
  );

  test("of two that follow the same the first stands until the registry refuses it", () => {
    const [first, mine, theirs] = hashes(3) as [HashId, HashId, HashId];
    const rivals = [link(first, null, 1), link(theirs, first, 3), link(mine, first, 2)];
    expect(standingReview(rivals, about)?.hash).toBe(mine);
    const told = rivals.map((one) => (one.hash === mine ? { ...one, refused: "review-conflict" } : one));
    expect(standingReview(told, about)?.hash).toBe(theirs);
    const other = { ...about, sitting: "t" as Review["sitting"] };
    expect(standingReview(rivals, other)).toBeNull();
    expect(standingReview(rivals, { ...about, subject: { kind: "sitting" } })).toBeNull();
  });

  test.each([
    ["void", true],
    ["re-mark", true],
    ["return", false],
    ["escalate", false],
    ["confirm", false],
  ] as [ReviewDecision, boolean][])(
    "[R76] over a changed basis %s still stands: %s, until a decision follows it",
    (decision, lasts) => {
      const [first, later, answer] = hashes(3) as [HashId, HashId, HashId];
      const changed = { ...about, basis: testHash("changed") };
      const former = [
        { ...link(first, null, 1), decision },
        { ...link(later, null, 2), decision, basis: testHash("between") },
      ];
      expect(standingReview(former, changed)?.hash).toBe(lasts ? later : undefined);
      const followed = [...former, { ...link(answer, later, 3), basis: testHash("beyond") }];
      expect(standingReview(followed, changed)?.hash).toBe(lasts ? first : undefined);
      const given = [...former, { ...link(answer, later, 3), basis: changed.basis }];
      expect(standingReview(given, changed)?.hash).toBe(answer);
    },
  );
});
