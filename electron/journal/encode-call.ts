// From what a caller asks to the frames of one group: numbered, stamped, chained. Parsed with the schema it will be
// read with, so that nothing is ever written that the next start would refuse.
import type { Bytes, ClockReading, PersonId } from "#shared/base";
import { JournalEntry, type EntryBody, type StoredEntry } from "#shared/journal";
import type { ChainPlace } from "./check-segment.ts";
import { encodeBody } from "./entry-body.ts";
import { encodeFrame } from "./frame.ts";

export interface EncodedCall {
  readonly stored: StoredEntry[];
  readonly frames: readonly (ChainPlace & { readonly bytes: Bytes })[];
  readonly end: ChainPlace;
}

/** `flushed`: the last sequence that is on the disk before this write. Throws on a draft outside the schema. */
export function encodeCall(
  call: {
    readonly actor: PersonId | null;
    readonly at: ClockReading;
    readonly drafts: readonly { readonly body: EntryBody; readonly attachments?: readonly Bytes[] }[];
  },
  before: ChainPlace,
  flushed: number,
  seal: (clear: Bytes, head: Bytes) => Bytes,
): EncodedCall {
  const stored: StoredEntry[] = [];
  const frames: (ChainPlace & { bytes: Bytes })[] = [];
  let end: ChainPlace = { seq: before.seq, hash: before.hash };
  for (const [i, draft] of call.drafts.entries()) {
    const seq = end.seq + 1;
    const entry = JournalEntry.parse({ v: 1, seq, at: call.at, actor: call.actor, body: draft.body });
    const clear = encodeBody(entry, draft.attachments ?? []);
    const more = i < call.drafts.length - 1;
    const { bytes, hash } = encodeFrame({ more, seq, flushed, prev: end.hash, clear }, seal);
    end = { seq, hash };
    frames.push({ ...end, bytes });
    stored.push({ entry, hash });
  }
  return { stored, frames, end };
}
