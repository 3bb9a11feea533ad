// What is published of a draw: the packs, the words in both languages, and the sheets that inspectors fill in (一公开).
import { describe, expect, test } from "vitest";
import { csvText, Day, utf8 } from "#shared/base";
import { hashId } from "#shared/crypto";
import { canonicalBytes } from "#shared/wire";
import { InspectorId } from "#shared/exam";
import type { RevealedDraw } from "../../../registry/inspection/draws.ts";
import { findingsTable, readFindings } from "../../../registry/inspection/findings-table.ts";
import {
  drawFiles,
  findingsText,
  inspectionForms,
  publicationText,
} from "../../../registry/inspection/publication.ts";
import { MATTERS } from "../../../registry/inspection/words.ts";
import { aDraw, aReport, signedDraw, signedReport, someFindings, type ADraw } from "../../support/a-draw.ts";

function revealed({ promise, draw }: ADraw = aDraw()): RevealedDraw {
  const records = signedDraw({ promise, draw });
  return {
    commitment: { value: promise, hash: hashId(canonicalBytes(promise)), record: records.promise },
    draw: { value: draw, hash: hashId(canonicalBytes(draw)), record: records.draw },
    proof: null,
    findings: [],
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
  const { draw } = aDraw();
  const objects = draw.register.objects.map((one) => ({ ...one, name: { zh: '=1+1"', en: "=2" } }));
  const table = findingsTable({ ...draw, register: { ...draw.register, objects } }, []);
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

describe("the table that inspectors filled in", () => {
  const made = aDraw();
  const { draw } = made;
  const TODAY = Day.parse("2027-01-10");
  const findings = someFindings(made);
  const rows = (text: string) =>
    text
      .slice(1)
      .trimEnd()
      .split("\r\n")
      .map((line) => line.slice(1, -1).split('","'));
  /** Row and column as a spreadsheet shows them, from 1. */
  const changed = (...cells: readonly (readonly [row: number, column: number, text: string])[]) => {
    const table = rows(findingsTable(draw, findings));
    for (const [row, column, text] of cells) (table[row - 1] ?? [])[column - 1] = text;
    return utf8(csvText(table));
  };
  const refusalOf = (bytes: Uint8Array) => {
    const read = readFindings(bytes, draw, TODAY);
    return read.ok ? "ok" : [read.error.code, read.error.facts];
  };
  const first = rows(findingsTable(draw, [])).findIndex((row) => row[4]?.startsWith("场地与设备")) + 1;

  test("is read back as it was written, rows without a finding left out", () => {
    const read = readFindings(utf8(findingsTable(draw, findings)), draw, TODAY);
    expect(read).toEqual({ ok: true, value: findings });
    expect(refusalOf(utf8(findingsTable(draw, [])))).toEqual(["findings.none", undefined]);
  });

  test("takes a day as spreadsheets write it, a matter in either language, and today where nobody said when it is public", () => {
    const bytes = changed(
      [first, 6, "2026/12/20"],
      [first, 9, "2027年2月1日"],
      [first, 5, "Venues and equipment"],
      [first, 11, ""],
    );
    expect(readFindings(bytes, draw, TODAY)).toEqual({ ok: true, value: findings });
  });

  test("keeps a finding that begins like a formula, and words that a spreadsheet quoted", () => {
    const [venue] = findings;
    if (!venue) throw new Error("a finding");
    const odd = [{ ...venue, found: '=3 号工位, "灭火器" 缺\n两具' }];
    expect(readFindings(utf8(findingsTable(draw, odd)), draw, TODAY)).toEqual({ ok: true, value: odd });
  });

  test.each<readonly [string, readonly (readonly [number, number, string])[], readonly [string, object]]>([
    ["of another draw", [[first, 1, "2026-3"]], ["findings.other-plan", { row: first, plan: "2026-3" }]],
    [
      "of an institution that was not drawn",
      [[first, 2, "org-99"]],
      ["findings.not-drawn", { row: first, institution: "org-99" }],
    ],
    [
      "of a matter nobody asked for",
      [[first, 5, "食堂"]],
      ["findings.no-matter", { row: first, matter: "食堂" }],
    ],
    [
      "with a day that is none",
      [[first, 9, "2027-02-30"]],
      ["findings.bad-date", { row: first, column: "整改期限 due", date: "2027-02-30" }],
    ],
    ["without what was found", [[first, 7, ""]], ["findings.bad-row", { row: first, why: "检查情况 found" }]],
    [
      "without the day of the inspection",
      [[first, 6, ""]],
      ["findings.bad-row", { row: first, why: "检查日期 inspected on" }],
    ],
    [
      "with an order and no day",
      [[first, 9, ""]],
      ["findings.bad-row", { row: first, why: "what is to be corrected has a day" }],
    ],
    [
      "that says one matter twice",
      [[first + 1, 5, "场地与设备 Venues and equipment"]],
      ["findings.twice", { row: first + 1 }],
    ],
    ["whose heading was changed", [[1, 7, "found"]], ["findings.no-column", { column: "检查情况 found" }]],
  ])("a row %s is refused by its place, and nothing is taken", (_, cells, refusal) => {
    expect(refusalOf(changed(...cells))).toEqual(refusal);
  });

  test("that is no UTF-8 is refused and not guessed at", () => {
    expect(refusalOf(new Uint8Array([0xb3, 0xa1, 0xb5, 0xd8]))).toEqual(["findings.not-utf8", undefined]);
  });

  test("becomes a text in both languages, and files that the verifier reads", () => {
    const report = aReport(made);
    const signed = { value: report, hash: hashId(canonicalBytes(report)), record: signedReport(report) };
    const all = { ...revealed(made), findings: [signed] };
    const [zh, en] = (["zh-CN", "en"] as const).map((language) => findingsText(all, signed, language, true));
    for (const text of [zh, en]) {
      expect(text).toContain("三号工位没有灭火器");
      expect(text).toContain("npm run verify -- 2026-2.findings");
      expect(text).toContain("演示 DEMONSTRATION");
    }
    expect(zh).toContain("整改要求：配齐灭火器，期限 2027-02-01；尚未完成");
    expect(zh).toContain("另有 6 项尚未检查");
    expect(zh).toContain("- 尚未检查。");
    expect(en).toContain("To be corrected: 配齐灭火器, by 2027-02-01; not corrected yet");
    expect(drawFiles(all, new Uint8Array(3), true).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["2026-2.findings", "2026-2.findings.zh-CN.txt", "2026-2.findings.en.txt"]),
    );
  });
});
