// Supervisors' decisions at the registry (R23, R46, R76, protocol A6): what is taken, what is set aside and why, what the receipt, the
// log and the operator's page say. The real registry, on either database.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_HASH, PersonId, type CandidateRef, type HashId } from "#shared/base";
import type { Signer } from "#shared/crypto";
import { basisHash, leafOfReceipt, type ReviewRecord } from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, aSigner, Laptop, someKeys } from "../support/wire-builders.ts";
import { admitKey, enrolLaptop, receiptOf, sendAll } from "../support/registry-calls.ts";

const SUPERVISOR = PersonId.parse("p-02");

let place: RegistryPlace;
let registry: RunningRegistry;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start({ operatorPort: 0 });
}, 120_000);
afterAll(async () => {
  await registry.close();
  place.remove();
});

interface Marked {
  readonly laptop: Laptop;
  readonly supervisor: Signer;
  readonly ref: CandidateRef;
  readonly sheet: HashId;
}

/** A laptop with a supervisor's key, whose one sheet the registry has accepted. */
async function aMarkedCandidate(): Promise<Marked> {
  const { url } = registry;
  const enrolled = await enrolLaptop(url, someKeys());
  const supervisor = aSigner();
  const laptop = new Laptop(enrolled.keys, await admitKey(url, enrolled, SUPERVISOR, supervisor));
  const ref = aCandidateRef();
  laptop.roster([ref]);
  const { hash: sheet } = laptop.sheet(ref);
  await sendAll(url, laptop);
  return { laptop, supervisor, ref, sheet };
}

const codes = async (laptop: Laptop) => (await sendAll(registry.url, laptop)).notes.map(({ code }) => code);
const of = ({ ref, sheet }: Marked): ReviewRecord["subject"] => ({ kind: "sheet", candidate: ref, sheet });

/** Signed by the supervisor and, under an office, by somebody else. */
function byTwo(
  { supervisor }: Marked,
  other: Signer,
  role: "panelLeader" | "supervisor" = "panelLeader",
): [Partial<ReviewRecord>, Signer[]] {
  return [{ second: { kid: other.kid, role } }, [supervisor, other]];
}

