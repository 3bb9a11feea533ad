// The marking desk by keyboard: what each key means to each kind of item, what no key may do, and that "saved" is only
// said of what is durable.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { refuse } from "#shared/base";
import type { Sheet } from "#shared/exam";
import {
  aPreparedDay,
  candidateRef,
  deduct,
  everyKindRubric,
  personId,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, compose, draw, MarkingDesk, type Drawn } from "./draw.tsx";

let day: PreparedDay;
let desk: Drawn;

beforeEach(async () => {
  day = aPreparedDay({ rubric: everyKindRubric(), candidates: 3, panel: 1 });
  desk = await draw(day.journal, personId(1), <MarkingDesk day={day} person={personId(1)} height="28rem" />);
  await page.getByTestId("candidate-1").click();
  await page.getByTestId("sheet-start").click();
  await expect.element(item(1)).toHaveAttribute("data-open", "true");
});
afterEach(closeStores);

describe("keys on the open item", () => {
  test("digits add deductions, Shift takes one away, and the mark follows the cap", async () => {
    await press("1", "2", "2", "2", "2", "2");
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 1, b: 5 }));
    expect(mark(1)).toBe("15");
    await press("Shift+Digit2");
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 1, b: 4 }));
  });

  test("taking the only deduction away leaves the item blank and not full", async () => {
    await press("1", "Shift+Digit1");
    await expect.poll(() => recorded(1)).toBeUndefined();
    await expect.element(item(1)).toHaveAttribute("data-state", "blank");
    expect(mark(1)).toBe("—");
  });

  test("0 says that there is nothing to deduct, and Enter goes on", async () => {
    await press("0", "Enter");
    await expect.poll(() => recorded(1)).toEqual(deduct({}));
    await expect.element(item(1)).toHaveAttribute("data-state", "marked");
    await expect.element(item(2)).toHaveAttribute("data-open", "true");
  });

  test("readings are typed one by one; Enter commits and goes on; a band is shown beside each", async () => {
    await press("ArrowDown");
    await userEvent.keyboard("0.30");
    await expect.element(page.getByText("10 分", { exact: true })).toBeVisible();
    await press("Enter");
    await userEvent.keyboard("0.51");
    await press("Enter");
    await expect.element(item(3)).toHaveAttribute("data-open", "true");
    await expect
      .poll(() => recorded(2))
      .toEqual({
        kind: "MEASURE",
        readings: [{ group: "points", values: [30, 51] }],
      });
    expect(mark(2)).toBe("10");
  });

  test("a reading finer than the resolution is not recorded", async () => {
    await press("ArrowDown");
    await userEvent.keyboard("0.305");
    await press("Enter");
    await expect.element(page.getByText("精度为 0.01 mm")).toBeVisible();
    expect(recorded(2)).toBeUndefined();
  });

  test("a second point after the last decimal saves the reading and begins the next", async () => {
    await press("ArrowDown");
    await userEvent.keyboard(".30");
    await userEvent.keyboard(".51");
    await press("Enter");
    await expect.element(item(3)).toHaveAttribute("data-open", "true");
    await expect
      .poll(() => recorded(2))
      .toEqual({ kind: "MEASURE", readings: [{ group: "points", values: [30, 51] }] });
  });

  test("a second point before the last decimal is a slip and begins nothing", async () => {
    await press("ArrowDown");
    await userEvent.keyboard("0.3.51");
    await press("Enter");
    await expect.element(page.getByTestId("reading-0")).toHaveFocus();
    expect(recorded(2)).toBeUndefined();
  });

  test("an input method's point begins no reading while it composes", async () => {
    await press("ArrowDown");
    await userEvent.keyboard(".30");
    const field = page.getByTestId("reading-0").element() as HTMLInputElement;
    compose(field, ".30.");
    await settle();
    await expect.element(page.getByTestId("reading-0")).toHaveFocus();
    expect(recorded(2)).toBeUndefined();
  });

  test("a level is one digit; 4 means nothing", async () => {
    await press("ArrowDown", "ArrowDown", "2", "4");
    await expect.poll(() => recorded(3)).toEqual({ kind: "JUDGE", level: 2 });
    expect(mark(3)).toBe("13.33");
  });

  test("checks: 0 is all right, a digit turns one, Shift makes it not applicable", async () => {
    await press("ArrowDown", "ArrowDown", "ArrowDown", "0", "3", "Shift+Digit4");
    await expect.poll(() => recorded(4)).toEqual({ kind: "CHECK", checks: ["yes", "yes", "no", "na"] });
  });

  test("points are typed in steps and never above the maximum", async () => {
    await press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
    await userEvent.keyboard("20.5");
    await press("Enter");
    expect(recorded(5)).toBeUndefined();
    await expect.element(page.getByText("最多 20 分")).toBeVisible();
    await userEvent.keyboard("{Backspace}{Backspace}{Backspace}{Backspace}7.5");
    await press("Enter");
    await expect.poll(() => recorded(5)).toEqual({ kind: "POINTS", steps: 15 });
  });

  test("the numpad is taken by what it means: with NumLock off it moves", async () => {
    dispatch("1", { code: "Numpad1" });
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 1 }));
    dispatch("ArrowDown", { code: "Numpad2" });
    await expect.element(item(2)).toHaveAttribute("data-open", "true");
    expect(recorded(1)).toEqual(deduct({ a: 1 }));
  });

  test("U takes acts back one by one and writes which", async () => {
    await press("1", "2", "u");
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 1 }));
    await press("u");
    await expect.poll(() => recorded(1)).toBeUndefined();
    const undone = day.journal.entries.flatMap(({ entry: { body } }) =>
      body.kind === "mark.set" && body.undoes !== undefined ? [body.undoes] : [],
    );
    expect(undone).toHaveLength(2);
    expect(undone[0]).toBeGreaterThan(undone[1]!);
  });
});

