// The review desk as main sees it (T7): who is told of which flags, whose story they may read, and that the story is the journal's.
import { beforeEach, expect, test } from "vitest";
import { SheetId, SittingId, type PersonId } from "#shared/base";
import type { ItemInput } from "#shared/exam";
import { framesOf } from "#shared/journal";
import { sampleRubrics } from "#shared/rules";
import { fullInputs, poorInputs } from "../../support/journal-builders.ts";
import {
  begin as beginSheet,
  fill as fillSheet,
  newestFile,
  receive,
  shareSitting,
  twoLaptops,
} from "../../support/desk-acts.ts";
import { valueOf } from "../../support/desk-harness.ts";
import {
  ADMINISTRATOR,
  EXAMINER,
  LEADER,
  openDesk,
  SUPERVISOR,
  type Desk,
} from "../../support/little-desk.ts";
import { aJpeg } from "../../support/pictures.ts";

const [rubric] = sampleRubrics();
if (!rubric) throw new Error("no sample rubric");
const full = fullInputs(rubric);
let desk: Desk;
let sitting: SittingId;

beforeEach(async () => {
  desk = await openDesk();
  sitting = await desk.prepare([LEADER, EXAMINER]);
});

const flags = () => desk.supervision.flags({ sitting });
const codes = async () => valueOf(await flags()).flags.map(({ code }) => code);

const begin = (person: PersonId, no = 1) => beginSheet(desk, sitting, person, no);
const fill = (sheet: SheetId, items: Readonly<Record<string, ItemInput>> = full) =>
  fillSheet(desk, sheet, Object.entries(items));

/** A veto and not one photograph: a fact that is flagged. */
async function vetoed(person: PersonId, no = 1): Promise<SheetId> {
  const sheet = await begin(person, no);
  await fill(sheet);
  const code = rubric?.vetoes[0]?.code ?? "";
  valueOf(await desk.marking.append([{ kind: "veto.set", sheet, code, on: true } as never]));
  valueOf(await desk.signatures.signSheet(sheet));
  return sheet;
}

test("[T7] the supervisor is told what a sheet that was just signed says, and of every later one without another start", async () => {
  const first = await vetoed(LEADER);
  await desk.signIn(SUPERVISOR);
  const told = valueOf(await flags());
  expect(told.withheld).toBe(0);
  expect(told.flags.filter(({ code }) => code === "veto-without-evidence")).toMatchObject([
    { rule: "R38", person: LEADER, sheets: [first], chance: 0, moments: [] },
  ]);
  await vetoed(EXAMINER, 2);
  await desk.signIn(SUPERVISOR);
  expect((await codes()).filter((code) => code === "veto-without-evidence")).toHaveLength(2);
});

/** Whole at first with few points, then with all of them in so many items. */
async function raised(no: number, items: number): Promise<void> {
  const sheet = await begin(LEADER, no);
  await fill(sheet, poorInputs(rubric!));
  await fill(sheet, Object.fromEntries(Object.entries(full).slice(0, items)));
  valueOf(await desk.signatures.signSheet(sheet));
}

test("[T7] facts come first, then the least likely", async () => {
  for (const [no, items] of [
    [2, 3],
    [3, 5],
    [4, 4],
  ] as const)
    await raised(no, items);
  await vetoed(LEADER);
  await desk.signIn(SUPERVISOR);
  const chances = valueOf(await flags()).flags.map(({ chance }) => chance);
  expect(chances[0]).toBe(0);
  expect(new Set(chances.filter((chance) => chance > 0)).size).toBeGreaterThan(1);
  expect(chances).toEqual([...chances].sort((a, b) => a - b));
});

test("[R45] the leader is told nothing of another's sheet before the whole panel has signed, only that there is something", async () => {
  const sheet = await vetoed(EXAMINER);
  await desk.signIn(LEADER);
  const before = valueOf(await flags());
  expect(before.flags.flatMap(({ sheets }) => sheets)).not.toContain(sheet);
  expect(before.withheld).toBeGreaterThan(0);
  expect(await desk.supervision.timeline({ sheet })).toMatchObject({ error: { code: "supervision.hidden" } });
  const own = await begin(LEADER);
  await fill(own);
  valueOf(await desk.signatures.signSheet(own));
  const after = valueOf(await flags());
  expect(after.flags.flatMap(({ sheets }) => sheets)).toContain(sheet);
  expect(valueOf(await desk.supervision.timeline({ sheet })).sheet).toBe(sheet);
});

