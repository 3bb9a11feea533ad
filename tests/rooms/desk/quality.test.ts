// The quality of the centre as main tells it: to whom, with which names, and that the report is made of main's own figures.
import { beforeEach, expect, test } from "vitest";
import { Kid, PersonId, SheetId, type SittingId } from "#shared/base";
import { sampleRubrics } from "#shared/rules";
import { qualityTable } from "../../../electron/paper/index.ts";
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

const THIRD = PersonId.parse("p-06");
const [rubric] = sampleRubrics();
if (!rubric) throw new Error("no sample rubric");
const full = Object.entries(fullInputs(rubric));
let desk: Desk;
let sitting: SittingId;

beforeEach(async () => {
  desk = await openDesk();
  sitting = await desk.prepare([LEADER, EXAMINER]);
});

/** A third seat, whose holder marks on another laptop. */
function seatThird(): void {
  const { view } = desk.journal;
  const row = view.read("sittings", sitting)!;
  const panel = [...row.panel, { person: THIRD, leader: false }];
  view.take([{ table: "sittings", key: sitting, row: { ...row, panel } }]);
}

/** What they signed for a candidate comes by stick: the same as the examiner gave. */
function receiveThird(): void {
  const { view } = desk.journal;
  const like = view.rowsOf("sheets", sitting).find(({ examiner }) => examiner === EXAMINER)!;
  const [id, from] = [SheetId.parse(`${"t".repeat(21)}A`), Kid.parse(`ed25519.${"9".repeat(32)}`)];
  view.take([{ table: "sheets", key: id, row: { ...like, id, examiner: THIRD, from } }]);
}

/** A veto and no photograph: a fact that is flagged. */
async function vetoed(person: PersonId, no = 1): Promise<void> {
  await desk.signIn(person);
  const { view } = desk.journal;
  const candidate = view.rows("candidates").find((one) => one.no === no)!;
  if (!view.read("sittings", sitting)?.declarations.some((one) => one.person === person))
    valueOf(await desk.marking.append([{ kind: "conflict.declare", sitting, candidates: [] }]));
  valueOf(await desk.marking.append([{ kind: "sheet.open", sitting, candidate: candidate.ref }]));
  const sheet = view
    .rowsOf("sheets", sitting)
    .find((one) => one.examiner === person && one.candidate === candidate.ref)!.id;
  const marks = full.map(
    ([item, input]) => ({ kind: "mark.set", sheet, item: Number(item), input }) as const,
  );
  valueOf(await desk.marking.append(marks));
  const code = rubric?.vetoes[0]?.code ?? "";
  valueOf(await desk.marking.append([{ kind: "veto.set", sheet, code, on: true } as never]));
  valueOf(await desk.signatures.signSheet(sheet));
}

const describe = () => desk.quality.describe({ year: null });
const save = (as: "pdf" | "csv", year = 2026) => desk.quality.save({ year, as, languages: "both" });

test("a laptop without a signed sheet has a year and nothing to say; an examiner and nobody are refused", async () => {
  await desk.signIn(SUPERVISOR);
  expect(valueOf(await describe())).toMatchObject({ year: 2026, signed: 0, severity: { examiners: [] } });
  await desk.signIn(EXAMINER);
  for (const refused of [await describe(), await save("pdf")])
    expect(refused).toMatchObject({ error: { code: "role.not-overseeing" } });
  desk.sessions.current = () => null;
  for (const refused of [await describe(), await save("csv")])
    expect(refused).toMatchObject({ error: { code: "session.none" } });
  expect(desk.reports).toEqual([]);
});

test("[R45] before the panel has signed nobody is told anything of anybody; then the supervisor reads names, the office none", async () => {
  seatThird();
  await vetoed(LEADER);
  await vetoed(EXAMINER);
  await desk.signIn(SUPERVISOR);
  expect(valueOf(await describe())).toMatchObject({ signed: 2, severity: { examiners: [] } });
  receiveThird();
  await desk.signIn(SUPERVISOR);
  const named = valueOf(await describe());
  expect(named.severity.examiners.map(({ person }) => person).sort()).toEqual(
    [LEADER, EXAMINER, THIRD].sort(),
  );
  await desk.signIn(ADMINISTRATOR);
  const unnamed = valueOf(await describe());
  expect(unnamed.severity.examiners).toHaveLength(3);
  expect(JSON.stringify(unnamed)).not.toMatch(/p-\d\d/);
});

test("a supervisor of the centre counts the flags of a sitting they did not sit in, and still reads none of them", async () => {
  await vetoed(LEADER);
  const { journal } = desk;
  const row = journal.view.read("sittings", sitting)!;
  journal.view.take([{ table: "sittings", key: sitting, row: { ...row, supervisor: null } }]);
  await desk.signIn(SUPERVISOR);
  expect(valueOf(await desk.supervision.count({ sitting })).counts).toContainEqual({
    ...{ code: "veto-without-evidence", count: 1, open: 1 },
  });
  expect(await desk.supervision.flags({ sitting })).toMatchObject({
    error: { code: "role.not-supervising" },
  });
  const panel = [...row.panel, { person: SUPERVISOR, leader: false }];
  journal.view.take([{ table: "sittings", key: sitting, row: { ...row, supervisor: null, panel } }]);
  expect(await desk.supervision.count({ sitting })).toMatchObject({
    error: { code: "role.not-supervising" },
  });
});

test("the report is made of main's own figures and flags, withheld where they are few, and names nobody", async () => {
  for (const person of [LEADER, EXAMINER]) for (const no of [1, 2, 3]) await vetoed(person, no);
  await desk.signIn(ADMINISTRATOR);
  expect(valueOf(await save("pdf"))).toEqual({ outcome: "saved", fileName: "jiangping-quality-2026.pdf" });
  expect(valueOf(await save("csv"))).toEqual({ outcome: "saved", fileName: "jiangping-quality-2026.csv" });
  const [{ form, as, languages }] = desk.reports as [Desk["reports"][number]];
  expect([as, languages, form.signed, form.sittings]).toEqual(["pdf", "both", 6, 1]);
  expect(form.flags.find(({ code }) => code === "veto-without-evidence")?.rate).toMatchObject({
    hits: 6,
    of: 6,
  });
  expect(form.shares.find(({ name }) => name === "severity")?.share.of).toBe(0);
  const table = qualityTable(form);
  const names = desk.journal.view.rows("people").map(({ name }) => name);
  for (const word of [...names, LEADER, EXAMINER]) expect(table).not.toContain(word);
});

test("a year that is not here is refused, and nothing goes to the press", async () => {
  await desk.signIn(SUPERVISOR);
  expect(await save("pdf", 1999)).toMatchObject({ error: { code: "quality.none" } });
  expect(desk.reports).toEqual([]);
});
