// The day itself: open the demonstration, prepare, mark every candidate with every examiner, sign, close, seal, send,
// hold the receipt. Two candidates do not come (when there are at least three).
import { expect } from "@playwright/test";
import { createRandom } from "#shared/base";
import type { ItemInput } from "#shared/exam";
import { seededInputs } from "../support/seeded-marks.ts";
import {
  enterItem,
  openDemonstration,
  prepareSitting,
  recordAbsence,
  savedCount,
  signIn,
  signOut,
  signSheet,
  startSheet,
  typePin,
  type RefusedRow,
} from "../support/day-steps.ts";
import type { DrivenApp } from "../support/drive-app.ts";
import { createCamera, type Camera } from "./camera.ts";
import { sittingFiles, type DayFiles } from "./files.ts";
import type { DayOptions } from "./options.ts";
import {
  anotherView,
  asRecomputed,
  recomputeAll,
  settlePanel,
  shownMarks,
  type PanelReport,
} from "./panel.ts";
import { fetchReceipt } from "./receipt.ts";

export interface DayReport {
  readonly candidates: number;
  readonly absent: number;
  readonly examiners: number;
  readonly laptops: number;
  readonly sheets: number;
  readonly marks: number;
  readonly acknowledged: number;
  /** Final marks as the screen shows them, and how many equal those worked out a second time (recompute.ts). */
  readonly panel: PanelReport & { readonly finalMarks: number; readonly equalToRecomputed: number };
  readonly receipt: { readonly verified: boolean; readonly batch: string };
  readonly journalEntries: number;
  readonly refused: readonly RefusedRow[];
  readonly seconds: number;
  readonly screenshots: readonly string[];
}

export interface DaySetting {
  readonly options: DayOptions;
  readonly files: DayFiles;
  readonly registryUrl: string;
  readonly out: string;
}

export const ADMINISTRATOR = "p-01";
export const LEADER = "p-04";
/** Examiners in the order a larger panel takes them; the leader first. */
export const EXAMINERS = ["p-04", "p-05", "p-06", "p-07", "p-08", "p-09"];
const LONG = { timeout: 60_000 };

