// The same day on as many laptops as the panel has members: the sitting, the signed sheets, every batch and every receipt travel on
// a stick, and the registry has had nothing by any other way when it gets them (rulings 3, S12). The leader's laptop is where the
// panel sees its sheets together.
import { expect } from "@playwright/test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleFile } from "../../registry/carrier/bundle-file.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import {
  openDemonstration,
  prepareSitting,
  recordAbsence,
  savedCount,
  signIn,
  signOut,
  typePin,
} from "../support/day-steps.ts";
import { launchApp, newProfile, type DrivenApp } from "../support/drive-app.ts";
import { copyToStick, openSticks, receiveFrom, shareSitting } from "../support/stick-steps.ts";
import { createCamera } from "./camera.ts";
import { sittingFiles, type DayFiles } from "./files.ts";
import type { DayOptions } from "./options.ts";
import { asRecomputed, recomputeAll, settlePanel, shownMarks } from "./panel.ts";
import { fetchReceipt } from "./receipt.ts";
import { absentNumbers, ADMINISTRATOR, createMarking, EXAMINERS, LEADER, type DayReport } from "./run-day.ts";

const LONG = { timeout: 60_000 };

interface Laptop {
  readonly app: DrivenApp;
  readonly profile: string;
  readonly examiner: string;
  pinOf(person: string): string;
}

