// The QR of an admission slip: which line of which roster, nothing else, and nothing that was misread on the way.
import encodeQR from "qr";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToBase64url, SittingId } from "#shared/base";
import { isSlipText, readSlip, slipText } from "#shared/wire";
import { sittingId } from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

const slips = fc.record({
  sitting: fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => SittingId.parse(bytesToBase64url(new Uint8Array(bytes)))),
  no: fc.integer({ min: 1, max: 10_000 }),
});
const refused = { ok: false, error: { code: "slip.unreadable" } };

property("a slip is read as it was written", 300, [slips], (slip) => {
  expect(readSlip(slipText(slip))).toEqual({ ok: true, value: slip });
});

property(
  "one sign that was misread, or two that changed places, make no other candidate's slip",
  500,
  [slips, fc.nat(), fc.nat({ max: 35 }).map((value) => value.toString(36).toUpperCase())],
  (slip, where, sign) => {
    const text = slipText(slip);
    const at = "JPA1:".length + (where % (text.length - "JPA1:".length));
    const misread = text.slice(0, at) + sign + text.slice(at + 1);
    if (misread !== text) expect(readSlip(misread)).toEqual(refused);
    const [one = "", other = ""] = [text[at], text[at + 1]];
    const turned = text.slice(0, at) + other + one + text.slice(at + 2);
    if (turned !== text) expect(readSlip(turned)).toEqual(refused);
  },
);

test("a scanner under a caps lock or a Chinese input method types small and wide signs, and it is the same slip", () => {
  const slip = { sitting: sittingId(1), no: 27 };
  const text = slipText(slip);
  const wide = text.replace(":", "：").replace(".", "。").replace(".", "．");
  for (const typed of [text.toLowerCase(), ` ${text}\n`, wide]) {
    expect(isSlipText(typed)).toBe(true);
    expect(readSlip(typed)).toEqual({ ok: true, value: slip });
  }
});

test.each(["", "王建国", "27", "JPB1:ABCDEF", "JPS1:ABCDEF"])("%s is no slip", (text) => {
  expect(isSlipText(text)).toBe(false);
  expect(readSlip(text)).toEqual(refused);
});

test.each([
  "JPA1:",
  "JPA1:27",
  "JPA1:AAAAAAAAAAAAAAAAAAAAAAAAAA.0.97",
  `${slipText({ sitting: sittingId(1), no: 1 })}1`,
])("%s begins like a slip and is none", (text) => {
  expect(isSlipText(text)).toBe(true);
  expect(readSlip(text)).toEqual(refused);
});

test("it names nobody: sitting, number and two check digits are all there is, in signs that a small square holds", () => {
  const text = slipText({ sitting: sittingId(1), no: 3 });
  expect(text).toMatch(/^JPA1:[A-Z2-7]{26}\.3\.\d\d$/);
  expect(encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric" }).length).toBeLessThan(40);
});
