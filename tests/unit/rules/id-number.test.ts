// R72 and R78: citizen ID numbers.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day } from "#shared/base";
import { MaskedId } from "#shared/exam";
import { checkIdNumber, idCheckDigit, maskId } from "#shared/rules";

const today = Day.parse("2026-05-06");

function outcomeOf(text: string): string {
  const checked = checkIdNumber(text, today);
  return checked.ok ? checked.value.number : checked.error.code;
}

describe("numbers that are taken", () => {
  test.each([
    ["990000199001010017", "M", "1990-01-01"],
    ["990000199001010025", "F", "1990-01-01"],
    ["990000200002290036", "M", "2000-02-29"],
    ["990000198812311142", "F", "1988-12-31"],
    ["99000019990615025X", "M", "1999-06-15"],
    ["990000200911010118", "M", "2009-11-01"],
    ["990000201003010184", "F", "2010-03-01"],
  ])(
    "[R72] %s is taken with sex %s and birth day %s, and its area is only a warning",
    (number, sex, birthDay) => {
      const value = { number, sex, birthDay, warnings: ["id.area-unknown"] };
      expect(checkIdNumber(number, today)).toEqual({ ok: true, value });
    },
  );

  test.each(["11010519491231002X", "440524188001010014", "34052419800101001X", "810000199001010019"])(
    "[R72] the published example %s has a right check character",
    (number) => {
      expect(idCheckDigit(number)).toBe(number.charAt(17));
    },
  );

  test("[R72] a known province and a residence permit of Hong Kong give no warning", () => {
    for (const number of ["11010519491231002X", "34052419800101001X", "810000199001010019"]) {
      expect(checkIdNumber(number, today)).toMatchObject({ ok: true, value: { warnings: [] } });
    }
  });

  test("[R72] a small x is stored as a capital", () => {
    expect(outcomeOf("34052419800101001x")).toBe("34052419800101001X");
  });

  test.each([
    ["full width", "９９００００１９９９０６１５０２５Ｘ"],
    ["full width and small", "９９００００１９９９０６１５０２５ｘ"],
    ["spaces", " 990000 19990615 025x\t"],
    ["an ideographic space", "990000\u300019990615025X\u3000"],
    ["zero-width marks", "\u{FEFF}990000\u200B19990615\u200D025X"],
    ["a text mark", "'99000019990615025X"],
  ])("[R72] a number typed with %s is the same number", (_how, text) => {
    expect(outcomeOf(text)).toBe("99000019990615025X");
  });
});

describe("numbers that are not taken", () => {
  test.each([
    ["", "id.missing"],
    [" \u3000\u200B", "id.missing"],
    ["1.10105E+17", "id.scientific"],
    ["1.10105e17", "id.scientific"],
    ["９.９Ｅ+１７", "id.scientific"],
    ["11010519491231002", "id.length"],
    ["1101051949123100211", "id.length"],
    ["110105491231002", "id.length"],
    ["11010519491231X02X", "id.length"],
    ["110105194912310O21", "id.length"],
    ["990000199102300013", "id.date"],
    ["990000199013010019", "id.date"],
    ["990000199000010019", "id.date"],
    ["990000199001000019", "id.date"],
    ["990000190002290014", "id.date"],
    ["990000000001010014", "id.date"],
    ["990000202605070017", "id.date"],
    ["110105194912310021", "id.checksum"],
    ["990000199001010018", "id.checksum"],
  ])("[R72] %j is refused with %s", (text, code) => {
    expect(outcomeOf(text)).toBe(code);
  });

  test("[R72] someone born today exists, and someone born tomorrow does not", () => {
    const bornOn = (day: string) => {
      const body = `990000${day}001`;
      return outcomeOf(body + idCheckDigit(body));
    };
    expect(bornOn("20260506")).toMatch(/^990000/);
    expect(bornOn("20260507")).toBe("id.date");
  });

  test("[R72] one wrong digit, or two neighbours swapped, never passes the check", () => {
    const number = "99000019990615025X";
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const wrong = (Number(number.charAt(at)) + shift) % 10;
        expect(checkIdNumber(number.slice(0, at) + String(wrong) + number.slice(at + 1), today).ok).toBe(
          false,
        );
        const swapped =
          number.slice(0, at) + number.charAt(at + 1) + number.charAt(at) + number.slice(at + 2);
        if (swapped !== number) expect(checkIdNumber(swapped, today).ok).toBe(false);
      }),
    );
  });
});

describe("masking", () => {
  test("[R78] six digits, stars, four characters", () => {
    expect(maskId("990000199001010017")).toBe("990000********0017");
    expect(MaskedId.safeParse(maskId("99000019990615025X")).success).toBe(true);
  });

  test("[R78] what is not an ID number is not masked as if it were", () => {
    expect(() => maskId("9900")).toThrow("invariant");
  });
});
