// Signed notes (C2SP signed-note): text, an empty line, lines with signatures. The form of the log's checkpoints, so that
// any tool of that world can read ours; one key and one signature type are believed, every other signature is passed over.
import {
  base64ToBytes,
  bytesToBase64,
  concatBytes,
  isEqualBytes,
  ok,
  readUtf8,
  refuse,
  utf8,
  type Bytes,
  type Refusal,
  type Result,
} from "#shared/base";
import { digest, isSignatureValid } from "#shared/crypto";

/** A note key: the name is part of it, the same 32 bytes under another name are another key. */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Bytes;
}

export type NoteError = Refusal<"note.malformed" | "note.key-unknown" | "note.signature-invalid">;

const ED25519 = Uint8Array.of(1);
const MAX_NOTE_BYTES = 64 * 1024;
const MAX_SIGNATURES = 64;
/** Em dash, a name without spaces or plus, the base64 of key id and signature. */
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;

export function signNote(text: string, name: string, { publicKey, sign }: NoteSigner): Bytes {
  const signature = concatBytes(noteKeyId({ name, publicKey }), sign(utf8(text)));
  return utf8(`${text}\n— ${name} ${bytesToBase64(signature)}\n`);
}

export interface NoteSigner {
  readonly publicKey: Bytes;
  readonly sign: (bytes: Bytes) => Bytes;
}

// 1 a note? · 2 a signature by this key, by name and id · 3 over exactly this text; a second, false one spoils it
/** The text of a note that this key signed. */
export function openNote(note: Bytes, key: NoteKey): Result<string, NoteError> {
  const split = splitNote(note);
  if (!split) return refuse({ code: "note.malformed" });
  const id = noteKeyId(key);
  const ours = split.signatures.filter(
    ({ name, bytes }) => name === key.name && isEqualBytes(bytes.subarray(0, 4), id),
  );
  if (ours.length === 0) return refuse({ code: "note.key-unknown" });
  const signed = utf8(split.text);
  const isSigned = ours.every(({ bytes }) => isSignatureValid(bytes.subarray(4), signed, key.publicKey));
  return isSigned ? ok(split.text) : refuse({ code: "note.signature-invalid" });
}

/** The first four bytes of SHA-256(name || newline || type || key). */
export function noteKeyId({ name, publicKey }: NoteKey): Bytes {
  return digest(concatBytes(utf8(`${name}\n`), ED25519, publicKey)).subarray(0, 4);
}

interface SplitNote {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Bytes }[];
}

/** The last empty line divides text and signatures; every line after it is a signature. */
function splitNote(note: Bytes): SplitNote | undefined {
  const whole = note.length <= MAX_NOTE_BYTES ? readUtf8(note) : undefined;
  if (whole === undefined || CONTROL.test(whole) || !whole.endsWith("\n")) return undefined;
  const at = whole.lastIndexOf("\n\n");
  if (at < 0) return undefined;
  const lines = whole.slice(at + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) return undefined;
  const signatures = lines.map(readSignature);
  return signatures.every((one) => one !== undefined)
    ? { text: whole.slice(0, at + 1), signatures }
    : undefined;
}

function readSignature(line: string): SplitNote["signatures"][number] | undefined {
  const [, name, text] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = text === undefined ? undefined : base64ToBytes(text);
  return name !== undefined && bytes && bytes.length > 4 ? { name, bytes } : undefined;
}
