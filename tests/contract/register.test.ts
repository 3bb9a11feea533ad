// What the register refuses when it is read, in a real data folder: posts, credit codes, quota.
import { afterEach, expect, test } from "vitest";
import type { RunningRegistry } from "../../registry/index.ts";
import {
  aRegistryPlace,
  registerInstitution,
  type RegisterEntry,
  type RegistryPlace,
} from "../support/registry-store.ts";
import { aReferenceSource } from "../support/reference-builder.ts";
import { Day } from "#shared/base";
import { aCandidateRef, PERSON, someKeys } from "../support/wire-builders.ts";
import { call, enrolLaptop, enrolRequest, sendAll } from "../support/registry-calls.ts";

const places: RegistryPlace[] = [];
const running: RunningRegistry[] = [];

afterEach(async () => {
  for (const registry of running.splice(0)) await registry.close();
  for (const place of places.splice(0)) place.remove();
});

async function aRegistryWith(files: readonly { id: string; changes?: RegisterEntry }[]) {
  const place = await aRegistryPlace();
  places.push(place);
  for (const { id, changes } of files) registerInstitution(place, id, changes);
  const said: string[] = [];
  const registry = await place.start({ log: (line) => said.push(line) });
  running.push(registry);
  return { registry, said };
}

async function enrolmentAt(registry: RunningRegistry, institution: string) {
  const request = enrolRequest(await registry.issueCode(institution), someKeys());
  const { status, json } = await call(registry.url, "POST", "/enrolments", request);
  return { status, type: String(json["type"]), detail: String(json["detail"]) };
}

const aPost = (position: string, certificates: unknown[] = []) => ({
  appointment: {
    person: "1".repeat(32),
    employer: "某修复公司",
    position,
    occupation: "4-13-03-02",
    decisionDocument: "聘任 1 号",
    from: "2026-03-01",
    to: null,
    reported: true,
  },
  certificates,
});

test("[R2] [R4] a level in place of a post, and a special-grade post without a level-1 certificate, are not taken", async () => {
  const { said } = await aRegistryWith([
    { id: "works", changes: { appointments: [aPost("L2"), aPost("SPECIAL"), aPost("APPRENTICE")] } },
  ]);
  expect(said.filter((line) => line.includes("is not taken"))).toEqual([
    expect.stringContaining("R2 ladder.level-not-appointable"),
    expect.stringContaining("R4 ladder.special-needs-l1"),
  ]);
});

test("[R3] a chief's post is refused where the standard has no level 1", async () => {
  const standard = {
    occupation: "4-13-03-02",
    edition: "2021",
    effectiveFrom: "2021-01-01",
    effectiveTo: null,
    levels: ["L5", "L4", "L3"],
    relatedOccupations: [],
    ruleSet: "t2018",
    weights: [],
    assessments: [],
  };
  const reference = { ...aReferenceSource("works"), standards: [standard] };
  const { said } = await aRegistryWith([
    { id: "works", changes: { reference, appointments: [aPost("CHIEF")] } },
  ]);
  expect(said).toContainEqual(expect.stringContaining("R3 ladder.no-level-1"));
});

test("[R64] the third institution of an occupation in one area enrols no laptop", async () => {
  const { registry } = await aRegistryWith([{ id: "one" }, { id: "three" }, { id: "two" }]);
  const refused = await enrolmentAt(registry, "two");
  expect(refused).toMatchObject({
    status: 422,
    type: expect.stringContaining("institution-refused") as string,
  });
  expect(refused.detail).toContain("R64 quota.full");
});

test("[R73] an institution whose credit code fails its check character enrols no laptop", async () => {
  const source = aReferenceSource("works");
  const registration = { ...source.registration, creditCode: "91350100M000100Y44" };
  const { registry } = await aRegistryWith([
    { id: "works", changes: { reference: { ...source, registration } } },
  ]);
  expect((await enrolmentAt(registry, "works")).detail).toContain("R73");
});

const CENTRE_PEOPLE = [
  { id: PERSON.administrator, name: "主任", roles: ["administrator"] },
  { id: PERSON.leader, name: "组长", roles: ["panelLeader", "examiner"] },
  { id: PERSON.examiner, name: "考评员", roles: ["examiner"] },
];

async function aLaptopOf(registry: RunningRegistry, institution: string) {
  return enrolLaptop(registry.url, someKeys(), await registry.issueCode(institution));
}

test("[R65] a sitting beyond the recognised term is set aside at the registry, and so are its sheets, never lost", async () => {
  const { registry } = await aRegistryWith([{ id: "centre", changes: { people: CENTRE_PEOPLE } }]);
  const laptop = await aLaptopOf(registry, "centre");
  const ref = aCandidateRef();
  laptop.roster([ref], { day: Day.parse("2036-01-01") });
  laptop.sheet(ref);
  const receipt = await sendAll(registry.url, laptop);
  expect(receipt.notes.map(({ code }) => code)).toContain("scope-refused");
  expect(receipt.sheets.accepted).toBe(0);
});

test("[R24] the sheet of a candidate's spouse is not accepted at the registry, the others of the sitting are", async () => {
  const spouse = {
    person: PERSON.examiner,
    candidate: "990000199001010001",
    kind: "SPOUSE",
    source: "DECLARED",
  };
  const reference = { ...aReferenceSource("centre"), relations: [spouse] };
  const { registry } = await aRegistryWith([{ id: "centre", changes: { people: CENTRE_PEOPLE, reference } }]);
  const laptop = await aLaptopOf(registry, "centre");
  const refs = [aCandidateRef(), aCandidateRef()];
  laptop.roster(refs);
  for (const ref of refs) laptop.sheet(ref);
  const receipt = await sendAll(registry.url, laptop);
  expect(receipt.notes.map(({ code }) => code)).toContain("examiner-conflicted");
  expect(receipt.sheets.accepted).toBe(1);
});
