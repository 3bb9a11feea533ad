// A supervisor's decision as main sees it (R23, R46, R76): who is asked for a PIN and over which figures, the record, the batch of its
// own kind, and the way between the centre's laptops by stick, without a network.
import { beforeEach, describe, expect, test } from "vitest";
import type { Bytes, PersonId, SittingId } from "#shared/base";
import { countingOf, type ReviewSubject } from "#shared/exam";
import type { Received, ReviewLine } from "#shared/ipc";
import { basisOf, ONLY, receiptToBody, recordsOfSitting, withheldCandidates } from "#shared/journal";
import { sampleRubrics } from "#shared/rules";
import { verifyReceipt } from "#shared/sync";
import {
  envelopeFrame,
  peekRecord,
  readBundle,
  signRecord,
  splitRecords,
  verifyRecord,
  verifyReview,
  writeBundle,
} from "#shared/wire";
import { sealRecords, shareKeyOf } from "../../../electron/desk/hand-over.ts";
import { keysetLookup, pinnedKeyset } from "../../../electron/desk/index.ts";
import {
  everybodySigns,
  markAndSign,
  newestFile,
  pinOf,
  receive,
  shareSitting,
  twoLaptops,
} from "../../support/desk-acts.ts";
import { DEMO_PEOPLE, TEST_ENVIRONMENT, valueOf } from "../../support/desk-harness.ts";
import { fullInputs } from "../../support/journal-builders.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, SUPERVISOR, type Desk } from "../../support/little-desk.ts";

const rubric = sampleRubrics()[0]!;
let here: Desk;
let there: Desk;
let sitting: SittingId;

beforeEach(async () => {
  ({ here, there, sitting } = await twoLaptops());
  for (const desk of [here, there]) for (const { id } of DEMO_PEOPLE) await desk.signIn(id);
  for (const person of [LEADER, EXAMINER]) await markAndSign(here, sitting, person, 1, fullInputs(rubric));
});

const as = async (desk: Desk, person: PersonId) => {
  await desk.signIn(person);
  everybodySigns(desk);
};
const first = (desk: Desk) => desk.journal.view.rows("candidates").find(({ no }) => no === 1)!;

const aboutSheet = (desk: Desk, examiner = EXAMINER): ReviewSubject => {
  const sheet = desk.journal.view.rows("sheets").find((one) => one.examiner === examiner)!;
  return { kind: "sheet", candidate: sheet.candidate, sheet: sheet.signature!.hash };
};
type Asked = Parameters<Desk["reviews"]["decide"]>[0];
const decide = (desk: Desk, over: Partial<Asked> = {}) =>
  desk.reviews.decide({
    ...{ sitting, subject: aboutSheet(desk), decision: "confirm", reason: "看过录像" },
    ...{ question: null, flags: ["too-fast"], second: null, ...over },
  });
const voided = { decision: "void", second: LEADER } as const;
const asked = (desk: Desk) => desk.person.shown.filter((one) => one.kind === "review");
const linesOf = async (desk: Desk): Promise<readonly ReviewLine[]> => {
  await desk.signIn(SUPERVISOR);
  return valueOf(await desk.reviews.list({ sitting })).reviews;
};
const isWithheld = (desk: Desk) =>
  withheldCandidates(recordsOfSitting(sitting, desk.journal.view)).has(first(desk).ref);

async function recordOf(desk: Desk): Promise<Bytes> {
  const entry = desk.journal.entries.findLast(({ entry }) => entry.body.kind === "review.signed");
  const [record] = entry ? await desk.journal.attachments(entry.entry.seq) : [];
  if (!record) throw new Error("no record");
  return record;
}

