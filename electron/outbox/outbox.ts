// Does what shared/sync decides: makes the call, tells what came back, writes the receipt or the trouble down. One
// runner takes the batches that are due, oldest first; it never outlives its lock [SY7, SY14].
import type { Bytes, HashId, PersonId, Refusal, Result } from "#shared/base";
import type { SendProgress } from "#shared/ipc";
import { ONLY, receiptToBody, type CentreRow, type EntryBody, type JournalView } from "#shared/journal";
import {
  bytesSent,
  nextStep,
  renewLock,
  startSending,
  takeLock,
  type RunnerLock,
  type SealedBatch,
  type SendEvent,
  type SendState,
  type SendStep,
} from "#shared/sync";
import type { KeyLookup, VerifiedRecord } from "#shared/wire";
import {
  CALL_TIMEOUT_MS,
  callRegistry,
  OBJECT_TYPE,
  RECORD_TYPE,
  registryBase,
  type Fetch,
  type Timers,
} from "./http.ts";
import type { SealedBytes } from "./sealed-bytes.ts";

/** What the outbox needs of the journal. */
export interface OutboxJournal {
  readonly view: JournalView;
  append(
    actor: PersonId | null,
    drafts: readonly { readonly body: EntryBody; readonly attachments?: readonly Bytes[] }[],
  ): Promise<Result<unknown, Refusal>>;
}

export interface OutboxDeps {
  readonly journal: OutboxJournal;
  /** Manifests and objects, wherever they lie. */
  readonly bytes: SealedBytes;
  readonly fetch: Fetch;
  readonly timers: Timers;
  /** Milliseconds that only go forward: a clock set back must not make a batch wait for a day. */
  readonly clock: () => number;
  /** In [0, 1). */
  readonly chance: () => number;
  /** The keys of the pinned keyset. */
  readonly trust: () => Promise<KeyLookup>;
  readonly onProgress: (progress: SendProgress) => void;
  /** Where the centre's registry is to be called. */
  readonly registryUrl: (centre: CentreRow) => string;
  /** One batch whose bytes cannot be read: to the bug log, and the others go on [SY14]. */
  readonly report: (error: unknown) => void;
  /** A bug: to the top-level handler. */
  readonly fail: (error: unknown) => void;
}

export interface SendingOutbox {
  send(batch: HashId): void;
  /** After a start: sends again what a person sent before and the registry has not refused [SY16]. */
  resume(): void;
  progress(): SendProgress[];
  close(): void;
}

interface Job {
  readonly sealed: SealedBatch & { readonly sealedSeq: number };
  state: SendState;
  /** What is to be done now; `wait` is left to the timer. */
  step: SendStep;
}

export function createOutbox(deps: OutboxDeps): SendingOutbox {
  const { journal, clock, timers } = deps;
  const jobs = new Map<HashId, Job>();
  let lock: RunnerLock | null = null;
  let lastRunner = 0;
  let stopTimer: (() => void) | null = null;
  let isClosed = false;

  const decide = (job: Job, event: SendEvent, registryKeys: KeyLookup) => {
    const next = nextStep(job.state, event, { now: clock(), chance: deps.chance(), registryKeys });
    if (next.step.kind === "nothing") return;
    job.state = next.state;
    job.step = next.step;
    deps.onProgress(progressOf(job));
  };

  /** Starts a runner when something is due and nobody holds the lock; else looks again when that may have changed. */
  const wake = () => {
    stopTimer?.();
    stopTimer = null;
    if (isClosed) return;
    wakeDue();
    const taken = nextJob() && takeLock(lock, lastRunner, clock(), LOCK_MARGIN_MS);
    if (taken) {
      lock = taken;
      lastRunner = taken.runner;
      run(taken.runner).catch(deps.fail);
    }
    const at = nextWake();
    if (at !== undefined) stopTimer = timers.after(Math.max(0, at - clock()), wake);
  };

  const holdsLock = (runner: number) => lock?.runner === runner;
  const wakeDue = () => {
    for (const job of jobs.values()) if (isDue(job, clock())) decide(job, { kind: "woke" }, nobody);
  };
  const nextJob = () =>
    [...jobs.values()]
      .filter(({ step }) => step.kind === "offer" || step.kind === "put" || step.kind === "hold")
      .sort((a, b) => a.sealed.sealedSeq - b.sealed.sealedSeq)
      .at(0);
  const nextWake = () => {
    const times = [...jobs.values()].flatMap(({ step }) => (step.kind === "wait" ? step.until : []));
    if (lock) times.push(lock.until);
    return times.length > 0 ? Math.min(...times) : undefined;
  };

  const run = async (runner: number) => {
    try {
      const registryKeys = await deps.trust();
      for (let job = nextJob(); job; wakeDue(), job = nextJob()) {
        const renewed = renewLock(lock, runner, clock(), timeoutOf(job) + LOCK_MARGIN_MS);
        if (!renewed) return;
        lock = renewed;
        const event = await perform(job, deps).catch((error: unknown) => {
          drop(job);
          // A receipt that could not be appended leaves the journal in doubt; bytes that cannot be read do not.
          (job.step.kind === "hold" ? deps.fail : deps.report)(error);
          return undefined;
        });
        // Taken over meanwhile: what came home no longer counts.
        if (!holdsLock(runner) || isClosed) return;
        if (!event) continue;
        decide(job, event, registryKeys);
        await tellTrouble(job, deps);
        if (job.step.kind === "done") jobs.delete(job.sealed.batch);
      }
    } finally {
      if (holdsLock(runner)) {
        lock = null;
        wake();
      }
    }
  };

  /** Asking again starts afresh. */
  const drop = ({ sealed }: Job) => {
    jobs.delete(sealed.batch);
    deps.onProgress(progressOf({ sealed, state: startSending(sealed), step: { kind: "nothing" } }));
  };

  const send = (batch: HashId) => {
    const job = jobs.get(batch) ?? createJob(batch, journal.view);
    if (!job || isClosed) return;
    jobs.set(batch, job);
    decide(job, { kind: "asked" }, nobody);
    wake();
  };

  return {
    send,
    resume: () => {
      for (const { id, receipt, trouble } of journal.view.rows("batches")) {
        if (receipt === null && trouble !== null && !trouble.final) send(id);
      }
    },
    progress: () => [...jobs.values()].map(progressOf),
    close: () => {
      isClosed = true;
      stopTimer?.();
    },
  };
}

