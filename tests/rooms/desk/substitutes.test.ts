// A substitute on the day (P22, R28, rulings 3): there in person, vouched for by two who hold an office, judged by the same
// rules as the panel was, and then able to open, mark and sign; and the batch says so.
import { expect, test } from "vitest";
import { splitRecords, verifyPanelChange, peekRecord } from "#shared/wire";
import type { PersonId } from "#shared/base";
import { idHash } from "#shared/crypto";
import { panelFor } from "#shared/journal";
import { createRandom } from "#shared/base";
import { sampleRubrics } from "#shared/rules";
import { DEMO_PEOPLE, valueOf } from "../../support/desk-harness.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, openDesk, SUPERVISOR } from "../../support/little-desk.ts";
import { seededInputs } from "../../support/seeded-marks.ts";
import { anExaminer } from "../../support/staff.ts";

const REASON = "突发疾病";

/** A panel of leader and examiner is prepared; somebody the register does not know was added. */
async function aDay() {
  const desk = await openDesk();
  const sitting = await desk.prepare([LEADER, EXAMINER]);
  const { person: joins } = valueOf(await desk.people.add(anExaminer()));
  const pinOf = (name: string | null) => {
    const id = [...DEMO_PEOPLE, { id: joins, name: "丁一" }].find((one) => one.name === name)?.id;
    return id ? desk.keys.demoPin(id) : null;
  };
  const everybodySigns = () => desk.person.answer((name) => Promise.resolve(pinOf(name)));
  const ask = { sitting, leaves: EXAMINER, joins };
  const sittingRow = () => {
    const row = desk.journal.view.read("sittings", sitting);
    if (!row) throw new Error("a sitting");
    return row;
  };
  const candidate = (no: number) => {
    const found = desk.journal.view.rows("candidates").find((one) => one.no === no);
    if (!found) throw new Error("a candidate");
    return found.ref;
  };
  const begin = async (who: PersonId, no: number) => {
    await desk.signIn(who);
    valueOf(await desk.marking.append([{ kind: "conflict.declare", sitting, candidates: [] }]));
    return desk.marking.append([{ kind: "sheet.open", sitting, candidate: candidate(no) }]);
  };
  const mark = async (who: PersonId, no: number) => {
    valueOf(await begin(who, no));
    const sheet = desk.journal.view.rows("sheets").at(-1);
    const [rubric] = sampleRubrics();
    if (!sheet || !rubric) throw new Error("a sheet");
    const inputs = [...seededInputs(rubric, createRandom(no))];
    valueOf(
      await desk.marking.append(
        inputs.map(([item, input]) => ({ kind: "mark.set" as const, sheet: sheet.id, item, input })),
      ),
    );
    desk.person.answer(desk.keys.demoPin(who));
    return { sheet: sheet.id, signed: await desk.signatures.signSheet(sheet.id) };
  };
  return { ...desk, sitting, joins, ask, everybodySigns, pinOf, sittingRow, candidate, begin, mark };
}

const panelOf = (row: ReturnType<Awaited<ReturnType<typeof aDay>>["sittingRow"]>) =>
  row.panel.map(({ person }) => person);

test("[R28] [P22] three windows, three PINs, one entry: the substitute is on the panel, and signs before any permit", async () => {
  const day = await aDay();
  day.everybodySigns();
  valueOf(await day.substitutes.substitute({ ...day.ask, reason: REASON }));
  const asked = day.person.shown.slice(-3);
  expect(asked.map(({ kind }) => kind)).toEqual(["panel-join", "vouch", "vouch"]);
  expect(asked[1]).toMatchObject({
    as: "panelLeader",
    name: "丁一",
    isOfRegister: false,
    leaves: "欧阳修竹",
  });
  expect(asked[2]).toMatchObject({ as: "supervisor", reason: REASON });
  expect(panelOf(day.sittingRow())).toEqual([LEADER, day.joins]);
  expect(day.journal.view.read("people", day.joins)?.key).toMatchObject({ permitted: false });

  const { sheet, signed } = await day.mark(day.joins, 1);
  valueOf(signed);
  expect(day.journal.view.read("sheets", sheet)?.signature).not.toBeNull();
});