describe("[R46] a decision", () => {
  test("is signed over main's own figures, by one where one may and by two where two must", async () => {
    await as(here, SUPERVISOR);
    const { hash } = valueOf(await decide(here, voided));
    expect(asked(here).map(({ as: office, person, second }) => [office, person, second])).toEqual([
      ["first", "韦月桂", "林知微"],
      ["panelLeader", "韦月桂", "林知微"],
    ]);
    expect(asked(here)[0]).toMatchObject({
      ...{ decision: "void", replaced: null, reason: "看过录像", flags: ["too-fast"], more: 0, absent: 0 },
      sheets: [{ examiner: "欧阳修竹", total: "100", vetoes: [], amended: false }],
    });
    const peeked = peekRecord("review", await recordOf(here));
    if (!peeked.ok) throw new Error(peeked.error.code);
    const sheet = here.journal.view.rows("sheets").find(({ examiner }) => examiner === EXAMINER)!;
    expect(peeked.value).toMatchObject({
      hash,
      value: { basis: countingOf(sheet)?.hash, decision: "void", second: { role: "panelLeader" } },
    });
    const personOf = (kid: string) =>
      here.journal.view.rows("people").find(({ key }) => key?.kid === kid)?.id;
    expect(verifyReview(peeked.value, here.lookup(), personOf)).toMatchObject({
      value: { person: SUPERVISOR, second: LEADER },
    });
    expect(here.journal.view.read("chain", ONLY)).toMatchObject({ head: hash });
    expect(await linesOf(here)).toMatchObject([
      { way: "signed", stands: true, next: "panel", remarkers: [], review: { hash, person: SUPERVISOR } },
    ]);
  });

  test("a declined or foreign PIN of either writes nothing", async () => {
    await as(here, SUPERVISOR);
    const leader = "林知微";
    everybodySigns(here, { but: leader });
    expect(await decide(here, voided)).toMatchObject({ error: { code: "person.declined" } });
    here.person.answer(() => Promise.resolve(pinOf(here, leader)));
    expect((await decide(here, voided)).ok).toBe(false);
    here.person.answer(null);
    expect((await decide(here)).ok).toBe(false);
    expect(here.journal.view.rows("reviews")).toEqual([]);
  });

  test("asks nobody for a PIN where a rule forbids it, and says which", async () => {
    const refusalOf = async (over?: Partial<Asked>) => {
      const done = await decide(here, over);
      return done.ok ? "signed" : (done.error.facts?.["code"] ?? done.error.code);
    };
    await as(here, EXAMINER);
    const before = here.person.shown.length;
    expect(await refusalOf()).toBe("review.on-panel");
    await as(here, SUPERVISOR);
    expect(await refusalOf({ decision: "void" })).toBe("review.second-missing");
    expect(await refusalOf({ ...voided, subject: aboutSheet(here, LEADER) })).toBe("review.second-examiner");
    expect(await refusalOf({ decision: "return" })).toBe("review.no-question");
    expect(here.person.shown.slice(before).filter(({ kind }) => kind === "review")).toEqual([]);
    await here.sessions.close();
    expect(await refusalOf()).toBe("session.none");
    expect(await here.reviews.list({ sitting })).toMatchObject({ error: { code: "session.none" } });
  });

  test.each([
    ["another decision stands now", "看过录像"],
    ["the very same was decided elsewhere", "已看"],
  ])("nobody decides about figures that change while their PIN window stands open: %s", async (_, reason) => {
    await as(here, SUPERVISOR);
    here.person.answer(async (name) => {
      const ref = first(here).ref;
      const one = recordsOfSitting(sitting, here.journal.view);
      const basis = basisOf({ kind: "candidate", candidate: ref }, one)!;
      // As a stick that is read meanwhile: another decision about the same stands now.
      if (here.journal.view.rows("reviews").length === 0)
        await here.journal.append(null, [{ body: receivedBody(ref, basis) }]);
      return pinOf(here, name);
    });
    const done = await decide(here, { subject: { kind: "candidate", candidate: first(here).ref }, reason });
    expect(done).toMatchObject({ error: { facts: { because: "results.changed" } } });
    expect(here.journal.view.rows("reviews")).toHaveLength(1);
  });

  test("[R76] [R80] a void keeps nobody else's results back: they are approved without it, and what is given back is approved anew", async () => {
    for (const person of [LEADER, EXAMINER]) await markAndSign(here, sitting, person, 2, fullInputs(rubric));
    await as(here, SUPERVISOR);
    valueOf(await decide(here, voided));
    await seal(here);
    const approve = async () => {
      await as(here, ADMINISTRATOR);
      valueOf(await here.results.signOff({ sitting, as: "approver", person: ADMINISTRATOR }));
      const shown = here.person.shown.at(-1);
      return shown?.kind === "sign-off" ? shown.candidates.map((one) => [one.no, one.outcome]) : [];
    };
    expect(await approve()).toEqual([
      [1, "WITHHELD"],
      [2, "PASS"],
    ]);
    const recheck = async (no: number) => {
      const candidate = here.journal.view.rows("candidates").find((one) => one.no === no)!.ref;
      const submittedOn = here.journal.view.read("sittings", sitting)!.day;
      const done = await here.results.reviewRecheck({
        ...{ candidate, submittedOn, checkers: [SUPERVISOR, ADMINISTRATOR] },
      });
      return done.ok ? "looked at" : done.error.code;
    };
    // Nothing of the first was published: there is nothing to be checked again.
    expect([await recheck(1), await recheck(2)]).toEqual(["results.unpublished", "looked at"]);
    await as(here, SUPERVISOR);
    valueOf(await decide(here, { second: LEADER, reason: "查明无误" }));
    expect(await recheck(2)).toBe("results.unpublished");
    expect(await approve()).toEqual([
      [1, "PASS"],
      [2, "PASS"],
    ]);
  });
});