test("an examiner, an administrator and nobody are refused; an administrator may count and is told no names", async () => {
  const sheet = await vetoed(LEADER);
  const count = () => desk.supervision.count({ sitting });
  await desk.signIn(EXAMINER);
  for (const refused of [await flags(), await count(), await desk.supervision.timeline({ sheet })])
    expect(refused).toMatchObject({ error: { code: "role.not-supervising" } });
  await desk.signIn(ADMINISTRATOR);
  expect(await flags()).toMatchObject({ error: { code: "role.not-supervising" } });
  const counted = valueOf(await count());
  expect(counted.counts).toContainEqual({ code: "veto-without-evidence", count: 1, open: 1 });
  expect(JSON.stringify(counted)).not.toContain(LEADER);
  desk.sessions.current = () => null;
  for (const refused of [await flags(), await count(), await desk.supervision.timeline({ sheet })])
    expect(refused).toMatchObject({ error: { code: "session.none" } });
});

test("a sitting or a sheet that is not there is refused as unknown", async () => {
  await desk.signIn(SUPERVISOR);
  const other = SittingId.parse("z".repeat(21) + "A");
  expect(await desk.supervision.flags({ sitting: other })).toMatchObject({
    error: { code: "sitting.unknown" },
  });
  expect(await desk.supervision.count({ sitting: other })).toMatchObject({
    error: { code: "sitting.unknown" },
  });
  const sheet = SheetId.parse("z".repeat(21) + "A");
  expect(await desk.supervision.timeline({ sheet })).toMatchObject({ error: { code: "sheet.unknown" } });
});

test("a sheet that is still open is closed to the supervisor, and its story is told once it is signed", async () => {
  const sheet = await begin(LEADER);
  await fill(sheet);
  await desk.signIn(SUPERVISOR);
  expect(await desk.supervision.timeline({ sheet })).toMatchObject({ error: { code: "supervision.hidden" } });
  await desk.signIn(LEADER);
  valueOf(await desk.signatures.signSheet(sheet));
  await desk.signIn(SUPERVISOR);
  const { entries } = valueOf(await desk.supervision.timeline({ sheet }));
  expect(entries.filter(({ body }) => body.kind === "mark.set")).toHaveLength(Object.keys(full).length);
});

test("[T7] the story is the journal's: its entries are those that were written, and the sheet at the end is the one that stands", async () => {
  const sheet = await vetoed(LEADER);
  await vetoed(EXAMINER);
  await desk.signIn(SUPERVISOR);
  const timeline = valueOf(await desk.supervision.timeline({ sheet }));
  expect(timeline.entries).toEqual(timeline.entries.map(({ seq }) => desk.journal.entries[seq - 1]?.entry));
  expect(framesOf(timeline).at(-1)?.sheet).toEqual(desk.journal.view.read("sheets", sheet));
  const whole = framesOf(timeline).find((frame) => frame.entry.body.kind === "veto.set");
  expect(whole?.sheet).toMatchObject({ vetoes: [rubric.vetoes[0]?.code], signature: null });
  expect(timeline.revealed).toBe(
    desk.journal.entries.findLast(({ entry }) => entry.body.kind === "sheet.signed")?.entry.seq,
  );
});

test("a flag of no sheet brings the entries that it points to", async () => {
  const sheet = await begin(LEADER);
  valueOf(
    await desk.journal.append(null, [
      { body: { kind: "clock.changed", state: "changed", against: "monotonic", byMs: 3_600_000 } },
    ]),
  );
  const changed = desk.journal.head().seq;
  await fill(sheet);
  valueOf(await desk.signatures.signSheet(sheet));
  await desk.signIn(SUPERVISOR);
  const flag = valueOf(await flags()).flags.find(({ code }) => code === "clock-changed");
  expect(flag?.moments).toMatchObject([{ seq: changed, actor: null, kind: "clock.changed" }]);
});

