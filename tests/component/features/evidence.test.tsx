// Photographs at the marking desk: what becomes of a file before it goes to main, what is shown of what main keeps, and
// that looking, taking away and bringing back are acts like any other.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { fileToPicture } from "../../../renderer/features/marking/evidence/make-picture.ts";
import { refuse, utf8, type Bytes } from "#shared/base";
import { hashId } from "#shared/crypto";
import { evidenceHeld, MAX_PICTURE_BYTES, MAX_PICTURE_EDGE, readPicture } from "#shared/exam";
import {
  aPreparedDay,
  candidateRef,
  everyKindRubric,
  personId,
  type PreparedDay,
} from "../../support/journal-builders.ts";
import { closeStores, draw, MarkingDesk, type Drawn } from "./draw.tsx";

let day: PreparedDay;
let desk: Drawn;

beforeEach(async () => {
  day = aPreparedDay({ rubric: everyKindRubric(), candidates: 3, panel: 1 });
  desk = await draw(day.journal, personId(1), <MarkingDesk day={day} person={personId(1)} height="600px" />);
  await page.getByTestId("candidate-1").click();
  await page.getByTestId("sheet-start").click();
  await expect.element(page.getByTestId("item-1")).toHaveAttribute("data-open", "true");
});
afterEach(closeStores);

describe("a file on its way", () => {
  test("is drawn anew: smaller where it must be, and nothing a telephone wrote beside the pixels is left", async () => {
    const canary = utf8("GPS 34.2613N 阿依古丽");
    const photograph = await aPhotograph(5000, 2500);
    const made = await fileToPicture(new Blob([withComment(photograph, canary)]));
    if (!made.ok) throw new Error(made.error.code);
    expect(made.value.length).toBeLessThanOrEqual(MAX_PICTURE_BYTES);
    expect(readPicture(made.value)).toMatchObject({
      value: { type: "image/jpeg", width: MAX_PICTURE_EDGE, height: MAX_PICTURE_EDGE / 2 },
    });
    expect(indexOf(made.value, canary)).toBe(-1);
  });

  test("the very same file gives the very same picture", async () => {
    const file = await aPhotograph(640, 480);
    const twice = await Promise.all([fileToPicture(new Blob([file])), fileToPicture(new Blob([file]))]);
    const [one, two] = twice.map((made) => (made.ok ? hashId(made.value) : made.error.code));
    expect(one).toBe(two);
  });

  test("[S7] one of noise, the worst there is, still fits", async () => {
    const made = await fileToPicture(new Blob([await aPhotograph(3000, 2000, "noise")]));
    expect(made.ok && made.value.length <= MAX_PICTURE_BYTES).toBe(true);
  });

  test.each([
    ["nothing", () => Promise.resolve(new Uint8Array(0)), "evidence.empty"],
    ["a text", () => Promise.resolve(utf8("not a picture")), "evidence.not-a-picture"],
    ["half a picture", async () => (await aPhotograph(640, 480)).slice(0, 3000), "evidence.cut-off"],
    ["a picture's frame around nothing", () => Promise.resolve(anEmptyFrame()), "evidence.broken"],
  ])("[S7] %s is refused before it leaves the window", async (_, file, code) => {
    const made = await fileToPicture(new Blob([new Uint8Array(await file())]));
    expect(made).toMatchObject({ ok: false, error: { code } });
  });
});

