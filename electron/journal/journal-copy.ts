// The second medium: the journal's segments, byte for byte, and the photographs beside them, on a stick or in another
// folder, while people work. It runs
// behind the acknowledgement, never in front of it. What lies there is only ever added to; where it is not the beginning
// of this journal, nothing is written and a person is told.
import { basename, join } from "node:path";
import { isEqualBytes, ok, refuse, utf8, type Bytes, type Refusal, type Result } from "#shared/base";
import { copyBeside, copyBytes } from "./copy-beside.ts";
import { isFull, systemCode, type FileSystem } from "./file-system.ts";
import { decodeFrame, isLaterFrame } from "./frame.ts";
import type { Extent } from "./places.ts";
import { HEADER_BYTES } from "./segment-header.ts";
import { readWhole, segmentName } from "./segments.ts";
import { writeFully } from "./tail.ts";

/** Why a copy does not grow. `medium.other`: what lies there is another journal, or knows more than this one. */
export type CopyRefusal = Refusal<"medium.missing" | "medium.full" | "medium.unwritable" | "medium.other">;

export interface CopyState {
  readonly folder: string | null;
  readonly state: "none" | "checking" | "copying" | "current" | "troubled";
  readonly trouble: CopyRefusal["code"] | null;
  /** Sequence of the last entry that is flushed there. */
  readonly copied: number;
  /** On the disk of the journal itself: good against a mishap of the program, not against a lost laptop. */
  readonly isSameDisk: boolean;
}

export interface JournalCopy {
  describe(): CopyState;
  /** Begins a copy inside `folder`; refuses when the first look at it fails. */
  begin(folder: string): Promise<Result<void, CopyRefusal>>;
  /** Goes on with a copy that was begun at an earlier start. */
  resume(folder: string): void;
  forget(): void;
  /** Copies what is flushed by now; for when the app goes. */
  close(): Promise<void>;
}

export interface JournalCopyParts {
  readonly journal: {
    readonly id: string;
    head(): { readonly seq: number };
    extents(): Extent[];
    onAppended(listener: () => void): () => void;
  };
  /** Where the segments lie that are copied. */
  readonly source: string;
  readonly fileSystem: FileSystem;
  /** What opens the copy elsewhere; null until a recovery code was made. */
  readonly recoveryFile: () => Promise<Bytes | null>;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly onChange: () => void;
}

/** Marks that follow one another share a round. */
const GATHER_MS = 200;
const RETRY_MS = 5_000;
export const RECOVERY_ON_MEDIUM = "recovery.json";

export function copyFolderName(journalId: string): string {
  return `jiangping-${journalId.slice(0, 8)}`;
}

export function createJournalCopy(parts: JournalCopyParts): JournalCopy {
  const { journal, after, onChange } = parts;
  let state: CopyState = NOTHING;
  /** Bytes known to be good there, by segment; null before the first look. */
  let known: Map<number, number> | null = null;
  /** Photographs known to be whole there. */
  let beside = new Set<string>();
  let running: Promise<Result<void, CopyRefusal>> | null = null;
  let stopTimer: (() => void) | null = null;

  const change = (next: Partial<CopyState>) => {
    state = { ...state, ...next };
    onChange();
  };
  const plan = (ms: number) => {
    stopTimer ??= after(ms, () => {
      stopTimer = null;
      void round(false);
    });
  };
  const stopPlan = () => {
    stopTimer?.();
    stopTimer = null;
  };
  const stopHearing = journal.onAppended(() => {
    if (state.folder === null || state.state === "troubled") return;
    change({ state: "copying" });
    plan(GATHER_MS);
  });

  /** One after the other: a round that is asked for meanwhile begins when this one is over. */
  function round(isNew: boolean): Promise<Result<void, CopyRefusal>> {
    const before = running ?? Promise.resolve();
    const mine = before.then(() => copyAll(isNew));
    running = mine;
    void mine.finally(() => {
      if (running === mine) running = null;
    });
    return mine;
  }

  async function copyAll(isNew: boolean): Promise<Result<void, CopyRefusal>> {
    const { folder } = state;
    if (folder === null) return ok(undefined);
    const place = join(folder, copyFolderName(journal.id));
    const { seq } = journal.head();
    try {
      if (!known) change({ state: "checking" });
      const found = known ?? (await lookAt(folder, place, isNew, parts));
      const isSameDisk =
        (await parts.fileSystem.volumeOf(folder)) === (await parts.fileSystem.volumeOf(parts.source));
      if (!known) beside = new Set();
      await bringUp(place, found, parts);
      // Marks first: a stick that is pulled early has them.
      await copyBeside({ from: parts.source, to: place, fileSystem: parts.fileSystem, known: beside });
      // Another folder was chosen meanwhile: what is known of this one says nothing about that one.
      if (state.folder !== folder) return ok(undefined);
      known = found;
      const isCurrent = journal.head().seq === seq;
      change({ state: isCurrent ? "current" : "copying", trouble: null, copied: seq, isSameDisk });
      if (!isCurrent) plan(GATHER_MS);
      return ok(undefined);
    } catch (error) {
      const code = error instanceof OtherJournal ? "medium.other" : troubleOf(systemCode(error));
      if (state.folder === folder) {
        known = null;
        change({ state: "troubled", trouble: code });
        plan(RETRY_MS);
      }
      return refuse({ code });
    }
  }

  return {
    describe: () => state,
    begin: async (folder) => {
      const former = state;
      stopPlan();
      known = null;
      change({ ...NOTHING, folder, state: "checking" });
      const begun = await round(true);
      if (begun.ok) return begun;
      stopPlan();
      change(former);
      if (former.folder !== null) plan(0);
      return begun;
    },
    resume: (folder) => {
      change({ ...NOTHING, folder, state: "checking" });
      plan(0);
    },
    forget: () => {
      stopPlan();
      known = null;
      change(NOTHING);
    },
    close: async () => {
      stopHearing();
      stopPlan();
      if (state.folder !== null && state.state !== "troubled") await round(false);
      stopPlan();
    },
  };
}

