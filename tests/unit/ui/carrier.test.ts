// react-aria's usePress puts a style element into the page unless one with its id is there, and our policy forbids
// style elements (rulings 21). If a new version looks for another id or brings another rule, this is where it shows.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const renderer = join(import.meta.dirname, "../../../renderer");
const reactAria = dirname(createRequire(import.meta.url).resolve("react-aria/package.json"));
const usePress = readFileSync(join(reactAria, "dist/private/interactions/usePress.mjs"), "utf8");
const carrier = "react-aria-pressable-style";

test("react-aria still looks for the id that the pages carry", () => {
  expect(usePress).toContain(`STYLE_ID = '${carrier}'`);
  expect(usePress).toMatch(/getElementById\(\S+STYLE_ID\)\) return;/);
});

test.each(["index.html", "confirm.html"])("%s carries the id, and no style element of its own", (page) => {
  const html = readFileSync(join(renderer, page), "utf8");
  expect(html).toContain(`<meta id="${carrier}"`);
  expect(html).not.toMatch(/<style|\sstyle=/);
});

test("our style sheet carries the rule that is kept out", () => {
  const rule = "touch-action: pan-x pan-y pinch-zoom;";
  expect(usePress).toContain(rule);
  expect(readFileSync(join(renderer, "ui/base.css"), "utf8")).toMatch(
    new RegExp(`\\[data-react-aria-pressable\\] \\{\\s*${rule}`),
  );
});

test.each(["index.html", "confirm.html"])("%s turns zod's compiler off before its first module", (page) => {
  const html = readFileSync(join(renderer, page), "utf8");
  expect(html.indexOf("/no-eval.js")).toBeGreaterThan(0);
  expect(html.indexOf("/no-eval.js")).toBeLessThan(html.indexOf('type="module"'));
});