const LOCK_MARGIN_MS = 30_000;

/** For events that carry no answer: there is no receipt to believe. */
const nobody: KeyLookup = () => undefined;

/** Undefined for a batch that is unknown or acknowledged. */
function createJob(batch: HashId, view: JournalView): Job | undefined {
  const row = view.read("batches", batch);
  if (!row || row.receipt) return undefined;
  const { device, deviceSeq, objects, sealedSeq } = row;
  const sealed = { batch, device, deviceSeq, objects, sealedSeq };
  return { sealed, state: startSending(sealed), step: { kind: "nothing" } };
}

function isDue({ step }: Job, now: number): boolean {
  return step.kind === "wait" && step.until <= now;
}

/** One step, and what came of it. */
async function perform(job: Job, deps: OutboxDeps): Promise<SendEvent | undefined> {
  const { step } = job;
  if (step.kind === "hold") return hold(job, step.receipt, deps);
  if (step.kind !== "offer" && step.kind !== "put") return undefined;
  const centre = deps.journal.view.read("centre", ONLY);
  const base = centre && registryBase(deps.registryUrl(centre));
  if (!base) return { kind: "unanswered" };
  const { batch } = job.sealed;
  const body = await (step.kind === "put" ? deps.bytes.object(batch, step.wire) : deps.bytes.manifest(batch));
  const answer = await callRegistry(
    base,
    step.kind === "put"
      ? {
          method: "PUT",
          path: `/objects/${step.wire}`,
          contentType: OBJECT_TYPE,
          body,
          timeoutMs: timeoutOf(job),
        }
      : { method: "POST", path: "/batches", contentType: RECORD_TYPE, body, timeoutMs: timeoutOf(job) },
    deps,
  );
  return answer ? { kind: "answered", answer } : { kind: "unanswered" };
}

/** Fifteen seconds, and for an object a second more for every KiB: a link of 8 kbit/s is still a link. */
function timeoutOf({ step, sealed }: Job): number {
  if (step.kind !== "put") return CALL_TIMEOUT_MS;
  const size = sealed.objects.find(({ wire }) => wire === step.wire)?.size ?? 0;
  return CALL_TIMEOUT_MS + Math.ceil(size / 1024) * 1000;
}

/** [SY4] The receipt is flushed before anyone is told. */
async function hold(
  { sealed }: Job,
  receipt: VerifiedRecord<"receipt">,
  { journal }: OutboxDeps,
): Promise<SendEvent> {
  if (journal.view.read("batches", sealed.batch)?.receipt) return { kind: "held" };
  const body = receiptToBody(sealed.batch, receipt);
  const written = await journal.append(null, [{ body, attachments: [receipt.record] }]);
  return { kind: written.ok ? "held" : "not-held" };
}

/** Only a change is written down. A journal that refuses it has told its own trouble already. */
async function tellTrouble({ sealed, state }: Job, { journal }: OutboxDeps): Promise<void> {
  const told = journal.view.read("batches", sealed.batch)?.trouble;
  const final = state.phase.at === "parked";
  const isNews = final || (state.phase.at === "waiting" && !state.phase.sentAll);
  if (!isNews || state.trouble === null || (told?.code === state.trouble && told.final === final)) return;
  await journal.append(null, [
    { body: { kind: "send.troubled", batch: sealed.batch, code: state.trouble, final } },
  ]);
}

function progressOf({ sealed, state }: Job): SendProgress {
  const { sent, total } = bytesSent(state);
  return { batch: sealed.batch, phase: phaseOf(state), bytesSent: sent, bytesTotal: total };
}

function phaseOf({ phase }: SendState): SendProgress["phase"] {
  switch (phase.at) {
    case "offering":
      return phase.sentAll ? "awaiting-receipt" : "offering";
    case "putting":
      return "sending";
    case "holding":
      return "awaiting-receipt";
    case "waiting":
      return phase.sentAll ? "awaiting-receipt" : "waiting";
    default:
      return "idle";
  }
}
