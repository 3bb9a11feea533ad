// The secret of a draw between its commitment and its reveal: one file (0600) named by its hash, written before the entry
// that commits to it. Whoever reads it and waits for the public value knows the draw before others do.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { bytesToHex, digestToHashId, utf8, utf8ToText, type Bytes, type HashId } from "#shared/base";
import { digest } from "#shared/crypto";
import { flushFolder, readOrNothing, writeDurably } from "../keys/durable-file.ts";

/** In the data folder. */
export const SECRETS = "draws";

export async function makeSecret(dataDir: string, random: (length: number) => Bytes): Promise<HashId> {
  const secret = bytesToHex(random(32));
  const hash = hashOfSecret(secret);
  await mkdir(join(dataDir, SECRETS), { recursive: true, mode: 0o700 });
  await flushFolder(dataDir);
  await writeDurably(pathOf(dataDir, hash), utf8(secret), 0o600);
  return hash;
}

/** Undefined when it is not there, or is another one. */
export async function readSecret(dataDir: string, hash: HashId): Promise<string | undefined> {
  const bytes = await readOrNothing(pathOf(dataDir, hash));
  const secret = bytes && utf8ToText(bytes);
  return secret !== undefined && hashOfSecret(secret) === hash ? secret : undefined;
}

function hashOfSecret(secret: string): HashId {
  return digestToHashId(digest(utf8(secret)));
}

function pathOf(dataDir: string, hash: HashId): string {
  return join(dataDir, SECRETS, `${hash.slice("sha256:".length)}.secret`);
}
