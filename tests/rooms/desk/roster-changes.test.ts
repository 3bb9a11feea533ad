// The roster on the day, at the desk (rulings 2 and 3): two people are shown main's own words, one entry and one record come of it,
// the batch carries it, and another laptop of the centre takes it over from a stick.
import { describe, expect, test } from "vitest";
import type { PersonId } from "#shared/base";
import { contestedCandidates, leavingOf, recordsOfSitting, type RosterChangeAsked } from "#shared/journal";
import { peekRecord, splitRecords, verifyDelta } from "#shared/wire";
import {
  candidateAt,
  everybodySigns,
  markAndSign,
  newestFile,
  pinOf,
  receive,
  shareSitting,
  twoLaptops,
} from "../../support/desk-acts.ts";
import { valueOf } from "../../support/desk-harness.ts";
import { fullInputs } from "../../support/journal-builders.ts";
import {
  ADMINISTRATOR,
  EXAMINER,
  LEADER,
  openDesk,
  SUPERVISOR,
  type Desk,
} from "../../support/little-desk.ts";

const REASON = "路上堵车";

async function aDay() {
  const desk = await openDesk();
  const sitting = await desk.prepare([LEADER, EXAMINER]);
  await desk.signIn(LEADER);
  return { ...desk, sitting };
}
type Day = Awaited<ReturnType<typeof aDay>>;

const rowOf = (desk: Desk, no: number) => {
  const row = desk.journal.view.read("candidates", candidateAt(desk, no));
  if (!row) throw new Error("a candidate");
  return row;
};

const ask = (day: Day, change: RosterChangeAsked, confirmer: PersonId = SUPERVISOR) =>
  day.rosterChanges.change({ sitting: day.sitting, change, reason: REASON, confirmer });

async function recordAbsence(day: Day, no: number) {
  day.person.answer(day.keys.demoPin(LEADER));
  return day.signatures.recordAbsence(day.sitting, candidateAt(day, no));
}

test("[R51] leader and supervisor are shown the same, in their own windows, and one entry takes the absence back", async () => {
  const day = await aDay();
  valueOf(await recordAbsence(day, 1));
  everybodySigns(day);
  const { hash } = valueOf(await ask(day, { kind: "arrival", candidate: candidateAt(day, 1) }));
  const shown = day.person.shown.slice(-2);
  expect(shown).toMatchObject([
    { kind: "roster-change", as: "panelLeader", change: "arrival", reason: REASON, leader: "林知微" },
    { kind: "roster-change", as: "supervisor", change: "arrival", reason: REASON, confirmer: "韦月桂" },
  ]);
  expect(rowOf(day, 1)).toMatchObject({ absence: null, changes: [{ kind: "arrival", hash, from: null }] });
  expect(await recordAbsence(day, 1)).toMatchObject({ error: { code: "roster.arrived" } });
});

test.each([
  ["the leader", "林知微"],
  ["whoever confirms", "韦月桂"],
])("while %s does not sign, nothing is written", async (_, silent) => {
  const day = await aDay();
  const before = day.journal.entries.length;
  everybodySigns(day, { but: silent });
  const asked = await ask(day, { kind: "withdrawal", candidate: candidateAt(day, 1) });
  expect(asked).toMatchObject({ error: { code: "person.declined" } });
  expect(day.journal.entries).toHaveLength(before);
});

test("what changed while the second window stood open is asked again: nobody signs for a state that is gone", async () => {
  const day = await aDay();
  const gone = { kind: "withdrawal" as const, candidate: candidateAt(day, 1) };
  everybodySigns(day);
  let calls = 0;
  day.person.answer(async (name) => {
    calls += 1;
    if (calls === 2) await day.journal.append(null, [{ body: absenceElsewhere(day, 1) }]);
    return pinOf(day, name);
  });
  expect(await ask(day, gone)).toMatchObject({
    error: { code: "person.declined", facts: { because: "results.changed" } },
  });
  expect(leavingOf(rowOf(day, 1))).toBeNull();
});

