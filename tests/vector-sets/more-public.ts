// Public sets that need not lie in this repository: taken from wherever a folder has them, as their projects publish them.
import { hkdfSync, webcrypto } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { z } from "zod";
import { bytesToHex, hexToBytes, utf8ToText } from "#shared/base";
import { nobleSuite } from "#shared/crypto";
import { canonicalText, isConsistent, isIncluded, parseCanonical } from "#shared/wire";
import { native, verdict } from "./public-crypto.ts";
import { codeOf, runEach, runEachSoon, type Outcome, type VectorSet } from "./set.ts";

/** `folder`: with wycheproof/, cctv/, jcs/ and json-test-suite/ in it, as far as they are there. */
export function morePublic(folder: string): readonly VectorSet[] {
  return sets.flatMap(({ name, at, source, licence, run }) => {
    const path = join(folder, at);
    return existsSync(path)
      ? [{ name, origin: "public" as const, source, licence, run: () => run(path) }]
      : [];
  });
}

const WYCHEPROOF = { source: "C2SP/wycheproof, testvectors_v1", licence: "Apache-2.0" };

const sets: readonly {
  readonly name: string;
  readonly at: string;
  readonly source: string;
  readonly licence: string;
  readonly run: (path: string) => Outcome | Promise<Outcome>;
}[] = [
  {
    name: "cctv-ed25519",
    at: "cctv/ed25519vectors.json",
    source: "C2SP/CCTV ed25519, under our rules about keys",
    licence: "BSD-1-Clause",
    run: (path) => {
      const all = read(
        path,
        z.array(z.object({ key: hex, sig: hex, msg: z.string(), flags: z.array(z.string()).nullish() })),
      );
      return runEach(all, ({ key, sig, msg, flags }) =>
        verdict({
          pk: key,
          msg: bytesToHex(new TextEncoder().encode(msg)),
          sig,
          valid: !(flags ?? []).some((flag) => REFUSED.has(flag)),
        }),
      );
    },
  },
  {
    name: "wycheproof-ed25519",
    at: "wycheproof/ed25519_test.json",
    ...WYCHEPROOF,
    run: (path) =>
      runEach(
        tests(path, z.object({ publicKey: z.object({ pk: hex }) }), z.object({ msg: hex, sig: hex, result })),
        ([{ publicKey }, { msg, sig, result: said }]) =>
          verdict({ pk: publicKey.pk, msg, sig, valid: said === "valid" }),
      ),
  },
  {
    name: "wycheproof-aes-256-gcm",
    at: "wycheproof/aes_gcm_test.json",
    ...WYCHEPROOF,
    run: (path) =>
      runEach(
        tests(
          path,
          z.object({ ivSize: z.int(), keySize: z.int(), tagSize: z.int() }),
          z.object({ key: hex, iv: hex, aad: hex, msg: hex, ct: hex, tag: hex, result }),
          ({ ivSize, keySize, tagSize }) => ivSize === 96 && keySize === 256 && tagSize === 128,
        ),
        ([, { key, iv, aad, msg, ct, tag, result: said }]) => {
          const sealing = { key: hexToBytes(key), nonce: hexToBytes(iv), aad: hexToBytes(aad) };
          for (const suite of [nobleSuite, native]) {
            const opened = suite.decrypt(sealing, hexToBytes(ct + tag));
            if ((opened ? bytesToHex(opened) : null) !== (said === "valid" ? msg : null))
              return `${suite.by} opens otherwise`;
          }
          return undefined;
        },
      ),
  },
  {
    name: "wycheproof-hmac-sha256",
    at: "wycheproof/hmac_sha256_test.json",
    ...WYCHEPROOF,
    run: (path) =>
      runEach(
        tests(path, z.object({}), z.object({ key: hex, msg: hex, tag: hex, result })),
        ([, { key, msg, tag, result: said }]) => {
          const made = bytesToHex(hmac(sha256, hexToBytes(key), hexToBytes(msg)));
          return made.startsWith(tag) === (said === "valid") ? undefined : "another tag";
        },
      ),
  },
  {
    name: "wycheproof-hkdf-sha256",
    at: "wycheproof/hkdf_sha256_test.json",
    ...WYCHEPROOF,
    run: (path) =>
      runEach(
        tests(
          path,
          z.object({}),
          z.object({ ikm: hex, salt: hex, info: hex, size: z.int(), okm: hex, result }),
        ),
        ([, { ikm, salt, info, size, okm, result: said }]) => {
          if (said !== "valid")
            return size > 255 * 32 ? undefined : "refused for another reason than its length";
          const made = new Uint8Array(
            hkdfSync("sha256", hexToBytes(ikm), hexToBytes(salt), hexToBytes(info), size),
          );
          return bytesToHex(made) === okm ? undefined : "another key";
        },
      ),
  },
  {
    name: "wycheproof-x25519",
    at: "wycheproof/x25519_test.json",
    ...WYCHEPROOF,
    run: (path) =>
      runEachSoon(
        tests(
          path,
          z.object({}),
          z.object({ public: hex, private: hex, shared: hex, result, flags: z.array(z.string()) }),
        ),
        async ([, one]) => {
          const shared = await agree(hexToBytes(one.private), hexToBytes(one.public));
          // A point of small order gives everybody the same secret.
          if (/^0*$/.test(one.shared)) return shared === undefined ? undefined : "a secret of zeros is taken";
          return shared === one.shared || (shared === undefined && one.result !== "valid")
            ? undefined
            : "another secret";
        },
      ),
  },
  {
    name: "merkle-rfc6962",
    at: "merkle-transparency-dev.json",
    source: "transparency-dev/merkle, testdata",
    licence: "Apache-2.0",
    run: (path) => {
      const proof = z.array(base64).nullable();
      const file = read(
        path,
        z.object({
          inclusion: z.array(
            z.object({
              leafIdx: z.number(),
              treeSize: z.number(),
              root: base64,
              leafHash: base64,
              proof,
              wantErr: z.boolean(),
            }),
          ),
          consistency: z.array(
            z.object({
              size1: z.number(),
              size2: z.number(),
              root1: base64,
              root2: base64,
              proof,
              wantErr: z.boolean(),
            }),
          ),
        }),
      );
      return runEach([...file.inclusion, ...file.consistency], (one) => {
        const holds =
          "leafHash" in one
            ? isIncluded({ index: one.leafIdx, size: one.treeSize }, one.leafHash, one.proof ?? [], one.root)
            : isConsistent(
                { size: one.size1, root: one.root1 },
                { size: one.size2, root: one.root2 },
                one.proof ?? [],
              );
        return holds === !one.wantErr ? undefined : holds ? "taken" : "refused";
      });
    },
  },
  {
    name: "jcs-cyberphone",
    at: "jcs",
    source: "cyberphone/json-canonicalization, testdata",
    licence: "Apache-2.0",
    run: (path) => {
      const inputs = readdirSync(path).filter((file) => file.endsWith(".input.json"));
      return runEach(inputs, (file) => {
        const value = JSON.parse(readFileSync(join(path, file), "utf8")) as unknown;
        const expected = readFileSync(join(path, file.replace(".input.", ".output.")), "utf8");
        return canonicalText(value) === expected ? undefined : `${file} spelled otherwise`;
      });
    },
  },
  {
    name: "json-test-suite",
    at: "json-test-suite/test_parsing.json",
    source: "nst/JSONTestSuite, test_parsing",
    licence: "MIT",
    run: (path) =>
      runEach(read(path, z.array(z.object({ file: z.string(), base64: z.string() }))), ({ file, base64 }) => {
        const bytes = new Uint8Array(Buffer.from(base64, "base64"));
        const code = codeOf(parseCanonical(bytes, 1024 * 1024));
        const isNoJson = code === "wire.not-json" || code === "wire.not-utf8";
        if (file.startsWith("n_")) return isNoJson ? undefined : `${file}: ${code}`;
        if (file.startsWith("y_") && isNoJson) return `${file} is JSON`;
        if (code !== "ok") return undefined;
        const text = utf8ToText(bytes);
        return JSON.stringify(JSON.parse(text)) === text ? undefined : `${file} has two spellings`;
      }),
  },
];

