// The people of a laptop and the places on its panels (P22, R28), from the journal alone.
import { describe, expect, test } from "vitest";
import { Kid, PublicKeyHex, type PersonId } from "#shared/base";
import type { Person } from "#shared/exam";
import {
  admit,
  admitEnding,
  admitPerson,
  everOnPanel,
  maySignFor,
  panelFor,
  sitsAtTable,
} from "#shared/journal";
import {
  aPreparedDay,
  candidateRef,
  nextSeq,
  personId,
  sheetId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { anExaminer } from "../../support/staff.ts";

const [LEADER, SECOND, THIRD, ADMINISTRATOR] = [1, 2, 3, 4].map(personId) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const [NEW, NEWER] = [personId(80), personId(81)];
const KEY = { kid: Kid.parse(`ed25519.${"7".repeat(32)}`), pub: PublicKeyHex.parse("7".repeat(64)) };

const examinerOf = (id: PersonId): Person => ({ id, name: "丁一", roles: ["examiner"] });
const statedOf = (id: PersonId) => ({
  examiner: anExaminer().examiner.map((card) => ({ ...card, person: id })),
  supervisor: null,
});
const codeOf = (result: ReturnType<typeof admitPerson> | ReturnType<typeof admitEnding>) =>
  result.ok ? "ok" : result.error.code;

function take(day: PreparedDay, leaves: PersonId, joins: PersonId) {
  const { journal, sitting } = day;
  if (!journal.view.read("people", joins))
    journal.append({ kind: "person.added", person: examinerOf(joins), stated: statedOf(joins) });
  const panel = rowOf(day).panel.map((member) =>
    member.person === leaves ? { ...member, person: joins } : member,
  );
  const seq = nextSeq(journal);
  const hash = testHash(`panel ${seq}`);
  journal.append({
    kind: "panel.changed",
    ...{ sitting, leaves, joins, kid: KEY.kid, panel, reason: "突发疾病", seq, hash },
  });
  return { seq, hash };
}

function rowOf({ journal, sitting }: PreparedDay) {
  const row = journal.view.read("sittings", sitting);
  if (!row) throw new Error("a sitting");
  return row;
}

describe("who may add and end people", () => {
  const { journal } = aPreparedDay();
  const { view } = journal;

  test("an administrator does, and nobody else", () => {
    expect(codeOf(admitPerson(examinerOf(NEW), statedOf(NEW), ADMINISTRATOR, view))).toBe("ok");
    expect(codeOf(admitEnding(SECOND, "调离", ADMINISTRATOR, view))).toBe("ok");
    for (const [actor, code] of [
      [LEADER, "role.not-administrator"],
      [null, "session.none"],
    ] as const) {
      expect(codeOf(admitPerson(examinerOf(NEW), statedOf(NEW), actor, view))).toBe(code);
      expect(codeOf(admitEnding(SECOND, "调离", actor, view))).toBe(code);
    }
  });

  test("nobody is added under another's id, or with another's card", () => {
    const add = (id: PersonId, cardOf: PersonId) =>
      codeOf(admitPerson(examinerOf(id), statedOf(cardOf), ADMINISTRATOR, view));
    expect(add(SECOND, SECOND)).toBe("person.exists");
    expect(add(NEW, SECOND)).toBe("person.unqualified");
  });

  test("the last administrator is not ended", () => {
    expect(codeOf(admitEnding(ADMINISTRATOR, "调离", ADMINISTRATOR, view))).toBe("person.last-administrator");
  });
});

test("[P22] whoever was ended writes nothing more, and ends nobody", () => {
  const day = aPreparedDay({ panel: 3 });
  const { journal, sitting } = day;
  const other = personId(82);
  journal.append({
    kind: "person.added",
    person: { ...examinerOf(other), roles: ["administrator"] },
    stated: { examiner: [], supervisor: null },
  });
  for (const person of [SECOND, ADMINISTRATOR])
    journal.append({ kind: "person.ended", person, reason: "调离" });
  const open = { kind: "sheet.open" as const, sitting, candidate: candidateRef(1) };
  expect(admit(open, SECOND, journal.view, () => sheetId(1))).toMatchObject({
    error: { code: "person.ended" },
  });
  expect(codeOf(admitEnding(THIRD, "x", ADMINISTRATOR, journal.view))).toBe("role.not-administrator");
  expect(codeOf(admitEnding(SECOND, "x", other, journal.view))).toBe("person.ended");
});

test("[P22] a key that was vouched for signs for that sitting, and ends with its owner", () => {
  const day = aPreparedDay({ panel: 3 });
  const { journal } = day;
  const place = take(day, SECOND, NEW);
  expect(journal.view.read("chain", "only")).toMatchObject({ seq: place.seq, head: place.hash });
  journal.append({ kind: "person.key-made", person: NEW, ...KEY });
  const joined = () => journal.view.read("people", NEW)!;
  expect(maySignFor(joined(), rowOf(day))).toBe(true);
  expect(maySignFor(joined(), { ...rowOf(day), substitutions: [] })).toBe(false);
  expect(maySignFor(joined(), undefined)).toBe(false);
  journal.append({ kind: "person.ended", person: NEW, reason: "调离" });
  expect(maySignFor(joined(), rowOf(day))).toBe(false);
});

test("[R28] a place that changed hands twice is held, candidate by candidate, by whoever signed first", () => {
  const day = aPreparedDay({ panel: 3 });
  signSheet(day, 1, SECOND);
  take(day, SECOND, NEW);
  signSheet(day, 2, NEW);
  take(day, NEW, NEWER);
  const sheets = day.journal.view.rows("sheets");
  const holders = (no: number) => panelFor(rowOf(day), candidateRef(no), sheets);
  expect(holders(1)).toEqual([LEADER, SECOND, THIRD]);
  expect(holders(2)).toEqual([LEADER, NEW, THIRD]);
  expect(holders(3)).toEqual([LEADER, NEWER, THIRD]);
  expect(everOnPanel(rowOf(day)).sort()).toEqual([LEADER, SECOND, THIRD, NEW, NEWER].sort());
  for (const person of [SECOND, NEWER]) expect(sitsAtTable(person, rowOf(day))).toBe(true);
});

test("[R35] at a panel's table sit its members and its supervisor, and nobody else", () => {
  const day = aPreparedDay({ panel: 2 });
  expect(sitsAtTable(SECOND, rowOf(day))).toBe(true);
  expect(sitsAtTable(THIRD, rowOf(day))).toBe(false);
  expect(sitsAtTable(THIRD, { ...rowOf(day), supervisor: THIRD })).toBe(true);
});

test("[R28] whoever left and came back holds the place once more", () => {
  const day = aPreparedDay({ panel: 3 });
  take(day, SECOND, NEW);
  take(day, NEW, SECOND);
  expect(panelFor(rowOf(day), candidateRef(1), [])).toEqual([LEADER, SECOND, THIRD]);
});
