// Files as people bring them: encodings, separators, broken quotes, workbooks, and what only looks like one of these.
import iconv from "iconv-lite";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Day } from "#shared/base";
import { demoRoster, previewRoster, type RosterPreview } from "#shared/rules";
import { readRosterFile, type RosterFile } from "../../../electron/files/index.ts";
import { anIdNumber, badRowsCsv, demoRows, rowsToXlsx } from "../../fixtures/rosters/rosters.ts";
import { aZip } from "../../support/a-zip.ts";

const today = Day.parse("2026-05-06");
const ID = anIdNumber();

function utf8(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}

async function tableOf(bytes: Uint8Array): Promise<RosterFile> {
  const read = await readRosterFile(bytes);
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
}

async function previewOf(bytes: Uint8Array): Promise<RosterPreview> {
  const preview = previewRoster(await tableOf(bytes), today);
  if (!preview.ok) throw new Error(preview.error.code);
  return preview.value;
}

async function refusalOf(bytes: Uint8Array): Promise<string | undefined> {
  const read = await readRosterFile(bytes);
  return read.ok ? undefined : read.error.code;
}

function cellsOf(table: RosterFile): unknown[][] {
  return table.rows.map(({ cells }) => cells.map((cell) => ("text" in cell ? cell.text : cell.number)));
}

describe("the fixtures", () => {
  test.each(["utf8.csv", "gb18030.csv", "roster.xlsx"])(
    "%s holds the thirty of the demonstration",
    async (name) => {
      const preview = await previewOf(
        readFileSync(new URL(`../../fixtures/rosters/${name}`, import.meta.url)),
      );
      expect(preview.refused).toEqual([]);
      expect(preview.taken.map(({ name, idNumber }) => ({ name, idNumber }))).toEqual(demoRoster());
      expect(preview.taken.map(({ row }) => row)).toEqual(Array.from({ length: 30 }, (_, at) => at + 2));
    },
  );

  test("[rulings 16] bad-rows.csv has ten kinds of bad row, each told with its row, its field and its code", async () => {
    const expected = badRowsCsv();
    const preview = await previewOf(
      readFileSync(new URL("../../fixtures/rosters/bad-rows.csv", import.meta.url)),
    );
    expect(preview.refused).toEqual(expected.refused);
    expect(new Set(preview.refused.map(({ code }) => code)).size).toBe(10);
    expect(preview.taken.map(({ row }) => row)).toEqual(expected.taken);
    expect(preview.blank).toBe(expected.blank);
  });
});

describe("encodings", () => {
  const csv = `姓名,证件号码\r\n阿依古丽·买买提,${ID}\r\n陈㛃,x\r\n赵䶮,x\r\n吴𬭎,x\r\n`;
  const rows = [
    ["姓名", "证件号码"],
    ["阿依古丽·买买提", ID],
    ["陈㛃", "x"],
    ["赵䶮", "x"],
    ["吴𬭎", "x"],
  ];

  test.each([
    ["utf-8", utf8(csv)],
    ["utf-8", utf8("\u{FEFF}" + csv)],
    ["utf-16le", iconv.encode(csv, "utf-16le", { addBOM: true })],
    ["utf-16be", iconv.encode(csv, "utf-16be", { addBOM: true })],
    ["gb18030", iconv.encode(csv, "gb18030")],
  ])("%s is told from the bytes, and rare characters survive", async (encoding, bytes) => {
    const table = await tableOf(bytes);
    expect(table.encoding).toBe(encoding);
    expect(cellsOf(table)).toEqual(rows);
  });

  test("a mark that promises UTF-8 over bytes that are not is refused", async () => {
    expect(await refusalOf(Buffer.concat([utf8("\u{FEFF}"), iconv.encode(csv, "gb18030")]))).toBe(
      "roster.unreadable",
    );
  });

  test("a byte that no encoding has spoils its row only", async () => {
    const broken = Buffer.concat([
      iconv.encode(`姓名,证件号码\n王,${ID}\n`, "gb18030"),
      Buffer.from([0xff, 0x2c]),
      iconv.encode(`${anIdNumber("19910101")}\n`, "gb18030"),
    ]);
    expect(await previewOf(broken)).toMatchObject({
      taken: [{ row: 2 }],
      refused: [{ row: 3, field: "row", code: "row.malformed" }],
    });
  });
});

