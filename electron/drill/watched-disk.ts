// Disks for the drill, laid over the real one: one that counts what was written and not yet flushed, and one with as much
// room as it is given, which is how a full disk is played without filling the centre's.
import type { FileSystem, OpenFile } from "../journal/index.ts";

export interface WatchedDisk extends FileSystem {
  /** Bytes written to entries' files and not flushed since. */
  unflushed(): number;
}

export function watchDisk(disk: FileSystem): WatchedDisk {
  const pending = new Map<string, number>();
  const watch = (path: string, file: OpenFile): OpenFile => ({
    ...file,
    write: async (bytes, position) => {
      pending.set(path, (pending.get(path) ?? 0) + bytes.length);
      return file.write(bytes, position);
    },
    datasync: async () => {
      await file.datasync();
      pending.delete(path);
    },
    sync: async () => {
      await file.sync();
      pending.delete(path);
    },
  });
  return {
    ...disk,
    open: async (path, mode) => watch(path, await disk.open(path, mode)),
    unflushed: () => [...pending.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}

export interface SmallDisk extends FileSystem {
  leave(bytes: number): void;
}

export function smallDisk(disk: FileSystem, bytes: number): SmallDisk {
  let left = bytes;
  const limit = (file: OpenFile): OpenFile => ({
    ...file,
    write: async (given, position) => {
      const growth = Math.max(0, position + given.length - (await file.size()));
      if (growth > left) throw Object.assign(new Error("no room is left"), { code: "ENOSPC" });
      left -= growth;
      return file.write(given, position);
    },
    truncate: async (length) => {
      left += Math.max(0, (await file.size()) - length);
      await file.truncate(length);
    },
  });
  return {
    ...disk,
    leave: (room) => {
      left = room;
    },
    open: async (path, mode) => limit(await disk.open(path, mode)),
    remove: async (path) => {
      const file = await disk.open(path, "read");
      const size = await file.size();
      await file.close();
      await disk.remove(path);
      left += size;
    },
  };
}
