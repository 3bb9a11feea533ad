// A supervisor's decision in the fold (R23, R43, R46, R76): what it rests on, when it stands no more, whose turn it is, and what it
// takes away.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day, fraction, Kid, PersonId, type CandidateRef } from "#shared/base";
import { countingOf, type Review, type ReviewDecision, type ReviewSubject, type Role } from "#shared/exam";
import {
  admitReview,
  basisOf,
  earlierUnsent,
  flagStanding,
  hasReviewed,
  isAmendedSince,
  isHeldBack,
  questionsTo,
  recordsOfSitting,
  remarkersOf,
  reviewState,
  rowsTouched,
  secondFor,
  standingResult,
  subjectsOf,
  waitingCandidates,
  withheldCandidates,
  type BatchRow,
  type ReviewAsked,
} from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  markAbsent,
  nextSeq,
  personId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

const [LEADER, MARKER, OTHER_EXAMINER, CLERK] = [1, 2, 3, 4].map(personId) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const [SUPERVISOR, SECOND] = [PersonId.parse("s-1"), PersonId.parse("s-2")];
const FIRST = candidateRef(1);
const ELSEWHERE = Kid.parse(`ed25519.${"6".repeat(32)}`);
const DAY = Day.parse("2026-11-23");

/** Two members signed for the first candidate, one for the second; two supervisors of the centre. */
function aSignedDay(): PreparedDay {
  const day = aPreparedDay({ candidates: 2, panel: 2 });
  for (const [id, roles] of [
    [SUPERVISOR, ["supervisor"]],
    [SECOND, ["supervisor"]],
  ] as [PersonId, Role[]][])
    day.journal.append(
      {
        kind: "person.added",
        person: { id, name: id, roles },
        stated: {
          examiner: [],
          supervisor: { person: id, kind: "INTERNAL", validFrom: DAY, validTo: Day.parse("2027-11-22") },
        },
      },
      CLERK,
    );
  signSheet(day, 1, LEADER);
  signSheet(day, 1, MARKER);
  signSheet(day, 2, LEADER);
  return day;
}

const recordsOf = ({ journal: { view }, sitting }: PreparedDay) => recordsOfSitting(sitting, view);
const sheetOf = (day: PreparedDay, examiner: PersonId, candidate: CandidateRef = FIRST) => {
  const sheet = recordsOf(day).sheets.find((one) => one.examiner === examiner && one.candidate === candidate);
  if (!sheet) throw new Error("no sheet");
  return sheet;
};
const aboutSheet = (day: PreparedDay, examiner = MARKER): ReviewSubject => {
  const [subject] = subjectsOf(sheetOf(day, examiner));
  if (!subject) throw new Error("no subject");
  return subject;
};
const ofCandidate: ReviewSubject = { kind: "candidate", candidate: FIRST };

const asked = (day: PreparedDay, subject: ReviewSubject, over: Partial<ReviewAsked> = {}): ReviewAsked => ({
  ...{ sitting: day.sitting, subject, decision: "confirm", reason: "看过录像", question: null, second: null },
  ...over,
});

type FlagCode = Review["flags"][number];

/** What main does: the gate, then the entry. */
function decide(
  day: PreparedDay,
  subject: ReviewSubject,
  over: Partial<ReviewAsked> & { readonly flags?: FlagCode[] } = {},
  by = SUPERVISOR,
) {
  const wish = asked(day, subject, over);
  const admitted = admitReview(wish, by, DAY, day.journal.view);
  if (!admitted.ok) return admitted.error.facts?.["code"] ?? admitted.error.code;
  const { basis, follows, second } = admitted.value;
  const seq = nextSeq(day.journal);
  const hash = testHash(`review ${String(seq)}`);
  const { decision, reason, question } = wish;
  day.journal.append(
    {
      ...{ kind: "review.signed", hash, seq, sitting: day.sitting, subject, basis, decision },
      ...{ flags: over.flags ?? [], follows: follows?.hash ?? null, reason, question },
      second: second && { person: second.row.id, office: second.office },
    },
    by,
  );
  return "signed";
}
const voided = { decision: "void", second: LEADER } as const;

