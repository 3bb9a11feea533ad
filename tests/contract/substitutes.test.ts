// A substitute's sheets at the real registry (P22, rulings 3): held while the key waits to be enrolled, counted once it is,
// without the laptop sending again; and nothing is held on one person's word.
import { afterAll, beforeAll, expect, test } from "vitest";
import { PersonId } from "#shared/base";
import type { Signer } from "#shared/crypto";
import type { AreaCode } from "#shared/exam";
import { rubricHash, verifyRecord } from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, registerInstitution, type RegistryPlace } from "../support/registry-store.ts";
import { aReferenceSource } from "../support/reference-builder.ts";
import {
  aCandidateRef,
  aSigner,
  aSittingId,
  Laptop,
  PERSON,
  SUBSTITUTE,
  type SealedBatchBytes,
} from "../support/wire-builders.ts";
import {
  admitKey,
  bytesIn,
  call,
  deliver,
  enrolLaptop,
  permitFor,
  receiptOf,
  registryKeys,
  verifiedReceipt,
} from "../support/registry-calls.ts";

const SUPERVISOR = PersonId.parse("p-02");
const STAFF = [
  { id: PERSON.administrator, name: "主任", roles: ["administrator"] },
  { id: SUPERVISOR, name: "督导", roles: ["supervisor"] },
  { id: PERSON.leader, name: "组长", roles: ["panelLeader", "examiner"] },
  { id: PERSON.examiner, name: "考评员", roles: ["examiner"] },
  { id: SUBSTITUTE, name: "替补", roles: ["examiner"] },
];
const without = (id: PersonId) => STAFF.filter((person) => person.id !== id);

let place: RegistryPlace;
let registry: RunningRegistry;
const start = async (openLog = false) => {
  registry = await place.start({ demo: false, openLog });
};

function register(id: string, area: AreaCode, people: readonly object[], relations: readonly object[] = []) {
  registerInstitution(place, id, { people, reference: { ...aReferenceSource(id, area), relations } });
}

beforeAll(async () => {
  place = await aRegistryPlace();
  const spouse = { person: SUBSTITUTE, candidate: "990000199001010001", kind: "SPOUSE", source: "HR" };
  register("site", "62", STAFF);
  register("kin", "63", STAFF, [spouse]);
  register("new", "64", without(SUBSTITUTE));
  register("left", "65", STAFF);
  await start();
}, 120_000);
afterAll(async () => {
  await registry.close();
  place.remove();
});

/** A laptop whose leader, supervisor and examiner are admitted, and a substitute's key that is not. */
async function aLaptop(institution = "site") {
  const { url } = registry;
  const enrolled = await enrolLaptop(url, undefined, await registry.issueCode(institution));
  const supervisor = aSigner();
  const { hash, value } = await admitKey(url, enrolled, SUPERVISOR, supervisor);
  const laptop = new Laptop(enrolled.keys, { hash, value });
  const refs = [aCandidateRef(), aCandidateRef()] as const;
  laptop.roster(refs);
  return { laptop, supervisor, own: aSigner(), refs };
}

type Day = Awaited<ReturnType<typeof aLaptop>>;

/** The examiner marks one candidate, falls ill, and the substitute marks both. */
async function aSubstitutedDay({ laptop, supervisor, own, refs }: Day): Promise<SealedBatchBytes> {
  laptop.sheet(refs[0]);
  laptop.panelChange(supervisor, own);
  for (const ref of refs) laptop.sheet(ref, {}, own);
  return laptop.seal();
}

async function later({ batch }: SealedBatchBytes) {
  const { json } = await call(registry.url, "GET", `/batches/${batch}/later`);
  const texts = json["later"] as string[];
  return Promise.all(texts.map((text) => verifiedReceipt(registry.url, bytesIn({ text }, "text"))));
}

const pendingKids = async () => (await registry.pendingKeys()).map(({ kid }) => kid);

test("[P22] a substitute's sheets are held as enrolment-pending: stored, named, and not counted as accepted", async () => {
  const day = await aLaptop();
  const sealed = await aSubstitutedDay(day);
  const receipt = await receiptOf(registry.url, sealed);
  expect(receipt.notes).toEqual([
    { seq: 4, code: "enrolment-pending" },
    { seq: 5, code: "enrolment-pending" },
  ]);
  expect(receipt).toMatchObject({
    verdict: "accepted",
    sheets: { accepted: 1, quarantined: 2, rejected: 0 },
  });
  expect(await registry.pendingKeys()).toContainEqual({
    ...{ kid: day.own.kid, institution: "site", person: SUBSTITUTE, name: "替补", sheets: 2 },
  });
  expect(await later(sealed)).toEqual([]);
});

