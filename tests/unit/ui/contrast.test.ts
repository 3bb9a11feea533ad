// Every pair of colours that words are written in, computed from the token file: 4.5:1, and 7:1 in high contrast.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../../../renderer/ui/tokens.css"), "utf8");

const light = colours(':root,\n  [data-theme="light"]');
const dark = colours('[data-theme="dark"]');
const contrast = colours('[data-theme="contrast"]');

const pigments = ["action", "done", "sealed", "attention"] as const;
/** Words on surfaces. */
const written = [
  ...["paper", "sheet", "sunken"].flatMap((surface) => [
    ["ink", surface],
    ["ink-quiet", surface],
    ...pigments.map((pigment) => [`${pigment}-ink`, surface]),
  ]),
  ...pigments.flatMap((pigment) => [
    [`${pigment}-ink`, `${pigment}-soft`],
    ["ink", `${pigment}-soft`],
    [`on-${pigment}`, pigment],
  ]),
  ["on-action", "action-strong"],
  ["ink-quiet", "action-soft"],
] as [string, string][];
/** Shapes beside surfaces: 3:1 (WCAG 1.4.11). */
const drawn = ["paper", "sheet"].flatMap((surface) =>
  [...pigments, "edge", "focus"].map((shape): [string, string] => [shape, surface]),
);

describe.each([
  ["light", light, 4.5],
  ["dark", dark, 4.5],
  ["high contrast", contrast, 7],
] as const)("%s", (_, theme, least) => {
  test.each(written)("%s is readable on %s", (words, surface) => {
    expect(ratio(theme, words, surface)).toBeGreaterThanOrEqual(least);
  });

  test.each(drawn)("%s can be seen beside %s", (shape, surface) => {
    expect(ratio(theme, shape, surface)).toBeGreaterThanOrEqual(3);
  });
});

test("what the system asks for looks the same as what a person chooses", () => {
  expect(colours(":root:not([data-theme])", "prefers-color-scheme: dark")).toEqual(dark);
  expect(colours(":root:not([data-theme])", "prefers-contrast: more")).toEqual(contrast);
});

test("every theme has every colour", () => {
  expect([...dark.keys()]).toEqual([...light.keys()]);
  expect([...contrast.keys()].filter((name) => light.has(name))).toEqual([...light.keys()]);
});

test("a pair that is too close is not let through", () => {
  expect(
    ratio(
      new Map([
        ["a", "#777777"],
        ["b", "#ffffff"],
      ]),
      "a",
      "b",
    ),
  ).toBeLessThan(4.5);
});

/** The declarations of the rule with this selector, inside this media query if one is named. */
function colours(selector: string, media?: string): Map<string, string> {
  const from = media ? css.indexOf(`@media (${media})`) : 0;
  const rule = css.indexOf(`${selector} {`, from);
  expect(from, media).toBeGreaterThanOrEqual(0);
  expect(rule, selector).toBeGreaterThanOrEqual(0);
  const body = css.slice(css.indexOf("{", rule), css.indexOf("}", rule));
  const declared = [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)];
  return new Map(declared.map(([, name = "", value = ""]) => [name, value]));
}

function ratio(theme: ReadonlyMap<string, string>, one: string, other: string): number {
  const [a, b] = [luminance(theme.get(one)), luminance(theme.get(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(colour = ""): number {
  const parts = /^#(..)(..)(..)$/.exec(colour);
  if (!parts) throw new Error(`not a colour: ${colour}`);
  const [r = 0, g = 0, b = 0] = parts.slice(1).map((hex) => {
    const share = parseInt(hex, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
