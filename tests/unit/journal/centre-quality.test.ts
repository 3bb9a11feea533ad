// The quality of a centre as a fold over rows: who is told names, what is not said of few, and that nothing of a panel that has not
// signed is in it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day, fraction, InstantMs, type PersonId } from "#shared/base";
import { countedInTurn, qualityLimitValues } from "#shared/exam";
import { centreQuality, qualityOffice, type BodyOf, type CentreQuality } from "#shared/journal";
import { defaultQualityLimits } from "#shared/rules";
import {
  aPreparedDay,
  anOpenedCentre,
  candidateRef,
  everyKindRubric,
  holdReceipt,
  nextSeq,
  personId,
  sealDay,
  signSheet,
  sittingId,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { aJudgedDay, OFFICE, PANEL, SUPERVISOR } from "../../support/judged-day.ts";
import { property } from "../../support/property.ts";

const limits = qualityLimitValues(defaultQualityLimits());
const [MILD, STRICT, MILDEST] = PANEL;

function qualityOf(
  { journal: { view } }: Pick<PreparedDay, "journal">,
  asker: PersonId | null,
  year: number | null = null,
) {
  const row = asker === null ? null : (view.read("people", asker) ?? null);
  return centreQuality({ year, asker: row, limits }, view);
}

const peopleIn = ({ severity }: CentreQuality) => severity.examiners.map(({ person }) => person);

/** As main writes it once two have signed. */
function amend(
  day: PreparedDay,
  no: number,
  examiner: PersonId,
  points: number,
  reason: BodyOf<"sheet.amended">["reason"],
) {
  const { journal, sitting } = day;
  const sheet = journal.view
    .rowsOf("sheets", sitting)
    .find((one) => one.candidate === candidateRef(no) && one.examiner === examiner);
  const basis = sheet && countedInTurn(sheet).at(-1)?.hash;
  if (!sheet || !basis) throw new Error("a signed sheet");
  const seq = nextSeq(journal);
  journal.append({ kind: "amendment.opened", sheet: sheet.id, basis }, examiner);
  journal.append(
    {
      ...{ kind: "sheet.amended", sheet: sheet.id, sitting, seq, hash: testHash(`amended ${String(seq)}`) },
      ...{ reason, text: "读错卡尺", total: fraction(points), approvedBy: SUPERVISOR, office: "supervisor" },
    },
    examiner,
  );
}

function recheck({ journal }: PreparedDay, no: number, finding: "UPHELD" | "CORRECTED") {
  journal.append({
    kind: "result.rechecked",
    candidate: candidateRef(no),
    recheck: {
      ...{ submittedOn: Day.parse("2026-11-24"), checkers: [OFFICE, SUPERVISOR], finding },
      ...{ mark: fraction(70), outcome: "PASS" },
    },
  });
}

describe("who is told", () => {
  test("a supervisor reads which examiner a figure is about; the office reads the same figures without names", () => {
    const day = aJudgedDay();
    const [named, unnamed] = [qualityOf(day, SUPERVISOR), qualityOf(day, OFFICE)];
    expect(peopleIn(named)).toEqual([MILDEST, MILD, STRICT]);
    expect(peopleIn(unnamed)).toEqual([null, null, null]);
    expect(JSON.stringify(unnamed)).not.toMatch(/p-\d{3}/);
    expect(unnamed.severity.examiners.map(({ points }) => points)).toEqual(
      named.severity.examiners.map(({ points }) => points),
    );
  });

  test("nobody else is let in, nor anybody who was ended", () => {
    const day = aJudgedDay();
    const office = (id: PersonId) => qualityOffice(day.journal.view.read("people", id)!);
    expect([...PANEL, OFFICE, SUPERVISOR].map(office)).toEqual([null, null, null, "office", "supervisor"]);
    day.journal.append({ kind: "person.ended", person: SUPERVISOR, reason: "调离" }, OFFICE);
    expect(office(SUPERVISOR)).toBeNull();
  });

  test("a supervisor who sat on a panel is told nothing of whom they sat with, and that something was left out", () => {
    const day = aJudgedDay({ roles: ["supervisor", "examiner"] });
    const row = day.journal.view.read("sittings", day.sitting)!;
    const panel = [...row.panel, { person: SUPERVISOR, leader: false }];
    day.journal.view.take([{ table: "sittings", key: row.id, row: { ...row, panel } }]);
    const { severity } = qualityOf(day, SUPERVISOR);
    expect(severity).toMatchObject({ examiners: [], leftOut: 1 });
    expect(qualityOf(day, SUPERVISOR).signed).toBe(72);
  });
});

describe("severity", () => {
  test("says nothing below twenty sheets: not even the figure is in it", () => {
    const { severity } = qualityOf(aJudgedDay({ candidates: 19 }), SUPERVISOR);
    expect(severity.examiners).toHaveLength(3);
    for (const one of severity.examiners)
      expect(one).toMatchObject({ sheets: 19, points: null, interval: null, verdict: "too-few" });
  });

  test("names the strict one stricter, with an interval around what was given less", () => {
    const { severity } = qualityOf(aJudgedDay(), SUPERVISOR);
    const strict = severity.examiners.find(({ person }) => person === STRICT);
    // Seven points less than the work is worth, beside two and four more: ten below their mean.
    expect(strict).toMatchObject({ verdict: "stricter", sheets: 24 });
    expect(strict?.interval?.low).toBeLessThan(-10);
    expect(strict?.interval?.high).toBeGreaterThan(-10);
    expect(strict?.interval?.high).toBeLessThan(-limits.severityPoints);
  });

  test("[R45] counts a candidate only once the whole panel has signed", () => {
    const { severity, signed } = qualityOf(aJudgedDay({ candidates: 24, unsigned: 3 }), SUPERVISOR);
    expect(severity.examiners.map(({ sheets }) => sheets)).toEqual([21, 21, 21]);
    expect(signed).toBe(69);
  });

  test("[R76] a candidate whose marks were taken away says nothing of who sat beside", () => {
    const day = aJudgedDay();
    const subject = { kind: "candidate", candidate: candidateRef(1) } as const;
    day.journal.append(
      {
        ...{ kind: "review.signed", hash: testHash("review"), seq: 901, sitting: day.sitting, subject },
        ...{
          basis: testHash("basis"),
          flags: [],
          decision: "void",
          follows: null,
          reason: "违规",
          question: null,
        },
        second: { person: MILD, office: "panelLeader" },
      },
      SUPERVISOR,
    );
    const sheets = qualityOf(day, SUPERVISOR).severity.examiners.map((one) => one.sheets);
    expect(sheets).toEqual([23, 23, 23]);
  });

  test("of two examiners nothing is told: between two it cannot be seen who is strict", () => {
    const day = aPreparedDay({ candidates: 30, panel: 2 });
    for (let no = 1; no <= 30; no++) for (const one of [1, 2]) signSheet(day, no, personId(one));
    expect(qualityOf(day, OFFICE).severity.examiners).toEqual([]);
  });
});

describe("what became of signed sheets", () => {
  test("rechecks that corrected, of all of them", () => {
    const day = aJudgedDay();
    recheck(day, 1, "CORRECTED");
    recheck(day, 2, "UPHELD");
    expect(qualityOf(day, OFFICE).shares.rechecked).toEqual({ hits: 1, of: 2 });
  });

  test("a second look that came to another total, of those that were taken; an appeal upheld is counted by itself", () => {
    const day = aJudgedDay();
    amend(day, 1, STRICT, 90, "moderation");
    amend(day, 2, STRICT, 91, "appeal");
    amend(day, 3, STRICT, 92, "transcription");
    expect(qualityOf(day, OFFICE).shares).toMatchObject({
      lookedAgain: { hits: 1, of: 1 },
      amended: { hits: 3, of: 3 },
      appealed: { hits: 1, of: 72 },
    });
  });

  test("who kept a sheet in words has looked again and changed nothing", () => {
    const day = aJudgedDay();
    const sheet = day.journal.view.rows("sheets").find(({ examiner }) => examiner === STRICT);
    const { candidate, signature } = sheet!;
    day.journal.append(
      { kind: "sheet.upheld", candidate, record: signature!.hash, reason: "作品已复看" },
      STRICT,
    );
    expect(qualityOf(day, OFFICE).shares.lookedAgain).toEqual({ hits: 0, of: 1 });
  });

  test("an amendment that the registry refused does not stand", () => {
    const day = aJudgedDay();
    amend(day, 1, STRICT, 90, "technical");
    amend(day, 2, STRICT, 90, "technical");
    const sheet = day.journal.view.rows("sheets").find(({ amendments }) => amendments.length > 0)!;
    const amendments = sheet.amendments.map((one) => ({ ...one, refused: "role-not-allowed" }));
    day.journal.view.take([{ table: "sheets", key: sheet.id, row: { ...sheet, amendments } }]);
    expect(qualityOf(day, OFFICE).shares.amended).toEqual({ hits: 1, of: 2 });
  });
});

describe("how long it took", () => {
  test("from signature to sealing, and from there to the receipt; what is not done yet is told apart", () => {
    const day = aPreparedDay({ candidates: 3 });
    for (const no of [1, 2]) signSheet(day, no);
    holdReceipt(day, sealDay(day));
    signSheet(day, 3);
    sealDay(day);
    signSheet({ ...day }, 3, personId(2));
    const { sealing, receipt } = qualityOf(day, OFFICE).delays;
    expect(sealing).toMatchObject({ count: 3, open: 1, doubtful: 0 });
    expect(sealing.times?.shortest).toBeGreaterThan(0);
    expect(sealing.times?.longest).toBeGreaterThan(sealing.times?.shortest ?? 0);
    expect(receipt).toMatchObject({ count: 1, open: 1, doubtful: 0 });
    // The receipt of the builders comes nine hours after nine.
    expect(receipt.times?.middle).toBeGreaterThan(8.9 * 3_600_000);
  });

  test("an end before its beginning is a clock that stood wrong, and no time", () => {
    const day = aPreparedDay({ candidates: 2 });
    signSheet(day, 1);
    const batch = sealDay(day);
    day.journal.append({
      ...{ kind: "receipt.held", batch, receipt: testHash("receipt"), verdict: "accepted", notes: [] },
      ...{ sheets: { accepted: 1, quarantined: 0, rejected: 0 }, regSeq: 7, acceptedAt: InstantMs.parse(1) },
    });
    expect(qualityOf(day, OFFICE).delays.receipt).toEqual({ count: 0, open: 0, doubtful: 1, times: null });
  });
});

describe("a year", () => {
  test("is the newest with a sitting unless another is asked for; one that is not here is not invented", () => {
    const day = aJudgedDay();
    const { journal, rubric } = day;
    const row = journal.view.read("sittings", day.sitting)!;
    const { preparedAt: _, ...sitting } = row;
    journal.view.take([
      {
        table: "sittings",
        key: sittingId(2),
        row: { ...row, ...sitting, id: sittingId(2), day: Day.parse("2025-06-01"), rubric },
      },
    ]);
    expect(qualityOf(day, OFFICE)).toMatchObject({ years: [2026, 2025], year: 2026, signed: 72 });
    expect(qualityOf(day, OFFICE, 2025)).toMatchObject({
      year: 2025,
      signed: 0,
      severity: { examiners: [] },
    });
    expect(qualityOf(day, OFFICE, 1999).year).toBe(2026);
  });

  test("is nothing on a laptop without a sitting", () => {
    const empty = qualityOf({ journal: anOpenedCentre() }, OFFICE);
    expect(empty).toMatchObject({ years: [], year: null, sittings: [], signed: 0 });
    expect(empty.delays.sealing.times).toBeNull();
  });
});

property(
  "whatever was signed, the fold counts all of it, claims nothing of few, and never more than there are",
  60,
  [fc.array(fc.subarray([1, 2, 3]), { minLength: 1, maxLength: 26 }), fc.boolean()],
  (signedBy, isSealed) => {
    const day = aPreparedDay({ rubric: everyKindRubric(), candidates: signedBy.length, panel: 3 });
    signedBy.forEach((who, at) => {
      for (const one of who)
        signSheet(day, at + 1, personId(one), { "5": { kind: "POINTS", steps: 10 + ((at * one * 7) % 20) } });
    });
    if (isSealed) sealDay(day);
    const quality = qualityOf(day, OFFICE);
    const all = signedBy.flat().length;
    const whole = signedBy.filter((who) => who.length === 3).length;
    expect(quality.signed).toBe(all);
    expect(quality.severity.examiners.map(({ sheets }) => sheets)).toEqual(
      whole > 0 ? [whole, whole, whole] : [],
    );
    for (const { sheets, points, interval, verdict } of quality.severity.examiners) {
      const isFew = sheets < limits.severityLeastSheets;
      expect(points === null).toBe(isFew);
      if (isFew) expect([interval, verdict]).toEqual([null, "too-few"]);
      if (interval) {
        expect(interval.low).toBeLessThanOrEqual(points ?? Number.NaN);
        expect(interval.high).toBeGreaterThanOrEqual(points ?? Number.NaN);
      }
    }
    for (const { hits, of } of Object.values(quality.shares)) expect(hits).toBeLessThanOrEqual(of);
    const { count, open, doubtful } = quality.delays.sealing;
    expect([count, open, doubtful]).toEqual(isSealed && all > 0 ? [all, 0, 0] : [0, all, 0]);
  },
);
