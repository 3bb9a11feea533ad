// The square of a printed sheet, out of a photograph or a scan: what it says, or nothing. The picture stays in the window.
import decodeQR from "qr/decode.js";
import { invariant } from "#shared/base";

/** What a person may bring: a picture of the largest cameras. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** A whole page at 200 dots an inch; a square that fills a photograph is found at the smaller one. */
const EDGES = [2400, 1200] as const;

export async function readSquare(file: Blob): Promise<string | null> {
  if (file.size > MAX_FILE_BYTES) return null;
  const bitmap = await decode(file);
  if (!bitmap) return null;
  try {
    return findSquare(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/** Of a picture, or of one frame of a film. */
export function findSquare(picture: CanvasImageSource, width: number, height: number): string | null {
  for (const edge of EDGES) {
    const text = findAt(edge, picture, width, height);
    if (text !== null) return text;
  }
  return null;
}

async function decode(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function findAt(
  edge: number,
  picture: CanvasImageSource,
  ...sides: readonly [number, number]
): string | null {
  const scale = Math.min(1, edge / Math.max(...sides));
  const [width, height] = sides.map((side) => Math.max(1, Math.round(side * scale)));
  invariant(width && height, "a picture has two sides");
  const context = new OffscreenCanvas(width, height).getContext("2d");
  invariant(context, "a canvas can be drawn on");
  context.drawImage(picture, 0, 0, width, height);
  try {
    return decodeQR(context.getImageData(0, 0, width, height));
  } catch {
    // The reader throws plain errors, and every one of them says that there is no square it can read.
    return null;
  }
}
