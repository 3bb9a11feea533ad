// One bit turned, anywhere, in whatever is signed, sealed or carried: each time refused with a typed error, never taken, never
// thrown. An evil bit and a tired stick are one thing to a reader.
import { constants, gunzipSync, gzipSync } from "node:zlib";
import {
  createRandom,
  digestToHashId,
  LogOrigin,
  type HashId,
  pickInt,
  type Bytes,
  type Random,
} from "#shared/base";
import { hashId, openHandOver, openObject, sealHandOver, sealObject } from "#shared/crypto";
import {
  readBundle,
  verifyCheckpoint,
  verifyLogProof,
  verifyRecord,
  type BatchManifest,
  type RecordKind,
} from "#shared/wire";
import { openBatch } from "../../registry/acceptance/open-batch.ts";
import { readFileOf } from "../../registry/verifier/read.ts";
import { readCheckpoint, readProof } from "../../registry/verifier/tree.ts";
import { verifyAll } from "../../registry/verifier/verify.ts";
import { aCarriedDay, ORIGIN, registryKeys, type CarriedDay } from "../support/carried-day.ts";
import { anyone, kinds, samples } from "../support/every-record.ts";
import type { Measured } from "../support/measured.ts";
import { aSittingId } from "../support/wire-builders.ts";
import type { RigOptions } from "./options.ts";
import { startNativeSuite } from "../support/sound-suite.ts";

/** Something whole, and who reads it; `ok` where it is taken. */
interface Subject {
  readonly name: string;
  readonly bytes: Bytes;
  /** How often it is drawn: what costs hundreds of times more is drawn less. */
  readonly weight: number;
  readonly read: (bytes: Bytes) => string | Promise<string>;
}

export async function bitflipRig(options: RigOptions): Promise<Measured> {
  const flips = await turnBits(options);
  const { refused, accepted, untyped, codes, subjects } = flips;
  return {
    name: "bitflip",
    figures: {
      flips: options.count,
      seed: options.seed,
      refused,
      accepted: accepted.length,
      untyped: untyped.length,
      subjects: Object.keys(subjects).length,
      ...named("of", subjects),
      ...named("code", codes),
    },
    goals: {
      refused: { goal: `every one of ${String(options.count)} is refused`, met: refused === options.count },
      accepted: { goal: "none is taken", met: accepted.length === 0 },
      untyped: { goal: "none throws, each has a code", met: untyped.length === 0 },
    },
  };
}

export async function turnBits({ count, seed, say }: RigOptions) {
  await startNativeSuite();
  const subjects = await allSubjects();
  for (const { name, bytes, read } of subjects) {
    const whole = await read(bytes);
    if (whole !== "ok") throw new Error(`${name} is refused whole: ${whole}`);
  }
  const random = createRandom(seed);
  const done: Record<string, number> = {};
  const codes: Record<string, number> = {};
  const accepted: string[] = [];
  const untyped: string[] = [];
  for (let n = 0; n < count; n++) {
    // The first round meets everybody once, however rare.
    const subject = subjects[n] ?? draw(subjects, random);
    const bit = pickInt(0, subject.bytes.length * 8 - 1, random);
    const where = `${subject.name}, bit ${String(bit)}`;
    const code = await answer(subject, bit);
    done[subject.name] = (done[subject.name] ?? 0) + 1;
    if (code === "ok") accepted.push(where);
    else if (!/^[a-z]+(?:[.-][a-z]+)*$/.test(code)) untyped.push(`${where}: ${code}`);
    else codes[code] = (codes[code] ?? 0) + 1;
    if (n % 10_000 === 9_999) say(`${String(n + 1)} bits turned`);
  }
  for (const one of [...accepted, ...untyped].slice(0, 20)) say(one);
  return { refused: count - accepted.length - untyped.length, accepted, untyped, codes, subjects: done };
}

