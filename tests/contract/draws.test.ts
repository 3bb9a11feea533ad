// Double-random draws of a real registry in a real folder: committed to before, revealed after, published, and drawn again
// by the small verifier.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Day, NO_HASH, utf8, type Bytes } from "#shared/base";
import type { InspectionFinding } from "#shared/exam";
import type { AcceptanceEntry } from "../../registry/acceptance/entries.ts";
import { readAcceptanceJournal } from "../../registry/acceptance/journal.ts";
import { auditRecords } from "../../registry/audit/audit-records.ts";
import { backUp, type RunningRegistry } from "../../registry/index.ts";
import { drawAtHand, type DrawAct } from "../../registry/inspection/draw-at-hand.ts";
import { findingsTable } from "../../registry/inspection/findings-table.ts";
import { openRegistryKeys } from "../../registry/keys/registry-keys.ts";
import { readFileOf } from "../../registry/verifier/read.ts";
import { verifyAll } from "../../registry/verifier/verify.ts";
import { someFindings } from "../support/a-draw.ts";
import { aReferenceSource } from "../support/reference-builder.ts";
import { aRegistryPlace, registerInstitution, type RegistryPlace } from "../support/registry-store.ts";

const places: RegistryPlace[] = [];
afterEach(() => {
  for (const place of places.splice(0)) place.remove();
});

const at = (text: string) => Date.parse(`${text}+08:00`);
const COMMIT_AT = at("2026-12-01T10:00:00");
const REVEAL_AT = at("2026-12-11T09:00:00");
const SOURCE = { name: "双色球 2026143 期红球", day: Day.parse("2026-12-10") };
const VALUE = "03 08 11 19 25 30";
const PLAN = "2026-2";

/** Forty institutions with one supervisor each, two inspectors of the authority. */
async function aPlace(inspection: object = {}) {
  const place = await aRegistryPlace();
  places.push(place);
  for (let n = 1; n <= 40; n++) {
    const id = `centre-${String(n).padStart(2, "0")}`;
    const source = aReferenceSource(id);
    registerInstitution(place, id, {
      name: { zh: `${id} 中心`, en: `Centre ${id}` },
      reference: {
        ...source,
        registration: { ...source.registration, scopes: [] },
        supervisors: [
          { person: "s-1", kind: "INTERNAL", validFrom: "2020-01-01", validTo: "2035-12-31" },
          { person: "s-2", kind: "INTERNAL", validFrom: "2020-01-01", validTo: "2026-11-30" },
        ],
      },
    });
  }
  write(place, "inspection.json", inspection);
  return place;
}

function write(place: RegistryPlace, name: string, value: object): void {
  writeFileSync(join(place.dataDir, name), JSON.stringify(value));
}

interface Office {
  readonly registry: RunningRegistry;
  commit(plan?: string, now?: number): ReturnType<RunningRegistry["draws"]["commit"]>;
  reveal(plan?: string, now?: number): ReturnType<RunningRegistry["draws"]["reveal"]>;
  report(table: Bytes, now: number): ReturnType<RunningRegistry["draws"]["report"]>;
}

/** The registry of a place, at whatever time it is asked. */
async function inOffice<T>(place: RegistryPlace, use: (office: Office) => Promise<T>): Promise<T> {
  let time = COMMIT_AT;
  const registry = await place.start({ demo: false, port: null }, { clock: () => time });
  const { draws } = registry;
  try {
    return await use({
      registry,
      commit: (plan = PLAN, now = COMMIT_AT) => {
        time = now;
        return draws.commit({ plan, source: SOURCE });
      },
      report: (table, now) => {
        time = now;
        return draws.report(PLAN, table);
      },
      reveal: (plan = PLAN, now = REVEAL_AT) => {
        time = now;
        return draws.reveal(plan, VALUE);
      },
    });
  } finally {
    await registry.close();
  }
}

async function drawn({ commit, reveal }: Office) {
  const [committed, revealed] = [await commit(), await reveal()];
  if (!committed.ok || !revealed.ok) throw new Error("a draw that succeeds");
  return { committed: committed.value, revealed: revealed.value };
}

function codesOf(...files: readonly Bytes[]): string[] {
  return verifyAll(files.flatMap((file, n) => readFileOf(String(n), Buffer.from(file)))).map(
    ({ verdict, code }) => `${verdict} ${code}`,
  );
}

