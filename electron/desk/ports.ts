// What the desk needs from its sibling rooms, as interfaces: the rooms implement them, main.ts joins them, and tests
// put something else behind them. Nothing here knows a file, a window or a network.
import type {
  Bytes,
  ClockReading,
  PublicKeyHex,
  HashId,
  Kid,
  PersonId,
  Refusal,
  Result,
  SheetId,
  SittingId,
  CandidateRef,
} from "#shared/base";
import type { Signer } from "#shared/crypto";
import type { PictureFacts, PictureRefusal, Rubric } from "#shared/exam";
import type { ConfirmMatter, LinkState, LinkTest, OutputOf, SendProgress, WindowChannels } from "#shared/ipc";
import type { EntryBody, JournalView, StoredEntry } from "#shared/journal";
import type { RosterTable, RubricProblem } from "#shared/rules";

export type JournalRefusal = Refusal<"journal.full" | "journal.failed">;

export interface EntryDraft {
  readonly body: EntryBody;
  readonly attachments?: readonly Bytes[];
}

/** The append-only file (electron/journal). */
export interface Journal {
  /** Tables folded from every flushed entry, and from nothing else. */
  readonly view: JournalView;
  head(): { readonly seq: number; readonly hash: HashId };
  /** Numbers, chains, writes and flushes all drafts as one group; answers only after the flush. */
  append(
    actor: PersonId | null,
    drafts: readonly EntryDraft[],
  ): Promise<Result<StoredEntry[], JournalRefusal>>;
  /** Entries after `after`, oldest first, at most `limit`. */
  read(after: number, limit: number): Promise<StoredEntry[]>;
  /** The same as one JSON text, of whatever version they were written in. */
  readText(after: number, limit: number): Promise<string>;
  attachments(seq: number): Promise<Bytes[]>;
  onAppended(listener: (seq: number) => void): () => void;
}

export type UnlockRefusal = Refusal<
  "secret.wrong" | "keys.wait" | "keys.locked-out" | "keys.unreadable" | "keys.missing"
>;

/** Device and examiner keys (electron/keys). A person's key is opened by a PIN for one act and then dropped. */
export interface Keys {
  storage(): "keyring" | "passphrase" | "demo-file" | null;
  /** A passphrase must be given before anything can be signed or opened on this start. */
  needsPassphrase(): boolean;
  /** Which storage a new device would get: no keyring means a passphrase is asked (rulings 11). */
  storageForNewDevice(demo: boolean): "keyring" | "passphrase" | "demo-file";
  createDevice(options: { demo: boolean; passphrase: string | null }): Promise<Signer>;
  unlockDevice(passphrase: string): Promise<Result<Signer, UnlockRefusal>>;
  device(): Signer | null;
  hasPerson(person: PersonId): boolean;
  createPerson(person: PersonId, pin: string): Promise<Signer>;
  unlockPerson(person: PersonId, pin: string): Promise<Result<Signer, UnlockRefusal>>;
  /** Takes a person's key out of use; its owner makes a new one. */
  endPerson(person: PersonId): Promise<void>;
  /** Demonstration only: the PIN that main made up for this person, to be shown on the sign-in screen. */
  demoPin(person: PersonId): string | null;
}

/** The recovery side of the keys (electron/keys). */
export interface RecoveryKeys {
  /** A new recovery code; an earlier one holds until this one is kept, which is durable when it answers. */
  makeRecovery(): Promise<{
    readonly code: string;
    readonly pub: PublicKeyHex;
    readonly keep: () => Promise<void>;
  }>;
  /** A new device under a data key that was recovered; what is left of the former one is kept beside it. */
  replaceDevice(options: {
    readonly demo: boolean;
    readonly passphrase: string | null;
    readonly dataKey: Bytes;
    readonly recovery: Bytes;
  }): Promise<Signer>;
}

export type CopyRefusal = Refusal<"medium.missing" | "medium.full" | "medium.unwritable" | "medium.other">;

/** The copy of the journal on a second medium, kept up behind the work (electron/journal). */
export interface SecondMedium {
  describe(): {
    readonly folder: string | null;
    readonly state: "none" | "checking" | "copying" | "current" | "troubled";
    readonly trouble: CopyRefusal["code"] | null;
    readonly copied: number;
    readonly isSameDisk: boolean;
  };
  begin(folder: string): Promise<Result<void, CopyRefusal>>;
  forget(): void;
}

export type FindCopyRefusal = Refusal<
  "medium.no-copy" | "medium.several" | "medium.missing" | "recovery.missing"
>;
export type CheckCopyRefusal = Refusal<
  "journal.damaged" | "journal.newer" | "journal.locked" | "medium.missing" | "medium.no-copy"
>;

/** A copy that was whole to its last entry. */
export interface CheckedCopy {
  readonly view: JournalView;
  readonly entries: number;
  /** Lays it down for the next start; durable when it answers. */
  layDown(): Promise<Result<void, Refusal<"medium.missing" | "journal.full">>>;
}

