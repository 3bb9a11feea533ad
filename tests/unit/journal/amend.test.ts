// An amendment on the laptop (R46): who may begin and who may sign one, what of it counts, and what the registry's word changes.
import { describe, expect, test } from "vitest";
import { fraction, Kid, PersonId, SheetId, type HashId } from "#shared/base";
import { countingOf, type ItemInput } from "#shared/exam";
import {
  admit,
  admitAmendment,
  approversOf,
  earlierUnsent,
  fold,
  hasUnsealed,
  isHeldBack,
  ONLY,
  receiptToBody,
  rowsTouched,
  type AmendmentAsked,
  type BodyOf,
} from "#shared/journal";
import {
  aHash,
  ANNA,
  BATCH,
  batchSealed,
  BO,
  ceramic,
  CHEN,
  clockAt,
  conflictDeclared,
  entriesOf,
  FIRST_ITEM,
  inputs,
  markSet,
  OTHER_BATCH,
  only,
  openingSteps,
  PRESENT,
  receiptHeld,
  SHEET,
  sheetOpened,
  sheetSigned,
  SITTING,
  viewOf,
  type Step,
} from "../../support/little-day.ts";

const DAN = PersonId.parse("p-004");
const supervisorAdded: Step = {
  actor: CHEN,
  body: {
    kind: "person.added",
    person: { id: DAN, name: "丹", roles: ["supervisor"] },
    stated: { examiner: [], supervisor: null },
  },
};
const OTHER_INPUT: ItemInput = otherThan(inputs.get(FIRST_ITEM)!);

const signed = (): Step[] => [
  ...openingSteps(),
  supervisorAdded,
  conflictDeclared(),
  sheetOpened(),
  ...[...inputs].map(([item, input]) => markSet(item, input)),
  sheetSigned(),
];
const begun = (basis: HashId = aHash("3")): Step => ({
  actor: ANNA,
  body: { kind: "amendment.opened", sheet: SHEET, basis },
});
const amended = (seq: number, digit: string, points: number): Step => ({
  actor: ANNA,
  body: {
    kind: "sheet.amended",
    ...{ sheet: SHEET, sitting: SITTING, seq, hash: aHash(digit), total: fraction(points) },
    ...{ reason: "transcription", text: "读错卡尺", approvedBy: DAN, office: "supervisor" },
  },
});
const once = () => [...signed(), begun(), markSet(FIRST_ITEM, OTHER_INPUT), amended(3, "4", 60)];
const twice = () => [...once(), begun(aHash("4")), markSet(FIRST_ITEM, null), amended(4, "5", 50)];
const asked = (changes: Partial<AmendmentAsked> = {}): AmendmentAsked => ({
  ...{ sheet: SHEET, reason: "transcription", text: "读错卡尺", approver: DAN },
  ...changes,
});
const changed = () => [...signed(), begun(), markSet(FIRST_ITEM, OTHER_INPUT)];

function admittedOf(steps: readonly Step[], question = asked(), actor: PersonId | null = ANNA): string {
  const admitted = admitAmendment(question, actor, viewOf(steps));
  return admitted.ok ? admitted.value.office : admitted.error.code;
}
function wishOf(steps: readonly Step[], kind: "amendment.open" | "amendment.drop", actor = ANNA): string {
  const admitted = admit({ kind, sheet: SHEET }, actor, viewOf(steps), () => SHEET);
  return admitted.ok ? admitted.value.kind : admitted.error.code;
}
const sheetOf = (steps: readonly Step[]) => only(viewOf(steps).rows("sheets"));