test("[R58] [R59] a draw that was committed to before is drawn again by the verifier, with its place in the public log", async () => {
  await inOffice(await aPlace(), async (office) => {
    const { committed, revealed } = await drawn(office);
    expect(revealed.commitment.hash).toBe(committed.commitment.hash);
    expect(revealed.draw.value.drawn.map(({ inspectors }) => inspectors.length)).toEqual([2, 2]);
    const { proof } = revealed;
    if (!proof) throw new Error("a commitment in the log");
    expect(codesOf(office.registry.keyset, revealed.commitment.record, revealed.draw.record, proof)).toEqual([
      "proves keyset",
      "proves draw-commitment",
      "proves draw",
      "proves proof-draw",
    ]);
  });
});

test("[R59] an inspector goes neither where they are employed nor where they declared an interest, and a bad record is always inspected", async () => {
  const place = await aPlace({
    inspectors: [
      { id: "hrss-01", employer: null },
      { id: "hrss-02", employer: "centre-07" },
    ],
    always: ["centre-07", "centre-09"],
    declared: [{ inspector: "hrss-01", object: "centre-09" }],
  });
  const { revealed } = await inOffice(place, drawn);
  const { register, drawn: inspections } = revealed.draw.value;
  expect(register.conflicts).toEqual(
    expect.arrayContaining([
      { inspector: "hrss-01", object: "centre-09", reason: "DECLARED" },
      { inspector: "hrss-02", object: "centre-07", reason: "EMPLOYED" },
      { inspector: "centre-01/s-1", object: "centre-01", reason: "EMPLOYED" },
    ]),
  );
  // Cards that ran out the day before are in no register.
  expect(register.inspectors.filter((id) => id.endsWith("/s-2"))).toEqual([]);
  const pairs = new Set(register.conflicts.map(({ inspector, object }) => `${inspector} ${object}`));
  expect(
    inspections.flatMap(({ object, inspectors }) =>
      inspectors.filter((one) => pairs.has(`${one} ${object}`)),
    ),
  ).toEqual([]);
  expect(inspections.map(({ object }) => object as string)).toEqual(
    expect.arrayContaining(["centre-07", "centre-09"]),
  );
});

test("[R58] [R59] what cannot be a fair draw is not committed to, and a value that is not known reveals nothing", async () => {
  const place = await aPlace();
  await inOffice(place, async ({ commit, reveal }) => {
    expect(await commit(PLAN, at("2026-12-10T00:00:00"))).toMatchObject({
      error: { code: "draw.source-known" },
    });
    write(place, "inspection.json", {
      declared: Array.from({ length: 38 }, (_, n) => ({
        inspector: `centre-${String(n + 3).padStart(2, "0")}/s-1`,
        object: "centre-01",
      })),
    });
    expect(await commit()).toMatchObject({
      error: {
        code: "draw.too-few-inspectors",
        facts: { institution: "centre-01", inspectors: 1, least: 2 },
      },
    });
    expect(readdirSync(place.dataDir)).not.toContain("draws");
    for (const [inspection, reason] of [
      [{ always: ["centre-99"] }, /inspection\.json names centre-99/],
      [{ declared: [{ inspector: "nobody", object: "centre-01" }] }, /inspection\.json names nobody/],
      [{ inspectors: "all" }, /inspection\.json cannot be read at inspectors/],
    ] as const) {
      write(place, "inspection.json", inspection);
      await expect(commit()).rejects.toThrow(reason);
    }
    write(place, "inspection.json", {});
    expect((await commit()).ok).toBe(true);
    expect(await reveal(PLAN, at("2026-12-09T23:59:59"))).toMatchObject({
      error: { code: "draw.value-not-known" },
    });
  });
});

