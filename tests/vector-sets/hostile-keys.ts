// Keys and signatures that other libraries take: points of small order, points with a torsion part, an S spelled twice. Each
// must be refused by both implementations, whatever the message (P11, protocol F10).
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, createRandom, hexToBytes, utf8, type Bytes } from "#shared/base";
import { checkPublicKey, nobleSuite, type Suite } from "#shared/crypto";
import { isSignatureValidBy } from "../../shared/crypto/ed25519.ts";
import { LOW_ORDER, ORDER_8 } from "../support/low-order.ts";
import { native } from "./public-crypto.ts";
import { codeOf, runHostile, type Hostile, type VectorSet } from "./set.ts";

const SEED = 20_261_125;
const { Point } = ed25519;
const L = Point.Fn.ORDER;

export const hostileKeys: VectorSet = {
  name: "hostile-keys",
  origin: "own",
  source: `seed ${String(SEED)}`,
  licence: "Apache-2.0",
  run: () => runHostile([...lowOrder(), ...mixedKeys(), ...spelledTwice(), ...torsionInR(), ...noPoints()]),
};

const ones = "ff".repeat(30);
/** The seven points of small order that are not the identity, in their one canonical spelling. */
const TORSION = Array.from({ length: 7 }, (_, i) => Point.fromHex(ORDER_8).multiplyUnsafe(BigInt(i + 1)));

/** Every pair of low-order key and low-order R, S = 0: under such a key one of them stands for any message. */
function lowOrder(): Hostile[] {
  return LOW_ORDER.flatMap((key) =>
    LOW_ORDER.flatMap((r) =>
      ["score=100", "score=0", ""].map((message) =>
        signature(
          `key ${key}, R ${r}`,
          hexToBytes(key),
          concatBytes(hexToBytes(r), new Uint8Array(32)),
          utf8(message),
        ),
      ),
    ),
  );
}

/** A sound key with a torsion part added: enrolment must say so, and no signature under it may stand. */
function mixedKeys(): Hostile[] {
  return someKeys(20).flatMap(({ a, publicKey }, n) =>
    TORSION.flatMap((torsion, i) => {
      const mixed = Point.fromBytes(publicKey).add(torsion).toBytes();
      const message = utf8(`mixed ${String(n)}`);
      const signed = signAs({ a, r: BigInt(n + 7), publicKey: mixed, message });
      const about = `key ${String(n)} with torsion ${String(i)}`;
      return [
        { about, expected: "key.torsion", offer: () => codeOf(checkPublicKey(mixed)) },
        signature(about, mixed, signed, message),
      ];
    }),
  );
}

/** S + nL: the same signature to a verifier that does not compare S with L. */
function spelledTwice(): Hostile[] {
  return someKeys(20).flatMap(({ secret, publicKey }, n) => {
    const message = utf8(`twice ${String(n)}`);
    const good = nobleSuite.openSecretKey(secret).sign(message);
    const s = littleEndian(good.subarray(32));
    return Array.from({ length: 14 }, (_, i) => s + L * BigInt(i + 1))
      .filter((spelled) => spelled < 2n ** 256n)
      .map((spelled) =>
        signature(
          `S of key ${String(n)}`,
          publicKey,
          concatBytes(good.subarray(0, 32), bytesOf(spelled)),
          message,
        ),
      );
  });
}

/** R with a torsion part: verifiers with a cofactor take it, those without refuse it, and two sides would disagree. */
function torsionInR(): Hostile[] {
  return someKeys(20).flatMap(({ a, publicKey }, n) =>
    TORSION.map((torsion, i) => {
      const message = utf8(`R ${String(n)}`);
      const signed = signAs({ a, r: BigInt(n + 3), publicKey, message, torsion });
      return signature(`R of key ${String(n)} with torsion ${String(i)}`, publicKey, signed, message);
    }),
  );
}

/** y at or above p, points off the curve, other lengths. */
function noPoints(): Hostile[] {
  const above = Array.from({ length: 17 }, (_, i) => `${(0xee + i).toString(16)}${ones}7f`).map((hex) =>
    hexToBytes(hex),
  );
  const random = createRandom(SEED);
  const off: Bytes[] = [];
  while (off.length < 60) {
    const bytes = Uint8Array.from({ length: 32 }, () => random() * 256);
    if (!isPoint(bytes)) off.push(bytes);
  }
  const lengths = [0, 1, 31, 33, 64].map((length) => new Uint8Array(length).fill(7));
  return [...above, ...off, ...lengths].map((bytes) => ({
    about: bytesToHex(bytes),
    expected: "key.malformed",
    offer: () => {
      // y = p and y = p + 1 are low-order points spelled otherwise, and still no canonical key.
      const stands = [nobleSuite, native].some((suite) =>
        isSignatureValidBy(suite, new Uint8Array(64), utf8("x"), bytes),
      );
      return stands ? "taken" : codeOf(checkPublicKey(bytes));
    },
  }));
}

function signature(about: string, publicKey: Bytes, signed: Bytes, message: Bytes): Hostile {
  return {
    about,
    expected: "refused",
    offer: () => {
      const takes = (suite: Suite) => isSignatureValidBy(suite, signed, message, publicKey);
      const takers = [nobleSuite, native].filter(takes).map(({ by }) => by);
      return takers.length === 0 ? "refused" : `taken by ${takers.join(" and ")}`;
    },
  };
}

function someKeys(count: number) {
  const random = createRandom(SEED + count);
  return Array.from({ length: count }, () => {
    const secret = Uint8Array.from({ length: 32 }, () => random() * 256);
    const hashed = sha512(secret).slice(0, 32);
    hashed[0] = (hashed[0] ?? 0) & 248;
    hashed[31] = ((hashed[31] ?? 0) & 127) | 64;
    return { secret, a: littleEndian(hashed), publicKey: nobleSuite.openSecretKey(secret).publicKey };
  });
}

/** RFC 8032 §5.1.6 with a chosen r, and a point of small order added to R. */
function signAs({
  a,
  r,
  publicKey,
  message,
  torsion,
}: {
  a: bigint;
  r: bigint;
  publicKey: Bytes;
  message: Bytes;
  torsion?: InstanceType<typeof Point>;
}): Bytes {
  const bare = Point.BASE.multiply(r);
  const encoded = (torsion ? bare.add(torsion) : bare).toBytes();
  const k = Point.Fn.create(littleEndian(sha512(concatBytes(encoded, publicKey, message))));
  return concatBytes(encoded, bytesOf(Point.Fn.create(r + k * Point.Fn.create(a))));
}

function isPoint(bytes: Bytes): boolean {
  try {
    Point.fromBytes(bytes);
    return true;
  } catch {
    return false; // what is looked for here
  }
}

function littleEndian(bytes: Bytes): bigint {
  return BigInt(`0x${bytesToHex(bytes.slice().reverse())}`);
}

function bytesOf(number: bigint): Bytes {
  return hexToBytes(number.toString(16).padStart(64, "0")).reverse();
}
