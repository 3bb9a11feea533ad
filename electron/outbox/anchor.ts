// From stored to proven: asks for the proof of each receipt, and for the proof that the log only grew since this laptop last
// looked. What verifies is flushed; two views that do not fit are flushed as they were signed, and then nothing of that log
// is believed until it fits again [SY29, SY30, SY31].
import { invariant, ok, refuse, utf8, type Bytes, type Result } from "#shared/base";
import { anchorToBody, ONLY, type BatchRow, type EntryBody } from "#shared/journal";
import {
  checkpointOf,
  compareCheckpoints,
  ConsistencyAnswer,
  evidenceFiles,
  logKeysOf,
  readAnswer,
  readDiffers,
  readText,
  takeCheckpoint,
  verifyAnchor,
  type Answer,
  type CheckpointRefusal,
  type Reading,
  type SplitView,
} from "#shared/sync";
import { peekRecord, type KeptCheckpoint } from "#shared/wire";
import type { ContactRefusal, RegistryTrust } from "./contact.ts";
import { CALL_TIMEOUT_MS, callRegistry, type Call } from "./http.ts";
import type { PerformDeps } from "./perform.ts";

export interface AnchorDeps extends Pick<PerformDeps, "journal" | "fetch" | "timers" | "bytes"> {
  /** False when the runner that began this lost its lock: what comes home then no longer counts. */
  readonly goOn: () => boolean;
}

/** `waiting`: the registry has not published everything yet. */
export type Anchored = "anchored" | "waiting";

/** Batches with a receipt of which no proof is held, oldest first. */
export function unproven(rows: readonly BatchRow[]): BatchRow[] {
  return rows
    .filter(({ receipt, anchored }) => receipt !== null && anchored === null)
    .sort((a, b) => a.sealedSeq - b.sealedSeq);
}

export async function anchorReceipts(
  base: URL,
  { keyset }: RegistryTrust,
  deps: AnchorDeps,
): Promise<Result<Anchored, ContactRefusal>> {
  const keys = logKeysOf(keyset);
  const { view } = deps.journal;
  const grown = await growLog(base, keys, deps);
  if (!grown.ok) return grown;
  let isWaiting = false;
  for (const batch of unproven(view.rows("batches"))) {
    if (!deps.goOn()) return ok("waiting");
    const one = await anchorOne(base, batch, keys, deps);
    if (!one.ok) return one;
    if (one.value === "waiting") isWaiting = true;
  }
  return ok(isWaiting ? "waiting" : "anchored");
}

async function anchorOne(
  base: URL,
  batch: BatchRow,
  keys: readonly Bytes[],
  deps: AnchorDeps,
): Promise<Result<Anchored, ContactRefusal>> {
  const record = await deps.bytes.receipt(batch.id);
  const receipt = peekRecord("receipt", record); // verified before it was held
  invariant(receipt.ok && batch.receipt, "a receipt that is held can be read");
  const { leaf } = receipt.value.value;
  const answer = await ask(base, { method: "GET", path: `/batches/${batch.id}/proof?leaf=${leaf}` }, deps);
  if (!answer) return refuse({ code: "send.no-answer" });
  const proof = readText(answer);
  if (proof.kind === "wait" && proof.problem !== null) return ok("waiting");
  if (proof.kind !== "value") return refusalOf(proof);
  const included = verifyAnchor(proof.value, receipt.value.value, keys);
  if (!included.ok) return refuse({ code: included.error.code });
  const seen = await agree(base, checkpointOf(included.value), keys, deps);
  if (!seen.ok) return seen;
  const body = anchorToBody(batch.id, batch.receipt.hash, included.value);
  return written(await deps.journal.append(null, [{ body, attachments: [proof.value] }]), "anchored");
}

/** The checkpoint of a proof belongs to the same history as the one that is kept. */
async function agree(
  base: URL,
  offered: KeptCheckpoint,
  keys: readonly Bytes[],
  deps: AnchorDeps,
): Promise<Result<void, ContactRefusal>> {
  const kept = deps.journal.view.read("chain", ONLY)?.checkpoint;
  const told = deps.journal.view.read("registry", ONLY)?.dispute;
  if (told && !told.mended && told.log === offered.log) return refuse({ code: told.code });
  if (!kept) return refuse({ code: "checkpoint.unreadable" });
  const compared = compareCheckpoints(kept, offered);
  if (compared === "same" || compared === "other-log") return ok(undefined);
  if (compared !== "to-be-shown") return dispute("checkpoint.split-view", offered, kept, compared, deps);
  // Both must be the beginning of what the registry shows now.
  const shown = await show(base, offered, keys, deps);
  if (!shown.ok) return shown;
  return growLog(base, keys, deps);
}

