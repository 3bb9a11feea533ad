// What can happen to the files of IndexedDB in a profile while the app is not running (P2): lost, cut, flipped by a bad
// disk, or put back from an older copy of the folder.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { pickInt, type Random } from "#shared/base";

export const STORE_DAMAGES = ["deleted", "truncated", "bit-flipped", "rolled back"] as const;
export type StoreDamage = (typeof STORE_DAMAGES)[number];

const storeOf = (profile: string) => path.join(profile, "IndexedDB");

export async function keepStore(profile: string): Promise<void> {
  await rm(`${storeOf(profile)}.kept`, { recursive: true, force: true });
  await cp(storeOf(profile), `${storeOf(profile)}.kept`, { recursive: true });
}

/** `rolled back` needs a `keepStore` before. A damage that changed nothing is done again, and is an error in the end. */
export async function damageStore(profile: string, damage: StoreDamage, random: Random): Promise<void> {
  const before = await contentOf(storeOf(profile));
  for (let tries = 0; tries < 20; tries++) {
    await damageOnce(profile, damage, random);
    if ((await contentOf(storeOf(profile))) !== before) return;
  }
  throw new Error(`the store is as it was: ${damage}`);
}

async function damageOnce(profile: string, damage: StoreDamage, random: Random): Promise<void> {
  const store = storeOf(profile);
  if (damage === "deleted") return rm(store, { recursive: true });
  if (damage === "rolled back") {
    await rm(store, { recursive: true });
    return cp(`${store}.kept`, store, { recursive: true });
  }
  const files = await filesOf(store);
  const count = pickInt(1, files.length, random);
  for (let hit = 0; hit < count; hit++) {
    const file = files[pickInt(0, files.length - 1, random)] ?? "";
    if (damage === "truncated") await truncate(file, pickInt(0, (await stat(file)).size, random));
    else await flipBits(file, random);
  }
}

async function flipBits(file: string, random: Random): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length === 0) return;
  for (let flips = pickInt(1, 20, random); flips > 0; flips--) {
    const at = pickInt(0, bytes.length - 1, random);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << pickInt(0, 7, random));
  }
  await writeFile(file, bytes);
}

/** Of all files that hold anything, by name. */
async function contentOf(store: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of existsSync(store) ? await filesOf(store) : [])
    hash.update(
      `${file} ${createHash("sha256")
        .update(await readFile(file))
        .digest("hex")} `,
    );
  return hash.digest("hex");
}

/** Nobody reads LevelDB's own log lines (LOG), and its lock is empty: what happens to them is no damage. */
const NOT_DATA = ["LOCK", "LOG", "LOG.old"];

async function filesOf(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true, recursive: false });
  const below = await Promise.all(
    found.map((one) => {
      const at = path.join(folder, one.name);
      return one.isDirectory() ? filesOf(at) : Promise.resolve(NOT_DATA.includes(one.name) ? [] : [at]);
    }),
  );
  return below.flat().sort();
}
