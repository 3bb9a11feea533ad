// What the operator's page is told when there is more than it can list: sums are of everything, and what leaves a list makes
// room in it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CandidateRef, Day, HashId, instantToDay, InstantMs, PersonId, utf8 } from "#shared/base";
import { hashId } from "#shared/crypto";
import { basisHash, recordToText } from "#shared/wire";
import type { EntryOf } from "../../registry/acceptance/entries.ts";
import { gatherContradictions, gatherDecisions, gatherPanels } from "../../registry/operator/decisions.ts";
import { gatherStanding } from "../../registry/operator/standing.ts";
import { createIndex, type Index } from "../../registry/store/index-of-journal.ts";
import type { Database } from "../../registry/store/sql.ts";
import { aRegistryPlace, openDatabase, type RegistryPlace } from "../support/registry-store.ts";
import { deliver, enrolLaptop, offer } from "../support/registry-calls.ts";
import { aCandidateRef, aSittingId, PERSON, type SealedBatchBytes } from "../support/wire-builders.ts";

const NOON = InstantMs.parse(Date.parse("2031-03-04T12:00:00+08:00"));
const MORE = 250;

let place: RegistryPlace;
let db: Database;
let index: Index;
let sent: { done: SealedBatchBytes; half: SealedBatchBytes };

beforeAll(async () => {
  place = await aRegistryPlace();
  const registry = await place.start();
  const laptop = await enrolLaptop(registry.url);
  const ref = aCandidateRef();
  laptop.roster([ref]);
  laptop.sheet(ref);
  const done = await laptop.seal();
  await deliver(registry.url, done);
  const slow = await enrolLaptop(registry.url);
  slow.roster([aCandidateRef()]);
  const half = await slow.seal();
  await offer(registry.url, half);
  sent = { done, half };
  await registry.close();
  db = await openDatabase(place);
  index = createIndex(db, "registry.test");
});
afterAll(async () => {
  await db.close();
  place.remove();
});

const standing = (sizeOf: () => number | undefined, waiting: readonly HashId[] = []) =>
  gatherStanding({
    index,
    acceptance: { waiting: () => new Set(waiting) },
    objects: { sizeOf: () => Promise.resolve(sizeOf()) },
    clock: () => NOON,
    checkpoint: () => null,
  });

test("an offer is half here until it waits for its judgement, and is none once its batch is accepted", async () => {
  // As a request leaves it that noted the offer while another one accepted the batch.
  await index.offer(sent.done.batch, recordToText(sent.done.record), sent.done.manifest.objects);
  const before = await standing(() => undefined);
  expect(before.coming.rows.map(({ batch }) => batch)).toEqual([sent.half.batch]);
  expect(before.waiting).toBe(0);
  const unseen = await standing(() => 1);
  expect(unseen.coming.rows.map(({ batch, objects }) => [batch, objects])).toEqual([[sent.half.batch, 0]]);
  const after = await standing(() => 1, [sent.half.batch]);
  expect({ coming: after.coming, waiting: after.waiting }).toEqual({
    coming: { rows: [], unlisted: 0 },
    waiting: 1,
  });
});

test("what is half here and what waits is counted, however long the list", async () => {
  await db.run(
    `insert into offers (batch, manifest)
     select 'sha256:' || lpad(to_hex(i), 64, 'f'), (select manifest from offers where batch = $1)
     from generate_series(1, 201) i`,
    [sent.half.batch],
  );
  const waiting = Array.from({ length: 201 }, (_, at) =>
    HashId.parse(`sha256:${(at + 1).toString(16).padStart(64, "f")}`),
  );
  const all = await standing(() => undefined);
  expect([all.coming.rows.length, all.coming.unlisted, all.waiting]).toEqual([200, 2, 0]);
  const some = await standing(() => undefined, waiting.slice(0, 1));
  expect([some.coming.rows.length, some.coming.unlisted, some.waiting]).toEqual([200, 1, 1]);
  const most = await standing(() => undefined, waiting);
  expect([most.coming.rows.length, most.coming.unlisted, most.waiting]).toEqual([1, 0, 201]);
  await db.run("delete from offers where batch = any($1::text[])", [waiting]);
});

