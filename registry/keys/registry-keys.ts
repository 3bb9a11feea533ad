// The registry's own keys: one key a role, never shared, made at the first start and kept in one file that only its
// owner may read. The keyset that laptops pin is signed once, by the root, and kept with them.
import { join } from "node:path";
import { z } from "zod";
import {
  bytesToHex,
  concatBytes,
  hexToBytes,
  invariant,
  PublicKeyHex,
  utf8,
  utf8ToText,
  type Bytes,
  type HashId,
} from "#shared/base";
import { createSigner, digest, newSecretKey, newTransportPair, type Signer } from "#shared/crypto";
import { recordToText, RegistryRole, signRecord, textToRecord, type KeysetRecord } from "#shared/wire";
import { parseData } from "../data-refused.ts";
import { ownRecord } from "../store/stored.ts";
import { readOrNothing, writeDurably } from "./durable-file.ts";

export interface RegistryKeys {
  readonly aud: string;
  readonly receipts: Signer;
  readonly permits: Signer;
  readonly revocations: Signer;
  /** Signs the checkpoints of the public log, as notes (C2SP), and nothing else. */
  readonly log: Signer;
  readonly transport: { readonly publicKey: KeysetRecord["transportKey"]; readonly secretKey: Bytes };
  /** The signed keyset record. */
  readonly keyset: Bytes;
  readonly keysetHash: HashId;
}

export const LIMITS = { maxSheets: 2_000, maxObject: 16 * 1024 * 1024 } as const;

const Secret = z.string().regex(/^[0-9a-f]{64}$/);
const KeyFile = z.strictObject({
  v: z.literal(1),
  secrets: z.record(RegistryRole, Secret),
  transport: z.strictObject({ secretKey: Secret, publicKey: PublicKeyHex }),
  keyset: z.string(),
});
type KeyFile = z.infer<typeof KeyFile>;

export async function openRegistryKeys(
  dataDir: string,
  demo: boolean,
  random: (length: number) => Bytes,
): Promise<RegistryKeys> {
  const path = join(dataDir, "keys.json");
  const file = (await readKeyFile(path)) ?? (await createKeyFile(path, demo, random));
  const keyset = textToRecord(file.keyset);
  invariant(keyset, "the key file holds the keyset record");
  const { root, ...signers } = signersOf(file.secrets);
  return {
    aud: audOf(root),
    ...signers,
    transport: {
      publicKey: transportKey(file.transport.publicKey),
      secretKey: hexToBytes(file.transport.secretKey),
    },
    keyset,
    keysetHash: ownRecord("keyset", keyset).hash,
  };
}

async function readKeyFile(path: string): Promise<KeyFile | undefined> {
  const bytes = await readOrNothing(path);
  return bytes && parseData(path, utf8ToText(bytes), KeyFile, OTHER_VERSION);
}

/** Laptops have pinned the keyset that was signed with these keys, so nothing here is filled in quietly. */
const OTHER_VERSION =
  "it is not the key file of this version of the registry; start the version that made it, or begin with an empty folder";

async function createKeyFile(
  path: string,
  demo: boolean,
  random: (length: number) => Bytes,
): Promise<KeyFile> {
  const secrets = perRole(() => bytesToHex(newSecretKey(random)));
  const pair = await newTransportPair();
  const publicKey = PublicKeyHex.parse(bytesToHex(pair.publicKey));
  const file: KeyFile = {
    v: 1,
    secrets,
    transport: { secretKey: bytesToHex(pair.secretKey), publicKey },
    keyset: recordToText(signKeyset(signersOf(secrets), publicKey, demo)),
  };
  await writeDurably(path, utf8(JSON.stringify(file)), 0o600);
  return file;
}

function signKeyset(signers: Record<RegistryRole, Signer>, transport: PublicKeyHex, demo: boolean): Bytes {
  const keyset: KeysetRecord = {
    v: 1,
    version: 1,
    aud: audOf(signers.root),
    name: demo
      ? { zh: "匠评演示登记处", en: "Jiangping demonstration registry" }
      : { zh: "匠评登记处", en: "Jiangping registry" },
    keys: RegistryRole.options.map((role) => ({
      kid: signers[role].kid,
      pub: PublicKeyHex.parse(bytesToHex(signers[role].publicKey)),
      role,
    })),
    transportKey: transportKey(transport),
    suites: ["ERT-INT-1"],
    limits: LIMITS,
    by: { kid: signers.root.kid },
  };
  return signRecord("keyset", keyset, [signers.root]).record;
}

function signersOf(secrets: KeyFile["secrets"]): Record<RegistryRole, Signer> {
  return perRole((role) => createSigner(hexToBytes(secrets[role])));
}

function perRole<T>(of: (role: RegistryRole) => T): Record<RegistryRole, T> {
  return Object.fromEntries(RegistryRole.options.map((role) => [role, of(role)])) as Record<RegistryRole, T>;
}

/** A registry is named after its root key: two registries never answer to one name. */
function audOf(root: Signer): string {
  return `registry.${root.kid.slice("ed25519.".length, "ed25519.".length + 16)}`;
}

function transportKey(pub: PublicKeyHex): KeysetRecord["transportKey"] {
  const hashed = digest(concatBytes(utf8("x25519"), Uint8Array.of(0), hexToBytes(pub)));
  return { kid: `x25519.${bytesToHex(hashed.subarray(0, 16))}`, pub };
}
