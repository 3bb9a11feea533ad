// The window where PINs are typed: what it shows, what it sends, and what it says when main refuses.
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { createConfirmBridge } from "../../../renderer/confirm/bridge.ts";
import { ConfirmWindow } from "../../../renderer/confirm/ConfirmWindow.tsx";
import { createI18n } from "../../../renderer/i18n/index.ts";

type Matter = Record<string, unknown>;
interface Call {
  readonly name: string;
  readonly input: unknown;
}

const words = (text: string) => ({ zh: `中${text}`, en: text });
const sheet = (items = 3): Matter => ({
  kind: "sheet",
  candidate: "阿依古丽·买买提",
  ticketNo: "2026-0002",
  rubricTitle: words("Ceramics"),
  illustrative: true,
  items: Array.from({ length: items }, (_, i) => ({
    no: i + 1,
    text: words(`Item ${i + 1}`),
    mark: "8",
    max: "10",
  })),
  overtime: null,
  vetoes: [],
  total: "88.5",
  note: "",
  pictures: 0,
  typedBy: null,
});

afterEach(async () => {
  await page.viewport(1366, 768);
});

test("a sheet shows main's total and items, and Enter sends the PIN once", async () => {
  const main = fakeMain(sheet());
  const screen = await open(main);
  await expect.element(screen.getByTestId("confirm-total")).toHaveTextContent("88.5");
  await expect.element(screen.getByText("Item 3")).toBeVisible();
  await expect.element(screen.getByTestId("confirm-ok")).toHaveTextContent("Sign and seal");
  await expect.element(screen.getByTestId("confirm-demo")).toBeVisible();
  await expect.element(screen.getByTestId("confirm-pin")).toHaveFocus();
  await userEvent.keyboard("123456{Enter}{Enter}");
  await expect.element(screen.getByTestId("confirm-idle")).toBeInTheDocument();
  expect(main.calls.filter((call) => call.name === "confirm.answer")).toEqual([
    { name: "confirm.answer", input: { id: 7, secret: "123456" } },
  ]);
});

test("the note is signed too: all of it is shown, line by line, and no empty one", async () => {
  const note = `第一行\n${"旧胶".repeat(400)}\nlast`;
  const main = fakeMain({ ...sheet(), note });
  const screen = await open(main);
  const shown = screen.getByTestId("confirm-note");
  await expect.element(shown).toHaveTextContent("Note");
  const quoted = shown.element().querySelector("blockquote")!;
  expect(quoted.innerText).toBe(note);
  expect(quoted.scrollWidth).toBeLessThanOrEqual(quoted.clientWidth);
  expect(quoted.scrollHeight).toBeLessThanOrEqual(quoted.clientHeight);
  main.waiting.request = { ...request(sheet()), id: 8 };
  main.hear("confirm.requested", { id: 8 });
  await expect.element(shown).not.toBeInTheDocument();
});

test("[R23] a visit shows the room as main counted it, every answer with its words, and what else the supervisor wrote", async () => {
  const answers = [
    { text: words("Panel"), answer: "yes", words: "" },
    { text: words("Safety"), answer: "no", words: "三号工位没有灭火器" },
    { text: words("Identity"), answer: "unseen", words: "来晚了" },
  ];
  const room = {
    ...{ registered: 30, untouched: 21, marking: 4, signed: 3, absent: 1, left: 1, paused: 2 },
    ...{ sheets: { signed: 7, expected: 58 }, incidents: 5, openCalls: 6 },
  };
  const main = fakeMain({
    ...{ kind: "visit", rubricTitle: words("Ceramics"), day: "2026-11-23", room, answers },
    panel: [
      { name: "林知微", leader: true },
      { name: "阿依古丽", leader: false },
    ],
    ...{ problems: "噪声大", suggestions: "" },
  });
  const screen = await open(main);
  const shown = screen.getByTestId("confirm-room");
  await expect.element(shown).toHaveTextContent("林知微 (leader), 阿依古丽");
  await expect
    .element(shown)
    .toHaveTextContent(/Registered30.*Not begun21.*Marking4.*Signed3.*Absent1.*Left1.*stands still2/);
  await expect.element(shown).toHaveTextContent(/7 of 58.*Incidents5.*not answered6/);
  expect([...screen.getByTestId("confirm-answers").element().children].map((one) => one.textContent)).toEqual(
    ["1PanelYes", "2Safety三号工位没有灭火器No", "3Identity来晚了Not seen"],
  );
  await expect.element(screen.getByText("噪声大")).toBeVisible();
  // What was not written is not there to be signed.
  expect(screen.getByText(/advice/i).elements()).toEqual([]);
});

