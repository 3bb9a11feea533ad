// Ed25519 as RFC 8032 has it, and stricter about keys: F10 of the field, one signature for every message, must not
// happen here (P11).
import { generateKeyPairSync } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { bytesToHex, concatBytes, hexToBytes, utf8 } from "#shared/base";
import { checkPublicKey, createSigner, hashId, isSignatureValid, keyId } from "#shared/crypto";
import { digest } from "#shared/crypto";
import { LOW_ORDER, ORDER_8 } from "../../support/low-order.ts";
import rfc8032 from "../../vectors/ed25519-rfc8032.json" with { type: "json" };

describe("RFC 8032 section 7.1", () => {
  test.each(rfc8032)("$name signs and verifies", ({ secret, publicKey, message, signature }) => {
    const signer = createSigner(hexToBytes(secret));
    expect(bytesToHex(signer.publicKey)).toBe(publicKey);
    expect(bytesToHex(signer.sign(hexToBytes(message)))).toBe(signature);
    expect(isSignatureValid(hexToBytes(signature), hexToBytes(message), hexToBytes(publicKey))).toBe(true);
  });

  test.each(rfc8032)(
    "$name with any bit of the signature turned is refused",
    ({ publicKey, message, signature }) => {
      for (let bit = 0; bit < 512; bit += 7) {
        const bytes = hexToBytes(signature);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isSignatureValid(bytes, hexToBytes(message), hexToBytes(publicKey))).toBe(false);
      }
    },
  );
});

describe("[P11] keys that are no keys", () => {
  test("there are fourteen low-order encodings, all different", () => {
    expect(new Set(LOW_ORDER).size).toBe(14);
  });

  test.each(LOW_ORDER)("low-order key %s is refused", (hex) => {
    expect(checkPublicKey(hexToBytes(hex)).ok).toBe(false);
  });

  test("a signature of zeros under a low-order key verifies for no message", () => {
    for (const hex of LOW_ORDER) {
      const signature = concatBytes(hexToBytes(`01${"00".repeat(31)}`), new Uint8Array(32));
      for (const message of ["score=100", "score=0", ""]) {
        expect(isSignatureValid(signature, utf8(message), hexToBytes(hex))).toBe(false);
      }
    }
  });

  test("a key with a torsion part is refused although it is on the curve", () => {
    const sound = ed25519.Point.fromHex(bytesToHex(createSigner(new Uint8Array(32).fill(5)).publicKey));
    const torsion = ed25519.Point.fromHex(ORDER_8);
    const mixed = sound.add(torsion).toBytes();
    expect(checkPublicKey(mixed)).toMatchObject({ error: { code: "key.torsion" } });
  });

  test("a non-canonical y, a point off the curve and a wrong length are refused", () => {
    const [y, x] = [`f0${"ff".repeat(30)}7f`, `02${"00".repeat(31)}`];
    for (const hex of [y, x, "00".repeat(31), "00".repeat(33), ""]) {
      expect(checkPublicKey(hexToBytes(hex))).toMatchObject({ error: { code: "key.malformed" } });
    }
  });

  test("ordinary keys of another implementation are taken", () => {
    for (let i = 0; i < 5; i++) {
      const { publicKey } = generateKeyPairSync("ed25519");
      const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
      expect(checkPublicKey(new Uint8Array(raw)).ok).toBe(true);
    }
  });
});

test("key ids and hash ids are what the protocol spells", () => {
  const key = new Uint8Array(32).fill(7);
  const expected = digest(concatBytes(utf8("ed25519"), new Uint8Array(1), key)).subarray(0, 16);
  expect(keyId(key)).toBe(`ed25519.${bytesToHex(expected)}`);
  expect(hashId(new Uint8Array())).toBe(
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
});
