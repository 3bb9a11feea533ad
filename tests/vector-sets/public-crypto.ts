// Published answers for hash, signature and sealing, given to both implementations of the suite.
import * as nodeCrypto from "node:crypto";
import { createHpke, plain } from "../../shared/crypto/hpke.ts";
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 as JavaScriptKem } from "@hpke/dhkem-x25519";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "#shared/base";
import { createNativeSuite, nobleSuite, type Suite } from "#shared/crypto";
import { isSignatureValidBy } from "../../shared/crypto/ed25519.ts";
import aesGcm from "../vectors/aes-gcm-cavp.json" with { type: "json" };
import signInput from "../vectors/ed25519-sign-input.json" with { type: "json" };
import rfc8032 from "../vectors/ed25519-rfc8032.json" with { type: "json" };
import wycheproof from "../vectors/ed25519-wycheproof.json" with { type: "json" };
import hmacVectors from "../vectors/hmac-rfc4231.json" with { type: "json" };
import hpke from "../vectors/hpke.json" with { type: "json" };
import sha from "../vectors/sha256-cavp.json" with { type: "json" };
import { runEach, runEachSoon, type Outcome, type VectorSet } from "./set.ts";

export const native = createNativeSuite<nodeCrypto.KeyObject>(nodeCrypto);
const suites = [nobleSuite, native];

export const publicCrypto: readonly VectorSet[] = [
  {
    name: "ed25519-rfc8032",
    origin: "public",
    source: "RFC 8032 §7.1",
    licence: "IETF Trust",
    run: () =>
      signs(
        rfc8032.map(({ secret, publicKey, message, signature }) => [secret, publicKey, message, signature]),
      ),
  },
  {
    name: "ed25519-sign-input",
    origin: "public",
    ...about(signInput),
    run: () => signs(signInput.vectors),
  },
  {
    name: "ed25519-wycheproof",
    origin: "public",
    ...about(wycheproof),
    run: () => runEach(wycheproof.vectors, (vector) => verdict(vector)),
  },
  {
    name: "sha256-cavp",
    origin: "public",
    ...about(sha),
    run: () =>
      runEach(sha.vectors, ([message = "", digest = ""]) =>
        suites.every((suite) => bytesToHex(suite.hash(hexToBytes(message))) === digest)
          ? undefined
          : "another digest",
      ),
  },
  {
    name: "hmac-rfc4231",
    origin: "public",
    ...about(hmacVectors),
    run: () =>
      runEach(hmacVectors.vectors, ([key = "", message = "", tag = ""]) =>
        bytesToHex(hmac(sha256, hexToBytes(key), hexToBytes(message))).startsWith(tag)
          ? undefined
          : "another tag",
      ),
  },
  {
    name: "aes-256-gcm-cavp",
    origin: "public",
    ...about(aesGcm),
    run: () =>
      runEach(aesGcm.vectors, ([key, nonce, aad, sealed, text]) => {
        const sealing = {
          key: hexToBytes(key ?? ""),
          nonce: hexToBytes(nonce ?? ""),
          aad: hexToBytes(aad ?? ""),
        };
        for (const suite of suites) {
          const opened = suite.decrypt(sealing, hexToBytes(sealed ?? ""));
          if ((opened ? bytesToHex(opened) : null) !== text) return `${suite.by} opened it otherwise`;
          if (opened && bytesToHex(suite.encrypt(sealing, opened)) !== sealed)
            return `${suite.by} seals otherwise`;
        }
        return undefined;
      }),
  },
  { name: "hpke-x25519", origin: "public", ...about(hpke), run: runHpke },
];

function about({ source, licence }: { source: string; licence: string }) {
  return { source, licence };
}

/** Secret key, public key, message, signature. The slow implementation gets every fourth of many. */
function signs(vectors: readonly (readonly string[])[]): Outcome {
  return runEach(vectors, ([secret = "", publicKey = "", message = "", signature = ""], at) => {
    const some = vectors.length < 10 || at % 4 === 0 ? suites : [native];
    for (const suite of some) {
      const key = suite.openSecretKey(hexToBytes(secret));
      if (bytesToHex(key.publicKey) !== publicKey) return `${suite.by}: another public key`;
      if (bytesToHex(key.sign(hexToBytes(message))) !== signature) return `${suite.by}: another signature`;
    }
    return verdict({ pk: publicKey, msg: message, sig: signature, valid: true }, some);
  });
}

/** Under our rules about keys: as published, and by both implementations alike. */
export function verdict(
  { pk, msg, sig, valid }: { pk: string; msg: string; sig: string; valid: boolean },
  by: readonly Suite[] = suites,
): string | undefined {
  for (const suite of by) {
    const isValid = isSignatureValidBy(suite, hexToBytes(sig), hexToBytes(msg), hexToBytes(pk));
    if (isValid !== valid) return `${suite.by} ${isValid ? "takes" : "refuses"} it`;
  }
  return undefined;
}

/** The KEM of the runtime, which is in use, and one in JavaScript beside it. */
const kems = [
  createHpke(),
  new CipherSuite({ kem: new JavaScriptKem(), kdf: new HkdfSha256(), aead: new Aes256Gcm() }),
];

async function runHpke(): Promise<Outcome> {
  const steps = hpke.vectors.flatMap((vector) => [
    ...vector.encryptions.map((_, at) => ({ vector, step: "open" as const, at })),
    ...vector.exports.map((_, at) => ({ vector, step: "export" as const, at })),
  ]);
  const contexts = new Map<object, ReturnType<typeof contextsOf>>();
  return runEachSoon(steps, async ({ vector, step, at }) => {
    const opened = contexts.get(vector) ?? contextsOf(vector);
    contexts.set(vector, opened);
    for (const context of await opened) {
      const wrong =
        step === "open" ? await openWrong(context, vector, at) : await exportWrong(context, vector, at);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  });
}

type HpkeVector = (typeof hpke.vectors)[number];
type Context = Awaited<ReturnType<typeof contextsOf>>[number];

async function openWrong(
  context: Context,
  { encryptions }: HpkeVector,
  at: number,
): Promise<string | undefined> {
  const [aad = "", sealed = "", text = ""] = encryptions[at] ?? [];
  const bytes = await context.open(plain(hexToBytes(sealed)), plain(hexToBytes(aad)));
  return bytesToHex(new Uint8Array(bytes)) === text ? undefined : "opened to something else";
}

async function exportWrong(
  context: Context,
  { exports }: HpkeVector,
  at: number,
): Promise<string | undefined> {
  const [label, length, value] = exports[at] ?? [];
  const bytes = await context.export(plain(hexToBytes(String(label))), Number(length));
  return bytesToHex(new Uint8Array(bytes)) === value ? undefined : "exported something else";
}

function contextsOf({ skRm, enc, info }: HpkeVector) {
  return Promise.all(
    kems.map(async (suite) =>
      suite.createRecipientContext({
        recipientKey: await suite.kem.deserializePrivateKey(plain(hexToBytes(skRm))),
        enc: plain(hexToBytes(enc)),
        info: plain(hexToBytes(info)),
      }),
    ),
  );
}
