// The nothing-missing board: every owed sheet is accounted for by one state, or it is missing, and where it was last seen is said.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Kid, LogOrigin } from "#shared/base";
import { boardOf, countOwed, type BatchRow, type Board } from "#shared/journal";
import { countSheets } from "../../../electron/desk/day.ts";
import {
  aPreparedDay,
  candidateRef,
  clockAt,
  holdReceipt,
  markAbsent,
  personId,
  sealDay,
  sheetId,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

const OTHER_LAPTOP = Kid.parse(`ed25519.${"e".repeat(32)}`);

function boardOn({ journal: { view }, sitting: id }: PreparedDay, batches = view.rows("batches")): Board {
  const sitting = view.read("sittings", id)!;
  return boardOf({
    sitting,
    candidates: view.rowsOf("candidates", id),
    sheets: view.rowsOf("sheets", id),
    reviews: view.rows("reviews"),
    batches,
  });
}

function openSheet(
  { journal, sitting, rubric }: PreparedDay,
  candidate: number,
  examiner = personId(1),
): void {
  const sheet = sheetId(journal.entries.length);
  journal.append(
    { kind: "sheet.opened", sheet, sitting, candidate: candidateRef(candidate), rubric },
    examiner,
  );
}

/** As if another laptop had signed it and a stick had brought it. */
function fromElsewhere(day: PreparedDay, candidate: number, examiner = personId(2)): void {
  const { journal, sitting } = day;
  const there = aPreparedDay({ candidates: 8, panel: 2 });
  const id = signSheet(there, candidate, examiner);
  const {
    signature,
    from: _from,
    amendments: _a,
    signed: _s,
    amending: _d,
    lastSeq: _l,
    ...sheet
  } = there.journal.view.read("sheets", id)!;
  journal.append({
    kind: "sheet.received",
    sheet: { ...sheet, sitting, id: sheetId(900 + journal.entries.length) },
    signature: signature!,
    from: OTHER_LAPTOP,
    bundle: testHash("bundle"),
    counts: true,
  });
}

describe("what became of every sheet", () => {
  test("[R47] signed, being marked, absent and not seen are counted apart, and together they are what is owed", () => {
    const day = aPreparedDay({ candidates: 4, panel: 2 });
    signSheet(day, 1, personId(1));
    signSheet(day, 1, personId(2));
    openSheet(day, 2);
    markAbsent(day, 3);
    const board = boardOn(day);
    expect(countOwed(board.owed)).toEqual({
      ...{ expected: 8, signed: 2, opened: 1, absent: 2, excused: 0, missing: 3 },
    });
    expect(
      board.owed.filter(({ state }) => state === "missing").map(({ candidate }) => candidate.no),
    ).toEqual([2, 4, 4]);
    expect(board.beside).toEqual([]);
  });

  const acts = fc.array(
    fc.record({
      kind: fc.constantFrom("sign", "open", "absent", "receive"),
      candidate: fc.integer({ min: 1, max: 5 }),
      examiner: fc.constantFrom(1, 2),
    }),
    { maxLength: 14 },
  );

  property(
    "[R47] [P1] whatever happened, expected is the sum, and what closing a day asks to explain is what is open or not seen",
    200,
    [acts],
    (day) => {
      const prepared = aPreparedDay({ candidates: 5, panel: 2 });
      const { view } = prepared.journal;
      for (const { kind, candidate, examiner } of day) {
        const ref = candidateRef(candidate);
        const isFree = !view
          .rowsOf("sheets", prepared.sitting)
          .some((sheet) => sheet.candidate === ref && sheet.examiner === personId(examiner));
        const isThere = view.read("candidates", ref)?.absence === null;
        if (kind === "absent" && isThere) markAbsent(prepared, candidate);
        else if (!isFree || !isThere) continue;
        else if (kind === "sign") signSheet(prepared, candidate, personId(examiner));
        else if (kind === "open") openSheet(prepared, candidate, personId(examiner));
        else if (kind === "receive") fromElsewhere(prepared, candidate, personId(examiner));
      }
      const { owed } = boardOn(prepared);
      const { expected, signed, opened, absent, excused, missing } = countOwed(owed);
      expect(expected).toBe(10);
      expect(signed + opened + absent + excused + missing).toBe(expected);
      const closing = countSheets(view.read("sittings", prepared.sitting)!, view);
      expect(closing.missing).toBe(opened + missing);
    },
  );
});

describe("where it is", () => {
  test("what is missing is looked for where its examiner's sheets were seen last", () => {
    const day = aPreparedDay({ candidates: 3, panel: 2 });
    expect(boardOn(day).lastSeen.size).toBe(0);
    signSheet(day, 1, personId(1));
    fromElsewhere(day, 1);
    const { lastSeen, owed } = boardOn(day);
    expect(lastSeen.get(personId(1))?.laptop).toBeNull();
    expect(lastSeen.get(personId(2))?.laptop).toBe(OTHER_LAPTOP);
    expect(countOwed(owed)).toMatchObject({ signed: 2, missing: 4 });
  });

  test("[P3] a signed sheet is proven only by the batch of the laptop that signed it", () => {
    const day = aPreparedDay({ candidates: 1, panel: 2 });
    signSheet(day, 1, personId(1));
    fromElsewhere(day, 1);
    const proofs = (batches?: readonly BatchRow[]) => boardOn(day, batches).owed.map(({ proof }) => proof);
    expect(proofs()).toEqual(["unsealed", "unsealed"]);
    const batch = sealDay(day);
    expect(proofs()).toEqual(["sealed", "unsealed"]);
    holdReceipt(day, batch);
    expect(proofs()).toEqual(["receipted", "unsealed"]);
    const own = day.journal.view.read("batches", batch)!;
    const log = LogOrigin.parse("registry.test/results/2026");
    const anchored = { log, index: 1, size: 2, at: clockAt(9), heldSeq: 9 };
    expect(proofs([{ ...own, anchored }])).toEqual(["proven", "unsealed"]);
    const carried = { ...own, device: OTHER_LAPTOP, carried: true, anchored };
    expect(proofs([carried])).toEqual(["unsealed", "proven"]);
    expect(proofs([{ ...carried, range: { first: 90, last: 99 } }])).toEqual(["unsealed", "unsealed"]);
  });

  test("a signed sheet that nobody owes any more stands beside the board, not in it", () => {
    const day = aPreparedDay({ candidates: 2, panel: 1 });
    signSheet(day, 1, personId(1));
    signSheet(day, 1, personId(2));
    const { owed, beside } = boardOn(day);
    expect(countOwed(owed)).toMatchObject({ expected: 2, signed: 1, missing: 1 });
    expect(beside.map(({ examiner }) => examiner)).toEqual([personId(2)]);
  });
});
