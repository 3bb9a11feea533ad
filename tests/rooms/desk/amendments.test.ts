// A signed sheet amended, as main sees it (R46): two people, two windows, one record; and how it is sealed and sent on its own.
import { beforeEach, describe, expect, test } from "vitest";
import type { HashId, PersonId, SheetId, SittingId } from "#shared/base";
import { countingOf, type ItemInput } from "#shared/exam";
import { ONLY, type Intent } from "#shared/journal";
import { checkSignOffs } from "../../../electron/desk/index.ts";
import { peekRecord, splitRecords, verifyAmendment, verifyRecord } from "#shared/wire";
import { everybodySigns, pinOf } from "../../support/desk-acts.ts";
import { valueOf } from "../../support/desk-harness.ts";
import {
  ADMINISTRATOR,
  EXAMINER,
  LEADER,
  openDesk,
  SUPERVISOR,
  type Desk,
} from "../../support/little-desk.ts";

let desk: Desk;
let sheet: SheetId;
let sitting: SittingId;

beforeEach(async () => {
  desk = await openDesk();
  sheet = await desk.signedSheet();
  sitting = rowOf().sitting;
  // A permit admits the key of whoever signed in here once.
  for (const id of [SUPERVISOR, EXAMINER, LEADER]) await desk.signIn(id);
  everybodySigns(desk);
});

const rowOf = () => {
  const row = desk.journal.view.read("sheets", sheet);
  if (!row) throw new Error("no sheet");
  return row;
};
const wish = async (intent: Intent) => valueOf(await desk.marking.append([intent]));
/** The first item as it was not before. */
const otherInput = (): ItemInput => {
  const { items } = rowOf();
  const [item] = desk.journal.view.rows("rubrics")[0]?.rubric.items ?? [];
  if (item?.kind !== "DEDUCT") throw new Error("the first item deducts");
  const [line] = item.lines;
  const input = items[String(item.no)];
  return input?.kind === "DEDUCT" && input.picked.length === 0 && line
    ? { kind: "DEDUCT", picked: [{ code: line.code, count: 1 }] }
    : { kind: "DEDUCT", picked: [] };
};
const begin = async () => {
  await wish({ kind: "amendment.open", sheet });
  await wish({ kind: "mark.set", sheet, item: 1, input: otherInput() });
};
const amend = (approver: PersonId = SUPERVISOR, text = "卡尺读错一格") =>
  desk.amendments.amend({ sheet, reason: "transcription", text, approver });
const seal = async () => {
  await desk.signIn(ADMINISTRATOR);
  everybodySigns(desk);
  return valueOf(await desk.day.seal(sitting, "还有考生未考")).batch;
};
const batchOf = (id: HashId) => {
  const row = desk.journal.view.read("batches", id);
  if (!row) throw new Error("no batch");
  return row;
};
const recordOf = async (kind: "sheet.amended") => {
  const entry = desk.journal.entries.findLast(({ entry }) => entry.body.kind === kind);
  const [record] = entry ? await desk.journal.attachments(entry.entry.seq) : [];
  if (!record) throw new Error("no record");
  return record;
};

