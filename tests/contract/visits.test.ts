// Supervisors' visits at the registry (R23): which are taken, which are set aside and why, what the operator's page and an index made
// again from the journal say. The real registry, on either database.
import { afterAll, beforeAll, expect, test } from "vitest";
import { HashId, PersonId, type SittingId } from "#shared/base";
import type { RunningRegistry } from "../../registry/index.ts";
import { aReferenceSource } from "../support/reference-builder.ts";
import { aRegistryPlace, registerInstitution, type RegistryPlace } from "../support/registry-store.ts";
import { admitKey, enrolLaptop, sendAll } from "../support/registry-calls.ts";
import {
  aCandidateRef,
  aSigner,
  aSittingId,
  aVisitReport,
  Laptop,
  PERSON,
  publicKeyHex,
} from "../support/wire-builders.ts";

const [SUPERVISOR, MARKER] = [PersonId.parse("p-02"), PersonId.parse("p-03")];
const STAFF = [
  { id: PERSON.administrator, name: "主任", roles: ["administrator"] },
  { id: SUPERVISOR, name: "督导", roles: ["supervisor"] },
  { id: MARKER, name: "又评又督", roles: ["supervisor", "examiner"] },
  { id: PERSON.leader, name: "组长", roles: ["panelLeader", "examiner"] },
  { id: PERSON.examiner, name: "考评员", roles: ["examiner"] },
];
const STARTED = { demo: false, openLog: false, operatorPort: 0 };

let place: RegistryPlace;
let registry: RunningRegistry;

beforeAll(async () => {
  place = await aRegistryPlace();
  const name = { zh: "敦煌现场", en: "Site" };
  registerInstitution(place, "site", { name, people: STAFF, reference: aReferenceSource("site", "62") });
  registry = await place.start(STARTED);
}, 120_000);
afterAll(async () => {
  await registry.close();
  place.remove();
});

/** A laptop with a roster of three and the keys of two supervisors. */
async function aLaptop({ sitting, isPrepared = true }: { sitting?: SittingId; isPrepared?: boolean } = {}) {
  const { url } = registry;
  const enrolled = await enrolLaptop(url, undefined, await registry.issueCode("site"));
  const [supervisor, marker] = [aSigner(), aSigner()];
  await admitKey(url, enrolled, SUPERVISOR, supervisor);
  const { hash, value } = await admitKey(url, enrolled, MARKER, marker);
  const laptop = new Laptop(enrolled.keys, { hash, value }, sitting);
  const refs = [aCandidateRef(), aCandidateRef(), aCandidateRef()] as const;
  if (isPrepared) laptop.roster(refs);
  return { laptop, supervisor, marker, refs };
}
type Day = Awaited<ReturnType<typeof aLaptop>>;

const send = ({ laptop }: Day) => sendAll(registry.url, laptop);
const codes = async (day: Day) => (await send(day)).notes.map(({ code }) => code);
const pageIn = async (lang: string) => (await fetch(`${registry.operatorUrl}/operator?lang=${lang}`)).text();
const rowOf = (page: string, hash: HashId) => page.split("<tr").find((one) => one.includes(hash));

test("[R23] a visit is taken with the day's results, alone as well, and the operator reads what was found", async () => {
  const day = await aLaptop();
  day.laptop.sheet(day.refs[0]);
  const first = day.laptop.visit(day.supervisor);
  expect(await send(day)).toMatchObject({ verdict: "accepted", sheets: { accepted: 1 }, notes: [] });
  const alone = day.laptop.visit(day.supervisor, {
    report: aVisitReport({ problems: "<b>噪声</b>过大", suggestions: "" }),
  });
  expect(await send(day)).toMatchObject({ verdict: "accepted", sheets: { accepted: 0 }, notes: [] });
  const page = await pageIn("zh-CN");
  expect(rowOf(page, first.hash)).toMatch(
    /敦煌现场[^]*<strong>1<\/strong>[^]*三号工位没有灭火器[^]*增配灭火器/,
  );
  expect(rowOf(page, alone.hash)).toContain("&lt;b&gt;噪声&lt;/b&gt;过大");
  expect(rowOf(await pageIn("en"), alone.hash)).toContain("Problems found");
});