async function answer({ bytes, read }: Subject, bit: number): Promise<string> {
  const turned = bytes.slice();
  turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  try {
    return await read(turned);
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

async function allSubjects(): Promise<Subject[]> {
  const day = await aCarriedDay();
  return [
    ...kinds.map((kind): Subject => ({
      name: kind,
      bytes: samples[kind],
      weight: 40,
      read: recordReader(kind),
    })),
    {
      name: "bundle",
      bytes: day.bundle,
      weight: 60,
      read: (bytes) => {
        const { trouble, unusable } = readBundle(bytes).end;
        return trouble ?? (unusable > 0 ? "bundle.unusable" : "ok");
      },
    },
    ...(await sealedSubjects(day)),
    ...logSubjects(day),
    ...verifierSubjects(day),
  ];
}

function recordReader(kind: RecordKind) {
  return (bytes: Bytes): string => codeOf(verifyRecord(kind, bytes, anyone));
}

/** What is sealed to the registry, and what lies in it: as it travels, unpacked, and packed again by somebody else. */
async function sealedSubjects(day: CarriedDay): Promise<Subject[]> {
  const { device } = day.keys;
  const { manifest, objects } = day.sealed;
  const [sealedPack] = objects;
  const [object] = manifest.objects;
  if (!sealedPack || object?.role !== "pack") throw new Error("the pack is the first object");
  const opened = await openObject(sealedPack, day.transport.secretKey, device.kid);
  if (!opened.ok) throw new Error(opened.error.code);
  const packed = opened.value;
  const plain = new Uint8Array(gunzipSync(packed));
  const judge = async (one: Bytes, hash: HashId): Promise<string> => {
    const wire = hashId(one);
    const said: BatchManifest = {
      ...manifest,
      objects: manifest.objects.map((named) =>
        named === object ? { ...named, wire, hash, size: one.length } : named,
      ),
    };
    const all = new Map(objects.map((bytes) => [hashId(bytes), bytes]));
    all.set(wire, one);
    const read = (name: HashId) => Promise.resolve(all.get(name) ?? new Uint8Array(0));
    return codeOf(await openBatch(said, read, day.transport.secretKey));
  };
  const seal = (bytes: Bytes) => sealObject(bytes, day.transport.publicKey, device.kid);
  const handOver = {
    kind: "key" as const,
    sitting: aSittingId(),
    key: plain.slice(0, 32),
    nonce: plain.slice(0, 12),
  };
  return [
    {
      name: "sealed object",
      bytes: sealedPack,
      weight: 20,
      read: async (bytes) => codeOf(await openObject(bytes, day.transport.secretKey, device.kid)),
    },
    {
      name: "pack under its manifest",
      bytes: packed,
      weight: 4,
      read: async (bytes) => judge(await seal(bytes), object.hash),
    },
    {
      name: "records of a pack, packed again",
      bytes: plain,
      weight: 4,
      read: async (bytes) => {
        const again = new Uint8Array(gzipSync(bytes, { level: constants.Z_BEST_SPEED }));
        return judge(await seal(again), hashId(again));
      },
    },
    {
      name: "hand-over",
      bytes: sealHandOver(plain, handOver),
      weight: 30,
      read: (bytes) => codeOf(openHandOver(bytes, handOver.key)),
    },
  ];
}

/** Checkpoint and proof as a laptop takes them. */
function logSubjects(day: CarriedDay): Subject[] {
  const log = LogOrigin.parse(ORIGIN);
  const { publicKey } = registryKeys.log;
  return [
    {
      name: "checkpoint",
      bytes: day.checkpoint,
      weight: 60,
      read: (bytes) => codeOf(verifyCheckpoint(bytes, log, publicKey)),
    },
    {
      name: "proof",
      bytes: day.proof,
      weight: 60,
      read: (bytes) => codeOf(verifyLogProof(bytes, digestToHashId(day.leaf), log, publicKey)),
    },
  ];
}

/** The independent verifier reads the same bytes with other code. */
function verifierSubjects(day: CarriedDay): Subject[] {
  const keys = [{ publicKey: Buffer.from(registryKeys.log.publicKey) }];
  const leaf = Buffer.from(day.leaf);
  return [
    {
      name: "checkpoint, to the verifier",
      bytes: day.checkpoint,
      weight: 40,
      read: (bytes) => {
        const read = readCheckpoint(Buffer.from(bytes), keys);
        return "wrong" in read ? read.wrong : "ok";
      },
    },
    {
      name: "proof, to the verifier",
      bytes: day.proof,
      weight: 40,
      read: (bytes) => {
        const read = readProof(Buffer.from(bytes), keys);
        if ("wrong" in read) return read.wrong;
        return read.includes(leaf) ? "ok" : "proof-leaf";
      },
    },
    {
      name: "bundle, to the verifier",
      bytes: day.bundle,
      weight: 2,
      read: (bytes) => {
        const findings = verifyAll(readFileOf("bundle", Buffer.from(bytes)));
        return findings.find(({ verdict }) => verdict !== "proves")?.code ?? "ok";
      },
    },
  ];
}

function draw(subjects: readonly Subject[], random: Random): Subject {
  let left = random() * subjects.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = subjects.find(({ weight }) => (left -= weight) < 0);
  if (!drawn) throw new Error("a weight for everybody");
  return drawn;
}

function codeOf(
  result: { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } },
): string {
  return result.ok ? "ok" : result.error.code;
}

function named(prefix: string, counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([name, n]) => [`${prefix} ${name}`, n]));
}
