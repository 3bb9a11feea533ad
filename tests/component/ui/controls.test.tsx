// The controls as a person meets them: by keyboard, with an input method, and under a policy without inline styles.
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import {
  Button,
  ConfirmDialog,
  isComposing,
  NumberField,
  RowList,
  SegmentedChoice,
  Select,
  Stamp,
  StateMark,
  TextField,
  UiProvider,
  useMessages,
} from "../../../renderer/ui/index.ts";

// An input method says that a key is its own by a flag, by a code, or by both.
const flagged = { isComposing: true };
const coded = Object.fromEntries([["keyCode", 229]]);
const plain = Object.fromEntries([["keyCode", 13]]);

test("a button acts on Enter and on Space, and not while it is busy", async () => {
  const press = vi.fn();
  const screen = await render(
    <Button onPress={press} keyHint="↵">
      Sign
    </Button>,
  );
  await userEvent.tab();
  await userEvent.keyboard("{Enter} ");
  expect(press).toHaveBeenCalledTimes(2);
  await screen.rerender(
    <Button onPress={press} busy busyText="Signing">
      Sign
    </Button>,
  );
  await userEvent.keyboard("{Enter}");
  expect(press).toHaveBeenCalledTimes(2);
  await expect.element(screen.getByRole("button")).toHaveFocus();
});

// usePress injects nothing under NODE_ENV=test, so its own rule is watched in tests/unit/ui/carrier.test.ts.
test("selecting and opening dialogs adds no style element [E3]", async () => {
  const added: Element[] = [];
  const watch = new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes) if (node instanceof HTMLStyleElement) added.push(node);
  });
  const screen = await render(<Everything />);
  watch.observe(document, { childList: true, subtree: true });
  await screen.getByRole("button", { name: "Open" }).click();
  await screen.getByRole("button", { name: "Stay" }).click();
  await screen.getByRole("button", { name: /Trade/ }).click();
  await screen.getByRole("option", { name: "Paper" }).click();
  await expect.element(screen.getByRole("button", { name: /Trade/ })).toHaveTextContent("Paper");
  watch.disconnect();
  expect(added).toEqual([]);
});

test("our own style sheet carries the rule that react-aria would inject", async () => {
  const screen = await render(<Button>Sign</Button>);
  // The three words mean manipulation, and Chromium says so.
  const style = getComputedStyle(screen.getByRole("button").element());
  expect(style.touchAction).toBe("manipulation");
});

test("Enter submits a field, but not while an input method composes", async () => {
  const enter = vi.fn();
  const screen = await render(<TextField label="Name" onEnter={enter} />);
  const input = screen.getByRole("textbox").element();
  input.dispatchEvent(key(flagged));
  input.dispatchEvent(key(coded));
  expect(enter).not.toHaveBeenCalled();
  input.dispatchEvent(key(plain));
  expect(enter).toHaveBeenCalledTimes(1);
});

test("a key belongs to the input method by its flag or by its code alone", () => {
  expect(isComposing(key(flagged))).toBe(true);
  expect(isComposing(key(coded))).toBe(true);
  expect(isComposing(key(plain))).toBe(false);
});

test("a number field keeps an empty field empty and reads full-width digits", async () => {
  const change = vi.fn();
  const screen = await render(<NumberField label="Reading" decimals onChange={change} />);
  await userEvent.fill(screen.getByRole("textbox"), "１２．５");
  expect(change).toHaveBeenLastCalledWith("12.5");
  await userEvent.clear(screen.getByRole("textbox"));
  expect(change).toHaveBeenLastCalledWith("");
});

test("an error is said with its field", async () => {
  const screen = await render(<TextField label="ID" error="Too short" />);
  const input = screen.getByRole("textbox", { name: "ID" });
  await expect.element(input).toHaveAttribute("aria-invalid", "true");
  await expect.element(input).toHaveAccessibleDescription("Too short");
});

test("arrows move in a list and the place follows", async () => {
  const screen = await render(<People />);
  await userEvent.tab();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  await expect
    .element(screen.getByRole("option", { name: "次仁卓玛" }))
    .toHaveAttribute("aria-selected", "true");
});

test("a list of ten thousand keeps only what is in sight in the page", async () => {
  // Under NODE_ENV=test, and only there, react-aria draws every row unless this is set.
  vi.stubGlobal("process", { env: { VIRT_ON: "1" } });
  const rows = Array.from({ length: 10_000 }, (_, index) => ({
    id: String(index),
    name: `Candidate ${index}`,
  }));
  const screen = await render(
    <div style={{ display: "flex", height: 400, width: 300 }}>
      <RowList label="All" rows={rows} selectedId="0" onSelect={() => undefined} virtual />
    </div>,
  );
  await expect.element(screen.getByRole("option", { name: "Candidate 3", exact: true })).toBeVisible();
  expect(document.querySelectorAll('[role="option"]').length).toBeLessThan(60);
});

