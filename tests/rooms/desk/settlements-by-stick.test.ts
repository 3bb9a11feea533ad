// What a divergent panel says and settles on several laptops of a centre, by stick alone (R43, R46, S12): a member's signed words made
// on one laptop count on the other, and what the leader settles there is known on both.
import { beforeEach, describe, expect, test } from "vitest";
import type { PersonId } from "#shared/base";
import type { Signer } from "#shared/crypto";
import type { Received } from "#shared/ipc";
import { admitSettlement, receiptToBody } from "#shared/journal";
import { sampleRubrics } from "#shared/rules";
import { verifyReceipt } from "#shared/sync";
import {
  peekRecord,
  recordToText,
  signRecord,
  writeBundle,
  type SettlementRecord,
  type UpholdingRecord,
} from "#shared/wire";
import { keysetLookup, pinnedKeyset } from "../../../electron/desk/index.ts";
import { sealRecords, shareKeyOf } from "../../../electron/desk/hand-over.ts";
import {
  candidateAt,
  markAndSign,
  newestFile,
  receive,
  shareSitting,
  twoLaptops,
  type TwoLaptops,
} from "../../support/desk-acts.ts";
import { TEST_ENVIRONMENT, valueOf } from "../../support/desk-harness.ts";
import { fullInputs, poorInputs } from "../../support/journal-builders.ts";
import { ADMINISTRATOR, EXAMINER, LEADER, type Desk } from "../../support/little-desk.ts";

const rubric = sampleRubrics()[0]!;
let laptops: TwoLaptops;
let here: Desk;
let there: Desk;

const rowOn = (desk: Desk) => desk.journal.view.read("candidates", candidateAt(desk, 1))!;

async function give(from: Desk, to: Desk): Promise<Received> {
  await from.signIn(ADMINISTRATOR);
  await to.signIn(ADMINISTRATOR);
  valueOf(await from.carrier.shareSheets(laptops.sitting));
  return receive(to, newestFile(from).bytes);
}

async function uphold(desk: Desk, person: PersonId): Promise<void> {
  await desk.signIn(person);
  desk.person.answer(desk.keys.demoPin(person));
  valueOf(await desk.settlements.uphold({ candidate: candidateAt(desk, 1), reason: "看过作品，维持" }));
}

async function settle(desk: Desk) {
  await desk.signIn(LEADER);
  desk.person.answer(desk.keys.demoPin(LEADER));
  return desk.settlements.settle({ candidate: candidateAt(desk, 1), reason: "看法不同，均有依据" });
}

/** The leader marked on one laptop and the examiner on the other; both have both sheets. */
beforeEach(async () => {
  laptops = await twoLaptops();
  ({ here, there } = laptops);
  const code = await shareSitting(laptops);
  await there.signIn(ADMINISTRATOR);
  there.person.answer(code);
  await receive(there, newestFile(here).bytes);
  await markAndSign(here, laptops.sitting, LEADER, 1, fullInputs(rubric));
  await markAndSign(there, laptops.sitting, EXAMINER, 1, poorInputs(rubric));
  expect(await give(here, there)).toMatchObject({ sheets: 1, refused: [] });
  expect(await give(there, here)).toMatchObject({ sheets: 1, refused: [] });
});

