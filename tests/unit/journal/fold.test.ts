// The fold: what each kind of entry does to the tables, that it reads nothing it did not announce, and that a whole
// little day gives the rows people expect.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fraction, Kid } from "#shared/base";
import {
  fold,
  liftEntry,
  ONLY,
  rowsTouched,
  sealingLock,
  type EntryBody,
  type JournalEntry,
  type ReadRow,
} from "#shared/journal";
import {
  ABSENT,
  aCheckpoint,
  aHash,
  aLittleDay,
  ANNA,
  BATCH,
  batchSealed,
  BO,
  CERAMIC,
  ceramic,
  CHEN,
  clockAt,
  entriesOf,
  FIRST_INPUT,
  FIRST_ITEM,
  inputs,
  LOG,
  markSet,
  only,
  openingSteps,
  OTHER_BATCH,
  OTHER_SHEET,
  PRESENT,
  receiptHeld,
  SHEET,
  sheetOpened,
  SITTING,
  viewOf,
  type Step,
} from "../../support/little-day.ts";

describe("what the fold reads", () => {
  /** Folds every entry of a day while noting what it reads. */
  function unannouncedReads(entries: readonly JournalEntry[]): string[] {
    const view = viewOf([]);
    return entries.flatMap((entry) => {
      const announced = new Set(rowsTouched(entry).map(({ table, key }) => `${table} ${key}`));
      const reads: string[] = [];
      const spy: ReadRow = (table, key) => {
        reads.push(`${table} ${key}`);
        return view.read(table, key);
      };
      fold(entry, spy);
      view.apply(entry);
      return reads.filter((read) => !announced.has(read)).map((read) => `${entry.body.kind} reads ${read}`);
    });
  }

  test("every kind of entry occurs in the little day", () => {
    const kinds = new Set(aLittleDay().map(({ body }) => body.kind));
    expect(kinds.size).toBe(29);
  });

  test("[P2] a view that takes what an entry folded to is the view that applied the entry", () => {
    const [applied, taken] = [viewOf([]), viewOf([])];
    for (const entry of entriesOf(aLittleDay())) {
      applied.apply(entry);
      taken.take(fold(entry, taken.read));
      expect(taken.snapshot(() => undefined)).toEqual(applied.snapshot(() => undefined));
    }
  });

  test("folding reads nothing that rowsTouched does not list", () => {
    expect(unannouncedReads(entriesOf(aLittleDay()))).toEqual([]);
  });

  test("nor in any order in which the acts of marking may come", () => {
    const [veto] = ceramic.vetoes;
    const act = fc.oneof(
      fc.constantFrom(...inputs.keys()).map((item) => markSet(item, inputs.get(item))),
      fc.constantFrom(...inputs.keys()).map((item) => markSet(item, null)),
      fc.boolean().map((on): ReturnType<typeof markSet> => ({
        actor: ANNA,
        body: { kind: "veto.set", sheet: SHEET, code: veto!.code, on },
      })),
      fc.nat(1000).map((overtimeMs): ReturnType<typeof markSet> => ({
        actor: ANNA,
        body: { kind: "overtime.set", sheet: SHEET, overtimeMs },
      })),
      fc.constant(batchSealed()),
      fc.constant(sheetOpened(OTHER_SHEET, BO)),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const steps = [...openingSteps(), sheetOpened(), ...acts];
        expect(unannouncedReads(entriesOf(steps))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("folding changes no row in place: the row as it was stays as it was", () => {
    const view = viewOf([...openingSteps(), sheetOpened(), markSet()]);
    const before = view.read("sheets", SHEET);
    const copy = structuredClone(before);
    const [cleared] = entriesOf([markSet(FIRST_ITEM, null)]);
    view.apply({ ...cleared!, seq: 99 });
    expect(before).toEqual(copy);
  });
});

describe("marks", () => {
  const marked = () => viewOf([...openingSteps(), sheetOpened(), markSet()]);
  const apply = (view: ReturnType<typeof marked>, seq: number, body: EntryBody) =>
    view.apply({ v: 1, seq, at: clockAt(seq), actor: ANNA, body });

  test("a mark is the input as it was recorded, and names its entry", () => {
    expect(marked().read("sheets", SHEET)).toMatchObject({
      items: { [FIRST_ITEM]: FIRST_INPUT },
      lastSeq: 7,
    });
  });

  test("a null makes the item blank, which is not zero", () => {
    const view = marked();
    apply(view, 8, { kind: "mark.set", sheet: SHEET, item: FIRST_ITEM, input: null });
    expect(view.read("sheets", SHEET)?.items).toEqual({});
  });

  test("an undo is an entry of its own and brings the former input back", () => {
    const view = viewOf([...openingSteps(), sheetOpened(), markSet(), markSet(FIRST_ITEM, null)]);
    apply(view, 9, { kind: "mark.set", sheet: SHEET, item: FIRST_ITEM, input: FIRST_INPUT, undoes: 8 });
    expect(view.read("sheets", SHEET)).toMatchObject({ items: { [FIRST_ITEM]: FIRST_INPUT }, lastSeq: 9 });
  });

  test("[S4] a mark on one sheet does not touch another", () => {
    const view = viewOf([...openingSteps(), sheetOpened(), sheetOpened(OTHER_SHEET, BO, ABSENT), markSet()]);
    expect(view.read("sheets", OTHER_SHEET)?.items).toEqual({});
  });

  test("a veto is there once however often it is set, and gone when it is taken back", () => {
    const view = marked();
    const [one, two] = ceramic.vetoes;
    const set = (seq: number, code: string, on: boolean) =>
      apply(view, seq, { kind: "veto.set", sheet: SHEET, code, on });
    set(8, two!.code, true);
    set(9, one!.code, true);
    set(10, two!.code, true);
    expect(view.read("sheets", SHEET)?.vetoes).toEqual([one!.code, two!.code]);
    set(11, one!.code, false);
    expect(view.read("sheets", SHEET)?.vetoes).toEqual([two!.code]);
  });
});

describe("people and permits", () => {
  test("a permit admits the keys of this device and not those of another laptop", () => {
    const view = viewOf(openingSteps());
    expect(view.read("people", ANNA)?.key?.permitted).toBe(true);
    expect(view.read("people", BO)?.key).toBeNull();
    expect(view.read("people", CHEN)?.key).toBeNull();
  });

  test("a key made anew waits for its permit again", () => {
    const made = openingSteps()[1]!;
    const view = viewOf([...openingSteps(), made]);
    expect(view.read("people", ANNA)?.key?.permitted).toBe(false);
  });
});

describe("batches", () => {
  const another = () => ({ ...batchSealed(OTHER_BATCH, 2) });

  test("a receipt changes its own batch and no other", () => {
    const before = viewOf([...openingSteps(), batchSealed(), another()]);
    const after = viewOf([...openingSteps(), batchSealed(), another(), receiptHeld(OTHER_BATCH)]);
    expect(after.read("batches", BATCH)).toEqual(before.read("batches", BATCH));
    expect(after.read("batches", OTHER_BATCH)?.receipt?.hash).toBe(aHash("7"));
    expect(after.rows("sheets")).toEqual(before.rows("sheets"));
    expect(after.rows("sittings")).toEqual(before.rows("sittings"));
  });

  test("[SY4] trouble with sending leaves a batch without a receipt, and a receipt ends the trouble", () => {
    const troubled = viewOf(
      aLittleDay().filter(({ body }) => body.kind !== "receipt.held" && body.kind !== "evidence.held"),
    );
    expect(troubled.read("batches", BATCH)).toMatchObject({ receipt: null, trouble: { final: false } });
    expect(viewOf(aLittleDay()).read("batches", BATCH)).toMatchObject({ trouble: null });
  });

  test("[SY24] a batch that was lost and given again keeps the receipts before, and owes its evidence anew", () => {
    const photo = { wire: aHash("8"), hash: aHash("9"), size: 10, role: "evidence" as const };
    const sealed = batchSealed();
    if (sealed.body.kind !== "batch.sealed") throw new Error("no batch");
    const withPhoto = { ...sealed, body: { ...sealed.body, objects: [...sealed.body.objects, photo] } };
    const held = receiptHeld();
    if (held.body.kind !== "receipt.held") throw new Error("no receipt");
    const brought = { kind: "evidence.held" as const, batch: BATCH, statement: aHash("5"), objects: 1 };
    const steps = [...openingSteps(), withPhoto, held];
    expect(viewOf(steps).read("batches", BATCH)?.evidenceOwed).toBe(1);
    const delivered = [...steps, { actor: null, body: brought }];
    expect(viewOf(delivered).read("batches", BATCH)?.evidenceOwed).toBe(0);
    const judged = { actor: null, body: { ...held.body, receipt: aHash("6") } };
    expect(viewOf([...delivered, judged]).read("batches", BATCH)).toMatchObject({
      evidenceOwed: 0,
      receipt: { hash: aHash("6"), earlier: [aHash("7")], renewed: 0 },
    });
    const renewed = { actor: null, body: { ...judged.body, kind: "receipt.renewed" as const } };
    expect(viewOf([...delivered, renewed]).read("batches", BATCH)).toMatchObject({
      evidenceOwed: 1,
      receipt: { hash: aHash("6"), earlier: [aHash("7")], renewed: 1 },
    });
  });

  test("[SY25] [SY27] sealing is locked by the own revocation, and by a registry that knows more", () => {
    const { device } = only(viewOf(openingSteps()).rows("centre"));
    const revoked = (kid: typeof device) => ({
      actor: null,
      body: {
        kind: "revocations.held" as const,
        revocations: [
          { kid, kind: "device" as const, reason: "lost" as const, effective: clockAt(0).wall, version: 1 },
        ],
      },
    });
    const other = Kid.parse(`ed25519.${"0".repeat(32)}`);
    const lockAfter = (...steps: Step[]) => sealingLock(viewOf([...openingSteps(), ...steps]));
    expect(lockAfter()).toBeNull();
    expect(lockAfter(revoked(other))).toBeNull();
    expect(lockAfter(revoked(device))).toBe("device.revoked");
    const head = (trouble: "head.ahead" | "head.frozen" | null) => ({
      actor: null,
      body: { kind: "head.compared" as const, lastSeq: 3, lastBatch: BATCH, behind: [], trouble },
    });
    expect(lockAfter(head("head.ahead"))).toBe("device.behind");
    expect(lockAfter(head("head.frozen"))).toBe("device.frozen");
    expect(lockAfter(head("head.ahead"), head(null))).toBeNull();
  });

  test("a receipt of an earlier time does not turn the registry's clock back", () => {
    const late = receiptHeld();
    const early = receiptHeld(OTHER_BATCH);
    if (early.body.kind !== "receipt.held" || late.body.kind !== "receipt.held")
      throw new Error("no receipt");
    const earlier = { ...early, body: { ...early.body, acceptedAt: clockAt(0).wall } };
    const view = viewOf([...openingSteps(), batchSealed(), another(), late, earlier]);
    expect(view.read("chain", ONLY)?.lastRegistryTime).toBe(late.body.acceptedAt);
  });
});

test("a full little day folds to the rows people expect", () => {
  const view = viewOf(aLittleDay());
  expect(only(view.rows("centre"))).toMatchObject({ storage: "demo-file", permit: { hash: aHash("f") } });
  expect(view.rows("people").map(({ id }) => id)).toEqual([ANNA, BO, CHEN]);
  expect(only(view.rows("rubrics"))).toEqual({ hash: CERAMIC, rubric: ceramic });
  expect(only(view.rows("sittings"))).toMatchObject({ id: SITTING, candidates: 2, batch: BATCH });
  expect(view.read("candidates", PRESENT)?.absence).toBeNull();
  expect(view.read("candidates", ABSENT)?.absence).toMatchObject({ seq: 3, hash: aHash("4") });
  expect(only(view.rows("sheets"))).toMatchObject({
    examiner: ANNA,
    items: Object.fromEntries(inputs),
    vetoes: [],
    overtimeMs: 60_000,
    note: "釉面",
    evidence: [
      { item: FIRST_ITEM, hash: aHash("8"), removed: true },
      { item: null, hash: aHash("8"), removed: false },
    ],
    signature: { seq: 2, hash: aHash("3"), total: fraction(214, 3) },
  });
  expect(only(view.rows("batches"))).toMatchObject({ id: BATCH, receipt: { regSeq: 9 }, trouble: null });
  expect(only(view.rows("chain"))).toEqual({
    clock: { state: "trusted", byMs: 0, since: 0 },
    seq: 3,
    head: aHash("4"),
    deviceSeq: 1,
    lastBatch: BATCH,
    lastReceipt: aHash("7"),
    lastRegistryTime: 1_750_000_000_000,
    checkpoint: aCheckpoint(4),
    sealedSeq: 3,
  });
  expect(only(view.rows("batches")).anchored).toMatchObject({ log: LOG, index: 2, size: 4 });
});

describe("the public log", () => {
  const anchored = (digit: string) => ({
    actor: null,
    body: {
      kind: "batch.anchored" as const,
      batch: BATCH,
      receipt: aHash(digit),
      log: LOG,
      index: 2,
      size: 4,
    },
  });
  const rowAfter = (...steps: Parameters<typeof viewOf>[0]) =>
    only(viewOf([...openingSteps(), batchSealed(), ...steps]).rows("batches"));

  test("[SY29] a proof anchors the receipt it was made for, and no later one", () => {
    expect(rowAfter(receiptHeld(), anchored("7")).anchored).toMatchObject({ index: 2 });
    expect(rowAfter(receiptHeld(), anchored("8")).anchored).toBeNull();
    expect(rowAfter(receiptHeld(), anchored("7"), receiptHeld()).anchored).toBeNull();
  });

  test("[SY31] what did not fit stays on record, also after the log fitted again", () => {
    const view = viewOf(aLittleDay());
    expect(view.read("registry", ONLY)?.dispute).toMatchObject({ code: "checkpoint.behind", mended: true });
    const unmended = viewOf(aLittleDay().slice(0, -3));
    expect(unmended.read("registry", ONLY)?.dispute).toMatchObject({ mended: false });
  });
});

test("an entry about a row that was never made is a bug, not a new row", () => {
  expect(() => viewOf([...openingSteps(), markSet()])).toThrow("row it never made");
});

describe("entries of other versions", () => {
  const entry = entriesOf(openingSteps())[1]!;

  test("today's is taken as it is", () => {
    expect(liftEntry(structuredClone(entry))).toEqual({ ok: true, value: entry });
  });

  test("[S15] a later one is refused as newer, not as damage", () => {
    expect(liftEntry({ v: 2, whatever: "it holds" })).toEqual({ ok: false, error: { code: "entry.newer" } });
  });

  test.each([{ v: 0 }, { v: "1" }, null, [], "entry", { ...entry, more: 1 }, { ...entry, seq: 0 }])(
    "what is no entry is refused: %j",
    (stored) => expect(liftEntry(stored)).toEqual({ ok: false, error: { code: "entry.malformed" } }),
  );
});