describe("[R46] an amendment", () => {
  test("is signed by its author and its approver over main's own figures, and counts from then on", async () => {
    const signed = rowOf();
    await begin();
    const { hash } = valueOf(await amend());
    const record = await recordOf("sheet.amended");
    const peeked = peekRecord("amendment", record);
    if (!peeked.ok) throw new Error(peeked.error.code);
    expect(peeked.value.hash).toBe(hash);
    expect(peeked.value.value).toMatchObject({
      target: signed.signature?.hash,
      basis: signed.signature?.hash,
      reason: "transcription",
      text: "卡尺读错一格",
      approvedBy: { role: "supervisor" },
    });
    const personOf = (kid: string) =>
      desk.journal.view.rows("people").find(({ key }) => key?.kid === kid)?.id;
    expect(verifyAmendment(peeked.value, desk.lookup(), personOf)).toMatchObject({
      value: { author: LEADER, approver: SUPERVISOR },
    });
    const row = rowOf();
    expect(countingOf(row)).toMatchObject({
      hash,
      marks: { items: { "1": peeked.value.value.new.items[0]?.in } },
    });
    expect(row).toMatchObject({
      amending: null,
      signature: signed.signature,
      signed: { items: signed.items },
    });
    expect(row.items["1"]).not.toEqual(signed.items["1"]);
    expect(desk.journal.view.read("chain", ONLY)).toMatchObject({ seq: 3, head: hash });
  });

  test("is shown to both with the old beside the new and both totals", async () => {
    const before = rowOf();
    await begin();
    valueOf(await amend());
    const shown = desk.person.shown.slice(-2);
    expect(shown.map((matter) => (matter.kind === "amendment" ? matter.as : matter.kind))).toEqual([
      "author",
      "supervisor",
    ]);
    const [matter] = shown;
    if (matter?.kind !== "amendment") throw new Error("no amendment was shown");
    expect(matter.items.map(({ item, inputs }) => [item.no, inputs[0]])).toEqual([[1, before.items["1"]]]);
    expect(matter.totals[0]).not.toBe(matter.totals[1]);
    expect(matter.unchanged).toBeGreaterThan(0);
  });

  test("one signature of two is none: who declines, or types another's PIN, leaves the sheet as it was", async () => {
    await begin();
    const before = rowOf();
    desk.person.answer((name) => Promise.resolve(name === "林知微" ? pinOf(desk, name) : null));
    expect(await amend()).toMatchObject({ error: { code: "person.declined" } });
    desk.person.answer(() => Promise.resolve(pinOf(desk, "林知微")));
    expect((await amend()).ok).toBe(false);
    expect(rowOf()).toEqual(before);
    expect(desk.journal.entries.some(({ entry }) => entry.body.kind === "sheet.amended")).toBe(false);
  });

  test("asks nobody for a PIN when it may not be", async () => {
    const refusalOf = async (approver?: PersonId, text?: string) => {
      const asked = await amend(approver, text);
      return asked.ok ? "signed" : asked.error.code;
    };
    expect(await refusalOf()).toBe("amendment.none");
    await wish({ kind: "amendment.open", sheet });
    expect(await refusalOf()).toBe("amendment.no-change");
    await wish({ kind: "mark.set", sheet, item: 1, input: otherInput() });
    const asked = desk.person.shown.length;
    expect(await refusalOf(LEADER)).toBe("amendment.same-person");
    expect(await refusalOf(EXAMINER)).toBe("amendment.no-office");
    // An administrator's key is on the permit; the office is not theirs.
    expect(await refusalOf(ADMINISTRATOR)).toBe("amendment.no-office");
    expect(await refusalOf(SUPERVISOR, " ")).toBe("amendment.no-reason");
    await desk.signIn(EXAMINER);
    everybodySigns(desk);
    expect(await refusalOf()).toBe("sheet.not-yours");
    expect(desk.person.shown.filter(({ kind }) => kind === "amendment")).toEqual([]);
    expect(desk.person.shown.length).toBe(asked + 1);
  });
});

