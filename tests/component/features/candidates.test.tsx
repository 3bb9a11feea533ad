// The list of candidates, long: only what is in sight is drawn, anybody is found, and half a syllable finds nobody.
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { aPreparedDay, everyKindRubric, personId, type PreparedDay } from "../../support/journal-builders.ts";
import { closeStores, compose, composeOn, draw, MarkingDesk } from "./draw.tsx";

const COUNT = 1_000;
let day: PreparedDay;

beforeEach(async () => {
  day = aPreparedDay({ rubric: everyKindRubric(), candidates: COUNT, panel: 1 });
  await draw(day.journal, personId(1), <MarkingDesk day={day} person={personId(1)} height="40rem" />);
  await expect.element(entry(1)).toBeVisible();
});
afterEach(closeStores);

test("a thousand candidates are a thousand places, of which few are drawn", async () => {
  expect(drawn()).toBeLessThan(200);
  expect(list().scrollHeight).toBeGreaterThan(COUNT * 38);
  expect(entry(7).element().closest("li")?.ariaPosInSet).toBe("7");
  expect(entry(7).element().closest("li")?.ariaSetSize).toBe(String(COUNT));
  await scrollToEnd();
  await expect.poll(drawn).toBeLessThan(200);
});

test("the candidate with the focus is not taken away by scrolling", async () => {
  entry(3).element().focus();
  await scrollToEnd();
  await expect.element(entry(3)).toHaveFocus();
});

test("slash finds by number, and Enter opens who was found", async () => {
  await userEvent.keyboard("/");
  await expect.element(field()).toHaveFocus();
  await userEvent.keyboard("731");
  await expect.element(entry(731)).toBeVisible();
  await expect.element(entry(1)).not.toBeInTheDocument();
  await userEvent.keyboard("{Enter}");
  await expect.element(entry(731)).toHaveAttribute("aria-current", "true");
});

test("Escape shows everybody again; whom nobody is called says so", async () => {
  await field().fill("无此人");
  await expect.element(page.getByText("没有找到考生")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(entry(1)).toBeVisible();
});

test.each([
  ["composes", { isComposing: true }],
  ["ends with key code 229", { keyCode: 229 }],
  ["rests on the key", { repeat: true }],
])("an Enter that %s opens nobody", async (_, event) => {
  await field().fill("731");
  await expect.element(entry(731)).toBeVisible();
  field()
    .element()
    .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...event }));
  await userEvent.keyboard("{Shift}");
  await expect.element(entry(731)).toHaveAttribute("aria-current", "false");
});

test("half a syllable is not looked for; the finished name is", async () => {
  const input = field().element() as HTMLInputElement;
  input.focus();
  compose(input, "xzqq");
  await expect.element(entry(1)).toBeVisible();
  const { name = "" } = day.journal.view.rows("candidates").find(({ no }) => no === 2) ?? {};
  composeOn(input, name);
  input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
  await expect.element(entry(1)).not.toBeInTheDocument();
  await expect.element(entry(2)).toBeVisible();
});

/** As a person does: on, for as long as there is more. */
async function scrollToEnd(): Promise<void> {
  await expect
    .poll(() => {
      list().scrollTop = list().scrollHeight;
      return entry(COUNT).query()?.checkVisibility() ?? false;
    })
    .toBe(true);
  await expect.element(entry(COUNT)).toBeInViewport();
}

const entry = (no: number) => page.getByTestId(`candidate-${String(no)}`);
const field = () => page.getByTestId("find-candidate");
const list = () => page.getByRole("navigation").element();
const drawn = () => document.querySelectorAll("[data-testid^=candidate-]").length;
