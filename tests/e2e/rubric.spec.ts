// A centre brings its own rubric: a sample saved as a spreadsheet, changed in a spreadsheet program, brought back with a mistake and
// without, tried as an examiner, and kept. JIANGPING_SHOTS=<folder> keeps what the screens look like.
import { expect, test } from "@playwright/test";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readRubricFile, rubricWorkbook } from "../../electron/files/index.ts";
import { demonstration } from "../support/demonstration.ts";
import { openDemonstration, pressKeys, signIn } from "../support/day-steps.ts";
import { answerOpenDialog, answerSaveDialog } from "../support/drive-app.ts";
import { shots } from "../support/looks.ts";
import { ADMINISTRATOR, sampleRubric } from "../support/small-day.ts";

const demo = demonstration();

test("[R32] a rubric goes out as a spreadsheet and comes back as the centre's own, tried before it is kept", async () => {
  const { window, electron } = demo.app;
  const pins = await openDemonstration(demo.app);
  await signIn(demo.app, ADMINISTRATOR, pins.get(ADMINISTRATOR) ?? "");
  await window.getByTestId("day-prepare").first().click();

  const folder = await mkdtemp(path.join(tmpdir(), "rubric-"));
  const saved = path.join(folder, "sample.xlsx");
  await answerSaveDialog(electron, saved);
  const sample = sampleRubric();
  await window.locator(`[data-testid=roster-rubric][data-code=${sample.code}]`).click();
  await window.getByTestId("roster-rubric-save").click();
  await expect
    .poll(async () => readRubricFile(await readFile(saved)).catch(() => null), { timeout: 20_000 })
    .toEqual({ ok: true, value: sample });

  const own = {
    ...sample,
    code: "OWN-CERAMIC-L4",
    title: { zh: "本中心瓷碗修复", en: "Our porcelain bowl" },
  };
  const wrong = path.join(folder, "wrong.xlsx");
  const [first, ...rest] = own.items;
  await writeFile(
    wrong,
    await rubricWorkbook({ ...own, items: first ? [{ ...first, max: 8 }, ...rest] : [] }),
  );
  await answerOpenDialog(electron, wrong);
  await window.getByTestId("roster-rubric-import").click();
  const problem = window.getByTestId("roster-rubric-problem");
  await expect(problem).toHaveAttribute("data-code", "rubric.total");
  await expect(problem).toContainText("考核要素 Items");
  await shots(demo.app, "rubric-problem");

  const right = path.join(folder, "own.xlsx");
  await writeFile(right, await rubricWorkbook(own));
  await answerOpenDialog(electron, right);
  await window.getByTestId("roster-rubric-import").click();
  await expect(window.getByTestId("roster-rubric-read")).toContainText(own.title.zh);
  await shots(demo.app, "rubric-read");
  await window.getByTestId("roster-rubric-try-read").click();
  await expect(window.getByTestId("item-1")).toHaveAttribute("data-open", "true");
  await pressKeys(demo.app, ["1", "Enter"]);
  await expect(window.getByTestId("item-1")).toHaveAttribute("data-state", "marked");
  await shots(demo.app, "practice");
  await window.getByTestId("practice-leave").click();
  await window.getByTestId("roster-rubric-keep").click();
  await expect(window.locator("[data-testid=roster-rubric][aria-pressed=true]")).toHaveAttribute(
    "data-code",
    own.code,
  );
});