test("today's figures are of every laptop, and the list says how many it leaves out", async () => {
  const start = InstantMs.parse(Date.parse(`${instantToDay(NOON)}T00:00:00+08:00`));
  await db.run(
    `insert into devices (kid, pub, institution)
     select 'ed25519.' || lpad(to_hex(i), 32, '0'), lpad(to_hex(i), 64, '0'), 'many' from generate_series(1, ${MORE}) i`,
  );
  await db.run(
    `insert into batches (id, device, device_seq, fork, reg_seq, first_seq, last_seq, head, prev, accepted_at, manifest,
       revocations)
     select 'sha256:' || lpad(to_hex(i), 64, '0'), 'ed25519.' || lpad(to_hex(i), 32, '0'), 1, false, 1000 + i, 1, 2, '', '',
       $1::bigint + i, '', 0 from generate_series(1, ${MORE}) i`,
    [start],
  );
  await db.run(
    `insert into receipts (batch, device, reg_seq, hash, verdict, accepted, quarantined, notes, record)
     select id, device, reg_seq, 'first', 'accepted', 2, 1, '[]', $1 from batches where reg_seq > 1000`,
    [await aReceipt()],
  );
  const { rows, unlisted } = await index.sentBetween(start, NOON);
  expect({ rows: rows.length, unlisted }).toEqual({ rows: 200, unlisted: MORE - 200 });
  expect(await index.sumBetween(start, NOON)).toEqual({ batches: MORE, accepted: 2 * MORE });
});

/** Any that can be read: the page shows what is in it. */
async function aReceipt(): Promise<string> {
  const receipt = (await index.batch(sent.done.batch))?.receipt;
  if (!receipt) throw new Error("the delivered batch has no receipt");
  return recordToText(receipt);
}

test("a batch stays listed as set aside, however many were released after it; what is released counts", async () => {
  await db.run(
    `insert into later_receipts (hash, batch, place, verdict, accepted, quarantined, record)
     select 'later ' || reg_seq, batch, 1, 'accepted', 3, 0, record from receipts where reg_seq > 1001`,
  );
  const { rows, unlisted } = await index.setAside();
  expect({ batches: rows.map(({ batch }) => batch), unlisted }).toEqual({
    batches: [`sha256:${"1".padStart(64, "0")}`],
    unlisted: 0,
  });
  const start = InstantMs.parse(Date.parse(`${instantToDay(NOON)}T00:00:00+08:00`));
  expect(await index.sumBetween(start, NOON)).toEqual({ batches: MORE, accepted: 3 * MORE - 1 });
});

test("photographs are listed by whole batches, and the batches that are not listed are counted", async () => {
  await db.run(
    `insert into evidence_objects (batch, wire, size)
     select id, 'sha256:' || lpad(to_hex(reg_seq * 10000 + i), 64, '0'), 10 from batches, generate_series(1, 900) i
     where reg_seq between 1001 and 1005`,
  );
  const { evidence } = await standing(() => undefined);
  // 2,700 objects: the third batch begins below 2,000.
  expect({ owed: evidence.rows.map(({ objects }) => objects), unlisted: evidence.unlisted }).toEqual({
    owed: [900, 900, 900],
    unlisted: 2,
  });
});