function absenceElsewhere(day: Day, no: number) {
  const [entry] = day.journal.entries;
  if (!entry) throw new Error("an entry");
  return {
    kind: "absence.received" as const,
    ...{ sitting: day.sitting, candidate: candidateAt(day, no), seq: 9, hash: entry.hash },
    ...{ at: entry.entry.at, from: "ed25519." + "9".repeat(32), bundle: entry.hash },
  } as never;
}

test("[R46] a second person without a key here is named before anybody types a PIN", async () => {
  const day = await aDay();
  await day.keys.endPerson(SUPERVISOR);
  const shown = day.person.shown.length;
  expect(await ask(day, { kind: "withdrawal", candidate: candidateAt(day, 1) })).toMatchObject({
    error: { code: "roster.confirmer-not-permitted" },
  });
  expect(day.person.shown).toHaveLength(shown);
});

test("[R51] a sheet that was begun is not signed once its candidate left; the count of what is owed says so", async () => {
  const day = await aDay();
  const begin = { kind: "sheet.open" as const, sitting: day.sitting, candidate: candidateAt(day, 1) };
  valueOf(await day.marking.append([{ kind: "conflict.declare", sitting: day.sitting, candidates: [] }]));
  valueOf(await day.marking.append([begin]));
  const [sheet] = day.journal.view.rows("sheets");
  everybodySigns(day);
  valueOf(await ask(day, { kind: "withdrawal", candidate: candidateAt(day, 1) }, ADMINISTRATOR));
  expect(day.person.shown.at(-1)).toMatchObject({ as: "administrator", begun: 1, signed: 0 });
  expect(await day.signatures.signSheet(sheet!.id)).toMatchObject({ error: { code: "candidate.left" } });
  expect(await recordAbsence(day, 1)).toMatchObject({ error: { code: "candidate.left" } });
  expect(day.journal.view.read("sheets", sheet!.id)?.signature).toBeNull();
});

test("[SY1] the batch carries the records in their places, and shows their number beside the PIN", async () => {
  const day = await aDay();
  valueOf(await recordAbsence(day, 1));
  everybodySigns(day);
  valueOf(await ask(day, { kind: "arrival", candidate: candidateAt(day, 1) }));
  valueOf(await ask(day, { kind: "swap", candidates: [candidateAt(day, 2), candidateAt(day, 7)] }));
  await day.signIn(ADMINISTRATOR);
  everybodySigns(day);
  valueOf(await day.day.seal(day.sitting, "只办了名册"));
  expect(day.person.shown.at(-1)).toMatchObject({ kind: "batch", deltas: 2, absent: 1, sheets: 0 });
  const sealed = day.journal.entries.find(({ entry }) => entry.body.kind === "batch.sealed");
  if (sealed?.entry.body.kind !== "batch.sealed") throw new Error("a sealed batch");
  const attachments = await day.journal.attachments(sealed.entry.seq);
  const at = sealed.entry.body.objects.findIndex(({ role }) => role === "pack");
  const records = valueOf(splitRecords(await day.open(attachments[at + 1])));
  const personOf = (kid: string) => day.journal.view.rows("people").find(({ key }) => key?.kid === kid)?.id;
  const deltas = records.flatMap((record) => {
    const delta = peekRecord("delta", record);
    return delta.ok ? [delta.value] : [];
  });
  expect(deltas.map(({ value }) => [value.seq, value.change.kind])).toEqual([
    [3, "arrival"],
    [4, "swap"],
  ]);
  for (const delta of deltas)
    expect(valueOf(verifyDelta(delta, day.lookup(), personOf))).toMatchObject({
      leader: LEADER,
      confirmer: SUPERVISOR,
    });
});

/** The first prepares and hands over, the second takes over. */
async function aSharedDay() {
  const laptops = await twoLaptops();
  const { here: first, there: second, sitting } = laptops;
  const code = await shareSitting(laptops);
  const carry = async (from: Desk, to: Desk) => {
    await to.signIn(ADMINISTRATOR);
    to.person.answer(code);
    return receive(to, newestFile(from).bytes);
  };
  await carry(first, second);
  return { first: { ...first, sitting }, second: { ...second, sitting }, carry };
}

