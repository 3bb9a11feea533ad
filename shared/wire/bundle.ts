// The bundle file (.ertb, protocol A2): the same records and objects that go by wire, in one file for a stick. Written and
// read in pieces, because evidence is large. A stick is hostile until shown otherwise (T20): nothing here allocates by a
// length that a file claims, and a frame is believed only when its bytes hash to its id.
import {
  concatBytes,
  digestToHashId,
  hashIdToDigest,
  isEqualBytes,
  type Bytes,
  type HashId,
} from "#shared/base";
import { createDigest, hashId } from "#shared/crypto";
import { recordToEnvelope } from "./envelope.ts";

export const BUNDLE_TYPE = "application/vnd.ert.bundle";

/** What a frame holds: a raw record, a sealed object, a proof of the log as text. */
export type FrameKind = "envelope" | "object" | "proof";

export interface BundleFrame {
  readonly kind: FrameKind;
  /** Of an envelope its payload's hash, of everything else the hash of the bytes. */
  readonly id: HashId;
  readonly bytes: Bytes;
}

const MAGIC = Uint8Array.of(0x89, 0x45, 0x52, 0x54, 0x42, 0x0d, 0x0a, 0x1a);
const END = 0x00;
const TYPES: Readonly<Record<FrameKind, number>> = { envelope: 0x01, object: 0x02, proof: 0x03 };
const KINDS = new Map(Object.entries(TYPES).map(([kind, type]) => [type, kind as FrameKind]));
const HASH_BYTES = 32;
const HEADER_BYTES = 1 + HASH_BYTES + 8;

const MIB = 1024 * 1024;
/** The longest record is a manifest of 1 MiB and its envelope; objects are limited by the registry (16 MiB). */
const MAX_BYTES: Readonly<Record<FrameKind, number>> = {
  envelope: 2 * MIB,
  object: 17 * MIB,
  proof: 64 * 1024,
};
/** Empty frames would make the reader's list of them its weakest spot. */
const MAX_FRAMES = 20_000;

export function envelopeFrame(record: Bytes): BundleFrame {
  const id = frameId("envelope", record);
  if (id === undefined) throw new Error("invariant: a record that is written can be read");
  return { kind: "envelope", id, bytes: record };
}

export function objectFrame(bytes: Bytes): BundleFrame {
  return { kind: "object", id: hashId(bytes), bytes };
}

export function proofFrame(bytes: Bytes): BundleFrame {
  return { kind: "proof", id: hashId(bytes), bytes };
}

/** Writes a bundle piece by piece; `end` gives the last piece, and with it the bundle's hash. */
export function createBundleWriter() {
  const hash = createDigest();
  const put = (bytes: Bytes): Bytes => {
    hash.update(bytes);
    return bytes;
  };
  return {
    begin: (): Bytes => put(MAGIC),
    frame: ({ kind, id, bytes }: BundleFrame): Bytes[] => [
      put(frameHeader(TYPES[kind], hashIdToDigest(id), bytes.length)),
      put(bytes),
    ],
    end: (): { bytes: Bytes; hash: HashId } => {
      const sum = hash.digest();
      return { bytes: frameHeader(END, sum, 0), hash: digestToHashId(sum) };
    },
  };
}

/** A small bundle in one piece. */
export function writeBundle(frames: readonly BundleFrame[]): { bytes: Bytes; hash: HashId } {
  const writer = createBundleWriter();
  const pieces = [writer.begin(), ...frames.flatMap((frame) => writer.frame(frame))];
  const end = writer.end();
  return { bytes: concatBytes(...pieces, end.bytes), hash: end.hash };
}

/** What a bundle turned out to be, when its last byte was read. */
export interface BundleEnd {
  /** Null when everything to the end hash is as it was written. */
  readonly trouble:
    | null
    | "bundle.not-a-bundle"
    | "bundle.cut-short"
    | "bundle.altered"
    | "bundle.too-many-frames"
    | "bundle.trailing-bytes";
  /** Of a whole bundle. */
  readonly hash: HashId | null;
  /** Frames of a known kind that were complete but are not what their id says, or larger than anything may be. */
  readonly unusable: number;
}

export interface BundleReader {
  /** The frames that these bytes complete; each matches its id. */
  push(bytes: Bytes): BundleFrame[];
  end(): BundleEnd;
}