test("[SY1] the batch carries the record of all three signatures, in its place in the chain", async () => {
  const day = await aDay();
  day.everybodySigns();
  valueOf(await day.substitutes.substitute({ ...day.ask, reason: REASON }));
  valueOf((await day.mark(day.joins, 1)).signed);
  await day.signIn(ADMINISTRATOR);
  day.everybodySigns();
  valueOf(await day.day.seal(day.sitting, "只考一人"));
  const sealed = day.journal.entries.find(({ entry }) => entry.body.kind === "batch.sealed");
  if (sealed?.entry.body.kind !== "batch.sealed") throw new Error("a sealed batch");
  const attachments = await day.journal.attachments(sealed.entry.seq);
  const at = sealed.entry.body.objects.findIndex(({ role }) => role === "pack");
  const [panel, sheet] = valueOf(splitRecords(await day.open(attachments[at + 1])));
  if (!panel || !sheet) throw new Error("two records");
  const personOf = (kid: string) => day.journal.view.rows("people").find(({ key }) => key?.kid === kid)?.id;
  const change = valueOf(verifyPanelChange(panel, day.lookup(), personOf));
  expect(change.value).toMatchObject({
    seq: 2,
    leaves: EXAMINER,
    reason: REASON,
    joins: { person: { name: "丁一" } },
  });
  expect(change.signers).toHaveLength(3);
  const signed = peekRecord("sheet", sheet);
  expect(signed.ok && signed.value.value.by.kid).toBe(change.value.joins.kid);
});

test.each([
  ["the substitute", "丁一"],
  ["the leader", "林知微"],
  ["the supervisor", "韦月桂"],
])("[R28] while %s does not sign, the panel stays as it was", async (_, silent) => {
  const day = await aDay();
  day.person.answer((name) => Promise.resolve(name === silent ? null : day.pinOf(name)));
  const asked = await day.substitutes.substitute({ ...day.ask, reason: REASON });
  expect(asked).toMatchObject({ error: { code: "person.declined" } });
  expect(panelOf(day.sittingRow())).toEqual([LEADER, EXAMINER]);
  expect(day.sittingRow().substitutions).toEqual([]);
});

test("[S13] whoever left keeps what was begun, and neither marks nor signs it; what was signed stays and counts", async () => {
  const day = await aDay();
  valueOf((await day.mark(EXAMINER, 1)).signed);
  valueOf(await day.begin(EXAMINER, 2));
  const draft = day.journal.view.rows("sheets").at(-1);
  if (!draft) throw new Error("a draft");
  await day.signIn(ADMINISTRATOR);
  day.everybodySigns();
  valueOf(await day.substitutes.substitute({ ...day.ask, reason: REASON }));

  await day.signIn(EXAMINER);
  expect(await day.marking.append([{ kind: "note.set", sheet: draft.id, text: "x" }])).toMatchObject({
    error: { code: "sitting.not-on-panel" },
  });
  expect(await day.signatures.signSheet(draft.id)).toMatchObject({ error: { code: "sitting.not-on-panel" } });
  expect(day.journal.view.read("sheets", draft.id)).toMatchObject({ examiner: EXAMINER, signature: null });

  expect(await day.begin(day.joins, 1)).toMatchObject({ error: { code: "candidate.marked-before" } });
  const sheets = day.journal.view.rows("sheets");
  expect(panelFor(day.sittingRow(), day.candidate(1), sheets)).toEqual([LEADER, EXAMINER]);
  expect(panelFor(day.sittingRow(), day.candidate(2), sheets)).toEqual([LEADER, day.joins]);
});

