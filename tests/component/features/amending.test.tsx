// A signed sheet amended at the desk (R46): begun by its author, changed with the same keys, the old beside the new, and signed by
// two; every version stays in sight with what the registry said of it.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { countingOf, type Sheet } from "#shared/exam";
import {
  aPreparedDay,
  candidateRef,
  deduct,
  everyKindRubric,
  personId,
  sealDay,
  signSheet,
  testHash,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, draw, MarkingDesk, type Drawn } from "./draw.tsx";

const AUTHOR = personId(2);
let day: PreparedDay;
let desk: Drawn;

beforeEach(async () => {
  day = aPreparedDay({ rubric: everyKindRubric(), candidates: 2, panel: 2 });
  // The leader marks too, and approves nothing of another's before signing (R45).
  signSheet(day, 1, personId(1));
  signSheet(day, 1, AUTHOR);
  desk = await draw(day.journal, AUTHOR, <MarkingDesk day={day} person={AUTHOR} height="44rem" />);
  await page.getByTestId("candidate-1").click();
  await expect.element(page.getByTestId("sheet-sealed")).toBeVisible();
});
afterEach(closeStores);

describe("[R46] a signed sheet", () => {
  test("is changed by nobody's keys until its author amends it, and then the old stands beside the new", async () => {
    await userEvent.keyboard("2");
    expect(sheet().items["1"]).toEqual(deduct({}));
    await begin();
    await userEvent.keyboard("2");
    await expect.element(page.getByTestId("item-former-1")).toHaveTextContent("20");
    await expect.element(page.getByTestId("item-mark-1")).toHaveTextContent("19.5");
    await expect.element(page.getByText("原来：不扣分")).toBeVisible();
    await expect.element(page.getByTestId("amend-former")).toHaveTextContent("100");
    await expect.element(page.getByTestId("sheet-total")).toHaveTextContent("99.5");
    await expect.poll(() => sheet().amending?.items["1"]).toEqual(deduct({ b: 1 }));
    expect(sheet().items["1"]).toEqual(deduct({}));
  });

  test("is signed only when something changes, the reason and the words are there, and somebody approves", async () => {
    await begin();
    const sign = page.getByTestId("amend-sign");
    await expect.element(sign).toBeDisabled();
    await expect.element(page.getByText("还没有改动任何一项")).toBeVisible();
    await userEvent.keyboard("2");
    await expect.element(page.getByText("还没有选择理由")).toBeVisible();
    await choose("amend-reason", "读数或抄写有误");
    await expect.element(page.getByText("还没有写说明")).toBeVisible();
    await page.getByTestId("amend-text").fill("卡尺读错");
    await expect.element(page.getByText("还没有选择批准人")).toBeVisible();
    await choose("amend-approver", "林知微");
    await expect.element(sign).toBeEnabled();
    await userEvent.keyboard("{Escape}");
  });

  test("amended by two shows which version counts, who signed it and why, and all of them side by side", async () => {
    await amendOnce();
    await expect.element(version(1)).toHaveAttribute("data-standing", "counts");
    await expect.element(version(0)).toHaveAttribute("data-standing", "replaced");
    await expect.element(version(1)).toHaveAttribute("data-way", "signed");
    await expect.element(version(1)).toHaveTextContent("周若水签名，林知微批准（考评组长）");
    await expect.element(version(1)).toHaveTextContent("读数或抄写有误：卡尺读错");
    await expect.element(page.getByTestId("sheet-total")).toHaveTextContent("99.5");
    await expect.element(page.getByTestId("item-former-1")).toHaveTextContent("20");
    await page.getByTestId("versions-open").click();
    const table = page.getByTestId("versions-table");
    await expect.element(table).toHaveTextContent("20 · 不扣分");
    await expect.element(table).toHaveTextContent("19.5 · residue（中）");
  });

  test("tells how far an amendment is, and a refusal of the registry takes the marks back", async () => {
    await amendOnce();
    const batch = sealDay(day);
    const at = { sheet: sheet().id, sitting: day.sitting, seq: sheet().amendments[0]!.seq };
    const sealed = day.journal.entries.at(-1)!.entry.body;
    if (sealed.kind !== "batch.sealed") throw new Error("not sealed");
    const amendments = testHash("batch of amendments");
    day.journal.append({ ...sealed, batch: amendments, deviceSeq: 2, amended: [at] });
    await desk.store.catchUp();
    await expect.element(version(1)).toHaveAttribute("data-way", "sealed");
    const receipt = (code: string | null) =>
      day.journal.append({
        ...{ kind: "receipt.held", batch: amendments, receipt: testHash(`receipt ${String(code)}`) },
        ...{ verdict: code === null ? "accepted" : "quarantined", regSeq: 7, acceptedAt: NOON },
        sheets: { accepted: 1, quarantined: 0, rejected: 0 },
        notes: [],
        amended: [{ ...at, code }],
      });
    receipt(null);
    await desk.store.catchUp();
    await expect.element(version(1)).toHaveAttribute("data-way", "stored");
    receipt("amendment-conflict");
    await desk.store.catchUp();
    await expect.element(version(1)).toHaveAttribute("data-standing", "refused");
    await expect.element(version(1)).toHaveTextContent("更正所依据的不是现行的记录");
    await expect.element(version(0)).toHaveAttribute("data-standing", "counts");
    await expect.element(page.getByTestId("sheet-total")).toHaveTextContent("100");
    expect(batch).not.toBe(amendments);
  });

  test("given up is as it was signed, and another amendment begins afresh", async () => {
    await begin();
    await userEvent.keyboard("2");
    await page.getByTestId("amend-drop").click();
    await page.getByTestId("amendment-drop-confirm").click();
    await expect.element(page.getByTestId("sheet-sealed")).toBeVisible();
    expect(sheet()).toMatchObject({ amending: null, amendments: [] });
    await begin();
    await expect.element(page.getByTestId("item-mark-1")).toHaveTextContent("20");
    await userEvent.keyboard("u");
    expect(sheet().amending?.items["1"]).toEqual(deduct({}));
  });

  test("says why it is not signed, and keeps what was changed and written", async () => {
    await begin();
    await fillIn();
    desk.main.refusals.set("sheet.requestAmendment", { code: "person.declined" });
    await page.getByTestId("amend-sign").click();
    await expect.element(page.getByTestId("amend-refused")).toHaveTextContent("已取消，没有签名");
    await expect.element(page.getByTestId("amend-text")).toHaveValue("卡尺读错");
    await page.getByTestId("candidate-2").click();
    await page.getByTestId("candidate-1").click();
    await expect.element(page.getByTestId("amend-text")).toHaveValue("卡尺读错");
    await expect.element(page.getByTestId("amend-sign")).toBeEnabled();
  });

  test("is not amended when the journal refuses to begin", async () => {
    desk.main.refusals.set("journal.append", { code: "amendment.rechecked" });
    await page.getByTestId("sheet-amend").click();
    await expect.element(page.getByTestId("amend-refused")).toHaveTextContent("已经复核");
    expect(sheet().amending).toBeNull();
  });
});

