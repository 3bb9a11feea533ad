// The QR of a printed score sheet: what it says is signed, and a changed figure is found.
import { describe, expect, test } from "vitest";
import decodeQR from "qr/decode.js";
import encodeQR from "qr";
import { base32ToBytes, bytesToBase32, type Kid } from "#shared/base";
import { createSigner } from "#shared/crypto";
import { scoreForm } from "#shared/journal";
import { isPrintedTotal, signPaper, verifyPaper } from "#shared/wire";
import { aPreparedDay, signSheet } from "../../support/journal-builders.ts";
import { aLongSheet } from "../../support/long-sheet.ts";

const device = createSigner(new Uint8Array(32).fill(7));
const other = createSigner(new Uint8Array(32).fill(8));
const isKnown = (kid: Kid) => kid === device.kid;

function aForm() {
  const day = aPreparedDay();
  const form = scoreForm(signSheet(day, 2), day.journal.view);
  if (!form) throw new Error("no form");
  return form;
}
const { record, figures } = aForm();
const text = signPaper(record, figures, device);
const codeOf = (given: string) => verifyPaper(given, isKnown);

describe("the square of a printed sheet", () => {
  test("says the record, the figures and the laptop, and survives line breaks and small letters", () => {
    const expected = { ok: true, value: { record, figures, device: device.kid } };
    expect(codeOf(text)).toEqual(expected);
    expect(codeOf(` ${text.toLowerCase().replace(/(.{40})/g, "$1\n")} `)).toEqual(expected);
  });

  test("is refused when one figure in it was changed, whichever", () => {
    const bytes = base32ToBytes(text.slice(4))!;
    const json = new TextDecoder().decode(bytes.subarray(128));
    for (const [was, is] of [
      [`"total":{"d":1,"n":100}`, `"total":{"d":1,"n":101}`],
      [`"no":2`, `"no":3`],
      [`"marks":[`, `"marks":[1`],
      [`"vetoes":[]`, `"vetoes":["V1"]`],
    ] as const) {
      const changed = json.replace(was, is);
      expect(changed).not.toBe(json);
      const forged = new Uint8Array([...bytes.subarray(0, 128), ...new TextEncoder().encode(changed)]);
      expect(codeOf(`JP1:${bytesToBase32(forged)}`)).toMatchObject({
        error: { code: "paper.signature-invalid" },
      });
    }
  });

  test("is refused when it names another record", () => {
    const bytes = base32ToBytes(text.slice(4))!.slice();
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    expect(codeOf(`JP1:${bytesToBase32(bytes)}`)).toMatchObject({
      error: { code: "paper.signature-invalid" },
    });
  });

  test("is refused from a key that is no laptop of the centre, also under one's own name", () => {
    const foreign = signPaper(record, figures, other);
    expect(codeOf(foreign)).toMatchObject({ error: { code: "paper.key-unknown" } });
    const [mine, theirs] = [text, foreign].map((one) => base32ToBytes(one.slice(4))!);
    const mixed = new Uint8Array([...mine!.subarray(0, 32), ...theirs!.subarray(32)]);
    expect(codeOf(`JP1:${bytesToBase32(mixed)}`)).toMatchObject({
      error: { code: "paper.signature-invalid" },
    });
  });

  test.each(["", "JP1:", "JP2:ABC", "https://example.org", text.slice(0, 120), `${text}A`])(
    "is not read out of %j",
    (given) => {
      expect(codeOf(given).ok).toBe(false);
    },
  );

  test("of forty elements and a long name fits a square whose modules a printer holds at 30 mm, and is read back", () => {
    const long = aLongSheet();
    const form = scoreForm(long.sheet, long.day.journal.view)!;
    const said = signPaper(form.record, form.figures, device);
    const modules = encodeQR(said, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4 }).length;
    expect(30 / modules).toBeGreaterThan(0.25);
    expect(decodeQR(drawn(said))).toBe(said);
    expect(encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4 }).length).toBeLessThan(
      90,
    );
  });

  test("agrees with the total as it is printed, with two decimals, and with no other", () => {
    const total = { n: 214, d: 3 };
    expect(["71.33", " 71.330 "].map((typed) => isPrintedTotal(typed, total))).toEqual([true, true]);
    expect(["71.3", "71.34", "71", "", "214/3"].map((typed) => isPrintedTotal(typed, total))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

/** As a camera sees it: four dots a module. */
function drawn(said: string) {
  const rows = encodeQR(said, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4, scale: 4 });
  const size = rows.length;
  const data = new Uint8ClampedArray(size * size * 4);
  for (const [y, row] of rows.entries())
    for (const [x, isDark] of row.entries()) {
      const light = isDark ? 0 : 255;
      data.set([light, light, light, 255], (y * size + x) * 4);
    }
  return { width: size, height: size, data };
}
