// A disk that fails on demand, under the journal: it buffers what was not flushed, loses it at a power cut in any
// shape (whole, torn at a byte, sector by sector out of order), runs full and breaks at the nth call. Every call that
// matters is traced, so that a test can tell what was flushed before somebody was answered.
import { basename, dirname } from "node:path";
import type { FileSystem, OpenFile } from "../../electron/journal/index.ts";

export type DiskCall = "create" | "write" | "datasync" | "sync" | "truncate" | "remove" | "flushFolder";

export interface Fault {
  readonly call: DiskCall;
  /** Which call of this kind fails, from 1, counted from when the fault was planted. */
  readonly nth: number;
  readonly code: "ENOSPC" | "EIO";
  /** Of a failing write: how many bytes still reach the cache. */
  readonly partly?: number;
}

/** What a power cut leaves of one unflushed change. */
export type Remains =
  | { readonly keep: "all" }
  | { readonly keep: "none" }
  | { readonly keep: "start"; readonly bytes: number }
  | { readonly keep: "sectors"; readonly pick: (sector: number) => boolean };

export interface FaultDisk extends FileSystem {
  readonly trace: string[];
  plant(fault: Fault): void;
  /** Told of every traced call before it takes effect. */
  watch(listener: (call: DiskCall) => void): void;
  /** Every write takes at most so many bytes. */
  shorten(bytes: number): void;
  /** Bytes written and not yet flushed, over all files. */
  unflushed(): number;
  /** A disk as it is found after the power came back. `remains` is asked for every unflushed change, oldest first. */
  cutPower(remains: (change: number) => Remains): FaultDisk;
  /** The content a process would read now. */
  content(path: string): Uint8Array;
  paths(): string[];
  /** Flips bits of a file behind everybody's back. */
  flip(path: string, at: number, bits?: number): void;
  clone(): FaultDisk;
}

const SECTOR_BYTES = 64;

interface Change {
  readonly position: number;
  /** Undefined: the file is cut to `position`. */
  readonly bytes?: Uint8Array;
  /** A flush of these bytes failed: the system forgot them, no later flush brings them back. */
  forgotten?: boolean;
}

interface File {
  durable: Uint8Array;
  changes: Change[];
}

interface Folders {
  /** Names as a process sees them, and as they would be after a power cut. */
  readonly seen: Map<string, File>;
  readonly durable: Map<string, File>;
}

export function createFaultDisk(disk: Folders = { seen: new Map(), durable: new Map() }): FaultDisk {
  const { seen, durable } = disk;
  const trace: string[] = [];
  const listeners: ((call: DiskCall) => void)[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  let locked = false;
  let longestWrite = Number.POSITIVE_INFINITY;

  function meet(call: DiskCall, path: string): Fault | undefined {
    trace.push(`${call} ${basename(path)}`);
    for (const listener of listeners) listener(call);
    const due = faults.filter(({ fault }) => fault.call === call).filter((planted) => --planted.left === 0);
    return due[0]?.fault;
  }

  function pass(call: DiskCall, path: string): void {
    const fault = meet(call, path);
    if (fault) throw trouble(fault.code);
  }

  function openFile(path: string, file: File): OpenFile {
    const flush = (call: "datasync" | "sync") => {
      const fault = meet(call, path);
      if (fault) {
        for (const change of file.changes) change.forgotten = true;
        throw trouble(fault.code);
      }
      file.durable = applyAll(
        file.durable,
        file.changes.filter(({ forgotten }) => !forgotten),
      );
      file.changes = file.changes.filter(({ forgotten }) => forgotten);
    };
    return {
      size: async () => lengthOf(file),
      read: async (position, length) => contentOf(file).slice(position, position + length),
      write: async (bytes, position) => {
        const fault = meet("write", path);
        const count = Math.min(bytes.length, longestWrite, fault ? (fault.partly ?? 0) : bytes.length);
        if (count > 0) file.changes.push({ position, bytes: bytes.slice(0, count) });
        if (fault) throw trouble(fault.code);
        return count;
      },
      datasync: async () => flush("datasync"),
      sync: async () => flush("sync"),
      truncate: async (length) => {
        pass("truncate", path);
        file.changes.push({ position: length });
      },
      close: async () => undefined,
    };
  }

  return {
    trace,
    watch: (listener) => void listeners.push(listener),
    plant: (fault) => void faults.push({ fault, left: fault.nth }),
    shorten: (bytes) => void (longestWrite = bytes),
    unflushed: () =>
      [...seen.values()]
        .flatMap(({ changes }) => changes)
        .reduce((sum, c) => sum + (c.bytes?.length ?? 0), 0),
    cutPower: (remains) => createFaultDisk(afterPowerCut(disk, remains)),
    content: (path) => contentOf(existing(seen, path)),
    paths: () => [...seen.keys()].sort(),
    flip: (path, at, bits = 0x01) => {
      const file = existing(seen, path);
      const flipped = contentOf(file).slice();
      flipped[at] = (flipped[at] ?? 0) ^ bits;
      file.durable = flipped;
      file.changes = [];
    },
    clone: () => {
      const copies = new Map(
        [...seen].map(([path, file]) => [path, { durable: contentOf(file), changes: [] }]),
      );
      return createFaultDisk({ seen: copies, durable: new Map(copies) });
    },

    makeFolder: async () => undefined,
    list: async (folder) =>
      [...seen.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path)),
    open: async (path, mode) => {
      if (mode !== "create") return openFile(path, existing(seen, path));
      pass("create", path);
      if (seen.has(path)) throw trouble("EEXIST");
      const file: File = { durable: new Uint8Array(), changes: [] };
      seen.set(path, file);
      return openFile(path, file);
    },
    remove: async (path) => {
      pass("remove", path);
      existing(seen, path);
      seen.delete(path);
    },
    flushFolder: async (folder) => {
      pass("flushFolder", folder);
      durable.clear();
      for (const [path, file] of seen) durable.set(path, file);
    },
    volumeOf: async () => "fault",
    lock: async () => {
      if (locked) return undefined;
      locked = true;
      return async () => void (locked = false);
    },
  };
}

