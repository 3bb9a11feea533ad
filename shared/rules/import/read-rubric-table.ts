// A rubric that a centre keeps in a spreadsheet (rubric-layout.ts) into the form that people write as JSON, and on through the
// same importer: one judge for both. What that one refuses is told with the cell it came from.
import { refuse, type Result } from "#shared/base";
import type { Rubric, Words } from "#shared/exam";
import { importRubric, type RubricProblem, type RubricProblemCode } from "./rubric-import.ts";
import {
  codeSpellings,
  EFFECTS,
  HEAD,
  ITEM_COLUMNS,
  KINDS,
  LEVELS,
  meant,
  SHEETS,
  SPECIMENS,
  spellingsOf,
  VETO_COLUMNS,
  YES,
  type HeadKey,
  type ItemColumn,
  type SheetKey,
  type Spellings,
} from "./rubric-layout.ts";
import { cellToText, type TableCell, type TableSheet } from "./table.ts";

const SPELLED = {
  sheet: spellingsOf(SHEETS),
  head: spellingsOf(HEAD),
  item: spellingsOf(ITEM_COLUMNS),
  veto: spellingsOf(VETO_COLUMNS),
  yes: spellingsOf(YES),
  kind: codeSpellings(KINDS),
  effect: codeSpellings(EFFECTS),
  specimen: codeSpellings(SPECIMENS),
  level: codeSpellings(LEVELS),
};

export function importRubricTable(sheets: readonly TableSheet[]): Result<Rubric, RubricProblem[]> {
  const writing = startWriting();
  const head = writing.sheet(sheets, "head");
  const items = writing.sheet(sheets, "items");
  // A rubric without a veto needs no sheet for them.
  const vetoes = sheets.find(({ name }) => meant(SPELLED.sheet, name) === "vetoes");
  if (!head || !items) return refuse([...writing.problems]);
  const form = {
    ...writeHead(writing, head),
    items: writeItems(writing, items),
    vetoes: vetoes ? writeVetoes(writing, vetoes) : [],
  };
  const read = importRubric(form);
  const refused = read.ok
    ? []
    : read.error.map((problem) => ({ ...problem, path: writing.cellOf(problem.path) }));
  const problems = [...writing.problems, ...refused];
  return read.ok && problems.length === 0 ? read : refuse(problems);
}

type Form = Record<string, unknown>;

