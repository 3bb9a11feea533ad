// The square of a printed sheet held up to the camera: what it says is told once, and the camera is off before anything else.
import { afterEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { SquareButtons } from "../../../renderer/camera/index.ts";
import { aPreparedDay, personId } from "../../support/journal-builders.ts";
import { closeStores, draw, type Drawn } from "./draw.tsx";
import { aCamera } from "./square.ts";

afterEach(async () => {
  vi.restoreAllMocks();
  await closeStores();
});

const uses = ({ main }: Drawn) =>
  main.calls.filter(({ name }) => name === "camera.use").map(({ input }) => (input as { use: unknown }).use);

async function drawButtons() {
  const told: (string | null)[] = [];
  const drawn = await draw(
    aPreparedDay({ candidates: 1 }).journal,
    personId(1),
    <SquareButtons onSquare={(said) => void told.push(said)} filesTestId="files" cameraTestId="camera">
      picture
    </SquareButtons>,
  );
  return { ...drawn, told };
}

test("[E6] a square held up to the camera is read and told once; the camera is given for it and off again", async () => {
  const camera = aCamera();
  const drawn = await drawButtons();
  await page.getByTestId("camera").click();
  await expect.element(page.getByTestId("square-camera")).toHaveAttribute("data-state", "on");
  expect(uses(drawn)).toEqual([{ kind: "square" }]);
  expect(drawn.told).toEqual([]);
  camera.show("JP1:HELLO");
  await expect.poll(() => drawn.told).toEqual(["JP1:HELLO"]);
  await expect.element(page.getByTestId("square-dialog")).not.toBeInTheDocument();
  await expect.poll(camera.isOff).toBe(true);
  await expect.poll(() => uses(drawn)).toEqual([{ kind: "square" }, null]);
  expect(drawn.told).toHaveLength(1);
});

test("[E6] Escape puts the camera off and tells nothing, and the keys are back on the button", async () => {
  const camera = aCamera();
  const drawn = await drawButtons();
  await page.getByTestId("camera").click();
  await expect.element(page.getByTestId("square-camera")).toHaveAttribute("data-state", "on");
  await userEvent.keyboard("{Escape}");
  await expect.poll(camera.isOff).toBe(true);
  await expect.poll(() => uses(drawn)).toEqual([{ kind: "square" }, null]);
  await expect.element(page.getByTestId("camera")).toHaveFocus();
  expect(drawn.told).toEqual([]);
});

test("without a camera it is said in words, and a picture may still be chosen", async () => {
  vi.spyOn(navigator.mediaDevices, "getUserMedia").mockRejectedValue(new DOMException("", "NotFoundError"));
  const drawn = await drawButtons();
  await page.getByTestId("camera").click();
  await expect.element(page.getByTestId("square-camera")).toHaveAttribute("data-state", "camera.none");
  await expect.element(page.getByTestId("camera-refused")).toHaveTextContent("没有找到摄像头");
  await expect.poll(() => uses(drawn)).toEqual([{ kind: "square" }, null]);
});