export async function runLaptops(
  registry: RunningRegistry,
  { options, files, out }: { options: DayOptions; files: DayFiles; out: string },
): Promise<DayReport> {
  const started = Date.now();
  const say = (words: string) => {
    console.error(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${words}`);
  };
  const stick = await mkdtemp(path.join(tmpdir(), "jiangping-stick-"));
  const laptops: Laptop[] = [];
  try {
    for (const examiner of EXAMINERS.slice(0, options.panel)) {
      say(`opening the laptop of ${examiner}`);
      laptops.push(await openLaptop(examiner, registry.url));
    }
    const [here, ...others] = laptops;
    if (!here) throw new Error("a panel has a leader");
    const camera = createCamera(here.app, out, options.screens);

    say("preparing the sitting, and carrying it to the others");
    await signIn(here.app, ADMINISTRATOR, here.pinOf(ADMINISTRATOR));
    const refused = await prepareSitting(here.app, {
      panel: laptops.map(({ examiner }) => examiner),
      leader: LEADER,
      pin: here.pinOf(ADMINISTRATOR),
      ...sittingFiles(files),
    });
    await openSticks(here.app);
    const { file, code } = await shareSitting(here.app, stick);
    await signOut(here.app);
    for (const { app, pinOf } of others) {
      await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
      await openSticks(app);
      await receiveFrom(app, file, code);
      await signOut(app);
    }

    const absentees = absentNumbers(files.candidates);
    const marking = createMarking(options, files, absentees);
    for (const { app, examiner, pinOf } of laptops) {
      await signIn(app, examiner, pinOf(examiner));
      await app.window.locator("[data-testid^=day-mark-]").first().click();
      if (examiner === LEADER) for (const no of absentees) await recordAbsence(app, no, pinOf(LEADER));
      await marking.markAll(app, pinOf(examiner), (no) => say(`${examiner}: ${no} of ${files.candidates}`));
      await signOut(app);
    }
    const { given, marks, sheets } = marking.done();

    say("bringing the sheets together");
    for (const laptop of others) {
      const { app, pinOf } = laptop;
      await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
      await seal(laptop);
      await openSticks(app);
      const brought = await copyToStick(app, stick, "stick-share-sheets");
      await signOut(app);
      await signIn(here.app, ADMINISTRATOR, here.pinOf(ADMINISTRATOR));
      await openSticks(here.app);
      await receiveFrom(here.app, brought);
      await signOut(here.app);
    }
    await camera.look("laptops-together");

    say("the panel sees its sheets together");
    const expected = recomputeAll(files.rubric, given);
    const settling = await settlePanel(here.app, {
      panel: laptops.map(({ examiner }) => examiner),
      leader: LEADER,
      pinOf: here.pinOf,
      expected,
      look: camera.look,
    });

    say("closing the day");
    await signIn(here.app, ADMINISTRATOR, here.pinOf(ADMINISTRATOR));
    await seal(here);
    const shown = await shownMarks(here.app);
    await camera.look("laptops-closed");
    await openSticks(here.app);
    const carried = await copyToStick(here.app, stick, "stick-export");
    const before = await batchesAll(here.app, "sealed");
    const known = await Promise.all(before.map((batch) => fetchReceipt(registry.url, batch)));
    if (known.some(({ verified }) => verified)) throw new Error("a batch went by another way than the stick");
    await openSticks(here.app);
    const { answer } = await registry.takeBundle(bundleFile(carried));
    const back = path.join(stick, "BACK.ertb");
    await writeFile(back, answer.bytes);
    await receiveFrom(here.app, back);
    const batches = await batchesAll(here.app, "acknowledged");
    const receipts = await Promise.all(batches.map((batch) => fetchReceipt(registry.url, batch)));
    const troubles = laptops.flatMap(({ app }) => app.troubles);
    if (troubles.length > 0) throw new Error(`the windows complained:\n${troubles.join("\n")}`);
    return {
      candidates: files.candidates,
      absent: absentees.length,
      examiners: laptops.length,
      laptops: laptops.length,
      sheets,
      marks,
      acknowledged: receipts.reduce((sum, receipt) => sum + (receipt.verified ? receipt.sheets : 0), 0),
      panel: { ...settling, ...asRecomputed(expected, shown) },
      receipt: {
        verified:
          receipts.filter(({ isOfSheets }) => isOfSheets).length === laptops.length &&
          receipts.every(({ verified }) => verified),
        batch: batches.at(-1) ?? "",
      },
      journalEntries: await savedCount(here.app.window),
      refused: files.refusedInWhole ?? refused,
      seconds: Math.round((Date.now() - started) / 100) / 10,
      screenshots: camera.taken,
    };
  } finally {
    for (const { app, profile } of laptops) {
      await app.close();
      await rm(profile, { recursive: true, force: true });
    }
    await rm(stick, { recursive: true, force: true });
  }
}

async function openLaptop(examiner: string, registryUrl: string): Promise<Laptop> {
  const profile = await newProfile();
  const app = await launchApp({ profile, registryUrl });
  await expect(app.window.getByTestId("opening-demo")).toBeVisible(LONG);
  const pins = await openDemonstration(app);
  return { app, profile, examiner, pinOf: (person) => pins.get(person) ?? "" };
}

/** Seals what was signed here; sheets that are on the other laptops are missing, and that is said. */
async function seal({ app, pinOf }: Laptop): Promise<void> {
  const { window } = app;
  await window.getByTestId("nav-day").click();
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("closing-seal")).toBeVisible(LONG);
  const explanation = window.getByTestId("closing-explanation");
  if (await explanation.isVisible()) await explanation.fill("在考评组的其他电脑上");
  await window.getByTestId("closing-seal").click();
  await typePin(app, pinOf(LEADER));
  await expect(window.locator("[data-testid=batch-state][data-state=sealed]").last()).toBeVisible(LONG);
}

/** Every batch here, once all of them are in this state. */
async function batchesAll({ window }: DrivenApp, state: "sealed" | "acknowledged"): Promise<string[]> {
  await window.getByTestId("nav-day").click();
  await window.locator("[data-testid^=day-close-]").first().click();
  const states = window.getByTestId("batch-state");
  await expect(states.first()).toHaveAttribute("data-state", state, LONG);
  await expect(window.locator(`[data-testid=batch-state]:not([data-state=${state}])`)).toHaveCount(0, LONG);
  return Promise.all((await states.all()).map(async (one) => (await one.getAttribute("data-batch")) ?? ""));
}
