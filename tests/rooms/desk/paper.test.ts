// Paper as main makes it: figures out of the journal and nothing the window says, and a printed sheet held against what was signed.
import { expect, test } from "vitest";
import {
  fractionToText,
  InstantMs,
  type CandidateRef,
  type PersonId,
  type SheetId,
  type SittingId,
} from "#shared/base";
import { createSigner } from "#shared/crypto";
import type { IncidentReport } from "#shared/exam";
import { scoreForm } from "#shared/journal";
import { readSlip, signPaper } from "#shared/wire";
import { paperOf } from "../../support/desk-acts.ts";
import { fullInputs } from "../../support/journal-builders.ts";
import { CLOCK, createMemoryRegistry, valueOf } from "../../support/desk-harness.ts";
import {
  ADMINISTRATOR,
  EXAMINER,
  LEADER,
  openDesk,
  SUPERVISOR,
  type Desk,
} from "../../support/little-desk.ts";

const sheetOf = (sheet: SheetId) => ({ what: { kind: "sheet", sheet }, languages: "both" }) as const;

async function aPrintedSheet() {
  const desk = await openDesk();
  const sheet = await desk.signedSheet();
  const paper = paperOf(desk);
  valueOf(await paper.save(sheetOf(sheet)));
  const [order] = paper.orders;
  if (order?.kind !== "sheets" || !order.sheets[0]) throw new Error("nothing was printed");
  const { form, qr } = order.sheets[0];
  return {
    desk,
    sheet,
    paper,
    form,
    qr,
    total: fractionToText(form.figures.total),
    fileName: order.fileName,
  };
}

test("a sheet is printed with its own figures, in a file that names nobody", async () => {
  const { desk, sheet, form, fileName } = await aPrintedSheet();
  const row = desk.journal.view.read("sheets", sheet);
  expect(form.record).toBe(row?.signature?.hash);
  expect(form.figures.total).toEqual(row?.signature?.total);
  expect(form.items).toHaveLength(12);
  expect(form).toMatchObject({ demo: true, illustrative: true, amendments: [] });
  expect(fileName).toBe("jiangping-sheet-2026-11-23-01.pdf");
});

test("is checked on the laptop that printed it, and is the same", async () => {
  const { paper, qr, total, form } = await aPrintedSheet();
  expect(valueOf(await paper.check({ text: qr, total }))).toMatchObject({
    figures: form.figures,
    held: { kind: "same" },
  });
});

test("is refused when the total on the paper is another, and when the square is another's", async () => {
  const { paper, qr, form } = await aPrintedSheet();
  expect(await paper.check({ text: qr, total: "99.99" })).toMatchObject({
    error: { code: "paper.other-total", facts: { typed: "99.99" } },
  });
  const stranger = createSigner(new Uint8Array(32).fill(9));
  const total = fractionToText(form.figures.total);
  expect(await paper.check({ text: signPaper(form.record, form.figures, stranger), total })).toMatchObject({
    error: { code: "paper.key-unknown" },
  });
});

test("is refused when its own laptop signed figures that this journal has otherwise", async () => {
  const { desk, paper, form } = await aPrintedSheet();
  const device = desk.keys.device()!;
  const marks = form.figures.marks.map((mark, at) => (at === 0 ? mark + 50 : mark));
  const lie = signPaper(form.record, { ...form.figures, marks }, device);
  expect(await paper.check({ text: lie, total: fractionToText(form.figures.total) })).toMatchObject({
    error: { code: "paper.other-record" },
  });
});

test("is checked on another laptop of the centre, which does not hold the sheet; and not on one whose permit does not name it", async () => {
  const registry = await createMemoryRegistry();
  const printing = await openDesk(undefined, registry);
  const sheet = await printing.signedSheet();
  const form = scoreForm(sheet, printing.journal.view)!;
  const qr = signPaper(form.record, form.figures, printing.keys.device()!);
  const total = fractionToText(form.figures.total);
  const beside = await openDesk(undefined, registry);
  await beside.signIn(LEADER);
  expect(valueOf(await paperOf(beside).check({ text: qr, total }))).toMatchObject({ held: { kind: "none" } });
  const elsewhere = await openDesk();
  await elsewhere.signIn(LEADER);
  expect(await paperOf(elsewhere).check({ text: qr, total })).toMatchObject({
    error: { code: "paper.key-unknown" },
  });
});

