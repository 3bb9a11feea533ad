// Keys and signatures: Ed25519 by node:crypto, and the rules about keys that it does not know (protocol 1.6). A key that has
// no part in the large group lets one signature stand for several messages: such a key proves nothing.
import { createHash, createPublicKey, verify } from "node:crypto";

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** `ed25519.` and the first 16 bytes of SHA-256("ed25519" || 0 || key): a key is named by what it is. */
export function keyIdOf(publicKey: Uint8Array): string {
  return `ed25519.${sha256(Buffer.from("ed25519\0"), publicKey).subarray(0, 16).toString("hex")}`;
}

/** RFC 8032 §5.1.7: S below the order, no cofactor; false for a key that is not sound. */
export function isSigned(bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || littleEndian(signature.subarray(32)) >= L || !isSound(publicKey))
    return false;
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]);
  return verify(null, bytes, createPublicKey({ key: der, format: "der", type: "spki" }), signature);
}

const sound = new Map<string, boolean>();

/** On the curve, spelled in the one canonical way, and in the group of order L. */
export function isSound(publicKey: Uint8Array): boolean {
  const name = Buffer.from(publicKey).toString("hex");
  const known = sound.get(name) ?? checkKey(publicKey);
  sound.set(name, known);
  return known;
}

function checkKey(publicKey: Uint8Array): boolean {
  const point = publicKey.length === 32 ? decode(publicKey) : undefined;
  return point !== undefined && !isZero(point) && isZero(times(L, point));
}

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));

/** x : y : z on -x² + y² = 1 + d x² y². */
type Point = readonly [x: bigint, y: bigint, z: bigint];

/** RFC 8032 §5.1.3. */
function decode(bytes: Uint8Array): Point | undefined {
  const sign = (bytes[31] ?? 0) >> 7;
  const y = littleEndian(bytes) & (2n ** 255n - 1n);
  if (y >= P) return undefined;
  const square = mod((y * y - 1n) * power(mod(D * y * y + 1n), P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * power(2n, (P - 1n) / 4n));
  if (mod(x * x) !== square || (x === 0n && sign === 1)) return undefined;
  return [Number(x & 1n) === sign ? x : P - x, y, 1n];
}

/** Bernstein, Birkner, Joye, Lange, Peters, "Twisted Edwards Curves", §6: complete, so it doubles too. */
function add([x1, y1, z1]: Point, [x2, y2, z2]: Point): Point {
  const [a, b] = [mod(z1 * z2), mod(mod(z1 * z2) ** 2n)];
  const [c, d] = [mod(x1 * x2), mod(y1 * y2)];
  const e = mod(D * c * d);
  const [f, g] = [b - e, b + e];
  return [mod(a * f * ((x1 + y1) * (x2 + y2) - c - d)), mod(a * g * (d + c)), mod(f * g)];
}

function times(scalar: bigint, point: Point): Point {
  let sum: Point = [0n, 1n, 1n];
  for (const bit of scalar.toString(2)) {
    sum = add(sum, sum);
    if (bit === "1") sum = add(sum, point);
  }
  return sum;
}

function isZero([x, y, z]: Point): boolean {
  return x === 0n && y === z;
}

function power(base: bigint, exponent: bigint): bigint {
  let product = 1n;
  for (const bit of exponent.toString(2)) {
    product = mod(product * product);
    if (bit === "1") product = mod(product * base);
  }
  return product;
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}