/** Where each value of the form stood, and what was wrong with the sheets themselves. */
function startWriting() {
  const problems: RubricProblem[] = [];
  const cells = new Map<string, string>();

  const report = (path: string, code: RubricProblemCode, facts: RubricProblem["facts"] = {}): void => {
    problems.push({ path, code, facts });
  };
  return {
    problems,
    report,
    place: (path: string, cell: string): void => void cells.set(path, cell),
    /** The cell of a value, or of the nearest thing around it. */
    cellOf: (path: string): string => {
      for (let at = path; at !== ""; at = at.replace(/[.[]?[^.[]*$/, "")) {
        const cell = cells.get(at);
        if (cell !== undefined) return cell;
      }
      return "";
    },
    sheet: (sheets: readonly TableSheet[], key: SheetKey): TableSheet | undefined => {
      const found = sheets.find(({ name }) => meant(SPELLED.sheet, name) === key);
      if (!found) report("", "rubric.sheet-missing", { sheet: SHEETS[key].zh });
      return found;
    },
  };
}
type Writing = ReturnType<typeof startWriting>;

const HEAD_PATHS: Readonly<Record<HeadKey, string>> = {
  code: "code",
  version: "version",
  illustrative: "illustrative",
  occupation: "occupation",
  direction: "direction",
  level: "level",
  titleZh: "title.zh",
  titleEn: "title.en",
  minutes: "minutes",
  step: "step",
  overtimePer: "overtime.perMinutes",
  overtimeMark: "overtime.mark",
  overtimeMax: "overtime.maxMinutes",
  specimen: "specimen",
};

function writeHead(writing: Writing, { name, rows }: TableSheet): Form {
  const values: Partial<Record<HeadKey, TableCell>> = {};
  for (const [at, [label, value]] of rows.entries()) {
    const text = readCell(label);
    if (text === "") continue;
    const key = meant(SPELLED.head, text);
    // The title of the sheet, a remark: what stands alone in its row asks for nothing.
    if (key === undefined && readCell(value) === "") continue;
    if (key === undefined) writing.report(cellName(name, at, 0), "rubric.unknown-key");
    else if (values[key] !== undefined)
      writing.report(cellName(name, at, 0), "rubric.duplicate", { value: text });
    else {
      values[key] = value ?? { text: "" };
      writing.place(HEAD_PATHS[key], cellName(name, at, 1));
    }
  }
  const text = (key: HeadKey) => textOf(values[key]);
  const number = (key: HeadKey) => numberOf(values[key]);
  const coded = (key: HeadKey, codes: Spellings<string>) => codeOf(values[key], codes);
  return withoutBlanks({
    code: text("code"),
    version: number("version"),
    illustrative: yesOf(values.illustrative),
    occupation: text("occupation"),
    direction: text("direction") ?? null,
    level: coded("level", SPELLED.level),
    title: withoutBlanks({ zh: text("titleZh"), en: text("titleEn") }),
    minutes: number("minutes"),
    step: number("step"),
    overtime: withoutBlanks({
      perMinutes: number("overtimePer"),
      mark: number("overtimeMark"),
      maxMinutes: number("overtimeMax"),
    }),
    specimen: coded("specimen", SPELLED.specimen),
  });
}

type Row<K extends string> = { readonly at: number } & Partial<Readonly<Record<K, TableCell>>>;

/** The rows below the headings, by column, without the blank ones. */
function readRows<K extends string>(
  writing: Writing,
  { name, rows }: TableSheet,
  columns: Readonly<Record<K, Words>>,
  spellings: Spellings<K>,
): { heading: number; rows: Row<K>[]; cell: (at: number, column: K) => string } {
  const places = rows.map((cells) => cells.map((cell) => meant(spellings, readCell(cell))));
  const wanted = Object.keys(columns) as K[];
  // Titles may stand above the headings: they are the row that names most columns.
  const named = places.map((keys) => keys.filter((key) => key !== undefined).length);
  const heading = Math.max(0, named.indexOf(Math.max(...named)));
  const columnOf = new Map(
    (places[heading] ?? []).flatMap((key, at) => (key === undefined ? [] : [[key, at] as const])),
  );
  for (const key of wanted) {
    if (columnOf.has(key)) continue;
    writing.report(cellName(name, heading, 0), "rubric.column-missing", { column: columns[key].zh });
  }
  const read = rows.slice(heading + 1).flatMap((cells, below): Row<K>[] => {
    const filled = [...columnOf].flatMap(([key, at]) => {
      const cell = cells[at];
      return cell === undefined || readCell(cell) === "" ? [] : [[key, cell] as const];
    });
    if (filled.length === 0) return [];
    return [{ at: heading + 1 + below, ...Object.fromEntries(filled) } as Row<K>];
  });
  return { heading, rows: read, cell: (at, column) => cellName(name, at, columnOf.get(column) ?? 0) };
}

function writeVetoes(writing: Writing, sheet: TableSheet): Form[] {
  const { rows, cell } = readRows(writing, sheet, VETO_COLUMNS, SPELLED.veto);
  return rows.map(({ at, code, effect, zh, en }, index) => {
    for (const key of ["code", "effect", "zh", "en"] as const) {
      writing.place(`vetoes[${index}].${key}`, cell(at, key));
    }
    writing.place(`vetoes[${index}]`, cell(at, "code"));
    return withoutBlanks({
      code: textOf(code),
      effect: codeOf(effect, SPELLED.effect),
      zh: textOf(zh),
      en: textOf(en),
    });
  });
}

type ItemRow = Row<ItemColumn>;
type CellOf = (at: number, column: ItemColumn) => string;

function writeItems(writing: Writing, sheet: TableSheet): Form[] {
  const { heading, rows, cell } = readRows(writing, sheet, ITEM_COLUMNS, SPELLED.item);
  // What is wrong with all of them together is a matter of their marks.
  writing.place("items", cell(heading, "mark"));
  const items: { item: ItemRow; parts: ItemRow[] }[] = [];
  for (const row of rows) {
    const last = items[items.length - 1];
    if (row.no !== undefined) items.push({ item: row, parts: [] });
    else if (last) last.parts.push(row);
    else writing.report(cell(row.at, "no"), "rubric.row-without-item");
  }
  return items.map(({ item, parts }, index) => writeItem(writing, cell, `items[${index}]`, item, parts));
}

type Keys = Partial<Readonly<Record<ItemColumn, string>>>;

/** What each column is called in the form; a cell in any other column is refused, for nobody would read it. */
const WORD_KEYS = { zh: "zh", en: "en" } as const satisfies Keys;
const OWN_KEYS = { no: "no", kind: "kind", ...WORD_KEYS, mark: "max", fn: "fn" } as const satisfies Keys;
const MEASURE_KEYS = { ...OWN_KEYS, unit: "unit", resolution: "resolution" } as const satisfies Keys;
const LINE_KEYS = { code: "c", ...WORD_KEYS, mark: "amount", limit: "cap" } as const satisfies Keys;
const LEVEL_KEYS = { code: "s", ...WORD_KEYS } as const satisfies Keys;
const GROUP_KEYS = { code: "id", count: "points" } as const satisfies Keys;
const BAND_KEYS = { limit: "upTo", mark: "mark" } as const satisfies Keys;
const BEYOND_KEYS = { mark: "else" } as const satisfies Keys;
const CHECK_KEYS = { count: "checks", mark: "each", mayNotApply: "mayNotApply" } as const satisfies Keys;

function writeItem(
  writing: Writing,
  cell: CellOf,
  path: string,
  item: ItemRow,
  parts: readonly ItemRow[],
): Form {
  const write = (where: string, row: ItemRow, keys: Keys) => writeRow(writing, cell, where, row, keys);
  const kind = codeOf(item.kind, SPELLED.kind);
  const own = {
    ...write(path, item, kind === "MEASURE" ? MEASURE_KEYS : OWN_KEYS),
    ...(kind === undefined ? {} : { kind }),
  };
  writing.place(path, cell(item.at, "no"));
  const only = (column: ItemColumn, value: string): ItemRow | undefined => {
    for (const { at } of parts.slice(1)) writing.report(cell(at, column), "rubric.duplicate", { value });
    return parts[0];
  };
  switch (kind) {
    case "DEDUCT":
      return { ...own, lines: parts.map((part, at) => write(`${path}.lines[${at}]`, part, LINE_KEYS)) };
    case "JUDGE":
      return { ...own, scale: parts.map((part, at) => write(`${path}.scale[${at}]`, part, LEVEL_KEYS)) };
    case "MEASURE":
      return { ...own, ...writeGroups(writing, cell, path, parts) };
    case "CHECK": {
      const checks = only("mark", kind);
      return { ...own, ...(checks && write(path, checks, CHECK_KEYS)) };
    }
    case "POINTS": {
      const criteria = only("zh", kind);
      return { ...own, ...(criteria && { criteria: write(`${path}.criteria`, criteria, WORD_KEYS) }) };
    }
    default:
      return own;
  }
}

/** A row with a count begins a kind of point; a row without a limit is what every other reading earns. */
function writeGroups(writing: Writing, cell: CellOf, path: string, parts: readonly ItemRow[]): Form {
  const groups: [ItemRow, ...ItemRow[]][] = [];
  for (const part of parts) {
    const last = groups[groups.length - 1];
    if (part.count !== undefined || !last) groups.push([part]);
    else last.push(part);
  }
  const [first] = groups;
  if (first && groups.length === 1 && first[0].code === undefined)
    return writeGroup(writing, cell, path, first);
  return { groups: groups.map((rows, at) => writeGroup(writing, cell, `${path}.groups[${at}]`, rows)) };
}

function writeGroup(
  writing: Writing,
  cell: CellOf,
  path: string,
  [first, ...more]: readonly [ItemRow, ...ItemRow[]],
): Form {
  const { code, count, ...band } = first;
  const named = { at: first.at, ...(code && { code }), ...(count && { count }) };
  const form = writeRow(writing, cell, path, named, GROUP_KEYS);
  const bands: Form[] = [];
  for (const row of [band, ...more]) {
    if (row.limit !== undefined) {
      bands.push(writeRow(writing, cell, `${path}.bands[${bands.length}]`, row, BAND_KEYS));
    } else if (form["else"] === undefined) {
      Object.assign(form, writeRow(writing, cell, path, row, BEYOND_KEYS));
    } else {
      writing.report(cell(row.at, "mark"), "rubric.duplicate", { value: "else" });
    }
  }
  return { ...form, bands };
}

/** One row as a part of the form. */
function writeRow(writing: Writing, cell: CellOf, path: string, row: ItemRow, keys: Keys): Form {
  const form: Form = {};
  for (const column of Object.keys(ITEM_COLUMNS) as ItemColumn[]) {
    const key = keys[column];
    const value = row[column];
    if (key !== undefined) writing.place(`${path}.${key}`, cell(row.at, column));
    if (value === undefined) continue;
    if (key === undefined) writing.report(cell(row.at, column), "rubric.unknown-key");
    else form[key] = readAs(column, value);
  }
  writing.place(path, cell(row.at, "zh"));
  return form;
}

function readAs(column: ItemColumn, value: TableCell): unknown {
  switch (column) {
    case "no":
    case "mark":
    case "limit":
    case "count":
    case "resolution":
      return numberOf(value);
    case "mayNotApply":
      return yesOf(value);
    case "code": {
      const text = textOf(value);
      // A level of a judgement; the codes of lines and groups begin with a letter.
      return text !== undefined && /^\d$/.test(text) ? Number(text) : text;
    }
    default:
      return textOf(value);
  }
}

function readCell(cell: TableCell | undefined): string {
  return cellToText(cell).trim();
}

function textOf(cell: TableCell | undefined): string | undefined {
  return readCell(cell) || undefined;
}

/** The number a person sees: a spreadsheet shows fifteen digits of what a formula made. Text that is none stays text. */
function numberOf(cell: TableCell | undefined): number | string | undefined {
  if (cell && "number" in cell) return Number(cell.number.toPrecision(15));
  const text = textOf(cell)?.normalize("NFKC");
  return text !== undefined && /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : text;
}

/** True or false where the cell says so in a language of ours or of the spreadsheet (TRUE), else its text. */
function yesOf(cell: TableCell | undefined): boolean | string | undefined {
  const text = textOf(cell);
  if (text === undefined) return undefined;
  if (/^(?:true|false)$/i.test(text)) return /^t/i.test(text);
  const said = meant(SPELLED.yes, text);
  return said === undefined ? text : said === "yes";
}

/** The code that a cell means, or the cell's own text, for the importer to refuse. */
function codeOf(cell: TableCell | undefined, codes: Spellings<string>): string | undefined {
  const text = textOf(cell);
  return text === undefined ? undefined : (meant(codes, text) ?? text);
}

function withoutBlanks(form: Form): Form {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
}

/** `考核要素!F12`, as the spreadsheet names it. */
function cellName(sheet: string, row: number, column: number): string {
  let letters = "";
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return `${sheet}!${letters}${row + 1}`;
}
