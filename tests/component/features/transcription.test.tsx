// Paper sheets at the desk, by keys: one person types, another types again without seeing it, both compare, the examiner signs or sends
// back. Main is in memory, with the real gate in front.
import { afterEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { PersonId } from "#shared/base";
import {
  aPaperDay,
  PAPER_EXAMINER,
  SECOND_TYPIST,
  SERIAL,
  TYPIST,
  type PaperDay,
} from "../../support/paper-day.ts";
import { candidateRef, fullInputs, everyKindRubric } from "../../support/journal-builders.ts";
import { closeStores, drawApp } from "./draw.tsx";

afterEach(closeStores);

const desk = (day: PaperDay, person: PersonId) =>
  drawApp(day.journal, person, { place: { kind: "transcription", sheet: SERIAL } });
const rowOf = (day: PaperDay) => day.journal.view.read("transcriptions", SERIAL);
const settled = () => expect.poll(() => document.querySelectorAll("[data-saving=true]")).toHaveLength(0);

/** Everything of the rubric with one item of each kind. */
async function typeByKeys(level: string) {
  for (const keys of ["0{Enter}", "0.10{Enter}0.20{Enter}", `${level}{Enter}`, "0{Enter}", "20{Enter}"])
    await userEvent.keyboard(keys);
  await settled();
}

async function addPicture() {
  const canvas = new OffscreenCanvas(40, 56);
  canvas.getContext("2d")?.fillRect(5, 5, 20, 30);
  const file = new File([await canvas.convertToBlob({ type: "image/png" })], "page.png", {
    type: "image/png",
  });
  await page.getByTestId("paper-page-file").upload(file);
}

test("a paper is begun from its square, for the examiner whose signature stands on it; a square of nobody asks for the number", async () => {
  const day = aPaperDay("prepared");
  await drawApp(day.journal, TYPIST, { place: { kind: "transcription", sheet: null } });
  await page.getByTestId("blank-text").fill("JPB1:NONSENSE");
  await page.getByTestId("blank-read").click();
  await expect.element(page.getByTestId("blank-refused")).toHaveAttribute("data-code", "paper.unreadable");
  await page.getByTestId("blank-text").fill(day.blank(null));
  await page.getByTestId("blank-read").click();
  await expect.element(page.getByTestId("paper-begin")).toBeDisabled();
  await page.getByTestId("blank-no").fill("02");
  await expect.element(page.getByText("02 阿依古丽·买买提", { exact: true })).toBeVisible();
  await page.getByTestId("blank-examiner").click();
  await page.getByRole("option", { name: "林知微" }).click();
  await page.getByTestId("paper-begin").click();
  await expect.element(page.getByTestId("paper-desk")).toBeVisible();
  expect(rowOf(day)).toMatchObject({ candidate: candidateRef(2), examiner: PAPER_EXAMINER });
});

test("the first types every item by keys, adds a photograph, and hands over; nothing of it can be changed afterwards", async () => {
  const day = aPaperDay("begun");
  await desk(day, TYPIST);
  await expect.element(page.getByTestId("item-1")).toHaveAttribute("data-open", "true");
  await typeByKeys("3");
  await expect.element(page.getByTestId("paper-finish")).toBeDisabled();
  await addPicture();
  await expect.element(page.getByTestId("paper-finish")).toBeEnabled();
  await page.getByTestId("paper-finish").click();
  await expect.element(page.getByTestId("paper-handed-over")).toBeVisible();
  expect(rowOf(day)?.sides).toMatchObject([{ person: TYPIST, marks: { items: { "3": { level: 3 } } } }]);
  expect(rowOf(day)?.sides[0]?.done).not.toBeNull();
  await expect.element(page.getByTestId("paper-go-on")).not.toBeInTheDocument();
  await expect.element(page.getByTestId("paper-join")).not.toBeInTheDocument();
});

describe("the second", () => {
  test("types without seeing the first one's reading, and alike it is a sheet at once", async () => {
    const day = aPaperDay("second");
    await drawApp(day.journal, SECOND_TYPIST, { place: { kind: "transcription", sheet: null } });
    await page.getByTestId("paper-join").click();
    await expect.element(page.getByTestId("paper-desk")).toBeVisible();
    for (const no of [1, 2, 3, 4, 5])
      await expect.element(page.getByTestId(`item-mark-${no}`)).toHaveTextContent("—");
    await expect.element(page.getByTestId("paper-differences")).not.toBeInTheDocument();
    await userEvent.keyboard("0{Enter}");
    await userEvent.keyboard("0{Enter}0{Enter}");
    for (const keys of ["3{Enter}", "0{Enter}", "20{Enter}"]) await userEvent.keyboard(keys);
    await settled();
    await page.getByTestId("paper-finish").click();
    await expect.element(page.getByTestId("paper-written")).toBeVisible();
    expect(day.journal.view.read("sheets", SERIAL)).toMatchObject({
      ...{ examiner: PAPER_EXAMINER, signature: null, items: fullInputs(everyKindRubric()) },
    });
  });

  test("where they differ sees the item and both readings, takes the paper's, and writes the sheet", async () => {
    const day = aPaperDay("comparing");
    await desk(day, SECOND_TYPIST);
    const table = page.getByTestId("paper-differences");
    await expect.element(table).toHaveTextContent("3 Colour（中）");
    await expect.element(table).toHaveTextContent("1 级：clear（中）");
    await expect.element(table).toHaveTextContent("3 级：near（中）");
    await expect.element(page.getByTestId("item-3")).toHaveAttribute("data-open", "true");
    await expect.element(page.getByTestId("paper-finish")).toBeDisabled();
    await userEvent.keyboard("3");
    await expect.element(page.getByTestId("paper-alike")).toBeVisible();
    await page.getByTestId("paper-finish").click();
    await expect.element(page.getByTestId("paper-written")).toBeVisible();
    expect(day.journal.view.read("sheets", SERIAL)?.items["3"]).toEqual({ kind: "JUDGE", level: 3 });
  });

  test("takes the other's reading by one press where the paper says so", async () => {
    const day = aPaperDay("comparing");
    await desk(day, TYPIST);
    await page.getByTestId("adopt-3").click();
    await expect.element(page.getByTestId("paper-alike")).toBeVisible();
    expect(rowOf(day)?.sides.map(({ marks }) => marks.items["3"])).toEqual([
      { kind: "JUDGE", level: 1 },
      { kind: "JUDGE", level: 1 },
    ]);
  });
});

test("what is half typed is there when the window is opened again, and after somebody else was at the laptop", async () => {
  const day = aPaperDay("begun");
  await desk(day, TYPIST);
  await expect.element(page.getByTestId("item-1")).toHaveAttribute("data-open", "true");
  await userEvent.keyboard("0{Enter}0.10{Enter}");
  await settled();
  await closeStores();
  await drawApp(day.journal, SECOND_TYPIST, { place: { kind: "transcription", sheet: null } });
  await expect.element(page.getByTestId("paper-join")).toBeVisible();
  await closeStores();
  await desk(day, TYPIST);
  await expect.element(page.getByTestId("item-2")).toHaveAttribute("data-open", "true");
  await expect.element(page.getByTestId("item-mark-1")).toHaveTextContent("20");
  expect(rowOf(day)?.sides[0]?.marks.items["2"]).toEqual({
    kind: "MEASURE",
    readings: [{ group: "points", values: [10, null] }],
  });
});

describe("its examiner", () => {
  const marking = (day: PaperDay) =>
    drawApp(day.journal, PAPER_EXAMINER, {
      place: { kind: "marking", sitting: day.sitting, candidate: candidateRef(2) },
    });

  test("sees who typed it and every reading, cannot change one by keys, and signs", async () => {
    const day = aPaperDay("written");
    await marking(day);
    const sheet = page.getByTestId("sheet-transcribed");
    await expect.element(sheet).toHaveTextContent("照纸质评分表录入：周若水、Alim Tursun");
    await userEvent.keyboard("1{Enter}0");
    expect(day.journal.view.read("sheets", SERIAL)?.items).toEqual(fullInputs(everyKindRubric()));
    await page.getByTestId("sheet-sign").click();
    await expect.element(page.getByTestId("sheet-sealed")).toBeVisible();
    expect(day.journal.view.read("sheets", SERIAL)?.signature).not.toBeNull();
  });

  test("sends it back with a reason, and the two who typed it read that above their own reading", async () => {
    const day = aPaperDay("written");
    await marking(day);
    await page.getByTestId("paper-return").click();
    await expect.element(page.getByTestId("paper-return-dialog-act")).toBeDisabled();
    await page.getByTestId("paper-return-dialog-reason").fill("第三项写的是二级");
    await page.getByTestId("paper-return-dialog-act").click();
    await expect.element(page.getByTestId("sheet-sign")).not.toBeInTheDocument();
    await closeStores();
    await desk(day, TYPIST);
    await expect
      .element(page.getByTestId("paper-returned"))
      .toHaveTextContent("林知微退回：第三项写的是二级");
    await expect.element(page.getByTestId("item-mark-3")).toHaveTextContent("20");
  });

  test("[R45] sees nothing of it on the list where it is typed", async () => {
    const day = aPaperDay("comparing");
    await drawApp(day.journal, PAPER_EXAMINER, { place: { kind: "transcription", sheet: SERIAL } });
    await expect.element(page.getByTestId("transcriptions")).toBeVisible();
    await expect.element(page.getByTestId("paper-compare")).not.toBeInTheDocument();
    await expect.element(page.getByTestId("transcriptions")).not.toHaveTextContent("阿依古丽");
  });
});
