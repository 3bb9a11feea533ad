// The people of a laptop (P20, P22): added, ended and given a new PIN by an administrator who proves to be one, and nothing that
// was ended comes back by an older permit.
import { expect, test } from "vitest";
import { PersonId } from "#shared/base";
import type { NewPerson } from "#shared/ipc";
import { valueOf } from "../../support/desk-harness.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, openDesk } from "../../support/little-desk.ts";
import { anExaminer } from "../../support/staff.ts";

async function aDesk() {
  const desk = await openDesk();
  const rowOf = (id: PersonId) => desk.journal.view.read("people", id);
  return { ...desk, rowOf, keyOf: (id: PersonId) => rowOf(id)?.key ?? null };
}

const permitAgain = async ({ journal }: Awaited<ReturnType<typeof aDesk>>) => {
  const permit = journal.entries.filter(({ entry }) => entry.body.kind === "permit.received").at(-1);
  if (!permit) throw new Error("a permit");
  valueOf(await journal.append(null, [{ body: permit.entry.body }]));
};

test("[P20] an administrator's own PIN ends a person's key; the person gets a new one, and signs with it", async () => {
  const desk = await aDesk();
  const former = desk.keyOf(LEADER);
  await desk.signIn(ADMINISTRATOR);
  valueOf(await desk.people.resetPin(LEADER));
  expect(desk.keyOf(LEADER)).toBeNull();
  expect(desk.keys.hasPerson(LEADER)).toBe(false);
  await desk.signedSheet();
  expect(desk.keyOf(LEADER)).toMatchObject({ permitted: true });
  expect(desk.keyOf(LEADER)?.kid).not.toBe(former?.kid);
});

test("[T6] a permit that still names an ended key does not bring it back", async () => {
  const desk = await aDesk();
  await desk.signIn(ADMINISTRATOR);
  valueOf(await desk.people.resetPin(LEADER));
  await permitAgain(desk);
  expect(desk.keyOf(LEADER)).toBeNull();
  expect(desk.keyOf(EXAMINER)).toMatchObject({ permitted: true });
});

test("[P20] nobody but an administrator ends a key, and not without a PIN", async () => {
  const desk = await aDesk();
  expect(await desk.people.resetPin(LEADER)).toMatchObject({ error: { code: "session.none" } });
  await desk.signIn(EXAMINER);
  expect(await desk.people.resetPin(LEADER)).toMatchObject({ error: { code: "role.not-administrator" } });
  await desk.signIn(ADMINISTRATOR);
  desk.person.answer("999999");
  expect(await desk.people.resetPin(LEADER)).toMatchObject({ error: { code: "person.declined" } });
  expect(desk.keyOf(LEADER)).not.toBeNull();
});

test("[P22] a person is added with their cards, under one spelling of the middle dot, and has no key until they make one", async () => {
  const desk = await aDesk();
  await desk.signIn(ADMINISTRATOR);
  const { person } = valueOf(await desk.people.add(anExaminer("买买提・䶮")));
  expect(desk.rowOf(person)).toMatchObject({
    name: "买买提·䶮",
    roles: ["examiner"],
    key: null,
    ended: null,
    stated: { examiner: [{ person, levels: ["L5", "L4", "L3"] }], supervisor: null },
  });
  expect(desk.person.shown.at(-1)).toMatchObject({ kind: "add-person", name: "买买提·䶮" });
});

test("[P22] nobody but an administrator adds a person, and not without a PIN", async () => {
  const desk = await aDesk();
  const before = desk.journal.view.rows("people").length;
  expect(await desk.people.add(anExaminer())).toMatchObject({ error: { code: "session.none" } });
  await desk.signIn(LEADER);
  expect(await desk.people.add(anExaminer())).toMatchObject({ error: { code: "role.not-administrator" } });
  await desk.signIn(ADMINISTRATOR);
  desk.person.answer(null);
  expect(await desk.people.add(anExaminer())).toMatchObject({ error: { code: "person.declined" } });
  expect(desk.journal.view.rows("people")).toHaveLength(before);
});

test.each<[string, Partial<NewPerson>]>([
  ["an examiner without a card", { examiner: [] }],
  ["a supervisor without a term", { roles: ["supervisor"], examiner: [] }],
  [
    "a card whose term ends before it begins",
    { examiner: anExaminer().examiner.map((card) => ({ ...card, validTo: "2019-01-01" as never })) },
  ],
  [
    "an ordinary examiner's card for level 2",
    { examiner: anExaminer().examiner.map((card) => ({ ...card, levels: ["L2"] })) },
  ],
])("[R18] [R19] [R23] %s is not added", async (_, changes) => {
  const desk = await aDesk();
  await desk.signIn(ADMINISTRATOR);
  expect(await desk.people.add({ ...anExaminer(), ...changes })).toMatchObject({
    error: { code: "person.unqualified" },
  });
});

test("[P22] [S13] whoever is ended is out at once: signed out, no key, no sign-in, no mark; the draft stays theirs", async () => {
  const desk = await aDesk();
  const sheet = await desk.markedSheet();
  expect(await desk.people.end(LEADER, "调离")).toMatchObject({ error: { code: "role.not-administrator" } });
  await desk.signIn(ADMINISTRATOR);
  valueOf(await desk.people.end(LEADER, "调离"));
  expect(desk.rowOf(LEADER)).toMatchObject({ key: null, ended: { reason: "调离" } });
  expect(desk.keys.hasPerson(LEADER)).toBe(false);
  expect(await desk.sessions.open(LEADER)).toMatchObject({ error: { code: "person.ended" } });
  await permitAgain(desk);
  expect(desk.keyOf(LEADER)).toBeNull();
  expect(desk.journal.view.read("sheets", sheet)).toMatchObject({ examiner: LEADER, signature: null });
  expect(await desk.people.resetPin(LEADER)).toMatchObject({ error: { code: "person.ended" } });
  expect(await desk.people.end(LEADER, "再次")).toMatchObject({ error: { code: "person.ended" } });
});

test("[P22] ending the person who is signed in closes their session, also behind the lock", async () => {
  const desk = await aDesk();
  await desk.signIn(EXAMINER);
  await desk.sessions.expel(EXAMINER);
  expect(desk.sessions.current()).toBeNull();
  expect(desk.journal.entries.at(-1)?.entry.body).toMatchObject({ kind: "session.closed", reason: "ended" });
  await desk.signIn(EXAMINER);
  await desk.sessions.lock();
  await desk.sessions.expel(EXAMINER);
  expect(valueOf(await desk.sessions.describe()).locked).toBeNull();
});

test("[P22] the last administrator is not ended; with a second one, either may go", async () => {
  const desk = await aDesk();
  await desk.signIn(ADMINISTRATOR);
  expect(await desk.people.end(ADMINISTRATOR, "调离")).toMatchObject({
    error: { code: "person.last-administrator" },
  });
  valueOf(await desk.people.add({ ...anExaminer("新任"), roles: ["administrator"], examiner: [] }));
  valueOf(await desk.people.end(ADMINISTRATOR, "调离"));
  expect(desk.sessions.current()).toBeNull();
});

test("somebody unknown is neither ended nor given a PIN", async () => {
  const desk = await aDesk();
  await desk.signIn(ADMINISTRATOR);
  const nobody = PersonId.parse("p-99");
  expect(await desk.people.end(nobody, "调离")).toMatchObject({ error: { code: "person.unknown" } });
  expect(await desk.people.resetPin(nobody)).toMatchObject({ error: { code: "person.unknown" } });
});