/** Asks how the log goes on from the checkpoint that is kept, and keeps the new one. */
async function growLog(
  base: URL,
  keys: readonly Bytes[],
  deps: AnchorDeps,
): Promise<Result<void, ContactRefusal>> {
  const kept = deps.journal.view.read("chain", ONLY)?.checkpoint ?? null;
  if (!kept) return takeFirst(base, null, keys, deps);
  const shown = await show(base, kept, keys, deps);
  // A log that does not fit may have been closed, openly, and another one opened.
  if (!shown.ok) {
    const { current } = shown.error;
    if (current !== undefined && current !== kept.log) return takeFirst(base, kept, keys, deps);
    return shown;
  }
  const { checkpoint, current } = shown.value;
  const told = deps.journal.view.read("registry", ONLY)?.dispute;
  const isNews = checkpoint.size > kept.size || (told?.log === kept.log && !told.mended);
  if (isNews) {
    const body: EntryBody = { kind: "checkpoint.held", checkpoint, change: "grown" };
    const held = written(await deps.journal.append(null, [{ body }]), undefined);
    if (!held.ok) return held;
  }
  return current === kept.log ? ok(undefined) : takeFirst(base, checkpoint, keys, deps);
}

/** The first checkpoint of a log: there is nothing yet that it could contradict. */
async function takeFirst(
  base: URL,
  kept: KeptCheckpoint | null,
  keys: readonly Bytes[],
  deps: AnchorDeps,
): Promise<Result<void, ContactRefusal>> {
  const answer = await ask(base, { method: "GET", path: "/log/checkpoint" }, deps);
  if (!answer) return refuse({ code: "send.no-answer" });
  const note = readText(answer);
  if (note.kind !== "value") return refusalOf(note);
  const taken = takeCheckpoint(kept, note.value, [], keys);
  if (!taken.ok) return kept ? tell(taken.error, kept, deps) : refuse({ code: taken.error.code });
  const { checkpoint, change } = taken.value;
  if (change === "same" || change === "grown") return ok(undefined);
  const body: EntryBody = { kind: "checkpoint.held", checkpoint, change };
  return written(await deps.journal.append(null, [{ body }]), undefined);
}

type ShownRefusal = ContactRefusal & { readonly current?: string };

/** What the registry shows to somebody who saw this checkpoint. */
async function show(
  base: URL,
  seen: KeptCheckpoint,
  keys: readonly Bytes[],
  deps: AnchorDeps,
): Promise<Result<{ readonly checkpoint: KeptCheckpoint; readonly current: string }, ShownRefusal>> {
  const { log, size: from, root } = seen;
  const body = utf8(JSON.stringify({ log, from, root }));
  const call = { method: "POST", path: "/log/consistency", contentType: "application/json", body } as const;
  const answer = await ask(base, call, deps);
  if (!answer) return refuse({ code: "send.no-answer" });
  if (!deps.goOn()) return refuse({ code: "send.no-answer" });
  const differs = readDiffers(answer);
  const reading = differs ? null : readAnswer(answer, ConsistencyAnswer);
  if (reading && reading.kind !== "value") return refusalOf(reading);
  const view = differs ? { ...differs, proof: [] } : reading?.value;
  invariant(view, "one of the two was read");
  const taken = takeCheckpoint(seen, view.checkpoint, view.proof, keys);
  if (!taken.ok) {
    const told = await tell(taken.error, seen, deps);
    return told.ok ? refuse({ code: "contact.not-held" }) : refuse({ ...told.error, current: view.current });
  }
  // It says that it differs, and shows nothing that would: that is no answer to the question.
  if (differs) return refuse({ code: "checkpoint.unreadable", current: view.current });
  return ok({ checkpoint: taken.value.checkpoint, current: view.current });
}

/** A view that does not fit is written down before anything else happens, once for each that is offered. */
async function tell(
  error: CheckpointRefusal,
  seen: KeptCheckpoint,
  deps: AnchorDeps,
): Promise<Result<never, ContactRefusal>> {
  if (error.code === "checkpoint.unreadable") return refuse({ code: error.code });
  const offered = Number(error.facts?.["offered"] ?? 0);
  return dispute(error.code, seen, { size: offered }, error.evidence, deps);
}

async function dispute(
  code: "checkpoint.behind" | "checkpoint.split-view",
  { log, size: kept }: Pick<KeptCheckpoint, "log" | "size">,
  { size: offered }: Pick<KeptCheckpoint, "size">,
  evidence: SplitView,
  { journal }: AnchorDeps,
): Promise<Result<never, ContactRefusal>> {
  const told = journal.view.read("registry", ONLY)?.dispute;
  const isTold = told?.code === code && told.log === log && told.kept === kept && told.offered === offered;
  if (!isTold || told.mended) {
    const body: EntryBody = { kind: "log.disputed", code, log, kept, offered };
    const held = await journal.append(null, [{ body, attachments: evidenceFiles(evidence) }]);
    if (!held.ok) return refuse({ code: "contact.not-held" });
  }
  return refuse({ code });
}

function ask(
  base: URL,
  call: Omit<Call, "timeoutMs">,
  deps: Pick<AnchorDeps, "fetch" | "timers">,
): Promise<Answer | undefined> {
  return callRegistry(base, { ...call, timeoutMs: CALL_TIMEOUT_MS }, deps);
}

function refusalOf(reading: Exclude<Reading<unknown>, { kind: "value" }>): Result<never, ContactRefusal> {
  return refuse({ code: reading.kind === "wait" ? reading.code : "send.server-error" });
}

function written<T>(result: { readonly ok: boolean }, value: T): Result<T, ContactRefusal> {
  return result.ok ? ok(value) : refuse({ code: "contact.not-held" });
}
