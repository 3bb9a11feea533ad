// Nothing private is readable in the profile (P19): a day with generated people, marked, noted, signed, killed and
// started again, and then every byte of every file searched for their names, ID numbers and what was written about them.
import { expect, test } from "@playwright/test";
import { mkdtemp, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { generateCentre } from "#shared/rules";
import type { RunningRegistry } from "../../registry/index.ts";
import { searchCanaries } from "../support/canary-search.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { openDemonstration, prepareSitting, signIn, signOut, startSheet } from "../support/day-steps.ts";
import { answerSaveDialog, launchApp, usualProgram, type DrivenApp } from "../support/drive-app.ts";
import { beginCopy } from "../support/second-medium.ts";
import { ADMINISTRATOR, goMarking, LEADER, markAndSign, sampleRubric } from "../support/small-day.ts";

const CANDIDATES = Number(process.env["JIANGPING_CANARIES"] ?? 150);
const OTHER_LEADER = "p-05";
const NOTE = "修补处有旧胶残留并已拍照记录";

let registry: RunningRegistry;
let app: DrivenApp;
/** What the app writes as temporary files: searched like its profile. */
let scratch: string;

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  scratch = await mkdtemp(path.join(tmpdir(), "jiangping-scratch-"));
  app = await start();
});

function start(profile?: string): Promise<DrivenApp> {
  const program = { ...usualProgram(), env: { TMPDIR: scratch } };
  return launchApp({ registryUrl: registry.url, program, ...(profile === undefined ? {} : { profile }) });
}

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

test("the search finds a canary in every form it knows", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "jiangping-canaries-"));
  const canary = "阿依古丽·买买提";
  const utf8 = Buffer.from(canary);
  const forms: Record<string, Buffer> = {
    clear: utf8,
    wide: Buffer.from(canary, "utf16le"),
    wideTurned: Buffer.from(canary, "utf16le").swap16(),
    hex: Buffer.from(utf8.toString("hex")),
    packed: gzipSync(Buffer.from(`{"name":"${canary}"}`)),
    ...Object.fromEntries(
      ["", "x", "xy"].map((before) => [
        `base64${before}`,
        Buffer.from(Buffer.from(`${before}${canary}!`).toString("base64")),
      ]),
    ),
  };
  for (const [name, bytes] of Object.entries(forms)) {
    await mkdir(path.join(folder, name));
    await writeFile(
      path.join(folder, name, "file"),
      Buffer.concat([Buffer.from("noise "), bytes, Buffer.from(" noise")]),
    );
  }
  const { hits } = await searchCanaries(folder, [canary, "不在这里"]);
  expect(new Set(hits.map(({ file }) => path.dirname(file)))).toEqual(new Set(Object.keys(forms)));
});

test(`[P19] no name, ID number or note of ${CANDIDATES} candidates is in clear in the profile or on the stick, also after kills and crashes`, async () => {
  test.setTimeout(600_000);
  const { roster } = generateCentre(20261124, { examiners: 1, candidates: CANDIDATES });
  const stick = await mkdtemp(path.join(tmpdir(), "jiangping-stick-"));
  const pins = await openDemonstration(app);
  const pinOf = (person: string) => pins.get(person) ?? "";
  const day = { pinOf, rubric: sampleRubric() };
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await beginCopy(app, stick);
  await app.window.getByTestId("nav-day").click();
  // One sitting is marked; the others are the rest of a centre's week.
  for (const [from, to, leader] of sittingsOf(roster.length)) {
    const rosterFile = path.join(await mkdtemp(path.join(tmpdir(), "jiangping-roster-")), "roster.csv");
    const rows = roster.slice(from, to).map(({ name, idNumber }) => `${name},${idNumber}`);
    await writeFile(rosterFile, ["姓名,证件号码", ...rows].join("\r\n"));
    await prepareSitting(app, { panel: [leader], leader, pin: pinOf(ADMINISTRATOR), rosterFile });
  }
  await signOut(app);
  await goMarking(app, day);
  await markAndSign(app, day, 1);
  await startSheet(app, 2);
  await app.window.getByTestId("sheet-note").fill(NOTE);
  await app.window.getByTestId("sheet-note").blur();
  await expect(app.window.getByTestId("saved-tick")).toBeVisible();
  await app.window.getByTestId("sign-out").click();
  await goMarking(app, day);
  await startSheet(app, 2);
  await expect(app.window.getByTestId("sheet-note")).toHaveValue(NOTE);
  await app.kill();
  app = await start(app.profile);
  await goMarking(app, day);
  await markAndSign(app, day, 3);
  await printSheet(app, 3);
  await startSheet(app, 4);
  const dumps = await crash(app);
  app = await start(app.profile);
  await goMarking(app, day);
  await app.close();

  const canaries = [...roster.flatMap(({ name, idNumber }) => [name, idNumber]), NOTE].filter(
    (canary) => Buffer.byteLength(canary) >= 6,
  );
  expect(path.relative(app.profile, dumps).startsWith("..")).toBe(false);
  const onStick = await searchCanaries(stick, canaries);
  const inTemp = await searchCanaries(scratch, canaries);
  const { files, bytes, hits } = await searchCanaries(app.profile, canaries);
  const all = [hits, onStick.hits, inTemp.hits].map(({ length }) => length);
  console.log(
    `canaries: ${String(new Set(canaries).size)} distinct of ${String(canaries.length)}; profile ${String(files)} files, ${String(bytes)} bytes; stick ${String(onStick.files)} files, ${String(onStick.bytes)} bytes; temporary ${String(inTemp.files)} files, ${String(inTemp.bytes)} bytes; hits ${all.join(" + ")}`,
  );
  expect(files).toBeGreaterThan(20);
  expect(onStick.bytes).toBeGreaterThan(10_000);
  expect([...hits, ...onStick.hits, ...inTemp.hits]).toEqual([]);
  app = await start(app.profile);
});

/** The window dies with names on its screen, then main dies too, as a bug in native code would end them. Where dumps go. */
async function crash({ electron, window }: DrivenApp): Promise<string> {
  const dumps = await electron.evaluate(({ app: main }) => main.getPath("crashDumps"));
  const windowGone = window.waitForEvent("crash");
  await electron.evaluate(({ BrowserWindow }) => {
    for (const one of BrowserWindow.getAllWindows()) one.webContents.forcefullyCrashRenderer();
  });
  await windowGone;
  const gone = new Promise<void>((resolve) => electron.process().once("exit", () => resolve()));
  // The answer never comes: nobody is left to give it.
  electron.evaluate(() => setTimeout(() => process.crash())).catch(() => undefined);
  await gone;
  return dumps;
}

const FIRST = 150;
const MOST = 500;

/** On its way to the person's own file the sheet lies nowhere else. */
async function printSheet({ electron, window }: DrivenApp, no: number): Promise<void> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "jiangping-pdf-")), "sheet.pdf");
  await answerSaveDialog(electron, file);
  await window.getByTestId(`candidate-${String(no)}`).click();
  await window.getByTestId("paper-sheet-zh").click();
  await expect(window.getByText("sheet.pdf")).toBeVisible();
}

/** From, to and leader of each sitting. */
function sittingsOf(candidates: number): [from: number, to: number, leader: string][] {
  const sittings: [number, number, string][] = [[0, Math.min(FIRST, candidates), LEADER]];
  for (let from = FIRST; from < candidates; from += MOST)
    sittings.push([from, Math.min(from + MOST, candidates), OTHER_LEADER]);
  return sittings;
}
