// The tampering rig's part about photographs (P9): somebody with the disk and without the key edits, cuts, reorders, swaps,
// removes and puts back files of pictures, and the sealed copies that wait for the registry. Each is to be refused, and
// never shown or sent as something else.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  concatBytes,
  createRandom,
  HashId,
  isEqualBytes,
  pickInt,
  type Bytes,
  type Random,
} from "#shared/base";
import { createSigner, newTransportPair } from "#shared/crypto";
import { nodeDisk, openEvidence, type EvidenceRoom } from "../../electron/evidence/index.ts";
import { aJpeg } from "../support/pictures.ts";

const HEADER_BYTES = 25;
const PIECE_BYTES = 65_536 + 16;

interface Stored {
  readonly bytes: Bytes;
  /** Of another picture on this laptop. */
  readonly other: Bytes;
  /** The very same picture, as another laptop keeps it. */
  readonly foreign: Bytes;
}

/** Null removes the file. */
type Change = (stored: Stored, random: Random) => Bytes | null;

const changes: Readonly<Record<string, Change>> = {
  flip: ({ bytes }, random) => {
    const turned = bytes.slice();
    const at = pickInt(0, bytes.length - 1, random);
    turned[at] = (turned[at] ?? 0) ^ (1 << pickInt(0, 7, random));
    return turned;
  },
  overwrite: ({ bytes }, random) => {
    const at = pickInt(0, bytes.length - 201, random);
    return concatBytes(
      bytes.slice(0, at),
      new Uint8Array(200).fill(pickInt(0, 255, random)),
      bytes.slice(at + 200),
    );
  },
  truncate: ({ bytes }, random) => bytes.slice(0, pickInt(0, bytes.length - 1, random)),
  truncateAtPiece: ({ bytes }, random) => bytes.slice(0, HEADER_BYTES + PIECE_BYTES * pickInt(0, 1, random)),
  cutOut: ({ bytes }, random) => {
    const at = pickInt(0, bytes.length - 301, random);
    return concatBytes(bytes.slice(0, at), bytes.slice(at + pickInt(1, 300, random)));
  },
  append: ({ bytes }, random) => concatBytes(bytes, new Uint8Array(pickInt(1, 300, random)).fill(65)),
  swapPieces: ({ bytes }) => {
    const piece = (i: number) =>
      bytes.slice(HEADER_BYTES + i * PIECE_BYTES, HEADER_BYTES + (i + 1) * PIECE_BYTES);
    return concatBytes(bytes.slice(0, HEADER_BYTES), piece(1), piece(0), piece(2));
  },
  swapFiles: ({ other }) => other,
  mix: ({ bytes, other }, random) => {
    const at = pickInt(1, Math.min(bytes.length, other.length) - 1, random);
    return concatBytes(bytes.slice(0, at), other.slice(at));
  },
  foreign: ({ foreign }) => foreign,
  remove: () => null,
};

export interface EvidenceReport {
  readonly tried: number;
  readonly unseen: number;
}

export async function tamperEvidence(count: number, seed: number): Promise<EvidenceReport> {
  const random = createRandom(seed);
  const [here, there] = [await aLaptop(7), await aLaptop(8)];
  const sum = { tried: 0, unseen: 0 };
  try {
    const picture = aJpeg({ bytes: 150_000 });
    const other = aJpeg({ bytes: 150_000, seed: 2 });
    const kept = await keepAll(here, [picture, other]);
    const away = await keepAll(there, [picture]);
    for (const kind of ["picture", "sealed"] as const) {
      const [mine, others, foreign] = [kept[0]!, kept[1]!, away[0]!];
      const path = mine[kind];
      const stored: Stored = {
        bytes: new Uint8Array(await readFile(path)),
        other: new Uint8Array(await readFile(others[kind])),
        foreign: new Uint8Array(await readFile(foreign[kind])),
      };
      for (const change of Object.values(changes))
        for (let i = 0; i < count; i++) {
          const changed = change(stored, random);
          if (changed && isEqualBytes(changed, stored.bytes)) continue;
          await (changed ? writeFile(path, changed) : rm(path));
          sum.tried += 1;
          if (await isTaken(here, mine, kind)) sum.unseen += 1;
          await writeFile(path, stored.bytes);
        }
    }
  } finally {
    await rm(here.folder, { recursive: true });
    await rm(there.folder, { recursive: true });
  }
  return sum;
}

interface Laptop {
  readonly folder: string;
  readonly room: EvidenceRoom;
}

interface Kept {
  readonly hash: HashId;
  readonly wire: HashId;
  /** Paths of the picture's file and of its sealed copy. */
  readonly picture: string;
  readonly sealed: string;
}

async function aLaptop(key: number): Promise<Laptop> {
  const folder = await mkdtemp(join(tmpdir(), "jiangping-tamper-"));
  let salt = 0;
  const room = openEvidence({
    journalFolder: folder,
    disk: nodeDisk,
    random: (length) => new Uint8Array(length).fill((salt += 1)),
    dataKey: () => new Uint8Array(32).fill(key),
  });
  return { folder, room };
}

async function keepAll({ folder, room }: Laptop, pictures: readonly Bytes[]): Promise<Kept[]> {
  const { publicKey } = await newTransportPair();
  const device = createSigner(new Uint8Array(32).fill(9)).kid;
  const kept: Kept[] = [];
  for (const bytes of pictures) {
    const name = createHash("sha256").update(bytes).digest("hex");
    const hash = HashId.parse(`sha256:${name}`);
    const facts = await room.files.keep(bytes);
    const sealed = facts.ok ? await room.files.seal(hash, publicKey, device) : facts;
    if (!sealed.ok) throw new Error(sealed.error.code);
    const { wire } = sealed.value;
    kept.push({
      ...{ hash, wire, picture: join(folder, "evidence", name) },
      sealed: join(folder, "outgoing", wire.slice("sha256:".length)),
    });
  }
  return kept;
}

async function isTaken({ room }: Laptop, { hash, wire }: Kept, kind: "picture" | "sealed"): Promise<boolean> {
  return kind === "picture" ? (await room.files.read(hash)).ok : (await room.readSealed(wire)) !== undefined;
}
