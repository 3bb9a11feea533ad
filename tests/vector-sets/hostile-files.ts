// Bundles and sealed objects as a stick or a link may damage them, or an enemy write them (T20): what is whole is used, what
// is not is named.
import { concatBytes, createRandom, type Bytes } from "#shared/base";
import { newTransportPair, openObject, sealObject } from "#shared/crypto";
import { envelopeFrame, objectFrame, proofFrame, readBundle, writeBundle } from "#shared/wire";
import { device, samples, signers } from "../support/every-record.ts";
import { spread, turned } from "./hostile-records.ts";
import { codeOf, runEachSoon, runHostile, type Hostile, type Outcome, type VectorSet } from "./set.ts";

const SEED = 20_261_126;

export const hostileFiles: readonly VectorSet[] = [
  {
    name: "hostile-bundles",
    origin: "own",
    source: `seed ${String(SEED)}`,
    licence: "Apache-2.0",
    run: () => runHostile(bundles()),
  },
  {
    name: "hostile-objects",
    origin: "own",
    source: `seed ${String(SEED)}`,
    licence: "Apache-2.0",
    run: runObjects,
  },
];

const HEADER = 1 + 32 + 8;

function bundles(): Hostile[] {
  const random = createRandom(SEED);
  const object = Uint8Array.from({ length: 300 }, () => random() * 256);
  const frames = [
    envelopeFrame(samples.batch),
    envelopeFrame(samples.receipt),
    objectFrame(object),
    proofFrame(object),
  ];
  const { bytes } = writeBundle(frames);
  const say = (offered: Bytes): string => {
    const { frames: usable, end } = readBundle(offered);
    const isOurs = usable.every((frame) =>
      frames.some(({ id, kind }) => id === frame.id && kind === frame.kind),
    );
    return isOurs ? (end.trouble ?? "ok") : "a frame that nobody wrote";
  };
  const vector = (about: string, expected: string, offered: Bytes): Hostile => ({
    about,
    expected,
    offer: () => say(offered),
  });
  const bodyAt = 8 + HEADER;
  return [
    ...spread(8, 8).map((at) =>
      vector(`its magic turned at ${String(at)}`, "bundle.not-a-bundle", turned(bytes, at)),
    ),
    ...spread(bytes.length, 240).map((length) =>
      vector(`cut at ${String(length)}`, "bundle.cut-short", bytes.subarray(0, length)),
    ),
    ...spread(samples.batch.length, 60).map((at) =>
      vector(`its first record turned at ${String(at)}`, "bundle.altered", turned(bytes, bodyAt + at)),
    ),
    ...spread(32, 32).map((at) =>
      vector(`an id turned at ${String(at)}`, "bundle.altered", turned(bytes, 9 + at)),
    ),
    ...spread(32, 32).map((at) =>
      vector(`the end turned at ${String(at)}`, "bundle.altered", turned(bytes, bytes.length - 40 + at)),
    ),
    vector("a byte more", "bundle.trailing-bytes", concatBytes(bytes, Uint8Array.of(0))),
    vector("twice", "bundle.trailing-bytes", concatBytes(bytes, bytes)),
    vector(
      "a frame left out",
      "bundle.altered",
      concatBytes(bytes.subarray(0, 8), bytes.subarray(bodyAt + samples.batch.length)),
    ),
    vector(
      "line ends changed",
      "bundle.not-a-bundle",
      concatBytes(bytes.subarray(0, 4), Uint8Array.of(0x0a), bytes.subarray(6)),
    ),
    vector(
      "a length beyond any file",
      "bundle.cut-short",
      withLength(bytes, [0x7f, 255, 255, 255, 255, 255, 255, 255]),
    ),
    vector(
      "a length beyond the limit",
      "bundle.cut-short",
      withLength(bytes, [0, 0, 0, 0, 255, 255, 255, 255]),
    ),
  ];
}

function withLength(bytes: Bytes, length: readonly number[]): Bytes {
  const other = bytes.slice();
  other.set(length, 8 + 33);
  return other;
}

async function runObjects(): Promise<Outcome> {
  const random = createRandom(SEED + 1);
  const [pair, other] = [await newTransportPair(), await newTransportPair()];
  const plain = Uint8Array.from({ length: 65_536 + 200 }, () => random() * 256);
  const sealed = await sealObject(plain, pair.publicKey, device.kid);
  const head = 4 + 2 + 2 + 32 + 4;
  const chunk = 65_536 + 16;
  const stranger = signers[1];
  if (!stranger) throw new Error("somebody else signs too");
  interface Offer {
    readonly about: string;
    readonly expected: string;
    readonly bytes: Bytes;
    readonly secret?: Bytes;
    readonly as?: typeof device.kid;
  }
  const bad = "object.malformed";
  const shut = "object.undecryptable";
  const swapped = concatBytes(
    sealed.subarray(0, head),
    sealed.subarray(head + chunk),
    sealed.subarray(head, head + chunk),
  );
  const offers: Offer[] = [
    ...[0, 1, 2, 3, 4, 5, 6, 7].map((at) => ({
      about: `its head turned at ${String(at)}`,
      expected: bad,
      bytes: turned(sealed, at),
    })),
    ...spread(32, 32).map((at) => ({
      about: `its key turned at ${String(at)}`,
      expected: shut,
      bytes: turned(sealed, 8 + at),
    })),
    ...[40, 41, 42, 43].map((at) => ({
      about: `its chunk size turned at ${String(at)}`,
      expected: bad,
      bytes: turned(sealed, at),
    })),
    ...spread(sealed.length - head, 60).map((at) => ({
      about: `turned at ${String(at)}`,
      expected: shut,
      bytes: turned(sealed, head + at),
    })),
    ...spread(head + 16, 20).map((length) => ({
      about: `cut at ${String(length)}`,
      expected: bad,
      bytes: sealed.subarray(0, length),
    })),
    ...spread(chunk, 40).map((at) => ({
      about: `cut after ${String(at)}`,
      expected: shut,
      bytes: sealed.subarray(0, head + 16 + at),
    })),
    { about: "its chunks in another order", expected: shut, bytes: swapped },
    { about: "its last chunk left out", expected: shut, bytes: sealed.subarray(0, head + chunk) },
    {
      about: "its last chunk twice",
      expected: shut,
      bytes: concatBytes(sealed, sealed.subarray(head + chunk)),
    },
    { about: "a byte more", expected: shut, bytes: concatBytes(sealed, Uint8Array.of(0)) },
    {
      about: "an empty key",
      expected: shut,
      bytes: concatBytes(sealed.subarray(0, 8), new Uint8Array(32), sealed.subarray(40)),
    },
    { about: "for another registry", expected: shut, bytes: sealed, secret: other.secretKey },
    { about: "as another device's", expected: shut, bytes: sealed, as: stranger.kid },
  ];
  return runEachSoon(offers, async ({ about, expected, bytes, secret, as }) => {
    const got = codeOf(await openObject(bytes, secret ?? pair.secretKey, as ?? device.kid));
    return got === expected ? undefined : `${about}: ${got} instead of ${expected}`;
  });
}
