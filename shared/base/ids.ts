// Branded ids: a CandidateRef is not a SheetId. Shapes are those of the signed bytes (protocol 1.4, 1.5, A2).
import { z } from "zod";
import { bytesToHex, hexToBytes, type Bytes } from "./bytes.ts";
import { invariant } from "./invariant.ts";

/** 16 random bytes, base64url without padding. */
const random16 = z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/);
/** 16 random bytes, lower-case hex. */
const hex32 = z.string().regex(/^[0-9a-f]{32}$/);

export const SheetId = random16.brand("SheetId");
export type SheetId = z.infer<typeof SheetId>;

export const SittingId = random16.brand("SittingId");
export type SittingId = z.infer<typeof SittingId>;

/** The pseudonym under which a candidate travels; given at import (rulings 4). */
export const CandidateRef = hex32.brand("CandidateRef");
export type CandidateRef = z.infer<typeof CandidateRef>;

export const BootId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .brand("BootId");
export type BootId = z.infer<typeof BootId>;

/** A person of the institution's register, as the registry spells it: `p-001`. */
export const PersonId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
  .brand("PersonId");
export type PersonId = z.infer<typeof PersonId>;

/** An institution of the register: `demo-60f3`. */
export const InstitutionId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
  .brand("InstitutionId");
export type InstitutionId = z.infer<typeof InstitutionId>;

/** `<alg>.` and the first 16 bytes of H(alg || 0x00 || public key) (protocol 1.4). */
export const Kid = z
  .string()
  .regex(/^ed25519\.[0-9a-f]{32}$/)
  .brand("Kid");
export type Kid = z.infer<typeof Kid>;

/** `sha256:` and 64 hex: of payload bytes for records, of stored bytes for objects (protocol A2). */
export const HashId = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/)
  .brand("HashId");
export type HashId = z.infer<typeof HashId>;

/** By construction, and not parsed: it is made for every record, twice. */
export function digestToHashId(digest: Bytes): HashId {
  invariant(digest.length === 32, "a hash has 32 bytes");
  return `sha256:${bytesToHex(digest)}` as HashId;
}

export function hashIdToDigest(id: HashId): Bytes {
  return hexToBytes(id.slice("sha256:".length));
}

/** A public log by its name, one a year: `<registry>/results/<year>`; `.2` and on after a registry was restored. */
export const LogOrigin = z
  .string()
  .regex(/^[a-z0-9.-]{1,64}\/results\/\d{4}(?:\.[1-9]\d?)?$/)
  .brand("LogOrigin");
export type LogOrigin = z.infer<typeof LogOrigin>;

/** The predecessor of the first record of a chain. */
export const NO_HASH = HashId.parse(`sha256:${"0".repeat(64)}`);

/** An Ed25519 or X25519 public key, 32 bytes, lower-case hex. */
export const PublicKeyHex = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand("PublicKeyHex");
export type PublicKeyHex = z.infer<typeof PublicKeyHex>;

/** A person outside the register of staff, as rules compare them: a keyed hash of the ID number, never the number. */
export const IdHash = hex32.brand("IdHash");
export type IdHash = z.infer<typeof IdHash>;
