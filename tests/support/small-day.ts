// A prepared demonstration with a few candidates, for tests that begin in the middle of a day.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Rubric } from "#shared/exam";
import { demoRoster, sampleRubrics } from "#shared/rules";
import {
  markSheet,
  openDemonstration,
  prepareSitting,
  signIn,
  signOut,
  signSheet,
  startSheet,
} from "./day-steps.ts";
import type { DrivenApp } from "./drive-app.ts";
import { createRandom } from "#shared/base";
import { seededInputs } from "./seeded-marks.ts";

export const ADMINISTRATOR = "p-01";
export const LEADER = "p-04";

export interface SmallDay {
  readonly pinOf: (person: string) => string;
  readonly rubric: Rubric;
}

/** Opens the demonstration, prepares `count` candidates for a panel that the leader leads, and leaves nobody signed in. */
export async function prepareSmallDay(
  app: DrivenApp,
  count: number,
  panel: readonly string[] = [LEADER],
): Promise<SmallDay> {
  const pins = await openDemonstration(app);
  const pinOf = (person: string) => pins.get(person) ?? "";
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  const rosterFile = await writeRoster(count);
  await prepareSitting(app, { panel, leader: LEADER, pin: pinOf(ADMINISTRATOR), rosterFile });
  await signOut(app);
  return { pinOf, rubric: sampleRubric() };
}

/** The first `count` of the demonstration's people as a CSV. */
export async function writeRoster(count: number): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "jiangping-roster-"));
  const file = path.join(folder, "roster.csv");
  const rows = demoRoster()
    .slice(0, count)
    .map(({ name, idNumber }) => `${name},${idNumber}`);
  await writeFile(file, ["姓名,证件号码", ...rows].join("\r\n"));
  return file;
}

export function sampleRubric(): Rubric {
  const [rubric] = sampleRubrics();
  if (!rubric) throw new Error("no sample rubric");
  return rubric;
}

/** Signs an examiner in and opens the marking desk. */
export async function goMarking(app: DrivenApp, { pinOf }: SmallDay, who = LEADER): Promise<void> {
  await signIn(app, who, pinOf(who));
  await app.window.locator("[data-testid^=day-mark-]").first().click();
}

/** Marks one candidate whole and signs. */
export async function markAndSign(
  app: DrivenApp,
  day: SmallDay,
  no: number,
  seed = no,
  who = LEADER,
): Promise<void> {
  await startSheet(app, no);
  await markSheet(app, day.rubric, seededInputs(day.rubric, createRandom(seed)));
  await signSheet(app, day.pinOf(who));
}
