// Amendments at the registry (R46, protocol A3): two people, over what counts. The real registry, on either database.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_HASH, type CandidateRef, type HashId } from "#shared/base";
import { totalOf } from "#shared/rules";
import { inputsToSheetItems, leafOfReceipt } from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, fullInputs, oneMore, someKeys, type Laptop } from "../support/wire-builders.ts";
import { deliver, enrolLaptop, receiptOf } from "../support/registry-calls.ts";

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
  const sealed = await laptop.seal();
  laptop.sealed(sealed);
  await deliver(registry.url, sealed);
  return { laptop, ref, sheet };
}

async function sendAll(laptop: Laptop) {
  const sealed = await laptop.seal();
  laptop.sealed(sealed);
  return receiptOf(registry.url, sealed);
}

describe("[R46] an amendment", () => {
  test("of its author and a leader counts, and the leaf of its batch says what it is", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    laptop.amendment(ref, sheet);
    const receipt = await sendAll(laptop);
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
    await sendAll(laptop);
    laptop.amendment(ref, sheet, { basis: first.hash });
    expect((await sendAll(laptop)).notes).toEqual([]);
    laptop.amendment(ref, sheet, { basis: first.hash });
    laptop.amendment(ref, sheet);
    const { verdict, notes } = await sendAll(laptop);
    expect([verdict, notes.map(({ code }) => code)]).toEqual([
      "quarantined",
      ["amendment-conflict", "amendment-conflict"],
    ]);
  });

  test("keeps its order within a batch, and after the index was lost", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    const first = laptop.amendment(ref, sheet);
    const second = laptop.amendment(ref, sheet, { basis: first.hash });
    expect((await sendAll(laptop)).notes).toEqual([]);
    await registry.close();
    await place.loseIndex();
    registry = await place.start();
    laptop.amendment(ref, sheet, { basis: first.hash });
    laptop.amendment(ref, sheet, { basis: second.hash });
    expect((await sendAll(laptop)).notes.map(({ code }) => code)).toEqual(["amendment-conflict"]);
  });

  test("does not count without a second signature, nor with one that is not the named approver's", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    const { examiner, administrator } = laptop.keys;
    laptop.amendment(ref, sheet, {}, [examiner]);
    laptop.amendment(ref, sheet, {}, [examiner, administrator]);
    laptop.amendment(ref, sheet, { approvedBy: { kid: examiner.kid, role: "panelLeader" } });
    const { verdict, notes } = await sendAll(laptop);
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
    const { notes } = await sendAll(laptop);
    expect(notes.map(({ code }) => code)).toEqual(["role-not-allowed", "approval-missing"]);
  });

  test("does not count by another than the author of the sheet", async () => {
    const laptop = await enrolLaptop(registry.url, someKeys());
    const ref = aCandidateRef();
    laptop.roster([ref]);
    const { leader } = laptop.keys;
    const { hash } = laptop.sheet(ref, { by: { kid: leader.kid, role: "examiner" } }, leader);
    expect((await sendAll(laptop)).notes).toEqual([]);
    laptop.amendment(ref, hash);
    expect((await sendAll(laptop)).notes.map(({ code }) => code)).toEqual(["role-not-allowed"]);
  });

  test("of a sheet nobody sent, of another candidate, or with a total that does not follow, does not count", async () => {
    const { laptop, ref, sheet } = await aMarkedCandidate();
    laptop.amendment(ref, NO_HASH);
    laptop.amendment(aCandidateRef(), sheet);
    laptop.amendment(ref, sheet, { new: { ...marks(laptop), total: oneMore(marks(laptop).total) } });
    const { notes } = await sendAll(laptop);
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

function marks({ rubric }: Laptop) {
  const inputs = fullInputs(rubric);
  const { total } = totalOf(rubric, inputs, 0);
  return { items: inputsToSheetItems(rubric, inputs), overtimeMs: 0, vetoes: [], total, note: "" };
}