describe("[R23] a supervisor's decision", () => {
  test("over what counts is taken, and the leaf of its batch says what it is", async () => {
    const marked = await aMarkedCandidate();
    marked.laptop.review(of(marked), marked.sheet, marked.supervisor);
    const receipt = await sendAll(registry.url, marked.laptop);
    expect(receipt).toMatchObject({
      verdict: "accepted",
      sheets: { accepted: 1, quarantined: 0 },
      notes: [],
    });
    expect(leafOfReceipt(receipt)?.k).toBe("review");
  });

  test("[R46] void is taken with a leader's signature, and not with one person's", async () => {
    const marked = await aMarkedCandidate();
    const { laptop, supervisor, sheet } = marked;
    const [second, signers] = byTwo(marked, laptop.keys.leader);
    laptop.review(of(marked), sheet, supervisor, { decision: "void" });
    laptop.review(of(marked), sheet, supervisor, { decision: "void", ...second }, [supervisor]);
    expect(await codes(laptop)).toEqual(["approval-missing", "approval-missing"]);
    const taken = laptop.review(of(marked), sheet, supervisor, { decision: "void", ...second }, signers);
    expect(await codes(laptop)).toEqual([]);
    // What takes its place is signed by two as well.
    laptop.review(of(marked), sheet, supervisor, { follows: taken.hash });
    expect(await codes(laptop)).toEqual(["approval-missing"]);
  });

  test("is not taken from somebody who is no supervisor, nor seconded by the sheet's examiner or without the office", async () => {
    const marked = await aMarkedCandidate();
    const { laptop, supervisor, sheet } = marked;
    const { leader, examiner, administrator } = laptop.keys;
    laptop.review(of(marked), sheet, leader);
    for (const [other, role] of [
      [administrator, "supervisor"],
      [examiner, "panelLeader"],
    ] as const) {
      const [second, signers] = byTwo(marked, other, role);
      laptop.review(of(marked), sheet, supervisor, { decision: "void", ...second }, signers);
    }
    expect(await codes(laptop)).toEqual(["role-not-allowed", "role-not-allowed", "role-not-allowed"]);
  });

  test("is not seconded by a leader who marked what is looked at", async () => {
    const marked = await aMarkedCandidate();
    const { laptop, supervisor, ref, sheet } = marked;
    const { leader } = laptop.keys;
    const own = laptop.sheet(ref, { by: { kid: leader.kid, role: "examiner" } }, leader);
    expect(await codes(laptop)).toEqual([]);
    const basis = basisHash([sheet, own.hash]);
    const [second, signers] = byTwo(marked, leader);
    const subject = { kind: "candidate", candidate: ref } as const;
    laptop.review(subject, basis, supervisor, { decision: "re-mark", ...second }, signers);
    laptop.review(subject, basis, supervisor);
    expect(await codes(laptop)).toEqual(["reviewer-involved"]);
  });

  test("about what nobody sent, or what counts otherwise by now, is set aside", async () => {
    const marked = await aMarkedCandidate();
    const { laptop, supervisor, ref, sheet } = marked;
    laptop.review({ kind: "sheet", candidate: ref, sheet: NO_HASH }, NO_HASH, supervisor);
    laptop.review({ kind: "candidate", candidate: aCandidateRef() }, NO_HASH, supervisor);
    laptop.review({ kind: "sitting" }, NO_HASH, supervisor);
    expect(await codes(laptop)).toEqual(["target-unknown", "target-unknown", "review-outdated"]);
    const { hash } = laptop.amendment(ref, sheet);
    expect(await codes(laptop)).toEqual([]);
    laptop.review(of(marked), sheet, supervisor);
    laptop.review(of(marked), hash, supervisor);
    expect(await codes(laptop)).toEqual(["review-outdated"]);
  });

  test.each([["the question"], ["the amendment"]])(
    "[R46] a question and the amendment that answers it are both taken when %s comes first",
    async (first) => {
      const marked = await aMarkedCandidate();
      const { laptop, supervisor, ref, sheet } = marked;
      const subject = { kind: "candidate", candidate: ref } as const;
      const acts = [
        () => laptop.review(of(marked), sheet, supervisor, { decision: "return", question: "第三项？" }),
        () => laptop.amendment(ref, sheet),
      ];
      for (const act of first === "the question" ? acts : acts.toReversed()) {
        act();
        expect(await codes(laptop)).toEqual([]);
      }
      // About all sheets of the candidate as well, and whatever else was decided before is outdated as ever.
      const before = basisHash([sheet]);
      laptop.review(subject, before, supervisor, { decision: "return", question: "第三项？" });
      laptop.review(subject, before, supervisor);
      laptop.review(subject, NO_HASH, supervisor, { decision: "return", question: "第三项？" });
      expect(await codes(laptop)).toEqual(["review-outdated", "review-outdated"]);
      expect((await decidedOn(laptop)).lines).toEqual([
        ["return", "answered"],
        ["return", "answered"],
      ]);
    },
  );

  test("[R76] void over what was amended meanwhile still takes the result away, unless somebody decided about the amended sheet", async () => {
    const marked = await aMarkedCandidate();
    const { laptop, supervisor, ref, sheet } = marked;
    const [second, signers] = byTwo(marked, laptop.keys.leader);
    laptop.amendment(ref, sheet);
    expect(await codes(laptop)).toEqual([]);
    laptop.review(of(marked), sheet, supervisor, { decision: "void", ...second }, signers);
    expect(await codes(laptop)).toEqual([]);
    expect((await decidedOn(laptop)).lines).toEqual([["void", "stands"]]);
    const other = await aMarkedCandidate();
    const amended = other.laptop.amendment(other.ref, other.sheet);
    expect(await codes(other.laptop)).toEqual([]);
    other.laptop.review(of(other), amended.hash, other.supervisor);
    const [again, both] = byTwo(other, other.laptop.keys.leader);
    other.laptop.review(of(other), other.sheet, other.supervisor, { decision: "void", ...again }, both);
    expect(await codes(other.laptop)).toEqual(["review-conflict"]);
  });

  test("follows the one that stands; of two that follow the same the later is a conflict, after the index was lost too", async () => {
    const marked = await aMarkedCandidate();
    const { laptop, supervisor, sheet } = marked;
    const first = laptop.review(of(marked), sheet, supervisor, { decision: "escalate" });
    laptop.review(of(marked), sheet, supervisor, { reason: "同时" });
    expect(await codes(laptop)).toEqual(["review-conflict"]);
    await registry.close();
    await place.loseIndex();
    registry = await place.start({ operatorPort: 0 });
    laptop.review(of(marked), sheet, supervisor, { reason: "重复" });
    laptop.review(of(marked), sheet, supervisor, { follows: first.hash });
    expect(await codes(laptop)).toEqual(["review-conflict"]);
  });

  test("travels by itself: a batch that mixes decisions and sheets is kept and counts for nothing", async () => {
    const marked = await aMarkedCandidate();
    marked.laptop.review(of(marked), marked.sheet, marked.supervisor);
    marked.laptop.sheet(aCandidateRef());
    const receipt = await receiptOf(registry.url, await marked.laptop.seal());
    expect(receipt).toMatchObject({ verdict: "quarantined", notes: [{ seq: 0, code: "malformed" }] });
  });
});

