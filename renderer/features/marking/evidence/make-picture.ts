// A photograph on its way into the sheet: checked as it came, drawn once and encoded again. What a telephone writes beside
// the pixels, where and when and by whom, stays behind; so does everything that is larger than evidence needs to be.
import { ok, refuse, type Bytes, type Refusal, type Result } from "#shared/base";
import { MAX_PICTURE_BYTES, MAX_PICTURE_EDGE, readPicture } from "#shared/exam";

/** What a person may bring: a picture of the largest cameras. A film chosen by mistake is not read at all. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

export async function fileToPicture(file: Blob): Promise<Result<Bytes, Refusal>> {
  if (file.size > MAX_FILE_BYTES) return refuse({ code: "evidence.too-large" });
  const shape = readPicture(new Uint8Array(await file.arrayBuffer()));
  if (!shape.ok) return shape;
  const bitmap = await decode(file);
  if (!bitmap) return refuse({ code: "evidence.broken" });
  try {
    return await encode(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

export function frameToPicture(video: HTMLVideoElement): Promise<Result<Bytes, Refusal>> {
  return encode(video, video.videoWidth, video.videoHeight);
}

/** Undefined: the structure is a picture's and the pixels are not. */
async function decode(file: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Less fine first, then smaller: until it fits. */
const STEPS = [
  { quality: 0.86, edge: MAX_PICTURE_EDGE },
  { quality: 0.72, edge: MAX_PICTURE_EDGE },
  { quality: 0.72, edge: 3072 },
  { quality: 0.6, edge: 2048 },
] as const;

async function encode(
  source: CanvasImageSource,
  width: number,
  height: number,
): Promise<Result<Bytes, Refusal>> {
  if (width === 0 || height === 0) return refuse({ code: "evidence.broken" });
  for (const { quality, edge } of STEPS) {
    const scale = Math.min(1, edge / Math.max(width, height));
    const blob = await draw(source, Math.round(width * scale), Math.round(height * scale), quality);
    if (blob.size <= MAX_PICTURE_BYTES) return ok(new Uint8Array(await blob.arrayBuffer()));
  }
  return refuse({ code: "evidence.too-large" });
}

async function draw(
  source: CanvasImageSource,
  width: number,
  height: number,
  quality: number,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("a canvas has a context");
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
  // Gives the pixels back at once: a dozen photographs follow one another.
  canvas.width = canvas.height = 1;
  return blob;
}

const THUMB_EDGE = 320;

/** A small copy for the list; the large one is not kept in the window. */
export async function pictureToThumb(picture: Blob): Promise<Blob | undefined> {
  const bitmap = await decode(picture);
  if (!bitmap) return undefined;
  const scale = Math.min(1, THUMB_EDGE / Math.max(bitmap.width, bitmap.height));
  try {
    return await draw(bitmap, Math.round(bitmap.width * scale), Math.round(bitmap.height * scale), 0.8);
  } finally {
    bitmap.close();
  }
}