describe("[R46] beginning", () => {
  test("its author begins to amend a signed sheet, from what counts now", () => {
    const admitted = admit({ kind: "amendment.open", sheet: SHEET }, ANNA, viewOf(signed()), () => SHEET);
    expect(admitted).toEqual({
      ok: true,
      value: { kind: "amendment.opened", sheet: SHEET, basis: aHash("3") },
    });
    expect(wishOf(once(), "amendment.open")).toBe("amendment.opened");
  });

  test("nobody else begins, nor is an unsigned sheet amended, nor a second amendment begun beside the first", () => {
    expect(wishOf(signed(), "amendment.open", BO)).toBe("sheet.not-yours");
    expect(wishOf(signed(), "amendment.open", CHEN)).toBe("role.not-examiner");
    expect(wishOf(signed().slice(0, -1), "amendment.open")).toBe("amendment.unsigned");
    expect(wishOf([...signed(), begun()], "amendment.open")).toBe("amendment.begun");
  });

  test("[R47] [R55] a result that was rechecked is not amended any more", () => {
    const rechecked: Step = {
      actor: CHEN,
      body: {
        kind: "result.rechecked",
        candidate: PRESENT,
        recheck: {
          ...{ submittedOn: "2025-06-02", checkers: [BO, CHEN], finding: "UPHELD" },
          ...{ mark: fraction(70), outcome: "PASS" },
        } as BodyOf<"result.rechecked">["recheck"],
      },
    };
    expect(wishOf([...signed(), rechecked], "amendment.open")).toBe("amendment.rechecked");
    expect(admittedOf([...changed(), rechecked])).toBe("amendment.rechecked");
  });

  test("marks go to the amendment while it is under way, and to nothing before and after", () => {
    const mark = (steps: readonly Step[], actor = ANNA) => {
      const intent = { kind: "mark.set", sheet: SHEET, item: FIRST_ITEM, input: OTHER_INPUT } as const;
      const admitted = admit(intent, actor, viewOf(steps), () => SHEET);
      return admitted.ok ? admitted.value.kind : admitted.error.code;
    };
    expect(mark(signed())).toBe("sheet.signed");
    expect(mark([...signed(), begun()])).toBe("mark.set");
    expect(mark([...signed(), begun()], BO)).toBe("sheet.not-yours");
    expect(mark(once())).toBe("sheet.signed");
    const { items, amending } = sheetOf(changed());
    expect(items[FIRST_ITEM]).toEqual(inputs.get(FIRST_ITEM));
    expect(amending?.items[FIRST_ITEM]).toEqual(OTHER_INPUT);
  });

  test("no photograph is added to what was signed", () => {
    const intent = { kind: "evidence.set", sheet: SHEET, item: null, hash: aHash("8"), on: false } as const;
    expect(admit(intent, ANNA, viewOf([...signed(), begun()]), () => SHEET)).toMatchObject({
      error: { code: "sheet.signed" },
    });
  });

  test("given up, the sheet is as it was signed", () => {
    const dropped: Step = { actor: ANNA, body: { kind: "amendment.dropped", sheet: SHEET } };
    expect(wishOf(changed(), "amendment.drop")).toBe("amendment.dropped");
    expect(wishOf(signed(), "amendment.drop")).toBe("sheet.signed");
    expect(sheetOf([...changed(), dropped])).toMatchObject({
      ...{ amending: null, signed: null, amendments: [] },
      items: Object.fromEntries(inputs),
    });
  });
});

describe("[R46] the gate before the signatures", () => {
  test("lets an amendment through that its author wrote and an office holder approves", () => {
    expect(admittedOf(changed())).toBe("supervisor");
  });

  test.each([
    ["nobody is signed in", asked(), null, "session.none"],
    ["another examiner asks", asked(), BO, "sheet.not-yours"],
    ["the author approves alone", asked({ approver: ANNA }), ANNA, "amendment.same-person"],
    ["the approver holds no office", asked({ approver: BO }), ANNA, "amendment.no-office"],
    ["an administrator approves", asked({ approver: CHEN }), ANNA, "amendment.no-office"],
    ["the approver is not known", asked({ approver: PersonId.parse("p-999") }), ANNA, "person.unknown"],
    ["no words are given", asked({ text: "  " }), ANNA, "amendment.no-reason"],
  ] as const)("refuses when %s", (_, question, actor, code) => {
    expect(admittedOf(changed(), question, actor)).toBe(code);
  });

  test("refuses what changes nothing, what is not whole, and what was never begun", () => {
    expect(admittedOf([...signed(), begun()])).toBe("amendment.no-change");
    expect(admittedOf([...changed(), markSet(FIRST_ITEM, null)])).toBe("sheet.incomplete");
    expect(admittedOf(signed())).toBe("amendment.none");
  });

  test("refuses one that was begun over what no longer counts", () => {
    expect(admittedOf([...signed(), begun(aHash("9")), markSet(FIRST_ITEM, OTHER_INPUT)])).toBe(
      "amendment.stale",
    );
  });

  test("refuses an approver who was ended", () => {
    const ended: Step = { actor: CHEN, body: { kind: "person.ended", person: DAN, reason: "调离" } };
    expect(admittedOf([...changed(), ended])).toBe("person.ended");
  });

  test("offers the leader and the supervisors, and never the author", () => {
    const view = viewOf(changed());
    const sitting = only(view.rows("sittings"));
    const offered = (author: PersonId, hidden: PersonId | null = null) =>
      approversOf(view.rows("people"), sitting, author, (person) => person === hidden).map(({ id }) => id);
    expect(offered(ANNA)).toEqual([DAN]);
    expect(offered(BO)).toEqual([ANNA, DAN]);
    expect(offered(BO, ANNA)).toEqual([DAN]);
  });
});