describe("sealing", () => {
  test("an amendment after the day was closed travels as a batch of its own kind", async () => {
    const results = await seal();
    await desk.signIn(LEADER);
    everybodySigns(desk);
    await begin();
    const { hash } = valueOf(await amend());
    const row = batchOf(await seal());
    expect(row).toMatchObject({
      ...{ kind: "amendments", sheets: 1, absent: 0, deviceSeq: 2, range: { first: 3, last: 3 } },
      amended: [{ sheet, sitting, seq: 3 }],
    });
    const [manifest, pack] = await desk.journal.attachments(row.sealedSeq);
    const read = manifest && verifyRecord("batch", manifest, desk.lookup());
    if (!read?.ok) throw new Error("the manifest verifies");
    expect(read.value.value).toMatchObject({ kind: "amendments", sheets: 1, prevBatch: results });
    const records = splitRecords(await desk.open(pack));
    if (!records.ok) throw new Error("no records");
    expect(records.value.map((record) => peekRecord("amendment", record))).toMatchObject([
      { ok: true, value: { hash } },
    ]);
  });

  test("[SY1] sheets and amendments in one day are cut into batches of one kind each, written together or not at all", async () => {
    await begin();
    valueOf(await amend());
    await desk.signIn(ADMINISTRATOR);
    desk.person.answer((name) => {
      desk.journal.failWith("journal.full");
      return Promise.resolve(pinOf(desk, name));
    });
    expect((await desk.day.seal(sitting, "还有考生未考")).ok).toBe(false);
    desk.journal.failWith(null);
    expect(desk.journal.view.rows("batches")).toEqual([]);
    await seal();
    const batches = desk.journal.view.rows("batches");
    expect(
      batches.map(({ kind, range, deviceSeq, missing }) => [kind, range, deviceSeq, missing > 0]),
    ).toEqual([
      ["results", { first: 1, last: 2 }, 1, true],
      ["amendments", { first: 3, last: 3 }, 2, false],
    ]);
    expect(desk.journal.view.read("chain", ONLY)).toMatchObject({
      ...{ deviceSeq: 2, sealedSeq: 3, lastBatch: batches[1]?.id },
    });
    expect(desk.person.shown.at(-1)).toMatchObject({ kind: "batch", sheets: 1, amendments: 1 });
  });

  test("[R48] whoever signed for the totals before signs again", async () => {
    await desk.signIn(ADMINISTRATOR);
    everybodySigns(desk);
    valueOf(await desk.results.signOff({ sitting, as: "clerk", person: ADMINISTRATOR }));
    const strict = () => {
      const policy = desk.journal.view.read("centre", ONLY)?.permit?.reference.policy;
      const row = desk.journal.view.read("sittings", sitting);
      if (!policy || !row) throw new Error("no policy");
      const two = { ...policy, twoPersonTally: { ...policy.twoPersonTally, value: true } };
      return checkSignOffs(row, two, desk.journal.view).findings.map(({ code }) => code);
    };
    expect(strict()).toEqual(["tally.no-checker"]);
    await desk.signIn(LEADER);
    everybodySigns(desk);
    await begin();
    valueOf(await amend());
    expect(strict()).toEqual(["tally.no-clerk", "tally.no-checker"]);
  });
});

/** The registry's word on the only amendment, as the outbox would write it. */
const holdRefusal = async () => {
  const batch = desk.journal.view.rows("batches").find(({ kind }) => kind === "amendments");
  if (!batch) throw new Error("no batch of amendments");
  const held = desk.registry.receiptFor(batch.id, batch.device, batch.deviceSeq);
  const receipt = peekRecord("receipt", held);
  if (!receipt.ok) throw new Error(receipt.error.code);
  const { verdict, sheets, regSeq, acceptedAt } = receipt.value.value;
  valueOf(
    await desk.journal.append(null, [
      {
        body: {
          ...{ kind: "receipt.held", batch: batch.id, receipt: receipt.value.hash, verdict, sheets },
          ...{ notes: [{ seq: 3, code: "permit-expired" }], regSeq, acceptedAt },
          amended: [{ sheet, sitting, seq: 3, code: "permit-expired" }],
        },
        attachments: [held],
      },
    ]),
  );
};

test("[SY4] a receipt that refuses an amendment takes the marks back to what was signed", async () => {
  const signed = rowOf();
  await begin();
  valueOf(await amend());
  await seal();
  await holdRefusal();
  expect(rowOf()).toMatchObject({ items: signed.items, amendments: [{ refused: "permit-expired" }] });
  // And another one may be begun from there.
  await desk.signIn(LEADER);
  everybodySigns(desk);
  await begin();
  expect(rowOf().amending?.basis).toBe(signed.signature?.hash);
});

test("[R48] nobody signs for figures that a receipt changes while their PIN window stands open", async () => {
  await begin();
  valueOf(await amend());
  await seal();
  const signOff = () => desk.results.signOff({ sitting, as: "clerk", person: ADMINISTRATOR });
  const marks = () =>
    desk.person.shown.flatMap((one) => (one.kind === "sign-off" ? [one.candidates[0]?.mark] : []));
  desk.person.answer(async (name) => {
    await holdRefusal();
    return pinOf(desk, name);
  });
  expect(await signOff()).toMatchObject({ error: { facts: { because: "results.changed" } } });
  expect(desk.journal.view.read("sittings", sitting)?.signOffs).toEqual([]);
  everybodySigns(desk);
  valueOf(await signOff());
  const [before, after] = marks();
  expect(before).not.toBe(after);
  expect(desk.journal.view.read("sittings", sitting)).toMatchObject({
    signOffs: [{ as: "clerk", person: ADMINISTRATOR, revision: 2 }],
    revision: 2,
  });
});