/** From now on, after which entry the journal was read each time. */
function noteReads(): number[] {
  const reads: number[] = [];
  const { read } = desk.journal;
  desk.journal.read = (after, limit) => {
    reads.push(after);
    return read(after, limit);
  };
  return reads;
}

test("nothing is read from the journal before somebody asks, and nothing again when nothing was appended", async () => {
  const reads = noteReads();
  await vetoed(LEADER);
  expect(reads).toEqual([]);
  await desk.signIn(SUPERVISOR);
  await Promise.all([flags(), flags()]);
  const first = reads.length;
  expect(first).toBeGreaterThan(0);
  await flags();
  expect(reads.slice(first)).toEqual([]);
});

test("earlier years are not read for today's sitting, and are when somebody asks about theirs", async () => {
  const vetoes = async (id: SittingId) =>
    valueOf(await desk.supervision.flags({ sitting: id })).flags.filter(
      ({ code }) => code === "veto-without-evidence",
    );
  const sheet = await vetoed(LEADER);
  const earlier = sitting;
  const between = Array.from(
    { length: 2500 },
    () => ({ body: { kind: "session.opened", person: LEADER } }) as const,
  );
  valueOf(await desk.journal.append(LEADER, between));
  sitting = await desk.prepare([LEADER, EXAMINER]);
  const own = await vetoed(LEADER);
  const reads = noteReads();
  await desk.signIn(SUPERVISOR);
  const today = await vetoes(sitting);
  expect(today).toMatchObject([{ sheets: [own] }]);
  expect(today[0]?.entries).toHaveLength(2);
  expect(Math.min(...reads)).toBeGreaterThan(1000);
  const then = await vetoes(earlier);
  expect(then).toMatchObject([{ sheets: [sheet] }]);
  expect(then[0]?.entries).toHaveLength(2);
  expect(await vetoes(sitting)).toEqual(today);
});

test("[R38] [S12] a veto from another laptop is flagged by what its record names, and what it cannot tell is told as not asked", async () => {
  const { here, there, sitting: shared, ...laptops } = await twoLaptops();
  const code = await shareSitting({ here, there, sitting: shared, ...laptops });
  await there.signIn(ADMINISTRATOR);
  there.person.answer(code);
  await receive(there, newestFile(here).bytes);
  const vetoedThere = async (no: number, isShown: boolean): Promise<void> => {
    const sheet = await beginSheet(there, shared, EXAMINER, no);
    await fillSheet(there, sheet, Object.entries(full));
    const veto = rubric.vetoes[0]?.code ?? "";
    valueOf(await there.marking.append([{ kind: "veto.set", sheet, code: veto, on: true } as never]));
    if (isShown) valueOf(await there.evidence.add(sheet, null, aJpeg({ seed: no })));
    valueOf(await there.signatures.signSheet(sheet));
  };
  await vetoedThere(1, true);
  await vetoedThere(2, false);
  await there.signIn(ADMINISTRATOR);
  await here.signIn(ADMINISTRATOR);
  valueOf(await there.carrier.shareSheets(shared));
  expect(await receive(here, newestFile(there).bytes)).toMatchObject({ sheets: 2, refused: [] });

  await here.signIn(LEADER);
  const told = valueOf(await here.supervision.flags({ sitting: shared }));
  // The sheets are closed to a leader who has not signed; whoever closes the day is told the number.
  expect(told.flags).toEqual([]);
  await here.signIn(ADMINISTRATOR);
  const counted = valueOf(await here.supervision.count({ sitting: shared }));
  expect(counted.counts.find((one) => one.code === "veto-without-evidence")).toMatchObject({ count: 1 });
  const notAsked = ["too-fast", "late-changes", "changed-after-reveal", "evidence-missing", "long-pause"];
  expect(told.notAsked).toEqual(notAsked.map((each) => ({ code: each, sheets: 2 })));
});