test("the PIN is masked, asks for digits and is not remembered", async () => {
  const screen = await open(fakeMain({ kind: "session" }));
  const field = screen.getByTestId("confirm-pin");
  await expect.element(field).toHaveAttribute("type", "password");
  await expect.element(field).toHaveAttribute("inputmode", "numeric");
  await expect.element(field).toHaveAttribute("autocomplete", "off");
});

test("a wrong PIN is said with the tries left; the field is empty and keeps the focus", async () => {
  const main = fakeMain({ kind: "session" }, { code: "secret.wrong", facts: { left: 4 } });
  const screen = await open(main);
  await userEvent.keyboard("111111{Enter}");
  await expect
    .element(screen.getByTestId("confirm-message"))
    .toHaveTextContent("The PIN does not match. Nothing was changed. 4 tries are left.");
  await expect.element(screen.getByTestId("confirm-pin")).toHaveValue("");
  await expect.element(screen.getByTestId("confirm-pin")).toHaveFocus();
});

test("while main asks to wait, Enter sends nothing and the seconds are shown", async () => {
  const main = fakeMain({ kind: "session" }, { code: "keys.wait", facts: { seconds: 30 } });
  const screen = await open(main);
  await userEvent.keyboard("111111{Enter}");
  await expect.element(screen.getByTestId("confirm-message")).toHaveTextContent(/Wait (30|29) seconds/);
  await userEvent.keyboard("222222{Enter}");
  expect(main.calls.filter((call) => call.name === "confirm.answer")).toHaveLength(1);
  await expect.element(screen.getByTestId("confirm-ok")).toBeDisabled();
});

test("an unknown refusal still says what is safe", async () => {
  const screen = await open(fakeMain({ kind: "session" }, { code: "internal.bug" }));
  await userEvent.keyboard("111111{Enter}");
  await expect
    .element(screen.getByTestId("confirm-message"))
    .toHaveTextContent(/internal\.bug.*marks are safe/);
});

test("a second signer's question that comes before the word on the first answer stays on the screen", async () => {
  const main = fakeMain({ kind: "session" });
  const screen = await open(main);
  let letAnswer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => (letAnswer = resolve));
  main.before.answer = async () => {
    // As in main: the first question ends, the second is asked and announced, and only then does the answer arrive.
    main.waiting.request = { ...request(sheet()), id: 8 };
    main.hear("confirm.closed", { id: 7 });
    main.hear("confirm.requested", { id: 8 });
    await answered;
  };
  await userEvent.keyboard("123456{Enter}");
  await expect.element(screen.getByTestId("confirm-total")).toHaveTextContent("88.5");
  letAnswer();
  await expect.element(screen.getByTestId("confirm-pin")).toHaveFocus();
  main.before.answer = async () => undefined;
  await userEvent.keyboard("654321{Enter}");
  await expect.element(screen.getByTestId("confirm-idle")).toBeInTheDocument();
  expect(main.calls.filter((call) => call.name === "confirm.answer").map(({ input }) => input)).toEqual([
    { id: 7, secret: "123456" },
    { id: 8, secret: "654321" },
  ]);
});

test("Enter that belongs to an input method does not confirm, and neither does an empty field", async () => {
  const main = fakeMain({ kind: "session" });
  const screen = await open(main);
  await userEvent.keyboard("{Enter}");
  await userEvent.keyboard("123456");
  for (const init of [{ keyCode: 229 }, { isComposing: true }]) {
    const event = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init });
    screen.getByTestId("confirm-pin").element().dispatchEvent(event);
  }
  expect(main.calls.some((call) => call.name === "confirm.answer")).toBe(false);
});