describe("what leaves a list after it was asked makes room for what comes behind it", () => {
  const sitting = aSittingId();
  const refs = Array.from({ length: MORE }, (_, at) =>
    CandidateRef.parse((at + 1).toString(16).padStart(32, "0")),
  );
  const [last] = refs.slice(-1) as [CandidateRef];
  const [first, second] = [PERSON.leader, PERSON.examiner];
  const sheetOf = (ref: CandidateRef, examiner: PersonId) => hashId(utf8(`${sitting} ${ref} ${examiner}`));
  const recordsOf = (ref: CandidateRef) => [first, second].map((who) => sheetOf(ref, who)).sort();
  const leftOf = (ref: CandidateRef) => hashId(utf8(`${sitting} ${ref} left`));

  const aReview = (ref: CandidateRef, seq: number, decision: "void" | "escalate") => ({
    ...{
      seq,
      hash: hashId(utf8(`${sitting} ${ref} ${decision}`)),
      sitting,
      follows: null,
      flags: [],
      decision,
    },
    subject: { kind: "candidate" as const, candidate: ref },
    basis: basisHash([...recordsOf(ref), leftOf(ref)]),
    ...{ person: PersonId.parse("p-02"), second: PersonId.parse("p-09"), words: null },
  });
  const judge = async (at: number, judged: Partial<EntryOf<"batch.judged">>) => {
    const receipt = { hash: hashId(utf8("receipt")), record: await aReceipt() };
    const nothing = {
      rubrics: [],
      rosters: [],
      absences: [],
      deltas: [],
      incidents: [],
      visits: [],
      sheets: [],
    };
    const nobody = { vouches: [], held: [], amendments: [], reviews: [], divergences: [], settlements: [] };
    const entry = {
      ...nothing,
      ...nobody,
      ...{ batch: sent.done.batch, receipt, freezes: false },
      ...judged,
    };
    await index.apply([{ place: at, frame: "of no journal", entry: { kind: "batch.judged", ...entry } }]);
  };

  /** A sitting of more candidates than a list has lines, all of them apart, and all said to have left. */
  beforeAll(() =>
    judge(90_000, {
      rosters: [
        {
          ...{ sitting, rubric: hashId(utf8("rubric")), hash: hashId(utf8("roster")), candidates: refs },
          ...{ day: Day.parse("2031-03-04"), panel: 2, led: true, leader: first },
        },
      ],
      deltas: refs.map((ref, at) => ({
        ...{ seq: 1000 + at, hash: leftOf(ref), sitting, candidates: [ref], absence: null },
        kind: "withdrawal",
      })),
      sheets: refs.flatMap((candidate, at) =>
        [first, second].map((examiner, n) => ({
          ...{ seq: 2 * at + n + 1, hash: sheetOf(candidate, examiner), sitting, candidate, examiner },
        })),
      ),
      divergences: refs.map((candidate) => ({
        ...{ sitting, candidate, records: recordsOf(candidate), spread: { n: 40, d: 1 } },
      })),
    }),
  );

  test("a full list says how many lie behind it; then two people take away all of it but the last", async () => {
    for (const { rows, unlisted } of [await gatherPanels(index), await gatherContradictions(index)])
      expect([rows.length, unlisted]).toEqual([200, MORE - 200]);
    const voids = refs.slice(0, -1).map((ref, at) => aReview(ref, 2000 + at, "void"));
    await judge(90_001, { reviews: [aReview(last, 1999, "escalate"), ...voids] });
  });

  test("[R43] a divergent panel is listed behind however many whose result was taken away", async () => {
    const { rows, unlisted } = await gatherPanels(index);
    expect({ panels: rows.map(({ candidate }) => candidate), unlisted }).toEqual({
      panels: [last],
      unlisted: 0,
    });
  });

  test("[R51] whoever left and was marked is listed behind however many about whom two people decided", async () => {
    const { rows, unlisted } = await gatherContradictions(index);
    expect({ left: rows.map(({ candidate }) => candidate), unlisted }).toEqual({ left: [last], unlisted: 0 });
  });

  test("[R23] what is left to the operator stays listed, however many decisions came after it", async () => {
    const { all, escalated } = await gatherDecisions(index);
    expect([all.rows.length, all.unlisted]).toEqual([200, MORE - 200]);
    expect(escalated).toMatchObject([{ subject: { candidate: last }, state: "stands" }]);
  });
});