export async function runDay(
  app: DrivenApp,
  { options, files, registryUrl, out }: DaySetting,
): Promise<DayReport> {
  const started = Date.now();
  const camera = createCamera(app, out, options.screens);
  const { look } = camera;
  const say = (words: string) => {
    console.error(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${words}`);
  };

  await expect(app.window.getByTestId("opening-demo")).toBeVisible(LONG);
  await look("opening");
  say("opening the demonstration centre");
  const pins = await openDemonstration(app);
  await look("sign-in");
  const pinOf = (person: string) => pins.get(person) ?? "";

  say("preparing the sitting");
  const panel = EXAMINERS.slice(0, options.panel);
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  const refused = await prepareSitting(app, {
    panel,
    leader: LEADER,
    pin: pinOf(ADMINISTRATOR),
    ...sittingFiles(files),
    onPreview: () => look("roster-preview"),
  });
  await look("day");
  await signOut(app);

  const absentees = absentNumbers(files.candidates);
  const marking = createMarking(options, files, absentees);
  for (const examiner of panel) {
    await signIn(app, examiner, pinOf(examiner));
    await app.window.locator("[data-testid^=day-mark-]").first().click();
    if (examiner === LEADER) {
      for (const no of absentees) await recordAbsence(app, no, pinOf(LEADER));
      if (absentees.length > 0) await look("absent");
    }
    await marking.markAll(
      app,
      pinOf(examiner),
      (no) => say(`${examiner}: ${no} of ${files.candidates}`),
      camera,
    );
    await signOut(app);
  }
  const { given, marks, sheets } = marking.done();

  const expected = recomputeAll(files.rubric, given);
  let settling: PanelReport = { divergent: 0, settled: 0 };
  if (panel.length > 1) {
    say("the panel sees its sheets together");
    settling = await settlePanel(app, { panel, leader: LEADER, pinOf, expected, look });
  }

  say("closing the day");
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  const { batches, marks: shown } = await closeDay(app, pinOf(LEADER), camera);
  await app.window.getByTestId("nav-about").click();
  await look("about");
  const receipts = await Promise.all(batches.map((batch) => fetchReceipt(registryUrl, batch)));
  const acknowledged = receipts.reduce((sum, one) => sum + (one.verified ? one.sheets : 0), 0);
  const journalEntries = await savedCount(app.window);
  if (app.troubles.length > 0) throw new Error(`the windows complained:\n${app.troubles.join("\n")}`);

  return {
    candidates: files.candidates,
    absent: absentees.length,
    examiners: panel.length,
    laptops: 1,
    sheets,
    marks,
    acknowledged,
    panel: { ...settling, ...asRecomputed(expected, shown) },
    receipt: { verified: receipts.every(({ verified }) => verified), batch: batches.at(-1) ?? "" },
    journalEntries,
    refused: files.refusedInWhole ?? refused,
    seconds: Math.round((Date.now() - started) / 100) / 10,
    screenshots: camera.taken,
  };
}

/** Marks that a panel gives: of each candidate the first examiner's, then the others' views of the same work. */
export function createMarking(options: DayOptions, files: DayFiles, absentees: readonly number[]) {
  const random = createRandom(options.seed);
  /** What each candidate was given, sheet by sheet in the order they were signed. */
  const given = new Map<number, readonly ReadonlyMap<number, ItemInput>[]>();
  let [sheets, marks] = [0, 0];

  const inputsFor = (no: number) => {
    const before = given.get(no) ?? [];
    const [first] = before;
    const inputs = first
      ? anotherView(files.rubric, first, options.seed + no * 97 + before.length, no)
      : seededInputs(files.rubric, random);
    given.set(no, [...before, inputs]);
    return inputs;
  };

  return {
    /** Every candidate who came, on the marking desk that is open. */
    markAll: async (app: DrivenApp, pin: string, onFifth: (no: number) => void, camera?: Camera) => {
      const look = async (name: string) => (sheets === 0 ? camera?.look(name) : undefined);
      for (let no = 1; no <= files.candidates; no++) {
        if (absentees.includes(no)) continue;
        await startSheet(app, no);
        const inputs = inputsFor(no);
        for (const item of files.rubric.items) {
          const input = inputs.get(item.no);
          if (!input) continue;
          await enterItem(app, files.rubric, item, input);
          marks += 1;
          if (item.no === Math.ceil(files.rubric.items.length / 2)) await look("marking");
        }
        await look("marked");
        await signSheet(app, pin, camera && sheets === 0 ? () => camera.lookAtConfirm("signing") : undefined);
        await look("sealed");
        sheets += 1;
        if (no % 5 === 0) onFifth(no);
      }
    },
    done: () => ({ given, marks, sheets }),
  };
}

/** Two spread over the list; none when fewer than three are expected (rulings 16). */
export function absentNumbers(candidates: number): number[] {
  if (candidates < 3) return [];
  return [2, Math.max(3, Math.ceil((candidates * 2) / 3))];
}

/** Closes, seals and sends; the batches that the screen shows as acknowledged, the newest first, and the marks it showed before. */
async function closeDay(
  app: DrivenApp,
  leaderPin: string,
  { look, lookAtConfirm }: Camera,
): Promise<{ batches: string[]; marks: Map<number, string> }> {
  const { window } = app;
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("closing-seal")).toBeVisible(LONG);
  await look("closing");
  const marks = await shownMarks(app);
  await window.getByTestId("closing-seal").click();
  await lookAtConfirm("sealing");
  await typePin(app, leaderPin);
  // What a panel settled is a batch of its own: whoever sends it sends the sheets before it as well [SY32].
  await window.getByTestId("batch-send").first().click();
  const states = window.getByTestId("batch-state");
  await expect(states.first()).toHaveAttribute("data-state", "acknowledged", LONG);
  await expect(window.locator("[data-testid=batch-state]:not([data-state=acknowledged])")).toHaveCount(
    0,
    LONG,
  );
  await look("receipt");
  const all = await states.all();
  const batches = await Promise.all(all.map(async (one) => (await one.getAttribute("data-batch")) ?? ""));
  return { batches, marks };
}