describe("[R45] who reads what was decided", () => {
  const seenBy = async (person: PersonId): Promise<readonly string[] | string> => {
    await as(here, person);
    const done = await here.reviews.list({ sitting });
    return done.ok
      ? done.value.reviews.map(({ review }) => `${review.decision} ${review.subject.kind}`)
      : done.error.code;
  };

  test("supervisors all of it, the panel what is about its own sheets, and nobody else anything", async () => {
    await as(here, SUPERVISOR);
    valueOf(await decide(here, { subject: aboutSheet(here, LEADER), decision: "escalate" }));
    valueOf(await decide(here, { decision: "return", question: "第三项？" }));
    expect(await seenBy(SUPERVISOR)).toEqual(["return sheet", "escalate sheet"]);
    // Every member has signed: the leader reads both, an examiner what is about their own.
    expect(await seenBy(LEADER)).toEqual(["return sheet", "escalate sheet"]);
    expect(await seenBy(EXAMINER)).toEqual(["return sheet"]);
    expect(await seenBy(ADMINISTRATOR)).toBe("role.not-supervising");
  });

  test("before the whole panel has signed, a member reads nothing about another's sheet, but every question to themselves", async () => {
    await markAndSign(here, sitting, EXAMINER, 2, fullInputs(rubric));
    const sheet = here.journal.view
      .rows("sheets")
      .find((one) => one.examiner === EXAMINER && one.candidate !== first(here).ref)!;
    const { candidate } = sheet;
    await as(here, SUPERVISOR);
    valueOf(await decide(here, { subject: { kind: "candidate", candidate }, decision: "escalate" }));
    const subject = { kind: "sheet", candidate, sheet: sheet.signature!.hash } as const;
    valueOf(await decide(here, { subject, decision: "return", question: "第三项？" }));
    valueOf(await decide(here, { subject: { kind: "sitting" }, decision: "return", question: "都看过吗？" }));
    expect(await seenBy(LEADER)).toEqual(["return sitting"]);
    expect(await seenBy(EXAMINER)).toEqual(["return sitting", "return sheet", "escalate candidate"]);
  });
});

test("[R45] the film tells the leader no decision that looks at a sheet they may not see yet, and the supervisor every one", async () => {
  await markAndSign(here, sitting, EXAMINER, 2, fullInputs(rubric));
  const sheet = here.journal.view
    .rows("sheets")
    .find((one) => one.examiner === EXAMINER && one.candidate === first(here).ref)!.id;
  await as(here, SUPERVISOR);
  valueOf(await decide(here, { subject: { kind: "sitting" }, decision: "escalate" }));
  valueOf(await decide(here));
  const toldTo = async (person: PersonId) => {
    await as(here, person);
    const { entries } = valueOf(await here.supervision.timeline({ sheet }));
    return entries.flatMap(({ body }) => (body.kind === "review.signed" ? [body.subject.kind] : []));
  };
  expect(await toldTo(SUPERVISOR)).toEqual(["sitting", "sheet"]);
  expect(await toldTo(LEADER)).toEqual(["sheet"]);
  await markAndSign(here, sitting, LEADER, 2, fullInputs(rubric));
  expect(await toldTo(LEADER)).toEqual(["sitting", "sheet"]);
});