describe("separated text", () => {
  test.each([",", "\t", ";"])("%j separates", async (separator) => {
    const text = [
      ["姓名", "证件号码", "备注"],
      ["王", ID, "a"],
    ];
    const bytes = utf8(text.map((cells) => cells.join(separator)).join("\n"));
    expect(cellsOf(await tableOf(bytes))).toEqual(text);
  });

  test("a quoted value with separators, quotes and line breaks is one value of one row", async () => {
    const bytes = utf8(`备注,姓名,证件号码\r\n"甲, ""乙""\r\n丙",王,${ID}\r\nx,李,\r\n`);
    expect(cellsOf(await tableOf(bytes))[1]).toEqual(['甲, "乙"\n丙', "王", ID]);
    expect(await previewOf(bytes)).toMatchObject({
      taken: [{ row: 2, name: "王" }],
      refused: [{ row: 3, code: "id.missing" }],
    });
  });

  test.each(["\n", "\r\n", "\r"])("lines may end in %j", async (newline) => {
    const bytes = utf8(["姓名,证件号码", `王,${ID}`, ""].join(newline));
    expect(cellsOf(await tableOf(bytes))).toEqual([
      ["姓名", "证件号码"],
      ["王", ID],
    ]);
  });

  test("blank lines keep their row numbers", async () => {
    expect(await previewOf(utf8(`姓名,证件号码\n\n王,${ID}\n\n\n李,\n`))).toMatchObject({
      taken: [{ row: 3 }],
      refused: [{ row: 6 }],
      blank: 3,
    });
  });

  test("a quote that never closes costs its own row and not those below", async () => {
    const other = anIdNumber("19910101");
    expect(await previewOf(utf8(`姓名,证件号码\n"王,${ID}\n李,${other}\n`))).toMatchObject({
      taken: [{ row: 3, name: "李" }],
      refused: [{ row: 2, field: "row", code: "row.malformed" }],
    });
    expect(await previewOf(utf8(`姓名,证件号码\n李,${other}\n王,"${ID}`))).toMatchObject({
      taken: [{ row: 2 }],
      refused: [{ row: 3, code: "row.malformed" }],
    });
  });

  test("two broken quotes cost two rows", async () => {
    const rows = ["姓名,证件号码", `"王"x,${ID}`, `李,${ID}`, `"周"y,${ID}`, `吴,${anIdNumber("19910101")}`];
    expect(await previewOf(utf8(rows.join("\n")))).toMatchObject({
      taken: [{ row: 3 }, { row: 5 }],
      refused: [{ row: 2 }, { row: 4 }],
    });
  });

  test("a file of nothing but broken quotes is refused", async () => {
    expect(await refusalOf(utf8("姓名,证件号码\n" + '"王"x,1\n'.repeat(200)))).toBe("roster.unreadable");
  });
});

describe("workbooks", () => {
  test("numbers stay numbers, dates become ISO days, and empty rows keep their place", async () => {
    const bytes = await rowsToXlsx([
      ["姓名", "证件号码", "准考证号", "出生日期"],
      [null, null, null, null],
      ["王", ID, 20260001, new Date(Date.UTC(1990, 0, 1))],
    ]);
    const table = await tableOf(bytes);
    expect(table).toMatchObject({ encoding: "xlsx", delimited: false });
    expect(cellsOf(table)[2]).toEqual(["王", ID, 20260001, "1990-01-01"]);
    expect(await previewOf(bytes)).toMatchObject({ taken: [{ row: 3, ticketNo: "20260001" }], blank: 1 });
  });

  test("[rulings 16] an ID number kept as a number has lost its end and is refused", async () => {
    const bytes = await rowsToXlsx([
      ["姓名", "证件号码"],
      ["王", 1.10105e17],
      ["李", "1.10105E+17"],
    ]);
    expect((await previewOf(bytes).catch(String)) as RosterPreview).toMatchObject({
      refused: [
        { row: 2, field: "idNumber", code: "id.scientific" },
        { row: 3, field: "idNumber", code: "id.scientific" },
      ],
    });
  });

  test("a workbook cut short or damaged is refused, wherever it was cut", async () => {
    const whole = await rowsToXlsx(demoRows());
    for (const length of [4, 30, 200, 1000, whole.length - 30, whole.length - 1]) {
      expect(await refusalOf(whole.slice(0, length))).toBe("roster.unreadable");
    }
    const damaged = Uint8Array.from(whole);
    damaged.fill(0xff, 60, 400);
    expect(await refusalOf(damaged)).toBe("roster.unreadable");
  });

  test("a zip that is no workbook is refused", async () => {
    expect(await refusalOf(aZip([["hello.txt", utf8("hello")]]))).toBe("roster.unreadable");
    expect(await refusalOf(aZip([["word/document.xml", utf8("<w/>")]]))).toBe("roster.unreadable");
  });

  test("a few bytes that unpack to gigabytes are refused before they do", async () => {
    const bomb = aZip([["xl/worksheets/sheet1.xml", Buffer.alloc(140 * 1024 * 1024)]]);
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await refusalOf(bomb)).toBe("roster.too-large");
  });

  test("one cell at the far corner does not make a table of billions", async () => {
    const far = utf8(
      '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    );
    expect(await refusalOf(aZip([["xl/worksheets/sheet1.xml", far]]))).toBe("roster.too-large");
  });

  test("two sheets that are only together too large are refused: both would be unpacked", async () => {
    const half = utf8(
      '<worksheet><sheetData><row r="3000000"><c r="A3000000"><v>1</v></c></row></sheetData></worksheet>',
    );
    const both = aZip([
      ["xl/worksheets/sheet1.xml", half],
      ["xl/worksheets/sheet2.xml", half],
    ]);
    expect(await refusalOf(both)).toBe("roster.too-large");
  });
});

describe("what is not a roster", () => {
  test("an empty file is refused", async () => {
    expect(await refusalOf(new Uint8Array())).toBe("roster.empty");
  });

  test("the old Excel format is refused by name, so that a person can save it anew", async () => {
    const old = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(504)]);
    expect(await refusalOf(old)).toBe("roster.old-excel");
  });

  test("a picture is refused", async () => {
    expect(await refusalOf(Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"))).toBe("roster.unreadable");
  });

  test("16 MiB are read and one byte more is not", async () => {
    const limit = 16 * 1024 * 1024;
    expect(await refusalOf(Buffer.alloc(limit + 1, "x"))).toBe("roster.too-large");
    expect(await refusalOf(Buffer.alloc(limit, "x"))).toBeUndefined();
  });

  test("20,000 rows are read and one more is not", async () => {
    const line = `王,${ID}\n`;
    expect((await tableOf(utf8(line.repeat(20_000)))).rows).toHaveLength(20_000);
    expect(await refusalOf(utf8(line.repeat(20_001)))).toBe("roster.too-many-rows");
    expect(await refusalOf(utf8(line.repeat(50_000)))).toBe("roster.too-many-rows");
  });
});
