// Certificate numbers, blocks of serials and the rows that are uploaded (R69, R70, R74).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day } from "#shared/base";
import { Certificate, CertificatePrefix, policyValues, SerialBlock, type Registration } from "#shared/exam";
import {
  allocateBlock,
  certificatePrefix,
  checkBlocks,
  checkCertificateNumber,
  checkNumberOf,
  checkUnused,
  checkUploadRow,
  closeBlock,
  composeCertificateNumber,
  composeSpecialNumber,
  correctionRow,
  defaultPolicy,
  takeSerial,
  uploadRow,
} from "#shared/rules";
import { property } from "../../support/property.ts";
import { aReferencePack } from "../../support/reference-builder.ts";

const policy = policyValues(defaultPolicy());
const codesOf = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);
const day = (text: string) => Day.parse(text);
const PREFIX = CertificatePrefix.parse("S000061000123");

describe("the number of a certificate", () => {
  const prefixOf = (changes: Partial<Registration>) =>
    certificatePrefix({ ...aReferencePack().registration, ...changes }, policy);

  test("[R69] the two examples of the scheme are composed to the digit", () => {
    expect(prefixOf({})).toEqual({ ok: true, value: "S000061000123" });
    expect(composeCertificateNumber(PREFIX, { year: 2026, level: "L4", serial: 1 })).toEqual({
      ok: true,
      value: "S000061000123264000001",
    });
    const employer = prefixOf({
      assessorClass: "EMPLOYER",
      ministryCode: "0001",
      area: "XPCC",
      areaSerial: "000045",
    });
    expect(employer).toEqual({ ok: true, value: "Y000166000045" });
    const younger = { year: 2019, level: "L5", serial: 1 } as const;
    expect(composeCertificateNumber(CertificatePrefix.parse("Y000123000045"), younger)).toEqual({
      ok: true,
      value: "Y000123000045195000001",
    });
  });

  test("[R69] a class whose letter was never published is refused", () => {
    expect(prefixOf({ assessorClass: "TECH_COLLEGE" })).toMatchObject({
      error: { code: "certificate.class-unknown" },
    });
  });

  test("[R69] a serial of seven digits overflows and is refused, in both schemes", () => {
    expect(composeCertificateNumber(PREFIX, { year: 2026, level: "L4", serial: 1_000_000 })).toMatchObject({
      error: { code: "certificate.serial-overflow" },
    });
    expect(composeSpecialNumber(PREFIX, { year: 2026, letter: "T", serial: 1_000_000 })).toMatchObject({
      error: { code: "certificate.serial-overflow" },
    });
  });

  test("[R69] a special-grade number is two letters and twenty digits, and no other level letter is taken", () => {
    const composed = composeSpecialNumber(PREFIX, { year: 2026, letter: "T", serial: 7 });
    expect(composed).toEqual({ ok: true, value: "ST00006100012326000007" });
    expect(composeSpecialNumber(PREFIX, { year: 2026, letter: "t1", serial: 7 })).toMatchObject({
      error: { code: "certificate.level-letter" },
    });
  });

  test.each([
    ["S000061000123264000001", "LEVEL"],
    ["ST00006100012326000007", "SPECIAL_GRADE"],
    ["0161011234500003", "QUALIFICATION"],
  ])("[R69] %s is read as %s", (number, scheme) => {
    expect(checkCertificateNumber(number).findings).toMatchObject([{ facts: { scheme } }]);
  });

  test("[R69] a level digit outside 1 to 5 is refused at position 16, a wrong class letter at position 1", () => {
    const wrong = (number: string) => checkCertificateNumber(number).findings;
    expect(wrong("S000061000123266000001")).toMatchObject([
      { code: "certificate.position", facts: { position: 16, character: "6" } },
    ]);
    expect(wrong("X000061000123264000001")).toMatchObject([{ facts: { position: 1 } }]);
    expect(wrong("S0000610001232640000O1")).toMatchObject([{ facts: { position: 21, character: "O" } }]);
    expect(wrong("S00006100012326400000")).toMatchObject([
      { code: "certificate.length", facts: { length: 21 } },
    ]);
    expect(wrong("R0000610001232640001")).toMatchObject([{ code: "certificate.length" }]);
  });

  property(
    "[R69] every number that is composed is read back as one of a level, and says its year and level",
    500,
    [
      fc.integer({ min: 2000, max: 2099 }),
      fc.constantFrom("L5", "L4", "L3", "L2", "L1" as const),
      fc.integer({ min: 1, max: 999_999 }),
    ],
    (year, level, serial) => {
      const number = composeCertificateNumber(PREFIX, { year, level: level, serial });
      if (!number.ok) throw new Error("composed");
      expect(checkCertificateNumber(number.value).allowed).toBe(true);
      const issued = { number: number.value, issuedOn: day(`${String(year)}-06-01`), level: level as "L5" };
      expect(checkNumberOf(issued).allowed).toBe(true);
      expect(codesOf(checkNumberOf({ ...issued, issuedOn: day("1999-06-01") }))).toEqual(
        year === 2099 ? ["certificate.number-sound"] : ["certificate.year"],
      );
    },
  );

  test("[R69] a number with another level than its certificate's is refused", () => {
    const number = Certificate.shape.number.parse("S000061000123264000001");
    expect(codesOf(checkNumberOf({ number, issuedOn: day("2026-01-01"), level: "L3" }))).toEqual([
      "certificate.level",
    ]);
  });
});