test("a question opens on its safe answer, and Escape takes that one", async () => {
  const [confirm, cancel] = [vi.fn(), vi.fn()];
  const screen = await render(
    <ConfirmDialog
      isOpen
      title="Absent?"
      confirmLabel="Absent"
      cancelLabel="Back"
      onConfirm={confirm}
      onCancel={cancel}
    />,
  );
  await expect.element(screen.getByRole("button", { name: "Back" })).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  expect(cancel).toHaveBeenCalledTimes(1);
  expect(confirm).not.toHaveBeenCalled();
});

test("one of a few is chosen with arrows", async () => {
  const screen = await render(<Levels />);
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(screen.getByRole("radio", { name: "Good" })).toBeChecked();
});

test("a stamp reads its four characters in the order of a seal, then its code", async () => {
  const screen = await render(
    <Stamp characters={["松", "窑", "鹤", "砚"]} code="K7QMX-2HFTA" label="Batch" size="large" />,
  );
  const stamp = screen.getByRole("img", { name: "Batch 松窑鹤砚 K7QMX-2HFTA" });
  const place = (character: string) => {
    const found = [...stamp.element().querySelectorAll("span span")].find(
      (span) => span.textContent === character,
    );
    return found?.getBoundingClientRect() ?? new DOMRect();
  };
  expect(place("松").left).toBeGreaterThan(place("鹤").left);
  expect(place("窑").top).toBeGreaterThan(place("松").top);
  expect(place("砚").top).toBeGreaterThan(place("鹤").top);
});

test("a state is a shape with a name, and an absence is a word", async () => {
  const screen = await render(
    <>
      <StateMark state="started" fraction={0.5} label="6 of 12" />
      <StateMark state="word" label="Absent" />
    </>,
  );
  await expect.element(screen.getByRole("img", { name: "6 of 12" })).toBeVisible();
  await expect.element(screen.getByText("Absent")).toBeVisible();
});

test("a message is put into a polite region and can be put away", async () => {
  const screen = await render(
    <UiProvider locale="en" messagesLabel="Messages" dismissLabel="Put away">
      <Teller />
    </UiProvider>,
  );
  await screen.getByRole("button", { name: "Tell" }).click();
  await expect.element(screen.getByText("Copied.")).toBeVisible();
  await screen.getByRole("button", { name: "Put away" }).click();
  await expect.element(screen.getByText("Copied.")).not.toBeInTheDocument();
});

test.each([false, true])("targets are at least 40 px, 48 in touch mode (%s)", async (touch) => {
  document.documentElement.toggleAttribute("data-touch", touch);
  const screen = await render(<Everything />);
  const least = touch ? 48 : 40;
  for (const element of screen.container.querySelectorAll("button, input[type=text]")) {
    const target = element instanceof HTMLInputElement ? element.parentElement : element;
    if (target?.closest("[aria-hidden=true]")) continue;
    expect(target?.getBoundingClientRect().height ?? 0).toBeGreaterThanOrEqual(least);
  }
  document.documentElement.removeAttribute("data-touch");
});

function key(init: Record<string, boolean | number>): KeyboardEvent {
  return new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init });
}

function Everything() {
  const [open, setOpen] = useState(false);
  const [trade, setTrade] = useState<"ceramic" | "paper" | null>(null);
  return (
    <>
      <Button onPress={() => setOpen(true)}>Open</Button>
      <TextField label="Name" />
      <Select
        label="Trade"
        choices={[
          { value: "ceramic", label: "Ceramic" },
          { value: "paper", label: "Paper" },
        ]}
        value={trade}
        onChange={setTrade}
      />
      <ConfirmDialog
        isOpen={open}
        title="Sure?"
        confirmLabel="Go"
        cancelLabel="Stay"
        onConfirm={() => setOpen(false)}
        onCancel={() => setOpen(false)}
      />
    </>
  );
}

function People() {
  const [selected, setSelected] = useState("1");
  const rows = ["王建国", "阿依古丽·买买提", "次仁卓玛"].map((name, index) => ({
    id: String(index + 1),
    name,
  }));
  return <RowList label="Candidates" rows={rows} selectedId={selected} onSelect={setSelected} />;
}

function Levels() {
  const [level, setLevel] = useState<"fair" | "good">("fair");
  return (
    <SegmentedChoice
      label="Level"
      choices={[
        { value: "fair", label: "Fair" },
        { value: "good", label: "Good" },
      ]}
      value={level}
      onChange={setLevel}
    />
  );
}

function Teller() {
  const messages = useMessages();
  return <Button onPress={() => messages.show("done", "Copied.")}>Tell</Button>;
}