describe("what no key may do", () => {
  test("nothing acts while an input method composes", async () => {
    dispatch("1", { isComposing: true });
    // Some input methods say it by this number alone, which the types call outdated.
    dispatch("1", Object.fromEntries([["keyCode", 229]]));
    document.dispatchEvent(new CompositionEvent("compositionstart"));
    dispatch("1");
    document.dispatchEvent(new CompositionEvent("compositionend"));
    await settle();
    expect(recorded(1)).toBeUndefined();
    dispatch("1");
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 1 }));
  });

  test("in a reading, an Enter that composes commits nothing", async () => {
    await press("ArrowDown");
    await userEvent.keyboard("0.30");
    for (const event of [{ isComposing: true }, { keyCode: 229 }, { repeat: true }]) dispatch("Enter", event);
    await settle();
    await expect.element(page.getByTestId("reading-0")).toHaveFocus();
    expect(recorded(2)).toBeUndefined();
  });

  test("in the note, keys of a composition neither score nor sign nor undo", async () => {
    await press("0", "n");
    await expect.element(page.getByTestId("sheet-note")).toHaveFocus();
    for (const key of ["1", "u", "v", "Enter", "ArrowDown"])
      for (const event of [{ isComposing: true }, { keyCode: 229 }]) dispatch(key, event);
    await settle();
    expect(recorded(1)).toEqual(deduct({}));
    await expect.element(item(1)).toHaveAttribute("data-open", "true");
    await expect.element(page.getByTestId("veto-dialog")).not.toBeInTheDocument();
    expect(desk.main.calls.some(({ name }) => name === "sheet.requestSignature")).toBe(false);
  });

  test("over the veto, no key of a composition and no key that repeats scores, confirms or closes", async () => {
    await press("v");
    await expect.element(page.getByTestId("veto-dialog")).toBeVisible();
    for (const key of ["1", "Enter", "v"])
      for (const event of [{ isComposing: true }, { keyCode: 229 }, { repeat: true }]) dispatch(key, event);
    await settle();
    await expect.element(page.getByTestId("veto-dialog")).toBeVisible();
    expect(recorded(1)).toBeUndefined();
    expect(sheet()?.vetoes).toEqual([]);
  });

  test("a double tap deducts once; a second tap that takes its time deducts again", async () => {
    const line = page.getByTestId("line-1").element();
    const tap = (detail: number) =>
      line.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail }));
    tap(1);
    tap(2);
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 1 }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    tap(2);
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 2 }));
  });

  test("a double tap on the veto and on the signature acts once", async () => {
    await press("v");
    await page.getByTestId("veto-choices").getByText(/^V1/).click();
    await page.getByTestId("veto-confirm").dblClick();
    await expect.poll(() => sheet()?.vetoes).toHaveLength(1);
    await markEverything();
    await page.getByTestId("sheet-sign").dblClick();
    // Not asked of the screen: main signs here without a PIN, and the second tap may meet what comes after it.
    await expect.poll(() => sheet()?.signature).toBeTruthy();
    await settle();
    const written = desk.main.calls.filter(({ name, input }) => {
      const { intents } = (input ?? {}) as { intents?: { kind: string }[] };
      return name === "sheet.requestSignature" || intents?.some(({ kind }) => kind === "veto.set");
    });
    expect(written).toHaveLength(2);
  });

  test("Shift+U does again what U took back, until something else is done", async () => {
    await press("1", "2", "u", "u");
    await expect.poll(() => recorded(1)).toBeUndefined();
    await press("Shift+u");
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 1 }));
    await press("0", "Shift+u");
    await settle();
    expect(recorded(1)).toEqual(deduct({}));
  });

  test("a key that repeats itself acts once", async () => {
    dispatch("1");
    for (let i = 0; i < 5; i++) dispatch("1", { repeat: true });
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 1 }));
    await settle();
    expect(recorded(1)).toEqual(deduct({ a: 1 }));
  });

  test("a digit in the note is text and not a mark", async () => {
    await press("n");
    await userEvent.keyboard("3 处旧胶");
    await press("Escape");
    await expect.poll(() => sheet()?.note).toBe("3 处旧胶");
    expect(recorded(1)).toBeUndefined();
  });

  test("a second Enter that follows at once does not skip an item nobody has looked at", async () => {
    await press("0");
    dispatch("Enter");
    await expect.element(item(2)).toHaveAttribute("data-open", "true");
    (document.activeElement as HTMLElement).blur();
    dispatch("Enter");
    await settle();
    await expect.element(item(2)).toHaveAttribute("data-open", "true");
  });
});

