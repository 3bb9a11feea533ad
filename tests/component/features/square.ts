// The square of a printed sheet as a photograph or a camera has it. The camera here is a canvas that somebody draws on.
import { onTestFinished, vi } from "vitest";
import { qrSquare } from "../../../electron/paper/qr-square.ts";

const PAPER = "#fff";

/** Four dots a module. */
export async function photographOf(text: string): Promise<File> {
  const canvas = document.createElement("canvas");
  const { size, modules } = printed(text);
  Object.assign(canvas, { width: size * 4, height: size * 4 });
  paint(canvas, modules, 4);
  const blob = await new Promise<Blob>((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture"))), "image/png"),
  );
  return new File([blob], "square.png", { type: "image/png" });
}

/** What the camera sees: nothing but paper until a text is shown to it. It is put away with the test. */
export function aCamera() {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 640, height: 480 });
  let shown: readonly Run[] = [];
  let dots = 1;
  const show = (text: string) => {
    const { size, modules } = printed(text);
    [shown, dots] = [modules, Math.floor(canvas.height / size)];
  };
  paint(canvas, shown, dots);
  // A camera goes on sending what it sees.
  const moving = setInterval(() => paint(canvas, shown, dots), 50);
  onTestFinished(() => clearInterval(moving));
  const stream = canvas.captureStream(20);
  vi.spyOn(navigator.mediaDevices, "getUserMedia").mockResolvedValue(stream);
  return { show, isOff: () => stream.getTracks().every(({ readyState }) => readyState === "ended") };
}

/** Of dark modules in a row, as the printed square draws them. */
type Run = readonly [x: number, y: number, width: number];

function printed(text: string): { readonly size: number; readonly modules: readonly Run[] } {
  const { markup } = qrSquare(text);
  const modules = [...markup.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].map(([, x, y, width]): Run => [
    Number(x),
    Number(y),
    Number(width),
  ]);
  return { size: Number(/viewBox="0 0 (\d+)/.exec(markup)?.[1]), modules };
}

function paint(canvas: HTMLCanvasElement, modules: readonly Run[], dots: number): void {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("a canvas can be drawn on");
  context.fillStyle = PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  for (const [x, y, width] of modules) context.fillRect(x * dots, y * dots, width * dots, dots);
}
