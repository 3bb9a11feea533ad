// What is published of a draw: the packs, the words in both languages, and the sheets that inspectors fill in (一公开).
import { expect, test } from "vitest";
import { hashId } from "#shared/crypto";
import { canonicalBytes } from "#shared/wire";
import { InspectorId } from "#shared/exam";
import type { RevealedDraw } from "../../../registry/inspection/draws.ts";
import {
  drawFiles,
  findingsTable,
  inspectionForms,
  publicationText,
} from "../../../registry/inspection/publication.ts";
import { MATTERS } from "../../../registry/inspection/words.ts";
import { aDraw, signedDraw, type ADraw } from "../../support/a-draw.ts";

function revealed({ promise, draw }: ADraw = aDraw()): RevealedDraw {
  const records = signedDraw({ promise, draw });
  return {
    commitment: { value: promise, hash: hashId(canonicalBytes(promise)), record: records.promise },
    draw: { value: draw, hash: hashId(canonicalBytes(draw)), record: records.draw },
    proof: null,
  };
}

test("the text says in both languages what was fixed before, the value, and who goes where", () => {
  const { draw } = aDraw();
  const [first] = draw.drawn;
  const aside = draw.drawn.find(({ stoodAside }) => stoodAside.length > 0);
  const zh = publicationText(revealed(), "zh-CN", false);
  const en = publicationText(revealed(), "en", false);
  for (const text of [zh, en]) {
    expect(text).toContain("2026-12-01 10:00");
    expect(text).toContain("03 08 11 19 25 30");
    expect(text).toContain("npm run verify -- 2026-2.draw");
    expect(text).toContain(first?.inspectors.join(", "));
    expect(text).toContain(aside?.stoodAside.join(", "));
    expect(text).not.toContain("演示");
  }
  expect(zh).toContain(`${first?.object ?? ""} 中心`);
  expect(en).toContain(`Centre ${first?.object ?? ""}`);
  expect(en).toContain("always inspected");
});

test("whatever a demonstration publishes is marked as one", () => {
  for (const text of [
    publicationText(revealed(), "zh-CN", true),
    publicationText(revealed(), "en", true),
    inspectionForms(revealed(), true),
  ]) {
    expect(text).toContain("演示 DEMONSTRATION");
  }
});

test("the table has a row for every matter of every inspected institution, and no cell is taken for a formula", () => {
  const { promise, draw } = aDraw();
  const objects = draw.register.objects.map((one) => ({ ...one, name: { zh: '=1+1"', en: "=2" } }));
  const table = findingsTable(
    revealed({ promise, draw: { ...draw, register: { ...draw.register, objects } } }),
  );
  const lines = table.slice(1).trimEnd().split("\r\n");
  expect(table.startsWith("\uFEFF")).toBe(true);
  expect(lines).toHaveLength(1 + draw.drawn.length * MATTERS.length);
  expect(lines[1]).toContain(`"'=1+1"" =2"`);
});

test("a name in a form is text and never markup, and every inspector has a line to sign", () => {
  const { promise, draw } = aDraw();
  const objects = draw.register.objects.map((one) => ({ ...one, name: { zh: "<b>中心", en: "Centre" } }));
  const form = inspectionForms(
    revealed({ promise, draw: { ...draw, register: { ...draw.register, objects } } }),
    false,
  );
  expect(form).not.toContain("<b>");
  expect(form).toContain("&lt;b&gt;中心");
  expect(form.match(/检查人员 Inspector/g)).toHaveLength(draw.drawn.length * 2);
});

test("the files are named after the draw; without a published log there is no proof among them", () => {
  const keyset = new Uint8Array(3);
  const names = drawFiles(revealed(), keyset, false).map(({ name }) => name);
  expect(names).toEqual([
    "2026-2.commitment",
    "2026-2.draw",
    "2026-2.zh-CN.txt",
    "2026-2.en.txt",
    "2026-2.findings.csv",
    "2026-2.forms.html",
  ]);
  expect(drawFiles({ ...revealed(), proof: keyset }, keyset, false).map(({ name }) => name)).toContain(
    "2026-2.proof",
  );
  expect(InspectorId.safeParse("=cmd").success).toBe(false);
});