test("[R58] a draw is committed to once, revealed once over the registers of its commitment, and found again after a restart", async () => {
  const place = await aPlace();
  const committed = await inOffice(place, ({ commit }) => commit());
  if (!committed.ok) throw new Error(committed.error.code);
  rmSync(join(place.dataDir, "register", "centre-40.json"));
  const revealed = await inOffice(place, async ({ commit, reveal }) => {
    expect(await commit()).toMatchObject({ error: { code: "draw.plan-taken" } });
    expect(await reveal("2030-1")).toMatchObject({ error: { code: "draw.plan-unknown" } });
    const done = await reveal();
    if (!done.ok) throw new Error(done.error.code);
    expect(done.value.draw.value.register.objects).toHaveLength(40);
    expect(await reveal()).toMatchObject({ error: { code: "draw.already" } });
    expect(await commit("2026-3")).toMatchObject({
      value: { commitment: { value: { no: 2, prev: committed.value.commitment.hash } } },
    });
    return done.value;
  });
  await inOffice(place, async ({ registry: { draws } }) => {
    expect(await draws.find(PLAN)).toMatchObject({ value: { draw: { hash: revealed.draw.hash } } });
    expect(await draws.find("2026-3")).toMatchObject({ value: { draw: null } });
    expect(await draws.find("2026-4")).toMatchObject({ error: { code: "draw.plan-unknown" } });
  });
});

