// The certificate (职业技能等级证书), its number, the block of serials a device holds, and the row that is uploaded
// (domain 5.1, 5.2, 5.4; R69, R70, R74).
import { z } from "zod";
import { Day } from "#shared/base";
import { SkillLevel } from "./level.ts";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { PersonName } from "./person.ts";

/** 22 characters; no check digit exists, so structure and the register are all there is to check. */
export const CertificateNumber = z
  .string()
  .regex(/^[YS]\d{14}[1-5]\d{6}$/)
  .brand("CertificateNumber");
export type CertificateNumber = z.infer<typeof CertificateNumber>;

/** Positions 1 to 13, given by the authority: class, ministry code, area, serial of the institution or site. */
export const CertificatePrefix = z
  .string()
  .regex(/^[YS]\d{12}$/)
  .brand("CertificatePrefix");
export type CertificatePrefix = z.infer<typeof CertificatePrefix>;

/** RESERVED -> VALID -> CORRECTED | REVOKED | REISSUED (domain B8). */
export const CertificateStatus = z.enum(["RESERVED", "VALID", "CORRECTED", "REVOKED", "REISSUED"]);
export type CertificateStatus = z.infer<typeof CertificateStatus>;

const holder = {
  name: PersonName,
  idType: z.enum(["ID_CARD", "RESIDENCE_PERMIT", "PERMANENT_RESIDENT", "PASSPORT"]),
  idNumber: z.string().min(5).max(32),
  occupation: OccupationCode,
  direction: DirectionCode.nullable(),
  level: SkillLevel,
  number: CertificateNumber,
  institution: z.string().min(1).max(100),
  issuedOn: Day,
};

export const Certificate = z.strictObject({ ...holder, status: CertificateStatus });
export type Certificate = z.infer<typeof Certificate>;

export const UploadRow = z.strictObject({ ...holder, kind: z.enum(["NEW", "CORRECTION"]) });
export type UploadRow = z.infer<typeof UploadRow>;

const Serial = z.int().min(1).max(999_999);

/** Serials that one device may give out for a prefix, a year and a level without asking anybody. */
export const SerialBlock = z
  .strictObject({
    prefix: CertificatePrefix,
    year: z.int().min(2000).max(2099),
    level: SkillLevel,
    from: Serial,
    to: Serial,
    device: z.string().min(1).max(64),
    /** The next to be given out; one past `to` when the block is used up. */
    next: z.int().min(1).max(1_000_000),
    /** Year end: the rest was returned or written off. */
    closedOn: Day.nullable(),
  })
  .refine(({ from, to, next }) => from <= next && next <= to + 1 && from <= to, "from <= next <= to + 1");
export type SerialBlock = z.infer<typeof SerialBlock>;