describe("at the desk", () => {
  test("E is the open item's, ⇧E the sheet's; what is kept is shown beside the item and counted", async () => {
    await userEvent.keyboard("e");
    await addFiles(await aPhotograph(640, 480));
    await expect.poll(held).toEqual([1]);
    await expect.element(inDialog("evidence-1").getByRole("presentation")).toBeInTheDocument();
    await userEvent.keyboard("{Escape}");
    await userEvent.keyboard("{Shift>}E{/Shift}");
    await expect.element(page.getByTestId("evidence-dialog")).toHaveTextContent("整张评分表");
    await addFiles(await aPhotograph(320, 240));
    await expect.poll(held).toEqual([1, null]);
    // The sheet's dialog shows all of them, each with what it is about.
    await expect.element(inDialog("evidence-1")).toHaveTextContent("1");
    await expect.element(inDialog("evidence-2")).toHaveTextContent("表");
    await userEvent.keyboard("{Escape}");
    await expect.element(page.getByTestId("sheet-evidence")).toHaveTextContent("2 张");
    await expect.element(page.getByTestId("item-evidence")).toHaveTextContent("1 张照片");
  });

  test("no key of the desk acts while the dialog is up", async () => {
    await userEvent.keyboard("e");
    await userEvent.keyboard("1u");
    expect(sheet()?.items).toEqual({});
  });

  test("[S7] of several files each is kept or refused for itself, and the reason stands beside its name", async () => {
    await userEvent.keyboard("e");
    const picture = await aPhotograph(640, 480);
    await addFiles(picture, new Uint8Array(0), picture.slice(0, 3000), picture);
    await expect.poll(held).toEqual([1]);
    await expect.poll(() => notKept()).toEqual(["evidence.empty", "evidence.cut-off"]);
  });

  test("what main refuses is said in words and nothing is counted", async () => {
    desk.main.refusals.set("evidence.add", { code: "evidence.full" });
    await userEvent.keyboard("e");
    await addFiles(await aPhotograph(640, 480));
    await expect.element(page.getByTestId("evidence-not-kept")).toHaveTextContent("磁盘放不下照片");
    expect(held()).toEqual([]);
  });

  test("a picture is seen large, taken away, and brought back by U with the entry it undoes", async () => {
    await userEvent.keyboard("e");
    await addFiles(await aPhotograph(640, 480));
    await inDialog("evidence-1").click();
    await expect.element(page.getByTestId("evidence-picture")).toBeVisible();
    await expect.element(page.getByTestId("evidence-viewer")).toHaveTextContent("640 × 480 像素");
    await page.getByTestId("evidence-remove").click();
    await expect.poll(held).toEqual([]);
    const removal = day.journal.entries.length;
    // The button it was opened from is gone: the focus finds back into the dialog, so that Escape closes it.
    const dialog = page.getByTestId("evidence-dialog");
    await expect.poll(() => dialog.element().contains(document.activeElement)).toBe(true);
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog).not.toBeInTheDocument();
    await userEvent.keyboard("u");
    await expect.poll(held).toEqual([1]);
    expect(day.journal.entries.at(-1)?.entry.body).toMatchObject({ kind: "evidence.added", undoes: removal });
  });

  test("U takes a new picture back too", async () => {
    await userEvent.keyboard("e");
    await addFiles(await aPhotograph(640, 480));
    await expect.poll(held).toEqual([1]);
    await userEvent.keyboard("{Escape}");
    await expect.element(page.getByTestId("evidence-dialog")).not.toBeInTheDocument();
    await userEvent.keyboard("u");
    await expect.poll(held).toEqual([]);
  });

  test("[P9] a damaged picture is said to be damaged, and not shown", async () => {
    await userEvent.keyboard("e");
    await addFiles(await aPhotograph(640, 480));
    desk.main.refusals.set("evidence.read", { code: "evidence.damaged" });
    await inDialog("evidence-1").click();
    await expect.element(page.getByTestId("evidence-refused")).toHaveTextContent("已损坏或被改动");
  });

  test("[P19] when somebody else may be there, pictures leave the screen at once", async () => {
    await userEvent.keyboard("e");
    await addFiles(await aPhotograph(640, 480));
    await inDialog("evidence-1").click();
    await expect.element(page.getByTestId("evidence-picture")).toBeVisible();
    desk.main.refusals.set("evidence.read", refuse({ code: "session.none" }).error);
    desk.main.emit("session.changed", {});
    await expect.element(page.getByTestId("evidence-viewer")).not.toBeInTheDocument();
    await expect.element(page.getByTestId("evidence-dialog")).not.toBeInTheDocument();
    await expect.poll(() => document.querySelectorAll("img[src^='blob:']").length).toBe(0);
  });
});

function inDialog(testId: string) {
  return page.getByTestId("evidence-dialog").getByTestId(testId);
}

function sheet() {
  return day.journal.view.rows("sheets").find(({ candidate }) => candidate === candidateRef(1));
}

/** The items of what the sheet holds. */
function held() {
  return evidenceHeld(sheet()?.evidence ?? []).map(({ item }) => item);
}

function notKept() {
  return page
    .getByTestId("evidence-not-kept")
    .elements()
    .map((element) => element.getAttribute("data-code"));
}

async function addFiles(...files: readonly Bytes[]): Promise<void> {
  await page
    .getByTestId("evidence-files")
    .upload(
      files.map((bytes, at) => new File([new Uint8Array(bytes)], `${at + 1}.jpg`, { type: "image/jpeg" })),
    );
  await expect.element(page.getByTestId("evidence-choose")).not.toHaveAttribute("data-pending");
}

async function aPhotograph(
  width: number,
  height: number,
  what: "plain" | "noise" = "plain",
): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#b9663a";
  context.fillRect(width / 4, height / 4, width / 2, height / 2);
  if (what === "noise") {
    const pixels = new Uint8ClampedArray(width * height * 4);
    for (let at = 0; at < pixels.length; at += 65_536)
      crypto.getRandomValues(pixels.subarray(at, at + 65_536));
    context.putImageData(new ImageData(pixels, width), 0, 0);
  }
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
  return new Uint8Array(await blob.arrayBuffer());
}

function withComment(jpeg: Bytes, text: Bytes): Uint8Array<ArrayBuffer> {
  const length = text.length + 2;
  return new Uint8Array([
    ...jpeg.subarray(0, 2),
    0xff,
    0xfe,
    length >> 8,
    length & 255,
    ...text,
    ...jpeg.subarray(2),
  ]);
}

/** Whole by its structure; no decoder makes a pixel of it. */
function anEmptyFrame(): Bytes {
  return Uint8Array.of(
    ...[0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 9, 0, 9, 1, 1, 0x11, 0],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 0xff, 0xd9],
  );
}

function indexOf(bytes: Bytes, wanted: Bytes): number {
  for (let at = 0; at + wanted.length <= bytes.length; at++)
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}
