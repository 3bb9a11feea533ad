// Flags at the real registry (T7): two laptops of a panel send, and only here their sheets are seen together. From files alone, while
// nothing runs.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Day, PersonId, type HashId } from "#shared/base";
import { panelMark, spreadOf, totalOf } from "#shared/rules";
import { basisHash, inputsToSheetItems } from "#shared/wire";
import { DataLocked } from "../../registry/data-lock.ts";
import { DataRefused } from "../../registry/data-refused.ts";
import { flagsAtHand } from "../../registry/flags/flags-at-hand.ts";
import type { flagsTable } from "../../registry/flags/report.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { poorInputs, testHash } from "../support/journal-builders.ts";
import { admitKey, enrolLaptop, receiptOf, sendAll } from "../support/registry-calls.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, aSigner, fullInputs, Laptop } from "../support/wire-builders.ts";

const [CLEAN, PLANTED, LATER, GAPPED, APART] = [23, 24, 25, 26, 27].map((day) =>
  Day.parse(`2026-11-${String(day)}`),
) as [Day, Day, Day, Day, Day];

const SUPERVISOR = PersonId.parse("p-02");

let place: RegistryPlace;
let registry: RunningRegistry;
let out: string;
let planted: Awaited<ReturnType<typeof sendPanel>>;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
  out = mkdtempSync(join(tmpdir(), "flags-"));
  await sendPanel(CLEAN, () => ({}));
  planted = await sendPanel(PLANTED, (sheet, veto) => {
    if (sheet === "leader 0" || sheet === "examiner 1") return { evidence: [picture("one for both")] };
    return sheet === "leader 2" ? { vetoes: [veto] } : {};
  });
  await registry.close();
}, 120_000);
afterAll(() => {
  rmSync(out, { recursive: true, force: true });
  place.remove();
});

type Overrides = NonNullable<Parameters<Laptop["sheet"]>[1]>;

const picture = (name: string) => ({ hash: testHash(name), size: 9, type: "image/jpeg" });

/** A panel of two on two laptops: the leader signs on the first, the examiner on the second, which knows the first's roster. */
async function sendPanel(day: Day, change: (sheet: string, veto: string) => Partial<Overrides>) {
  const here = await enrolLaptop(registry.url);
  const other = await enrolLaptop(registry.url);
  const there = new Laptop(other.keys, other.permit, here.sitting);
  const refs = [aCandidateRef(), aCandidateRef(), aCandidateRef()];
  const roster = here.roster(refs, { day });
  const veto = here.rubric.vetoes[0]?.code ?? "";
  const sheets: HashId[] = [];
  for (const [at, ref] of refs.entries()) {
    const evidence = [picture(`${day} ${String(at)}`)];
    const { leader } = here.keys;
    const by = { kid: leader.kid, role: "examiner" } as const;
    const sheet = { evidence, by, ...change(`leader ${String(at)}`, veto) };
    sheets.push(
      here.sheet(ref, { ...sheet, evidence: sheet.vetoes ? [] : sheet.evidence }, leader).hash,
      there.sheet(ref, change(`examiner ${String(at)}`, veto)).hash,
    );
  }
  const sent = [
    [here, await here.seal()],
    [there, await there.seal({ shared: [roster.record] })],
  ] as const;
  for (const [laptop, sealed] of sent) {
    expect(await receiptOf(registry.url, sealed)).toMatchObject({ sheets: { accepted: 3 }, notes: [] });
    laptop.sealed(sealed);
  }
  return { here, there, refs, sheets, objectsThere: sent[1][1].manifest.objects };
}

type Table = ReturnType<typeof flagsTable>;

async function ask(day: Day | null = null, dataDir = place.dataDir) {
  const said: string[] = [];
  await flagsAtHand({ dataDir, demo: true, day, to: out, log: (line) => said.push(line) });
  const name = day === null ? "flags" : `flags-${day}`;
  const table = JSON.parse(readFileSync(join(out, `${name}.json`), "utf8")) as Table;
  return { said, table, page: readFileSync(join(out, `${name}.en.html`), "utf8") };
}

const codesOn = ({ sittings }: Table, day: Day) =>
  sittings.filter((one) => one.day === day).flatMap(({ flags }) => flags.map(({ code }) => code));

