// Photographs at the marking desk (S7): twelve files at once, of which two are the same, one has 17 MB and one is empty;
// the camera; looking, taking away and bringing back; and that nobody sees one while the laptop is locked (P19).
import { expect, test, type Page } from "@playwright/test";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { searchCanaries } from "../support/canary-search.ts";
import { demonstration } from "../support/demonstration.ts";
import { startSheet, typePin } from "../support/day-steps.ts";
import { aPng, withComment } from "../support/pictures.ts";
import { goMarking, LEADER, prepareSmallDay, type SmallDay } from "../support/small-day.ts";

const SHOTS = process.env["JIANGPING_SHOTS"];
const CANARY = "拍摄者阿依古丽·买买提 34.2613N";
const LONG = { timeout: 60_000 };
const MIB = 1024 * 1024;

const demo = demonstration({ args: ["--use-fake-device-for-media-stream"] });
let day: SmallDay;

test.beforeAll(async () => {
  day = await prepareSmallDay(demo.app, 2);
});

/** A photograph of 12 megapixels as a camera would make it, drawn by the window's own engine. */
async function aPhotograph(page: Page, seed: number): Promise<Buffer> {
  const text = await page.evaluate(async (hue) => {
    const canvas = new OffscreenCanvas(4000, 3000);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no context");
    for (let i = 0; i < 900; i++) {
      context.fillStyle = `hsl(${(hue * 37 + i * 11) % 360} 40% ${30 + (i % 40)}%)`;
      context.fillRect((i * 397) % 4000, (i * 211) % 3000, 500, 300);
    }
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    const reader = new FileReader();
    await new Promise((resolve) => {
      reader.onload = resolve;
      reader.readAsDataURL(blob);
    });
    return (reader.result as string).split(",")[1] ?? "";
  }, seed);
  return Buffer.from(text, "base64");
}

/** Ten of twelve megapixels, the first of them twice and with a telephone's remarks; one of 17 MB; one of nothing. */
async function twelveFiles(page: Page): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "jiangping-photographs-"));
  const files: string[] = [];
  const add = async (name: string, bytes: Uint8Array) => {
    files.push(path.join(folder, name));
    await writeFile(path.join(folder, name), bytes);
  };
  const first = withComment(new Uint8Array(await aPhotograph(page, 1)), CANARY);
  await add("1.jpg", first);
  await add("1 again.jpg", first);
  for (let n = 2; n <= 9; n++) await add(`${n}.jpg`, await aPhotograph(page, n));
  const large = aPng({ width: 2430, height: 2430, noise: (length) => randomBytes(length) });
  expect(large.length).toBeGreaterThan(17 * 1_000_000);
  await add("large.png", large);
  await add("empty.jpg", new Uint8Array(0));
  return files;
}

const thumbs = () => demo.app.window.getByTestId("evidence-dialog").getByTestId(/^evidence-\d+$/);
const kept = async () => readdir(path.join(demo.app.profile, "journal", "evidence"));

test("[S7] twelve photographs: identical ones once, the empty one refused with words, 12 megapixels in a row in bounded memory", async () => {
  test.setTimeout(180_000);
  const { window, electron } = demo.app;
  const files = await twelveFiles(window);
  await goMarking(demo.app, day);
  await startSheet(demo.app, 1);
  await window.keyboard.press("e");
  await expect(window.getByTestId("evidence-dialog")).toBeVisible();
  if (SHOTS) await window.screenshot({ path: `${SHOTS}/evidence-none.png` });
  const memory = () => electron.evaluate(() => process.memoryUsage.rss());
  const before = await memory();
  let most = before;
  const started = Date.now();
  await window.getByTestId("evidence-files").setInputFiles(files);
  await expect
    .poll(async () => {
      most = Math.max(most, await memory());
      return thumbs().count();
    }, LONG)
    .toBe(10);
  await expect(window.getByTestId("evidence-not-kept")).toHaveCount(1);
  await expect(window.getByTestId("evidence-not-kept")).toHaveAttribute("data-code", "evidence.empty");
  const seconds = (Date.now() - started) / 1000;
  console.log(
    `evidence: 12 files in ${seconds.toFixed(1)} s; main's memory ${(before / MIB).toFixed(0)} MiB before, ${(most / MIB).toFixed(0)} MiB at most`,
  );
  // Ten pictures at once would be ten times four MiB, and copies of them.
  expect(most - before).toBeLessThan(120 * MIB);
  expect(await kept()).toHaveLength(10);
  await expect(thumbs().first().locator("img")).toBeVisible(LONG);
  await expect(thumbs().locator("img")).toHaveCount(10, LONG);
  if (SHOTS) await window.screenshot({ path: `${SHOTS}/evidence-dialog.png` });
});

