// A divergent panel settled as main sees it (R35, R43): who is asked for a PIN, what is shown beside it, and what the mark is worth
// before and after.
import { beforeEach, expect, test } from "vitest";
import { fraction, Kid, type PersonId, type SittingId } from "#shared/base";
import type { Rubric } from "#shared/exam";
import { isHeldBack } from "#shared/journal";
import { sampleRubrics } from "#shared/rules";
import { peekRecord, verifyRecord, verifySettlement } from "#shared/wire";
import { fullInputs, poorInputs } from "../../support/journal-builders.ts";
import { markAndSign } from "../../support/desk-acts.ts";
import { valueOf } from "../../support/desk-harness.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, openDesk, type Desk } from "../../support/little-desk.ts";

let desk: Desk;
let sitting: SittingId;
const rubric = (): Rubric => sampleRubrics()[0]!;

beforeEach(async () => {
  desk = await openDesk();
  sitting = await desk.prepare([LEADER, EXAMINER]);
  await markAndSign(desk, sitting, LEADER, 1, fullInputs(rubric()));
  await markAndSign(desk, sitting, EXAMINER, 1, poorInputs(rubric()));
});

const first = () => desk.journal.view.rows("candidates").find(({ no }) => no === 1)!;

async function uphold(person: PersonId): Promise<void> {
  await desk.signIn(person);
  desk.person.answer(desk.keys.demoPin(person));
  valueOf(await keep());
}

const keep = () => desk.settlements.uphold({ candidate: first().ref, reason: "看过接缝，维持" });

const settle = () => desk.settlements.settle({ candidate: first().ref, reason: "接缝判断不同" });

/** What whoever signs for the totals is shown of the candidate. */
async function shownToClerk() {
  await desk.signIn(ADMINISTRATOR);
  desk.person.answer(null); // looks, and does not sign
  await desk.results.signOff({ sitting, as: "clerk", person: ADMINISTRATOR });
  const shown = desk.person.shown.filter((one) => one.kind === "sign-off").at(-1);
  return shown?.candidates.find(({ no }) => no === 1);
}

test("[R43] nothing is settled before both looked again; then the leader's own PIN signs what main computed", async () => {
  expect(await settle()).toMatchObject({ error: { code: "divergence.not-reviewed" } });
  await uphold(LEADER);
  await uphold(EXAMINER);
  desk.person.answer(desk.keys.demoPin(EXAMINER));
  expect(await settle()).toMatchObject({ error: { facts: { because: "secret.wrong" } } });
  desk.person.answer(desk.keys.demoPin(LEADER));
  valueOf(await settle());
  const shown = desk.person.shown.filter((one) => one.kind === "settlement").at(-1);
  expect(shown).toMatchObject({
    spread: "100",
    allowed: "10",
    mark: "50.0",
    outcome: "FAIL",
    reason: "接缝判断不同",
  });
  expect(shown?.sheets.map(({ total, reason }) => [total, reason])).toEqual([
    ["100", "看过接缝，维持"],
    ["0", "看过接缝，维持"],
  ]);
  expect(shown?.items).toHaveLength(rubric().items.length);
  expect(first().settlements).toMatchObject([{ person: LEADER, reason: "接缝判断不同" }]);
});

test("[R43] a declined PIN settles nothing", async () => {
  await uphold(EXAMINER);
  await uphold(LEADER);
  desk.person.answer(null);
  expect(await settle()).toMatchObject({ error: { code: "person.declined" } });
  expect(first().settlements).toEqual([]);
});

test("[R43] nobody signs for the mark of a panel that has not settled: beside the PIN none stands", async () => {
  expect(await shownToClerk()).toMatchObject({ mark: "—", outcome: "DIVERGENT" });
  await uphold(EXAMINER);
  await uphold(LEADER);
  desk.person.answer(desk.keys.demoPin(LEADER));
  valueOf(await settle());
  expect(await shownToClerk()).toMatchObject({ mark: "50.0", outcome: "FAIL" });
});

test("[R43] [R80] results are not approved while a panel has not settled", async () => {
  const approve = async () => {
    await desk.signIn(ADMINISTRATOR);
    return desk.results.signOff({ sitting, as: "approver", person: ADMINISTRATOR });
  };
  await desk.signIn(ADMINISTRATOR);
  desk.person.answer(desk.keys.demoPin(LEADER));
  valueOf(await desk.day.seal(sitting, "其余考生改期"));
  expect(await approve()).toMatchObject({
    error: { code: "results.blocked", facts: { rule: "R43", code: "divergence.unsettled" } },
  });
  await uphold(EXAMINER);
  await uphold(LEADER);
  desk.person.answer(desk.keys.demoPin(LEADER));
  valueOf(await settle());
  expect(await approve()).toMatchObject({ ok: true });
});

