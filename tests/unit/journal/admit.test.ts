// The gate in front of the journal (R46): nobody changes another's mark, a signed sheet is read-only, nobody marks where
// they do not sit, and nothing is recorded that the rubric does not know.
import { describe, expect, test } from "vitest";
import { CandidateRef, PersonId, SheetId, SittingId } from "#shared/base";
import { admit, sheetOf, type Intent, type JournalView } from "#shared/journal";
import {
  ABSENT,
  ANNA,
  BO,
  candidateAbsent,
  CERAMIC,
  ceramic,
  CHEN,
  conflictDeclared,
  FIRST_INPUT,
  FIRST_ITEM,
  openingSteps,
  OTHER_SHEET,
  PRESENT,
  SHEET,
  sheetOpened,
  sheetSigned,
  SITTING,
  viewOf,
} from "../../support/little-day.ts";

const open = (candidate: CandidateRef = PRESENT, sitting: SittingId = SITTING): Intent => ({
  kind: "sheet.open",
  sitting,
  candidate,
});
const mark = (changes: Partial<Extract<Intent, { kind: "mark.set" }>> = {}): Intent => ({
  kind: "mark.set",
  sheet: SHEET,
  item: FIRST_ITEM,
  input: FIRST_INPUT,
  ...changes,
});
const note: Intent = { kind: "note.set", sheet: SHEET, text: "x" };
const overtime: Intent = { kind: "overtime.set", sheet: SHEET, overtimeMs: 1 };
const veto = (code: string): Intent => ({ kind: "veto.set", sheet: SHEET, code, on: true });

const prepared = () => viewOf([...openingSteps(), conflictDeclared()]);
const opened = () => viewOf([...openingSteps(), conflictDeclared(), sheetOpened()]);
const signed = () => viewOf([...openingSteps(), conflictDeclared(), sheetOpened(), sheetSigned()]);

function refusalOf(intent: Intent, actor: PersonId | null, view: JournalView): string {
  const admitted = admit(intent, actor, view, () => SHEET);
  return admitted.ok ? "admitted" : admitted.error.code;
}

describe("who", () => {
  test("nobody without a session writes anything", () => {
    for (const intent of [open(), mark(), note])
      expect(refusalOf(intent, null, opened())).toBe("session.none");
  });

  test("only an examiner marks", () => {
    expect(refusalOf(open(), CHEN, prepared())).toBe("role.not-examiner");
    expect(refusalOf(mark(), CHEN, opened())).toBe("role.not-examiner");
    expect(refusalOf(mark(), PersonId.parse("p-999"), opened())).toBe("role.not-examiner");
  });

  test("[R46] another's sheet is refused, whatever is asked", () => {
    for (const intent of [mark(), mark({ input: null }), note, overtime, veto("V1")])
      expect(refusalOf(intent, BO, opened())).toBe("sheet.not-yours");
  });

  test("an examiner who is not on the panel opens no sheet", () => {
    expect(refusalOf(open(), BO, prepared())).toBe("sitting.not-on-panel");
  });
});

describe("the conflict question", () => {
  const declare = (candidates: CandidateRef[]): Intent => ({
    kind: "conflict.declare",
    sitting: SITTING,
    candidates,
  });

  test("[R29] no sheet opens before its examiner has answered", () => {
    expect(refusalOf(open(), ANNA, viewOf(openingSteps()))).toBe("recusal.undeclared");
  });

  test("[R27, R29] a declared candidate is not marked by that examiner, and the others are", () => {
    const view = viewOf([...openingSteps(), conflictDeclared([PRESENT])]);
    expect(refusalOf(open(PRESENT), ANNA, view)).toBe("recusal.declared");
    expect(refusalOf(open(ABSENT), ANNA, view)).toBe("admitted");
  });

  test("[R29] a second answer adds candidates and never takes one back", () => {
    const view = viewOf([...openingSteps(), conflictDeclared([PRESENT])]);
    expect(admit(declare([ABSENT]), ANNA, view, () => SHEET)).toEqual({
      ok: true,
      value: { kind: "conflict.declared", sitting: SITTING, candidates: [PRESENT, ABSENT] },
    });
    expect(admit(declare([]), ANNA, view, () => SHEET)).toMatchObject({ value: { candidates: [PRESENT] } });
  });

  test("nobody outside the panel, and no stranger to the roster, enters a declaration", () => {
    expect(refusalOf(declare([]), BO, prepared())).toBe("sitting.not-on-panel");
    expect(refusalOf(declare([CandidateRef.parse("9".repeat(32))]), ANNA, prepared())).toBe(
      "candidate.unknown",
    );
  });
});

