// An incident at the desk (rulings 2, R76): main shows the words as they will stand, the person signs them, the batch carries them.
import { expect, test } from "vitest";
import { InstantMs } from "#shared/base";
import type { IncidentReport } from "#shared/exam";
import { peekRecord, splitRecords, verifyIncident } from "#shared/wire";
import { CLOCK, valueOf } from "../../support/desk-harness.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, openDesk } from "../../support/little-desk.ts";

async function aDay() {
  const desk = await openDesk();
  const sitting = await desk.prepare([LEADER, EXAMINER]);
  const [candidate] = desk.journal.view.rowsOf("candidates", sitting);
  if (!candidate) throw new Error("a candidate");
  await desk.signIn(EXAMINER);
  const report: IncidentReport = {
    ...{ kind: "breach", tier: "C2", happenedAt: InstantMs.parse(CLOCK.wall - 60_000) },
    ...{ candidates: [candidate.ref], staff: [], what: "夹带资料", done: "收走资料，考核中止" },
  };
  return { ...desk, sitting, candidate, report };
}

test("[R76] what is signed is what main shows: kind, tier, whom, what, what was done", async () => {
  const day = await aDay();
  const { sitting, report, candidate } = day;
  day.person.answer(day.keys.demoPin(EXAMINER));
  valueOf(await day.incidents.record({ sitting, report }));
  expect(day.person.shown.at(-1)).toMatchObject({
    ...{ kind: "incident", report: "breach", tier: "C2", what: "夹带资料", done: "收走资料，考核中止" },
    candidates: [{ no: candidate.no, candidate: candidate.name }],
  });
  expect(day.journal.view.rows("incidents")).toMatchObject([{ sitting, report, person: EXAMINER, seq: 2 }]);
});

test("while nobody types a PIN nothing is written, and a time to come is refused before one is asked for", async () => {
  const day = await aDay();
  const { sitting, report } = day;
  day.person.answer(null);
  expect(await day.incidents.record({ sitting, report })).toMatchObject({
    error: { code: "person.declined" },
  });
  const shown = day.person.shown.length;
  const later = { ...report, happenedAt: InstantMs.parse(CLOCK.wall + 1) };
  expect(await day.incidents.record({ sitting, report: later })).toMatchObject({
    error: { code: "incident.in-future" },
  });
  expect(day.person.shown).toHaveLength(shown);
  expect(day.journal.view.rows("incidents")).toEqual([]);
});

test("[SY1] the batch carries the record in its place, and says beside the PIN how many there are", async () => {
  const day = await aDay();
  const { sitting, report } = day;
  day.person.answer(day.keys.demoPin(EXAMINER));
  valueOf(await day.incidents.record({ sitting, report }));
  await day.signIn(ADMINISTRATOR);
  day.person.answer((name) => Promise.resolve(name === "林知微" ? day.keys.demoPin(LEADER) : null));
  valueOf(await day.day.seal(sitting, "中止"));
  expect(day.person.shown.at(-1)).toMatchObject({ kind: "batch", incidents: 1, deltas: 0, sheets: 0 });
  const sealed = day.journal.entries.find(({ entry }) => entry.body.kind === "batch.sealed");
  if (sealed?.entry.body.kind !== "batch.sealed") throw new Error("a sealed batch");
  const at = sealed.entry.body.objects.findIndex(({ role }) => role === "pack");
  const attachments = await day.journal.attachments(sealed.entry.seq);
  const [record] = valueOf(splitRecords(await day.open(attachments[at + 1])));
  const incident = record && peekRecord("incident", record);
  if (!incident?.ok) throw new Error("an incident record");
  expect(incident.value.value).toMatchObject({ seq: 2, report });
  valueOf(verifyIncident(incident.value, day.lookup()));
});
