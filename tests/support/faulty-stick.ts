// A stick in memory that misbehaves on command: pulled after so many bytes, full, read-only, lying when read back.
import { concatBytes, type Bytes } from "#shared/base";
import type { StickFiles } from "../../electron/outbox/index.ts";

export interface StickFaults {
  /** Gone once so many bytes were written or read, whichever comes first. */
  readonly pulledAfter?: number;
  readonly capacity?: number;
  /** The largest file it can hold. */
  readonly maxFile?: number;
  readonly isReadOnly?: boolean;
  /** What is read back, given what was written. */
  readonly readsAs?: (bytes: Bytes) => Bytes;
  /** Says that what was written is flushed, and forgets the last of it. */
  readonly forgetsLast?: number;
}

export function createFaultyStick(faults: StickFaults = {}) {
  const files = new Map<string, Bytes>();
  let moved = 0;
  let isGone = false;
  const fail = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };
  const move = (bytes: number) => {
    if (isGone || moved + bytes > (faults.pulledAfter ?? Infinity)) {
      isGone = true;
      fail("ENODEV");
    }
    moved += bytes;
  };
  const used = () => [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const handle = (name: string) => ({
    write: (bytes: Bytes) =>
      Promise.resolve().then(() => {
        move(bytes.length);
        if (used() + bytes.length > (faults.capacity ?? Infinity)) fail("ENOSPC");
        const held = concatBytes(files.get(name) ?? new Uint8Array(), bytes);
        if (held.length > (faults.maxFile ?? Infinity)) fail("EFBIG");
        files.set(name, held);
      }),
    read: (position: number, length: number) =>
      Promise.resolve().then(() => {
        const held = files.get(name) ?? new Uint8Array();
        const bytes = (faults.readsAs?.(held) ?? held).slice(position, position + length);
        move(bytes.length);
        return bytes;
      }),
    flush: () =>
      Promise.resolve().then(() => {
        move(0);
        const held = files.get(name) ?? new Uint8Array();
        files.set(name, held.subarray(0, held.length - (faults.forgetsLast ?? 0)));
      }),
    close: () => Promise.resolve(),
  });
  const io: StickFiles = {
    create: (name) =>
      Promise.resolve().then(() => {
        move(0);
        if (faults.isReadOnly) fail("EROFS");
        if (files.has(name)) fail("EEXIST");
        files.set(name, new Uint8Array());
        return handle(name);
      }),
    open: (name) =>
      Promise.resolve().then(() => {
        move(0);
        if (!files.has(name)) fail("ENOENT");
        return handle(name);
      }),
    remove: (name) =>
      Promise.resolve().then(() => {
        move(0);
        files.delete(name);
      }),
    freeBytes: () => Promise.resolve().then(() => (move(0), 1 << 30)),
  };
  return { io, files };
}