test("[R46] an amended sheet is printed with the old value, the new one and the second name; the earlier paper is said to be older", async () => {
  const { desk, sheet, paper, qr, total, form } = await aPrintedSheet();
  valueOf(await desk.marking.append([{ kind: "amendment.open", sheet }]));
  const level = form.items.find(({ item }) => item.kind === "JUDGE")!;
  const input = { kind: "JUDGE", level: level.recorded.now === "0" ? 1 : 0 } as const;
  valueOf(await desk.marking.append([{ kind: "mark.set", sheet, item: level.no, input }]));
  desk.person.answer((name) => Promise.resolve(desk.keys.demoPin(name === "韦月桂" ? SUPERVISOR : LEADER)));
  valueOf(
    await desk.amendments.amend({ sheet, reason: "transcription", text: "看错一级", approver: SUPERVISOR }),
  );
  valueOf(await paper.save(sheetOf(sheet)));
  const order = paper.orders.at(-1);
  const printed = order?.kind === "sheets" ? order.sheets[0]?.form : undefined;
  const line = printed?.items.find(({ no }) => no === level.no);
  expect(line?.mark.former).toEqual([level.mark.now]);
  expect(line?.recorded).toEqual({ now: String(input.level), former: [level.recorded.now] });
  expect(printed?.total.former).toEqual([total]);
  expect(printed?.amendments).toMatchObject([
    { text: "看错一级", approver: "韦月桂", office: "supervisor", counts: true },
  ]);
  expect(valueOf(await paper.check({ text: qr, total }))).toMatchObject({
    held: { kind: "amended", record: printed?.record },
  });
});

test("[R45] nobody prints another's sheet before the whole panel has signed, an unsigned one, or anything without signing in", async () => {
  const desk = await openDesk();
  const sitting = await desk.prepare([LEADER, EXAMINER]);
  await desk.signIn(LEADER);
  const paper = paperOf(desk);
  const candidate = desk.journal.view.rows("candidates").find(({ no }) => no === 1)!.ref;
  valueOf(await desk.marking.append([{ kind: "conflict.declare", sitting, candidates: [] }]));
  valueOf(await desk.marking.append([{ kind: "sheet.open", sitting, candidate }]));
  const sheet = desk.journal.view.rows("sheets")[0]!.id;
  const whole = { what: { kind: "sheets", sitting }, languages: "zh" } as const;
  expect(await paper.save(sheetOf(sheet))).toMatchObject({ error: { code: "paper.unsigned" } });
  expect(await paper.save(whole)).toMatchObject({ error: { code: "paper.unsigned" } });
  await fillAndSign(desk, sheet);
  valueOf(await paper.save(whole));
  await desk.signIn(ADMINISTRATOR);
  expect(await paper.save(sheetOf(sheet))).toMatchObject({ error: { code: "paper.hidden" } });
  expect(await paper.save(whole)).toMatchObject({ error: { code: "paper.hidden" } });
  valueOf(await paper.save({ what: { kind: "summary", sitting }, languages: "zh" }));
  const summary = paper.orders.at(-1);
  expect(summary?.kind === "summary" && summary.form.lines[0]).toMatchObject({ totals: [], outcome: null });
  await desk.sessions.close();
  expect(await paper.save(whole)).toMatchObject({ error: { code: "session.none" } });
  expect(await paper.check({ text: "", total: "" })).toMatchObject({ error: { code: "session.none" } });
});

test("[R45] a sheet that the whole panel signed is printed by the panel, the supervisor and the administrator, and by nobody else", async () => {
  const desk = await openDesk();
  const sheet = await desk.signedSheet();
  const { sitting } = desk.journal.view.read("sheets", sheet)!;
  const paper = paperOf(desk);
  const printed = async (person: PersonId) => {
    await desk.signIn(person);
    const whole = await paper.save({ what: { kind: "sheets", sitting }, languages: "zh" });
    const one = await paper.save(sheetOf(sheet));
    return [whole, one].map((answer) => (answer.ok ? "saved" : answer.error.code));
  };
  for (const person of [LEADER, SUPERVISOR, ADMINISTRATOR])
    expect(await printed(person), person).toEqual(["saved", "saved"]);
  expect(await printed(EXAMINER)).toEqual(["paper.hidden", "paper.hidden"]);
});

