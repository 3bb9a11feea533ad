// Whether a flag is dealt with (R23, T7), by decisions alone: the same rule for a laptop and for the registry.
import { describe, expect, test } from "vitest";
import { SittingId, type HashId } from "#shared/base";
import type { Review, ReviewDecision, ReviewSubject } from "#shared/exam";
import { flagStandingBy } from "#shared/rules";
import { isAllLookedAt } from "#shared/wire";
import { candidateRef, testHash } from "../../support/journal-builders.ts";

const SITTING = SittingId.parse("s".repeat(21) + "A");
const BASIS = testHash("what counts");
const subject: ReviewSubject = { kind: "candidate", candidate: candidateRef(1) };
const decided = (name: string, decision: ReviewDecision, change: Partial<Review> = {}) => ({
  ...{
    hash: testHash(name),
    sitting: SITTING,
    subject,
    basis: BASIS,
    follows: null,
    decision,
    refused: null,
  },
  ...{ flags: ["too-fast"], heldSeq: 1, ...change },
});
type Decided = ReturnType<typeof decided>;

/** What a decision was about, as it stands now. */
interface Looked {
  readonly basis: HashId | null;
  readonly covers: boolean;
  readonly isAnswered: boolean;
}

const standing = (
  reviews: readonly Decided[],
  { basis = BASIS, covers = true, isAnswered = false }: Partial<Looked> = {},
) =>
  flagStandingBy("too-fast", {
    ...{ sitting: SITTING, reviews },
    covers: () => covers,
    basisOf: () => basis,
    isAnswered: () => isAnswered,
  });
const OPEN = { standing: "open", decision: null };

describe("[T7] a flag", () => {
  test("is dealt with by the newest decision that had it in sight, however they are listed", () => {
    const first = decided("first", "confirm");
    const later = decided("later", "escalate", { follows: first.hash, heldSeq: 2 });
    for (const reviews of [
      [first, later],
      [later, first],
    ])
      expect(standing(reviews)).toEqual({ standing: "decided", decision: "escalate" });
  });

  test("is not dealt with by a decision that did not see it, looked at something else, or does not count", () => {
    expect(standing([])).toEqual(OPEN);
    expect(standing([decided("other", "confirm", { flags: ["pass-rate"] })])).toEqual(OPEN);
    expect(standing([decided("elsewhere", "confirm")], { covers: false })).toEqual(OPEN);
    expect(standing([decided("refused", "confirm", { refused: "key-revoked" })])).toEqual(OPEN);
  });

  test("[R46] is open again once what was decided about counts no more, unless a result was taken away", () => {
    const now = { basis: testHash("amended since") };
    expect(standing([decided("before", "confirm")], now)).toEqual(OPEN);
    expect(standing([decided("before", "void")], now)).toEqual({ standing: "decided", decision: "void" });
    expect(standing([decided("before", "void")], { basis: null })).toEqual(OPEN);
  });

  test("waits for an answer while a question stands, and is the supervisor's again with it", () => {
    const asked = decided("asked", "return");
    expect(standing([asked])).toEqual({ standing: "asked", decision: "return" });
    expect(standing([asked], { isAnswered: true })).toEqual({ standing: "open", decision: "return" });
    // Of a question that another decision followed, without this flag in sight, nothing is waited for.
    const after = decided("after", "confirm", { follows: asked.hash, heldSeq: 2, flags: [] });
    expect(standing([asked, after])).toEqual({ standing: "decided", decision: "return" });
  });
});

describe("[R23] a decision looks at all that a flag is about", () => {
  const sheet = (name: string, candidate = candidateRef(1)) => ({ candidate, hash: testHash(name) });
  const ofSheet: ReviewSubject = { kind: "sheet", candidate: candidateRef(1), sheet: testHash("one") };
  const flag = (
    sheets: readonly (ReturnType<typeof sheet> | undefined)[],
    candidates = [candidateRef(1)],
  ) => ({
    candidates,
    sheets,
  });

  test("where it is about every one of its sheets, and not where one is somebody else's or is not signed", () => {
    expect(isAllLookedAt(ofSheet, flag([sheet("one")]))).toBe(true);
    expect(isAllLookedAt(ofSheet, flag([sheet("one"), sheet("two")]))).toBe(false);
    expect(isAllLookedAt(subject, flag([sheet("one"), sheet("two")]))).toBe(true);
    expect(isAllLookedAt(subject, flag([sheet("one"), sheet("two", candidateRef(2))]))).toBe(false);
    expect(isAllLookedAt(subject, flag([sheet("one"), undefined]))).toBe(false);
  });

  test("where it has no sheets by its candidates, and where it has neither by one about the sitting alone", () => {
    expect(isAllLookedAt(subject, flag([]))).toBe(true);
    expect(isAllLookedAt(subject, flag([], [candidateRef(1), candidateRef(2)]))).toBe(false);
    expect(isAllLookedAt(subject, flag([], []))).toBe(false);
    expect(isAllLookedAt({ kind: "sitting" }, flag([undefined], []))).toBe(true);
  });
});