function receivedBody(
  candidate: ReturnType<typeof first>["ref"],
  basis: ReturnType<typeof basisOf> & string,
) {
  return {
    kind: "review.received" as const,
    review: {
      ...{ hash: basis, seq: 1, sitting, subject: { kind: "candidate" as const, candidate }, basis },
      ...{ follows: null, flags: [], decision: "confirm" as const, reason: "已看", question: null },
      ...{ person: SUPERVISOR, second: null, at: here.journal.entries[0]!.entry.at },
    },
    ...{ from: there.keys.device()!.kid, bundle: basis },
  };
}

async function seal(desk: Desk) {
  await as(desk, ADMINISTRATOR);
  const { batch } = valueOf(await desk.day.seal(sitting, "还有考生未考"));
  return desk.journal.view.read("batches", batch)!;
}

describe("sealing", () => {
  test("decisions travel as a batch of their own kind, cut off from the sheets before them", async () => {
    await as(here, SUPERVISOR);
    const { hash } = valueOf(await decide(here));
    const row = await seal(here);
    expect(here.journal.view.rows("batches").map(({ kind, sheets }) => [kind, sheets])).toEqual([
      ["results", 2],
      ["reviews", 1],
    ]);
    expect(here.person.shown.at(-1)).toMatchObject({ kind: "batch", sheets: 2, reviews: 1 });
    const [manifest, pack] = await here.journal.attachments(row.sealedSeq);
    const read = manifest && verifyRecord("batch", manifest, here.lookup());
    expect(read).toMatchObject({ ok: true, value: { value: { kind: "reviews", sheets: 1 } } });
    const records = splitRecords(await here.open(pack));
    if (!records.ok) throw new Error("no records");
    expect(records.value.map((record) => peekRecord("review", record))).toMatchObject([
      { ok: true, value: { hash } },
    ]);
    expect(await linesOf(here)).toMatchObject([{ way: "sealed" }]);
  });
});

/** The newest file on a laptop's stick. */
async function giveSheets(from: Desk, to: Desk): Promise<Received> {
  await from.signIn(ADMINISTRATOR);
  await to.signIn(ADMINISTRATOR);
  valueOf(await from.carrier.shareSheets(sitting));
  return receive(to, newestFile(from).bytes);
}

/** The sitting and its signed sheets, on the supervisor's own laptop. */
async function giveAll(): Promise<void> {
  const code = await shareSitting({ here, there, sitting });
  await there.signIn(ADMINISTRATOR);
  there.person.answer(code);
  await receive(there, newestFile(here).bytes);
  expect(await giveSheets(here, there)).toMatchObject({ sheets: 2, refused: [] });
}

