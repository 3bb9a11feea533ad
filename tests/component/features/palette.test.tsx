// The palette of commands: found by a part of the name in either language, chosen by keyboard alone, silent while an input method
// composes, never more than the person may do; and the list of keys says the same.
import { afterEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { PersonId } from "#shared/base";
import { placesFor } from "../../../renderer/app/places-for.ts";
import type { Place } from "../../../renderer/app/place.ts";
import { isMatch } from "../../../renderer/ui/CommandPalette.tsx";
import {
  aPreparedDay,
  candidateRef,
  everyKindRubric,
  fullInputs,
  personId,
  sittingId,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, compose, drawApp, rowsOf, type DrawnApp } from "./draw.tsx";

const [LEADER, MEMBER, STRANGER, OFFICE] = [1, 2, 3, 4].map(personId) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const sitting = sittingId(1);
const marking: Place = { kind: "marking", sitting, candidate: candidateRef(1) };

let day: PreparedDay;
let app: DrawnApp;

afterEach(closeStores);

async function drawAt(person: PersonId, place: Place = { kind: "day" }) {
  day = aPreparedDay({ rubric: everyKindRubric(), candidates: 2, panel: 2 });
  app = await drawApp(day.journal, person, { place });
  await expect.element(page.getByTestId("sign-out")).toBeVisible();
}

async function begin(person = LEADER) {
  await drawAt(person, marking);
  await page.getByTestId("sheet-start").click();
  await expect.element(page.getByTestId("item-1")).toHaveAttribute("data-open", "true");
}

const palette = () => page.getByTestId("palette");
const text = () => page.getByTestId("palette-text");
const open = async () => {
  await userEvent.keyboard("{Control>}k{/Control}");
  await expect.element(text()).toHaveFocus();
};
const offered = () =>
  [...document.querySelectorAll("[data-testid=palette] [role=menuitem]")].flatMap(
    (item) => item.getAttribute("aria-label") ?? [],
  );
const press = (init: KeyboardEventInit) =>
  document.activeElement?.dispatchEvent(
    new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }),
  );

describe("what is typed", () => {
  test("every part of it occurs somewhere, whatever the order and the case", () => {
    expect(isMatch("暂停或继续计时 pause the time", "暂停")).toBe(true);
    expect(isMatch("暂停或继续计时 Pause the time", "TIME pau")).toBe(true);
    expect(isMatch("暂停或继续计时 pause the time", "暂停 veto")).toBe(false);
    expect(isMatch("anything", "  ")).toBe(true);
  });

  test("finds an act of the screen and does it, by keyboard alone", async () => {
    await begin();
    await open();
    await userEvent.keyboard("备注");
    await expect.poll(offered).toEqual(["备注"]);
    await userEvent.keyboard("{Enter}");
    await expect.element(palette()).not.toBeInTheDocument();
    await expect.element(page.getByTestId("sheet-note")).toHaveFocus();
  });

  test("finds by the words of the other language too, of keys and of buttons", async () => {
    await begin(MEMBER);
    // What comes to the screen later is not offered until the palette is opened again.
    await expect.element(page.getByTestId("call-leader")).toBeVisible();
    await open();
    await text().fill("veto");
    await expect.poll(offered).toEqual(["否定项"]);
    await text().fill("practise");
    await expect.poll(offered).toEqual(["练习评分"]);
    await text().fill("call the leader");
    await expect.poll(offered).toEqual(["呼叫组长"]);
    await userEvent.keyboard("{Escape}");
    await expect.element(palette()).not.toBeInTheDocument();
  });

  test("[R46] marks nothing and takes nothing back, whatever keys of the desk it is made of", async () => {
    await begin();
    await userEvent.keyboard("1");
    await expect.poll(() => day.journal.view.rows("sheets")[0]?.items["1"]).toBeDefined();
    await expect.poll(() => document.querySelectorAll("[data-saving=true]")).toHaveLength(0);
    const { seq } = day.journal.head();
    await open();
    await userEvent.keyboard("u01 -=neuv1");
    await expect.element(text()).toHaveValue("u01 -=neuv1");
    expect(day.journal.head().seq).toBe(seq);
  });

  test("opens what it names: a dialog of the screen has the focus, and the desk has it back afterwards", async () => {
    await begin();
    await open();
    await userEvent.keyboard("pause");
    await expect.poll(offered).toEqual(["暂停或继续计时"]);
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByTestId("pause-dialog")).toBeVisible();
    await userEvent.keyboard("1");
    await expect.element(page.getByTestId("sheet-clock")).toHaveAttribute("data-state", "paused");
  });

  test("leads to a place, chosen by the arrows", async () => {
    await drawAt(MEMBER);
    await open();
    await text().fill("去");
    await text().fill("考场情况");
    await expect.poll(() => offered().length).toBe(1);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await expect.element(page.getByTestId("room-incidents")).toBeVisible();
  });

  test("that nothing is called says so, and Enter does nothing", async () => {
    await drawAt(MEMBER);
    await open();
    await userEvent.keyboard("zzz");
    await expect.element(palette()).toHaveTextContent("没有这样的命令");
    await userEvent.keyboard("{Enter}");
    await expect.element(palette()).toBeVisible();
  });
});

