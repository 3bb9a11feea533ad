// A laptop that locks over what is being typed (rulings 12): main refuses to write for nobody, so it waits for its owner; the same
// on a sheet that is marked and on one that is amended.
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { Sheet } from "#shared/exam";
import {
  aPreparedDay,
  candidateRef,
  everyKindRubric,
  personId,
  signSheet,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, drawApp, type Drawn } from "./draw.tsx";

afterEach(closeStores);

const AUTHOR = personId(1);
const NOTE = "第 3 处接缝有旧胶";

const SHEETS = [
  { name: "marked", isSigned: false, begin: "sheet-start", recorded: (sheet?: Sheet) => sheet },
  { name: "amended", isSigned: true, begin: "sheet-amend", recorded: (sheet?: Sheet) => sheet?.amending },
] as const;

test.each(SHEETS)("[rulings 12] a note on a sheet being $name survives the lock", async (how) => {
  const { main, store, read } = await drawSheet(how);
  await page.getByTestId("sheet-note").fill(NOTE);
  await lockAndReturn(main);
  await expect.element(page.getByTestId("sheet-note")).toHaveValue(NOTE);
  await expect.poll(() => read()?.note).toBe(NOTE);
  await store.catchUp();
});

test.each(SHEETS)("[rulings 12] a figure on a sheet being $name survives the lock", async (how) => {
  const { main, store, read } = await drawSheet(how);
  await page.getByTestId("overtime").fill("3");
  await lockAndReturn(main);
  await expect.element(page.getByTestId("overtime")).toHaveValue("3");
  await expect.poll(() => read()?.overtimeMs).toBe(180_000);
  await store.catchUp();
});

test.each(SHEETS)(
  "[rulings 12] nothing typed on a sheet being $name is written for whoever is not its owner",
  async (how) => {
    const { main, read } = await drawSheet(how);
    await page.getByTestId("sheet-note").fill(NOTE);
    main.lock();
    await page.getByTestId("lock-other").click();
    await expect.element(page.getByTestId(`sign-in-person-${AUTHOR}`)).toBeVisible();
    expect(read()?.note).toBe("");
  },
);

async function drawSheet({ isSigned, begin, recorded }: (typeof SHEETS)[number]) {
  const day = aPreparedDay({ rubric: everyKindRubric(), candidates: 1, panel: 1 });
  if (isSigned) signSheet(day, 1, AUTHOR);
  const place = { kind: "marking", sitting: day.sitting, candidate: candidateRef(1) } as const;
  const { main, store } = await drawApp(day.journal, AUTHOR, { place });
  await page.getByTestId(begin).click();
  await expect.element(page.getByTestId("sheet-note")).toBeVisible();
  return { main, store, read: () => recorded(sheetOf(day)) };
}

/** Nothing is written while nobody is signed in, and nothing is refused either. */
async function lockAndReturn(main: Drawn["main"]): Promise<void> {
  const written = () => main.calls.filter(({ name }) => name === "journal.append").length;
  const before = written();
  main.lock();
  await expect.element(page.getByTestId("lock-open")).toHaveFocus();
  expect(written()).toBe(before);
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByTestId("lock-screen")).not.toBeInTheDocument();
  await expect.element(page.getByTestId("act-refused")).not.toBeInTheDocument();
  // The button that opened it is gone; the focus is not lost with it.
  await expect.poll(() => document.activeElement?.tagName).toBe("H1");
}

function sheetOf({ journal }: PreparedDay): Sheet | undefined {
  return journal.view.rows("sheets")[0];
}