describe("opening a sheet", () => {
  test("a panel member's sheet gets its id from main and its rubric from the sitting", () => {
    expect(admit(open(), ANNA, prepared(), () => SHEET)).toEqual({
      ok: true,
      value: { kind: "sheet.opened", sheet: SHEET, sitting: SITTING, candidate: PRESENT, rubric: CERAMIC },
    });
  });

  test("a second sheet of the same candidate is refused, signed or not", () => {
    expect(refusalOf(open(), ANNA, opened())).toBe("sheet.exists");
    expect(refusalOf(open(), ANNA, signed())).toBe("sheet.exists");
    expect(sheetOf(opened(), PRESENT, ANNA)?.id).toBe(SHEET);
    expect(sheetOf(opened(), PRESENT, BO)).toBeUndefined();
  });

  test("an absent candidate has no sheet, the others have", () => {
    const view = viewOf([...openingSteps(), conflictDeclared(), candidateAbsent()]);
    expect(refusalOf(open(ABSENT), ANNA, view)).toBe("candidate.absent");
    expect(refusalOf(open(PRESENT), ANNA, view)).toBe("admitted");
  });

  test("a sitting or candidate nobody knows is refused", () => {
    const otherSitting = SittingId.parse("z".repeat(21) + "A");
    expect(refusalOf(open(PRESENT, otherSitting), ANNA, prepared())).toBe("sitting.unknown");
    expect(refusalOf(open(CandidateRef.parse("9".repeat(32))), ANNA, prepared())).toBe("candidate.unknown");
  });
});

describe("writing on a sheet", () => {
  test("the examiner's own open sheet takes marks, blanks, notes, overtime and vetoes", () => {
    const [known] = ceramic.vetoes;
    for (const intent of [mark(), mark({ input: null }), note, overtime, veto(known!.code)])
      expect(admit(intent, ANNA, opened(), () => SHEET)).toEqual({ ok: true, value: intent });
  });

  test("[R46] a signed sheet is read-only, for its own examiner too", () => {
    for (const intent of [mark(), mark({ input: null }), note, overtime, veto("V1")])
      expect(refusalOf(intent, ANNA, signed())).toBe("sheet.signed");
  });

  test("a sheet nobody opened is refused", () => {
    expect(refusalOf(mark({ sheet: OTHER_SHEET }), ANNA, opened())).toBe("sheet.unknown");
    expect(refusalOf(mark({ sheet: SheetId.parse("y".repeat(21) + "A") }), ANNA, opened())).toBe(
      "sheet.unknown",
    );
  });

  test("an item that the rubric does not have is refused, even to be cleared", () => {
    expect(refusalOf(mark({ item: 99 }), ANNA, opened())).toBe("item.unknown");
    expect(refusalOf(mark({ item: 99, input: null }), ANNA, opened())).toBe("item.unknown");
  });

  test("a veto that the rubric does not have is refused", () => {
    expect(refusalOf(veto("V99"), ANNA, opened())).toBe("veto.unknown");
  });

  test("an input of another kind than the item's is refused", () => {
    const item = ceramic.items.find(({ kind }) => kind !== "JUDGE");
    expect(refusalOf(mark({ item: item!.no, input: { kind: "JUDGE", level: 3 } }), ANNA, opened())).toBe(
      "mark.kind-mismatch",
    );
  });

  test("an input that is not complete yet is a draft and is admitted", () => {
    const measure = ceramic.items.find((item) => item.kind === "MEASURE");
    if (measure?.kind !== "MEASURE") throw new Error("the sample has a measured item");
    const readings = measure.groups.map(({ id, points }) => ({
      group: id,
      values: Array.from({ length: points }, () => null),
    }));
    const intent = mark({ item: measure.no, input: { kind: "MEASURE", readings } });
    expect(refusalOf(intent, ANNA, opened())).toBe("admitted");
  });
});
