// Practice: the desk's own keys and sums, and nothing that could become a mark. And a centre's own rubric: seen as its examiners will
// see it before it is kept.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import {
  anOpenedCentre,
  aPreparedDay,
  everyKindRubric,
  personId,
  sittingId,
} from "../../support/journal-builders.ts";
import { closeStores, drawApp, type Drawn } from "./draw.tsx";

const total = () => page.getByTestId("sheet-total");
const press = async (...keys: string[]) => {
  for (const key of keys) await userEvent.keyboard(key.length > 1 ? `{${key}}` : key);
};

afterEach(closeStores);

describe("practice", () => {
  let drawn: Drawn;
  beforeEach(async () => {
    const { journal } = aPreparedDay({ rubric: everyKindRubric() });
    drawn = await drawApp(journal, personId(1), { place: { kind: "practice" } });
    await expect.element(page.getByTestId("practice")).toBeVisible();
  });

  test("keys, sums, veto, note and undo are the desk's own, and not one of them reaches main", async () => {
    const { main } = drawn;
    const entries = main.journal.entries.length;
    const before = main.calls.length;
    await press("1");
    await expect.element(page.getByTestId("item-mark-1")).not.toHaveTextContent("—");
    expect(page.getByText("已存", { exact: true }).query()).toBeNull();
    const marked = page.getByTestId("item-mark-1").element().textContent;
    await press("1");
    await expect.element(page.getByTestId("item-mark-1")).not.toHaveTextContent(marked);
    await press("u");
    await expect.element(page.getByTestId("item-mark-1")).toHaveTextContent(marked);
    await press("v");
    await page.getByTestId("veto-choices").getByText(/^V1/).click();
    await page.getByTestId("veto-confirm").click();
    await expect.element(page.getByTestId("sheet-veto")).toHaveTextContent("V1");
    await press("n");
    await userEvent.keyboard("练一练");
    await press("Escape");
    await expect.element(page.getByTestId("sheet-note")).toHaveValue("练一练");
    // That somebody is there is all that main hears.
    const heard = main.calls.slice(before).map(({ name }) => name);
    expect(heard.filter((name) => name !== "session.active")).toEqual([]);
    expect(main.journal.entries).toHaveLength(entries);
  });

  test("starting again forgets everything, and there is nothing to sign", async () => {
    await press("1");
    await expect.element(total()).not.toHaveTextContent("—");
    await page.getByTestId("practice-again").click();
    await expect.element(total()).toHaveTextContent("—");
    expect(page.getByTestId("sheet-sign").query()).toBeNull();
  });
});

test("a live sheet shows nothing of what was practised, though the rubric is the same", async () => {
  const { journal } = aPreparedDay({ rubric: everyKindRubric() });
  await drawApp(journal, personId(1), { place: { kind: "practice" } });
  await expect.element(page.getByTestId("practice")).toBeVisible();
  await press("1");
  await expect.element(total()).not.toHaveTextContent("—");
  await page.getByTestId("practice-leave").click();
  await page.getByTestId(`day-mark-${sittingId(1)}`).click();
  await page.getByTestId("candidate-1").click();
  await page.getByTestId("sheet-start").click();
  await expect.element(page.getByTestId("item-1")).toHaveAttribute("data-state", "blank");
  await expect.element(total()).toHaveTextContent("—");
  expect(page.getByTestId("practice").query()).toBeNull();
});

describe("a centre's own rubric", () => {
  test("is tried as an examiner before it is kept, and what was filled in stands behind it", async () => {
    const drawn = await drawApp(anOpenedCentre(), personId(4), { place: { kind: "prepare" } });
    const own = { ...everyKindRubric(), code: "OWN-1", title: { zh: "自编评分表", en: "Own rubric" } };
    drawn.main.rubric = {
      outcome: "preview",
      token: "t",
      fileName: "own.xlsx",
      rubric: own,
      standing: "new",
    };
    await page.getByTestId("roster-day").fill("2026-12-01");
    await page.getByTestId("roster-rubric-import").click();
    await expect.element(page.getByTestId("roster-rubric-read")).toHaveTextContent("自编评分表");
    expect(drawn.main.calls.map(({ name }) => name)).not.toContain("rubric.keep");
    await page.getByTestId("roster-rubric-try-read").click();
    await expect.element(page.getByTestId("practice")).toBeVisible();
    await expect.element(page.getByTestId("practice")).toHaveTextContent("自编评分表");
    await page.getByTestId("practice-leave").click();
    await expect.element(page.getByTestId("roster-day")).toHaveValue("2026-12-01");
    await page.getByTestId("roster-rubric-keep").click();
    await expect
      .element(page.getByTestId("roster-rubric").and(page.getByRole("button", { pressed: true })))
      .toHaveTextContent("自编评分表");
  });

  test("of a code and version that stand with other content is told apart before it is kept", async () => {
    const drawn = await drawApp(anOpenedCentre(), personId(4), { place: { kind: "prepare" } });
    const rubric = everyKindRubric();
    drawn.main.rubric = { outcome: "preview", token: "t", fileName: "own.xlsx", rubric, standing: "other" };
    await page.getByTestId("roster-rubric-import").click();
    await expect.element(page.getByTestId("roster-rubric-read")).toHaveTextContent("版本加一");
    await page.getByTestId("roster-rubric-drop").click();
    expect(page.getByTestId("roster-rubric-read").query()).toBeNull();
    expect(drawn.main.calls.map(({ name }) => name)).not.toContain("rubric.keep");
  });
});
