// A prepared demonstration with a few candidates, for tests that begin in the middle of a day.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Rubric } from "#shared/exam";
import { demoRoster, sampleRubrics } from "#shared/rules";
import {
  enterItem,
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

/** Opens the demonstration, prepares `count` candidates for one examiner, and leaves nobody signed in. */
export async function prepareSmallDay(app: DrivenApp, count: number): Promise<SmallDay> {
  const pins = await openDemonstration(app);
  const pinOf = (person: string) => pins.get(person) ?? "";
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  const rosterFile = await writeRoster(count);
  await prepareSitting(app, { panel: [LEADER], leader: LEADER, pin: pinOf(ADMINISTRATOR), rosterFile });
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

/** Signs the leader in and opens the marking desk. */
export async function goMarking(app: DrivenApp, { pinOf }: SmallDay): Promise<void> {
  await signIn(app, LEADER, pinOf(LEADER));
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
  const inputs = seededInputs(day.rubric, createRandom(seed));
  for (const item of day.rubric.items) {
    const input = inputs.get(item.no);
    if (input) await enterItem(app, day.rubric, item, input);
  }
  await signSheet(app, day.pinOf(who));
}
