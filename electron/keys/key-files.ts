// The files under keys/: their shapes, and writing one so that it is whole or absent, and durable before anybody is
// told. Nothing is ever repaired here: a file that cannot be read stays for a person to see (S14).
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { Kid, PersonId, PublicKeyHex } from "#shared/base";
import { Base64, ScryptCost, Wrap } from "./secret-key.ts";

const Stretched = z.strictObject({ cost: ScryptCost, salt: Base64, wrap: Wrap });

export const DeviceFile = z.strictObject({
  v: z.literal(2),
  secret: z.discriminatedUnion("storage", [
    z.strictObject({ storage: z.literal("keyring"), sealed: Base64 }),
    z.strictObject({ storage: z.literal("passphrase"), ...Stretched.shape }),
    z.strictObject({ storage: z.literal("demo-file"), clear: Base64 }),
  ]),
  key: z.strictObject({ kid: Kid, pub: PublicKeyHex, wrap: Wrap }),
  /** The data key: everything that is stored here is sealed under keys derived from it. */
  data: Wrap,
});
export type DeviceFile = z.infer<typeof DeviceFile>;
export type Storage = DeviceFile["secret"]["storage"];

export const PersonFile = z.strictObject({
  v: z.literal(1),
  person: PersonId,
  kid: Kid,
  pub: PublicKeyHex,
  /** Null after too many wrong PINs: the key is gone, who had it is not. */
  secret: Stretched.nullable(),
});
export type PersonFile = z.infer<typeof PersonFile>;

/** The data key, sealed to the recovery key (protocol 7). The same file lies beside every copy of the journal. */
export const RecoveryFile = z.strictObject({ v: z.literal(1), pub: PublicKeyHex, sealed: Base64 });
export type RecoveryFile = z.infer<typeof RecoveryFile>;

const Tries = z.strictObject({ failed: z.int().min(0), last: z.number() });

export const AttemptsFile = z.strictObject({
  v: z.literal(1),
  people: z.record(PersonId, Tries),
  /** Of everybody who is not in `people`. */
  others: Tries,
  mac: Base64,
});
export type AttemptsFile = z.infer<typeof AttemptsFile>;

export interface KeyFiles {
  device: KeyFile<DeviceFile>;
  attempts: KeyFile<AttemptsFile>;
  recovery: KeyFile<RecoveryFile>;
  person(person: PersonId): KeyFile<PersonFile>;
  /** Takes a person's key out of use; it lies in a folder beside the others. */
  endPerson(person: PersonId, now: number): Promise<void>;
  /** Some person has a key here. */
  hasPeople(): Promise<boolean>;
  /** Moves everything but the recovery file into a folder beside it; nothing is deleted (S14). */
  setAside(name: string): Promise<void>;
}

export interface KeyFile<T> {
  exists(): boolean;
  /** `missing`, or `unreadable` when there is something that is not such a file. */
  read(): Promise<T | "missing" | "unreadable">;
  write(content: T): Promise<void>;
}

export function createKeyFiles(folder: string): KeyFiles {
  const people = join(folder, "people");
  return {
    device: createKeyFile(join(folder, "device.json"), DeviceFile),
    attempts: createKeyFile(join(folder, "attempts.json"), AttemptsFile),
    person: (person) => createKeyFile(join(people, `${person}.json`), PersonFile),
    endPerson: async (person, now) => {
      const ended = join(people, "ended");
      await mkdir(ended, { recursive: true, mode: 0o700 });
      await rename(join(people, `${person}.json`), join(ended, `${person}.${now}.json`));
      await flushFolder(ended);
      await flushFolder(people);
    },
    recovery: createKeyFile(join(folder, RECOVERY_NAME), RecoveryFile),
    setAside: (name) => moveAside(folder, name),
    hasPeople: async () =>
      existsSync(people) && (await readdir(people)).some((name) => name.endsWith(".json")),
  };
}

export const RECOVERY_NAME = "recovery.json";

const OF_A_DEVICE = ["people", "attempts.json", "device.json"];

/** The device's own file goes last: as long as it lies there, the move was not finished and is done again. */
async function moveAside(folder: string, name: string): Promise<void> {
  const aside = join(folder, name);
  await mkdir(aside, { recursive: true, mode: 0o700 });
  for (const one of OF_A_DEVICE) {
    if (existsSync(join(folder, one))) await rename(join(folder, one), join(aside, one));
  }
  await flushFolder(aside);
  await flushFolder(folder);
}

function createKeyFile<T>(path: string, schema: z.ZodType<T>): KeyFile<T> {
  return {
    exists: () => existsSync(path),
    read: async () => {
      const text = await readText(path);
      if (text === "missing" || text === "unreadable") return text;
      const parsed = schema.safeParse(parseJson(text.content));
      return parsed.success ? parsed.data : "unreadable";
    },
    write: (content) => writeDurably(path, `${JSON.stringify(content, null, 2)}\n`),
  };
}

async function readText(path: string): Promise<{ content: string } | "missing" | "unreadable"> {
  try {
    return { content: await readFile(path, "utf8") };
  } catch (error) {
    return codeOf(error) === "ENOENT" ? "missing" : "unreadable";
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON is no key file: the schema says so
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.new`;
  const file = await open(fresh, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
  await flushFolder(dirname(path));
  await flushFolder(dirname(dirname(path)));
}

async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // a directory cannot be opened there
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The code of a failed system call; anything else that was thrown is a bug and goes on its way. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}