describe("what counts", () => {
  test("the newest amendment that follows what counted, with every version kept", () => {
    const sheet = sheetOf(twice());
    expect(countingOf(sheet)).toMatchObject({ hash: aHash("5"), total: fraction(50) });
    expect(sheet.items[FIRST_ITEM]).toBeUndefined();
    expect(sheet.signed?.items).toEqual(Object.fromEntries(inputs));
    expect(sheet.amendments.map(({ hash, basis }) => [hash, basis])).toEqual([
      [aHash("4"), aHash("3")],
      [aHash("5"), aHash("4")],
    ]);
    expect(sheet.amendments[0]?.marks.items[FIRST_ITEM]).toEqual(OTHER_INPUT);
    expect(sheet.signature).toMatchObject({ hash: aHash("3"), total: fraction(214, 3) });
  });

  test("an amendment takes its place in the chain, and the totals ask to be signed for anew", () => {
    const view = viewOf(once());
    expect(view.read("chain", ONLY)).toMatchObject({ seq: 3, head: aHash("4") });
    const signOff: Step = {
      actor: CHEN,
      body: { kind: "results.signed-off", sitting: SITTING, as: "clerk", person: CHEN, sheets: 1 },
    };
    const { revision, signOffs } = only(viewOf([...signed(), signOff, ...once().slice(-3)]).rows("sittings"));
    expect([revision, signOffs[0]?.revision]).toEqual([1, 0]);
  });

  const sealing = (): Step => {
    const step = batchSealed(OTHER_BATCH, 2);
    const at = [{ sheet: SHEET, sitting: SITTING, seq: 3 }];
    return { ...step, body: { ...(step.body as BodyOf<"batch.sealed">), amended: at } };
  };
  const receipt = (code: string | null): Step => {
    const step = receiptHeld(OTHER_BATCH);
    const at = [{ sheet: SHEET, sitting: SITTING, seq: 3, code }];
    return { ...step, body: { ...(step.body as BodyOf<"receipt.held">), amended: at } };
  };

  test("what the registry refuses counts no more, nor does what rests on it; a later receipt may take it after all", () => {
    const refused = [...twice(), sealing(), receipt("amendment-conflict")];
    expect(sheetOf(refused)).toMatchObject({ items: Object.fromEntries(inputs) });
    expect(countingOf(sheetOf(refused))?.hash).toBe(aHash("3"));
    expect(only(viewOf(refused).rows("sittings")).revision).toBe(3);
    expect(countingOf(sheetOf([...refused, receipt(null)]))?.hash).toBe(aHash("5"));
  });

  test("a receipt that takes it changes nothing", () => {
    expect(sheetOf([...once(), sealing(), receipt(null)])).toEqual(sheetOf(once()));
  });

  test("[SY32] a batch of amendments is held back until the earlier ones of its laptop have receipts", () => {
    const rows = (...steps: Step[]) => viewOf([...once(), batchSealed(), sealing(), ...steps]);
    const view = rows();
    const batch = (id: HashId) => view.read("batches", id)!;
    expect(batch(OTHER_BATCH)).toMatchObject({ kind: "amendments" });
    expect(isHeldBack(batch(OTHER_BATCH), view.rows("batches"))).toBe(true);
    expect(isHeldBack(batch(BATCH), view.rows("batches"))).toBe(false);
    expect(isHeldBack(batch(OTHER_BATCH), rows(receiptHeld()).rows("batches"))).toBe(false);
  });

  test("[SY32] results that are owed under the former device hold back the amendments of the one that goes on", () => {
    const continued: Step = {
      actor: null,
      body: {
        ...{ kind: "device.continued", device: Kid.parse(`ed25519.${"8".repeat(32)}`) },
        ...{ from: Kid.parse(`ed25519.${"7".repeat(32)}`), storage: "keyring", people: [ANNA, DAN] },
      },
    };
    const first = sealing();
    const again: Step = { ...first, body: { ...(first.body as BodyOf<"batch.sealed">), deviceSeq: 1 } };
    const rows = (...steps: Step[]) =>
      viewOf([...once(), batchSealed(), continued, again, ...steps]).rows("batches");
    const held = (all: ReturnType<typeof rows>) => {
      const [results, amendments] = [BATCH, OTHER_BATCH].map((id) => all.find((one) => one.id === id)!);
      expect(results!.device).not.toBe(amendments!.device);
      expect(isHeldBack(results!, all)).toBe(false);
      return {
        isHeld: isHeldBack(amendments!, all),
        by: earlierUnsent(amendments!, all).map(({ id }) => id),
      };
    };
    expect(held(rows())).toEqual({ isHeld: true, by: [BATCH] });
    expect(held(rows(receiptHeld()))).toEqual({ isHeld: false, by: [] });
    // Another laptop's batch waits for its own, not for ours.
    const carried = rows().map((one) => (one.id === OTHER_BATCH ? { ...one, carried: true } : one));
    expect(held(carried)).toEqual({ isHeld: false, by: [] });
  });

  test("[SY1] a sitting whose batches are acknowledged has something to seal again with an amendment", () => {
    const has = (...steps: Step[]) => {
      const view = viewOf([...signed(), batchSealed(), receiptHeld(), ...steps]);
      const rows = { sheets: view.rows("sheets"), candidates: view.rows("candidates") };
      const sitting = view.rows("sittings")[0]!;
      return hasUnsealed({ sitting, batches: view.rows("batches"), ...rows, reviews: [], incidents: [] });
    };
    const amending = [begun(), markSet(FIRST_ITEM, OTHER_INPUT)];
    expect(has()).toBe(false);
    expect(has(...amending)).toBe(false);
    expect(has(...amending, amended(4, "4", 60))).toBe(true);
    const sealed = batchSealed(OTHER_BATCH, 2);
    const range = { first: 4, last: 4 };
    const done: Step = { ...sealed, body: { ...(sealed.body as BodyOf<"batch.sealed">), range } };
    expect(has(...amending, amended(4, "4", 60), done)).toBe(false);
  });
});