test("[T7] finds one photograph on two laptops and a veto without one, says on which records, and finds nothing in clean work", async () => {
  const { table, said } = await ask();
  expect(table.sittings.map(({ day, sheets, panel }) => [day, sheets, panel])).toEqual([
    [PLANTED, 6, 2],
    [CLEAN, 6, 2],
  ]);
  expect(codesOn(table, CLEAN)).toEqual([]);
  expect(codesOn(table, PLANTED)).toEqual(["identical-photographs", "veto-without-evidence"]);
  const [photograph, veto] = table.sittings[0]?.flags ?? [];
  const { here, there, refs } = planted;
  expect(photograph).toMatchObject({ candidates: refs.slice(0, 2), isAboutOneExaminer: false });
  expect(photograph?.records.map(({ laptop, seq }) => [laptop, seq])).toEqual([
    [here.keys.device.kid, 2],
    [there.keys.device.kid, 2],
  ]);
  expect(veto).toMatchObject({ candidates: refs.slice(2), isAboutOneExaminer: true, sure: { kind: "fact" } });
  // R49: The earlier sitting of the same rubric is what the later one is compared with, once it is long enough.
  const compared = table.sittings.map(({ silent }) => silent.find(({ code }) => code === "pass-rate")?.has);
  expect(compared).toEqual([3, 0]);
  expect(said.at(-1)).toBe("sittings: 2, flags: 2, not dealt with: 2");
});

test("asked of one day it tells of that day alone, and of a day without a sitting that there is none", async () => {
  const { table } = await ask(PLANTED);
  expect(table.sittings.map(({ day }) => day)).toEqual([PLANTED]);
  const empty = await ask(LATER);
  expect(empty.table.sittings).toEqual([]);
  expect(empty.page).toContain(`No sitting of ${LATER} has come.`);
});

