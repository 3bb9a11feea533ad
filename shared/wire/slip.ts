// What the QR of an admission slip (准考证) says: a sitting and a number of its roster. It is not signed, because it gives nobody
// anything: it finds a line of the roster that lies here already, and a person compares the document. A scanner types it, so that two
// check digits find what was misread on the way.
import {
  base32ToBytes,
  base64urlToBytes,
  bytesToBase32,
  bytesToBase64url,
  invariant,
  ok,
  refuse,
  SittingId,
  type Refusal,
  type Result,
} from "#shared/base";
import { MOST_CANDIDATES } from "#shared/exam";

export interface Slip {
  readonly sitting: SittingId;
  /** In the roster. */
  readonly no: number;
}

const PREFIX = "JPA1:";
const PARTS = /^([A-Z2-7]{26})\.([1-9]\d{0,4})\.(\d{2})$/;

export function slipText({ sitting, no }: Slip): string {
  const bytes = base64urlToBytes(sitting);
  invariant(bytes, "a sitting's id is base64url");
  const [id, number] = [bytesToBase32(bytes), String(no)];
  const check = checkOf(`${id}${number}`);
  return `${PREFIX}${id}.${number}.${check}`;
}

/** Somebody typed, or a scanner did: the text is that of a slip and of nothing that is looked for by name. */
export function isSlipText(text: string): boolean {
  return bare(text).startsWith(PREFIX);
}

export function readSlip(text: string): Result<Slip, Refusal<"slip.unreadable">> {
  const said = bare(text);
  const parts = said.startsWith(PREFIX) ? PARTS.exec(said.slice(PREFIX.length)) : null;
  const [, id = "", number = "", check = ""] = parts ?? [];
  const bytes = base32ToBytes(id);
  if (!parts || !bytes || check !== checkOf(`${id}${number}`)) return refuse({ code: "slip.unreadable" });
  const sitting = SittingId.safeParse(bytesToBase64url(bytes));
  const no = Number(number);
  return sitting.success && no <= MOST_CANDIDATES
    ? ok({ sitting: sitting.data, no })
    : refuse({ code: "slip.unreadable" });
}

/** A scanner types as a keyboard would: in small letters under a caps lock, and in wide ones under a Chinese input method. */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s。]/gu, (sign) => (sign === "。" ? "." : ""))
    .toUpperCase();
}

/**
 * The text as one number in base 36, modulo 97: a prime above every digit, so that no sign is taken for another and no two neighbours
 * change places unnoticed.
 */
function checkOf(text: string): string {
  let rest = 0;
  for (const sign of text) rest = (rest * 36 + Number.parseInt(sign, 36)) % 97;
  return String(rest).padStart(2, "0");
}