test("[R58] another secret, or none, reveals nothing, and a backup holds it", async () => {
  const place = await aPlace();
  const copy = mkdtempSync(join(tmpdir(), "registry-backup-"));
  try {
    await inOffice(place, async ({ commit, reveal }) => {
      await commit();
      await backUp(place.dataDir, copy);
      const [name = ""] = readdirSync(join(place.dataDir, "draws"));
      const path = join(place.dataDir, "draws", name);
      const secret = readFileSync(path, "utf8");
      writeFileSync(path, `${secret.startsWith("0") ? "1" : "0"}${secret.slice(1)}`);
      expect(await reveal()).toMatchObject({ error: { code: "draw.secret-missing" } });
      rmSync(path);
      expect(await reveal()).toMatchObject({ error: { code: "draw.secret-missing" } });
      copyFileSync(join(copy, "draws", name), path);
      expect((await reveal()).ok).toBe(true);
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

test("[R58] the audit finds nothing in a draw as it was made, and what was changed in it", async () => {
  const place = await aPlace();
  await inOffice(place, drawn);
  const { found } = await readAcceptanceJournal(join(place.dataDir, "acceptance.journal"));
  const keys = await openRegistryKeys(place.dataDir, false, () => new Uint8Array(32));
  const changed = (change: (entry: AcceptanceEntry) => AcceptanceEntry) =>
    auditRecords(
      found.map((placed) => ({ ...placed, entry: change(placed.entry) })),
      keys,
    ).map(({ what }) => what);
  expect(changed((entry) => entry)).toEqual([]);
  expect(
    changed((entry) =>
      entry.kind === "draw.committed"
        ? { ...entry, register: { ...entry.register, inspectors: entry.register.inspectors.slice(1) } }
        : entry,
    ),
  ).toEqual([expect.stringContaining("its drawCommitment says something else")]);
  expect(
    changed((entry) => (entry.kind === "draw.revealed" ? { ...entry, commitment: NO_HASH } : entry)),
  ).toEqual([expect.stringContaining("its draw says something else")]);
});

test("[R58] what was found is read back, made public, added to and never taken back, also after a restart; the verifier follows", async () => {
  const place = await aPlace();
  const day = (text: string) => Day.parse(text);
  const { revealed, first } = await inOffice(place, async (office) => {
    const { report } = office;
    expect(await report(new Uint8Array(), at("2027-01-10T09:00:00"))).toMatchObject({
      error: { code: "draw.plan-unknown" },
    });
    await office.commit();
    expect(await report(new Uint8Array(), at("2027-01-10T09:00:00"))).toMatchObject({
      error: { code: "draw.not-drawn" },
    });
    const done = await office.reveal();
    if (!done.ok) throw new Error(done.error.code);
    const found = someFindings({ draw: done.value.draw.value });
    const table = (findings = found) => utf8(findingsTable(done.value.draw.value, findings));
    const [venue, papers] = found;
    if (!venue || !papers) throw new Error("two findings");
    const early = { ...papers, inspected: day("2026-12-10") };
    expect(await report(table([early]), at("2027-01-10T09:00:00"))).toMatchObject({
      error: { code: "findings.before-draw" },
    });
    expect(await report(table(), at("2026-12-30T09:00:00"))).toMatchObject({
      error: { code: "findings.in-future" },
    });
    const reported = await report(table(), at("2027-01-10T09:00:00"));
    if (!reported.ok) throw new Error(reported.error.code);
    expect(await report(table(), at("2027-01-11T09:00:00"))).toMatchObject({
      error: { code: "findings.nothing-new" },
    });
    return { revealed: done.value, first: reported.value };
  });
  const [venue, papers] = someFindings({ draw: revealed.draw.value });
  if (!venue || !papers) throw new Error("two findings");
  const { object } = venue;
  const table = (findings: InspectionFinding[]) => utf8(findingsTable(revealed.draw.value, findings));
  await inOffice(place, async ({ report, registry }) => {
    const later = at("2027-02-01T09:00:00");
    expect(await report(table([venue]), later)).toMatchObject({
      error: { code: "findings.dropped", facts: { institution: object, matter: "papers" } },
    });
    expect(await report(table([{ ...venue, found: "齐备" }, papers]), later)).toMatchObject({
      error: { code: "findings.rewritten", facts: { institution: object, matter: "venue" } },
    });
    expect(await report(table([{ ...venue, correct: "", due: null }, papers]), later)).toMatchObject({
      error: { code: "findings.rewritten" },
    });
    for (const rewritten of [
      { correct: "配齐标志" },
      { due: day("2027-03-01") },
      { published: day("2027-01-09") },
    ])
      expect(await report(table([{ ...venue, ...rewritten }, papers]), later)).toMatchObject({
        error: { code: "findings.rewritten", facts: { institution: object, matter: "venue" } },
      });
    const second = await report(table([{ ...venue, corrected: day("2027-01-28") }, papers]), later);
    if (!second.ok) throw new Error(second.error.code);
    expect(second.value.findings.map(({ value: { no, prev } }) => [no, prev])).toEqual([
      [1, NO_HASH],
      [2, first.findings[0]?.hash],
    ]);
    const records = [second.value.commitment, second.value.draw, ...second.value.findings];
    expect(codesOf(registry.keyset, ...records.map(({ record }) => record)).slice(-2)).toEqual([
      "proves findings",
      "proves findings",
    ]);
  });
  const { found } = await readAcceptanceJournal(join(place.dataDir, "acceptance.journal"));
  const keys = await openRegistryKeys(place.dataDir, false, () => new Uint8Array(32));
  expect(auditRecords(found, keys)).toEqual([]);
  const changed = found.map((one) =>
    one.entry.kind === "draw.reported" ? { ...one, entry: { ...one.entry, draw: NO_HASH } } : one,
  );
  expect(auditRecords(changed, keys)).toHaveLength(2);
});

test("the operator's command writes what is to be published, in both languages, and ends with 1 when it is refused", async () => {
  const place = await aRegistryPlace();
  places.push(place);
  write(place, "inspection.json", {
    inspectors: ["hrss-01", "hrss-02"].map((id) => ({ id, employer: null })),
  });
  const out = join(place.dataDir, "published");
  const said: string[] = [];
  const { dataDir, databaseUrl } = place;
  const ask = (asked: DrawAct) =>
    drawAtHand({ dataDir, demo: true, databaseUrl, log: (line) => said.push(line), asked, to: out });
  const day = Day.parse("2126-12-10");
  expect(await ask({ act: "commit", plan: PLAN, source: { ...SOURCE, day } })).toBe(true);
  expect(readdirSync(out).sort()).toEqual([`${PLAN}.commitment`, `${PLAN}.proof`]);
  expect(await ask({ act: "reveal", plan: PLAN, value: VALUE })).toBe(false);
  expect(said.at(-1)).toBe(
    "not done: draw.value-not-known (day 2126-12-10): the public value is not known yet",
  );
  expect(await ask({ act: "findings", plan: PLAN, from: join(out, "nothing.csv") })).toBe(false);
  expect(said.at(-1)).toBe("not done: there is no file where --findings says");
  write(place, "filled.csv", {});
  expect(await ask({ act: "findings", plan: PLAN, from: join(dataDir, "filled.csv") })).toBe(false);
  expect(said.at(-1)).toBe(
    `not done: draw.not-drawn (plan ${PLAN}): it is not drawn yet: nobody was sent anywhere`,
  );
  rmSync(out, { recursive: true });
  expect(await ask({ act: "show", plan: PLAN })).toBe(true);
  const files = readdirSync(out).map((name) => new Uint8Array(readFileSync(join(out, name))));
  expect(codesOf(...files)).toEqual(["proves keyset", "proves draw-commitment", "proves proof-draw"]);
});
