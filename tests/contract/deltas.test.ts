// Changes of a roster at the real registry (rulings 3, R51): two people over what stands, or nothing; an absence that is taken back
// lets sheets count, and whoever left owes none.
import { afterAll, beforeAll, expect, test } from "vitest";
import { InstantMs, NO_HASH, PersonId, type CandidateRef, type HashId } from "#shared/base";
import type { RosterChange } from "#shared/exam";
import { basisHash } from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import { createIndex } from "../../registry/store/index-of-journal.ts";
import {
  aRegistryPlace,
  openDatabase,
  registerInstitution,
  type RegistryPlace,
} from "../support/registry-store.ts";
import { aReferenceSource } from "../support/reference-builder.ts";
import { aCandidateRef, aSigner, Laptop, PERSON } from "../support/wire-builders.ts";
import { admitKey, enrolLaptop, receiptOf, sendAll } from "../support/registry-calls.ts";

const [SUPERVISOR, SECOND] = [PersonId.parse("p-02"), PersonId.parse("p-03")];
const STAFF = [
  { id: PERSON.administrator, name: "主任", roles: ["administrator"] },
  { id: SUPERVISOR, name: "督导", roles: ["supervisor"] },
  { id: SECOND, name: "另一督导", roles: ["supervisor"] },
  { id: PERSON.leader, name: "组长", roles: ["panelLeader", "examiner"] },
  { id: PERSON.examiner, name: "考评员", roles: ["examiner"] },
];

const STARTED = { demo: false, openLog: false, operatorPort: 0 };

let place: RegistryPlace;
let registry: RunningRegistry;

beforeAll(async () => {
  place = await aRegistryPlace();
  registerInstitution(place, "site", { people: STAFF, reference: aReferenceSource("site", "62") });
  registry = await place.start(STARTED);
}, 120_000);
afterAll(async () => {
  await registry.close();
  place.remove();
});

/** A laptop with a roster of three, whose supervisors have keys as well; or another one that takes part in a sitting. */
async function aLaptop(sitting?: Laptop["sitting"]) {
  const { url } = registry;
  const enrolled = await enrolLaptop(url, undefined, await registry.issueCode("site"));
  const supervisor = aSigner();
  await admitKey(url, enrolled, SUPERVISOR, supervisor);
  const second = aSigner();
  const { hash, value } = await admitKey(url, enrolled, SECOND, second);
  const laptop = new Laptop(enrolled.keys, { hash, value }, sitting);
  const refs = [aCandidateRef(), aCandidateRef(), aCandidateRef()] as const;
  if (sitting === undefined) laptop.roster(refs);
  return { laptop, supervisor, second, refs };
}
type Day = Awaited<ReturnType<typeof aLaptop>>;

const send = ({ laptop }: Day) => sendAll(registry.url, laptop);
/** As the operator's page has it; asked of the index while no registry holds it. */
async function owedOf({ laptop }: Day) {
  await registry.close();
  const db = await openDatabase(place);
  const { rows } = await createIndex(db, "registry.test").openSittings();
  await db.close();
  registry = await place.start(STARTED);
  return rows.find(({ sitting }) => sitting === laptop.sitting);
}

test("[R51] an absence taken back in the same batch lets the candidate be marked", async () => {
  const day = await aLaptop();
  const { laptop, supervisor, refs } = day;
  const { hash } = laptop.absence(refs[0]);
  laptop.delta(supervisor, { change: { kind: "arrival", candidate: refs[0], absence: hash } });
  laptop.sheet(refs[0]);
  expect(await send(day)).toMatchObject({ verdict: "accepted", sheets: { accepted: 1 }, notes: [] });
});

test("[R51] [R23] an absence, the arrival, the sheet and a decision about it: taken in that order from one delivery, and listed", async () => {
  const day = await aLaptop();
  const { laptop, supervisor, refs } = day;
  const { hash } = laptop.absence(refs[0]);
  laptop.delta(supervisor, { change: { kind: "arrival", candidate: refs[0], absence: hash } });
  const sheet = laptop.sheet(refs[0]);
  const results = await laptop.seal();
  laptop.sealed(results);
  // The absence that was taken back is no part of what counts. Decisions are a batch of their own (027), sealed at the same time.
  const subject = { kind: "candidate", candidate: refs[0] } as const;
  laptop.review(subject, basisHash([sheet.hash]), supervisor);
  const decisions = await laptop.seal();
  laptop.sealed(decisions);
  for (const sealed of [results, decisions])
    expect(await receiptOf(registry.url, sealed)).toMatchObject({
      ...{ verdict: "accepted", sheets: { accepted: 1, quarantined: 0 }, notes: [] },
    });
  const page = await (await fetch(`${registry.operatorUrl}/operator?lang=zh-CN`)).text();
  const row = page.split("<tr").find((one) => one.includes(refs[0].slice(0, 8)));
  expect(row).toMatch(/data-decision="confirm"[^]*data-state="stands"/);
  // With the absence still among it, the decision would have been about something else.
  laptop.review(subject, basisHash([sheet.hash, hash]), supervisor);
  expect((await send(day)).notes.map(({ code }) => code)).toEqual(["review-outdated"]);
});