describe("a laptop that amends its own sheets and has others' amendments", () => {
  const OTHER_LAPTOP = Kid.parse(`ed25519.${"9".repeat(32)}`);
  const received = (seq: number, digit: string, basis: HashId): Step => ({
    actor: CHEN,
    body: {
      kind: "amendment.received",
      ...{ target: aHash("3"), sheet: SHEET, sitting: SITTING, from: OTHER_LAPTOP, bundle: aHash("c") },
      amendment: {
        ...{ seq, hash: aHash(digit), basis, reason: "technical", text: "换表", total: fraction(40) },
        ...{ approvedBy: DAN, office: "supervisor", at: clockAt(9) },
        marks: { items: Object.fromEntries(inputs), vetoes: [], overtimeMs: 60_000, note: "" },
      },
    },
  });

  test("counts one that came by stick by the same rule, and keeps one that rests on something else beside", () => {
    const taken = sheetOf([...signed(), received(8, "d", aHash("3")), received(9, "e", aHash("1"))]);
    expect(countingOf(taken)).toMatchObject({ hash: aHash("d"), amendment: { from: OTHER_LAPTOP } });
    expect(taken).toMatchObject({ overtimeMs: 60_000, signed: { overtimeMs: 0 } });
    expect(taken.amendments).toHaveLength(2);
  });

  test("makes an amendment stale that was begun before another one came", () => {
    expect(admittedOf([...changed(), received(8, "d", aHash("3"))])).toBe("amendment.stale");
  });

  test("is told by the receipt of a carried batch what became of them", () => {
    const carried: Step = {
      actor: CHEN,
      body: {
        ...{
          kind: "batch.carried",
          batch: OTHER_BATCH,
          device: OTHER_LAPTOP,
          deviceSeq: 2,
          sitting: SITTING,
        },
        ...{ range: { first: 8, last: 8 }, sheets: 1, absent: 0, bundle: aHash("c"), amends: true },
        objects: [{ wire: aHash("5"), hash: aHash("6"), size: 10, role: "pack" }],
      },
    };
    const held = receiptHeld(OTHER_BATCH);
    const at = [{ sheet: SHEET, sitting: SITTING, seq: 8, code: "key-revoked" }];
    const receipt: Step = { ...held, body: { ...(held.body as BodyOf<"receipt.held">), amended: at } };
    const steps = [...signed(), received(8, "d", aHash("3")), carried, receipt];
    expect(viewOf(steps).read("batches", OTHER_BATCH)).toMatchObject({ kind: "amendments", carried: true });
    expect(sheetOf(steps)).toMatchObject({ overtimeMs: 0, amendments: [{ refused: "key-revoked" }] });
    expect(unannouncedReads(steps)).toEqual([]);
  });

  test("is told of every sitting that a carried batch amends, by whichever of them it was handed over", () => {
    const view = viewOf([...signed(), received(8, "d", aHash("3"))]);
    const batch = { id: OTHER_BATCH, kind: "amendments", carried: true, device: OTHER_LAPTOP } as const;
    const { body } = receiptHeld(OTHER_BATCH);
    const { receipt, sheets, regSeq, acceptedAt } = body as BodyOf<"receipt.held">;
    const said = (first: number, last: number) =>
      receiptToBody(
        { ...batch, amended: [], covers: [], range: { first, last } },
        {
          hash: receipt,
          value: { verdict: "rejected", notes: [{ seq: 0, code: "malformed" }], sheets, regSeq, acceptedAt },
        } as never,
        view,
      ).amended;
    expect(said(8, 9)).toEqual([
      { sheet: SHEET, sitting: SITTING, seq: 8, target: aHash("3"), code: "malformed" },
    ]);
    expect(said(9, 9)).toBeUndefined();
  });

  test("folds each of its entries from the rows that the entry says it touches", () => {
    const dropped: Step = { actor: ANNA, body: { kind: "amendment.dropped", sheet: SHEET } };
    const at = { sheet: SHEET, sitting: SITTING, seq: 3 };
    const [sealed, held] = [batchSealed().body as BodyOf<"batch.sealed">, receiptHeld().body];
    const judged = { ...(held as BodyOf<"receipt.held">), amended: [{ ...at, code: "malformed" }] };
    expect(
      unannouncedReads([
        ...[...twice(), begun(aHash("5")), dropped],
        { actor: ANNA, body: { ...sealed, amended: [at] } },
        { actor: null, body: judged },
      ]),
    ).toEqual([]);
  });
});