test("an operator sees what was decided and what of it stands, and first what was left to them in whose words", async () => {
  const marked = await aMarkedCandidate();
  const { laptop, supervisor, ref, sheet } = marked;
  const [second, signers] = byTwo(marked, laptop.keys.leader);
  const subject = { kind: "candidate", candidate: ref } as const;
  laptop.review(of(marked), sheet, supervisor, { decision: "void", ...second }, signers);
  const left = laptop.review(subject, basisHash([sheet]), supervisor, {
    ...{ decision: "escalate", reason: "录像缺第三项，请登记中心定" },
  });
  expect(await codes(laptop)).toEqual([]);
  const before = await decidedOn(laptop);
  expect(before.lines).toEqual([
    ["escalate", "stands"],
    ["void", "stands"],
  ]);
  expect(before.text).toContain("录像缺第三项，请登记中心定");
  laptop.review(subject, basisHash([sheet]), supervisor, { follows: left.hash, reason: "已处理" });
  expect(await codes(laptop)).toEqual([]);
  const answered = await decidedOn(laptop);
  expect(answered.lines).toEqual([
    ["confirm", "stands"],
    ["escalate", "superseded"],
    ["void", "stands"],
  ]);
  expect(answered.text).not.toContain("录像缺第三项，请登记中心定");
  laptop.amendment(ref, sheet);
  expect(await codes(laptop)).toEqual([]);
  expect((await decidedOn(laptop)).lines).toEqual([
    ["confirm", "outdated"],
    ["escalate", "outdated"],
    // What was taken away comes back by two people alone.
    ["void", "stands"],
  ]);
});

/** The rows of one laptop on the page, the latest first. */
async function decidedOn({ keys }: Laptop) {
  const text = await (await fetch(`${registry.operatorUrl}/operator?lang=zh-CN`)).text();
  const rows = text.split("<tr").filter((row) => row.includes(keys.device.kid));
  const lines = rows.flatMap((row) => {
    const [, decision, state] = /data-decision="([a-z-]+)"[^]*data-state="([a-z]+)"/.exec(row) ?? [];
    return decision === undefined ? [] : [[decision, state]];
  });
  return { text, lines };
}
