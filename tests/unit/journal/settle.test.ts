// A panel that lies apart (R35, R43, R46): nothing is seen before everybody signed, everybody answers for their own sheet, and only
// then the leader for the mark.
import { describe, expect, test } from "vitest";
import { fraction, Kid, PersonId } from "#shared/base";
import { marksOf, type ReviewDecision, type Sheet } from "#shared/exam";
import {
  admitAmendment,
  admitSettlement,
  admitUpholding,
  basisOf,
  hasReviewed,
  maySeeEvidence,
  receiptToBody,
  recordsOfSitting,
  resultIfSettled,
  revealedSheets,
  standingSettlement,
  type JournalView,
  type ReadRow,
} from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  clockAt,
  markAbsent,
  nextSeq,
  personId,
  poorInputs,
  sealDay,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";

const [ONE, TWO, THREE, CLERK] = [personId(1), personId(2), personId(3), personId(4)] as const;
const FIRST = candidateRef(1);

/** Two full sheets and, of the third member, one that earns nothing. */
function divergentDay(): PreparedDay {
  const day = aPreparedDay({ candidates: 2, panel: 3 });
  const rubric = day.journal.view.read("rubrics", day.rubric)!.rubric;
  signSheet(day, 1, ONE);
  signSheet(day, 1, TWO);
  signSheet(day, 1, THREE, poorInputs(rubric));
  return day;
}

function revealed({ journal: { view }, sitting }: PreparedDay) {
  const candidate = view.read("candidates", FIRST)!;
  const row = view.read("sittings", sitting)!;
  return { candidate, sheets: revealedSheets(row, candidate, view.rowsOf("sheets", sitting)) };
}

const uphold = (day: PreparedDay, person: PersonId | null, reason = "已复看作品") => {
  const admitted = admitUpholding(FIRST, person, day.journal.view);
  if (!admitted.ok) return admitted.error.code;
  const { hash: record } = admitted.value.counting;
  const statement = testHash(`statement ${String(day.journal.entries.length)}`);
  day.journal.append({ kind: "sheet.upheld", candidate: FIRST, record, reason, statement }, person);
  return "written";
};
const settling = ({ journal: { view } }: PreparedDay) => {
  const admitted = admitSettlement(FIRST, view);
  return admitted.ok ? admitted.value : admitted.error;
};
function settle(day: PreparedDay): void {
  const admitted = admitSettlement(FIRST, day.journal.view);
  if (!admitted.ok) throw new Error(admitted.error.code);
  const { leader, records } = admitted.value;
  const seq = nextSeq(day.journal);
  day.journal.append(
    {
      kind: "divergence.settled",
      candidate: FIRST,
      person: leader,
      records: [...records],
      reason: "裂隙看法不同",
      signed: { sitting: day.sitting, seq, hash: testHash("settlement") },
    },
    leader,
  );
}