test("what it writes only its owner reads, and in the data it changes nothing", async () => {
  const stateOf = () =>
    readdirSync(place.dataDir, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .map((path) => `${path} ${String(statSync(path).mtimeMs)} ${String(statSync(path).size)}`)
      .sort();
  const before = stateOf();
  await ask();
  expect(stateOf()).toEqual(before);
  if (process.platform !== "win32") expect(statSync(join(out, "flags.json")).mode & 0o077).toBe(0);
});

describe("is refused in words", () => {
  test("while a registry has the data", async () => {
    const running = await place.start();
    try {
      await expect(ask()).rejects.toThrow(DataLocked);
    } finally {
      await running.close();
    }
  });

  test("where no registry's data are, and makes no folder there", async () => {
    const nowhere = join(out, "nowhere");
    await expect(ask(null, nowhere)).rejects.toThrow(DataRefused);
    expect(existsSync(nowhere)).toBe(false);
  });
});

test("where an object is gone it says how many sheets it could not see, and asks of the rest", async () => {
  const copy = join(out, "copy");
  cpSync(place.dataDir, copy, { recursive: true });
  const packed = planted.objectsThere.filter(({ role }) => role === "pack");
  expect(packed).toHaveLength(1);
  for (const { wire } of packed) rmSync(join(copy, "objects", wire.slice("sha256:".length)));
  const { table, page } = await ask(PLANTED, copy);
  expect(table.sittings).toMatchObject([{ sheets: 6, unread: 3 }]);
  expect(codesOn(table, PLANTED)).toEqual(["veto-without-evidence"]);
  expect(page).toContain("not readable and not looked at: 3");
});

test("[R23] [R46] a flag that a supervisor decided about is dealt with, and a veto that was amended away is flagged no more", async () => {
  registry = await place.start();
  const { here, refs, sheets } = planted;
  const supervisor = aSigner();
  const { hash, value } = await admitKey(registry.url, here, SUPERVISOR, supervisor);
  const laptop = Object.assign(new Laptop(here.keys, { hash, value }, here.sitting), {
    ...{ seq: here.seq, head: here.head, deviceSeq: here.deviceSeq, lastBatch: here.lastBatch },
  });
  const flags = ["identical-photographs"];
  laptop.review({ kind: "sitting" }, basisHash(sheets), supervisor, { flags });
  const decided = await laptop.seal();
  expect(await receiptOf(registry.url, decided)).toMatchObject({ verdict: "accepted", notes: [] });
  laptop.sealed(decided);
  await registry.close();
  const standing = async () =>
    (await ask(PLANTED)).table.sittings[0]?.flags.map((flag) => [flag.code, flag.standing]);
  expect(await standing()).toEqual([
    ["identical-photographs", { state: "decided", decision: "confirm" }],
    ["veto-without-evidence", { state: "open", decision: null }],
  ]);

  registry = await place.start();
  const { leader } = here.keys;
  const [ref, vetoed] = [refs[2], sheets[4]];
  if (!ref || !vetoed) throw new Error("the leader's sheet of the third candidate");
  const approvedBy = { kid: supervisor.kid, role: "supervisor" } as const;
  const by = { kid: leader.kid, role: "examiner" } as const;
  laptop.amendment(ref, vetoed, { by, approvedBy }, [leader, supervisor]);
  expect(await receiptOf(registry.url, await laptop.seal())).toMatchObject({
    verdict: "accepted",
    notes: [],
  });
  await registry.close();
  // What was decided about looked at the sheet as it was: the flag is open again.
  expect(await standing()).toEqual([["identical-photographs", { state: "open", decision: null }]]);
});

test("[R43] a divergent panel is open until its leader's signed settlement came, and is flagged no more then", async () => {
  registry = await place.start();
  const laptop = await enrolLaptop(registry.url);
  const { rubric, keys } = laptop;
  const ref = aCandidateRef();
  laptop.roster([ref], { day: APART });
  const totals = [fullInputs(rubric), poorInputs(rubric)].map((inputs) => totalOf(rubric, inputs, 0).total);
  const evidence = [picture("far apart")];
  const by = { kid: keys.leader.kid, role: "examiner" } as const;
  const full = laptop.sheet(ref, { by, evidence }, keys.leader).hash;
  const items = inputsToSheetItems(rubric, poorInputs(rubric));
  const [, total = { n: 0, d: 1 }] = totals;
  const poor = laptop.sheet(ref, { items, total, evidence }).hash;
  const said = [laptop.upholding(ref, full, keys.leader), laptop.upholding(ref, poor)];
  const send = () => sendAll(registry.url, laptop);
  expect(await send()).toMatchObject({ verdict: "accepted", notes: [] });
  await registry.close();
  const asked = async () => (await ask(APART)).table.sittings.flatMap(({ flags }) => flags);
  expect(await asked()).toMatchObject([{ code: "divergence", candidates: [ref], facts: { settled: false } }]);

  registry = await place.start();
  const mean = panelMark(totals, { trimExtremes: false, trimFrom: 5 }).mark;
  laptop.settlement(ref, [full, poor], { said, mean, spread: spreadOf(totals) });
  expect(await send()).toMatchObject({ verdict: "accepted", notes: [] });
  await registry.close();
  expect(await asked()).toEqual([]);
});

test("[T2] a number that never came is flagged as a gap, and one that was set aside is there", async () => {
  registry = await place.start();
  const laptops: Laptop[] = [];
  for (const isSent of [true, false]) {
    const laptop = await enrolLaptop(registry.url);
    laptops.push(laptop);
    const refs = [aCandidateRef(), aCandidateRef()] as const;
    laptop.roster(refs, { day: GAPPED });
    for (const [ref, isDue] of [
      [refs[0], true] as const,
      [refs[0], isSent] as const,
      [refs[1], true] as const,
    ]) {
      laptop.sheet(ref, { evidence: [picture(`${laptop.sitting} ${String(laptop.seq)}`)] });
      const sealed = await laptop.seal();
      if (isDue) await receiptOf(registry.url, sealed);
      laptop.sealed(sealed);
    }
  }
  await registry.close();
  const { sittings } = (await ask(GAPPED)).table;
  const flagsOf = ({ sitting }: Laptop) => sittings.find((one) => one.sitting === sitting)?.flags;
  const [whole, gapped] = laptops as [Laptop, Laptop];
  expect(flagsOf(whole)).toEqual([]);
  expect(flagsOf(gapped)).toMatchObject([
    { code: "sequence-gap", facts: { count: 1 }, records: [{ seq: 2 }, { seq: 4 }] },
  ]);
});

test("[R20] a substitute's sheets are said to wait for their key, and are looked at once it is enrolled", async () => {
  registry = await place.start();
  const enrolled = await enrolLaptop(registry.url);
  const [supervisor, own] = [aSigner(), aSigner()];
  const { hash, value } = await admitKey(registry.url, enrolled, SUPERVISOR, supervisor);
  const laptop = new Laptop(enrolled.keys, { hash, value });
  const ref = aCandidateRef();
  laptop.roster([ref], { day: LATER });
  laptop.panelChange(supervisor, own);
  laptop.sheet(ref, { by: { kid: own.kid, role: "examiner" } }, own);
  expect((await receiptOf(registry.url, await laptop.seal())).notes).toMatchObject([
    { code: "enrolment-pending" },
  ]);
  await registry.close();
  const seen = async () => (await ask(LATER)).table.sittings;
  expect(await seen()).toMatchObject([{ panel: 2, sheets: 0, held: 1, flags: [] }]);

  registry = await place.start();
  expect(await registry.enrolKey(own.kid)).toMatchObject({ ok: true });
  await registry.close();
  // Nobody else of the panel has signed; whoever joined holds a card that the permit names.
  expect(await seen()).toMatchObject([{ panel: 2, sheets: 1, held: 0, unread: 0, flags: [] }]);
});