test("[R23] nothing is taken from somebody without the office, from whoever marked there, nor under a strange key", async () => {
  const day = await aLaptop();
  const { laptop, supervisor, marker, refs } = day;
  const { leader } = laptop.keys;
  laptop.visit(leader);
  laptop.visit(aSigner());
  laptop.visit(supervisor, { by: { kid: leader.kid, role: "supervisor" } });
  expect(await codes(day)).toEqual(["role-not-allowed", "key-unknown", "signature-invalid"]);
  laptop.sheet(refs[0], { by: { kid: marker.kid, role: "examiner" } }, marker);
  laptop.visit(marker);
  expect(await codes(day)).toEqual(["reviewer-involved"]);
  // Also when their sheet came in an earlier batch.
  laptop.visit(marker);
  expect(await codes(day)).toEqual(["reviewer-involved"]);
  laptop.visit(supervisor, {
    report: aVisitReport({ panel: [{ person: SUPERVISOR, leader: true }] }),
  });
  expect(await codes(day)).toEqual(["reviewer-involved"]);
});

test("[R20] [R23] nothing is taken from whoever took a place on the panel or gave it up, in this batch or an earlier one", async () => {
  const own = aSigner();
  const person = { id: MARKER, name: "又评又督", roles: ["examiner" as const] };
  const took = {
    joins: { person, stated: null, kid: own.kid, pub: publicKeyHex(own) },
    panel: [
      { person: PERSON.leader, leader: true },
      { person: MARKER, leader: false },
    ],
  };
  for (const change of [took, { leaves: MARKER }]) {
    const day = await aLaptop();
    const { laptop, supervisor, marker } = day;
    laptop.panelChange(supervisor, change === took ? own : aSigner(), change);
    laptop.visit(marker);
    expect(await codes(day)).toEqual(["reviewer-involved"]);
    laptop.visit(marker);
    expect(await codes(day)).toEqual(["reviewer-involved"]);
    laptop.visit(supervisor);
    expect(await codes(day)).toEqual([]);
  }
});

test("[R23] a visit to a sitting whose roster is not here, or by another rubric than its own, is set aside", async () => {
  const nowhere = await aLaptop({ sitting: aSittingId(), isPrepared: false });
  nowhere.laptop.visit(nowhere.supervisor);
  expect(await send(nowhere)).toMatchObject({ verdict: "quarantined", notes: [{ code: "sitting-unknown" }] });
  const day = await aLaptop();
  day.laptop.visit(day.supervisor, {
    exam: { id: day.laptop.sitting, rubric: HashId.parse(`sha256:${"7".repeat(64)}`) },
  });
  expect(await codes(day)).toEqual(["rubric-mismatch"]);
});

test("[R23] a list that is not answered item by item, or that the registry does not have, is set aside", async () => {
  const day = await aLaptop();
  const { answers } = aVisitReport();
  day.laptop.visit(day.supervisor, { report: aVisitReport({ answers: answers.slice(1) }) });
  day.laptop.visit(day.supervisor, { report: aVisitReport({ answers: [...answers].reverse() }) });
  day.laptop.visit(day.supervisor, { report: aVisitReport({ checklist: "on-site-99" }) });
  expect(await codes(day)).toEqual(["visit-incomplete", "visit-incomplete", "unsupported-version"]);
});

test("an index that was lost has the same visits from the journal", async () => {
  const day = await aLaptop();
  const { hash } = day.laptop.visit(day.supervisor);
  await send(day);
  const before = rowOf(await pageIn("en"), hash);
  await registry.close();
  await place.loseIndex();
  registry = await place.start(STARTED);
  expect(rowOf(await pageIn("en"), hash)).toBe(before);
  expect(before).toContain("三号工位没有灭火器");
}, 120_000);