describe("saved", () => {
  test("is not said before the journal has answered", async () => {
    let release = () => {};
    desk.main.hold = new Promise((resolve) => (release = resolve));
    await press("1");
    expect(mark(1)).toBe("17");
    await expect.element(item(1)).toHaveAttribute("data-saving", "true");
    await expect.element(item(1)).toHaveAttribute("data-state", "partial");
    await expect.element(page.getByTestId("sheet-sign")).toBeDisabled();
    desk.main.hold = null;
    release();
    await expect.element(item(1)).toHaveAttribute("data-state", "marked");
  });

  test("a refused act shows why, and the value returns to what is durable", async () => {
    await press("1");
    await expect.element(item(1)).toHaveAttribute("data-state", "marked");
    desk.main.refusals.set("journal.append", { code: "journal.full" });
    await press("2");
    await expect.element(page.getByTestId("act-refused")).toHaveTextContent("磁盘已满");
    expect(mark(1)).toBe("17");
    expect(recorded(1)).toEqual(deduct({ a: 1 }));
    desk.main.refusals.clear();
    await press("2");
    await expect.poll(() => recorded(1)).toEqual(deduct({ a: 1, b: 1 }));
  });

  test("an act that main has and the store refused stays, unticked, until the store has it", async () => {
    const { takeIn } = desk.store;
    Object.assign(desk.store, { takeIn: () => Promise.resolve(refuse({ code: "store.full" })) });
    await press("1");
    await expect.element(page.getByTestId("act-behind")).toHaveTextContent("窗口副本没有更新");
    await expect.element(page.getByTestId("act-refused")).not.toBeInTheDocument();
    expect(recorded(1)).toEqual(deduct({ a: 1 }));
    expect(mark(1)).toBe("17");
    await expect.element(item(1)).toHaveAttribute("data-saving", "true");
    await expect.element(item(1)).toHaveAttribute("data-state", "partial");
    Object.assign(desk.store, { takeIn });
    await desk.store.catchUp();
    await expect.element(item(1)).toHaveAttribute("data-state", "marked");
    await expect.element(page.getByTestId("act-behind")).not.toBeInTheDocument();
  });

  test("a blank item is a dash and never 0, and so is an untouched total", async () => {
    expect(mark(1)).toBe("—");
    expect(mark(5)).toBe("—");
    await expect.element(page.getByTestId("sheet-total")).toHaveTextContent("—");
  });
});

