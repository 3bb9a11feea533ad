// How far the acceptance journal reached, signed by the log's key: a journal that was shortened, or written anew with
// hashes that fit, no longer has the frame that was signed.
import { bytesToBase64, hexToBytes, type Bytes } from "#shared/base";
import { openNote, signNote } from "#shared/wire";
import type { RegistryKeys } from "../keys/registry-keys.ts";

export interface JournalHead {
  readonly place: number;
  /** Hash of the frame that the entry at this place stands in, hexadecimal. */
  readonly frame: string;
}

const nameFor = (aud: string) => `${aud}/journal`;

export function signJournalHead({ place, frame }: JournalHead, { aud, log }: RegistryKeys): Bytes {
  const name = nameFor(aud);
  return signNote(`${name}\n${place}\n${bytesToBase64(hexToBytes(frame))}\n`, name, log);
}

/** The text that a good note of this very head would have. */
export function isJournalHead(note: Bytes, head: JournalHead, { aud, log }: RegistryKeys): boolean {
  const name = nameFor(aud);
  const text = openNote(note, { name, publicKey: log.publicKey });
  return text.ok && text.value === `${name}\n${head.place}\n${bytesToBase64(hexToBytes(head.frame))}\n`;
}

/** The place that a note names, when it was signed here. */
export function placeOfHead(note: Bytes, { aud, log }: RegistryKeys): number | undefined {
  const text = openNote(note, { name: nameFor(aud), publicKey: log.publicKey });
  const place = text.ok ? Number(text.value.split("\n")[1]) : Number.NaN;
  return Number.isSafeInteger(place) ? place : undefined;
}