describe("commit, then reveal", () => {
  test("[R45] the sheets of a candidate are seen together when the last member has signed, and not before", () => {
    const day = aPreparedDay({ candidates: 1, panel: 3 });
    signSheet(day, 1, ONE);
    signSheet(day, 1, TWO);
    expect(revealed(day).sheets).toBeNull();
    signSheet(day, 1, THREE);
    expect(revealed(day).sheets?.map(({ examiner }) => examiner)).toEqual([ONE, TWO, THREE]);
  });

  test("an absent candidate has nothing to reveal", () => {
    const day = aPreparedDay({ candidates: 1, panel: 1 });
    markAbsent(day, 1);
    expect(revealed(day).sheets).toBeNull();
  });

  test("[R45] a member sees another's picture once everybody signed, and somebody outside the panel never", () => {
    const day = aPreparedDay({ candidates: 1, panel: 2 });
    const { journal } = day;
    const sheet = signSheet(day, 1, ONE);
    const picture = { hash: testHash("picture"), size: 1, type: "image/png", width: 1, height: 1 } as const;
    journal.append({ kind: "evidence.added", sheet, item: 1, ...picture }, ONE);
    const sees = (person: PersonId) => maySeeEvidence(sheet, picture.hash, person, journal.view).ok;
    expect([sees(TWO), sees(CLERK)]).toEqual([false, false]);
    signSheet(day, 1, TWO);
    expect([sees(TWO), sees(CLERK)]).toEqual([true, false]);
  });

  test("[R45] the leader, who marks too, sees no picture of another before signing", () => {
    const day = aPreparedDay({ candidates: 1, panel: 2 });
    const { journal } = day;
    const sheet = signSheet(day, 1, TWO);
    const picture = { hash: testHash("picture"), size: 1, type: "image/png", width: 1, height: 1 } as const;
    journal.append({ kind: "evidence.added", sheet, item: 1, ...picture }, TWO);
    const sees = () => maySeeEvidence(sheet, picture.hash, ONE, journal.view).ok;
    expect(sees()).toBe(false);
    signSheet(day, 1, ONE);
    expect(sees()).toBe(true);
  });

  test("[R45] who marks the candidate and has not signed approves no amendment of another's sheet", () => {
    const day = aPreparedDay({ candidates: 1, panel: 2 });
    const { view } = day.journal;
    const sheet = signSheet(day, 1, TWO);
    day.journal.wish({ kind: "amendment.open", sheet }, TWO);
    const input = poorInputs(view.read("rubrics", day.rubric)!.rubric)["1"]!;
    day.journal.wish({ kind: "mark.set", sheet, item: 1, input }, TWO);
    const asked = { sheet, reason: "transcription", text: "看错一行", approver: ONE } as const;
    const code = () => {
      const admitted = admitAmendment(asked, TWO, view);
      return admitted.ok ? "admitted" : admitted.error.code;
    };
    expect(code()).toBe("amendment.not-revealed");
    signSheet(day, 1, ONE);
    expect(code()).toBe("admitted");
  });
});

