// After the seal: two people sign for the totals, one decides, an examiner amends a sheet with a second signature, and a recheck
// is kept beside the result (R46, R48, R54, R55, R80).
// The sitting is marked blind, so that nobody at the desk sees a name before the seal (R45).
import { copyFile, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { demonstration } from "../support/demonstration.ts";
import { answerSaveDialog } from "../support/drive-app.ts";
import { shot, shots, violationsOf } from "../support/looks.ts";
import { photographOf, readPdf } from "../support/print-form.ts";
import {
  choose,
  fillPreparation,
  openDemonstration,
  signIn,
  signOut,
  typeFirstPin,
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

const demo = demonstration();
let pins: Map<string, string>;
const pinOf = (person: string) => pins.get(person) ?? "";

test("[R45] a blind panel marks and signs by number, and no name is on the desk or in the signing window", async () => {
  test.setTimeout(180_000);
  pins = await openDemonstration(demo.app);
  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  const rosterFile = await writeRoster(1);
  await fillPreparation(demo.app, { panel: [LEADER], leader: LEADER, rosterFile });
  await demo.app.window.getByTestId("roster-blind").click();
  await shot(demo.app.window, "preparation");
  await demo.app.window.getByTestId("roster-confirm").click();
  await typePin(demo.app, pinOf(ADMINISTRATOR));
  await signOut(demo.app);
  await goMarking(demo.app, { pinOf, rubric: sampleRubric() });
  await shot(demo.app.window, "declaration");
  const heard = demo.app.confirm.getByTestId("confirm-matter");
  await markAndSign(demo.app, { pinOf, rubric: sampleRubric() }, 1);
  await expect(demo.app.window.getByText("王建国")).toHaveCount(0);
  await expect(demo.app.window.getByTestId("candidate-1")).toContainText("作品 01");
  await expect(heard.getByText("王建国")).toHaveCount(0);
  await shot(demo.app.window, "blind");
  await signOut(demo.app);
});

test("[R48] [R80] two outside the panel sign for the totals, and the approver is nobody who tallied", async () => {
  test.setTimeout(120_000);
  const { window } = demo.app;
  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("sign-off-approver-sign")).toBeDisabled();
  await signOff("clerk", TALLY);
  await signOff("checker", SUPERVISOR);
  await window.getByTestId("closing-seal").click();
  await typePin(demo.app, pinOf(LEADER));
  await expect(window.getByTestId("batch-state").first()).toBeVisible();
  await signOff("approver", ADMINISTRATOR);
  await window.getByTestId("sign-off-clerk").scrollIntoViewIfNeeded();
  await shot(demo.app.window, "signed-off");
});

test("[R46] [SY32] a signed sheet is amended by its author and the supervisor, sealed, sent and receipted", async () => {
  test.setTimeout(120_000);
  const { window, confirm } = demo.app;
  await signOut(demo.app);
  await goMarking(demo.app, { pinOf, rubric: sampleRubric() });
  await window.getByTestId("candidate-1").click();
  await shots(demo.app, "signed");
  await window.getByTestId("sheet-amend").click();
  const first = window.getByTestId("item-1");
  await expect(first).toHaveAttribute("data-open", "true");
  const hadNothing = await window.getByTestId("line-0").getAttribute("aria-pressed");
  await window.keyboard.press(hadNothing === "true" ? "1" : "0");
  await expect(window.getByTestId("item-former-1")).toBeVisible();
  await expect(window.getByTestId("amend-sign")).toBeDisabled();
  await choose(demo.app, "amend-reason", "transcription");
  await window.getByTestId("amend-text").fill("胶线残留看错了一处，照片第 2 张可以核对。");
  await choose(demo.app, "amend-approver", SUPERVISOR);
  await expectAccessible("amending");
  await shots(demo.app, "amending");
  await window.getByTestId("amend-sign").click();
  await expect(confirm.locator("[data-kind=amendment]")).toBeVisible();
  await expect(confirm.getByTestId("confirm-changes").locator("li")).toHaveCount(1);
  await shot(confirm, "confirm-author");
  await typeFirstPin(demo.app, pinOf(LEADER));
  await shot(confirm, "confirm-approver");
  await typePin(demo.app, pinOf(SUPERVISOR));
  const amended = window.getByTestId("version-1");
  await expect(amended).toHaveAttribute("data-standing", "counts");
  await expect(amended).toHaveAttribute("data-way", "signed");
  await expectAccessible("amended");
  await shots(demo.app, "amended");
  await window.getByTestId("versions-open").click();
  await expectAccessible("versions");
  await shots(demo.app, "versions");
  await window.keyboard.press("Escape");
  await signOut(demo.app);

  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("sign-off-clerk")).toHaveAttribute("data-state", "open");
  await window.getByTestId("closing-seal").click();
  await typePin(demo.app, pinOf(LEADER));
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
  await shots(demo.app, "amendment-receipt");
  // What was approved before the amendment is no publication any more.
  await expect(window.getByTestId("recheck-1")).toHaveCount(0);
  await signOff("approver", ADMINISTRATOR);
});