test("[E6] the camera is given while the dialog takes pictures, sound never, and nothing once it is closed", async () => {
  const { window } = demo.app;
  const ask = (media: MediaStreamConstraints) =>
    window.evaluate(async (wanted) => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia(wanted);
        for (const track of stream.getTracks()) track.stop();
        return "given";
      } catch (error) {
        return error instanceof DOMException ? error.name : String(error);
      }
    }, media);
  expect(await ask({ video: true })).toBe("NotAllowedError");
  await window.getByTestId("evidence-camera-on").click();
  await expect(window.getByTestId("evidence-camera")).toHaveAttribute("data-state", "on", LONG);
  expect(await ask({ audio: true })).toBe("NotAllowedError");
  expect(await ask({ audio: true, video: true })).toBe("NotAllowedError");
  if (SHOTS) await window.screenshot({ path: `${SHOTS}/evidence-camera.png` });
  await window.getByTestId("evidence-take").click();
  await expect(thumbs()).toHaveCount(11, LONG);
  await window.keyboard.press("Escape");
  await expect(window.getByTestId("evidence-dialog")).toBeHidden();
  await expect.poll(() => ask({ video: true })).toBe("NotAllowedError");
});

test("a picture is looked at, taken away and brought back by U", async () => {
  const { window } = demo.app;
  const strip = window.locator("[data-open=true]").getByTestId(/^evidence-\d+$/);
  await expect(strip).toHaveCount(11);
  if (SHOTS) await window.screenshot({ path: `${SHOTS}/evidence-desk.png` });
  await strip.first().click();
  const picture = window.getByTestId("evidence-picture");
  await expect(picture).toBeVisible(LONG);
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(4000);
  if (SHOTS) await window.screenshot({ path: `${SHOTS}/evidence-viewer.png` });
  await window.getByTestId("evidence-remove").click();
  await expect(strip).toHaveCount(10);
  await window.keyboard.press("u");
  await expect(strip).toHaveCount(11);
  expect(await kept()).toHaveLength(11);
});

test("[P19] while the laptop is locked no picture is on the screen or given out, and none of its remarks is on the disk", async () => {
  const { window } = demo.app;
  const strip = window.locator("[data-open=true]").getByTestId(/^evidence-\d+$/);
  const hash = await strip.first().getAttribute("data-hash");
  await strip.first().click();
  await expect(window.getByTestId("evidence-picture")).toBeVisible(LONG);
  await demo.app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit("suspend"));
  await expect(window.getByTestId("lock-screen")).toBeVisible();
  await expect(window.getByTestId("evidence-viewer")).toBeHidden();
  await expect(window.locator("img[src^='blob:']")).toHaveCount(0);
  const asked = await window.evaluate(async (picture) => {
    const { bridge } = globalThis as unknown as {
      bridge: { call(name: string, input: unknown): Promise<unknown> };
    };
    return bridge.call("evidence.read", { sheet: "A".repeat(22), picture });
  }, hash);
  expect(asked).toEqual({ ok: false, error: { code: "session.none" } });
  const { hits, files } = await searchCanaries(demo.app.profile, [CANARY, "拍摄者阿依古丽"]);
  expect(files).toBeGreaterThan(20);
  expect(hits).toEqual([]);
  await window.getByTestId("lock-open").click();
  await typePin(demo.app, day.pinOf(LEADER));
  await expect(strip.first().locator("img")).toBeVisible(LONG);
});

test("[P9] a picture's file that somebody changed is said to be damaged, and the marks go on", async () => {
  const { window } = demo.app;
  const strip = window.locator("[data-open=true]").getByTestId(/^evidence-\d+$/);
  const hash = (await strip.nth(1).getAttribute("data-hash")) ?? "";
  const file = path.join(demo.app.profile, "journal", "evidence", hash.slice("sha256:".length));
  const bytes = await readFile(file);
  bytes[9000] = (bytes[9000] ?? 0) ^ 1;
  await writeFile(file, bytes);
  await strip.nth(1).click();
  await expect(window.getByTestId("evidence-refused")).toHaveAttribute("data-code", "evidence.damaged");
  if (SHOTS) await window.screenshot({ path: `${SHOTS}/evidence-damaged.png` });
  await window.keyboard.press("Escape");
  await expect(window.getByTestId("evidence-viewer")).toBeHidden();
  expect(demo.app.troubles).toEqual([]);
});
