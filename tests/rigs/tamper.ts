// The tampering rig (P9, P2): somebody with the disk and without the key edits, cuts, swaps, repeats, rehashes and rolls
// back the journal. Each change must be refused, or leave a journal whose head is not the one that the window's store
// and the registry know. What may never happen is the known head over other entries.
import { createHash } from "node:crypto";
import { concatBytes, createRandom, isEqualBytes, pickInt, type Bytes, type Random } from "#shared/base";
import { createFaultDisk } from "../support/fault-file-system.ts";
import { ACTOR, aGroup, draftsIn, FIRST_SEGMENT, openOn, tryOpening } from "../support/journal-on-disk.ts";
import type { Measured } from "../support/measured.ts";
import { damageStores } from "./damage-stores.ts";
import type { RigOptions } from "./options.ts";
import { tamperEvidence } from "./tamper-evidence.ts";

const HEADER_BYTES = 98;
const HASH_BYTES = 32;

interface Original {
  readonly bytes: Bytes;
  /** The file as it was before the last groups: what a rollback puts back. */
  readonly earlier: readonly Bytes[];
  readonly head: { readonly seq: number; readonly hash: string };
  readonly drafts: readonly number[];
}

type Change = (original: Original, random: Random) => Bytes;

const changes: Readonly<Record<string, Change>> = {
  flip: ({ bytes }, random) => {
    const at = pickInt(0, bytes.length - 1, random);
    return replaced(bytes, at, Uint8Array.of((bytes[at] ?? 0) ^ (1 << pickInt(0, 7, random))));
  },
  overwrite: ({ bytes }, random) => {
    const length = pickInt(1, 200, random);
    const at = pickInt(0, bytes.length - length, random);
    return replaced(bytes, at, new Uint8Array(length).fill(pickInt(0, 255, random)));
  },
  truncate: ({ bytes }, random) => bytes.slice(0, pickInt(0, bytes.length - 1, random)),
  cutOut: ({ bytes }, random) => {
    const at = pickInt(0, bytes.length - 1, random);
    return concatBytes(bytes.slice(0, at), bytes.slice(at + pickInt(1, 300, random)));
  },
  insert: ({ bytes }, random) => {
    const at = pickInt(0, bytes.length, random);
    return concatBytes(bytes.slice(0, at), new Uint8Array(pickInt(1, 100, random)).fill(65), bytes.slice(at));
  },
  swapFrames: ({ bytes }, random) => {
    const frames = framesOf(bytes);
    const at = pickInt(0, frames.length - 2, random);
    [frames[at], frames[at + 1]] = [frames[at + 1]!, frames[at]!];
    return concatBytes(bytes.slice(0, HEADER_BYTES), ...frames);
  },
  repeatFrame: ({ bytes }, random) => {
    const frames = framesOf(bytes);
    const at = pickInt(0, frames.length - 1, random);
    return concatBytes(bytes.slice(0, HEADER_BYTES), ...frames.slice(0, at + 1), ...frames.slice(at));
  },
  // The chain's hashes have no key: whoever edits can make every one of them fit again.
  rehash: ({ bytes }, random) => {
    const frames = framesOf(bytes);
    const at = pickInt(0, frames.length - 1, random);
    const edited = frames[at]!.slice();
    const place = pickInt(4, edited.length - HASH_BYTES - 1, random);
    edited[place] = (edited[place] ?? 0) ^ 1;
    frames[at] = edited;
    return concatBytes(bytes.slice(0, HEADER_BYTES), ...chainAnew(frames, at));
  },
  dropAndRehash: ({ bytes }, random) => {
    const frames = framesOf(bytes);
    const at = pickInt(0, frames.length - 2, random);
    frames.splice(at, 1);
    return concatBytes(bytes.slice(0, HEADER_BYTES), ...chainAnew(frames, at));
  },
  rollBack: ({ earlier }, random) => earlier[pickInt(0, earlier.length - 1, random)]!,
};