test("[R43] [R46] a member keeps their own sheet with their own PIN, over what main has of it, and signs the very record", async () => {
  await desk.signIn(EXAMINER);
  desk.person.answer(desk.keys.demoPin(LEADER));
  expect(await keep()).toMatchObject({ error: { facts: { because: "secret.wrong" } } });
  desk.person.answer(null);
  expect(await keep()).toMatchObject({ error: { code: "person.declined" } });
  expect(first().upheld).toEqual([]);
  await uphold(EXAMINER);
  expect(desk.person.shown.at(-1)).toMatchObject({
    ...{ kind: "upholding", total: "0", others: ["100"], spread: "100", allowed: "10" },
    reason: "看过接缝，维持",
  });
  const [said] = first().upheld;
  const [record] = await desk.journal.attachments(said!.statement!.heldSeq);
  const verified = valueOf(verifyRecord("upholding", record!, desk.lookup()));
  expect(verified).toMatchObject({ hash: said!.statement!.hash, value: { record: said!.record } });
  expect(verified.signers.map(({ kid }) => kid)).toEqual([
    desk.journal.view.read("people", EXAMINER)!.key!.kid,
  ]);
});

test("[R43] [R46] what the leader signs holds the members' own signed words and the exact figures, and takes its place in the chain", async () => {
  await uphold(LEADER);
  await uphold(EXAMINER);
  desk.person.answer(desk.keys.demoPin(LEADER));
  valueOf(await settle());
  const entry = desk.journal.entries.find(({ entry: { body } }) => body.kind === "divergence.settled")!.entry;
  const [record] = await desk.journal.attachments(entry.seq);
  const peeked = valueOf(peekRecord("settlement", record!));
  const { signed } = first().settlements[0]!;
  expect(peeked.value).toMatchObject({
    ...{ mean: fraction(50), spread: fraction(100), unasked: [], seq: signed!.seq },
    records: first()
      .upheld.map((one) => one.record)
      .sort(),
  });
  expect(desk.journal.view.read("chain", "only")).toMatchObject({ seq: signed!.seq, head: signed!.hash });
  const personOf = (kid: string) => desk.journal.view.rows("people").find(({ key }) => key?.kid === kid)?.id;
  const members = { lookup: desk.lookup(), personOf };
  expect(valueOf(verifySettlement(peeked, members, members))).toMatchObject({
    leader: LEADER,
    statements: [{ person: LEADER }, { person: EXAMINER }],
  });
});

test("[SY1] the day carries it in a batch of its own, after the sheets it is about", async () => {
  await uphold(LEADER);
  await uphold(EXAMINER);
  desk.person.answer(desk.keys.demoPin(LEADER));
  valueOf(await settle());
  await desk.signIn(ADMINISTRATOR);
  desk.person.answer(desk.keys.demoPin(LEADER));
  valueOf(await desk.day.seal(sitting, "其余考生改期"));
  expect(desk.person.shown.at(-1)).toMatchObject({ kind: "batch", sheets: 2, settlements: 1 });
  const batches = desk.journal.view.rows("batches");
  expect(batches.map(({ kind, sheets }) => [kind, sheets])).toEqual([
    ["results", 2],
    ["settlements", 1],
  ]);
  expect(isHeldBack(batches[1]!, batches)).toBe(true);
  expect(isHeldBack(batches[0]!, batches)).toBe(false);
});

/** As another laptop's stick or a receipt would: while a PIN window stands open the panel is settled elsewhere. */
function settledMeanwhile(person: PersonId) {
  desk.person.answer(async () => {
    const [entry] = desk.journal.entries;
    const records = desk.journal.view.rows("sheets").map(({ signature }) => signature!.hash);
    const body = {
      ...{ kind: "settlement.received" as const, sitting, candidate: first().ref, person: LEADER },
      ...{ records: records.sort(), reason: "别处已结清", seq: 9, hash: entry!.hash, at: entry!.entry.at },
      ...{ from: Kid.parse(`ed25519.${"9".repeat(32)}`), bundle: entry!.hash },
    };
    valueOf(await desk.journal.append(null, [{ body }]));
    return desk.keys.demoPin(person);
  });
}

test("[R43] nobody keeps a sheet of a panel that was settled while their PIN window stood open, and the window says so", async () => {
  await desk.signIn(EXAMINER);
  settledMeanwhile(EXAMINER);
  expect(await keep()).toMatchObject({ error: { facts: { because: "results.changed" } } });
  expect(first().upheld).toEqual([]);
});

test("[R43] nobody settles a panel that was settled while their PIN window stood open, and the window says so", async () => {
  await uphold(LEADER);
  await uphold(EXAMINER);
  settledMeanwhile(LEADER);
  expect(await settle()).toMatchObject({ error: { facts: { because: "results.changed" } } });
  expect(first().settlements).toMatchObject([{ reason: "别处已结清" }]);
});

test("nobody who is not signed in settles anything", async () => {
  await desk.sessions.close();
  expect(await keep()).toMatchObject({ error: { code: "session.none" } });
  expect(await settle()).toMatchObject({ error: { code: "session.none" } });
});