describe("blocks of serials", () => {
  const series = { prefix: PREFIX, year: 2026, level: "L4" } as const;
  const allocate = (given: readonly SerialBlock[], size = 200, device = "laptop") => {
    const answer = allocateBlock(given, { ...series, device, size });
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value;
  };

  test("[R70] two laptops offline hold 1 to 200 and 201 to 400, and never clash", () => {
    const a = allocate([]);
    const b = allocate([a], 200, "second");
    expect([a.from, a.to, b.from, b.to]).toEqual([1, 200, 201, 400]);
    expect(codesOf(checkBlocks([a, b]))).toEqual(["serial.disjoint"]);
    expect(codesOf(checkBlocks([a, { ...b, from: 150, next: 150 }]))).toEqual(["serial.overlap"]);
    expect(codesOf(checkBlocks([a, { ...a, level: "L5" }, { ...a, year: 2027 }]))).toEqual([
      "serial.disjoint",
    ]);
  });

  test("[R70] a number is taken in order, and not from a closed, used-up or last year's block", () => {
    const held = allocate([], 1);
    const taken = takeSerial(held, 2026);
    if (!taken.ok) throw new Error("taken");
    expect(taken.value.serial).toBe(1);
    expect(takeSerial(taken.value.left, 2026)).toMatchObject({ error: { code: "serial.block-empty" } });
    expect(takeSerial(held, 2027)).toMatchObject({ error: { code: "serial.other-year" } });
    expect(takeSerial({ ...held, closedOn: day("2026-12-31") }, 2026)).toMatchObject({
      error: { code: "serial.closed" },
    });
  });

  test("[R70] an issued serial is refused for ever, revoked or not", () => {
    expect(codesOf(checkUnused(3, [1, 2, 3]))).toEqual(["serial.reused"]);
    expect(codesOf(checkUnused(4, [1, 2, 3]))).toEqual(["serial.unused"]);
  });

  test("[R70] a year cannot be closed while 1, 2 and 4 are issued and 3 is not explained", () => {
    const held = { ...allocate([], 10), next: 5 };
    const on = day("2026-12-31");
    expect(closeBlock(held, [1, 2, 4], [], on)).toMatchObject({
      error: { code: "serial.gap", facts: { serial: 3 } },
    });
    const closed = closeBlock(held, [1, 2, 4], [3], on);
    expect(closed).toMatchObject({ ok: true, value: { returned: 6, closed: { closedOn: on } } });
    expect(closed.ok && closeBlock(closed.value.closed, [1, 2, 3, 4], [], on)).toMatchObject({
      error: { code: "serial.closed" },
    });
  });

  test("[R70] a series that is used up gives no block, and a block that ends before it begins is refused", () => {
    const last = { ...series, device: "a", from: 1, to: 999_990, next: 1, closedOn: null };
    expect(allocateBlock([last], { ...series, device: "b", size: 10 })).toMatchObject({
      error: { code: "serial.used-up" },
    });
    expect(SerialBlock.safeParse({ ...last, from: 5, next: 4 }).success).toBe(false);
  });

  property(
    "[R70] whatever devices ask for and take, no serial comes twice",
    300,
    [
      fc.array(fc.record({ device: fc.nat(4), size: fc.integer({ min: 1, max: 20 }), takes: fc.nat(25) }), {
        maxLength: 12,
      }),
    ],
    (asks) => {
      const given: SerialBlock[] = [];
      const issued: number[] = [];
      for (const { device, size, takes } of asks) {
        let held = allocate(given, size, `device-${String(device)}`);
        given.push(held);
        for (let i = 0; i < takes; i++) {
          const taken = takeSerial(held, 2026);
          if (!taken.ok) break;
          expect(checkUnused(taken.value.serial, issued).allowed).toBe(true);
          issued.push(taken.value.serial);
          held = taken.value.left;
        }
      }
      expect(new Set(issued).size).toBe(issued.length);
      expect(checkBlocks(given).allowed).toBe(true);
    },
  );
});

describe("the uploaded row", () => {
  const certificate = Certificate.parse({
    name: "阿依古丽·买买提",
    idType: "ID_CARD",
    idNumber: "990000199304150041",
    occupation: "4-13-03-02",
    direction: "CERAMIC",
    level: "L4",
    number: "S000061000123264000001",
    institution: "匠评演示鉴定中心",
    issuedOn: "2026-12-10",
    status: "VALID",
  });

  test("[R74] the row of a certificate equals it", () => {
    expect(codesOf(checkUploadRow(uploadRow(certificate), certificate))).toEqual(["upload.row-equal"]);
  });

  test("[R74] another middle dot in the name is another name, and refused", () => {
    const row = { ...uploadRow(certificate), name: "阿依古丽•买买提" };
    expect(checkUploadRow(row, certificate).findings).toMatchObject([
      { code: "upload.field-differs", facts: { field: "name" } },
    ]);
  });

  test("[R74] a change after issue makes a correction row, and none is made without a change or for another number", () => {
    const sent = uploadRow(certificate);
    const corrected = { ...certificate, name: "阿依古丽·买买江", status: "CORRECTED" as const };
    expect(correctionRow(sent, corrected)).toMatchObject({
      ok: true,
      value: { kind: "CORRECTION", name: "阿依古丽·买买江", number: sent.number },
    });
    expect(correctionRow(sent, certificate)).toMatchObject({ error: { code: "upload.nothing-changed" } });
    const other = Certificate.parse({ ...certificate, number: "S000061000123264000002" });
    expect(correctionRow(sent, other)).toMatchObject({ error: { code: "upload.other-number" } });
  });
});
