// The room record as it is printed: out of the journal, in the order it happened, and no name of a blind sitting in it.
import { expect, test } from "vitest";
import { roomForm } from "#shared/journal";
import { aFullRoom } from "../../support/full-room.ts";
import {
  aPreparedDay,
  candidateRef,
  NINE_O_CLOCK,
  personId,
  sittingId,
} from "../../support/journal-builders.ts";

function formOf({ journal, sitting }: ReturnType<typeof aPreparedDay>) {
  const form = roomForm(sitting, journal.view);
  if (!form) throw new Error("no form");
  return form;
}

test("everything that came between roster and marks stands in it, oldest first, with who signed", () => {
  const form = formOf(aFullRoom());
  expect(form.counts).toMatchObject({ registered: 24, absent: 1, withdrawn: 1, unexamined: 5, present: 17 });
  expect(form.changes.map(({ no, what }) => `${String(no)} ${what}`)).toEqual([
    ...["3 absent", "4 arrival", "5 swap", "6 swap", "8 withdrawal"],
    ...[11, 12, 13, 14, 15].map((no) => `${String(no)} relocation`),
    ...[16, 17, 18, 19, 20].map((no) => `${String(no)} unexamined`),
  ]);
  expect(form.changes[0]?.signed).toBeNull();
  expect(form.changes[2]).toMatchObject({
    move: { from: 1, to: 2 },
    signed: { leader: "林知微", confirmer: "陈简", office: "administrator" },
  });
  expect(form.substitutions).toMatchObject([
    { leaves: "周若水", joins: "Alim Tursun", reason: "考评员急病送医" },
  ]);
  expect(form.incidents[0]).toMatchObject({
    ...{ kind: "breach", tier: "C2", at: NINE_O_CLOCK + 20 * 60_000, by: "周若水" },
    whom: ["03 䂮䶮", "07 黄婷", "Alim Tursun"],
  });
  expect(form.incidents[1]).toMatchObject({ kind: "power-cut", whom: ["Alim Tursun"] });
  expect(form.calls.map(({ candidate, answer }) => [candidate, answer?.text])).toEqual([
    ["03 䂮䶮", "已到场，更换刮刀"],
    ["03 䂮䶮", undefined],
  ]);
});

test("[R79] who was checked in is counted, and every document that did not match stands in it, unless it was pressed by mistake", () => {
  const day = aPreparedDay();
  expect(formOf(day)).toMatchObject({ checkIn: null, mismatches: [] });
  const { journal, sitting } = day;
  const check = (no: number, note: string | null) =>
    journal.append(
      {
        ...{ kind: "identity.checked", sitting, candidate: candidateRef(no), document: "idCard" },
        ...{ matches: note === null, note },
      },
      personId(1),
    );
  check(1, "末四位不符");
  check(1, null);
  check(2, "相貌不符");
  check(3, "按错了人");
  journal.append({ kind: "identity.check-undone", sitting, candidate: candidateRef(3) }, personId(1));
  const { checkIn, mismatches } = formOf(day);
  expect(checkIn).toEqual({ expected: 8, checkedIn: 1, mismatched: 1, missing: 6 });
  expect(mismatches).toMatchObject([
    { candidate: "01 王建国", note: "末四位不符", isSettled: true, by: "林知微" },
    { candidate: "02 阿依古丽·买买提", note: "相貌不符", isSettled: false },
  ]);
});

test("[R45] a blind sitting's record has numbers and neither names nor tickets", () => {
  const room = aFullRoom();
  const { view } = room.journal;
  const sitting = view.read("sittings", room.sitting);
  if (!sitting) throw new Error("a sitting");
  const blind = { ...sitting, observed: false };
  const form = formOf({
    ...room,
    journal: {
      ...room.journal,
      view: {
        ...view,
        read: (table, key) => (table === "sittings" ? blind : view.read(table, key)) as never,
      },
    },
  });
  const said = JSON.stringify([form.changes, form.incidents.map(({ whom }) => whom), form.calls]);
  for (const { name, ticketNo } of view.rowsOf("candidates", room.sitting))
    for (const word of [name, ticketNo]) expect(said).not.toContain(word);
  expect(form.incidents[0]?.whom).toEqual(["№ 03", "№ 07", "Alim Tursun"]);
});

test("of a sitting that nobody knows there is none, and a quiet day's is empty", () => {
  const day = aPreparedDay({ candidates: 3 });
  expect(roomForm(sittingId(9), day.journal.view)).toBeNull();
  expect(formOf(day)).toMatchObject({
    ...{ changes: [], substitutions: [], incidents: [], calls: [], supervisor: null },
    counts: { registered: 3, absent: 0 },
  });
});