describe("[S12] by stick between the centre's laptops", () => {
  test("what is decided on the supervisor's own laptop counts on the other one, once", async () => {
    await giveAll();
    await as(there, SUPERVISOR);
    const { hash } = valueOf(await decide(there, voided));
    expect(await giveSheets(there, here)).toMatchObject({ reviews: 1, refused: [] });
    expect(here.journal.view.read("reviews", hash)).toMatchObject({ from: there.keys.device()?.kid });
    expect(isWithheld(here)).toBe(true);
    expect(await giveSheets(there, here)).toMatchObject({ reviews: 0, refused: [] });
    // And home again it is known.
    expect(await giveSheets(here, there)).toMatchObject({ reviews: 0, refused: [] });
    // A later decision here follows the one from there.
    await as(here, SUPERVISOR);
    valueOf(await decide(here, { second: LEADER, reason: "查明无误" }));
    expect([isWithheld(here), here.journal.view.rows("reviews")[1]?.follows]).toEqual([false, hash]);
  });

  test("its sealed batch is carried on, after the sheets it speaks of, and the receipt says on both laptops whether it counts", async () => {
    await giveAll();
    await as(there, SUPERVISOR);
    const { hash } = valueOf(await decide(there));
    const batch = await seal(there);
    expect(batch).toMatchObject({ kind: "reviews", sheets: 1, carried: false });
    expect(await giveSheets(there, here)).toMatchObject({ reviews: 1, batches: 1, refused: [] });
    expect(here.journal.view.read("batches", batch.id)).toMatchObject({ kind: "reviews", carried: true });
    await seal(here);
    await here.signIn(ADMINISTRATOR);
    valueOf(await here.carrier.exportBatches());
    const envelopes = readBundle(newestFile(here).bytes).frames.filter(({ kind }) => kind === "envelope");
    const manifests = envelopes.map(({ bytes }) => peekRecord("batch", bytes));
    expect(manifests.map((one) => (one.ok ? one.value.value.kind : one.error.code))).toEqual([
      "results",
      "reviews",
    ]);
    for (const desk of [here, there]) {
      const own = desk.journal.view.read("batches", batch.id)!;
      const record = desk.registry.receiptFor(own.id, own.device, own.deviceSeq);
      const receipt = verifyReceipt(
        record,
        { ...own, batch: own.id },
        keysetLookup((await pinnedKeyset(desk.journal)).value),
      );
      if (!receipt.ok) throw new Error(receipt.error.code);
      const { value } = receipt.value;
      const refusing = { ...value, notes: [{ seq: own.range.first, code: "review-outdated" }] };
      const body = receiptToBody(own, { ...receipt.value, value: refusing }, desk.journal.view);
      expect(body.reviewed).toEqual([{ review: hash, sitting, code: "review-outdated" }]);
      valueOf(await desk.journal.append(null, [{ body, attachments: [record] }]));
      expect(await linesOf(desk)).toMatchObject([{ way: "refused", stands: false, next: null }]);
    }
  });

  test("what is not signed as it must be, or speaks of what is not here, is refused and named", async () => {
    await giveAll();
    await as(there, SUPERVISOR);
    valueOf(await decide(there, voided));
    const genuine = peekRecord("review", await recordOf(there));
    if (!genuine.ok) throw new Error(genuine.error.code);
    const { value } = genuine.value;
    const signer = async (person: PersonId) =>
      valueOf(await there.keys.unlockPerson(person, there.keys.demoPin(person) ?? ""));
    const [supervisor, leader, examiner] = await Promise.all([SUPERVISOR, LEADER, EXAMINER].map(signer));
    const { second: _, ...alone } = value;
    const unknown = value.basis.replace(/[0-9a-f]{64}$/, "0".repeat(64)) as typeof value.basis;
    const records = [
      // Four eyes, and only two of them signed.
      signRecord("review", value, [supervisor!]),
      signRecord("review", alone, [supervisor!]),
      // An examiner of that very sheet as the second pair.
      signRecord("review", { ...value, second: { kid: examiner!.kid, role: "supervisor" } }, [
        supervisor!,
        examiner!,
      ]),
      // A leader who marked it himself.
      signRecord("review", { ...value, subject: aboutSheet(there, LEADER) }, [supervisor!, leader!]),
      signRecord("review", { ...value, by: { ...value.by, kid: leader!.kid } }, [leader!, supervisor!]),
      signRecord("review", { ...value, follows: unknown }, [supervisor!, leader!]),
      signRecord("review", { ...value, subject: { ...value.subject, sheet: unknown } as never }, [
        supervisor!,
        leader!,
      ]),
    ].map(({ record }) => record);
    const row = here.journal.view.read("sittings", sitting)!;
    const key = await shareKeyOf(row, here.journal);
    if (!key) throw new Error("no key");
    const papers = readBundle(writeBundle(records.map(envelopeFrame)).bytes).frames.map(({ bytes }) => bytes);
    // The laptop's permit travels along, as with every hand-over.
    valueOf(await there.carrier.shareSheets(sitting));
    await here.signIn(ADMINISTRATOR);
    await receive(here, newestFile(there).bytes);
    const before = here.journal.view.rows("reviews").length;
    const bundle = writeBundle([sealRecords(papers, sitting, key, TEST_ENVIRONMENT)]).bytes;
    const { refused, reviews } = await receive(here, bundle);
    expect(reviews).toBe(0);
    expect(here.journal.view.rows("reviews")).toHaveLength(before);
    expect(refused.map(({ count }) => count).reduce((sum, count) => sum + count, 0)).toBe(records.length);
    expect(refused.map(({ code }) => code).sort()).toEqual([
      "review.not-independent",
      "review.second-missing",
      "review.unknown-former",
      "share.unknown-sheet",
      "wire.role-not-allowed",
    ]);
  });
});
