// Ending a PIN (P20): by an administrator who proves to be one, and never to come back by an older permit.
import { expect, test } from "vitest";
import { createPeople, createSerial } from "../../../electron/desk/index.ts";
import { valueOf } from "../../support/desk-harness.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, openDesk } from "../../support/little-desk.ts";

async function aDesk() {
  const desk = await openDesk();
  const { journal, sessions, keys, person: confirm } = desk;
  const people = createPeople({ journal, sessions, keys, confirm, serial: createSerial() });
  return { ...desk, people, keyOf: (id: typeof LEADER) => journal.view.read("people", id)?.key ?? null };
}

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
  const permits = desk.journal.entries.filter(({ entry }) => entry.body.kind === "permit.received");
  const permit = permits.at(-1)?.entry.body;
  if (!permit) throw new Error("a permit");
  valueOf(await desk.journal.append(null, [{ body: permit }]));
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