test("[R51] and in a later batch too; what was taken back is not recorded a second time", async () => {
  const day = await aLaptop();
  const { laptop, supervisor, refs } = day;
  const { hash } = laptop.absence(refs[0]);
  await send(day);
  laptop.sheet(refs[0]);
  expect((await send(day)).notes).toEqual([{ seq: 3, code: "candidate-absent" }]);
  laptop.delta(supervisor, { change: { kind: "arrival", candidate: refs[0], absence: hash } });
  expect(await send(day)).toMatchObject({ verdict: "accepted", notes: [] });
  laptop.sheet(refs[0]);
  laptop.absence(refs[0]);
  const last = await send(day);
  expect(last).toMatchObject({ sheets: { accepted: 1 }, notes: [{ seq: 6, code: "duplicate-candidate" }] });
});

test("[R51] who left owes no sheet; one signed before is kept, one signed after is set aside", async () => {
  const day = await aLaptop();
  const { laptop, supervisor, refs } = day;
  laptop.sheet(refs[0]);
  laptop.delta(supervisor, { change: { kind: "withdrawal", candidate: refs[0] } });
  laptop.sheet(refs[1]);
  expect(await send(day)).toMatchObject({ sheets: { accepted: 2 }, notes: [] });
  expect(await owedOf(day)).toMatchObject({ candidates: 3, absent: 0, left: 1, panel: 2, sheets: 1 });
  laptop.sheet(refs[0], {}, laptop.keys.leader);
  laptop.delta(supervisor, { change: { kind: "unexamined", candidates: [refs[2]] } });
  expect((await send(day)).notes).toEqual([{ seq: 5, code: "candidate-left" }]);
  laptop.delta(supervisor, { change: { kind: "withdrawal", candidate: refs[2] } });
  laptop.absence(refs[2]);
  expect((await send(day)).notes.map(({ code }) => code)).toEqual(["candidate-left", "candidate-left"]);
});

/** Of one candidate, as the operator's page lists them. */
async function isContradicted(ref: CandidateRef): Promise<boolean> {
  const page = await (await fetch(`${registry.operatorUrl}/operator?lang=zh-CN`)).text();
  expect(page).toContain("<main");
  return page.includes(`data-contradicted="${ref}"`);
}

test.each([["the last sheet"], ["the leaving"]])(
  "[R51] whichever comes first, %s: both are taken, the operator is told, and two people settle it",
  async (first) => {
    const day = await aLaptop();
    const { laptop, supervisor, refs } = day;
    const [ref] = refs;
    const sheets = [laptop.sheet(ref).hash];
    await send(day);
    const other = await aLaptop(laptop.sitting);
    const marks = async () => {
      sheets.push(laptop.sheet(ref, {}, laptop.keys.leader).hash);
      return send(day);
    };
    let leaving: HashId | null = null;
    const leaves = async () => {
      leaving = other.laptop.delta(other.supervisor, { change: { kind: "withdrawal", candidate: ref } }).hash;
      return send(other);
    };
    for (const act of first === "the leaving" ? [leaves, marks] : [marks, leaves]) {
      expect(await isContradicted(ref)).toBe(false);
      expect(await act()).toMatchObject({ verdict: "accepted", notes: [] });
    }
    expect(await isContradicted(ref)).toBe(true);
    const subject = { kind: "candidate", candidate: ref } as const;
    const basis = basisHash([...sheets, leaving!]);
    const codes = async () => (await send(day)).notes.map(({ code }) => code);
    laptop.review(subject, basisHash(sheets), supervisor);
    laptop.review(subject, basis, supervisor);
    expect(await codes()).toEqual(["review-outdated", "approval-missing"]);
    expect(await isContradicted(ref)).toBe(true);
    const second = { kid: day.second.kid, role: "supervisor" } as const;
    laptop.review(subject, basis, supervisor, { second }, [supervisor, day.second]);
    expect(await codes()).toEqual([]);
    expect(await isContradicted(ref)).toBe(false);
  },
);

test.each(["the void", "the leaving"])(
  "[R46] [R51] whichever comes first, %s: a void of before anybody knew of the leaving is taken and settles nothing, one that knew does",
  async (first) => {
    const day = await aLaptop();
    const { laptop, supervisor, refs } = day;
    const [ref] = refs;
    const sheets = [laptop.sheet(ref).hash, laptop.sheet(ref, {}, laptop.keys.leader).hash];
    await send(day);
    const other = await aLaptop(laptop.sitting);
    const subject = { kind: "candidate", candidate: ref } as const;
    const second = { kid: day.second.kid, role: "supervisor" } as const;
    const both = [supervisor, day.second];
    let voided: HashId | null = null;
    const voids = async () => {
      const over = { decision: "void", second } as const;
      voided = laptop.review(subject, basisHash(sheets), supervisor, over, both).hash;
      return send(day);
    };
    let leaving: HashId | null = null;
    const leaves = async () => {
      leaving = other.laptop.delta(other.supervisor, { change: { kind: "withdrawal", candidate: ref } }).hash;
      return send(other);
    };
    for (const act of first === "the leaving" ? [leaves, voids] : [voids, leaves])
      expect(await act()).toMatchObject({ verdict: "accepted", notes: [] });
    expect(await isContradicted(ref)).toBe(true);
    const knowing = { decision: "void", second, follows: voided! } as const;
    laptop.review(subject, basisHash([...sheets, leaving!]), supervisor, knowing, both);
    expect((await send(day)).notes).toEqual([]);
    expect(await isContradicted(ref)).toBe(false);
  },
);

