// The suite behind its port: both implementations give the same bytes, and a start with one that is wrong in any single
// thing is refused before it computes anything (P11).
import * as nodeCrypto from "node:crypto";
import { describe, expect, test } from "vitest";
import { bytesToHex, createRandom, hexToBytes, utf8, type Bytes } from "#shared/base";
import {
  createNativeSuite,
  createSigner,
  digest,
  isSignatureValid,
  nobleSuite,
  startSuite,
} from "#shared/crypto";
import type { Suite } from "#shared/crypto";
import { suite, useSuite } from "../../../shared/crypto/in-use.ts";
import { wordsForStart } from "../../../electron/window/refusal-words.ts";

const native = createNativeSuite<nodeCrypto.KeyObject>(nodeCrypto);

/** What was in use before stays in use after: files share this module. */
async function started(candidate: Suite): Promise<string> {
  const before = suite();
  try {
    const result = await startSuite(candidate);
    return result.ok ? "started" : `${result.error.code} ${String(result.error.facts?.["step"])}`;
  } finally {
    useSuite(before);
  }
}

test("both implementations pass the self-test, and the one that passed computes from then on", async () => {
  expect(await started(nobleSuite)).toBe("started");
  expect(await started(native)).toBe("started");
  const before = suite();
  await startSuite(native);
  const inUse = suite().by;
  const signer = createSigner(new Uint8Array(32).fill(5));
  const isValid = isSignatureValid(signer.sign(utf8("x")), utf8("x"), signer.publicKey);
  const hashed = bytesToHex(digest(utf8("abc")));
  useSuite(before);
  expect({ inUse, isValid }).toEqual({ inUse: "node:crypto", isValid: true });
  expect(hashed).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

const wrong: Readonly<Record<string, Partial<Suite>>> = {
  hash: { hash: (bytes) => native.hash(bytes).reverse() },
  "hash-in-parts": { createHash: () => ({ update: () => undefined, digest: () => native.hash(utf8("")) }) },
  "public-key": { openSecretKey: () => native.openSecretKey(new Uint8Array(32)) },
  sign: {
    openSecretKey: (secret) => ({ ...native.openSecretKey(secret), sign: () => new Uint8Array(64).fill(1) }),
  },
  verify: { openPublicKey: () => () => false },
  "message-refused": { openPublicKey: () => () => true },
  seal: { encrypt: (_sealing, plain) => plain },
  open: { decrypt: () => undefined },
  "open-refused": { decrypt: () => new Uint8Array(16) },
};

describe("a start is refused, and nothing changes, when", () => {
  test.each(Object.entries(wrong))("the implementation is wrong in: %s", async (step, part) => {
    const before = suite();
    const by = `wrong-${step}`;
    const result = await startSuite({ ...native, ...part, by });
    expect(result).toEqual({
      ok: false,
      error: { code: "crypto.self-test", facts: { step, by } },
    });
    expect(suite()).toBe(before);
  });

  test("it throws instead of answering", async () => {
    const thrower = (): never => {
      throw new Error("no such algorithm");
    };
    expect(await started({ ...native, hash: thrower })).toBe("crypto.self-test hash");
    expect(await started({ ...native, openPublicKey: thrower })).toBe("crypto.self-test verify");
  });

  test("it agrees with itself, and not with the other one", async () => {
    const onlyKnownAnswers: Suite = {
      ...native,
      hash: (bytes) => (bytes.length > 200 ? native.hash(bytes).fill(0) : native.hash(bytes)),
    };
    expect(await started(onlyKnownAnswers)).toBe("crypto.self-test same-hash");
  });

  test("objects sealed to the registry do not open with it", async () => {
    const onlyWithoutText: Suite = {
      ...native,
      decrypt: (sealing, sealed) => (sealing.aad.length > 1 ? undefined : native.decrypt(sealing, sealed)),
    };
    expect(await started(onlyWithoutText)).toBe("crypto.self-test object");
  });

  test("and both languages say so", () => {
    const { text } = wordsForStart("crypto.self-test", { step: "sign", by: "node:crypto" });
    expect(text).toMatch(/启动自检没有通过/);
    expect(text).toMatch(/self-test at start failed/);
    expect(text).toMatch(/step: sign/);
  });
});

describe("noble and Node's own", () => {
  const chance = createRandom(20261125);
  const random = (length: number) => Uint8Array.from({ length }, () => chance() * 256);

  test("sign, hash and seal the same bytes, and verify and open what the other made", () => {
    for (let i = 0; i < 12; i++) {
      const [secret, message] = [random(32), random(i * 23)];
      const sealing = { key: random(32), nonce: random(12), aad: random(i) };
      const [a, b] = [nobleSuite, native].map((one) => ({
        hash: bytesToHex(one.hash(message)),
        publicKey: bytesToHex(one.openSecretKey(secret).publicKey),
        signature: bytesToHex(one.openSecretKey(secret).sign(message)),
        sealed: bytesToHex(one.encrypt(sealing, message)),
      }));
      expect(a).toEqual(b);
      const made = { signature: hexToBytes(a?.signature ?? ""), sealed: hexToBytes(a?.sealed ?? "") };
      const publicKey = hexToBytes(a?.publicKey ?? "");
      for (const one of [nobleSuite, native]) {
        expect(one.openPublicKey(publicKey)(made.signature, message)).toBe(true);
        expect(one.decrypt(sealing, made.sealed)).toEqual(message);
      }
    }
  });

  test("never throw for what is no key, no signature or nothing sealed", () => {
    const sealing = { key: random(32), nonce: random(12), aad: random(3) };
    const noKeys: Bytes[] = [random(31), random(33), new Uint8Array(0), new Uint8Array(32).fill(255)];
    for (const one of [nobleSuite, native]) {
      for (const key of noKeys) expect(one.openPublicKey(key)(random(64), utf8("x"))).toBe(false);
      const verify = one.openPublicKey(native.openSecretKey(random(32)).publicKey);
      for (const length of [0, 63, 64, 65]) expect(verify(random(length), utf8("x"))).toBe(false);
      for (const length of [0, 15, 16, 40]) expect(one.decrypt(sealing, random(length))).toBeUndefined();
    }
  });
});