/** Copies that another laptop left, and what opens them. */
export interface Copies {
  find(
    folder: string,
  ): Promise<Result<{ readonly folder: string; readonly recovery: Bytes }, FindCopyRefusal>>;
  openRecovery(
    recovery: Bytes,
    code: string,
  ): Promise<Result<Bytes, Refusal<"recovery.malformed" | "recovery.wrong" | "recovery.missing">>>;
  check(folder: string, dataKey: Bytes): Promise<Result<CheckedCopy, CheckCopyRefusal>>;
}

export type ConfirmRefusal = Refusal<"person.declined" | "person.busy" | "keys.locked-out">;

/** Main's own window where PINs are typed (electron/window). One request at a time. */
export interface Confirm {
  /**
   * Shows the matter and hands every secret typed to `attempt`: a refusal of `attempt` is shown and may be tried
   * again, except `keys.locked-out`, which ends the request; success closes the window with its value.
   */
  ask<T>(
    who: { readonly name: string; readonly roles: readonly string[] } | null,
    matter: ConfirmMatter,
    attempt: (secret: string, repeated: string | null) => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, ConfirmRefusal>>;
}

export type RegistryRefusal = Refusal<
  | "registry.unreachable"
  | "registry.not-a-registry"
  | "registry.not-loopback"
  | "registry.no-demonstration"
  | "enrolment.refused"
  | "enrolment.code-unknown"
  | "enrolment.code-used"
>;

/** Calls to the registry before there is anything to send (electron/outbox, the only room with a network). */
export interface RegistryClient {
  /** The signed keyset record, not yet trusted: people compare its stamp. */
  contact(url: string): Promise<Result<{ readonly keyset: Bytes; readonly demo: boolean }, RegistryRefusal>>;
  demonstrationCode(url: string): Promise<Result<string, RegistryRefusal>>;
  enrol(url: string, request: Bytes): Promise<Result<{ readonly enrolment: Bytes }, RegistryRefusal>>;
  addPeopleKeys(
    url: string,
    records: readonly Bytes[],
  ): Promise<Result<{ readonly permit: Bytes }, RegistryRefusal>>;
  /** Receipts that came after the first one of a batch, oldest first, not yet trusted. */
  laterReceipts(url: string, batch: HashId): Promise<Result<readonly Bytes[], RegistryRefusal>>;
}

/** Photographs as encrypted files named by their hash (electron/evidence). */
export interface EvidenceFiles {
  /** Checked, sealed and flushed when it answers; the same bytes are kept once. */
  keep(
    bytes: Bytes,
  ): Promise<
    Result<
      PictureFacts,
      | PictureRefusal
      | Refusal<"evidence.too-large" | "evidence.full" | "evidence.unwritable" | "evidence.locked">
    >
  >;
  read(picture: HashId): Promise<Result<Bytes, PictureTrouble>>;
  /** Seals a picture to the registry, as a file named by its wire hash; flushed when it answers. */
  seal(
    picture: HashId,
    transportKey: Bytes,
    device: Kid,
  ): Promise<
    Result<
      { readonly wire: HashId; readonly size: number },
      PictureTrouble | Refusal<"evidence.full" | "evidence.unwritable">
    >
  >;
  /** Sealed files that nobody signed for. */
  drop(wires: readonly HashId[]): Promise<void>;
}

export type PictureTrouble = Refusal<"evidence.missing" | "evidence.damaged" | "evidence.locked">;

/** The sending loop (electron/outbox). */
export interface Outbox {
  send(batch: HashId): void;
  /** Compares with the registry, without sending a batch. */
  contact(): void;
  progress(): SendProgress[];
  link(): LinkState;
  testLink(): Promise<
    Result<LinkTest, Refusal<"registry.unreachable" | "registry.not-a-registry" | "registry.not-loopback">>
  >;
}

export interface Environment {
  readonly clock: () => ClockReading;
  readonly random: (length: number) => Bytes;
  readonly newSheetId: () => SheetId;
  readonly newSittingId: () => SittingId;
  readonly newCandidateRef: () => CandidateRef;
  /** gzip level 6, mtime 0, OS byte 255 (protocol A2). */
  readonly gzip: (bytes: Bytes) => Bytes;
  readonly app: { readonly ver: string; readonly build: HashId };
}

/** Files a person chose in main's own dialogs (electron/files); the window never names a path. */
export interface Files {
  chooseRoster(): Promise<{ readonly fileName: string; readonly bytes: Bytes } | null>;
  chooseRubric(): Promise<{ readonly fileName: string; readonly bytes: Bytes } | null>;
  readRoster(
    bytes: Bytes,
    fileName: string,
  ): Promise<Result<RosterTable & { readonly encoding: string }, Refusal>>;
  readRubric(bytes: Bytes): Promise<Result<Rubric, readonly RubricProblem[]>>;
  /** Asks where, then writes the workbook. */
  saveRubric(rubric: Rubric, fileName: string): Answer<"rubric.saveTable">;
}

/** The answer of a channel, as the use case behind it gives it. */
export type Answer<K extends keyof WindowChannels> = Promise<
  Result<OutputOf<WindowChannels[K]>, Refusal<WindowChannels[K]["refusals"][number]>>
>;