describe("signing", () => {
  test("is offered when every item is marked, and seals the sheet and the list", async () => {
    await expect.element(page.getByTestId("sheet-sign")).toBeDisabled();
    await markEverything();
    await page.getByTestId("sheet-sign").click();
    await expect.element(page.getByTestId("sheet-sealed")).toBeVisible();
    await expect.element(page.getByTestId("candidate-1")).toHaveAttribute("data-state", "sealed");
    await expect.element(page.getByTestId("sheet-total")).toHaveTextContent("100");
    await press("Shift+ArrowDown");
    await expect.element(page.getByTestId("sheet-start")).toBeVisible();
  });

  test("has its button in view without scrolling, however little room there is", async () => {
    const side = page.getByRole("complementary").element();
    const button = page.getByTestId("sheet-sign").element();
    expect(side.scrollHeight).toBeGreaterThan(side.clientHeight);
    expect(side.scrollTop).toBe(0);
    const box = button.getBoundingClientRect();
    expect(box.bottom).toBeLessThanOrEqual(side.getBoundingClientRect().bottom);
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    expect(button.contains(seen)).toBe(true);
  });

  test("takes the focus after the last Enter, also of a person who is quicker than the disk", async () => {
    let release = () => {};
    await press("0", "Enter");
    await userEvent.keyboard("0");
    await press("Enter");
    await userEvent.keyboard("0");
    await press("Enter", "3", "Enter", "0", "Enter");
    desk.main.hold = new Promise((resolve) => (release = resolve));
    await userEvent.keyboard("20");
    await press("Enter");
    await expect.element(page.getByTestId("sheet-sign")).toBeDisabled();
    desk.main.hold = null;
    release();
    await expect.element(page.getByTestId("sheet-sign")).toHaveFocus();
  });

  test("a declined signature leaves the sheet as it is", async () => {
    await markEverything();
    desk.main.refusals.set("sheet.requestSignature", { code: "person.declined" });
    await page.getByTestId("sheet-sign").click();
    await expect.element(page.getByTestId("sign-refused")).toBeVisible();
    expect(sheet()?.signature).toBeNull();
  });

  test("a key pressed while another candidate's sheet is read marks nobody", async () => {
    await press("Shift+ArrowDown");
    dispatch("1");
    await settle();
    expect(day.journal.view.rows("sheets")).toHaveLength(1);
    expect(recorded(1)).toBeUndefined();
  });
});

async function markEverything(): Promise<void> {
  await press("0", "Enter");
  for (const text of ["0", "0"]) {
    await userEvent.keyboard(text);
    await press("Enter");
  }
  await press("3", "Enter", "0", "Enter");
  await userEvent.keyboard("20");
  await press("Enter");
  for (const no of [1, 2, 3, 4, 5]) await expect.element(item(no)).toHaveAttribute("data-state", "marked");
  await expect.element(page.getByTestId("sheet-sign")).toBeEnabled();
}

/** Key by key, as a person does: each is seen by the page before the next. */
async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const [name = "", shifted] = key.split("+").reverse();
    await userEvent.keyboard(
      shifted ? `{Shift>}${name.startsWith("Digit") ? `[${name}]` : `{${name}}`}{/Shift}` : `{${name}}`,
    );
  }
}

function dispatch(key: string, extra: KeyboardEventInit = {}): void {
  const code = /^\d$/.test(key) ? `Digit${key}` : key;
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(
    new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...extra }),
  );
}

function settle(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

function item(no: number) {
  return page.getByTestId(`item-${no}`);
}

function mark(no: number): string | null {
  return page.getByTestId(`item-mark-${no}`).element().textContent;
}

function sheet(): Sheet | undefined {
  return day.journal.view.rows("sheets").find(({ candidate }) => candidate === candidateRef(1));
}

function recorded(no: number) {
  return sheet()?.items[String(no)];
}