function amend(day: PreparedDay, examiner = MARKER, name?: string): void {
  const sheet = sheetOf(day, examiner);
  const basis = countingOf(sheet)?.hash;
  if (!basis) throw new Error("no basis");
  const seq = nextSeq(day.journal);
  day.journal.append({ kind: "amendment.opened", sheet: sheet.id, basis }, examiner);
  day.journal.append(
    {
      ...{
        kind: "sheet.amended",
        sheet: sheet.id,
        sitting: day.sitting,
        seq,
        hash: testHash(name ?? `a ${String(seq)}`),
      },
      ...{
        reason: "technical",
        text: "补记",
        total: fraction(60),
        approvedBy: LEADER,
        office: "panelLeader",
      },
    },
    examiner,
  );
}

function resultOf(day: PreparedDay, candidate = FIRST) {
  const { view } = day.journal;
  const sitting = view.read("sittings", day.sitting)!;
  return standingResult({
    sitting,
    candidate: view.read("candidates", candidate)!,
    sheets: view.rowsOf("sheets", day.sitting),
    rubric: view.read("rubrics", sitting.rubric)!.rubric,
    policy: view.read("centre", "only")!.permit!.reference.policy,
    waiting: waitingCandidates(recordsOf(day)).get(candidate) ?? null,
  });
}
const revisionOf = (day: PreparedDay) => day.journal.view.read("sittings", day.sitting)?.revision;
const nextOf = (day: PreparedDay, subject: ReviewSubject) => reviewState(subject, recordsOf(day)).next;

describe("the gate", () => {
  test("[R23] a supervisor confirms alone; an examiner, a leader and somebody who tallied do not", () => {
    const day = aSignedDay();
    const subject = aboutSheet(day);
    expect(decide(day, subject, {}, OTHER_EXAMINER)).toBe("review.not-supervisor");
    expect(decide(day, subject, {}, LEADER)).toBe("review.on-panel");
    day.journal.append(
      { kind: "results.signed-off", sitting: day.sitting, as: "checker", person: SECOND, sheets: 3 },
      CLERK,
    );
    expect(decide(day, subject, {}, SECOND)).toBe("review.tallied");
    expect(decide(day, subject)).toBe("signed");
    expect(nextOf(day, subject)).toBeNull();
  });

  test("[R46] void needs a second person, and never one whose sheet is looked at", () => {
    const day = aSignedDay();
    const subject = aboutSheet(day);
    expect(decide(day, subject, { decision: "void" })).toBe("review.second-missing");
    expect(decide(day, ofCandidate, voided)).toBe("review.second-examiner");
    expect(decide(day, subject, { decision: "void", second: OTHER_EXAMINER })).toBe(
      "review.second-no-office",
    );
    expect(decide(day, subject, { decision: "void", second: SUPERVISOR })).toBe("review.second-same");
    expect(decide(day, subject, voided)).toBe("signed");
    expect(decide(day, ofCandidate, { decision: "re-mark", second: SECOND })).toBe("signed");
  });

  test("[R45] the second signature is nobody's who marks the candidate and has not signed yet", () => {
    const day = aPreparedDay({ candidates: 1, panel: 2 });
    const whole = aSignedDay();
    signSheet(day, 1, MARKER);
    for (const entry of whole.journal.entries.filter(({ entry }) => entry.body.kind === "person.added"))
      day.journal.append(entry.entry.body, CLERK);
    expect(decide(day, aboutSheet(day), voided)).toBe("review.not-revealed");
    const { people } = secondFor(
      "void",
      aboutSheet(day),
      SUPERVISOR,
      day.journal.view.read("sittings", day.sitting)!,
      recordsOf(day),
      day.journal.view.rows("people"),
    );
    expect(people.map(({ id }) => id)).toEqual([SECOND]);
  });

  test("refuses what is not there, what nobody signed, who is not there, and the same decision twice", () => {
    const day = aSignedDay();
    const unknown = { kind: "sheet", candidate: FIRST, sheet: testHash("none") } as const;
    expect(decide(day, unknown)).toBe("review.unknown-target");
    expect(decide(day, { kind: "candidate", candidate: candidateRef(9) })).toBe("review.unknown-target");
    expect(decide(aPreparedDay({ candidates: 1 }), { kind: "sitting" }, {}, CLERK)).toBe("review.unsigned");
    expect(decide(day, ofCandidate, { decision: "void", second: PersonId.parse("x-1") })).toBe(
      "person.unknown",
    );
    expect(decide(day, ofCandidate, {}, PersonId.parse("x-1"))).toBe("person.ended");
    expect(decide(day, ofCandidate, { sitting: day.sitting.replace(/^./, "A") as never })).toBe(
      "sitting.unknown",
    );
    day.journal.append({ kind: "person.ended", person: SECOND, reason: "离岗" }, CLERK);
    expect(decide(day, ofCandidate, { decision: "void", second: SECOND })).toBe("person.ended");
    expect(decide(day, ofCandidate)).toBe("signed");
    expect(decide(day, ofCandidate)).toBe("review.same");
    expect(decide(day, ofCandidate, { reason: "又看了一遍" })).toBe("signed");
    expect(admitReview(asked(day, ofCandidate), null, DAY, day.journal.view)).toMatchObject({
      error: { code: "session.none" },
    });
  });
});

