// Check-in at the desk (decision 034): one press is one entry, an absence and a check exclude each other, and a draw of workplaces is
// committed to before anybody can know what it will be.
import { describe, expect, test } from "vitest";
import { digestToHashId } from "#shared/base";
import { digest } from "#shared/crypto";
import type { IdCheckSaid } from "#shared/exam";
import { placeOf, seatGroups } from "#shared/journal";
import { drawSeats, seatCommitment } from "#shared/rules";
import {
  candidateAt,
  everybodySigns,
  newestFile,
  receive,
  shareSitting,
  twoLaptops,
} from "../../support/desk-acts.ts";
import { valueOf } from "../../support/desk-harness.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, openDesk, type Desk } from "../../support/little-desk.ts";

const SAID: IdCheckSaid = { document: "idCard", matches: true, note: null };

async function aDay() {
  const desk = await openDesk();
  const sitting = await desk.prepare([LEADER, EXAMINER]);
  await desk.signIn(LEADER);
  return { ...desk, sitting };
}
type Day = Awaited<ReturnType<typeof aDay>>;

const check = (day: Day, no: number) =>
  day.marking.append([
    { kind: "identity.check", sitting: day.sitting, candidate: candidateAt(day, no), said: SAID },
  ]);
const undo = (day: Day, no: number) =>
  day.marking.append([{ kind: "identity.undo", sitting: day.sitting, candidate: candidateAt(day, no) }]);
const rowsOf = (desk: Desk, sitting: Day["sitting"]) => desk.journal.view.rowsOf("candidates", sitting);

test("[R79] a press is one entry, without a PIN and without a signature; nothing of the document but what a list shows is in it", async () => {
  const day = await aDay();
  const before = day.journal.entries.length;
  const shown = day.person.shown.length;
  valueOf(await check(day, 1));
  const [entry] = day.journal.entries.slice(before);
  expect(day.journal.entries).toHaveLength(before + 1);
  expect(entry?.entry).toMatchObject({ actor: LEADER, body: { kind: "identity.checked", ...SAID } });
  expect(Object.keys(entry?.entry.body ?? {}).sort()).toEqual([
    "candidate",
    "document",
    "kind",
    "matches",
    "note",
    "sitting",
  ]);
  expect(day.person.shown).toHaveLength(shown);
});

test("not by another member of the panel, and not twice", async () => {
  const day = await aDay();
  valueOf(await check(day, 1));
  expect(await check(day, 1)).toMatchObject({ error: { code: "check-in.twice" } });
  const twice = {
    kind: "identity.check" as const,
    sitting: day.sitting,
    candidate: candidateAt(day, 2),
    said: SAID,
  };
  expect(await day.marking.append([twice, twice])).toMatchObject({ error: { code: "check-in.twice" } });
  await day.signIn(EXAMINER);
  expect(await check(day, 3)).toMatchObject({ error: { code: "check-in.not-leader" } });
  expect(await undo(day, 1)).toMatchObject({ error: { code: "check-in.not-leader" } });
});

test("[R51] whoever is checked in is not recorded as absent before somebody takes the check back", async () => {
  const day = await aDay();
  valueOf(await check(day, 1));
  everybodySigns(day);
  const shown = day.person.shown.length;
  const absent = () => day.signatures.recordAbsence(day.sitting, candidateAt(day, 1));
  expect(await absent()).toMatchObject({ error: { code: "check-in.present" } });
  expect(day.person.shown).toHaveLength(shown);
  valueOf(await undo(day, 1));
  valueOf(await absent());
  expect(await check(day, 1)).toMatchObject({ error: { code: "candidate.absent" } });
});

describe("workplaces by lot", () => {
  test("[R58] the window knows the commitment and not the secret, until a value is named and both have drawn", async () => {
    const day = await aDay();
    const { commitment } = valueOf(await day.seats.commit(day.sitting));
    const text = JSON.stringify(await day.journal.read(0, 1000));
    const seq = day.journal.head().seq;
    const [kept] = await day.journal.attachments(seq);
    const secret = Buffer.from(kept ?? []).toString("hex");
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(text).not.toContain(secret);
    valueOf(await day.seats.draw({ sitting: day.sitting, value: "4 2 6" }));
    const row = day.journal.view.read("sittings", day.sitting)!;
    expect(row.seatDraw).toMatchObject({ commitment, drawn: { secret, value: "4 2 6", by: LEADER } });
    // Anybody with the roster: the commitment was of this secret, and this is what it draws.
    expect(digestToHashId(seatCommitment(day.sitting, row.roster.hash, secret, digest))).toBe(commitment);
    const again = drawSeats(
      seatGroups(rowsOf(day, day.sitting)),
      { sitting: day.sitting, secret, value: "4 2 6", perRotation: row.perRotation },
      digest,
    );
    expect(again.length).toBe(rowsOf(day, day.sitting).length);
    for (const { candidate, place } of again)
      expect(placeOf(rowsOf(day, day.sitting).find(({ no }) => no === candidate)!)).toBe(place);
  });

  test("[R58] nobody draws before it was committed to, or a second time: no outcome is tried out", async () => {
    const day = await aDay();
    const draw = () => day.seats.draw({ sitting: day.sitting, value: "4 2 6" });
    expect(await draw()).toMatchObject({ error: { code: "seats.uncommitted" } });
    valueOf(await day.seats.commit(day.sitting));
    expect(await day.seats.commit(day.sitting)).toMatchObject({ error: { code: "seats.committed" } });
    valueOf(await draw());
    expect(await draw()).toMatchObject({ error: { code: "seats.drawn" } });
    expect(await day.seats.commit(day.sitting)).toMatchObject({ error: { code: "seats.drawn" } });
  });

  test("an examiner does not draw, and a laptop that took the sitting over does not draw beside the one that prepared it", async () => {
    const day = await aDay();
    await day.signIn(EXAMINER);
    expect(await day.seats.commit(day.sitting)).toMatchObject({ error: { code: "check-in.not-leader" } });
    const laptops = await twoLaptops();
    const { here, there, sitting } = laptops;
    const code = await shareSitting(laptops);
    await there.signIn(ADMINISTRATOR);
    there.person.answer(code);
    await receive(there, newestFile(here).bytes);
    expect(await there.seats.commit(sitting)).toMatchObject({ error: { code: "seats.other-laptop" } });
  });
});