describe("settling", () => {
  test("[R43] [R46] each member answers for their own sheet, and nobody else for it", () => {
    const day = divergentDay();
    expect(uphold(day, null)).toBe("session.none");
    expect(uphold(day, CLERK)).toBe("sitting.not-on-panel");
    expect(uphold(day, THREE)).toBe("written");
    const { candidate, sheets } = revealed(day);
    expect(sheets?.map((sheet) => hasReviewed(candidate, sheet, sheets))).toEqual([false, false, true]);
  });

  test("[R35] [R43] the leader settles when every member looked again, and not before", () => {
    const day = divergentDay();
    for (const member of [THREE, ONE]) uphold(day, member);
    expect(settling(day)).toMatchObject({ code: "divergence.not-reviewed", facts: { sheets: 1 } });
    uphold(day, TWO);
    expect(settling(day)).toMatchObject({
      leader: ONE,
      mean: fraction(200, 3),
      divergence: { spread: fraction(100) },
      statements: [ONE, TWO, THREE].map((examiner) => ({ examiner, statement: { from: null } })),
      unasked: [],
    });
    settle(day);
    expect(settling(day)).toMatchObject({ code: "divergence.settled" });
    expect(uphold(day, TWO)).toBe("divergence.settled");
    const { candidate, sheets } = revealed(day);
    expect(standingSettlement(candidate, sheets ?? [])?.reason).toBe("裂隙看法不同");
    expect(standingSettlement(candidate, [...(sheets ?? [])].reverse())?.person).toBe(ONE);
  });

  test("a settlement is about the sheets it named: with one of them changed the question is open again", () => {
    const day = divergentDay();
    for (const member of [ONE, TWO, THREE]) uphold(day, member);
    settle(day);
    const { candidate, sheets } = revealed(day);
    const changed = sheets?.map((sheet, at) =>
      at === 0 && sheet.signature
        ? { ...sheet, signature: { ...sheet.signature, hash: testHash("another") } }
        : sheet,
    );
    expect(standingSettlement(candidate, changed ?? [])).toBeNull();
    expect(changed?.map((sheet) => hasReviewed(candidate, sheet, changed))).toEqual([false, true, true]);
  });

  test("[P22] a member who was ended cannot be asked any more, and the panel can still settle", () => {
    const day = divergentDay();
    for (const member of [ONE, TWO]) uphold(day, member);
    expect(settling(day)).toMatchObject({ code: "divergence.not-reviewed" });
    day.journal.append({ kind: "person.ended", person: THREE, reason: "调离" }, CLERK);
    expect(uphold(day, THREE)).toBe("person.ended");
    expect(settling(day)).toMatchObject({ leader: ONE, statements: [{}, {}], unasked: [THREE] });
  });

  test("[P22] a member whom this laptop knows nothing of was not ended, and is waited for", () => {
    const day = divergentDay();
    for (const member of [ONE, TWO]) uphold(day, member);
    const { view } = day.journal;
    const read = ((table, key) =>
      table === "people" && key === THREE ? undefined : view.read(table, key)) as ReadRow;
    expect(admitSettlement(FIRST, { ...view, read })).toMatchObject({
      error: { code: "divergence.not-reviewed", facts: { sheets: 1 } },
    });
  });

  test("[R43] a moderation answers the panel only when it was signed after every sheet of it", () => {
    const day = divergentDay();
    const { candidate, sheets } = revealed(day);
    const [first, second, third] = sheets ?? [];
    if (!first?.signature || !second?.signature || !third) throw new Error("three sheets were signed");
    const amended = (seq: number): Sheet => ({
      ...third,
      amendments: [
        {
          ...{ seq, hash: testHash("amendment"), basis: third.signature!.hash, reason: "moderation" },
          ...{ text: "重看后更正", marks: marksOf(third), total: first.signature!.total },
          ...{ approvedBy: ONE, office: "panelLeader", at: third.startedAt, refused: null, from: null },
        },
      ],
    });
    const reviewed = (seq: number, others = [first, second]) =>
      hasReviewed(candidate, amended(seq), [...others, amended(seq)]);
    expect(reviewed(third.signature!.seq + 1)).toBe(true);
    expect(reviewed(second.signature.seq)).toBe(false);
    const elsewhere = { ...second, from: Kid.parse(`ed25519.${"e".repeat(32)}`) };
    expect(reviewed(third.signature!.seq + 1, [first, elsewhere])).toBe(false);
  });

  test("[R38] what will stand is the result with its vetoes, and not the bare mean", () => {
    const day = divergentDay();
    const { view } = day.journal;
    const rubric = view.read("rubrics", day.rubric)!.rubric;
    const policy = view.read("centre", "only")!.permit!.reference.policy;
    const { sheets } = revealed(day);
    const vetoed = (sheets ?? []).map((sheet, at) =>
      at === 0
        ? { ...sheet, vetoes: [rubric.vetoes.find(({ effect }) => effect === "FAIL_PART")!.code] }
        : sheet,
    );
    expect(resultIfSettled(sheets ?? [], rubric, policy)?.outcome).toBe("PASS");
    const result = resultIfSettled(vetoed, rubric, policy);
    expect(result?.outcome).toBe("FAIL");
    expect(result?.mark?.rounded).toEqual(fraction(59));
  });

  test("a panel that agrees, or has not all signed, has nothing to settle", () => {
    const agreed = aPreparedDay({ candidates: 1, panel: 2 });
    signSheet(agreed, 1, ONE);
    expect(uphold(agreed, ONE)).toBe("divergence.not-revealed");
    signSheet(agreed, 1, TWO);
    expect(uphold(agreed, ONE)).toBe("divergence.none");
    expect(settling(agreed)).toMatchObject({ code: "divergence.none" });
    const unknown = admitUpholding(candidateRef(9), ONE, agreed.journal.view);
    expect(unknown).toMatchObject({ error: { code: "candidate.unknown" } });
  });

  test("[R46] nobody keeps a sheet without a signature: the window's wish is for answers to a supervisor", () => {
    const day = divergentDay();
    const wished = day.journal.wish({ kind: "sheet.uphold", candidate: FIRST, reason: "维持" }, ONE);
    expect(wished).toMatchObject({ error: { code: "review.not-asked" } });
  });

  test("[SY4] what the registry does not count stands no more, and who signed for the totals signs again", () => {
    const day = divergentDay();
    for (const member of [ONE, TWO, THREE]) uphold(day, member);
    settle(day);
    const revision = () => day.journal.view.read("sittings", day.sitting)!.revision;
    const before = revision();
    const batch = sealDay(day);
    const receipt = (code: string | null) =>
      day.journal.append({
        ...{ kind: "receipt.held", batch, receipt: testHash(String(code)), verdict: "accepted", notes: [] },
        ...{ sheets: { accepted: 1, quarantined: 0, rejected: 0 }, regSeq: 1, acceptedAt: clockAt(9).wall },
        settled: [{ settlement: testHash("settlement"), candidate: FIRST, sitting: day.sitting, code }],
      });
    receipt(null);
    expect(revision()).toBe(before);
    expect(settling(day)).toMatchObject({ code: "divergence.settled" });
    receipt("settlement-outdated");
    expect(revision()).toBe(before + 1);
    const { candidate, sheets } = revealed(day);
    expect(standingSettlement(candidate, sheets ?? [])).toBeNull();
    expect(settling(day)).toMatchObject({ leader: ONE });
  });
});