test("[R54] [R55] a recheck by two others is signed by both and shown; who tallied is refused as checker", async () => {
  test.setTimeout(120_000);
  const { window } = demo.app;
  await window.getByTestId("recheck-1").click();
  await choose(demo.app, "recheck-checker-1", TALLY);
  await choose(demo.app, "recheck-checker-2", CHECKER_2);
  await expect(window.locator("[data-testid=recheck-finding][data-code='recheck.involved']")).toBeVisible();
  await expect(window.getByTestId("recheck-record")).toBeDisabled();
  await shot(demo.app.window, "recheck-refused");
  await choose(demo.app, "recheck-checker-1", CHECKER_1);
  await expect(window.locator("[data-testid=recheck-finding][data-severity=block]")).toHaveCount(0);
  await expect(window.getByTestId("recheck-result")).toHaveAttribute("data-finding", "UPHELD");
  await window.getByTestId("recheck-record").click();
  await typeFirstPin(demo.app, pinOf(CHECKER_1));
  await typePin(demo.app, pinOf(CHECKER_2));
  await expect(window.getByTestId("recheck-dialog")).toHaveCount(0);
  await expect(window.getByText("维持", { exact: true })).toBeVisible();
  await shot(demo.app.window, "rechecked");
});

test("the forms of the day are saved as PDF, and the printed sheet is accepted from a photograph and refused for another total", async () => {
  test.setTimeout(120_000);
  const { window } = demo.app;
  await shots(demo.app, "closing-paper");
  const sheets = await savePdf("paper-sheets-both");
  const { facts, square } = sheets;
  expect(facts.notEmbedded).toEqual([]);
  for (const character of "王建国评") expect(facts.draws(character), character).toBe(true);
  expect(facts.pages.length).toBeGreaterThan(0);
  expect((await savePdf("paper-room-zh")).facts.draws("督")).toBe(true);
  expect((await savePdf("paper-summary-zh")).facts.draws("汇")).toBe(true);

  await window.getByTestId("nav-day").click();
  await expect(window.getByTestId("day-paper")).toBeVisible();
  await shots(demo.app, "day");
  await window.getByTestId("day-paper").click();
  const buffer = Buffer.from(photographOf(square.path, square.modules));
  await window.getByTestId("paper-picture").setInputFiles({ name: "a.png", mimeType: "image/png", buffer });
  await expect(window.getByTestId("paper-text")).toHaveValue(/^JP1:/);
  await window.getByTestId("paper-total").fill("12.34");
  await window.getByTestId("paper-act").click();
  const refused = window.getByTestId("paper-refused");
  await expect(refused).toHaveAttribute("data-code", "paper.other-total");
  await shot(demo.app.window, "paper-refused");
  await window.getByTestId("paper-total").fill(square.total);
  await window.getByTestId("paper-act").click();
  await expect(window.getByTestId("paper-accepted")).toContainText("与本机所存的签名记录一致");
  await expect(window.getByTestId("paper-accepted")).toContainText("王建国");
  await expectAccessible("paper");
  await shots(demo.app, "paper-accepted");
  const text = await window.getByTestId("paper-text").inputValue();
  const changed = text.slice(0, -3) + (text.at(-3) === "A" ? "B" : "A") + text.slice(-2);
  await window.getByTestId("paper-text").fill(changed);
  await window.getByTestId("paper-act").click();
  await expect(refused).toHaveAttribute("data-code", "paper.signature-invalid");
  expect(demo.app.troubles).toEqual([]);
});

/** Presses the button, answers the system's dialog, and reads the file; the page that was printed is looked at on its way. */
async function savePdf(button: string) {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "jiangping-pdf-")), `${button}.pdf`);
  await answerSaveDialog(demo.app.electron, file);
  await demo.app.electron.evaluate(({ app: main }) => {
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
  await demo.app.window.getByTestId(button).click();
  await expect(demo.app.window.getByText(`${button}.pdf`)).toBeVisible();
  const square = await demo.app.electron.evaluate(
    () => (globalThis as unknown as { printed: { path: string; modules: number; total: string } }).printed,
  );
  if (process.env["JIANGPING_SHOTS"] !== undefined)
    await copyFile(file, `${process.env["JIANGPING_SHOTS"]}/${button}.pdf`);
  return { facts: readPdf(await readFile(file)), square };
}

async function signOff(as: string, person: string): Promise<void> {
  await choose(demo.app, `sign-off-${as}-person`, person);
  await demo.app.window.getByTestId(`sign-off-${as}-sign`).click();
  await typePin(demo.app, pinOf(person));
  await expect(demo.app.window.getByTestId(`sign-off-${as}`)).toHaveAttribute("data-state", "signed");
}

async function expectAccessible(screen: string): Promise<void> {
  expect(await violationsOf(demo.app.window), screen).toEqual([]);
}
