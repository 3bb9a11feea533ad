// The four characters two people compare: always the same for one hash, and no two alike.
import { describe, expect, test } from "vitest";
import { bytesToBase32, HashId, hexToBytes, utf8 } from "#shared/base";
import { hashId } from "#shared/crypto";
import { stampOf } from "#shared/wire";

/** A hash whose first ten bits are `index`. */
const hashStarting = (index: number) =>
  HashId.parse(`sha256:${(BigInt(index) << 246n).toString(16).padStart(64, "0")}`);
const alphabet = Array.from({ length: 1024 }, (_, i) => stampOf(hashStarting(i)).characters[0]);

describe("the stamp", () => {
  test("has 1,024 characters, all different, each one UTF-16 unit of the common Han block", () => {
    expect(new Set(alphabet).size).toBe(1024);
    for (const character of alphabet) expect(character).toMatch(/^[\u4e00-\u9fff]$/);
  });

  test("is stable: a new list of characters would change every seal ever printed", () => {
    const all = hashId(utf8(alphabet.join("")));
    expect(all).toBe("sha256:a5938408163ca621385603a046d247d1a1e4a2bed52634352dd9752b625d2a16");
  });

  test("spells the first 40 bits in characters and the first 50 in Base32", () => {
    const hash = hashId(utf8("a sheet"));
    const stamp = stampOf(hash);
    const bits = BigInt(`0x${hash.slice(7, 17)}`);
    expect(stamp.characters).toEqual([30n, 20n, 10n, 0n].map((by) => alphabet[Number((bits >> by) & 1023n)]));
    const code = bytesToBase32(hexToBytes(hash.slice(7, 21))).slice(0, 10);
    expect(stamp.code.replace("-", "")).toBe(code);
    expect(stamp.code).toMatch(/^[A-Z2-7]{5}-[A-Z2-7]{5}$/);
  });
});