describe("[R76] what a decision does", () => {
  test("void takes the result away and a later decision of two gives it back; the totals are signed for again", () => {
    const day = aSignedDay();
    const subject = aboutSheet(day);
    const before = resultOf(day);
    expect(decide(day, subject, voided)).toBe("signed");
    expect(resultOf(day)).toMatchObject({ outcome: "WITHHELD", mark: "—", replaced: [before?.mark] });
    expect(resultOf(day, candidateRef(2))?.outcome).not.toBe("WITHHELD");
    expect([nextOf(day, subject), revisionOf(day)]).toEqual(["panel", 1]);
    expect(decide(day, subject)).toBe("review.second-missing");
    expect(decide(day, subject, { second: LEADER })).toBe("signed");
    expect([resultOf(day)?.outcome, nextOf(day, subject), revisionOf(day)]).toEqual([
      before?.outcome,
      null,
      2,
    ]);
  });

  test("re-mark of a whole sitting withholds every candidate, and nobody of its panel opens another sheet", () => {
    const day = aSignedDay();
    expect(decide(day, { kind: "sitting" }, { decision: "re-mark", second: SECOND })).toBe("signed");
    expect([...withheldCandidates(recordsOf(day)).keys()]).toEqual([FIRST, candidateRef(2)]);
    const opened = day.journal.wish(
      { kind: "sheet.open", sitting: day.sitting, candidate: candidateRef(2) },
      MARKER,
    );
    expect(opened).toMatchObject({ error: { code: "candidate.withheld" } });
    const { standing } = reviewState({ kind: "sitting" }, recordsOf(day));
    const { view } = day.journal;
    const people = remarkersOf(view.read("sittings", day.sitting)!, standing!, view.rows("people"));
    expect(people.map(({ id }) => id)).toEqual([OTHER_EXAMINER]);
  });

  test("what is returned waits for its examiner, whose words are no answer to the panel", () => {
    const day = aSignedDay();
    const subject = aboutSheet(day);
    expect(decide(day, subject, { decision: "return" })).toBe("review.no-question");
    expect(decide(day, subject, { decision: "return", question: "第三项？" })).toBe("signed");
    expect(nextOf(day, subject)).toBe("examiner");
    expect(questionsTo(sheetOf(day, MARKER), recordsOf(day))).toHaveLength(1);
    expect(questionsTo(sheetOf(day, LEADER), recordsOf(day))).toEqual([]);
    const uphold = (person: PersonId) =>
      day.journal.wish({ kind: "sheet.uphold", candidate: FIRST, reason: "照片可核" }, person);
    expect(uphold(LEADER)).toMatchObject({ error: { code: "review.not-asked" } });
    expect(uphold(MARKER).ok).toBe(true);
    const state = reviewState(subject, recordsOf(day));
    expect([state.next, state.answers.map(({ reason }) => reason)]).toEqual(["supervisor", ["照片可核"]]);
    expect(questionsTo(sheetOf(day, MARKER), recordsOf(day))).toEqual([]);
    // [R43] What was said to the supervisor was not said with the others' sheets in sight.
    const candidate = day.journal.view.read("candidates", FIRST)!;
    expect(hasReviewed(candidate, sheetOf(day, MARKER), recordsOf(day).sheets)).toBe(false);
  });

  test("what is returned about a candidate waits for every examiner", () => {
    const day = aSignedDay();
    decide(day, ofCandidate, { decision: "return", question: "两人怎么差这么多？" });
    const uphold = (person: PersonId) =>
      day.journal.wish({ kind: "sheet.uphold", candidate: FIRST, reason: "维持" }, person);
    expect(uphold(MARKER).ok).toBe(true);
    expect(nextOf(day, ofCandidate)).toBe("examiner");
    expect(uphold(LEADER).ok).toBe(true);
    expect(nextOf(day, ofCandidate)).toBe("supervisor");
  });

  test("what is escalated is the operator's, and takes nothing away", () => {
    const day = aSignedDay();
    const before = resultOf(day);
    expect(decide(day, ofCandidate, { decision: "escalate" })).toBe("signed");
    expect([nextOf(day, ofCandidate), resultOf(day), revisionOf(day)]).toEqual(["operator", before, 0]);
  });
});