test("[P22] [SY2] once the key is enrolled the held sheets count, without another send; the first receipt stays", async () => {
  const day = await aLaptop();
  const sealed = await aSubstitutedDay(day);
  const first = await deliver(registry.url, sealed);
  expect(await registry.enrolKey(day.own.kid)).toMatchObject({ ok: true, value: { person: SUBSTITUTE } });
  const [receipt, ...others] = await later(sealed);
  expect(others).toEqual([]);
  expect(receipt?.value).toMatchObject({
    batch: sealed.batch,
    verdict: "accepted",
    sheets: { accepted: 3, quarantined: 0, rejected: 0 },
    notes: [],
  });
  expect(await deliver(registry.url, sealed)).toEqual(first);
  expect(await pendingKids()).not.toContain(day.own.kid);
  const permit = await permitFor(registry.url, day.laptop.keys);
  const read = verifyRecord("permit", bytesIn(permit.json, "permit"), await registryKeys(registry.url));
  const own = read.ok && read.value.value.people.find(({ kid }) => kid === day.own.kid);
  expect(own).toMatchObject({ id: SUBSTITUTE, device: day.laptop.keys.device.kid });
});

test("[P22] a laptop that asks for the substitute's permit itself needs no operator", async () => {
  const day = await aLaptop();
  const sealed = await aSubstitutedDay(day);
  await deliver(registry.url, sealed);
  await admitKey(registry.url, day.laptop, SUBSTITUTE, day.own);
  const [receipt] = await later(sealed);
  expect(receipt?.value.sheets.accepted).toBe(3);
});

test("[P22] a later batch of the sitting rests on the same word, and a second sheet for one candidate is none", async () => {
  const day = await aLaptop();
  const first = await aSubstitutedDay(day);
  await deliver(registry.url, first);
  day.laptop.sealed(first);
  day.laptop.sheet(day.refs[1], {}, day.own);
  const again = await day.laptop.seal();
  expect((await receiptOf(registry.url, again)).notes).toEqual([{ seq: 6, code: "duplicate-candidate" }]);
});

test.each<[string, (day: Day) => readonly Signer[]]>([
  ["the leader alone", ({ laptop, own }) => [laptop.keys.leader, own]],
  ["the supervisor alone", ({ supervisor, own }) => [supervisor, own]],
  ["the substitute in the leader's place", ({ supervisor, own }) => [own, supervisor]],
  ["two whom the new key did not join", ({ laptop, supervisor }) => [laptop.keys.leader, supervisor]],
])("[P22] on the word of %s nothing is held", async (_, signers) => {
  const day = await aLaptop();
  day.laptop.panelChange(day.supervisor, day.own, {}, signers(day));
  day.laptop.sheet(day.refs[0], {}, day.own);
  const receipt = await receiptOf(registry.url, await day.laptop.seal());
  expect(receipt.sheets).toMatchObject({ accepted: 0, quarantined: 1 });
  expect(receipt.notes.map(({ code }) => code)).not.toContain("enrolment-pending");
  expect(receipt.notes.at(-1)).toEqual({ seq: 3, code: "key-unknown" });
  expect(await pendingKids()).not.toContain(day.own.kid);
});

test("[P22] vouched for one sitting, a key signs nothing of another", async () => {
  const day = await aLaptop();
  const other = { id: aSittingId(), rubric: rubricHash(day.laptop.rubric) };
  const [ref] = [aCandidateRef()];
  day.laptop.roster([ref], { exam: other });
  day.laptop.panelChange(day.supervisor, day.own);
  day.laptop.sheet(ref, { exam: other }, day.own);
  const receipt = await receiptOf(registry.url, await day.laptop.seal());
  expect(receipt.notes).toEqual([{ seq: 4, code: "key-unknown" }]);
});

test("[R24] [P22] the substitute's own conflicts are asked: kin of a candidate is not held for that candidate", async () => {
  const receipt = await receiptOf(registry.url, await aSubstitutedDay(await aLaptop("kin")));
  expect(receipt.notes).toEqual([
    { seq: 4, code: "examiner-conflicted" },
    { seq: 5, code: "enrolment-pending" },
  ]);
});

test("[P22] only the register makes an examiner: first an operator adds the person, then enrols the key; who left it vouches for nobody", async () => {
  const added = await aLaptop("new");
  const unknown = await aSubstitutedDay(added);
  const left = await aSubstitutedDay(await aLaptop("left"));
  expect((await receiptOf(registry.url, unknown)).sheets).toMatchObject({ accepted: 1, quarantined: 2 });
  expect(await registry.enrolKey(added.own.kid)).toMatchObject({ error: { code: "person-unknown" } });
  expect(await registry.enrolKey(aSigner().kid)).toMatchObject({ error: { code: "key-unknown" } });
  expect(await later(unknown)).toEqual([]);

  register("new", "64", STAFF);
  register("left", "65", without(SUPERVISOR));
  await registry.close();
  // An index that was lost is filled again from the journal, held sheets and all; and the log goes on under a new name,
  // which is where the leaf of the later receipt is.
  await place.loseIndex();
  await start(true);
  expect(await registry.enrolKey(added.own.kid)).toMatchObject({ ok: true, value: { sheets: 2 } });
  const [receipt] = await later(unknown);
  expect(receipt?.value.sheets).toMatchObject({ accepted: 3, quarantined: 0 });
  expect(receipt?.value.log).toMatch(/\/results\/\d{4}\.2$/);
  expect(await registry.enrolKey(added.own.kid)).toMatchObject({ ok: true });
  expect(await later(unknown)).toHaveLength(1);

  expect((await receiptOf(registry.url, left)).notes).toEqual([
    { seq: 3, code: "not-vouched" },
    { seq: 4, code: "key-unknown" },
    { seq: 5, code: "key-unknown" },
  ]);
}, 120_000);