test("[SY4] a receipt asks only the sittings of its batch where settlements lie that it speaks of", () => {
  const day = divergentDay();
  for (const member of [ONE, TWO, THREE]) uphold(day, member);
  settle(day);
  const { view } = day.journal;
  const { seq } = revealed(day).candidate.settlements[0]!.signed!;
  const asked: string[] = [];
  const watched = {
    rows: ((table) => (asked.push(table), view.rows(table))) as JournalView["rows"],
    rowsOf: ((table, sitting) => (asked.push(sitting), view.rowsOf(table, sitting))) as JournalView["rowsOf"],
  };
  const batch = {
    ...{ id: testHash("batch"), kind: "settlements" as const, carried: false, amended: [] },
    ...{ device: Kid.parse(`ed25519.${"e".repeat(32)}`), range: { first: seq, last: seq } },
    covers: [day.sitting],
  };
  const value = { verdict: "accepted", notes: [{ seq, code: "settlement-outdated" }] };
  const receipt = { hash: testHash("receipt"), value } as never;
  expect(receiptToBody(batch, receipt, watched).settled).toMatchObject([
    { candidate: FIRST, sitting: day.sitting, code: "settlement-outdated" },
  ]);
  expect(asked).toEqual([day.sitting]);
});

describe("what was recorded before it was signed", () => {
  const old = (day: PreparedDay, members: readonly PersonId[]) => {
    const { sheets } = revealed(day);
    for (const { examiner, signature } of sheets ?? [])
      if (members.includes(examiner))
        day.journal.append(
          { kind: "sheet.upheld", candidate: FIRST, record: signature!.hash, reason: "旧记录" },
          examiner,
        );
    return (sheets ?? []).map(({ signature }) => signature!.hash).sort();
  };

  test("[P4] stands as it did, and can be signed once everybody has signed for their own words", () => {
    const day = divergentDay();
    const records = old(day, [ONE, TWO, THREE]);
    day.journal.append(
      { kind: "divergence.settled", candidate: FIRST, person: ONE, records, reason: "旧记录" },
      ONE,
    );
    const { candidate, sheets } = revealed(day);
    expect(standingSettlement(candidate, sheets ?? [])).toMatchObject({ reason: "旧记录", signed: null });
    expect(candidate.upheld).toMatchObject([{ statement: null }, { statement: null }, { statement: null }]);
    expect(settling(day)).toMatchObject({ code: "divergence.not-reviewed", facts: { sheets: 3 } });
    for (const member of [ONE, TWO, THREE]) expect(uphold(day, member)).toBe("written");
    settle(day);
    const now = revealed(day);
    expect(standingSettlement(now.candidate, now.sheets ?? [])?.reason).toBe("裂隙看法不同");
    expect(now.candidate.settlements).toHaveLength(2);
  });

  test("[R46] words that their author did not sign are no answer to the panel", () => {
    const day = divergentDay();
    old(day, [TWO]);
    for (const member of [ONE, THREE]) uphold(day, member);
    expect(settling(day)).toMatchObject({ code: "divergence.not-reviewed", facts: { sheets: 1 } });
  });
});

