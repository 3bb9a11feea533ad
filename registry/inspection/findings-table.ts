// The table that inspectors fill in, written and read back: a row a matter of every inspected institution. Whatever a spreadsheet made
// of it in between is refused by its row and column, and nothing of it is taken then.
import Papa from "papaparse";
import { addDays, csvText, Day, ok, refuse, unformulated, type Refusal, type Result } from "#shared/base";
import { findingKey, InspectionFinding, type DrawnInspection, type InspectionMatter } from "#shared/exam";
import type { DrawRecord } from "#shared/wire";
import { MATTERS } from "./words.ts";

const COLUMNS = {
  plan: "抽查 plan",
  object: "机构 institution",
  name: "机构名称 name",
  inspectors: "检查人员 inspectors",
  matter: "检查事项 matter",
  inspected: "检查日期 inspected on",
  found: "检查情况 found",
  correct: "整改要求 to be corrected",
  due: "整改期限 due",
  corrected: "整改完成 corrected on",
  published: "公示日期 published on",
} as const;
type Column = keyof typeof COLUMNS;
type Cells = Readonly<Record<Column, string>>;

/** The inspectors' columns; a row without any of them is not inspected yet. */
const THEIRS = ["inspected", "found", "correct", "due", "corrected"] as const;

/** With what was read back before, so that the next time begins from it. */
export function findingsTable(draw: DrawRecord, findings: readonly InspectionFinding[]): string {
  const known = new Map(findings.map((one) => [findingKey(one), one]));
  const rows = namedRows(draw).flatMap(({ object, name, inspectors }) =>
    MATTERS.map(({ code, zh, en }) => {
      const found = known.get(findingKey({ object, matter: code }));
      return [
        ...[draw.plan, object, `${name.zh} ${name.en}`, inspectors.join(" "), `${zh} ${en}`],
        ...[found?.inspected ?? "", found?.found ?? "", found?.correct ?? "", found?.due ?? ""],
        ...[found?.corrected ?? "", found?.published ?? ""],
      ];
    }),
  );
  return csvText([Object.values(COLUMNS), ...rows]);
}

export type TableRefusal =
  | "findings.not-utf8"
  | "findings.no-column"
  | "findings.other-plan"
  | "findings.not-drawn"
  | "findings.no-matter"
  | "findings.twice"
  | "findings.bad-date"
  | "findings.bad-row"
  | "findings.none";

/** `today`: when a finding without a day of its own becomes public. */
export function readFindings(
  bytes: Uint8Array,
  draw: DrawRecord,
  today: Day,
): Result<InspectionFinding[], Refusal<TableRefusal>> {
  const text = textIn(bytes);
  if (text === undefined) return refuse({ code: "findings.not-utf8" });
  const [heads = [], ...lines] = Papa.parse<string[]>(text, { skipEmptyLines: "greedy" }).data;
  const places = new Map(heads.map((head, at) => [head.trim(), at]));
  const missing = Object.values(COLUMNS).find((column) => !places.has(column));
  if (missing !== undefined) return refuse({ code: "findings.no-column", facts: { column: missing } });
  const findings = new Map<string, InspectionFinding>();
  for (const [at, line] of lines.entries()) {
    // As a spreadsheet counts: the heading is row 1.
    const row = at + 2;
    const cells = cellsOf(line, places);
    if (THEIRS.every((column) => cells[column] === "")) continue;
    const finding = findingIn(cells, draw, today);
    if (!finding.ok) {
      const { code, facts = {} } = finding.error;
      return refuse({ code, facts: { row, ...facts } });
    }
    const key = findingKey(finding.value);
    if (findings.has(key)) return refuse({ code: "findings.twice", facts: { row } });
    findings.set(key, finding.value);
  }
  return findings.size > 0 ? ok([...findings.values()]) : refuse({ code: "findings.none" });
}

function findingIn(
  cells: Cells,
  { plan, drawn }: DrawRecord,
  today: Day,
): Result<InspectionFinding, Refusal<TableRefusal>> {
  if (cells.plan !== plan) return refuse({ code: "findings.other-plan", facts: { plan: cells.plan } });
  const object = drawn.find((one) => one.object === cells.object)?.object;
  if (object === undefined)
    return refuse({ code: "findings.not-drawn", facts: { institution: cells.object } });
  const matter = matterIn(cells.matter);
  if (matter === undefined) return refuse({ code: "findings.no-matter", facts: { matter: cells.matter } });
  const days: Partial<Record<Column, Day | null>> = {};
  for (const column of ["inspected", "due", "corrected", "published"] as const) {
    const day = dayIn(cells[column]);
    if (day === undefined)
      return refuse({
        code: "findings.bad-date",
        facts: { column: COLUMNS[column], date: cells[column].slice(0, 40) },
      });
    days[column] = day;
  }
  const finding = InspectionFinding.safeParse({
    ...{ object, matter, found: cells.found, correct: cells.correct },
    ...{ ...days, published: days.published ?? today },
  });
  if (finding.success) return ok(finding.data);
  const [issue] = finding.error.issues;
  const column = COLUMNS[issue?.path[0] as Column] as string | undefined;
  return refuse({ code: "findings.bad-row", facts: { why: column ?? issue?.message ?? "" } });
}

function cellsOf(line: readonly string[], places: ReadonlyMap<string, number>): Cells {
  const of = (column: Column) => unformulated(line[places.get(COLUMNS[column]) ?? -1] ?? "").trim();
  return Object.fromEntries(Object.keys(COLUMNS).map((column) => [column, of(column as Column)])) as Cells;
}

/** By its words as they were written, in either language alone too. */
function matterIn(text: string): InspectionMatter | undefined {
  return MATTERS.find(({ zh, en }) => [`${zh} ${en}`, zh, en].includes(text))?.code;
}

/** Null where there is none; `2027/3/1` and `2027年3月1日` are what spreadsheets make of a day. Undefined: no day. */
function dayIn(text: string): Day | null | undefined {
  if (text === "") return null;
  const [, year = "", month = "", day = ""] =
    /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/.exec(text) ?? [];
  const read = Day.safeParse(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  // 30 February has the shape of a day; none days after it is another one.
  return read.success && addDays(read.data, 0) === read.data ? read.data : undefined;
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined; // not UTF-8, as an older spreadsheet saves it
    throw error;
  }
}

/** What was drawn, with the names that the frozen register has. */
export function namedRows({ drawn, register }: Pick<DrawRecord, "drawn" | "register">): NamedInspection[] {
  const names = new Map(register.objects.map(({ id, name }) => [id, name]));
  return drawn.map((one) => ({ ...one, name: names.get(one.object) ?? { zh: one.object, en: one.object } }));
}

interface NamedInspection extends DrawnInspection {
  readonly name: { readonly zh: string; readonly en: string };
}