test("[R19] [R20] the rules are asked about the panel as it will be, and the reason is said", async () => {
  const day = await aDay();
  day.everybodySigns();
  const other = anExaminer("戊二");
  const { person } = valueOf(
    await day.people.add({
      ...other,
      examiner: other.examiner.map((card) => ({ ...card, validTo: "2026-01-01" as never })),
    }),
  );
  const shown = day.person.shown.length;
  const asked = { ...day.ask, joins: person };
  expect(await day.substitutes.substitute({ ...asked, reason: REASON })).toMatchObject({
    error: { code: "panel.blocked", facts: { rule: "R19", code: "examiner.term" } },
  });
  const { findings } = valueOf(await day.substitutes.review(asked));
  expect(findings.filter(({ severity }) => severity === "block").map(({ code }) => code)).toEqual([
    "examiner.term",
  ]);
  const led = { ...day.ask, leaves: LEADER };
  expect(await day.substitutes.substitute({ ...led, reason: REASON })).toMatchObject({
    error: { code: "panel.blocked", facts: { rule: "R20" } },
  });
  expect(day.person.shown).toHaveLength(shown);
});

test("[R24] a candidate's kin does not join as a substitute", async () => {
  const day = await aDay();
  const permit = day.journal.entries.filter(({ entry }) => entry.body.kind === "permit.received").at(-1);
  if (permit?.entry.body.kind !== "permit.received") throw new Error("a permit");
  const { body } = permit.entry;
  const roster = day.journal.entries.find(({ entry }) => entry.body.kind === "sitting.prepared");
  const [record] = await day.journal.attachments(roster?.entry.seq ?? 0);
  const read = record && peekRecord("roster", record);
  if (!read?.ok) throw new Error("a roster");
  const [first] = read.value.value.candidates;
  const relation = {
    person: day.joins,
    candidate: idHash(body.reference.salt, first?.idNumber ?? ""),
    kind: "SPOUSE" as const,
  };
  const reference = {
    ...body.reference,
    relations: [{ ...relation, source: "HR" }],
  } as typeof body.reference;
  valueOf(await day.journal.append(null, [{ body: { ...body, reference } }]));
  expect(await day.substitutes.substitute({ ...day.ask, reason: REASON })).toMatchObject({
    error: { code: "panel.blocked", facts: { rule: "R24", code: "recusal.kin" } },
  });
});

test("[P22] not by an examiner, not for somebody unknown or ended, not for a place that is not there", async () => {
  const day = await aDay();
  const asked = async (changes: object) => {
    const answer = await day.substitutes.substitute({ ...day.ask, reason: REASON, ...changes });
    return answer.ok ? "ok" : answer.error.code;
  };
  expect(await asked({ leaves: SUPERVISOR })).toBe("panel.not-member");
  expect(await asked({ joins: LEADER })).toBe("panel.already-member");
  expect(await asked({ joins: "p-99" })).toBe("person.unknown");
  expect(await asked({ sitting: "z".repeat(21) + "A" })).toBe("sitting.unknown");
  await day.signIn(EXAMINER);
  expect(await asked({})).toBe("role.not-leader");
  valueOf(await day.sessions.close());
  expect(await asked({})).toBe("session.none");
  await day.signIn(ADMINISTRATOR);
  valueOf(await day.people.end(day.joins, "误加"));
  expect(await asked({})).toBe("person.ended");
});

test("[P22] who was ended vouches for nobody", async () => {
  const day = await aDay();
  await day.signIn(ADMINISTRATOR);
  valueOf(await day.people.end(SUPERVISOR, "调离"));
  expect(await day.substitutes.substitute({ ...day.ask, reason: REASON })).toMatchObject({
    error: { code: "panel.no-supervisor" },
  });
});

test("[S14] a key that is written down but gone is not made anew for a substitute", async () => {
  const day = await aDay();
  day.everybodySigns();
  day.person.answer((name) => Promise.resolve(name === "林知微" ? null : day.pinOf(name)));
  await day.substitutes.substitute({ ...day.ask, reason: REASON });
  await day.keys.endPerson(day.joins);
  expect(await day.substitutes.substitute({ ...day.ask, reason: REASON })).toMatchObject({
    error: { code: "keys.unreadable" },
  });
});
