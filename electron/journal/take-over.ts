// Another laptop: the journal from a second medium is read and checked whole, laid beside this laptop's empty one, and
// put in its place at the next start. Nothing is moved before all of it is on the disk.
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bytesToHex, ok, refuse, type Bytes, type Refusal, type Result } from "#shared/base";
import { createJournalView, type JournalView } from "#shared/journal";
import { copyBeside } from "./copy-beside.ts";
import { isFull, systemCode, type FileSystem } from "./file-system.ts";
import { copyFolderName, RECOVERY_ON_MEDIUM } from "./journal-copy.ts";
import type { CipherSource } from "./seal.ts";
import { decodeHeader } from "./segment-header.ts";
import { readSegments, readWhole, segmentName, type DamageRefusal } from "./segments.ts";
import { writeFully } from "./tail.ts";

export interface FoundCopy {
  readonly folder: string;
  /** The data key, sealed to a recovery key. */
  readonly recovery: Bytes;
}

export type FindRefusal = Refusal<
  "medium.no-copy" | "medium.several" | "recovery.missing" | "medium.missing"
>;

/** The copy in the folder that a person chose, or in the one folder of ours inside it. */
export async function findCopy(
  chosen: string,
  fileSystem: FileSystem,
): Promise<Result<FoundCopy, FindRefusal>> {
  try {
    const names = await fileSystem.list(chosen);
    const own = names.filter((name) => /^jiangping-[0-9a-f]{8}$/.test(name));
    const isItself = names.some((name) => name === segmentName(1));
    if (!isItself && own.length === 0) return refuse({ code: "medium.no-copy" });
    if (!isItself && own.length > 1) return refuse({ code: "medium.several", facts: { count: own.length } });
    const folder = isItself ? chosen : join(chosen, own[0] ?? "");
    if (!(await fileSystem.list(folder)).includes(RECOVERY_ON_MEDIUM))
      return refuse({ code: "recovery.missing" });
    return ok({ folder, recovery: await readWhole(join(folder, RECOVERY_ON_MEDIUM), fileSystem) });
  } catch (error) {
    return refuse({ code: "medium.missing", facts: { error: systemCode(error) } });
  }
}

export interface CheckedCopy {
  readonly view: JournalView;
  readonly entries: number;
  /** Lays the checked bytes down as `journal.incoming` beside `target`; durable when it answers. */
  layDown(target: string): Promise<Result<void, Refusal<"medium.missing" | "journal.full">>>;
}

/** Reads all of it: every hash, every seal, every entry. */
export async function checkCopy(
  folder: string,
  fileSystem: FileSystem,
  cipher: CipherSource,
): Promise<Result<CheckedCopy, DamageRefusal | Refusal<"medium.missing" | "medium.no-copy">>> {
  try {
    const view = createJournalView();
    const found = await readSegments(folder, fileSystem, cipher, (entry) => view.apply(entry));
    if (!found.ok) return found;
    const { end, last } = found.value;
    if (end.seq === 0) return refuse({ code: "medium.no-copy" });
    return ok({
      view,
      entries: end.seq,
      layDown: (target) => layDown({ folder, target, fileSystem, last }),
    });
  } catch (error) {
    return refuse({ code: "medium.missing", facts: { error: systemCode(error) } });
  }
}

const COMPLETE = "complete";

function incomingOf(target: string): string {
  return `${target}.incoming`;
}

async function layDown({
  folder,
  target,
  fileSystem,
  last,
}: {
  readonly folder: string;
  readonly target: string;
  readonly fileSystem: FileSystem;
  readonly last: { readonly segment: number; readonly whole: number };
}): Promise<Result<void, Refusal<"medium.missing" | "journal.full">>> {
  const incoming = incomingOf(target);
  try {
    await rm(incoming, { recursive: true, force: true });
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    for (let segment = 1; segment <= last.segment; segment++) {
      const bytes = await readWhole(join(folder, segmentName(segment)), fileSystem);
      const whole = segment === last.segment ? bytes.subarray(0, last.whole) : bytes;
      await writeFile(join(incoming, segmentName(segment)), whole, fileSystem);
    }
    await copyBeside({ from: folder, to: incoming, fileSystem, known: new Set() });
    await fileSystem.flushFolder(incoming);
    await writeFile(join(incoming, COMPLETE), new Uint8Array(0), fileSystem);
    await fileSystem.flushFolder(incoming);
    return ok(undefined);
  } catch (error) {
    const code = systemCode(error);
    return refuse({ code: isFull(code) ? "journal.full" : "medium.missing", facts: { error: code } });
  }
}

/** At start, before the journal is opened: what was laid down whole takes its place. Safe to be cut off anywhere. */
export async function adoptIncoming(target: string, fileSystem: FileSystem, now: number): Promise<boolean> {
  const incoming = incomingOf(target);
  if (!existsSync(join(incoming, COMPLETE))) return false;
  if (existsSync(target)) await rename(target, `${target}.before-${now}`);
  await rm(join(incoming, COMPLETE));
  await rename(incoming, target);
  await fileSystem.flushFolder(dirname(target));
  return true;
}

async function writeFile(path: string, bytes: Bytes, fileSystem: FileSystem): Promise<void> {
  const file = await fileSystem.open(path, "create");
  try {
    await writeFully(file, bytes, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Everything that is stored, as it is and as sealed as it is: for people who can open nothing here (S14). */
export async function exportStored(
  source: string,
  recovery: Bytes | null,
  chosen: string,
  fileSystem: FileSystem,
): Promise<Result<string, Refusal<"file.unwritable">>> {
  try {
    const names = (await fileSystem.list(source)).filter((name) => name.endsWith(".jpj")).sort();
    const [first] = names;
    const header = first && decodeHeader(await readWhole(join(source, first), fileSystem));
    const place = join(
      chosen,
      header && header.ok ? copyFolderName(bytesToHex(header.value.journal)) : "jiangping",
    );
    await fileSystem.makeFolder(place);
    for (const name of names)
      await writeFile(join(place, name), await readWhole(join(source, name), fileSystem), fileSystem);
    if (recovery) await writeFile(join(place, RECOVERY_ON_MEDIUM), recovery, fileSystem);
    await copyBeside({ from: source, to: place, fileSystem, known: new Set() });
    await fileSystem.flushFolder(place);
    return ok(place);
  } catch (error) {
    return refuse({ code: "file.unwritable", facts: { error: systemCode(error) } });
  }
}
