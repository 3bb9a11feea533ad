// What a picture file must be before it is kept (S7): whole, and a picture.
import { describe, expect, test } from "vitest";
import { concatBytes, createRandom, pickInt, utf8, type Bytes } from "#shared/base";
import { readPicture } from "#shared/exam";
import { aJpeg, aPng, withComment } from "../../support/pictures.ts";

const jpeg = aJpeg({ width: 4000, height: 3000 });
const png = aPng({ width: 7, height: 5 });

describe("a whole picture", () => {
  test("says its kind and size", () => {
    expect(readPicture(jpeg)).toEqual({
      ok: true,
      value: { type: "image/jpeg", width: 4000, height: 3000 },
    });
    expect(readPicture(png)).toEqual({ ok: true, value: { type: "image/png", width: 7, height: 5 } });
  });

  test("may carry a comment, fill bytes and what a telephone puts behind its end", () => {
    const filled = concatBytes(jpeg.subarray(0, 2), Uint8Array.of(0xff, 0xff), jpeg.subarray(2));
    for (const bytes of [withComment(jpeg, "GPS 34.2 N"), filled, concatBytes(jpeg, utf8("MotionPhoto"))])
      expect(readPicture(bytes)).toMatchObject({ ok: true, value: { width: 4000 } });
  });
});

describe("[S7] what is no whole picture", () => {
  const code = (bytes: Bytes) => {
    const read = readPicture(bytes);
    return read.ok ? "taken" : read.error.code;
  };

  test("zero bytes are refused as empty", () => {
    expect(code(new Uint8Array(0))).toBe("evidence.empty");
  });

  test.each([
    ["a text", utf8("不是照片")],
    ["a GIF", utf8("GIF89a and so on")],
    ["a JPEG's first two bytes", Uint8Array.of(0xff, 0xd8)],
    ["a renamed document", utf8("%PDF-1.7")],
  ])("%s is refused as no picture", (_, bytes) => {
    expect(code(bytes)).toBe("evidence.not-a-picture");
  });

  test("cut off at any byte, a JPEG is refused", () => {
    for (let length = 3; length < jpeg.length; length += length < 80 ? 1 : 37)
      expect(["evidence.cut-off", "evidence.broken"], `${length} bytes`).toContain(
        code(jpeg.slice(0, length)),
      );
    expect(code(jpeg.slice(0, -1))).toBe("evidence.cut-off");
    expect(code(jpeg.slice(0, -2))).toBe("evidence.cut-off");
  });

  test("cut off at any byte, a PNG is refused as cut off", () => {
    for (let length = 8; length < png.length; length++)
      expect(code(png.slice(0, length)), `${length} bytes`).toBe("evidence.cut-off");
  });

  test("a PNG with any bit turned is refused", () => {
    const random = createRandom(7);
    for (let i = 0; i < 400; i++) {
      const at = pickInt(0, png.length - 1, random);
      const turned = png.slice();
      turned[at] = (turned[at] ?? 0) ^ (1 << pickInt(0, 7, random));
      expect(code(turned), `byte ${at}`).not.toBe("taken");
    }
  });

  test.each([
    ["no frame", [0xff, 0xd8, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 0xff, 0xd9]],
    ["no scan", [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 9, 0, 9, 1, 1, 0x11, 0, 0xff, 0xd9]],
    ["a frame too short for a size", [0xff, 0xd8, 0xff, 0xc0, 0, 4, 8, 0, 0xff, 0xd9, 0, 0, 0, 0]],
    ["a segment of no length", [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9, 0, 0]],
    ["bytes between segments", [0xff, 0xd8, 0xff, 0x01, 7, 7, 7, 7]],
    ["no height", [...aJpeg({ height: 0, bytes: 4 })]],
  ])("a JPEG with %s is broken", (_, bytes) => {
    expect(code(Uint8Array.from(bytes))).toBe("evidence.broken");
  });

  test.each([
    ["another first chunk", concatBytes(png.subarray(0, 8), png.subarray(8 + 25))],
    ["no data", concatBytes(png.subarray(0, 8 + 25), png.subarray(-12))],
    ["no width", aPng({ width: 0, height: 5 })],
  ])("a PNG with %s is broken", (_, bytes) => {
    expect(code(bytes)).toBe("evidence.broken");
  });
});
