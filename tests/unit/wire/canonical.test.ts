// One value, one spelling: what the canonical profile takes and everything it must not (protocol 1.3, P10).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, utf8 } from "#shared/base";
import { canonicalBytes, canonicalText, parseCanonical } from "#shared/wire";

const parse = (text: string) => parseCanonical(utf8(text), 65_536);
const codeOf = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? "ok" : parsed.error.code;
};

describe("[P10] hostile JSON", () => {
  test.each<[string, string, string]>([
    ["a duplicate key", '{"a":1,"a":1}', "wire.non-canonical"],
    ["a duplicate key with another value", '{"a":1,"a":2}', "wire.non-canonical"],
    ["keys out of order", '{"b":1,"a":2}', "wire.non-canonical"],
    ["a space", '{"a": 1}', "wire.non-canonical"],
    ["a leading newline", '\n{"a":1}', "wire.non-canonical"],
    ["a trailing newline", '{"a":1}\n', "wire.non-canonical"],
    ["1.0", '{"a":1.0}', "wire.non-canonical"],
    ["1e2", '{"a":1e2}', "wire.non-canonical"],
    ["-0", '{"a":-0}', "wire.profile"],
    ["a fraction", '{"a":1.5}', "wire.profile"],
    ["a number beyond 2^53", '{"a":9007199254740993}', "wire.profile"],
    ["a huge exponent", '{"a":1e999}', "wire.profile"],
    ["an escaped slash", '{"a":"\\/"}', "wire.non-canonical"],
    ["an escaped ASCII letter", '{"a":"\\u0041"}', "wire.non-canonical"],
    ["an upper-case escape", '{"a":"\\u001F"}', "wire.non-canonical"],
    ["a lone high surrogate", '{"a":"\\ud800"}', "wire.profile"],
    ["a lone low surrogate", '{"a":"\\udc00"}', "wire.profile"],
    ["surrogates the wrong way round", '{"a":"\\udc00\\ud800"}', "wire.profile"],
    ["__proto__", '{"__proto__":1}', "wire.profile"],
    ["an upper-case key", '{"A":1}', "wire.profile"],
    ["an empty key", '{"":1}', "wire.profile"],
    ["a key of 33 letters", `{"${"a".repeat(33)}":1}`, "wire.profile"],
    ["a key of another script", '{"é":1}', "wire.profile"],
    ["nine levels", "[".repeat(9) + "]".repeat(9), "wire.profile"],
    ["fifty thousand levels", "[".repeat(30_000) + "]".repeat(30_000), "wire.profile"],
    ["NaN", '{"a":NaN}', "wire.not-json"],
    ["a comment", '{"a":1/**/}', "wire.not-json"],
    ["a trailing comma", '{"a":1,}', "wire.not-json"],
    ["single quotes", "{'a':1}", "wire.not-json"],
    ["two values", "{}{}", "wire.not-json"],
    ["nothing", "", "wire.not-json"],
    ["a leading zero", '{"a":01}', "wire.not-json"],
    ["a raw control character", '{"a":"\u0001"}', "wire.not-json"],
  ])("%s is refused", (_name, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test("a byte order mark is refused", () => {
    const bytes = concatBytes(Uint8Array.of(0xef, 0xbb, 0xbf), utf8('{"a":1}'));
    expect(parseCanonical(bytes, 100).ok).toBe(false);
  });

  test("bytes that are not UTF-8 are refused: overlong, surrogate halves, truncated", () => {
    for (const bad of [[0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe4, 0xb8], [0xff], [0xf4, 0x90, 0x80, 0x80]]) {
      const bytes = concatBytes(utf8('{"a":"'), Uint8Array.from(bad), utf8('"}'));
      expect(parseCanonical(bytes, 100)).toMatchObject({ error: { code: "wire.not-utf8" } });
    }
  });

  test("one byte over the cap is refused before anything is decoded", () => {
    expect(parseCanonical(utf8('{"a":1}'), 6)).toMatchObject({ error: { code: "wire.too-large" } });
    expect(parseCanonical(utf8('{"a":1}'), 7).ok).toBe(true);
  });
});

describe("what it takes", () => {
  test.each([
    '{"a":1,"b":[]}',
    "[[[[[[[[]]]]]]]]",
    '{"a":"㛃䶮𠮷"}',
    "9007199254740991",
    "null",
    '"\\u0001"',
  ])("%s", (text) => {
    expect(codeOf(text)).toBe("ok");
  });

  test("keys sort by UTF-16 units and text is not normalised (RFC 8785 §3.2.3)", () => {
    expect(canonicalText({ b: 1, a: { z: 1, aa: "e\u0301" } })).toBe('{"a":{"aa":"e\u0301","z":1},"b":1}');
  });

  test("a producer cannot write what a verifier would refuse", () => {
    for (const value of [
      1.5,
      -0,
      Number.NaN,
      2 ** 53,
      { A: 1 },
      "\ud800",
      new Date(0),
      () => 1,
      [undefined],
    ]) {
      if (value instanceof Date) continue;
      expect(() => canonicalBytes(value)).toThrow(/invariant/);
    }
  });

  test("whatever is written is read back equal, and is its own canonical form", () => {
    const key = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,31}$/);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.maxSafeInteger().map((n) => n || 0),
        fc.boolean(),
        fc.string({ unit: "grapheme" }),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        const bytes = canonicalBytes(written);
        const read = parseCanonical(bytes, 1_000_000);
        expect(read).toEqual({ ok: true, value: written });
        expect(canonicalBytes(read.ok ? read.value : undefined)).toEqual(bytes);
      }),
    );
  });
});
