// Files of pictures for tests: PNGs that any program can show, and JPEGs whose structure is whole though nothing can be
// seen on them. The same numbers make the same bytes.
import { deflateSync } from "node:zlib";
import { concatBytes, createRandom, pickInt, utf8, type Bytes } from "#shared/base";

/** Noise, so that its size is what the pixels take: about 3 bytes each. */
export function aPng(options: {
  width: number;
  height: number;
  seed?: number;
  /** Faster noise, of other bytes each time. */
  noise?: (length: number) => Bytes;
}): Bytes {
  const { width, height, seed = 1, noise } = options;
  const random = createRandom(seed);
  const rowBytes = 1 + 3 * width;
  const rows = noise
    ? new Uint8Array(noise(height * rowBytes))
    : Uint8Array.from({ length: height * rowBytes }, () => pickInt(0, 255, random));
  for (let at = 0; at < rows.length; at += rowBytes) rows[at] = 0; // no filter
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2, 0, 0, 0], 8); // eight bits, colours, no interlace
  return concatBytes(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 1 })),
    chunk("IEND", new Uint8Array(0)),
  );
}

function chunk(kind: string, data: Bytes): Bytes {
  const body = concatBytes(utf8(kind), data);
  const frame = new Uint8Array(8);
  const view = new DataView(frame.buffer);
  view.setUint32(0, data.length);
  view.setUint32(4, crc32(body));
  return concatBytes(frame.subarray(0, 4), body, frame.subarray(4));
}

/** Half a byte at a time, unlike the one it checks. */
function crc32(bytes: Bytes): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let half = 0; half < 2; half++) crc = (crc >>> 4) ^ (CRC_HALVES[crc & 15] ?? 0);
  }
  return ~crc >>> 0;
}

const CRC_HALVES = Array.from({ length: 16 }, (_, half) => {
  let crc = half;
  for (let bit = 0; bit < 4; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

export interface JpegOptions {
  readonly width?: number;
  readonly height?: number;
  /** Of the entropy-coded part. */
  readonly bytes?: number;
  readonly seed?: number;
  readonly comment?: string;
}

export function aJpeg(options: JpegOptions = {}): Bytes {
  const { width = 4000, height = 3000, bytes = 2000, seed = 1, comment } = options;
  const random = createRandom(seed);
  const scan = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at++) scan[at] = pickInt(0, 254, random);
  return concatBytes(
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, concatBytes(utf8("JFIF"), Uint8Array.of(0, 1, 1, 0, 0, 1, 0, 1, 0, 0))),
    ...(comment === undefined ? [] : [segment(0xfe, utf8(comment))]),
    segment(0xc0, Uint8Array.of(8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0)),
    segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
    scan,
    Uint8Array.of(0xff, 0x00, 0xff, 0xd3, 7, 0xff, 0xd9),
  );
}

/** What a telephone writes in front of the picture: where, when, and what somebody typed. */
export function withComment(jpeg: Bytes, comment: string): Bytes {
  const exif = concatBytes(utf8("Exif"), Uint8Array.of(0, 0), utf8(comment));
  return concatBytes(
    jpeg.subarray(0, 2),
    segment(0xe1, exif),
    segment(0xfe, utf8(comment)),
    jpeg.subarray(2),
  );
}

function segment(marker: number, data: Bytes): Bytes {
  const length = data.length + 2;
  return concatBytes(Uint8Array.of(0xff, marker, length >> 8, length & 255), data);
}