/** Without a cofactor only what these flags do not mark is a signature, and only sound keys are keys. */
const REFUSED = new Set([
  "low_order_A",
  "low_order_component_A",
  "low_order_residue",
  "non_canonical_A",
  "non_canonical_R",
]);

const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);
const base64 = z.string().transform((text) => new Uint8Array(Buffer.from(text, "base64")));
const result = z.enum(["valid", "invalid", "acceptable"]);

/** X25519 by the runtime, as HPKE has it; undefined where it refuses. */
async function agree(secret: Uint8Array, publicKey: Uint8Array): Promise<string | undefined> {
  const { subtle } = webcrypto;
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b656e04220420", "hex"), secret]);
  const key = await subtle.importKey("pkcs8", pkcs8, "X25519", false, ["deriveBits"]);
  const theirs = await subtle.importKey("raw", publicKey, "X25519", false, []);
  try {
    return Buffer.from(await subtle.deriveBits({ name: "X25519", public: theirs }, key, 256)).toString("hex");
  } catch {
    return undefined; // an operation error is its word for it
  }
}

function read<S extends z.ZodType>(path: string, schema: S): z.infer<S> {
  return schema.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** Each test of a Wycheproof file with the group it stands in. */
function tests<G extends z.ZodType, T extends z.ZodType>(
  path: string,
  group: G,
  test: T,
  isOurs: (group: z.infer<G>) => boolean = () => true,
): [z.infer<G>, z.infer<T>][] {
  const file = read(path, z.object({ testGroups: z.array(z.looseObject({ tests: z.array(z.unknown()) })) }));
  return file.testGroups.flatMap((found) => {
    const own = group.parse(found);
    return isOurs(own) ? found.tests.map((one): [z.infer<G>, z.infer<T>] => [own, test.parse(one)]) : [];
  });
}