describe("by stick", () => {
  const from = Kid.parse(`ed25519.${"7".repeat(32)}`);

  test("[R43] what a member signed on another laptop counts here, and so does what the leader settled there", () => {
    const day = divergentDay();
    const { sheets } = revealed(day);
    for (const member of [ONE, THREE]) uphold(day, member);
    day.journal.append({
      ...{ kind: "upholding.received", sitting: day.sitting, candidate: FIRST, examiner: TWO },
      ...{ record: sheets![1]!.signature!.hash, reason: "维持", statement: testHash("there") },
      ...{ at: clockAt(1), from, bundle: testHash("bundle") },
    });
    const asked = settling(day);
    expect(asked).toMatchObject({ statements: [{}, { statement: { hash: testHash("there"), from } }, {}] });
    const records = "records" in asked ? [...asked.records] : [];
    const settled = (hash: string, refused?: string) =>
      day.journal.append({
        ...{ kind: "settlement.received", sitting: day.sitting, candidate: FIRST, person: ONE, records },
        ...{ reason: "另一台", seq: 4, hash: testHash(hash), at: clockAt(2), from, bundle: testHash("b") },
        ...(refused === undefined ? {} : { refused }),
      });
    settled("one", "statement-missing");
    expect(settling(day)).toMatchObject({ leader: ONE });
    settled("two");
    expect(settling(day)).toMatchObject({ code: "divergence.settled" });
  });

  test("an examiner of another panel upholds nothing", () => {
    const day = aPreparedDay({ candidates: 1, panel: 2 });
    const rubric = day.journal.view.read("rubrics", day.rubric)!.rubric;
    signSheet(day, 1, ONE);
    signSheet(day, 1, TWO, poorInputs(rubric));
    expect(uphold(day, THREE)).toBe("sitting.not-on-panel");
  });
});

describe("somebody is said to have left whom the whole panel signed for (R46, R51)", () => {
  const [SUPERVISOR, SECOND] = [PersonId.parse("s-1"), PersonId.parse("s-2")];
  const from = Kid.parse(`ed25519.${"7".repeat(32)}`);

  function leave({ journal, sitting }: PreparedDay): void {
    journal.append({
      ...{ kind: "roster.change-received", sitting, change: { kind: "withdrawal", candidate: FIRST } },
      ...{ reason: "身体不适", seq: 9, hash: testHash("leaving"), leader: ONE, confirmedBy: SUPERVISOR },
      ...{ office: "supervisor", at: clockAt(1), from, bundle: testHash("bundle") },
    });
  }

  function decide({ journal, sitting }: PreparedDay, decision: ReviewDecision): void {
    const subject = { kind: "candidate", candidate: FIRST } as const;
    const basis = basisOf(subject, recordsOfSitting(sitting, journal.view));
    if (!basis) throw new Error("the panel signed");
    journal.append({
      kind: "review.received",
      review: {
        ...{ hash: testHash(decision), seq: 20, sitting, subject, basis, follows: null, flags: [] },
        ...{ decision, reason: "看过两份记录", question: null, person: SUPERVISOR, at: clockAt(2) },
        second: { person: SECOND, office: "supervisor" },
      },
      ...{ from, bundle: testHash("bundle") },
    });
  }

  test("[R43] confirmed as marked by two, their panel settles what lies apart like any other", () => {
    const day = divergentDay();
    leave(day);
    decide(day, "confirm");
    expect(settling(day)).toMatchObject({ code: "divergence.not-reviewed", facts: { sheets: 3 } });
    for (const member of [ONE, TWO, THREE]) expect(uphold(day, member)).toBe("written");
    expect(settling(day)).toMatchObject({ leader: ONE });
  });

  test("[R45] [R51] where the leaving stands there is nothing to settle, and nobody sees another's sheet", () => {
    const day = divergentDay();
    const sheet = day.journal.view.rowsOf("sheets", day.sitting)[0]!.id;
    const picture = { hash: testHash("picture"), size: 1, type: "image/png", width: 1, height: 1 } as const;
    day.journal.append({ kind: "evidence.added", sheet, item: 1, ...picture }, ONE);
    leave(day);
    const sees = () => maySeeEvidence(sheet, picture.hash, TWO, day.journal.view).ok;
    expect(sees()).toBe(true);
    decide(day, "void");
    expect(settling(day)).toMatchObject({ code: "divergence.not-revealed" });
    expect(uphold(day, TWO)).toBe("divergence.not-revealed");
    expect(sees()).toBe(false);
  });
});
