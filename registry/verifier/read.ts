// What a file is, by its bytes alone: names and extensions mean nothing (protocol A2).
import { gunzipSync } from "node:zlib";
import { sha256 } from "./key.ts";
import { readRecords, type SignedRecord, type Wrong } from "./record.ts";
import { PROOF_HEADER } from "./tree.ts";

/** One thing that was given, and from which file. */
export type Item = { readonly from: string } & (
  | { readonly is: "record"; readonly record: SignedRecord }
  | Given<"object">
  | Given<"proof">
  | Given<"checkpoint">
  | { readonly is: "wrong"; readonly wrong: string }
);

interface Given<Kind> {
  readonly is: Kind;
  readonly bytes: Buffer;
  readonly hash: string;
}

export function readFileOf(from: string, file: Buffer): Item[] {
  if (file.subarray(0, 4).toString("latin1") === "\x89ERT") return readBundle(from, file);
  return readPart(from, file, []);
}

const MAGIC = Buffer.from("89455254420d0a1a", "hex");
const HEADER = 1 + 32 + 8;

/** The frames of a bundle, until the first byte that is not what it should be. */
function readBundle(from: string, file: Buffer): Item[] {
  const items: Item[] = [];
  const stop = (wrong: string): Item[] => [...items, { from, is: "wrong", wrong }];
  if (!file.subarray(0, 8).equals(MAGIC)) return stop("bundle-magic");
  for (let at = 8; ;) {
    if (at + HEADER > file.length) return stop("bundle-cut");
    const type = file[at];
    const id = file.subarray(at + 1, at + 33);
    const length = Number(file.readBigUInt64BE(at + 33));
    if (type === 0) {
      if (length !== 0 || !sha256(file.subarray(0, at)).equals(id)) return stop("bundle-altered");
      return at + HEADER === file.length ? items : stop("bundle-trailing");
    }
    const bytes = file.subarray(at + HEADER, at + HEADER + length);
    if (bytes.length !== length) return stop("bundle-cut");
    const found =
      type === undefined || type > 3
        ? []
        : readPart(from, bytes, [type === 1 ? "record" : type === 2 ? "object" : "proof"]);
    const [first] = found;
    const name = first?.is === "record" ? first.record.hash : `sha256:${sha256(bytes).toString("hex")}`;
    if (first?.is !== "wrong" && first !== undefined && name !== `sha256:${id.toString("hex")}`)
      return stop("bundle-frame");
    items.push(...found);
    at += HEADER + length;
  }
}

/** `kinds`: what a frame says it is; a file on its own says nothing. */
function readPart(from: string, bytes: Buffer, kinds: readonly string[]): Item[] {
  const may = (kind: string) => kinds.length === 0 || kinds.includes(kind);
  const hash = `sha256:${sha256(bytes).toString("hex")}`;
  const text = bytes.subarray(0, 64).toString("latin1");
  if (may("proof") && text.startsWith(PROOF_HEADER)) return [{ from, is: "proof", bytes, hash }];
  if (may("record")) {
    const records = readRecords(text.startsWith("\x1f\x8b") ? unzipped(bytes) : bytes);
    if (records) return records.map((record) => asItem(from, record));
  }
  if (may("checkpoint") && /^[\x21-\x7e]+\n\d+\n/.test(text))
    return [{ from, is: "checkpoint", bytes, hash }];
  if (may("object") && (text.startsWith("ERTO") || text.startsWith("ERTH")))
    return [{ from, is: "object", bytes, hash }];
  return [{ from, is: "wrong", wrong: kinds.includes("record") ? "envelope" : "unknown" }];
}

function asItem(from: string, record: SignedRecord | Wrong): Item {
  return "wrong" in record ? { from, is: "wrong", wrong: record.wrong } : { from, is: "record", record };
}

function unzipped(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: 256 * 1024 * 1024 });
  } catch {
    return bytes; // no gzip after all: what it is, somebody else says
  }
}
