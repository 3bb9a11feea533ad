// Certificate numbers (证书编号): composed, read back, and held against what is uploaded (domain 5.2; R69, R74).
import { ok, refuse, yearOf, type Refusal, type Result } from "#shared/base";
import {
  block,
  CertificateNumber,
  CertificatePrefix,
  decide,
  info,
  UploadRow,
  type Certificate,
  type Decision,
  type PolicyOf,
  type Registration,
  type SkillLevel,
} from "#shared/exam";

type Numbering = PolicyOf<"certificateLetters" | "certificateCorpsDigits">;

/** R69: Class letter, ministry code or 0000, area and the institution's serial: what the authority gave. */
export function certificatePrefix(
  registration: Pick<Registration, "assessorClass" | "ministryCode" | "area" | "areaSerial">,
  policy: Numbering,
): Result<CertificatePrefix, Refusal<"certificate.class-unknown">> {
  const { assessorClass, ministryCode, area, areaSerial } = registration;
  const letter = policy.certificateLetters.find(({ assessor }) => assessor === assessorClass)?.letter;
  if (letter === undefined) return refuse({ code: "certificate.class-unknown", facts: { assessorClass } });
  const digits = area === "XPCC" ? policy.certificateCorpsDigits : area;
  return ok(CertificatePrefix.parse(`${letter}${ministryCode ?? "0000"}${digits}${areaSerial}`));
}

/** R69: Prefix, year of issue, level digit and serial, 22 characters; a seventh digit of the serial overflows. */
export function composeCertificateNumber(
  prefix: CertificatePrefix,
  issue: { readonly year: number; readonly level: SkillLevel; readonly serial: number },
): Result<CertificateNumber, Refusal<"certificate.serial-overflow">> {
  const { year, level, serial } = issue;
  if (serial > LAST_SERIAL) return refuse({ code: "certificate.serial-overflow", facts: { serial } });
  const digits = String(serial).padStart(6, "0");
  return ok(CertificateNumber.parse(`${prefix}${twoDigits(year)}${level.charAt(1)}${digits}`));
}

/** R69: A number of the special grade: a second letter for the level, then 20 digits of the same segments. */
export function composeSpecialNumber(
  prefix: CertificatePrefix,
  issue: { readonly year: number; readonly letter: string; readonly serial: number },
): Result<string, Refusal<"certificate.serial-overflow" | "certificate.level-letter">> {
  const { year, letter, serial } = issue;
  if (serial > LAST_SERIAL) return refuse({ code: "certificate.serial-overflow", facts: { serial } });
  if (!/^[A-Z]$/.test(letter)) return refuse({ code: "certificate.level-letter", facts: { letter } });
  const digits = String(serial).padStart(6, "0");
  return ok(`${prefix.charAt(0)}${letter}${prefix.slice(1)}${twoDigits(year)}${digits}`);
}

export type CertificateScheme = "LEVEL" | "SPECIAL_GRADE" | "QUALIFICATION";

/**
 * R69: Which scheme a number follows: 22 characters of a level or of the special grade, or the 16 digits of the former
 * qualification certificates, which are evidence and never issued. A wrong position is named.
 */
export function checkCertificateNumber(number: string): Decision {
  const scheme = schemeOf(number);
  if (scheme) return decide([info("R69", "certificate.number-sound", { scheme })]);
  const length = Array.from(number).length;
  if (length !== 22) return decide([block("R69", "certificate.length", { length })]);
  const position = firstWrong(number);
  return decide([block("R69", "certificate.position", { position, character: number.charAt(position - 1) })]);
}

/** R74: The uploaded row says what the certificate says, field by field and byte for byte. */
export function checkUploadRow(row: UploadRow, certificate: Certificate): Decision {
  const differing = UPLOADED.filter((field) => row[field] !== certificate[field]);
  return decide(
    differing.length > 0
      ? differing.map((field) => block("R74", "upload.field-differs", { field }))
      : [info("R74", "upload.row-equal", { number: row.number })],
  );
}

/** R74: A change after issue is a row of its own, for the same number; the first row stays as it was sent. */
export function correctionRow(
  sent: UploadRow,
  corrected: Certificate,
): Result<UploadRow, Refusal<CorrectionProblem>> {
  if (sent.number !== corrected.number) return refuse({ code: "upload.other-number" });
  if (checkUploadRow(sent, corrected).allowed) return refuse({ code: "upload.nothing-changed" });
  return ok({ ...uploadRow(corrected), kind: "CORRECTION" });
}

export type CorrectionProblem = "upload.other-number" | "upload.nothing-changed";

/** R74: The first row of a certificate. */
export function uploadRow({ status: _status, ...said }: Certificate): UploadRow {
  return UploadRow.parse({ ...said, kind: "NEW" });
}

/** R69: The year in the number is the year of issue, and the level digit its level. */
export function checkNumberOf({
  number,
  issuedOn,
  level,
}: Pick<Certificate, "number" | "issuedOn" | "level">): Decision {
  const findings = [
    ...(number.slice(13, 15) === twoDigits(yearOf(issuedOn))
      ? []
      : [block("R69", "certificate.year", { issuedOn })]),
    ...(number.charAt(15) === level.charAt(1) ? [] : [block("R69", "certificate.level", { level })]),
  ];
  return decide(
    findings.length > 0 ? findings : [info("R69", "certificate.number-sound", { scheme: "LEVEL" })],
  );
}

const LAST_SERIAL = 999_999;
const UPLOADED = [
  "name",
  "idType",
  "idNumber",
  "occupation",
  "direction",
  "level",
  "number",
  "institution",
  "issuedOn",
] as const;
const SCHEMES: readonly (readonly [CertificateScheme, RegExp])[] = [
  ["LEVEL", /^[YS]\d{14}[1-5]\d{6}$/],
  ["SPECIAL_GRADE", /^[YS][A-Z]\d{20}$/],
  ["QUALIFICATION", /^\d{16}$/],
];

function schemeOf(number: string): CertificateScheme | undefined {
  return SCHEMES.find(([, shape]) => shape.test(number))?.[0];
}

/** Of 22 characters that follow neither scheme: the first place that is wrong, from 1. */
function firstWrong(number: string): number {
  const allowedAt = (at: number) => {
    if (at === 1) return /[YS]/;
    return at === 16 ? /[1-5]/ : /\d/;
  };
  return Array.from(number).findIndex((character, i) => !allowedAt(i + 1).test(character)) + 1;
}

function twoDigits(year: number): string {
  return String(year % 100).padStart(2, "0");
}
