// Rulings 16 and domain 5.4: which rows of a roster become candidates, and what is said about the others.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day } from "#shared/base";
import { Candidate } from "#shared/exam";
import {
  assignTickets,
  demoRoster,
  checkIdNumber,
  previewRoster,
  type TableCell,
  type RosterPreview,
  type RosterTable,
} from "#shared/rules";
import { anIdNumber } from "../../fixtures/rosters/rosters.ts";

const today = Day.parse("2026-05-06");
const HEADINGS = ["姓名", "证件号码", "准考证号"];
const ID = anIdNumber();

function aTable(rows: (string | number)[][], { delimited = false } = {}): RosterTable {
  const toCell = (value: string | number): TableCell =>
    typeof value === "number" ? { number: value } : { text: value };
  return {
    delimited,
    rows: rows.map((cells, at) => ({ row: at + 1, cells: cells.map(toCell), malformed: false })),
  };
}

function preview(table: RosterTable): RosterPreview {
  const result = previewRoster(table, today);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

function previewOf(...rows: (string | number)[][]): RosterPreview {
  return preview(aTable([HEADINGS, ...rows]));
}

function refusalOf(table: RosterTable): string | undefined {
  const result = previewRoster(table, today);
  return result.ok ? undefined : result.error.code;
}

describe("the heading row", () => {
  test("shuffled English headings are understood, and what is not needed is named as ignored", () => {
    const table = aTable([
      ["Ticket No.", "Sex", "ID Number", "Work unit", "Full name"],
      ["T-1", "M", ID, "Somewhere", "Wang"],
    ]);
    expect(preview(table)).toMatchObject({
      taken: [{ row: 2, name: "Wang", idNumber: ID, ticketNo: "T-1" }],
      columns: {
        headerRow: 1,
        recognised: [
          { field: "name", heading: "Full name" },
          { field: "idNumber", heading: "ID Number" },
          { field: "ticketNo", heading: "Ticket No." },
        ],
        ignored: ["Sex", "Work unit"],
      },
    });
  });

  test.each([
    [["name", "idNumber", "ticketNo"]],
    [[" 姓 名 ", "＊身份证号（必填）", "准考证号码:"]],
    [["考生姓名", "公民身份号码", "考号"]],
    [["NAME", "ID_NO", "TICKET"]],
  ])("%j is understood", (headings) => {
    expect(preview(aTable([headings, ["王", ID, "T-1"]])).taken).toMatchObject([
      { name: "王", ticketNo: "T-1" },
    ]);
  });

  test("a title above the headings does not move the row numbers", () => {
    const table = aTable([
      ["2026年第一批报名表", "", ""],
      ["", "", ""],
      HEADINGS,
      ["王", ID, ""],
      ["李", "", ""],
    ]);
    expect(preview(table)).toMatchObject({
      taken: [{ row: 4 }],
      refused: [{ row: 5, field: "idNumber", code: "id.missing" }],
      columns: { headerRow: 3 },
    });
  });

  test("a roster without a ticket column is taken, its tickets still to be assigned", () => {
    expect(
      preview(
        aTable([
          ["姓名", "证件号码"],
          ["王", ID],
        ]),
      ).taken,
    ).toMatchObject([{ ticketNo: null }]);
  });

  test("a roster without names, without ID numbers or without anybody is refused", () => {
    expect(refusalOf(aTable([["证件号码"], [ID]]))).toBe("roster.no-name-column");
    expect(refusalOf(aTable([["姓名"], ["王"]]))).toBe("roster.no-id-column");
    expect(refusalOf(aTable([["王", ID]]))).toBe("roster.no-name-column");
    expect(refusalOf(aTable([]))).toBe("roster.empty");
    expect(refusalOf(aTable([["", " "]]))).toBe("roster.empty");
    expect(refusalOf(aTable([HEADINGS]))).toBe("roster.empty");
    expect(refusalOf(aTable([HEADINGS, ["", "", ""]]))).toBe("roster.empty");
  });

  test("two columns for one thing are refused: nobody can know which is meant", () => {
    expect(
      refusalOf(
        aTable([
          ["姓名", "证件号码", "身份证号"],
          ["王", ID, ID],
        ]),
      ),
    ).toBe("roster.repeated-column");
  });
});

describe("names", () => {
  test.each(["·", "•", "・", "‧", "∙", "･", "⋅", "．", ".", " · "])(
    "阿依古丽%s买买提 is one person with one spelling",
    (dot) => {
      expect(previewOf([`阿依古丽${dot}买买提`, ID, ""]).taken[0]?.name).toBe("阿依古丽\u00B7买买提");
    },
  );

  test("a full stop in a Latin name stays one", () => {
    expect(previewOf(["J. Smith", ID, ""]).taken[0]?.name).toBe("J. Smith");
  });

  test.each(["㛃", "䶮", "𬭎", "𠮷"])("the rare character %s is kept", (character) => {
    expect(previewOf([`陈${character}`, ID, ""]).taken[0]?.name).toBe(`陈${character}`);
  });

  test("stray spaces are trimmed and collapsed", () => {
    expect(previewOf(["\u3000 John \u00A0 Smith\u200B ", ` ${ID} `, " T-1 "]).taken).toMatchObject([
      { name: "John Smith", idNumber: ID, ticketNo: "T-1" },
    ]);
  });

  test("a name of fifty characters is taken and one of fifty-one is not, however many code units they have", () => {
    expect(previewOf(["𠮷".repeat(50), ID, ""]).taken).toHaveLength(1);
    expect(previewOf(["𠮷".repeat(51), ID, ""]).refused).toEqual([
      { row: 2, field: "name", code: "name.too-long" },
    ]);
  });
});

describe("rows that are refused", () => {
  test.each([
    ["", ID, "name", "name.missing"],
    ["\u3000\u200B", ID, "name", "name.missing"],
    ["王", "", "idNumber", "id.missing"],
    ["王", ID.slice(1), "idNumber", "id.length"],
    ["王", anIdNumber("19910230"), "idNumber", "id.date"],
    ["王", "990000199001010018", "idNumber", "id.checksum"],
    ["王", "1.10105E+17", "idNumber", "id.scientific"],
    ["王", 1.10105e17, "idNumber", "id.scientific"],
    ["王", 990000199001010017, "idNumber", "id.scientific"],
    ["王", 990000900101001, "idNumber", "id.length"],
    ["王\u0007", ID, "row", "row.malformed"],
    ["王\uFFFD", ID, "row", "row.malformed"],
    ["王\uD800", ID, "row", "row.malformed"],
  ])("%j with %j is refused at %s with %s", (name, id, field, code) => {
    expect(previewOf([name, id, "T-1"])).toMatchObject({ taken: [], refused: [{ row: 2, field, code }] });
  });

  test("the first of two duplicates is taken, the second is refused", () => {
    const other = anIdNumber("19910101");
    expect(
      previewOf(["王", ID, "T-1"], ["李", ID.replace("9", "９"), "T-2"], ["周", other, "T-1"]),
    ).toMatchObject({
      taken: [{ row: 2 }],
      refused: [
        { row: 3, field: "idNumber", code: "id.duplicate" },
        { row: 4, field: "ticketNo", code: "ticket.duplicate" },
      ],
    });
  });

  test("a row that was refused does not make a later one a duplicate", () => {
    expect(previewOf(["", ID, "T-1"], ["王", ID, "T-1"])).toMatchObject({
      taken: [{ row: 3 }],
      refused: [{ row: 2 }],
    });
  });

  test("a row may be refused for several fields, once for each", () => {
    expect(previewOf(["王", ID, "T-1"], ["", ID, "T-1"]).refused).toEqual([
      { row: 3, field: "name", code: "name.missing" },
      { row: 3, field: "idNumber", code: "id.duplicate" },
      { row: 3, field: "ticketNo", code: "ticket.duplicate" },
    ]);
  });

  test("a row that the file itself broke is malformed", () => {
    const table = aTable([HEADINGS]);
    const broken = { row: 2, cells: [], malformed: true };
    expect(preview({ ...table, rows: [...table.rows, broken] }).refused).toEqual([
      { row: 2, field: "row", code: "row.malformed" },
    ]);
  });

  test("a text row of the wrong width is malformed; in a workbook a note at the side is only a note", () => {
    const long = [HEADINGS, ["王", ID, "T-1", "note"]];
    expect(preview(aTable(long, { delimited: true })).refused).toMatchObject([{ code: "row.malformed" }]);
    expect(preview(aTable(long)).taken).toHaveLength(1);
    const trailing = aTable([HEADINGS, ["王", ID, "T-1", "", " "]], { delimited: true });
    expect(preview(trailing).taken).toHaveLength(1);
    const short = [HEADINGS, ["王"]];
    expect(preview(aTable(short, { delimited: true })).refused).toMatchObject([{ code: "row.malformed" }]);
    expect(preview(aTable(short)).refused).toMatchObject([{ code: "id.missing" }]);
  });

  test("a ticket number that cannot be the printed one is malformed, never shortened", () => {
    expect(previewOf(["王", ID, 2026000000000000]).refused).toMatchObject([{ code: "row.malformed" }]);
    expect(previewOf(["王", ID, "9".repeat(33)]).refused).toMatchObject([{ code: "row.malformed" }]);
    expect(previewOf(["王", ID, 20260001]).taken).toMatchObject([{ ticketNo: "20260001" }]);
  });

  test("blank rows are counted and not refused", () => {
    expect(previewOf(["", "", ""], ["王", ID, ""], [" ", "\u3000", "\u200B"])).toMatchObject({
      refused: [],
      blank: 2,
    });
  });

  test("[R72] an unknown area is a warning and not a refusal", () => {
    const known = anIdNumber("19900101", "001", "110105");
    expect(previewOf(["王", ID, ""], ["李", known, ""]).taken.map((row) => row.warnings)).toEqual([
      [{ field: "idNumber", code: "id.area-unknown" }],
      [],
    ]);
  });
});

describe("ticket numbers", () => {
  const rows = (...tickets: (string | null)[]) =>
    tickets.map((ticketNo, at) => ({ row: at + 2, name: "王", idNumber: ID, ticketNo, warnings: [] }));
  const ticketsOf = (...tickets: (string | null)[]) =>
    assignTickets(rows(...tickets), "SK-").map(({ ticketNo }) => ticketNo);

  test("a missing ticket is the place in the roster", () => {
    expect(ticketsOf(null, "A-7", null)).toEqual(["SK-001", "A-7", "SK-003"]);
  });

  test("a given ticket keeps its number, and the place it took moves past the end", () => {
    expect(ticketsOf(null, "SK-001", null, "SK-005")).toEqual(["SK-006", "SK-001", "SK-003", "SK-005"]);
  });

  test("assigned numbers never collide and never change from one time to the next", () => {
    const ticket = fc.option(
      fc.integer({ min: 1, max: 12 }).map((no) => `SK-${String(no).padStart(3, "0")}`),
    );
    const tickets = fc.uniqueArray(ticket, { maxLength: 12, comparator: (a, b) => a !== null && a === b });
    fc.assert(
      fc.property(tickets, (given) => {
        const assigned = ticketsOf(...given);
        expect(new Set(assigned).size).toBe(given.length);
        expect(ticketsOf(...given)).toEqual(assigned);
        given.forEach((ticketNo, at) => ticketNo !== null && expect(assigned[at]).toBe(ticketNo));
      }),
    );
  });

  test("a prefix that leaves no room for a number crashes", () => {
    expect(() => assignTickets([], "x".repeat(30))).toThrow("invariant");
  });
});

describe("for every roster", () => {
  const name = fc.constantFrom("王", "", "李·四", "x".repeat(51), "坏\uFFFD", " ");
  const id = fc.constantFrom<string | number>(
    ID,
    anIdNumber("19910101"),
    "",
    "1E17",
    1e17,
    "9",
    "990000199001010018",
  );
  const ticket = fc.constantFrom<string | number>("", "T-1", "T-2", 3);

  test("every row is taken, refused or blank, and only one of them", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, id, ticket), { minLength: 1 }), fc.boolean(), (rows, delimited) => {
        const result = previewRoster(aTable([HEADINGS, ...rows], { delimited }), today);
        if (!result.ok) {
          expect(result.error.code).toBe("roster.empty");
          return;
        }
        const { taken, refused, blank } = result.value;
        const refusedRows = new Set(refused.map(({ row }) => row));
        expect(taken.length + refusedRows.size + blank).toBe(rows.length);
        expect(taken.some(({ row }) => refusedRows.has(row))).toBe(false);
        expect(new Set(taken.map(({ idNumber }) => idNumber)).size).toBe(taken.length);
        expect(new Set(refused.map(({ row, field }) => `${row} ${field}`)).size).toBe(refused.length);
      }),
    );
  });

  test("no cell, whatever it holds, crashes the preview", () => {
    const cell = fc.oneof(
      // Halves of pairs too: what a broken export can hold.
      fc.array(fc.nat(0xffff)).map((units) => ({ text: String.fromCharCode(...units) })),
      fc.double().map((number) => ({ number })),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 5 })), (rows) => {
        const table = aTable([HEADINGS]);
        const more = rows.map((cells, at) => ({ row: at + 2, cells, malformed: false }));
        previewRoster({ ...table, rows: [...table.rows, ...more] }, today);
      }),
    );
  });
});

describe("the demonstration's roster", () => {
  test("thirty people who do not exist have thirty right numbers of an area that nobody has", () => {
    const people = demoRoster();
    expect(people).toHaveLength(30);
    expect(new Set(people.map(({ idNumber }) => idNumber)).size).toBe(30);
    for (const { name, idNumber } of people) {
      expect(idNumber).toMatch(/^990000/);
      expect(checkIdNumber(idNumber, today).ok).toBe(true);
      expect(Candidate.shape.name.safeParse(name).success).toBe(true);
    }
  });
});