const NOON = day0();

function day0() {
  return aPreparedDay().journal.entries[0]!.entry.at.wall;
}

async function begin(): Promise<void> {
  await page.getByTestId("sheet-amend").click();
  await expect.element(page.getByTestId("sheet-amending")).toBeVisible();
}

async function fillIn(): Promise<void> {
  await userEvent.keyboard("2");
  await choose("amend-reason", "读数或抄写有误");
  await page.getByTestId("amend-text").fill("卡尺读错");
  await choose("amend-approver", "林知微");
}

async function amendOnce(): Promise<void> {
  await begin();
  await fillIn();
  await page.getByTestId("amend-sign").click();
  await expect.element(page.getByTestId("sheet-sealed")).toBeVisible();
  expect(countingOf(sheet())?.amendment?.text).toBe("卡尺读错");
}

async function choose(testId: string, name: string): Promise<void> {
  await page.getByTestId(testId).click();
  await page.getByRole("option", { name }).click();
}

function version(n: number) {
  return page.getByTestId(`version-${String(n)}`);
}

function sheet(): Sheet {
  const found = day.journal.view
    .rows("sheets")
    .find((one) => one.candidate === candidateRef(1) && one.examiner === AUTHOR);
  if (!found) throw new Error("no sheet");
  return found;
}