describe("[S12] a sheet of which another laptop signed a second version", () => {
  const [OWN, OTHER, LAPTOP] = [aHash("3"), aHash("d"), Kid.parse(`ed25519.${"9".repeat(32)}`)];
  const received: Step = {
    actor: CHEN,
    body: {
      kind: "sheet.received",
      sheet: {
        ...{ id: SheetId.parse("w".repeat(21) + "A"), sitting: SITTING, candidate: PRESENT, examiner: ANNA },
        ...{ rubric: only(viewOf(signed()).rows("sheets")).rubric, items: Object.fromEntries(inputs) },
        ...{ vetoes: [], overtimeMs: 0, note: "", evidence: [], startedAt: clockAt(1) },
      },
      signature: { seq: 3, hash: OTHER, total: fraction(7), at: clockAt(2) },
      ...{ from: LAPTOP, bundle: aHash("c"), counts: false },
    },
  };
  const chosen = (hash: HashId, ...versions: HashId[]): Step => ({
    actor: DAN,
    body: {
      kind: "sheet.chosen",
      ...{ sheet: SHEET, sitting: SITTING, versions, chosen: hash, person: DAN, reason: "重评" },
    },
  });
  /** Theirs, ours again, ours amended, and theirs once more. */
  const back = (): Step[] => [
    ...[...signed(), received, chosen(OTHER, OTHER), chosen(OWN, OTHER, OWN)],
    ...[begun(), markSet(FIRST_ITEM, OTHER_INPUT), amended(3, "4", 60), chosen(OTHER, OTHER, OWN)],
  ];
  const revisionOf = (steps: readonly Step[]) => only(viewOf(steps).rows("sittings")).revision;

  test("[R46] keeps its amendments when the other version is chosen and then the first again", () => {
    expect(countingOf(sheetOf(back()))?.hash).toBe(OTHER);
    expect(viewOf(back()).read("versions", OWN)?.sheet.amendments).toHaveLength(1);
    const again = [...back(), chosen(OWN, OTHER, OWN)];
    expect(sheetOf(again).items).toEqual({ ...Object.fromEntries(inputs), [FIRST_ITEM]: OTHER_INPUT });
    expect(countingOf(sheetOf(again))).toMatchObject({ hash: aHash("4"), total: fraction(60) });
    expect(unannouncedReads(again)).toEqual([]);
  });

  test("keeps beside when and from which stick it came", () => {
    expect(viewOf(back()).read("versions", OTHER)).toMatchObject({
      ...{ bundle: aHash("c"), sheet: { id: "w".repeat(21) + "A", from: LAPTOP } },
      decision: { chosen: true, person: DAN },
    });
  });

  test("is told what the registry says of an amendment while the other version counts", () => {
    const at = { sheet: SHEET, sitting: SITTING, seq: 3 };
    const sealed = batchSealed(OTHER_BATCH, 2).body as BodyOf<"batch.sealed">;
    const before: Step[] = [...back(), { actor: ANNA, body: { ...sealed, amended: [at] } }];
    const view = viewOf(before);
    const { body } = receiptHeld(OTHER_BATCH);
    const { receipt, verdict, sheets, regSeq, acceptedAt } = body as BodyOf<"receipt.held">;
    const notes = [{ seq: 3, code: "permit-expired" as const }];
    const held = receiptToBody(
      view.read("batches", OTHER_BATCH)!,
      { hash: receipt, value: { verdict, sheets, notes, regSeq, acceptedAt } } as never,
      view,
    );
    expect(held.amended).toEqual([{ ...at, target: OWN, code: "permit-expired" }]);
    const told: Step[] = [...before, { actor: null, body: held }];
    expect(viewOf(told).read("versions", OWN)?.sheet).toMatchObject({
      ...{ items: Object.fromEntries(inputs), amendments: [{ refused: "permit-expired" }] },
    });
    expect([revisionOf(told), unannouncedReads(told)]).toEqual([revisionOf(before), []]);
    expect(countingOf(sheetOf([...told, chosen(OWN, OTHER, OWN)]))?.hash).toBe(OWN);
  });

  test("[R48] asks for the totals to be signed for anew whenever another version counts, and only then", () => {
    const first = [...signed(), received, chosen(OTHER, OTHER)];
    expect(revisionOf(first)).toBe(1);
    expect(revisionOf([...first, chosen(OTHER, OTHER, OWN)])).toBe(1);
    expect(revisionOf([...first, chosen(OWN, OTHER, OWN)])).toBe(2);
    // What was written before entries said where folds as it did.
    const { sitting: _sitting, ...earlier } = chosen(OTHER, OTHER).body as BodyOf<"sheet.chosen">;
    expect(revisionOf([...signed(), received, { actor: DAN, body: earlier }])).toBe(0);
  });
});

function unannouncedReads(steps: readonly Step[]): string[] {
  const view = viewOf([]);
  return entriesOf(steps).flatMap((entry) => {
    const announced = new Set(rowsTouched(entry).map(({ table, key }) => `${table} ${key}`));
    const reads: string[] = [];
    fold(entry, (table, key) => {
      reads.push(`${table} ${key}`);
      return view.read(table, key);
    });
    view.apply(entry);
    return reads.filter((read) => !announced.has(read));
  });
}

function otherThan(input: ItemInput): ItemInput {
  const item = ceramic.items.find(({ no }) => no === FIRST_ITEM)!;
  if (item.kind !== "DEDUCT" || input.kind !== "DEDUCT") throw new Error("the first item deducts");
  const { code } = item.lines[0]!;
  return input.picked.some((one) => one.code === code)
    ? { kind: "DEDUCT", picked: [] }
    : { kind: "DEDUCT", picked: [{ code, count: 1 }] };
}