test("the room record is printed for whoever works here, at any time, in a file that names nobody; and not without signing in", async () => {
  const desk = await openDesk();
  const sitting = await desk.prepare([LEADER, EXAMINER]);
  const [candidate] = desk.journal.view.rowsOf("candidates", sitting);
  await desk.signIn(EXAMINER);
  desk.person.answer(desk.keys.demoPin(EXAMINER));
  const report: IncidentReport = {
    ...{ kind: "breach", tier: "C2", happenedAt: InstantMs.parse(CLOCK.wall - 60_000) },
    ...{ candidates: [candidate!.ref], staff: [], what: "夹带资料", done: "收走资料" },
  };
  valueOf(await desk.incidents.record({ sitting, report }));
  const paper = paperOf(desk);
  const room = { what: { kind: "room", sitting }, languages: "both" } as const;
  valueOf(await paper.save(room));
  const [order] = paper.orders;
  expect(order?.fileName).toBe("jiangping-room-2026-11-23.pdf");
  expect(order?.kind === "room" && order.form.incidents).toMatchObject([
    {
      ...{ kind: "breach", tier: "C2", what: "夹带资料", done: "收走资料", whom: [`01 ${candidate!.name}`] },
      record: desk.journal.view.rows("incidents")[0]!.hash,
    },
  ]);
  const elsewhere = { kind: "room", sitting: "A".repeat(22) as SittingId } as const;
  expect(await paper.save({ what: elsewhere, languages: "zh" })).toMatchObject({
    error: { code: "sitting.unknown" },
  });
  await desk.sessions.close();
  expect(await paper.save(room)).toMatchObject({ error: { code: "session.none" } });
});

async function fillAndSign(desk: Desk, sheet: SheetId): Promise<void> {
  const rubric = desk.journal.view.read("rubrics", desk.journal.view.read("sheets", sheet)!.rubric)!.rubric;
  valueOf(
    await desk.marking.append(
      Object.entries(fullInputs(rubric)).map(([item, input]) => ({
        ...({ kind: "mark.set", sheet } as const),
        ...{ item: Number(item), input },
      })),
    ),
  );
  desk.person.answer(desk.keys.demoPin(LEADER));
  valueOf(await desk.signatures.signSheet(sheet));
}

test("[R78] admission slips are printed by whoever leads the check-in, of all or of one, in a file that names nobody", async () => {
  const desk = await openDesk();
  const sitting = await desk.prepare([LEADER, EXAMINER]);
  const paper = paperOf(desk);
  const slipsOf = (candidate: CandidateRef | null) =>
    paper.save({ what: { kind: "slips", sitting, candidate }, languages: "both" });
  const candidates = desk.journal.view.rowsOf("candidates", sitting);
  const third = candidates.find(({ no }) => no === 3)!;
  valueOf(await slipsOf(null));
  valueOf(await slipsOf(third.ref));
  const [all, one] = paper.orders;
  if (all?.kind !== "slips" || one?.kind !== "slips") throw new Error("nothing was printed");
  expect(all.form.slips).toHaveLength(candidates.length);
  expect(one.form.slips).toMatchObject([{ no: 3, candidate: third.name, idMasked: third.idMasked }]);
  expect([all.fileName, one.fileName]).toEqual([
    "jiangping-slips-2026-11-23.pdf",
    "jiangping-slips-2026-11-23-03.pdf",
  ]);
  for (const { no, qr } of all.form.slips) expect(readSlip(qr)).toMatchObject({ value: { sitting, no } });
  expect(await slipsOf("f".repeat(32) as CandidateRef)).toMatchObject({
    error: { code: "candidate.unknown" },
  });
  await desk.signIn(EXAMINER);
  expect(await slipsOf(null)).toMatchObject({ error: { code: "check-in.not-leader" } });
});
