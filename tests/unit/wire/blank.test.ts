// The QR of a blank score sheet: which sheet of paper it is, for whom, and that a laptop of the centre printed it.
import encodeQR from "qr";
import { describe, expect, test } from "vitest";
import { base32ToBytes, bytesToBase32, type Kid } from "#shared/base";
import { createSigner } from "#shared/crypto";
import { scoreForm } from "#shared/journal";
import { signBlank, signPaper, verifyBlank, verifyPaper } from "#shared/wire";
import {
  aPreparedDay,
  candidateRef,
  sheetId,
  signSheet,
  sittingId,
  testHash,
} from "../../support/journal-builders.ts";

const device = createSigner(new Uint8Array(32).fill(7));
const other = createSigner(new Uint8Array(32).fill(8));
const isKnown = (kid: Kid) => kid === device.kid;
const figures = {
  ...({ v: 1, sitting: sittingId(1), rubric: testHash("rubric") } as const),
  ...{ candidate: candidateRef(3), serial: sheetId(5) },
};
const text = signBlank(figures, device);

describe("the square of a blank", () => {
  test("says sitting, rubric, candidate and serial, also of nobody, and survives line breaks and small letters", () => {
    expect(verifyBlank(text, isKnown)).toEqual({ ok: true, value: { figures, device: device.kid } });
    expect(verifyBlank(` ${text.toLowerCase().replace(/(.{40})/g, "$1\n")} `, isKnown).ok).toBe(true);
    const spare = { ...figures, candidate: null };
    expect(verifyBlank(signBlank(spare, device), isKnown)).toMatchObject({ value: { figures: spare } });
  });

  test("names nobody: neither a name nor an ID number nor a ticket is in it", () => {
    const said = new TextDecoder().decode(base32ToBytes(text.slice("JPB1:".length))!.subarray(96));
    expect(Object.keys(JSON.parse(said) as object).sort()).toEqual([
      ...["candidate", "rubric", "serial", "sitting", "v"],
    ]);
  });

  test("is refused from a laptop that is none of the centre's, and when one byte of it was changed", () => {
    expect(verifyBlank(signBlank(figures, other), isKnown)).toMatchObject({
      error: { code: "paper.key-unknown" },
    });
    const bytes = base32ToBytes(text.slice("JPB1:".length))!;
    for (const at of [40, 100, bytes.length - 3]) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(verifyBlank(`JPB1:${bytesToBase32(changed)}`, isKnown)).toMatchObject({
        error: { code: "paper.signature-invalid" },
      });
    }
  });

  test("is no printed sheet, and a printed sheet is no blank, whatever stands in front of it", () => {
    const day = aPreparedDay();
    const form = scoreForm(signSheet(day, 2), day.journal.view)!;
    const printed = signPaper(form.record, form.figures, device);
    expect(verifyBlank(printed, isKnown)).toMatchObject({ error: { code: "paper.unreadable" } });
    expect(verifyPaper(text, isKnown)).toMatchObject({ error: { code: "paper.unreadable" } });
    expect(verifyBlank(printed.replace("JP1:", "JPB1:"), isKnown)).toMatchObject({
      error: { code: "paper.signature-invalid" },
    });
    expect(verifyPaper(text.replace("JPB1:", "JP1:"), isKnown)).toMatchObject({
      error: { code: "paper.signature-invalid" },
    });
  });

  test.each(["", "JPB1:", "JPB1:ABC", text.slice(0, 150)])("is not read out of %j", (given) => {
    expect(verifyBlank(given, isKnown).ok).toBe(false);
  });

  test("fits a square whose modules a printer holds at 30 mm", () => {
    const modules = encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4 }).length;
    expect(30 / modules).toBeGreaterThan(0.35);
  });
});