test("absences and changes go to the centre's other laptops with the sheets, once, and in their order", async () => {
  const { first, second, carry } = await aSharedDay();
  await first.signIn(LEADER);
  for (const no of [1, 2]) valueOf(await recordAbsence(first, no));
  everybodySigns(first);
  valueOf(await ask(first, { kind: "arrival", candidate: candidateAt(first, 1) }));
  valueOf(await ask(first, { kind: "withdrawal", candidate: candidateAt(first, 3) }));
  valueOf(await ask(first, { kind: "swap", candidates: [candidateAt(first, 4), candidateAt(first, 9)] }));
  valueOf(await first.carrier.shareSheets(first.sitting));
  const received = await carry(first, second);
  expect(received).toMatchObject({ changes: 5, refused: [] });
  const { device } = second.journal.view.read("centre", "only") ?? {};
  expect(rowOf(second, 1)).toMatchObject({ absence: null, changes: [{ kind: "arrival" }] });
  expect(rowOf(second, 2).absence?.from).not.toBeNull();
  expect(rowOf(second, 2).absence?.from).not.toBe(device);
  expect(leavingOf(rowOf(second, 3))).toMatchObject({ kind: "withdrawal", leader: LEADER });
  expect([4, 9].map((no) => rowOf(second, no).rotation)).toEqual([2, 1]);
  expect(await carry(first, second)).toMatchObject({ changes: 0, refused: [] });
  // Another laptop's word is no record of this one's chain.
  expect(second.journal.view.read("chain", "only")?.seq).toBe(0);
});

test("[P7] a change that does not fit the roster here is refused in words, and the rest is taken", async () => {
  const { first, second, carry } = await aSharedDay();
  await second.signIn(LEADER);
  everybodySigns(second);
  valueOf(await ask(second, { kind: "swap", candidates: [candidateAt(second, 4), candidateAt(second, 9)] }));
  await first.signIn(LEADER);
  everybodySigns(first);
  valueOf(await ask(first, { kind: "swap", candidates: [candidateAt(first, 4), candidateAt(first, 8)] }));
  valueOf(await ask(first, { kind: "withdrawal", candidate: candidateAt(first, 1) }));
  valueOf(await first.carrier.shareSheets(first.sitting));
  expect(await carry(first, second)).toMatchObject({
    changes: 1,
    refused: [{ code: "roster.moved", count: 1 }],
  });
});

describe("[R51] a leaving and the whole panel's sheets, on two laptops", () => {
  /** The examiner marks on the second laptop, the leader on the first, who is then said to have left there. */
  async function aTornDay() {
    const day = await aSharedDay();
    const { first, second } = day;
    const rubric = first.journal.view.rows("rubrics")[0]!.rubric;
    await markAndSign(second, second.sitting, EXAMINER, 1, fullInputs(rubric));
    await markAndSign(first, first.sitting, LEADER, 1, fullInputs(rubric));
    everybodySigns(first);
    valueOf(await ask(first, { kind: "withdrawal", candidate: candidateAt(first, 1) }));
    const give = async (from: Desk, to: Desk) => {
      await from.signIn(ADMINISTRATOR);
      await to.signIn(ADMINISTRATOR);
      valueOf(await from.carrier.shareSheets(first.sitting));
      return receive(to, newestFile(from).bytes);
    };
    return { first, second, give };
  }
  const contested = (desk: Desk & { sitting: Day["sitting"] }) =>
    contestedCandidates(recordsOfSitting(desk.sitting, desk.journal.view));

  test("come together on both: nothing is refused, nothing is lost, and whoever reads the stick is told", async () => {
    const { first, second, give } = await aTornDay();
    expect(await give(first, second)).toMatchObject({ sheets: 1, changes: 1, contested: 1, refused: [] });
    expect(await give(second, first)).toMatchObject({ sheets: 1, contested: 1, refused: [] });
    for (const desk of [first, second]) {
      expect(contested(desk)).toEqual([candidateAt(desk, 1)]);
      expect(desk.journal.view.rows("sheets").filter(({ signature }) => signature)).toHaveLength(2);
      expect(leavingOf(rowOf(desk, 1))).not.toBeNull();
    }
    expect(await give(first, second)).toMatchObject({ contested: 0, refused: [] });
  });
});
