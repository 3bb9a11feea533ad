// The quality of the centre on screen: pictures with the same in words, nothing claimed of few, names for a supervisor alone, and
// all of it by keyboard.
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { PersonId } from "#shared/base";
import { anOpenedCentre, type TestJournal } from "../../support/journal-builders.ts";
import { aJudgedDay, OFFICE, PANEL, SUPERVISOR } from "../../support/judged-day.ts";
import { closeStores, drawApp } from "./draw.tsx";

afterEach(closeStores);

const open = (journal: TestJournal, who: PersonId) => drawApp(journal, who, { place: { kind: "quality" } });
const severity = () => page.getByTestId("quality-severity-chart-row").elements();
const claims = () => severity().map((row) => row.querySelector("svg")?.dataset["claims"]);

test("a supervisor reads of each examiner by name what the picture shows, the strict one told from the others", async () => {
  await open(aJudgedDay().journal, SUPERVISOR);
  const chart = page.getByTestId("quality-severity-chart");
  await expect
    .element(chart)
    .toHaveTextContent(/周若水偏严：平均相差 −\d+\.\d 分，95% 区间 −\d+\.\d 至 −\d+\.\d，24 份。/);
  expect(severity().map((row) => row.getAttribute("data-kind"))).toEqual(["beyond", "plain", "beyond"]);
  expect(claims()).toEqual(["true", "true", "true"]);
  expect(severity()[2]?.querySelectorAll("circle")).toHaveLength(1);
});

test("of few sheets nothing is drawn, and the words say how many there are", async () => {
  await open(aJudgedDay({ candidates: 6 }).journal, SUPERVISOR);
  await expect
    .element(page.getByTestId("quality-severity-chart"))
    .toHaveTextContent("只有 6 份，满 20 份才作判断。");
  expect(claims()).toEqual(["false", "false", "false"]);
  expect(severity().flatMap((row) => [...row.querySelectorAll("circle")])).toEqual([]);
});

test("the office reads the same without names, and is told why", async () => {
  await open(aJudgedDay().journal, OFFICE);
  const panel = page.getByTestId("quality-severity");
  await expect.element(panel).toHaveTextContent("姓名只给督导员看。");
  await expect.element(panel).toHaveTextContent("考评员 1");
  for (const name of ["林知微", "周若水", "Alim Tursun"])
    await expect.element(panel).not.toHaveTextContent(name);
});

test("an examiner has no way there, and is at home when a place was remembered", async () => {
  await open(aJudgedDay().journal, PANEL[1]);
  await expect.element(page.getByTestId("day-practice")).toBeVisible();
  expect(page.getByTestId("quality").elements()).toEqual([]);
  expect(page.getByTestId("day-quality").elements()).toEqual([]);
});

test("a new laptop says what will stand there", async () => {
  await open(anOpenedCentre(), OFFICE);
  await expect.element(page.getByTestId("quality-empty")).toBeVisible();
});

test("by keyboard: from the day to the figures and to the report, which main makes and the window only asks for", async () => {
  const { main } = await drawApp(aJudgedDay().journal, OFFICE);
  await expect.element(page.getByTestId("day-quality")).toBeVisible();
  (page.getByTestId("day-quality").element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("heading", { level: 1 })).toHaveTextContent("质量情况");
  await expect
    .element(page.getByTestId("quality-flags-chart").or(page.getByTestId("quality-flags-none")))
    .toBeVisible();
  for (
    let tabs = 0;
    tabs < 12 && !document.activeElement?.matches("[data-testid=quality-save-table]");
    tabs++
  )
    await userEvent.keyboard("{Tab}");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByText("已存为 jiangping-quality-2026.csv")).toBeVisible();
  const saved = main.calls.filter(({ name }) => name === "quality.save").map(({ input }) => input);
  expect(saved).toEqual([{ year: 2026, as: "csv", languages: "both" }]);
});

test("what cannot be read is said, and read again when asked", async () => {
  const { main } = await drawApp(aJudgedDay().journal, OFFICE);
  main.refusals.set("quality.describe", { code: "internal.bug" });
  main.refusals.set("supervision.count", { code: "internal.bug" });
  await page.getByTestId("day-quality").click();
  await expect.element(page.getByTestId("quality-refused")).toBeVisible();
  main.refusals.delete("quality.describe");
  await page.getByTestId("quality-refused").getByRole("button").click();
  await expect.element(page.getByTestId("quality-flags-refused")).toBeVisible();
  main.refusals.clear();
  await page.getByTestId("quality-flags-refused").getByRole("button").click();
  await expect.element(page.getByTestId("quality-flags-refused")).not.toBeInTheDocument();
});
