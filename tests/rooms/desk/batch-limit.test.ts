// A day with more sheets than a batch may hold: what is left over is sealed next time, wherever it stands in the journal.
import { beforeEach, expect, test } from "vitest";
import type { SheetId, SittingId } from "#shared/base";
import { ONLY, type Intent } from "#shared/journal";
import { sampleRubrics } from "#shared/rules";
import { peekRecord, splitRecords } from "#shared/wire";
import { everybodySigns, markAndSign } from "../../support/desk-acts.ts";
import { createMemoryRegistry, valueOf } from "../../support/desk-harness.ts";
import { fullInputs } from "../../support/journal-builders.ts";
import { ADMINISTRATOR, LEADER, openDesk, SUPERVISOR, type Desk } from "../../support/little-desk.ts";

const [rubric] = sampleRubrics();
let desk: Desk;
let sitting: SittingId;

beforeEach(async () => {
  desk = await openDesk(undefined, await createMemoryRegistry(undefined, 2));
  sitting = await desk.prepare([LEADER]);
  await desk.signIn(SUPERVISOR);
  for (const no of [1, 2, 3]) await signSheet(no);
});

const wish = async (...intents: Intent[]) => valueOf(await desk.marking.append(intents));
const signIn = async (person: typeof LEADER) => {
  await desk.signIn(person);
  everybodySigns(desk);
};
const sheetFor = (no: number): SheetId => {
  const candidate = desk.journal.view.rows("candidates").find((one) => one.no === no);
  const sheet = desk.journal.view.rows("sheets").find((one) => one.candidate === candidate?.ref);
  if (!sheet) throw new Error("no sheet");
  return sheet.id;
};
const signSheet = async (no: number) => {
  if (!rubric) throw new Error("no rubric");
  await markAndSign(desk, sitting, LEADER, no, fullInputs(rubric));
  everybodySigns(desk);
};
const amend = async (no: number) => {
  const sheet = sheetFor(no);
  const item = rubric?.items[0];
  if (item?.kind !== "DEDUCT" || !item.lines[0]) throw new Error("the first item deducts");
  await wish({ kind: "amendment.open", sheet });
  const picked = [{ code: item.lines[0].code, count: 1 }];
  await wish({ kind: "mark.set", sheet, item: item.no, input: { kind: "DEDUCT", picked } });
  valueOf(
    await desk.amendments.amend({ sheet, reason: "transcription", text: "卡尺读错", approver: SUPERVISOR }),
  );
};
const seal = async () => {
  await signIn(ADMINISTRATOR);
  valueOf(await desk.day.seal(sitting, "还有考生未考"));
};
const batches = () =>
  desk.journal.view
    .rows("batches")
    .map(({ kind, range, sheets }): [string, number, number, number] => [
      kind,
      range.first,
      range.last,
      sheets,
    ]);
const chain = () => desk.journal.view.read("chain", ONLY);
/** The places in the chain that the pack of the newest batch holds. */
const packed = async () => {
  const row = desk.journal.view.rows("batches").at(-1);
  const [, pack] = row ? await desk.journal.attachments(row.sealedSeq) : [];
  return valueOf(splitRecords(await desk.open(pack))).map((record) => {
    const peeked = peekRecord("sheet", record);
    return peeked.ok ? peeked.value.value.seq : peeked.error.code;
  });
};

test("[SY1] sheets that a full batch left over are sealed next time, though they were signed before it", async () => {
  await seal();
  expect(batches()).toEqual([["results", 1, 3, 2]]);
  await seal();
  expect(batches()).toEqual([
    ["results", 1, 3, 2],
    ["results", 4, 4, 1],
  ]);
  expect(await packed()).toEqual([4]);
  expect(chain()).toMatchObject({ seq: 4, sealedSeq: 4 });
});

test("[SY1] a sheet signed since goes with what was left over, and none of them is passed by", async () => {
  await seal();
  await signIn(LEADER);
  await signSheet(4);
  await seal();
  expect(batches().slice(1)).toEqual([["results", 4, 5, 2]]);
  expect(await packed()).toEqual([4, 5]);
});

test("[SY1] [SY32] amendments behind the cut wait with the sheets before them", async () => {
  await amend(1);
  await seal();
  expect(batches()).toEqual([["results", 1, 3, 2]]);
  await signIn(LEADER);
  await amend(2);
  await seal();
  expect(batches().slice(1)).toEqual([
    ["results", 4, 4, 1],
    ["amendments", 5, 6, 2],
  ]);
  expect(chain()).toMatchObject({ seq: 6, sealedSeq: 6 });
});
