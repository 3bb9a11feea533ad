// Checkpoints (C2SP tlog-checkpoint): "this log has so many leaves and this root", signed by the log's key under the log's
// own name. Extension lines are not used, and a checkpoint that has some is not one of ours.
import {
  base64ToBytes,
  bytesToBase64,
  LogOrigin,
  ok,
  refuse,
  type Bytes,
  type Refusal,
  type Result,
} from "#shared/base";
import type { TreeHead } from "./merkle.ts";
import { openNote, signNote, type NoteError, type NoteSigner } from "./note.ts";

declare const checked: unique symbol;
/** Only `verifyCheckpoint` makes one. */
export interface Checkpoint extends TreeHead {
  readonly log: LogOrigin;
  /** As it was signed: what a laptop keeps, and shows when two do not fit. */
  readonly note: Bytes;
  readonly [checked]: true;
}

export type CheckpointError = NoteError | Refusal<"checkpoint.malformed" | "checkpoint.other-log">;

export function signCheckpoint(log: LogOrigin, { size, root }: TreeHead, signer: NoteSigner): Bytes {
  return signNote(`${log}\n${size}\n${bytesToBase64(root)}\n`, log, signer);
}

/** The log that a checkpoint says it is of: to be believed only after `verifyCheckpoint` under that very name. */
export function originOf(note: Bytes): LogOrigin | undefined {
  const end = note.indexOf(0x0a);
  const name = end < 0 ? "" : String.fromCharCode(...note.subarray(0, Math.min(end, 128)));
  return LogOrigin.safeParse(name).data;
}

// 1 signed by the log's key under the log's name · 2 three lines in their one spelling · 3 of this very log
export function verifyCheckpoint(
  note: Bytes,
  log: LogOrigin,
  publicKey: Bytes,
): Result<Checkpoint, CheckpointError> {
  const text = openNote(note, { name: log, publicKey });
  if (!text.ok) return text;
  const [, origin, size, root] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text.value) ?? [];
  const hash = root === undefined ? undefined : base64ToBytes(root);
  if (!hash || !Number.isSafeInteger(Number(size))) return refuse({ code: "checkpoint.malformed" });
  if (origin !== log) return refuse({ code: "checkpoint.other-log" });
  return ok({ log, size: Number(size), root: hash, note } as Checkpoint);
}