const NOTHING: CopyState = { folder: null, state: "none", trouble: null, copied: 0, isSameDisk: false };

class OtherJournal extends Error {}

function troubleOf(code: string): Exclude<CopyRefusal["code"], "medium.other"> {
  if (isFull(code)) return "medium.full";
  return ["EACCES", "EPERM", "EROFS"].includes(code) ? "medium.unwritable" : "medium.missing";
}

/**
 * What is there already, compared with what is here. A folder that was copied to before and is gone is never made
 * again by itself: behind a pulled stick lies an empty folder of the laptop's own disk.
 */
async function lookAt(
  folder: string,
  place: string,
  isNew: boolean,
  { fileSystem, journal, source }: JournalCopyParts,
): Promise<Map<number, number>> {
  const present = await fileSystem.list(folder);
  if (!present.includes(copyFolderName(journal.id))) {
    if (!isNew) throw Object.assign(new Error("the copy is gone"), { code: "ENOENT" });
    await fileSystem.makeFolder(place);
  }
  const names = await fileSystem.list(place);
  const good = new Map<number, number>();
  const extents = journal.extents();
  for (const { segment, length } of extents) {
    if (!names.includes(segmentName(segment))) continue;
    good.set(segment, await agreement({ place, source, segment, length, fileSystem }));
  }
  const isAhead = names.some(
    (name) => /^\d{6}\.jpj$/.test(name) && !extents.some(({ segment }) => segmentName(segment) === name),
  );
  if (isAhead) throw new OtherJournal("segments that this journal does not have");
  return good;
}

interface Pair {
  readonly place: string;
  readonly source: string;
  readonly segment: number;
  /** Of the segment here. */
  readonly length: number;
  readonly fileSystem: FileSystem;
}

/** How many bytes are the same. What follows them there may go only while it was never a whole entry. */
async function agreement({ place, source, segment, length, fileSystem }: Pair): Promise<number> {
  const name = segmentName(segment);
  const [there, here] = [
    await readWhole(join(place, name), fileSystem),
    (await readWhole(join(source, name), fileSystem)).subarray(0, length),
  ];
  const same = sameStart(there, here);
  if (same === there.length) return same;
  if (same < HEADER_BYTES ? there.length > HEADER_BYTES : holdsEntry(there, same))
    throw new OtherJournal("entries that this journal does not have");
  return same;
}

function sameStart(a: Bytes, b: Bytes): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a[at] === b[at]) at++;
  return at;
}

/** Is there a whole entry at or behind the frame in which the difference lies? */
function holdsEntry(bytes: Bytes, same: number): boolean {
  let at = HEADER_BYTES;
  for (;;) {
    const frame = decodeFrame(bytes, at);
    if (!frame) break;
    if (at + frame.length > same) return true;
    at += frame.length;
  }
  for (; at < bytes.length; at++) if (isLaterFrame(bytes, at, 1)) return true;
  return false;
}

async function bringUp(
  place: string,
  good: Map<number, number>,
  { fileSystem, journal, source, recoveryFile }: JournalCopyParts,
): Promise<void> {
  const names = await fileSystem.list(place);
  await keepSmallFile(join(place, RECOVERY_ON_MEDIUM), names, await recoveryFile(), fileSystem);
  await keepSmallFile(join(place, "README.txt"), names, utf8(EXPLANATION), fileSystem);
  for (const { segment, length } of journal.extents()) {
    const from = good.get(segment) ?? 0;
    if (from === length && names.includes(segmentName(segment))) continue;
    await extend({ place, source, segment, length, fileSystem }, from, !names.includes(segmentName(segment)));
    good.set(segment, length);
  }
}

async function extend(
  { place, source, segment, length, fileSystem }: Pair,
  from: number,
  isNew: boolean,
): Promise<void> {
  const path = join(place, segmentName(segment));
  const there = await fileSystem.open(path, isNew ? "create" : "write");
  const here = await fileSystem.open(join(source, segmentName(segment)), "read");
  try {
    if ((await there.size()) > from) await there.truncate(from);
    await copyBytes(here, there, from, length);
    await there.sync();
  } finally {
    await here.close();
    await there.close();
  }
  if (isNew) await fileSystem.flushFolder(place);
}

async function keepSmallFile(
  path: string,
  names: readonly string[],
  content: Bytes | null,
  fileSystem: FileSystem,
): Promise<void> {
  if (content === null) return;
  const file = await fileSystem.open(path, names.includes(basename(path)) ? "write" : "create");
  try {
    const size = await file.size();
    if (size === content.length && isEqualBytes(await file.read(0, size), content)) return;
    await writeFully(file, content, 0);
    if (size > content.length) await file.truncate(content.length);
    await file.sync();
  } finally {
    await file.close();
  }
}

const EXPLANATION = [
  "匠评 Jiangping",
  "",
  "这里是评分记录的加密副本。不要修改或删除；在另一台电脑上用“从副本继续”和恢复码打开。",
  "",
  "An encrypted copy of examination records. Do not change or delete it. Open it on another computer with",
  '"Go on from a copy" and the recovery code.',
  "",
].join("\n");