/** Takes the file in pieces of any size and never holds more than one frame of it. */
export function createBundleReader(): BundleReader {
  const hash = createDigest();
  let state: ReadState = { at: "magic", held: createHold(MAGIC.length) };
  let trouble: BundleEnd["trouble"] = "bundle.cut-short";
  let whole: HashId | null = null;
  let frames = 0;
  let unusable = 0;

  const stop = (reason: BundleEnd["trouble"]): ReadState => {
    trouble = reason;
    return { at: "stopped" };
  };
  const nextHeader = (): ReadState => ({ at: "header", held: createHold(HEADER_BYTES) });

  const readMagic = (bytes: Bytes): ReadState => {
    if (!isEqualBytes(bytes, MAGIC)) return stop("bundle.not-a-bundle");
    hash.update(bytes);
    return nextHeader();
  };
  const readHeader = (bytes: Bytes): ReadState => {
    const type = bytes[0];
    const named = bytes.subarray(1, 1 + HASH_BYTES);
    const length = readLength(bytes.subarray(1 + HASH_BYTES));
    if (type === END) {
      const sum = hash.digest();
      if (length !== 0 || !isEqualBytes(sum, named)) return stop("bundle.altered");
      whole = digestToHashId(sum);
      trouble = null;
      return { at: "ended" };
    }
    if (++frames > MAX_FRAMES) return stop("bundle.too-many-frames");
    hash.update(bytes);
    const kind = type === undefined ? undefined : KINDS.get(type);
    const id = digestToHashId(named);
    // A kind of a later version is passed over; so is what nobody may send, without making room for it.
    if (kind === undefined) return skip(length);
    if (length > MAX_BYTES[kind]) {
      unusable++;
      return skip(length);
    }
    return { at: "body", kind, id, held: createHold(length) };
  };
  const skip = (left: number): ReadState => (left === 0 ? nextHeader() : { at: "skipping", left });

  const push = (bytes: Bytes): BundleFrame[] => {
    const found: BundleFrame[] = [];
    let at = 0;
    // An empty body is complete before a byte of it is there, hence the second condition.
    while (at < bytes.length || (state.at === "body" && state.held.isFull())) {
      switch (state.at) {
        case "magic":
          at += state.held.take(bytes.subarray(at));
          if (state.held.isFull()) state = readMagic(state.held.bytes());
          break;
        case "header":
          at += state.held.take(bytes.subarray(at));
          if (state.held.isFull()) state = readHeader(state.held.bytes());
          break;
        case "body": {
          const { kind, id, held }: BodyState = state;
          at += held.take(bytes.subarray(at));
          if (!held.isFull()) break;
          const body = held.bytes();
          hash.update(body);
          if (frameId(kind, body) === id) found.push({ kind, id, bytes: body });
          else unusable++;
          state = nextHeader();
          break;
        }
        case "skipping": {
          const part = bytes.subarray(at, at + Math.min(state.left, bytes.length - at));
          hash.update(part);
          at += part.length;
          state = skip(state.left - part.length);
          break;
        }
        case "ended":
          state = stop("bundle.trailing-bytes");
          return found;
        case "stopped":
          return found;
      }
    }
    return found;
  };

  return { push, end: () => ({ trouble, hash: whole, unusable }) };
}

/** A small bundle that is in memory already. */
export function readBundle(bytes: Bytes): { frames: BundleFrame[]; end: BundleEnd } {
  const reader = createBundleReader();
  const frames = reader.push(bytes);
  return { frames, end: reader.end() };
}

type Hold = ReturnType<typeof createHold>;
interface BodyState {
  readonly at: "body";
  readonly kind: FrameKind;
  readonly id: HashId;
  readonly held: Hold;
}
type ReadState =
  | { readonly at: "magic" | "header"; readonly held: Hold }
  | BodyState
  | { readonly at: "skipping"; readonly left: number }
  | { readonly at: "ended" | "stopped" };

/** Collects exactly `length` bytes. Room is made as bytes arrive: a length is only a claim. */
function createHold(length: number) {
  const parts: Bytes[] = [];
  let held = 0;
  return {
    take: (bytes: Bytes): number => {
      const part = bytes.slice(0, length - held);
      if (part.length > 0) parts.push(part);
      held += part.length;
      return part.length;
    },
    isFull: () => held === length,
    bytes: (): Bytes => concatBytes(...parts),
  };
}

/** Undefined for an envelope that cannot be read: nothing vouches for its bytes. */
function frameId(kind: FrameKind, bytes: Bytes): HashId | undefined {
  if (kind !== "envelope") return hashId(bytes);
  const envelope = recordToEnvelope(bytes);
  return envelope.ok ? hashId(envelope.value.payload) : undefined;
}

function frameHeader(type: number, id: Bytes, length: number): Bytes {
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = type;
  header.set(id, 1);
  const view = new DataView(header.buffer);
  view.setUint32(1 + HASH_BYTES, Math.floor(length / 2 ** 32));
  view.setUint32(1 + HASH_BYTES + 4, length % 2 ** 32);
  return header;
}

/** Beyond 2^53 it is no length of anything here; it only has to be more than any file. */
function readLength(bytes: Bytes): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