describe("an input method", () => {
  test("keeps its Enter and its arrows while it composes", async () => {
    await begin();
    await open();
    compose(text().element() as HTMLInputElement, "备注");
    for (const key of ["Enter", "ArrowDown", "Escape"])
      for (const event of [{ isComposing: true }, { keyCode: 229 }]) press({ key, ...event });
    await expect.element(palette()).toBeVisible();
    expect(document.activeElement).toBe(text().element());
  });

  test("and opens no palette with its keys", async () => {
    await drawAt(MEMBER);
    for (const event of [{ isComposing: true }, { keyCode: 229 }, { repeat: true }])
      press({ key: "k", ctrlKey: true, ...event });
    press({ key: "k" });
    await expect.element(palette()).not.toBeInTheDocument();
    press({ key: "k", ctrlKey: true });
    await expect.element(palette()).toBeVisible();
    press({ key: "k", ctrlKey: true });
    await expect.element(palette()).not.toBeInTheDocument();
  });
});

describe("where it does not open", () => {
  test("over a dialog, which has the keys", async () => {
    await begin();
    await userEvent.keyboard("v");
    await expect.element(page.getByTestId("veto-dialog")).toBeVisible();
    await userEvent.keyboard("{Control>}k{/Control}");
    await expect.element(palette()).not.toBeInTheDocument();
  });

  test("[T4] behind the lock, which closes an open one", async () => {
    await drawAt(MEMBER);
    await open();
    app.main.lock();
    await expect.element(page.getByTestId("lock-screen")).toBeVisible();
    await expect.element(palette()).not.toBeInTheDocument();
    await userEvent.keyboard("{Control>}k{/Control}");
    await expect.element(palette()).not.toBeInTheDocument();
  });
});

describe("the list of keys", () => {
  test("says of every command what the palette says, and leads to it", async () => {
    await begin();
    await open();
    const commands = offered();
    await userEvent.keyboard("{Escape}");
    await expect.element(palette()).not.toBeInTheDocument();
    await userEvent.keyboard("?");
    const keys = page.getByTestId("keys-dialog");
    await expect.element(keys).toBeVisible();
    const listed = [...document.querySelectorAll("[data-testid=keys-dialog] li")].map(
      (line) => line.querySelector("span")?.textContent ?? "",
    );
    const both = ["撤销这张表上的上一步", "否定项", "备注", "暂停或继续计时", "整张评分表的照片"];
    for (const words of both) {
      expect(listed).toContain(words);
      expect(commands).toContain(words);
    }
    await page.getByTestId("keys-palette").click();
    await expect.element(keys).not.toBeInTheDocument();
    await expect.element(text()).toHaveFocus();
    expect(offered()).toEqual(commands);
  });
});

describe("[S7] what is offered", () => {
  const kinds = (person: PersonId) => {
    const { me, sitting: row } = rowsOf(day, person);
    return placesFor(me, [row]).map(({ place }) => place.kind);
  };

  test("is what the person may do: marking to the panel, closing to the administrator", () => {
    day = aPreparedDay({ candidates: 2, panel: 2, supervisor: OFFICE });
    expect(kinds(MEMBER)).toContain("marking");
    expect(kinds(STRANGER)).not.toContain("marking");
    expect(kinds(STRANGER)).not.toContain("panel");
    for (const place of ["prepare", "closing", "people", "drill", "review"] as const) {
      expect(kinds(OFFICE)).toContain(place);
      expect(kinds(MEMBER)).not.toContain(place);
    }
    expect(kinds(LEADER)).toEqual(expect.arrayContaining(["people", "sync", "board", "review"]));
  });

  test("is no button that cannot be pressed, and is one as soon as it can", async () => {
    await begin();
    await open();
    expect(offered()).not.toContain("签名并锁定");
    expect(offered()).not.toContain("开始评分");
    await userEvent.keyboard("{Escape}");
    const [sheet] = day.journal.view.rows("sheets");
    if (!sheet) throw new Error("no sheet");
    for (const [no, input] of Object.entries(fullInputs(everyKindRubric())))
      day.journal.append({ kind: "mark.set", sheet: sheet.id, item: Number(no), input }, LEADER);
    await app.store.catchUp();
    await expect.element(page.getByTestId("sheet-sign")).toBeEnabled();
    await open();
    expect(offered()).toContain("签名并锁定");
  });
});