test("Escape declines, and the window is blank afterwards", async () => {
  const main = fakeMain(sheet());
  const screen = await open(main);
  await userEvent.keyboard("12{Escape}");
  await expect.element(screen.getByTestId("confirm-idle")).toBeInTheDocument();
  expect(main.calls.at(-1)).toEqual({ name: "confirm.decline", input: { id: 7 } });
});

test("a new PIN is asked twice: Enter in the first goes on, both are sent", async () => {
  const main = fakeMain({ kind: "new-pin" });
  const screen = await open(main);
  await userEvent.keyboard("123456{Enter}");
  await expect.element(screen.getByTestId("confirm-repeat")).toHaveFocus();
  await userEvent.keyboard("123457{Enter}");
  await expect.poll(() => main.calls.at(-1)?.input).toEqual({ id: 7, secret: "123456", repeated: "123457" });
});

test("nothing typed for one matter is left for the next", async () => {
  const main = fakeMain({ kind: "session" });
  const screen = await open(main);
  await userEvent.keyboard("123456");
  main.waiting.request = { ...request(sheet()), id: 8 };
  main.hear("confirm.requested", { id: 8 });
  await expect.element(screen.getByTestId("confirm-total")).toBeVisible();
  await expect.element(screen.getByTestId("confirm-pin")).toHaveValue("");
});

test("closing by main blanks the window", async () => {
  const main = fakeMain(sheet());
  const screen = await open(main);
  main.hear("confirm.closed", { id: 7 });
  await expect.element(screen.getByTestId("confirm-idle")).toBeInTheDocument();
});

test.each([
  [40, 480, 640],
  [40, 240, 320],
])("with %d items in %d x %d the button stays in view", async (items, width, height) => {
  await page.viewport(width, height);
  const screen = await open(fakeMain(sheet(items)));
  const box = screen.getByTestId("confirm-ok").element().getBoundingClientRect();
  expect(box.bottom).toBeLessThanOrEqual(height);
  expect(box.right).toBeLessThanOrEqual(width);
  expect(box.top).toBeGreaterThanOrEqual(0);
});

test("an answer that main cannot have given does not count as a signature", async () => {
  const bridge = createConfirmBridge({
    call: () => Promise.resolve({ ok: true, value: { signed: "yes" } }),
    on: () => () => undefined,
  });
  expect(await bridge.answer({ id: 1, secret: "123456" })).toEqual({
    ok: false,
    error: { code: "internal.bug" },
  });
});

function request(matter: Matter): Record<string, unknown> {
  return {
    id: 7,
    locale: "en",
    demo: true,
    who: { name: "林知微", roles: ["examiner"] },
    matter,
    at: { wall: 1, mono: 1, boot: "0123456789abcdef" },
  };
}

function fakeMain(matter: Matter, refusal?: { code: string; facts?: Record<string, number> }) {
  const listeners = new Map<string, (payload: unknown) => void>();
  const calls: Call[] = [];
  const waiting = { request: request(matter) };
  /** What main does before its answer is heard. */
  const before = { answer: async (): Promise<void> => undefined };
  const call = async (name: string, input: unknown) => {
    calls.push({ name, input });
    if (name === "confirm.describe") return { ok: true, value: waiting };
    if (name === "confirm.answer") await before.answer();
    if (name === "confirm.answer" && refusal) return { ok: false, error: refusal };
    return { ok: true, value: {} };
  };
  const on = (event: string, listener: (payload: unknown) => void) => {
    listeners.set(event, listener);
    return () => listeners.delete(event);
  };
  return {
    calls,
    waiting,
    before,
    hear: (event: string, payload: unknown) => listeners.get(event)?.(payload),
    bridge: createConfirmBridge({ call, on }),
  };
}

async function open(main: ReturnType<typeof fakeMain>) {
  const screen = await render(<ConfirmWindow bridge={main.bridge} wording={createI18n("zh-CN")} />);
  await expect.element(screen.getByTestId("confirm-pin")).toBeVisible();
  return screen;
}
