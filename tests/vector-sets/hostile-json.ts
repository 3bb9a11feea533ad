// Values of the profile, generated, spelled in one way that is not the canonical one or not JSON at all (P10).
import { createRandom, pick, pickInt, utf8, type Random } from "#shared/base";
import { canonicalText, parseCanonical } from "#shared/wire";
import { codeOf, runHostile, type Hostile, type VectorSet } from "./set.ts";

const SEED = 20_261_127;
const COUNT = 3_000;

export const hostileJson: VectorSet = {
  name: "hostile-json",
  origin: "own",
  source: `seed ${String(SEED)}`,
  licence: "Apache-2.0",
  run: () => {
    const random = createRandom(SEED);
    return runHostile(Array.from({ length: COUNT }, (_, at) => vector(random, at)));
  },
};

function vector(random: Random, at: number): Hostile {
  const value = someObject(random, 1);
  const text = canonicalText(value);
  const [about, [expected, spell]] = pick(Object.entries(wrongs), random);
  return {
    about: `${String(at)}, ${about}: ${text}`,
    expected,
    offer: () => {
      // What is spoiled must have been sound before, or the vector shows nothing.
      const before = codeOf(parseCanonical(utf8(text), 65_536));
      return before === "ok"
        ? codeOf(parseCanonical(utf8(spell(text, random)), 65_536))
        : `sound one refused: ${before}`;
    },
  };
}

type Wrong = readonly [expected: string, spell: (text: string, random: Random) => string];

/** `text` is an object and ends in its member "z", a whole number. */
const wrongs: Readonly<Record<string, Wrong>> = {
  "space before": ["wire.non-canonical", (text) => ` ${text}`],
  "line end after": ["wire.non-canonical", (text) => `${text}\r\n`],
  "space inside": ["wire.non-canonical", (text) => text.replace("{", "{ ")],
  "space after a colon": ["wire.non-canonical", (text) => text.replace('"z":', '"z": ')],
  "number with a point": ["wire.non-canonical", (text) => text.replace(/\}$/, ".0}")],
  "number with an exponent": ["wire.non-canonical", (text) => text.replace(/\}$/, "e0}")],
  "number with a large exponent": ["wire.profile", (text) => text.replace(/\}$/, "5e300}")],
  fraction: ["wire.profile", (text) => text.replace(/\}$/, ".5}")],
  "number beyond 2^53": ["wire.profile", (text) => text.replace(/-?\d+\}$/, "9007199254740992}")],
  "minus zero": ["wire.profile", (text) => text.replace(/-?\d+\}$/, "-0}")],
  "member twice": ["wire.non-canonical", (text) => text.replace(/\}$/, ',"z":1}')],
  "member too late": ["wire.non-canonical", (text) => text.replace(/\}$/, ',"y":1}')],
  "name escaped": ["wire.non-canonical", (text) => text.replace('"z":', '"\\u007a":')],
  "solidus escaped": ["wire.non-canonical", (text) => text.replace(/\}$/, ',"zz":"\\/"}')],
  "escape in capitals": ["wire.non-canonical", (text) => text.replace(/\}$/, ',"zz":"\\u000F"}')],
  "pair of surrogates escaped": [
    "wire.non-canonical",
    (text) => text.replace(/\}$/, ',"zz":"\\ud83d\\ude00"}'),
  ],
  "half a pair": ["wire.profile", (text) => text.replace(/\}$/, ',"zz":"\\udc00"}')],
  "name in capitals": ["wire.profile", (text) => text.replace("{", '{"A":1,')],
  "name with a hyphen": ["wire.profile", (text) => text.replace(/\}$/, ',"z-z":1}')],
  "name of 33 letters": ["wire.profile", (text) => text.replace(/\}$/, `,"${"z".repeat(33)}":1}`)],
  prototype: ["wire.profile", (text) => text.replace("{", '{"__proto__":1,')],
  "nine levels": [
    "wire.profile",
    (text) => text.replace(/\}$/, `,"zz":${'{"a":'.repeat(8)}1${"}".repeat(8)}}`),
  ],
  cut: ["wire.not-json", (text, random) => text.slice(0, pickInt(1, text.length - 1, random))],
  "comma at the end": ["wire.not-json", (text) => text.replace(/\}$/, ",}")],
  "comma at the beginning": ["wire.not-json", (text) => text.replace("{", "{,")],
  "leading zero": ["wire.not-json", (text) => text.replace(/-?\d+\}$/, "01}")],
  plus: ["wire.not-json", (text) => text.replace(/-?\d+\}$/, "+1}")],
  hexadecimal: ["wire.not-json", (text) => text.replace(/-?\d+\}$/, "0x1}")],
  infinity: ["wire.not-json", (text) => text.replace(/-?\d+\}$/, "Infinity}")],
  undefined: ["wire.not-json", (text) => text.replace(/-?\d+\}$/, "undefined}")],
  "single quotes": ["wire.not-json", (text) => text.replace('"z"', "'z'")],
  "no quotes": ["wire.not-json", (text) => text.replace('"z"', "z")],
  "control character": ["wire.not-json", (text) => text.replace(/\}$/, ',"zz":"\u0001"}')],
  comment: ["wire.not-json", (text) => text.replace("{", "{//\n")],
  "two values": ["wire.not-json", (text) => `${text}${text}`],
  "byte order mark": ["wire.not-json", (text) => `\ufeff${text}`],
  "unknown escape": ["wire.not-json", (text) => text.replace(/\}$/, ',"zz":"\\x41"}')],
};

function someObject(random: Random, depth: number): Record<string, unknown> {
  const names = ["a", "bee", "c3", "kid", "mark", "w"].filter(() => random() < 0.6);
  return {
    ...Object.fromEntries(names.map((name) => [name, someValue(random, depth + 1)])),
    z: pickInt(1, 1_000_000, random),
  };
}

function someValue(random: Random, depth: number): unknown {
  const kind = pickInt(0, depth > 4 ? 3 : 5, random);
  switch (kind) {
    case 0:
      return pickInt(-9_007_199_254_740_991, 9_007_199_254_740_991, random);
    case 1:
      return pick(["", "匠评", 'a "quoted" word', "line\nend", "\u007f", "😀", "a\\b"], random);
    case 2:
      return random() < 0.5;
    case 3:
      return null;
    case 4:
      return Array.from({ length: pickInt(0, 4, random) }, () => someValue(random, depth + 1));
    default:
      return someObject(random, depth);
  }
}
