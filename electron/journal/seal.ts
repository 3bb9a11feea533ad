// The seal of one journal: binds every body to the journal's id, and asks for the key only when there is a body.
import { concatBytes, invariant, ok, refuse, type Bytes, type Result } from "#shared/base";
import type { JournalCipher } from "./cipher.ts";
import type { Frame } from "./frame.ts";

/** Null until this laptop has a data key that is open. */
export type CipherSource = () => JournalCipher | null;

export type OpenFrame = (frame: Frame) => Result<Bytes, "locked" | "damaged">;

export function openWith(source: CipherSource, journal: Bytes): OpenFrame {
  return ({ body, head }) => {
    const cipher = source();
    if (!cipher) return refuse("locked");
    const opened = cipher.open(body, concatBytes(journal, head));
    if (opened === "other-key") return refuse("locked");
    return opened ? ok(opened) : refuse("damaged");
  };
}

export function sealWith(source: CipherSource, journal: Bytes): (clear: Bytes, head: Bytes) => Bytes {
  return (clear, head) => {
    const cipher = source();
    invariant(cipher, "a journal is written once the laptop has its data key");
    return cipher.seal(clear, concatBytes(journal, head));
  };
}
