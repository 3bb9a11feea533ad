// A sealed object opens whole, for its registry and its device, or not at all.
import { beforeAll, describe, expect, test } from "vitest";
import { bytesToHex, concatBytes, isEqualBytes, type Bytes } from "#shared/base";
import { newTransportPair, openObject, sealObject } from "#shared/crypto";
import { aSigner } from "../../support/wire-builders.ts";

const device = aSigner(1).kid;
const plain = Uint8Array.from({ length: 3 * 65_536 + 17 }, (_, i) => (i * 31) & 0xff);
/** "ERTO", version, suite, u16 length, 32 bytes of key, u32 chunk size. */
const HEADER = 4 + 2 + 2 + 32 + 4;
const SEALED_CHUNK = 65_536 + 16;

let pair: { publicKey: Bytes; secretKey: Bytes };
let sealed: Bytes;
beforeAll(async () => {
  pair = await newTransportPair();
  sealed = await sealObject(plain, pair.publicKey, device);
});
const codeOf = async (object: Bytes, secret = pair.secretKey, as = device) => {
  const opened = await openObject(object, secret, as);
  return opened.ok ? "ok" : opened.error.code;
};
const chunk = (i: number) => sealed.subarray(HEADER + i * SEALED_CHUNK, HEADER + (i + 1) * SEALED_CHUNK);

describe("sealed objects", () => {
  test("open to the bytes that were sealed, empty and chunk-sized ones too", async () => {
    for (const length of [0, 1, 65_535, 65_536, 65_537, plain.length]) {
      const bytes = plain.subarray(0, length);
      const opened = await openObject(
        await sealObject(bytes, pair.publicKey, device),
        pair.secretKey,
        device,
      );
      expect(opened.ok && isEqualBytes(opened.value, bytes)).toBe(true);
    }
  });

  test("are never the same twice, and say nothing of what is in them", async () => {
    const again = await sealObject(plain, pair.publicKey, device);
    expect(bytesToHex(again.subarray(0, 200))).not.toBe(bytesToHex(sealed.subarray(0, 200)));
    expect(again.length).toBe(sealed.length);
  });

  test("do not open for another registry or as another device's", async () => {
    const other = await newTransportPair();
    expect(await codeOf(sealed, other.secretKey)).toBe("object.undecryptable");
    expect(await codeOf(sealed, pair.secretKey, aSigner(2).kid)).toBe("object.undecryptable");
  });

  test("do not open truncated, at a chunk's border or anywhere else", async () => {
    for (const length of [
      HEADER + SEALED_CHUNK,
      HEADER + 3 * SEALED_CHUNK,
      sealed.length - 1,
      HEADER + 16,
      HEADER,
      3,
      0,
    ]) {
      expect(await codeOf(sealed.subarray(0, length))).not.toBe("ok");
    }
  });

  test("do not open with chunks swapped, repeated, dropped or added", async () => {
    const header = sealed.subarray(0, HEADER);
    const tail = sealed.subarray(HEADER + 3 * SEALED_CHUNK);
    for (const order of [
      [1, 0, 2],
      [0, 0, 2],
      [0, 2],
      [0, 1, 2, 2],
    ]) {
      expect(await codeOf(concatBytes(header, ...order.map(chunk), tail))).toBe("object.undecryptable");
    }
    expect(await codeOf(concatBytes(sealed, tail))).toBe("object.undecryptable");
    expect(await codeOf(concatBytes(sealed, new Uint8Array(1)))).toBe("object.undecryptable");
  });

  test("do not open with any bit of the header or of a sampled byte turned", async () => {
    const places = [...Array.from({ length: HEADER }, (_, i) => i), 100, 70_000, sealed.length - 1];
    for (const place of places) {
      const object = sealed.slice();
      object[place] = (object[place] ?? 0) ^ 1;
      expect([place, await codeOf(object)]).not.toEqual([place, "ok"]);
    }
  });
});