function afterPowerCut({ seen, durable }: Folders, remains: (change: number) => Remains): Folders {
  let change = 0;
  const after = new Map<string, File>();
  // A name that was made or removed without a flush of its folder may be there or not: both sides are asked for.
  for (const path of new Set([...durable.keys(), ...seen.keys()])) {
    const file = (
      durable.get(path) === seen.get(path) || remains(change++).keep === "none" ? durable : seen
    ).get(path);
    if (!file) continue;
    const kept = file.changes.filter(({ forgotten }) => !forgotten);
    const content = kept.reduce((bytes, one) => applyPartly(bytes, one, remains(change++)), file.durable);
    after.set(path, { durable: content, changes: [] });
  }
  return { seen: after, durable: new Map(after) };
}

function applyPartly(content: Uint8Array, change: Change, remains: Remains): Uint8Array {
  const { position, bytes } = change;
  if (remains.keep === "none") return content;
  if (remains.keep === "all" || !bytes) return applyAll(content, [change]);
  if (remains.keep === "start")
    return applyAll(content, [{ position, bytes: bytes.slice(0, remains.bytes) }]);
  // The length is kept and unwritten sectors read as zeros, as ext4 and XFS may leave them.
  const whole = applyAll(content, [change]);
  const sectors = Array.from({ length: Math.ceil(whole.length / SECTOR_BYTES) }, (_, sector) =>
    remains.pick(sector),
  );
  for (let at = position; at < position + bytes.length; at++)
    if (!sectors[Math.floor(at / SECTOR_BYTES)]) whole[at] = content[at] ?? 0;
  return whole;
}

function lengthOf({ durable, changes }: File): number {
  return changes.reduce(
    (length, { position, bytes }) =>
      bytes ? Math.max(length, position + bytes.length) : Math.min(length, position),
    durable.length,
  );
}

function contentOf(file: File): Uint8Array {
  return applyAll(file.durable, file.changes);
}

function applyAll(content: Uint8Array, changes: readonly Change[]): Uint8Array {
  return changes.reduce((before, { position, bytes }) => {
    if (!bytes) return before.slice(0, position);
    const after = new Uint8Array(Math.max(before.length, position + bytes.length));
    after.set(before);
    after.set(bytes, position);
    return after;
  }, content);
}

function existing(files: ReadonlyMap<string, File>, path: string): File {
  const file = files.get(path);
  if (!file) throw trouble("ENOENT");
  return file;
}

function trouble(code: string): Error {
  return Object.assign(new Error(`${code}: planted by the test`), { code });
}
