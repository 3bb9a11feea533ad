// After the seal: two people sign for the totals, one decides, an examiner amends a sheet with a second signature, and a recheck
// is kept beside the result (R46, R48, R54, R55, R80).
// The sitting is marked blind, so that nobody at the desk sees a name before the seal (R45).
import { copyFile, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { answerSaveDialog, launchApp, type DrivenApp } from "../support/drive-app.ts";
import { shot, shots, violationsOf } from "../support/looks.ts";
import { photographOf, readPdf } from "../support/print-form.ts";
import {
  choose,
  fillPreparation,
  openDemonstration,
  signIn,
  signOut,
  typePin,
} from "../support/day-steps.ts";
import {
  ADMINISTRATOR,
  goMarking,
  LEADER,
  markAndSign,
  sampleRubric,
  writeRoster,
} from "../support/small-day.ts";

const [SUPERVISOR, TALLY, CHECKER_1, CHECKER_2] = ["p-02", "p-03", "p-05", "p-06"] as const;

let registry: RunningRegistry;
let app: DrivenApp;
let pins: Map<string, string>;
const pinOf = (person: string) => pins.get(person) ?? "";

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

test("[R45] a blind panel marks and signs by number, and no name is on the desk or in the signing window", async () => {
  test.setTimeout(180_000);
  pins = await openDemonstration(app);
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  const rosterFile = await writeRoster(1);
  await fillPreparation(app, { panel: [LEADER], leader: LEADER, rosterFile });
  await app.window.getByTestId("roster-blind").click();
  await shot(app.window, "preparation");
  await app.window.getByTestId("roster-confirm").click();
  await typePin(app, pinOf(ADMINISTRATOR));
  await signOut(app);
  await goMarking(app, { pinOf, rubric: sampleRubric() });
  await shot(app.window, "declaration");
  const heard = app.confirm.getByTestId("confirm-matter");
  await markAndSign(app, { pinOf, rubric: sampleRubric() }, 1);
  await expect(app.window.getByText("王建国")).toHaveCount(0);
  await expect(app.window.getByTestId("candidate-1")).toContainText("作品 01");
  await expect(heard.getByText("王建国")).toHaveCount(0);
  await shot(app.window, "blind");
  await signOut(app);
});

test("[R48] [R80] two outside the panel sign for the totals, and the approver is nobody who tallied", async () => {
  test.setTimeout(120_000);
  const { window } = app;
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("sign-off-approver-sign")).toBeDisabled();
  await signOff("clerk", TALLY);
  await signOff("checker", SUPERVISOR);
  await window.getByTestId("closing-seal").click();
  await typePin(app, pinOf(LEADER));
  await expect(window.getByTestId("batch-state").first()).toBeVisible();
  await signOff("approver", ADMINISTRATOR);
  await window.getByTestId("sign-off-clerk").scrollIntoViewIfNeeded();
  await shot(app.window, "signed-off");
});

test("[R46] [SY32] a signed sheet is amended by its author and the supervisor, sealed, sent and receipted", async () => {
  test.setTimeout(120_000);
  const { window, confirm } = app;
  await signOut(app);
  await goMarking(app, { pinOf, rubric: sampleRubric() });
  await window.getByTestId("candidate-1").click();
  await shots(app, "signed");
  await window.getByTestId("sheet-amend").click();
  const first = window.getByTestId("item-1");
  await expect(first).toHaveAttribute("data-open", "true");
  const hadNothing = await window.getByTestId("line-0").getAttribute("aria-pressed");
  await window.keyboard.press(hadNothing === "true" ? "1" : "0");
  await expect(window.getByTestId("item-former-1")).toBeVisible();
  await expect(window.getByTestId("amend-sign")).toBeDisabled();
  await choose(app, "amend-reason", "transcription");
  await window.getByTestId("amend-text").fill("胶线残留看错了一处，照片第 2 张可以核对。");
  await choose(app, "amend-approver", SUPERVISOR);
  await expectAccessible("amending");
  await shots(app, "amending");
  await window.getByTestId("amend-sign").click();
  await expect(confirm.locator("[data-kind=amendment]")).toBeVisible();
  await expect(confirm.getByTestId("confirm-changes").locator("li")).toHaveCount(1);
  await shot(confirm, "confirm-author");
  const who = confirm.getByTestId("confirm-who");
  const author = await who.textContent();
  await typeOnly(pinOf(LEADER));
  await expect(who).not.toHaveText(author ?? "");
  await shot(confirm, "confirm-approver");
  await typePin(app, pinOf(SUPERVISOR));
  const amended = window.getByTestId("version-1");
  await expect(amended).toHaveAttribute("data-standing", "counts");
  await expect(amended).toHaveAttribute("data-way", "signed");
  await expectAccessible("amended");
  await shots(app, "amended");
  await window.getByTestId("versions-open").click();
  await expectAccessible("versions");
  await shots(app, "versions");
  await window.keyboard.press("Escape");
  await signOut(app);

  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("sign-off-clerk")).toHaveAttribute("data-state", "open");
  await window.getByTestId("closing-seal").click();
  await typePin(app, pinOf(LEADER));
  await expect(window.getByTestId("batch-state")).toHaveCount(2);
  // The newest is the amendments', and what it amends goes before it.
  await window.getByTestId("batch-2").getByTestId("batch-send").click();
  for (const batch of ["batch-1", "batch-2"])
    await expect(window.getByTestId(batch).getByTestId("batch-state")).toHaveAttribute(
      "data-state",
      "acknowledged",
      { timeout: 30_000 },
    );
  await expect(window.getByTestId("receipt-note")).toHaveCount(0);
  await shots(app, "amendment-receipt");
  // What was approved before the amendment is no publication any more.
  await expect(window.getByTestId("recheck-1")).toHaveCount(0);
  await signOff("approver", ADMINISTRATOR);
});

