// What a registry decided later about a batch (P22): asked for by a person, believed by its signature, and kept beside the rest.
import { expect, test } from "vitest";
import { InstantMs, type HashId } from "#shared/base";
import type { Signer } from "#shared/crypto";
import { type ReceiptRecord } from "#shared/wire";
import { valueOf } from "../../support/desk-harness.ts";
import { ADMINISTRATOR, LEADER, openDesk } from "../../support/little-desk.ts";
import { aReceiptRecord } from "../../support/receipt-builder.ts";

const AT = InstantMs.parse(1_795_420_000_000);

/** A batch is sealed; its first receipt, once held, keeps one sheet waiting. */
async function aSealedBatch() {
  const desk = await openDesk();
  await desk.signedSheet();
  await desk.signIn(ADMINISTRATOR);
  desk.person.answer(desk.keys.demoPin(LEADER));
  const [sheet] = desk.journal.view.rows("sheets");
  if (!sheet) throw new Error("a sheet");
  const { batch } = valueOf(await desk.day.seal(sheet.sitting, "只考一人"));
  const row = () => desk.journal.view.read("batches", batch);
  const sealed = row();
  if (!sealed) throw new Error("a batch");
  const { device, deviceSeq } = sealed;
  const receipt = (changes: Partial<ReceiptRecord> = {}, signer: Signer = desk.registry.receipts) =>
    aReceiptRecord({ batch, device, deviceSeq }, signer, {
      ...{ acceptedAt: AT, regSeq: 3, prevReceipt: batch },
      ...changes,
    });
  const hold = async () => {
    const counts = {
      verdict: "quarantined" as const,
      sheets: { accepted: 0, quarantined: 1, rejected: 0 },
      notes: [{ seq: 2, code: "enrolment-pending" }],
    };
    const { hash, record } = receipt(counts);
    const body = {
      kind: "receipt.held" as const,
      batch,
      receipt: hash,
      ...counts,
      regSeq: 3,
      acceptedAt: AT,
    };
    valueOf(await desk.journal.append(null, [{ body, attachments: [record] }]));
  };
  return { ...desk, batch, row, receipt, hold };
}

test("[P22] held sheets that count since are learned from a later receipt, once", async () => {
  const desk = await aSealedBatch();
  await desk.hold();
  expect(valueOf(await desk.laterReceipts.ask(desk.batch))).toEqual({ outcome: "same" });
  const later = desk.receipt();
  desk.registry.later.push(later.record);
  expect(valueOf(await desk.laterReceipts.ask(desk.batch))).toEqual({ outcome: "newer" });
  expect(desk.row()?.receipt).toMatchObject({
    hash: later.hash,
    verdict: "accepted",
    sheets: { accepted: 1, quarantined: 0 },
    notes: [],
  });
  const written = desk.journal.entries.length;
  expect(valueOf(await desk.laterReceipts.ask(desk.batch))).toEqual({ outcome: "same" });
  expect(desk.journal.entries).toHaveLength(written);
});

test("[SY4] a later receipt under another key, or of another batch, changes nothing", async () => {
  const desk = await aSealedBatch();
  await desk.hold();
  const before = desk.row();
  const device = desk.keys.device();
  if (!device) throw new Error("a device");
  const other = `sha256:${"1".repeat(64)}` as HashId;
  for (const { record } of [desk.receipt({}, device), desk.receipt({ batch: other })]) {
    desk.registry.later.splice(0, 1, record);
    expect(await desk.laterReceipts.ask(desk.batch)).toMatchObject({
      error: { code: "registry.not-a-registry" },
    });
    expect(desk.row()).toEqual(before);
  }
});

test("nobody signed in, or a batch without a receipt, asks for no later one", async () => {
  const desk = await aSealedBatch();
  expect(await desk.laterReceipts.ask(desk.batch)).toMatchObject({ error: { code: "batch.unknown" } });
  await desk.hold();
  valueOf(await desk.sessions.close());
  expect(await desk.laterReceipts.ask(desk.batch)).toMatchObject({ error: { code: "session.none" } });
});
