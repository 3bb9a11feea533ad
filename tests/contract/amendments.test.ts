// Amendments at the registry (R46, protocol A3): two people, over what counts. The real registry, on either database.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_HASH, type CandidateRef, type HashId } from "#shared/base";
import { totalOf } from "#shared/rules";
import { receiptToBody, type BatchRow } from "#shared/journal";
import { inputsToSheetItems, leafOfReceipt, peekRecord, verifyRecord } from "#shared/wire";
import { createRegistryClient } from "../../electron/outbox/index.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, fullInputs, oneMore, someKeys, type Laptop } from "../support/wire-builders.ts";
import { deliver, enrolLaptop, receiptOf, registryKeys, sendAll } from "../support/registry-calls.ts";
import { createMemoryRegistry, valueOf } from "../support/desk-harness.ts";
import { ADMINISTRATOR, LEADER, openDesk, SUPERVISOR, type Desk } from "../support/little-desk.ts";
import { afterMs } from "../support/real-timers.ts";

let place: RegistryPlace;
let registry: RunningRegistry;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

/** A laptop whose one sheet the registry has accepted. */
async function aMarkedCandidate(): Promise<{ laptop: Laptop; ref: CandidateRef; sheet: HashId }> {
  const laptop = await enrolLaptop(registry.url, someKeys());
  const ref = aCandidateRef();
  laptop.roster([ref]);
  const { hash: sheet } = laptop.sheet(ref);
  await sendAll(registry.url, laptop);
  return { laptop, ref, sheet };
}

describe("[R46] an amendment", () => {
  test("of its author and a leader counts, and the leaf of its batch says what it is", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    laptop.amendment(ref, sheet);
    const receipt = await sendAll(registry.url, laptop);
    expect(receipt).toMatchObject({
      verdict: "accepted",
      sheets: { accepted: 1, quarantined: 0 },
      notes: [],
    });
    expect(leafOfReceipt(receipt)?.k).toBe("amend");
  });

  test("follows the one before it; one that looked at something older is a conflict for people", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    const first = laptop.amendment(ref, sheet);
    await sendAll(registry.url, laptop);
    laptop.amendment(ref, sheet, { basis: first.hash });
    expect((await sendAll(registry.url, laptop)).notes).toEqual([]);
    laptop.amendment(ref, sheet, { basis: first.hash });
    laptop.amendment(ref, sheet);
    const { verdict, notes } = await sendAll(registry.url, laptop);
    expect([verdict, notes.map(({ code }) => code)]).toEqual([
      "quarantined",
      ["amendment-conflict", "amendment-conflict"],
    ]);
  });

  test("keeps its order within a batch, and after the index was lost", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    const first = laptop.amendment(ref, sheet);
    const second = laptop.amendment(ref, sheet, { basis: first.hash });
    expect((await sendAll(registry.url, laptop)).notes).toEqual([]);
    await registry.close();
    await place.loseIndex();
    registry = await place.start();
    laptop.amendment(ref, sheet, { basis: first.hash });
    laptop.amendment(ref, sheet, { basis: second.hash });
    expect((await sendAll(registry.url, laptop)).notes.map(({ code }) => code)).toEqual([
      "amendment-conflict",
    ]);
  });

  test("does not count without a second signature, nor with one that is not the named approver's", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    const { examiner, administrator } = laptop.keys;
    laptop.amendment(ref, sheet, {}, [examiner]);
    laptop.amendment(ref, sheet, {}, [examiner, administrator]);
    laptop.amendment(ref, sheet, { approvedBy: { kid: examiner.kid, role: "panelLeader" } });
    const { verdict, notes } = await sendAll(registry.url, laptop);
    expect(verdict).toBe("quarantined");
    expect(notes.map(({ code }) => code)).toEqual([
      "approval-missing",
      "approval-missing",
      "approval-missing",
    ]);
  });

  test("does not count when the approver holds no such office, or the author is somebody else's sheet's", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    const { examiner, administrator, leader } = laptop.keys;
    laptop.amendment(ref, sheet, { approvedBy: { kid: administrator.kid, role: "supervisor" } }, [
      examiner,
      administrator,
    ]);
    laptop.amendment(ref, sheet, { by: { kid: leader.kid, role: "examiner" } }, [leader, examiner]);
    const { notes } = await sendAll(registry.url, laptop);
    expect(notes.map(({ code }) => code)).toEqual(["role-not-allowed", "approval-missing"]);
  });

  test("does not count by another than the author of the sheet", async () => {
    const laptop = await enrolLaptop(registry.url, someKeys());
    const ref = aCandidateRef();
    laptop.roster([ref]);
    const { leader } = laptop.keys;
    const { hash } = laptop.sheet(ref, { by: { kid: leader.kid, role: "examiner" } }, leader);
    expect((await sendAll(registry.url, laptop)).notes).toEqual([]);
    laptop.amendment(ref, hash);
    expect((await sendAll(registry.url, laptop)).notes.map(({ code }) => code)).toEqual(["role-not-allowed"]);
  });

  test("of a sheet nobody sent, of another candidate, or with a total that does not follow, does not count", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    laptop.amendment(ref, NO_HASH);
    laptop.amendment(aCandidateRef(), sheet);
    laptop.amendment(ref, sheet, { new: { ...marks(laptop), total: oneMore(marks(laptop).total) } });
    const { notes } = await sendAll(registry.url, laptop);
    expect(notes.map(({ code }) => code)).toEqual(["target-unknown", "target-unknown", "total-mismatch"]);
  });

  test("travels by itself: a batch that mixes amendments and sheets is kept and counts for nothing", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    laptop.amendment(ref, sheet);
    laptop.sheet(ref);
    const sealed = await laptop.seal();
    const receipt = await receiptOf(registry.url, sealed);
    expect(receipt).toMatchObject({ verdict: "quarantined", notes: [{ seq: 0, code: "malformed" }] });
  });
});

