// What carrying by stick needs of its sibling rooms, as interfaces beside those of ports.ts.
import type { Bytes, HashId, Refusal, Result } from "#shared/base";
import type { StickProgress } from "#shared/ipc";
import type { BundleEnd, BundleFrame } from "#shared/wire";
import type { Confirm, Environment, Journal, Keys } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

export type StickRefusal = Refusal<
  "stick.full" | "stick.gone" | "stick.unwritable" | "stick.too-large" | "stick.differs"
>;

export interface LazyFrame {
  readonly size: number;
  load(): Promise<BundleFrame>;
}

/** The stick itself (electron/outbox). */
export interface Stick {
  copy(
    folder: string,
    frames: readonly LazyFrame[],
    onProgress: (phase: StickProgress["phase"], done: number, total: number) => void,
  ): Promise<Result<{ readonly bundle: HashId; readonly bytes: number }[], StickRefusal>>;
  read(file: string, take: (frame: BundleFrame) => Promise<void>): Promise<Result<BundleEnd, StickRefusal>>;
}

/** Where the bytes of a sealed batch are (electron/outbox). */
export interface SealedBytes {
  manifest(batch: HashId): Promise<Bytes>;
  object(batch: HashId, wire: HashId): Promise<Bytes>;
}

export interface CarrierDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly keys: Keys;
  readonly confirm: Confirm;
  readonly serial: Serial;
  readonly env: Environment;
  readonly stick: Stick;
  readonly bytes: SealedBytes;
  /** The folder and the file that a person chose in main's dialogs. */
  readonly chooseFolder: () => Promise<string | null>;
  readonly chooseBundle: () => Promise<string | null>;
  readonly isOwnFolder: (folder: string) => boolean;
  readonly onProgress: (progress: StickProgress) => void;
}
