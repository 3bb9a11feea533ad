// Bytes and their texts: hex, base64, base64url, base32. Strict both ways: one text per byte string, one byte string
// per text, so that a hash or a signature has exactly one spelling (RFC 4648 §3.5, §12).
import { invariant } from "./invariant.ts";

export type Bytes = Uint8Array;

const encoder = new TextEncoder();

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Decodes strictly: throws on bytes that are not UTF-8, keeps a byte order mark for the caller to refuse. */
export function utf8ToText(bytes: Bytes): string {
  return decoder.decode(bytes);
}

/** Undefined for bytes that are not UTF-8. */
export function readUtf8(bytes: Bytes): string | undefined {
  try {
    return utf8ToText(bytes);
  } catch {
    return undefined; // the fatal decoder throws a TypeError, and nothing else
  }
}

export function concatBytes(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function isEqualBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

export function bytesToHex(bytes: Bytes): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte] ?? "";
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hexToBytes(text: string): Bytes {
  invariant(/^(?:[0-9a-f]{2})*$/.test(text), "lower-case hex expected");
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = 16 * hexDigit(text.charCodeAt(2 * i)) + hexDigit(text.charCodeAt(2 * i + 1));
  return bytes;
}

function hexDigit(code: number): number {
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function bytesToBase64(bytes: Bytes): string {
  const text = bitsToText(bytes, 6, BASE64);
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}

export function bytesToBase64url(bytes: Bytes): string {
  return bitsToText(bytes, 6, BASE64URL);
}

/** RFC 4648 §6 without padding; the code people read to one another by telephone. */
export function bytesToBase32(bytes: Bytes): string {
  return bitsToText(bytes, 5, BASE32);
}

export function base32ToBytes(text: string): Bytes | undefined {
  const bytes = textToBits(text, 5, BASE32);
  return bytes && bytesToBase32(bytes) === text ? bytes : undefined;
}

/** Undefined when the text is not the one canonical base64 spelling of some bytes. */
export function base64ToBytes(text: string): Bytes | undefined {
  const bare = text.replace(/={0,2}$/, "");
  const bytes = textToBits(bare, 6, BASE64);
  return bytes && bytesToBase64(bytes) === text ? bytes : undefined;
}

export function base64urlToBytes(text: string): Bytes | undefined {
  const bytes = textToBits(text, 6, BASE64URL);
  return bytes && bytesToBase64url(bytes) === text ? bytes : undefined;
}

function bitsToText(bytes: Bytes, width: number, alphabet: string): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= width) {
      bits -= width;
      text += alphabet.charAt((held >> bits) & ((1 << width) - 1));
      held &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + alphabet.charAt((held << (width - bits)) & ((1 << width) - 1)) : text;
}

function textToBits(text: string, width: number, alphabet: string): Bytes | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * width) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return undefined;
    held = (held << width) | value;
    bits += width;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
      held &= (1 << bits) - 1;
    }
  }
  return bytes;
}
