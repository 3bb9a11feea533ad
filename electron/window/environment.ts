// What the desk asks of this computer: time, chance, compression and the identity of this build.
import { createHash, randomBytes } from "node:crypto";
import { openSync, readFileSync, readSync } from "node:fs";
import { uptime } from "node:os";
import { hrtime } from "node:process";
import { gzipSync } from "node:zlib";
import {
  BootId,
  bytesToBase64url,
  bytesToHex,
  CandidateRef,
  HashId,
  InstantMs,
  SheetId,
  SittingId,
  type Bytes,
  type ClockReading,
} from "#shared/base";

export interface MachineEnvironment {
  readonly clock: () => ClockReading;
  readonly random: (length: number) => Bytes;
  readonly newSheetId: () => SheetId;
  readonly newSittingId: () => SittingId;
  readonly newCandidateRef: () => CandidateRef;
  readonly gzip: (bytes: Bytes) => Bytes;
  readonly app: { readonly ver: string; readonly build: HashId };
}

/** `program` is the file whose bytes are this build: app.asar, or the bundle when the app is not packaged [E11]. */
export function createEnvironment(version: string, program: string): MachineEnvironment {
  const boot = readBootId();
  const mono = createMonotonicClock(() => Number(hrtime.bigint() / 1_000_000n), createUptime());
  return {
    clock: () => ({ wall: InstantMs.parse(Date.now()), mono: mono(), boot }),
    random,
    newSheetId: () => SheetId.parse(bytesToBase64url(random(16))),
    newSittingId: () => SittingId.parse(bytesToBase64url(random(16))),
    newCandidateRef: () => CandidateRef.parse(bytesToHex(random(16))),
    gzip: gzipPortably,
    app: { ver: version, build: hashFile(program) },
  };
}

/**
 * Milliseconds since the computer started, never backwards. The fine clock stands still while a laptop sleeps, the
 * uptime does not: when the two have drifted apart by more than the coarse clock's step, the machine slept.
 */
export function createMonotonicClock(fineMs: () => number, uptimeMs: () => number): () => number {
  let ahead = uptimeMs() - fineMs();
  let last = 0;
  return () => {
    const slept = uptimeMs() - (fineMs() + ahead);
    if (slept > COARSEST_STEP_MS) ahead += slept;
    last = Math.max(last, Math.round(fineMs() + ahead));
    return last;
  };
}

const COARSEST_STEP_MS = 1500;

/**
 * Milliseconds. Linux tells hundredths of a second in a file; Node's own answer there may be whole ones. The file stays open,
 * because every entry asks for the time and a mark waits for it: whoever reads its beginning again gets the time of that moment.
 */
export function createUptime(): () => number {
  const file = ifThere(() => openSync("/proc/uptime", "r"));
  const text = new Uint8Array(64);
  return () => {
    const length = file === undefined ? 0 : readSync(file, text, 0, text.length, 0);
    const seconds = Number.parseFloat(String.fromCharCode(...text.subarray(0, length)));
    return Math.round((Number.isFinite(seconds) ? seconds : uptime()) * 1000);
  };
}

/** Where the system does not name its boot, every start of the app counts as one. */
function readBootId(): BootId {
  const named = readIfThere("/proc/sys/kernel/random/boot_id")?.trim();
  const bytes = named ? createHash("sha256").update(named).digest() : randomBytes(32);
  return BootId.parse(bytes.toString("hex").slice(0, 16));
}

function readIfThere(path: string): string | undefined {
  return ifThere(() => readFileSync(path, "utf8"));
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EACCES"))
      return;
    throw error;
  }
}

function random(length: number): Bytes {
  return new Uint8Array(randomBytes(length));
}

/** Level 6, no time, no system: the same bytes on every machine (protocol A2, RFC 1952 §2.3.1). */
export function gzipPortably(bytes: Bytes): Bytes {
  const packed = new Uint8Array(gzipSync(bytes, { level: 6 }));
  packed.fill(0, 4, 8);
  packed[9] = 255;
  return packed;
}

function hashFile(path: string): HashId {
  const noAsar = process.noAsar;
  process.noAsar = true; // an archive is a file here, not a folder
  try {
    return HashId.parse(`sha256:${createHash("sha256").update(readFileSync(path)).digest("hex")}`);
  } finally {
    process.noAsar = noAsar;
  }
}