describe("[S12] by stick between a panel's laptops", () => {
  test("[R43] a member keeps their sheet on their own laptop, the leader settles on another, and both know of it", async () => {
    await uphold(here, LEADER);
    expect(await settle(here)).toMatchObject({ error: { code: "divergence.not-reviewed" } });
    await uphold(there, EXAMINER);
    expect(await give(there, here)).toMatchObject({ settlements: 1, refused: [] });
    expect(rowOn(here).upheld).toMatchObject([
      { examiner: LEADER, statement: { from: null } },
      { examiner: EXAMINER, statement: { from: there.journal.view.read("centre", "only")!.device } },
    ]);
    valueOf(await settle(here));
    expect(await give(here, there)).toMatchObject({ settlements: 2, refused: [] });
    expect(rowOn(there).settlements).toMatchObject([{ person: LEADER, refused: null }]);
    expect(await settle(there)).toMatchObject({ error: { code: "divergence.settled" } });
    // Once more it brings nothing.
    expect(await give(here, there)).toMatchObject({ settlements: 0, refused: [] });
    expect(rowOn(there).settlements).toHaveLength(1);
  });

  test("[SY4] its sealed batch is carried on, and the registry's word on it counts on both laptops", async () => {
    await uphold(here, LEADER);
    await uphold(there, EXAMINER);
    await give(there, here);
    valueOf(await settle(here));
    await here.signIn(ADMINISTRATOR);
    here.person.answer(here.keys.demoPin(LEADER));
    valueOf(await here.day.seal(laptops.sitting, "其余考生改期"));
    expect(await give(here, there)).toMatchObject({ batches: 2, settlements: 2, refused: [] });
    const { hash, seq } = rowOn(here).settlements[0]!.signed!;
    for (const desk of [here, there]) {
      const batch = desk.journal.view.rows("batches").find(({ kind }) => kind === "settlements")!;
      expect(batch).toMatchObject({ carried: desk === there, range: { first: seq, last: seq } });
      const record = desk.registry.receiptFor(batch.id, batch.device, batch.deviceSeq);
      const keys = keysetLookup((await pinnedKeyset(desk.journal)).value);
      const receipt = valueOf(verifyReceipt(record, { ...batch, batch: batch.id }, keys));
      const refusing = { ...receipt.value, notes: [{ seq, code: "settlement-outdated" }] };
      const body = receiptToBody(batch, { ...receipt, value: refusing }, desk.journal.view);
      expect(body.settled).toMatchObject([{ settlement: hash, code: "settlement-outdated" }]);
      valueOf(await desk.journal.append(null, [{ body, attachments: [record] }]));
      expect(rowOn(desk).settlements).toMatchObject([{ refused: "settlement-outdated" }]);
      expect(admitSettlement(candidateAt(desk, 1), desk.journal.view).ok).toBe(true);
    }
  });

  test("[R46] words under another's key, about another sheet or of a sheet that is not here are refused, and nothing is kept", async () => {
    const examiner = await signerOn(there, EXAMINER);
    const leader = await signerOn(here, LEADER);
    await uphold(there, EXAMINER);
    const said = await statementOn(there);
    const value = valueOf(peekRecord("upholding", said)).value;
    const forged = (change: Partial<UpholdingRecord>, signer: Signer) =>
      signRecord("upholding", { ...value, ...change, by: { ...value.by, kid: signer.kid } }, [signer]).record;
    const unknown = value.record.replace(/.$/, (last) => (last === "0" ? "1" : "0")) as typeof value.record;
    expect(await bring([forged({}, leader), forged({ record: unknown }, examiner)])).toMatchObject({
      settlements: 0,
      refused: [
        { code: "share.mismatch", count: 1 },
        { code: "share.unknown-sheet", count: 1 },
      ],
    });
    expect(rowOn(here).upheld).toEqual([]);
  });

  test("[R35] [R43] a settlement by another than the leader, with other figures, or without everybody's words is refused", async () => {
    const examiner = await signerOn(there, EXAMINER);
    await uphold(there, EXAMINER);
    await uphold(here, LEADER);
    await give(there, here);
    valueOf(await settle(here));
    const entry = here.journal.entries.find(({ entry: { body } }) => body.kind === "divergence.settled")!;
    const [record] = await here.journal.attachments(entry.entry.seq);
    const { value } = valueOf(peekRecord("settlement", record!));
    const leader = await signerOn(here, LEADER);
    const forged = (change: Partial<SettlementRecord>, signer = leader) =>
      signRecord("settlement", { ...value, ...change, by: { ...value.by, kid: signer.kid } }, [signer])
        .record;
    const own = value.statements.slice(0, 1);
    const other = recordToText(
      signRecord(
        "upholding",
        { ...valueOf(peekRecord("upholding", await statementOn(there))).value, reason: "代写" },
        [examiner, leader],
      ).record,
    );
    const wrong: [Partial<SettlementRecord>, string][] = [
      [{ mean: { n: 60, d: 1 } }, "share.total-mismatch"],
      [{ spread: { n: 9, d: 1 } }, "share.total-mismatch"],
      [{ statements: own }, "settlement.statement-missing"],
      [{ statements: [...own, ...own] }, "settlement.statement-other"],
      [{ statements: [...own, other] }, "settlement.statement-invalid"],
      [{ records: [...value.records].reverse() }, "settlement.records"],
      [{ candidate: { ref: candidateAt(here, 2) } }, "settlement.statement-other"],
    ];
    for (const [change, code] of wrong)
      expect(await bring([forged(change)], there)).toMatchObject({ refused: [{ code, count: 1 }] });
    expect(await bring([forged({}, examiner)], there)).toMatchObject({
      refused: [{ code: "wire.role-not-allowed", count: 1 }],
    });
    expect(rowOn(there).settlements).toEqual([]);
  });
});

async function signerOn(desk: Desk, person: PersonId): Promise<Signer> {
  return valueOf(await desk.keys.unlockPerson(person, desk.keys.demoPin(person)!));
}

async function statementOn(desk: Desk) {
  const [said] = rowOn(desk).upheld;
  const [record] = await desk.journal.attachments(said!.statement!.heldSeq);
  return record!;
}

/** As a laptop of the centre would hand these over. */
async function bring(records: Parameters<typeof sealRecords>[0], to: Desk = here): Promise<Received> {
  const row = here.journal.view.read("sittings", laptops.sitting)!;
  const key = await shareKeyOf(row, here.journal);
  await to.signIn(ADMINISTRATOR);
  const frame = sealRecords(records, laptops.sitting, key!, TEST_ENVIRONMENT);
  return receive(to, writeBundle([frame]).bytes);
}
