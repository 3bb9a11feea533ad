// Reads one segment from its bytes and says how far it is whole. Pure: nothing is repaired here.
//
// [Note: What a torn tail may look like] A power cut can leave any part of the last, unflushed write behind, in any
// order: half a frame, zeros, even a whole frame after a missing one. Every frame therefore says up to where the file
// was flushed when it was written. A bad place may be cut off only while nothing behind it claims that it was flushed;
// otherwise something that was acknowledged is damaged, and a program must not tidy that away.
import { ok, refuse, type HashId, type Result } from "#shared/base";
import type { Bytes } from "#shared/base";
import type { JournalEntry } from "#shared/journal";
import { decodeBody } from "./entry-body.ts";
import { decodeFrame, isLaterFrame, SEALED, type Frame } from "./frame.ts";
import type { OpenFrame } from "./seal.ts";

/** Where the chain stands: the last good entry. */
export interface ChainPlace {
  readonly seq: number;
  readonly hash: HashId;
}

export interface FoundEntry {
  readonly entry: JournalEntry;
  readonly offset: number;
  readonly length: number;
}

export interface SegmentTrouble {
  /** `locked`: whole, and sealed under a key that is not here. */
  readonly kind: "damaged" | "newer" | "locked";
  readonly reason: string;
  readonly offset: number;
  readonly seq: number;
}

export interface CheckedSegment {
  readonly found: readonly FoundEntry[];
  readonly end: ChainPlace;
  /** Length of the part that is whole: everything behind it is a torn tail. */
  readonly whole: number;
}

/** `isLast`: only the newest segment can have a torn tail; in any other the same bytes are damage. */
export function checkSegment(
  bytes: Bytes,
  start: number,
  before: ChainPlace,
  isLast: boolean,
  open: OpenFrame,
): Result<CheckedSegment, SegmentTrouble> {
  const found: FoundEntry[] = [];
  let end = before;
  let whole = start;
  const trouble = (kind: SegmentTrouble["kind"], reason: string, offset: number) =>
    refuse({ kind, reason, offset, seq: end.seq });

  while (whole < bytes.length) {
    const group = readGroup(bytes, whole, end);
    if (group.breaks === "chain") return trouble("damaged", "frame.chain", group.stop);
    if (group.breaks === "torn") {
      if (!isLast || isFollowed(bytes, group.stop, end.seq + 1))
        return trouble("damaged", "frame.hash", group.stop);
      return ok({ found, end, whole });
    }
    for (const { frame, offset } of group.frames) {
      if (frame.form !== SEALED) return trouble("damaged", "frame.form", offset);
      const clear = open(frame);
      if (!clear.ok) return trouble(clear.error, "frame.seal", offset);
      const body = decodeBody(clear.value);
      if (!body.ok) return trouble(body.error, "entry", offset);
      if (body.value.entry.seq !== frame.seq) return trouble("damaged", "entry.seq", offset);
      found.push({ entry: body.value.entry, offset, length: frame.length });
      end = { seq: frame.seq, hash: frame.hash };
    }
    whole = group.stop;
  }
  return ok({ found, end, whole });
}

interface Group {
  readonly frames: readonly { readonly frame: Frame; readonly offset: number }[];
  /** Where the group ends or breaks off. */
  readonly stop: number;
  readonly breaks: "torn" | "chain" | null;
}

export function readGroup(bytes: Bytes, start: number, before: ChainPlace): Group {
  const frames: { frame: Frame; offset: number }[] = [];
  let place = before;
  let at = start;
  for (;;) {
    const frame = decodeFrame(bytes, at);
    if (!frame) return { frames, stop: at, breaks: "torn" };
    // A whole frame in the wrong place was never left behind by a power cut.
    if (frame.seq !== place.seq + 1 || frame.prev !== place.hash)
      return { frames, stop: at, breaks: "chain" };
    frames.push({ frame, offset: at });
    place = { seq: frame.seq, hash: frame.hash };
    at += frame.length;
    if (!frame.more) return { frames, stop: at, breaks: null };
  }
}

function isFollowed(bytes: Bytes, from: number, seq: number): boolean {
  for (let at = from + 1; at < bytes.length; at++) if (isLaterFrame(bytes, at, seq)) return true;
  return false;
}