test("[R54] [R55] a recheck by two others is signed by both and shown; who tallied is refused as checker", async () => {
  test.setTimeout(120_000);
  const { window, confirm } = app;
  await window.getByTestId("recheck-1").click();
  await choose(app, "recheck-checker-1", TALLY);
  await choose(app, "recheck-checker-2", CHECKER_2);
  await expect(window.locator("[data-testid=recheck-finding][data-code='recheck.involved']")).toBeVisible();
  await expect(window.getByTestId("recheck-record")).toBeDisabled();
  await shot(app.window, "recheck-refused");
  await choose(app, "recheck-checker-1", CHECKER_1);
  await expect(window.locator("[data-testid=recheck-finding][data-severity=block]")).toHaveCount(0);
  await expect(window.getByTestId("recheck-result")).toHaveAttribute("data-finding", "UPHELD");
  await window.getByTestId("recheck-record").click();
  const who = confirm.getByTestId("confirm-who");
  const first = await who.textContent();
  await typeOnly(pinOf(CHECKER_1));
  await expect(who).not.toHaveText(first ?? "");
  await typePin(app, pinOf(CHECKER_2));
  await expect(window.getByTestId("recheck-dialog")).toHaveCount(0);
  await expect(window.getByText("维持", { exact: true })).toBeVisible();
  await shot(app.window, "rechecked");
});

test("the forms of the day are saved as PDF, and the printed sheet is accepted from a photograph and refused for another total", async () => {
  test.setTimeout(120_000);
  const { window } = app;
  await shots(app, "closing-paper");
  const sheets = await savePdf("paper-sheets-both");
  const { facts, square } = sheets;
  expect(facts.notEmbedded).toEqual([]);
  for (const character of "王建国评") expect(facts.draws(character), character).toBe(true);
  expect(facts.pages.length).toBeGreaterThan(0);
  expect((await savePdf("paper-summary-zh")).facts.draws("汇")).toBe(true);

  await window.getByTestId("nav-day").click();
  await expect(window.getByTestId("day-paper")).toBeVisible();
  await shots(app, "day");
  await window.getByTestId("day-paper").click();
  const buffer = Buffer.from(photographOf(square.path, square.modules));
  await window.getByTestId("paper-picture").setInputFiles({ name: "a.png", mimeType: "image/png", buffer });
  await expect(window.getByTestId("paper-text")).toHaveValue(/^JP1:/);
  await window.getByTestId("paper-total").fill("12.34");
  await window.getByTestId("paper-act").click();
  const refused = window.getByTestId("paper-refused");
  await expect(refused).toHaveAttribute("data-code", "paper.other-total");
  await shot(app.window, "paper-refused");
  await window.getByTestId("paper-total").fill(square.total);
  await window.getByTestId("paper-act").click();
  await expect(window.getByTestId("paper-accepted")).toContainText("与本机所存的签名记录一致");
  await expect(window.getByTestId("paper-accepted")).toContainText("王建国");
  await expectAccessible("paper");
  await shots(app, "paper-accepted");
  const text = await window.getByTestId("paper-text").inputValue();
  const changed = text.slice(0, -3) + (text.at(-3) === "A" ? "B" : "A") + text.slice(-2);
  await window.getByTestId("paper-text").fill(changed);
  await window.getByTestId("paper-act").click();
  await expect(refused).toHaveAttribute("data-code", "paper.signature-invalid");
  expect(app.troubles).toEqual([]);
});

/** Presses the button, answers the system's dialog, and reads the file; the page that was printed is looked at on its way. */
async function savePdf(button: string) {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "jiangping-pdf-")), `${button}.pdf`);
  await answerSaveDialog(app.electron, file);
  await app.electron.evaluate(({ app: main }) => {
    main.once("web-contents-created", (_event, page) => {
      page.once("did-finish-load", () => {
        void page.executeJavaScript(PRINTED).then((seen: unknown) => {
          (globalThis as { printed?: unknown }).printed = seen;
        });
      });
      const PRINTED = `({
        path: document.querySelector(".qr path")?.getAttribute("d") ?? "",
        modules: Number(document.querySelector(".qr")?.getAttribute("viewBox").split(" ")[2] ?? 0),
        total: document.querySelector(".total td:nth-child(4)")?.lastChild.textContent.trim() ?? "",
      })`;
    });
  });
  await app.window.getByTestId(button).click();
  await expect(app.window.getByText(`${button}.pdf`)).toBeVisible();
  const square = await app.electron.evaluate(
    () => (globalThis as unknown as { printed: { path: string; modules: number; total: string } }).printed,
  );
  if (process.env["JIANGPING_SHOTS"] !== undefined)
    await copyFile(file, `${process.env["JIANGPING_SHOTS"]}/${button}.pdf`);
  return { facts: readPdf(await readFile(file)), square };
}

async function signOff(as: string, person: string): Promise<void> {
  await choose(app, `sign-off-${as}-person`, person);
  await app.window.getByTestId(`sign-off-${as}-sign`).click();
  await typePin(app, pinOf(person));
  await expect(app.window.getByTestId(`sign-off-${as}`)).toHaveAttribute("data-state", "signed");
}

async function typeOnly(pin: string): Promise<void> {
  const field = app.confirm.getByTestId("confirm-pin");
  await expect(field).toBeVisible();
  await field.fill(pin);
  await field.press("Enter");
}

async function expectAccessible(screen: string): Promise<void> {
  expect(await violationsOf(app.window), screen).toEqual([]);
}