test("a batch with nothing but a change of roster is accepted", async () => {
  const day = await aLaptop();
  const [one, other] = day.refs;
  await send(day);
  const moves: RosterChange = {
    kind: "swap",
    moves: [
      { candidate: one, from: 1, to: 2 },
      { candidate: other, from: 2, to: 1 },
    ],
  };
  day.laptop.delta(day.supervisor, { change: moves });
  expect(await send(day)).toMatchObject({ verdict: "accepted", notes: [] });
});

test.each<[string, (day: Day) => Parameters<Laptop["delta"]>, string]>([
  [
    "the leader alone",
    ({ laptop, supervisor, refs }) => [
      supervisor,
      { change: { kind: "withdrawal", candidate: refs[0] } },
      [laptop.keys.leader],
    ],
    "approval-missing",
  ],
  [
    "an examiner as the second",
    ({ laptop, refs }) => [laptop.keys.examiner, { change: { kind: "withdrawal", candidate: refs[0] } }],
    "role-not-allowed",
  ],
  [
    "a supervisor in the leader's place",
    ({ laptop, supervisor, refs }) => [
      laptop.keys.leader,
      {
        change: { kind: "withdrawal", candidate: refs[0] },
        confirmedBy: { kid: laptop.keys.leader.kid, role: "supervisor" },
      },
      [supervisor, laptop.keys.leader],
    ],
    "role-not-allowed",
  ],
  [
    "a key that nobody admitted",
    ({ refs }) => [aSigner(), { change: { kind: "withdrawal", candidate: refs[0] } }],
    "key-unknown",
  ],
  [
    "two over somebody of another sitting",
    ({ supervisor }) => [supervisor, { change: { kind: "withdrawal", candidate: aCandidateRef() } }],
    "candidate-not-in-permit",
  ],
  [
    "two over an absence that nobody signed",
    ({ supervisor, refs }) => [
      supervisor,
      { change: { kind: "arrival", candidate: refs[0], absence: NO_HASH } },
    ],
    "delta-unfounded",
  ],
  [
    "two over a change that contradicts itself",
    ({ supervisor, refs }) => [
      supervisor,
      { change: { kind: "unexamined", candidates: [refs[0], refs[0]] } },
    ],
    "delta-unfounded",
  ],
])("on the word of %s nothing changes", async (_, asked, code) => {
  const day = await aLaptop();
  day.laptop.delta(...asked(day));
  for (const ref of day.refs) day.laptop.sheet(ref);
  expect(await send(day)).toMatchObject({ sheets: { accepted: 3 }, notes: [{ seq: 2, code }] });
});

test("[R76] an incident counts on the word of whoever signed it under a role of theirs, and of nobody else", async () => {
  const day = await aLaptop();
  const { laptop, supervisor } = day;
  laptop.incident();
  laptop.incident({ by: { kid: supervisor.kid, role: "supervisor" } }, supervisor);
  expect(await send(day)).toMatchObject({ verdict: "accepted", notes: [] });
  laptop.incident({ by: { kid: laptop.keys.examiner.kid, role: "panelLeader" } });
  const stranger = aSigner();
  laptop.incident({ by: { kid: stranger.kid, role: "examiner" } }, stranger);
  expect(await send(day)).toMatchObject({
    verdict: "quarantined",
    notes: [
      { seq: 4, code: "role-not-allowed" },
      { seq: 5, code: "key-unknown" },
    ],
  });
  laptop.incident({
    report: {
      ...{ kind: "injury", tier: null, happenedAt: InstantMs.parse(1), candidates: [aCandidateRef()] },
      ...{ staff: [], what: "割伤", done: "送医" },
    },
  });
  expect((await send(day)).notes).toEqual([{ seq: 6, code: "candidate-not-in-permit" }]);
});

test("an index that was lost gives the same answers from the journal", async () => {
  const day = await aLaptop();
  day.laptop.delta(day.supervisor, { change: { kind: "withdrawal", candidate: day.refs[0] } });
  await send(day);
  const before = await owedOf(day);
  await registry.close();
  await place.loseIndex();
  registry = await place.start(STARTED);
  expect(await owedOf(day)).toEqual(before);
  expect(before).toMatchObject({ left: 1 });
  day.laptop.sheet(day.refs[0]);
  expect((await send(day)).notes).toEqual([{ seq: 3, code: "candidate-left" }]);
}, 120_000);
