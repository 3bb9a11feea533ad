// The recovery code and what is sealed to it (protocol 7).
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, invariant, pickInt, type Bytes } from "#shared/base";
import {
  openWithRecovery,
  proofOfCode,
  readRecoveryCode,
  recoveryPublicKey,
  sealToRecovery,
  writeRecoveryCode,
} from "#shared/crypto";
import { property } from "../../support/property.ts";

const bytesFrom =
  (seed: number) =>
  (length: number): Bytes => {
    const random = createRandom(seed);
    return Uint8Array.from({ length }, () => pickInt(0, 255, random));
  };

const seedOf = (code: string): Bytes => {
  const read = readRecoveryCode(code);
  invariant(read.ok, "the code can be read");
  return read.value;
};

test("[S14] a code has nine groups of four, reads back, and forgives spaces, hyphens, case and look-alikes", () => {
  const code = writeRecoveryCode(bytesFrom(5));
  expect(code).toMatch(/^(?:[A-Z2-7]{4} ){8}[A-Z2-7]{4}$/);
  const loose = code
    .toLowerCase()
    .replace(/ /g, "-")
    .replace(/o/g, "0")
    .replace(/i/g, "1")
    .replace(/b/g, "8");
  expect(seedOf(loose)).toEqual(seedOf(code));
  expect(proofOfCode(code)).toBe(code.replace(/ /g, "").slice(-8));
});

property(
  "[S14] one wrong or two swapped characters are noticed before anything is opened",
  500,
  [fc.integer({ min: 1, max: 1e9 }), fc.nat(34), fc.nat(30)],
  (seed, at, pick) => {
    const code = writeRecoveryCode(bytesFrom(seed)).replace(/ /g, "");
    const other = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".replace(code.charAt(at), "").charAt(pick);
    const wrong = code.slice(0, at) + other + code.slice(at + 1);
    expect(readRecoveryCode(wrong)).toEqual({ ok: false, error: { code: "recovery.malformed" } });
    const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
    if (swapped !== code) expect(readRecoveryCode(swapped).ok).toBe(false);
  },
);

test("[P21] what is sealed to a code opens with it and with no other, and not when a bit is flipped", async () => {
  const seed = seedOf(writeRecoveryCode(bytesFrom(1)));
  const other = seedOf(writeRecoveryCode(bytesFrom(2)));
  const dataKey = bytesFrom(3)(32);
  const sealed = await sealToRecovery(dataKey, await recoveryPublicKey(seed));
  expect(await openWithRecovery(sealed, seed)).toEqual({ ok: true, value: dataKey });
  expect(await openWithRecovery(sealed, other)).toEqual({ ok: false, error: { code: "recovery.wrong" } });
  for (const at of [0, 31, 32, sealed.length - 1]) {
    const flipped = sealed.map((byte, i) => (i === at ? byte ^ 1 : byte));
    expect((await openWithRecovery(flipped, seed)).ok).toBe(false);
  }
  expect((await openWithRecovery(sealed.slice(0, 20), seed)).ok).toBe(false);
});
