// A bundle gives back what was put into it, and of a damaged or hostile one exactly the frames that are whole (A2, P8,
// T20).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, hexToBytes, isEqualBytes, utf8, type Bytes } from "#shared/base";
import {
  createBundleReader,
  envelopeFrame,
  objectFrame,
  proofFrame,
  readBundle,
  stampOf,
  writeBundle,
  type BundleFrame,
} from "#shared/wire";
import { aCandidateRef, anOfflineLaptop } from "../../support/wire-builders.ts";
import { property } from "../../support/property.ts";
import vectors from "../../vectors/bundle.json" with { type: "json" };

const { record } = anOfflineLaptop().sheet(aCandidateRef());
const object = Uint8Array.from({ length: 150_000 }, (_, i) => (i * 7) & 0xff);
const frames = [envelopeFrame(record), objectFrame(object), proofFrame(utf8("a proof"))];
const { bytes: whole, hash } = writeBundle(frames);
/** Where each frame begins and the end begins. */
const starts = frames.reduce((at, { bytes }) => [...at, (at.at(-1) ?? 0) + 41 + bytes.length], [8]);

const smallFrames = [envelopeFrame(record), objectFrame(object.subarray(0, 900)), proofFrame(utf8("p"))];
const small = writeBundle(smallFrames).bytes;
const two = writeBundle([envelopeFrame(record), objectFrame(object.subarray(0, 500))]).bytes;
const smallEnds = smallFrames.map((_, i) =>
  smallFrames.slice(0, i + 1).reduce((at, { bytes }) => at + 41 + bytes.length, 8),
);

describe("a bundle", () => {
  test("read in pieces of any size gives the same frames and the same hash", () => {
    for (const size of [1, 7, 41, 4096, whole.length]) {
      const reader = createBundleReader();
      const read: BundleFrame[] = [];
      const source = size === 1 ? whole.subarray(0, starts[1]) : whole;
      for (let at = 0; at < source.length; at += size)
        read.push(...reader.push(source.subarray(at, at + size)));
      expect(read.map(({ id }) => id)).toEqual(
        (size === 1 ? frames.slice(0, 1) : frames).map(({ id }) => id),
      );
      expect(reader.end()).toEqual(
        size === 1
          ? { trouble: "bundle.cut-short", hash: null, unusable: 0 }
          : { trouble: null, hash, unusable: 0 },
      );
    }
  });

  test("holds the very bytes that were put into it", () => {
    expect(
      readBundle(whole).frames.every(({ bytes }, i) =>
        isEqualBytes(bytes, frames[i]?.bytes ?? object.subarray(0, 0)),
      ),
    ).toBe(true);
  });

  test("is named by a code of ten characters that another frame changes", () => {
    expect(stampOf(hash).code).toMatch(/^[A-Z2-7]{5}-[A-Z2-7]{5}$/);
    expect(stampOf(writeBundle(frames.slice(1)).hash).code).not.toBe(stampOf(hash).code);
  });

  test("[P8] cut at the boundary of any frame gives every frame before it", () => {
    for (const [i, at] of starts.entries()) {
      const read = readBundle(whole.subarray(0, at));
      expect(read.frames.map(({ id }) => id)).toEqual(frames.slice(0, i).map(({ id }) => id));
      expect(read.end).toEqual({ trouble: "bundle.cut-short", hash: null, unusable: 0 });
    }
  });

  property(
    "[P8] cut at any byte gives every frame that was complete",
    10_000,
    [fc.nat(whole.length - 1)],
    (at) => {
      const cut = at % small.length;
      const complete = smallEnds.filter((end) => end <= cut).length;
      const read = readBundle(small.subarray(0, cut));
      expect(read.frames).toHaveLength(complete);
      expect(read.end.trouble).toBe("bundle.cut-short");
    },
  );

  describe.each(vectors.good)("the good vector: $name", ({ hex, kinds }) => {
    test("is read whole", () => {
      const read = readBundle(hexToBytes(hex));
      expect(read.frames.map(({ kind }) => kind)).toEqual(kinds);
      expect(read.end).toMatchObject({ trouble: null, unusable: 0 });
    });
  });

  describe.each(vectors.hostile)("the hostile vector: $name", ({ hex, kinds, trouble, unusable }) => {
    test("gives exactly the frames that are whole, and says what is wrong", () => {
      const read = readBundle(hexToBytes(hex));
      expect(read.frames.map(({ kind }) => kind)).toEqual(kinds);
      expect({ trouble: read.end.trouble, unusable: read.end.unusable }).toEqual({ trouble, unusable });
    });
  });

  property(
    "[T20] altered anywhere never gives a frame that was not put into it",
    3000,
    [fc.nat(), fc.integer({ min: 1, max: 255 }), fc.array(fc.nat(3000), { maxLength: 3 })],
    (place, flip, cuts) => {
      const altered = Uint8Array.from(two);
      const at = place % altered.length;
      altered[at] = (altered[at] ?? 0) ^ flip;
      const read = readInPieces(altered, cuts);
      // An envelope's id covers its payload; its signatures are for the verifier.
      const isKnown = ({ kind, bytes }: BundleFrame) =>
        kind === "envelope" || isEqualBytes(bytes, object.subarray(0, 500));
      expect(read.frames.every(isKnown)).toBe(true);
      expect(read.end.trouble === null && read.end.unusable === 0).toBe(false);
    },
  );

  property(
    "[T20] of any bytes at all is read without harm",
    3000,
    [fc.uint8Array({ maxLength: 400 }), fc.boolean()],
    (junk, hasMagic) => {
      const read = readBundle(hasMagic ? concatBytes(whole.subarray(0, 8), junk) : junk);
      expect(read.frames.length).toBeLessThanOrEqual(junk.length / 41);
    },
  );

  test("[T20] with twenty thousand frames and more is not read on", () => {
    const empty = writeBundle([objectFrame(new Uint8Array())]).bytes.subarray(8, 49);
    const reader = createBundleReader();
    reader.push(whole.subarray(0, 8));
    const page = concatBytes(...Array.from({ length: 5_000 }, () => empty));
    const read = Array.from({ length: 5 }, () => reader.push(page).length);
    expect(read.reduce((a, b) => a + b)).toBe(20_000);
    expect(reader.end().trouble).toBe("bundle.too-many-frames");
  });

  test("is not written with an envelope that nobody could read", () => {
    expect(() => envelopeFrame(utf8("no record"))).toThrow("invariant");
  });
});

function readInPieces(bytes: Bytes, cuts: readonly number[]) {
  const reader = createBundleReader();
  const at = [0, ...[...cuts].sort((a, b) => a - b).map((cut) => Math.min(cut, bytes.length)), bytes.length];
  const read = at.flatMap((from, i) => reader.push(bytes.subarray(from, at[i + 1] ?? bytes.length)));
  return { frames: read, end: reader.end() };
}