describe("[R46] the laptop's own desk", () => {
  /** The desk of a laptop, whose registry is the real one wherever it calls. */
  async function aDesk() {
    const { url } = registry;
    const client = createRegistryClient({ fetch, timers: { after: afterMs } });
    const memory = await createMemoryRegistry();
    return openDesk(undefined, {
      ...memory,
      contact: () => client.contact(url),
      demonstrationCode: () => client.demonstrationCode(url),
      enrol: (_, request) => client.enrol(url, request),
      addPeopleKeys: (_, records) => client.addPeopleKeys(url, records),
    });
  }

  async function send(desk: Desk, batch: BatchRow) {
    const [record, ...objects] = await desk.journal.attachments(batch.sealedSeq);
    const manifest = record && peekRecord("batch", record);
    if (!record || !manifest?.ok) throw new Error("a sealed batch has its manifest");
    const sealed = { batch: batch.id, manifest: manifest.value.value, record, objects };
    const receipt = verifyRecord(
      "receipt",
      await deliver(registry.url, sealed),
      await registryKeys(registry.url),
    );
    if (!receipt.ok) throw new Error(receipt.error.code);
    valueOf(
      await desk.journal.append(null, [{ body: receiptToBody(batch, receipt.value, desk.journal.view) }]),
    );
    return receipt.value.value;
  }

  test("signs, seals and sends what the registry counts, one amendment after another", async () => {
    const desk = await aDesk();
    const sheet = await desk.signedSheet();
    for (const person of [SUPERVISOR, LEADER]) await desk.signIn(person);
    const pinOf = (name: string | null) =>
      Promise.resolve(
        desk.keys.demoPin(desk.journal.view.rows("people").find((one) => one.name === name)?.id ?? LEADER),
      );
    desk.person.answer(pinOf);
    for (const item of [1, 2]) {
      const rubric = desk.journal.view.rows("rubrics")[0]?.rubric;
      const row = desk.journal.view.read("sheets", sheet);
      if (!rubric || !row) throw new Error("a signed sheet has its rubric");
      const input = fullInputs(rubric)[String(item)];
      if (!input) throw new Error("no such item");
      valueOf(await desk.marking.append([{ kind: "amendment.open", sheet }]));
      valueOf(await desk.marking.append([{ kind: "mark.set", sheet, item, input }]));
      valueOf(await desk.marking.append([{ kind: "note.set", sheet, text: `item ${String(item)}` }]));
      valueOf(
        await desk.amendments.amend({ sheet, reason: "transcription", text: "读错", approver: SUPERVISOR }),
      );
    }
    await desk.signIn(ADMINISTRATOR);
    desk.person.answer(pinOf);
    const [sitting] = desk.journal.view.rows("sittings");
    if (!sitting) throw new Error("no sitting");
    valueOf(await desk.day.seal(sitting.id, "还有考生未考"));
    const batches = desk.journal.view.rows("batches");
    expect(batches.map(({ kind, sheets }) => [kind, sheets])).toEqual([
      ["results", 1],
      ["amendments", 2],
    ]);
    for (const batch of batches) {
      const { verdict, sheets, notes } = await send(desk, batch);
      expect([verdict, sheets.accepted, notes]).toEqual(["accepted", batch.sheets, []]);
    }
    const amendments = desk.journal.view.read("sheets", sheet)?.amendments ?? [];
    expect(amendments.map(({ refused }) => refused)).toEqual([null, null]);
  });
});

function marks({ rubric }: Laptop) {
  const inputs = fullInputs(rubric);
  const { total } = totalOf(rubric, inputs, 0);
  return { items: inputsToSheetItems(rubric, inputs), overtimeMs: 0, vetoes: [], total, note: "" };
}