describe("a decision over what no longer counts", () => {
  test("[R46] what was void stays so whatever is amended or signed meanwhile, and comes back by two people alone", () => {
    const day = aSignedDay();
    const subject = aboutSheet(day);
    expect(decide(day, subject, { decision: "void", second: LEADER })).toBe("signed");
    amend(day);
    const held = reviewState(subject, recordsOf(day));
    expect([held.standing?.decision, held.next]).toEqual(["void", "panel"]);
    expect([...withheldCandidates(recordsOf(day)).keys()]).toEqual([FIRST]);
    expect(decide(day, subject, { reason: "更正无误" })).not.toBe("signed");
    expect(decide(day, subject, { reason: "更正无误", second: LEADER })).toBe("signed");
    const given = reviewState(subject, recordsOf(day)).standing;
    expect([given?.decision, given?.follows]).toEqual(["confirm", held.standing?.hash]);
    expect(withheldCandidates(recordsOf(day)).size).toBe(0);
  });

  test.each<ReviewDecision>(["confirm", "return", "escalate"])(
    "%s stands no more once a sheet of it was amended, and the supervisor looks again",
    (decision) => {
      const day = aSignedDay();
      const subject = aboutSheet(day);
      for (const about of [subject, ofCandidate]) decide(day, about, { decision, question: "？" });
      amend(day);
      for (const about of [subject, ofCandidate]) {
        const state = reviewState(about, recordsOf(day));
        expect([state.standing, state.outdated?.decision, state.next]).toEqual([
          null,
          decision,
          "supervisor",
        ]);
      }
      expect(withheldCandidates(recordsOf(day)).size).toBe(0);
      // Over what counts now it begins anew: nothing is followed.
      decide(day, subject, { reason: "更正无误" });
      expect(reviewState(subject, recordsOf(day)).standing).toMatchObject({
        decision: "confirm",
        follows: null,
      });
    },
  );

  property(
    "[R46] [S12] a question and the amendment that answers it come to the same in whatever order they arrive",
    40,
    [
      fc.shuffledSubarray(["asked", "amended", "confirmed"] as const, { minLength: 3 }),
      fc.constantFrom("sheet" as const, "candidate" as const, "sitting" as const),
    ],
    (order, kind) => {
      const [day, other] = [aSignedDay(), aSignedDay()];
      const subject: ReviewSubject =
        kind === "sheet" ? aboutSheet(day) : kind === "candidate" ? ofCandidate : { kind: "sitting" };
      // As it went on the laptop where all of it was signed.
      decide(other, subject, { decision: "return", question: "？" });
      const asked = recordsOf(other).reviews[0]!;
      amend(other, MARKER, "answer");
      decide(other, subject, { reason: "更正无误" });
      const confirmed = recordsOf(other).reviews[1]!;
      const bring = (review: Review) => {
        const { refused: _, from: __, heldSeq: ___, ...said } = review;
        day.journal.append({
          ...{ kind: "review.received", review: said, from: ELSEWHERE, bundle: testHash("bundle") },
        });
      };
      const acts = {
        asked: () => bring(asked),
        amended: () => amend(day, MARKER, "answer"),
        confirmed: () => bring(confirmed),
      };
      for (const act of order) acts[act]();
      const [here, there] = [recordsOf(day), recordsOf(other)];
      expect(reviewState(subject, here).standing?.hash).toBe(reviewState(subject, there).standing?.hash);
      expect(reviewState(subject, here).standing?.hash).toBe(confirmed.hash);
      for (const of of [here, there]) {
        expect(isAmendedSince(asked, of)).toBe(true);
        expect(isAmendedSince(confirmed, of)).toBe(false);
      }
    },
  );

  test("an absence is part of what counts of a candidate and of a sitting", () => {
    const day = aPreparedDay({ candidates: 2, panel: 1 });
    markAbsent(day, 1);
    const basis = basisOf(ofCandidate, recordsOf(day));
    expect(basis).not.toBeNull();
    expect(basisOf({ kind: "candidate", candidate: candidateRef(2) }, recordsOf(day))).toBeNull();
    const sitting = basisOf({ kind: "sitting" }, recordsOf(day));
    signSheet(day, 2, LEADER);
    expect(basisOf({ kind: "sitting" }, recordsOf(day))).not.toBe(sitting);
    expect(basisOf(ofCandidate, recordsOf(day))).toBe(basis);
  });
});

