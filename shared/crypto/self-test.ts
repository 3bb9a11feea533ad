// What an implementation of the suite must show before it may compute: published answers, and for each a refusal. A
// library that was exchanged, a processor that computes wrongly, or a runtime with another idea of a signature is found
// here, before it signs, and not by a registry that refuses a whole day.
import { concatBytes, hexToBytes, isEqualBytes, Kid, utf8, type Bytes } from "#shared/base";
import { isSignatureValidBy } from "./ed25519.ts";
import { openObjectBy } from "./object.ts";
import type { Sealing, Suite } from "./suite.ts";

/** What was wrong, and with whom. */
export interface FailedStep {
  readonly step: string;
  readonly by: string;
}

export function trySuite(suite: Suite): FailedStep | undefined {
  for (const [step, holds] of Object.entries(STEPS)) {
    if (!isHeld(() => holds(suite))) return { step, by: suite.by };
  }
  return undefined;
}

/** Each on what the other made, so that no two can agree with their own mistakes. */
export function tryEachOnTheOther(a: Suite, b: Suite): FailedStep | undefined {
  const bytes = Uint8Array.from({ length: 257 }, (_, i) => (i * 89) & 0xff);
  const isSame = (make: (suite: Suite) => Bytes) => isHeld(() => isEqualBytes(make(a), make(b)));
  const by = `${a.by} and ${b.by}`;
  if (!isSame((suite) => suite.hash(bytes))) return { step: "same-hash", by };
  if (!isSame((suite) => suite.openSecretKey(SECRET).sign(bytes))) return { step: "same-signature", by };
  if (!isSame((suite) => suite.encrypt(SEALING, bytes))) return { step: "same-sealed-bytes", by };
  const damaged = flipped(a.openSecretKey(SECRET).sign(bytes), 40);
  for (const suite of [a, b]) {
    if (isSignatureValidBy(suite, damaged, bytes, PUBLIC)) return { step: "same-refusal", by };
  }
  return undefined;
}

/** HPKE comes from a library of its own; the chunks of an object are the suite's. */
export async function tryObjects(suite: Suite): Promise<FailedStep | undefined> {
  const nobody = Kid.parse(`ed25519.${"0".repeat(32)}`);
  const open = (object: Bytes) => openObjectBy(suite, object, OBJECT.secretKey, nobody);
  const opened = await open(OBJECT.sealed);
  if (!opened.ok || !isEqualBytes(opened.value, OBJECT.plain)) return { step: "object", by: suite.by };
  const damaged = await open(flipped(OBJECT.sealed, OBJECT.sealed.length - 1));
  return damaged.ok ? { step: "object-refused", by: suite.by } : undefined;
}

/** RFC 8032 §7.1, TEST 3. */
const SECRET = hexToBytes("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
const PUBLIC = hexToBytes("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
const MESSAGE = hexToBytes("af82");
const R = hexToBytes("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac");
const S = hexToBytes("18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
const SIGNATURE = concatBytes(R, S);
/** The same S and the order of the group added to it. */
const S_TWICE_SPELLED = hexToBytes("05d391b0a77904e98404ef037747a56e4a7c15e9716ed28dc027beceea1ec41a");
const IDENTITY = hexToBytes(`01${"00".repeat(31)}`);

/** McGrew and Viega, The Galois/Counter Mode of Operation, test case 14. */
const SEALING: Sealing = {
  key: new Uint8Array(32),
  nonce: new Uint8Array(12),
  aad: new Uint8Array(0),
};
const SEALED = hexToBytes("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");

/** Our own format (protocol A2) over RFC 9180, sealed once. */
const OBJECT = {
  secretKey: Uint8Array.from({ length: 32 }, (_, i) => i + 1),
  plain: utf8("jiangping"),
  sealed: hexToBytes(
    "4552544f010100200eb3fa0ec2750dcc87817a7414d83032d9a6a8579ae854b69156948b6986da5d00010000" +
      "4625ffa9212be1441f0dbee89f2d68aa308220280d9643646b",
  ),
};

const STEPS: Readonly<Record<string, (suite: Suite) => boolean>> = {
  hash: (suite) => isEqualBytes(suite.hash(utf8("abc")), ABC),
  "hash-in-parts": (suite) => {
    const hash = suite.createHash();
    hash.update(utf8("a"));
    hash.update(utf8("bc"));
    return isEqualBytes(hash.digest(), ABC);
  },
  "hash-refused": (suite) => !isEqualBytes(suite.hash(utf8("abd")), ABC),
  "public-key": (suite) => isEqualBytes(suite.openSecretKey(SECRET).publicKey, PUBLIC),
  sign: (suite) => isEqualBytes(suite.openSecretKey(SECRET).sign(MESSAGE), SIGNATURE),
  verify: (suite) => isSignatureValidBy(suite, SIGNATURE, MESSAGE, PUBLIC),
  "message-refused": (suite) => !isSignatureValidBy(suite, SIGNATURE, utf8("af82"), PUBLIC),
  "signature-refused": (suite) =>
    [0, 40].every((at) => !isSignatureValidBy(suite, flipped(SIGNATURE, at), MESSAGE, PUBLIC)),
  "s-refused": (suite) => !isSignatureValidBy(suite, concatBytes(R, S_TWICE_SPELLED), MESSAGE, PUBLIC),
  "low-order-key-refused": (suite) =>
    !isSignatureValidBy(suite, concatBytes(IDENTITY, new Uint8Array(32)), MESSAGE, IDENTITY),
  seal: (suite) => isEqualBytes(suite.encrypt(SEALING, new Uint8Array(16)), SEALED),
  open: (suite) => {
    const opened = suite.decrypt(SEALING, SEALED);
    return opened !== undefined && isEqualBytes(opened, new Uint8Array(16));
  },
  "open-refused": (suite) =>
    suite.decrypt(SEALING, flipped(SEALED, 3)) === undefined &&
    suite.decrypt({ ...SEALING, aad: utf8("x") }, SEALED) === undefined,
};

/** FIPS 180-4, the first example. */
const ABC = hexToBytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

function flipped(bytes: Bytes, at: number): Bytes {
  const other = bytes.slice();
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}

/** An implementation that throws where it should answer has failed like one that answers wrongly. */
function isHeld(holds: () => boolean): boolean {
  try {
    return holds();
  } catch {
    return false;
  }
}
