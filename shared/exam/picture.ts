// Is this the file of a whole picture? Walks the structure of JPEG and PNG without decoding a pixel: an empty file, a
// torn download and a renamed document are refused where the photograph is taken, while it can be taken again (S7).
import { ok, refuse, type Bytes, type Refusal, type Result } from "#shared/base";
import type { PictureType } from "./evidence.ts";

export interface PictureShape {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

export type PictureRefusal = Refusal<
  "evidence.empty" | "evidence.not-a-picture" | "evidence.cut-off" | "evidence.broken"
>;

export function readPicture(bytes: Bytes): Result<PictureShape, PictureRefusal> {
  if (bytes.length === 0) return refuse({ code: "evidence.empty" });
  if (startsWith(bytes, JPEG)) return readJpeg(bytes);
  if (startsWith(bytes, PNG)) return readPng(bytes);
  return refuse({ code: "evidence.not-a-picture" });
}

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const CUT_OFF = refuse({ code: "evidence.cut-off" } as const);
const BROKEN = refuse({ code: "evidence.broken" } as const);

function startsWith(bytes: Bytes, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** ISO/IEC 10918-1, B.1.1: segments up to the end marker, entropy-coded data between them. What follows is not ours. */
function readJpeg(bytes: Bytes): Result<PictureShape, PictureRefusal> {
  let frame: { readonly width: number; readonly height: number } | null = null;
  let hasScan = false;
  for (let at = 2; at < bytes.length;) {
    if (bytes[at] !== 0xff) return BROKEN;
    const marker = bytes[at + 1];
    if (marker === undefined) return CUT_OFF;
    if (marker === 0xff)
      at += 1; // fill byte
    else if (marker === END_OF_IMAGE) {
      return frame && hasScan && frame.width > 0 && frame.height > 0
        ? ok({ type: "image/jpeg", ...frame })
        : BROKEN;
    } else if (isAlone(marker)) at += 2;
    else {
      const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
      const next = at + 2 + length;
      if (next > bytes.length || at + 3 >= bytes.length) return CUT_OFF;
      if (length < 2) return BROKEN;
      if (isFrame(marker)) {
        if (length < 8) return BROKEN;
        const two = (from: number) => ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
        frame = { height: two(at + 5), width: two(at + 7) };
      }
      if (marker === START_OF_SCAN) {
        if (!frame) return BROKEN;
        hasScan = true;
        at = endOfScan(bytes, next);
      } else at = next;
    }
  }
  return CUT_OFF;
}

const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** Markers without a length: TEM and the restarts. */
function isAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** SOF0 to SOF15 without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** In entropy-coded data 0xFF is followed by 0x00 or a restart; anything else is the next marker. */
function endOfScan(bytes: Bytes, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== 0x00 && !(next !== undefined && next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** PNG (third edition) 5.2 and 5.3: chunks with a checksum each, IHDR first, at least one IDAT, IEND last. */
function readPng(bytes: Bytes): Result<PictureShape, PictureRefusal> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let shape: PictureShape | null = null;
  let hasData = false;
  for (let at = PNG.length; at < bytes.length;) {
    if (at + 12 > bytes.length) return CUT_OFF;
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return CUT_OFF;
    const kind = view.getUint32(at + 4);
    if (crc32(bytes, at + 4, end - 4) !== view.getUint32(end - 4)) return BROKEN;
    if (!shape) {
      if (kind !== IHDR || length !== 13) return BROKEN;
      shape = { type: "image/png", width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
      if (shape.width === 0 || shape.height === 0) return BROKEN;
    }
    if (kind === IDAT) hasData = true;
    if (kind === IEND) return hasData ? ok(shape) : BROKEN;
    at = end;
  }
  return CUT_OFF;
}

const IHDR = 0x49484452;
const IDAT = 0x49444154;
const IEND = 0x49454e44;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Bytes, from: number, to: number): number {
  let crc = 0xffffffff;
  for (let at = from; at < to; at++) crc = (CRC_TABLE[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