describe("from another laptop and from the registry", () => {
  const THERE = Kid.parse(`ed25519.${"7".repeat(32)}`);
  const received = (day: PreparedDay, over: Partial<Review> = {}) => {
    const subject = aboutSheet(day);
    const basis = basisOf(subject, recordsOf(day));
    if (!basis) throw new Error("no basis");
    const review = {
      ...{ hash: testHash("there"), seq: 4, sitting: day.sitting, subject, basis, follows: null, flags: [] },
      ...{ decision: "void" as const, reason: "录像缺失", question: null, person: SUPERVISOR },
      second: { person: LEADER, office: "panelLeader" as const },
      at: day.journal.entries[0]!.entry.at,
    };
    day.journal.append({
      ...{ kind: "review.received", review, from: THERE, bundle: testHash("bundle") },
      ...(over.refused ? { refused: over.refused } : {}),
    });
    return review;
  };

  test("what came by stick counts as what was signed here, and not where a receipt refused it before", () => {
    const day = aSignedDay();
    received(day);
    expect([resultOf(day)?.outcome, revisionOf(day)]).toEqual(["WITHHELD", 1]);
    const refused = aSignedDay();
    received(refused, { refused: "review-outdated" });
    expect([resultOf(refused)?.outcome, revisionOf(refused)]).not.toContain("WITHHELD");
    expect(revisionOf(refused)).toBe(0);
  });

  test("[SY4] a receipt that refuses it gives the result back, here and wherever it is carried", () => {
    const day = aSignedDay();
    const { hash } = received(day);
    const batch = testHash("batch");
    day.journal.append({
      ...{ kind: "batch.carried", batch, device: THERE, deviceSeq: 1, sitting: day.sitting, sheets: 1 },
      ...{ range: { first: 4, last: 4 }, absent: 0, bundle: testHash("bundle"), reviews: true },
      objects: [{ wire: testHash("w"), hash: testHash("h"), size: 1, role: "pack" }],
    });
    expect(day.journal.view.read("batches", batch)?.kind).toBe("reviews");
    const held = day.journal.append({
      ...{ kind: "receipt.held", batch, receipt: testHash("receipt"), verdict: "quarantined", regSeq: 1 },
      ...{ sheets: { accepted: 0, quarantined: 1, rejected: 0 }, notes: [], acceptedAt: 1 as never },
      reviewed: [{ review: hash, sitting: day.sitting, code: "review-outdated" }],
    });
    expect(rowsTouched(held.entry)).toContainEqual({ table: "reviews", key: hash });
    expect(day.journal.view.read("reviews", hash)?.refused).toBe("review-outdated");
    expect([resultOf(day)?.outcome === "WITHHELD", revisionOf(day)]).toEqual([false, 2]);
  });

  test("[SY32] reviews wait for whatever they may speak of, and nothing waits for reviews but reviews", () => {
    const row = (over: Partial<BatchRow>): BatchRow =>
      ({
        receipt: null,
        carried: false,
        device: "a",
        deviceSeq: 1,
        sealedSeq: 1,
        kind: "results",
        ...over,
      }) as BatchRow;
    const results = row({ deviceSeq: 1, sealedSeq: 1 });
    const theirs = row({ carried: true, device: "b" as Kid, sealedSeq: 5, kind: "amendments" });
    const reviews = row({ deviceSeq: 2, sealedSeq: 3, kind: "reviews" });
    const later = row({ deviceSeq: 3, sealedSeq: 4, kind: "amendments" });
    const all = [results, theirs, reviews, later];
    expect(earlierUnsent(reviews, all)).toEqual([results, theirs]);
    expect(earlierUnsent(later, all)).toEqual([results]);
    expect(isHeldBack(reviews, all)).toBe(true);
    expect(isHeldBack(results, all)).toBe(false);
    const done = all.map((one) => (one === reviews ? one : { ...one, receipt: {} as never }));
    expect(isHeldBack(reviews, done)).toBe(false);
    // Two laptops that settle for one another wait for each other's sheets and for nothing else of each other.
    const settled = row({ deviceSeq: 4, sealedSeq: 6, kind: "settlements" });
    const theirs2 = row({
      carried: true,
      device: "b" as Kid,
      deviceSeq: 2,
      sealedSeq: 7,
      kind: "settlements",
    });
    const ring = [...all, settled, theirs2];
    expect(earlierUnsent(settled, ring)).toEqual([results, theirs, reviews, later]);
    expect(earlierUnsent(theirs2, ring)).toEqual([results, theirs, later]);
    expect(earlierUnsent(later, ring)).toEqual([results]);
  });
});