export async function tamperRig(options: RigOptions): Promise<Measured> {
  const journal = await tamperWithJournal(options);
  const { figures, goals } = journal;
  const store = await damageStores(options);
  return {
    ...journal,
    figures: { ...figures, ...store.figures },
    goals: { ...goals, ...store.goals },
  };
}

export async function tamperWithJournal({ count, seed, say }: RigOptions): Promise<Measured> {
  const random = createRandom(seed);
  const original = await anOriginal();
  const sum = { refused: 0, otherHead: 0, unharmed: 0, unseen: 0 };
  for (const [name, change] of Object.entries(changes)) {
    for (let i = 0; i < count; i++) sum[await judge(original, changed(original, change, random))] += 1;
    say(`${name}: ${String(count)} changes, ${String(sum.unseen)} unseen so far`);
  }
  const evidence = await tamperEvidence(count, seed);
  say(`photographs: ${String(evidence.tried)} changes, ${String(evidence.unseen)} unseen`);
  return {
    name: "tamper",
    figures: {
      seed,
      changes: Object.keys(changes).join(" "),
      tried: count * Object.keys(changes).length,
      ...sum,
      evidenceTried: evidence.tried,
      evidenceUnseen: evidence.unseen,
    },
    goals: {
      unseen: { goal: "0 changes of the journal go unseen", met: sum.unseen === 0 },
      evidenceUnseen: { goal: "0 changes of photographs go unseen", met: evidence.unseen === 0 },
    },
  };
}

/** A change that leaves every byte as it was is none. */
function changed(original: Original, change: Change, random: Random): Bytes {
  for (;;) {
    const bytes = change(original, random);
    if (!isEqualBytes(bytes, original.bytes)) return bytes;
  }
}

/** `unharmed`: what was added behind the last entry was cut off, and every entry is as it was. */
async function judge(
  original: Original,
  bytes: Bytes,
): Promise<"refused" | "otherHead" | "unharmed" | "unseen"> {
  const disk = createFaultDisk();
  const file = await disk.open(FIRST_SEGMENT, "create");
  await file.write(bytes, 0);
  const opened = await tryOpening(disk);
  if (!opened.ok) return "refused";
  const head = opened.value.head();
  if (head.seq !== original.head.seq || head.hash !== original.head.hash) return "otherHead";
  const drafts = await draftsIn(opened.value);
  return drafts.join() === original.drafts.join() ? "unharmed" : "unseen";
}

async function anOriginal(): Promise<Original> {
  const disk = createFaultDisk();
  const journal = await openOn(disk);
  const earlier: Bytes[] = [];
  for (let group = 0; group < 8; group++) {
    earlier.push(disk.clone().content(FIRST_SEGMENT).slice());
    await journal.append(ACTOR, aGroup(group * 3 + 1, 1 + (group % 3)));
  }
  const bytes = disk.clone().content(FIRST_SEGMENT).slice();
  return { bytes, earlier, head: journal.head(), drafts: await draftsIn(journal) };
}

function framesOf(bytes: Bytes): Bytes[] {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: Bytes[] = [];
  for (let at = HEADER_BYTES; at < bytes.length;) {
    const length = 4 + numbers.getUint32(at) + HASH_BYTES;
    frames.push(bytes.slice(at, at + length));
    at += length;
  }
  return frames;
}

/** Frames from `first` on with sequences, links and hashes that fit, as the format's description would have them. */
function chainAnew(frames: readonly Bytes[], first: number): Bytes[] {
  const anew = frames.slice(0, first);
  let prev = anew.at(-1)?.slice(-HASH_BYTES);
  for (const [i, frame] of frames.slice(first).entries()) {
    const payload = frame.slice(4, -HASH_BYTES);
    new DataView(payload.buffer).setBigUint64(2, BigInt(first + i + 1));
    if (prev) payload.set(prev, 18);
    prev = new Uint8Array(createHash("sha256").update(payload).digest());
    anew.push(concatBytes(frame.slice(0, 4), payload, prev));
  }
  return anew;
}

function replaced(bytes: Bytes, at: number, part: Bytes): Bytes {
  const copy = bytes.slice();
  copy.set(part, at);
  return copy;
}