describe("[T7] a flag that a supervisor looked at", () => {
  const code = "veto-without-evidence" as const;
  const seen = (...flags: FlagCode[]) => ({ flags });
  const about = (day: PreparedDay, examiners = [MARKER]) => ({
    code,
    candidates: [FIRST],
    sheets: examiners.map((one) => sheetOf(day, one).id),
  });
  const standing = (day: PreparedDay, examiners?: PersonId[]) =>
    flagStanding(about(day, examiners), recordsOf(day));
  const ask = { decision: "return", question: "照片在哪里？" } as const;

  test("is decided by a decision about its sheet, its candidate or the sitting that had it in sight, and by no other", () => {
    const day = aSignedDay();
    expect(standing(day)).toEqual({ standing: "open", decision: null });
    decide(day, aboutSheet(day), seen("too-fast"));
    decide(day, aboutSheet(day, LEADER), seen(code));
    expect(standing(day).standing).toBe("open");
    decide(day, ofCandidate, { decision: "void", second: SECOND, ...seen(code) });
    expect(standing(day)).toEqual({ standing: "decided", decision: "void" });
    expect(standing(day, [MARKER, LEADER]).standing).toBe("decided");
    const whole = aSignedDay();
    decide(whole, { kind: "sitting" }, seen(code));
    expect(standing(whole).standing).toBe("decided");
    const ofSitting = { code, candidates: [], sheets: [] };
    expect(flagStanding(ofSitting, recordsOf(whole)).standing).toBe("decided");
    expect(flagStanding(ofSitting, recordsOf(day)).standing).toBe("open");
  });

  test("is asked until the examiner has answered, and open for the supervisor then", () => {
    const day = aSignedDay();
    decide(day, aboutSheet(day), { ...ask, ...seen(code) });
    expect(standing(day)).toEqual({ standing: "asked", decision: "return" });
    day.journal.wish({ kind: "sheet.uphold", candidate: FIRST, reason: "照片留在二号机" }, MARKER);
    expect(standing(day)).toEqual({ standing: "open", decision: "return" });
    decide(day, aboutSheet(day), seen(code));
    expect(standing(day)).toEqual({ standing: "decided", decision: "confirm" });
  });

  test("is open again once its sheet is amended, but not where the result was taken away", () => {
    const [confirmed, gone] = [aSignedDay(), aSignedDay()];
    decide(confirmed, aboutSheet(confirmed), seen(code));
    decide(gone, aboutSheet(gone), { ...voided, ...seen(code) });
    for (const day of [confirmed, gone]) amend(day);
    expect(standing(confirmed).standing).toBe("open");
    expect(standing(gone)).toEqual({ standing: "decided", decision: "void" });
  });

  test("stays decided when another flag of the same sheet is decided after it", () => {
    const day = aSignedDay();
    decide(day, aboutSheet(day), seen(code));
    decide(day, aboutSheet(day), { decision: "escalate", ...seen("too-fast") });
    expect(standing(day)).toEqual({ standing: "decided", decision: "confirm" });
  });
});
