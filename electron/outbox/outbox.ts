// Does what shared/sync decides: makes the call, tells what came back, writes the receipt or the trouble down. One
// runner takes the batches that are due, scores before evidence and oldest first; it never outlives its lock [SY7, SY14].
import type { HashId } from "#shared/base";
import type { LinkState, SendProgress } from "#shared/ipc";
import {
  earlierUnsent,
  isHeldBack,
  isOwing,
  ONLY,
  sealingLock,
  type BatchRow,
  type CentreRow,
  type JournalView,
} from "#shared/journal";
import {
  backoffMs,
  bytesSent,
  FIRST_PACE,
  haltIn,
  isEvidenceLeft,
  nextPace,
  nextStep,
  parkedForMs,
  renewLock,
  startSending,
  takeLock,
  type HaltCode,
  type Pace,
  type RunnerLock,
  type SealedBatch,
  type SendEvent,
  type SendState,
  type SendStep,
} from "#shared/sync";
import type { KeyLookup } from "#shared/wire";
import { anchorReceipts, unproven } from "./anchor.ts";
import { askHead, askKeyset, askRevocations, type ContactDeps, type RegistryTrust } from "./contact.ts";
import { CALL_TIMEOUT_MS, registryBase } from "./http.ts";
import { callFor, isCalling, keep, timeoutOf, type PerformDeps } from "./perform.ts";

export interface OutboxDeps extends PerformDeps, ContactDeps {
  /** In [0, 1). */
  readonly chance: () => number;
  /** The pinned keyset, the newest that was taken. */
  readonly trust: () => Promise<RegistryTrust>;
  readonly onProgress: (progress: SendProgress) => void;
  readonly onLink: () => void;
  /** Where the centre's registry is to be called. */
  readonly registryUrl: (centre: CentreRow) => string;
  /** One batch whose bytes cannot be read: to the bug log, and the others go on [SY14]. */
  readonly report: (error: unknown) => void;
  /** A bug: to the top-level handler. */
  readonly fail: (error: unknown) => void;
}

export interface SendingOutbox {
  /** A person asks for this batch. */
  send(batch: HashId): void;
  /** Compares with the registry now [SY24]. */
  contact(): void;
  /** After a start: sends again what a person sent before and the registry has not refused [SY16]. */
  resume(): void;
  /** The link came back, as the system says: whatever only waited for an answer is tried at once. */
  linkCame(): void;
  progress(): SendProgress[];
  link(): LinkState;
  close(): void;
}

interface Job {
  readonly sealed: SealedBatch & { readonly sealedSeq: number };
  state: SendState;
  /** What is to be done now; `wait` and `park` are left to the timer. */
  step: SendStep;
  /** A person asked for this one: it goes even when sending was halted. */
  isAsked: boolean;
}

/** A contact is over after this long without one; then the registry is compared with again before a batch is sent. */
const CONTACT_MS = 10 * 60_000;
const CONTACT_RETRY_MS = 60_000;
const VISIT_MS = 60 * 60_000;
const LOCK_MARGIN_MS = 30_000;

/** For events that carry no answer: there is no receipt to believe. */
const nobody: KeyLookup = () => undefined;

export function createOutbox(deps: OutboxDeps): SendingOutbox {
  const { journal, clock, timers } = deps;
  const { view } = journal;
  const jobs = new Map<HashId, Job>();
  let pace: Pace = FIRST_PACE;
  let lock: RunnerLock | null = null;
  let lastRunner = 0;
  let stopTimer: (() => void) | null = null;
  let isClosed = false;
  let halted: HaltCode | null = null;
  /** When the next comparison with the registry is due: by itself, and before a batch is sent. */
  let visitAt: number | null = null;
  let compareAt = 0;
  let keysetAt = 0;
  let contact: LinkState["contact"] = null;
  let contactTrouble: string | null = null;
  let isContacting = false;
  /** When receipts are to be proven next, and how often that failed in a row. */
  let anchorAt: number | null = null;
  let anchorFailures = 0;

  const decide = (job: Job, event: SendEvent, registryKeys: KeyLookup) => {
    const around = { now: clock(), chance: deps.chance(), chunk: pace.chunk, registryKeys };
    const next = nextStep(job.state, event, around);
    if (next.state === job.state) return;
    job.state = next.state;
    if (next.step.kind !== "nothing") job.step = next.step;
    deps.onProgress(tell(job));
  };
  const tell = (job: Job): SendProgress => {
    const progress = progressOf(job, clock());
    const isHeld = isRunnable(job.step) && isWaitingFor(job.sealed.batch);
    return isHeld ? { ...progress, phase: "waiting", trouble: "send.earlier-first" } : progress;
  };

  /** Starts a runner when something is due and nobody holds the lock; else looks again when that may have changed. */
  const wake = () => {
    stopTimer?.();
    stopTimer = null;
    if (isClosed) return;
    wakeDue();
    const isDue = nextJob() !== undefined || isVisitDue() || isAnchorDue();
    const taken = isDue && takeLock(lock, lastRunner, clock(), LOCK_MARGIN_MS);
    if (taken) {
      lock = taken;
      lastRunner = taken.runner;
      run(taken.runner).catch(deps.fail);
    }
    const at = nextWake(isDue);
    if (at !== undefined) stopTimer = timers.after(Math.max(0, at - clock()), wake);
  };

  const holdsLock = (runner: number) => lock?.runner === runner && !isClosed;
  const isVisitDue = () => visitAt !== null && visitAt <= clock();
  const isAnchorDue = () => anchorAt !== null && anchorAt <= clock();
  const anchorBy = (at: number) => (anchorAt = Math.min(anchorAt ?? at, at));
  const wakeDue = () => {
    for (const job of jobs.values()) if (isDue(job, clock())) decide(job, { kind: "woke" }, nobody);
  };
  /** [SY32] What it amends goes first. */
  const isWaitingFor = (batch: HashId) => {
    const row = view.read("batches", batch);
    return row !== undefined && isHeldBack(row, view.rows("batches"));
  };
  const nextJob = () =>
    [...jobs.values()]
      .filter(({ step, isAsked }) => isRunnable(step) && (halted === null || isAsked))
      .filter(({ sealed }) => !isWaitingFor(sealed.batch))
      .sort((a, b) => laneOf(a) - laneOf(b) || a.sealed.sealedSeq - b.sealed.sealedSeq)
      .at(0);
  /** A lock is waited for only by what it keeps from being done; whoever holds it wakes us when it is done. */
  const nextWake = (isDue: boolean) => {
    const times = [...jobs.values()].flatMap(({ step }) =>
      step.kind === "wait" || step.kind === "park" ? (step.until ?? []) : [],
    );
    // What is due already has the runner, or waits for its lock.
    for (const at of [visitAt, anchorAt]) if (at !== null && at > clock()) times.push(at);
    if (lock && isDue) times.push(lock.until);
    return times.length > 0 ? Math.min(...times) : undefined;
  };
  const renew = (runner: number, ms: number) => {
    const renewed = isClosed ? undefined : renewLock(lock, runner, clock(), ms + LOCK_MARGIN_MS);
    if (renewed) lock = renewed;
    return renewed !== undefined;
  };

  const run = async (runner: number) => {
    try {
      const trust = await deps.trust();
      const compared = isVisitDue() || compareAt <= clock() ? await compare(runner, trust) : null;
      for (let job = nextJob(); job; wakeDue(), job = nextJob()) {
        if (!renew(runner, isCalling(job.step) ? timeoutOf(job.step, job.sealed.objects) : 0)) return;
        const event = await perform(job);
        // Taken over meanwhile: what came home no longer counts.
        if (!holdsLock(runner)) return;
        if (!event) continue;
        decide(job, event, trust.keys);
        await tellTrouble(job, deps);
        afterStep(job);
      }
      // Behind what people wait for: the receipt comes first on a narrow link.
      if (compared !== null) await readNews(runner, trust, compared);
      if (isAnchorDue()) await anchor(runner);
    } finally {
      if (lock?.runner === runner) {
        lock = null;
        wake();
      }
    }
  };

  const perform = async (job: Job) => {
    const { step, sealed } = job;
    try {
      if (step.kind === "hold") return await keep(step.kept, sealed, deps);
      if (!isCalling(step)) return undefined;
      const base = baseOf(view, deps);
      if (!base) return { kind: "unanswered" } as const;
      const started = clock();
      const event = await callFor(step, sealed, base, deps);
      pace = paceAfter(pace, step, event, clock() - started);
      return event;
    } catch (error) {
      drop(job);
      // A receipt that could not be appended leaves the journal in doubt; bytes that cannot be read do not.
      (step.kind === "hold" ? deps.fail : deps.report)(error);
      return undefined;
    }
  };

  /** [SY23] [SY26] What a step may mean for everything else. */
  const afterStep = (job: Job) => {
    const { step, sealed } = job;
    if (step.kind === "park" && step.fatal)
      halt(job.state.trouble === "send.refused.key-revoked" ? "halt.device-revoked" : "halt.wrong-registry");
    const receipt = view.read("batches", sealed.batch)?.receipt;
    const told = receipt ? haltIn(receipt) : null;
    if (told && halted === null) halt(told);
    if (step.kind !== "done") return;
    jobs.delete(sealed.batch);
    anchorBy(clock() + PUBLISHED_MS);
  };

  const halt = (code: HaltCode) => {
    halted = code;
    for (const job of jobs.values()) job.isAsked = false;
    deps.onLink();
  };

  /** [SY24] Each contact begins with the registry's head; what it lost is offered again, exactly. */
  const compare = async (runner: number, trust: RegistryTrust): Promise<number | null> => {
    const centre = view.read("centre", ONLY);
    const base = baseOf(view, deps);
    visitAt = visitAt === null ? null : clock() + VISIT_MS;
    compareAt = clock() + CONTACT_RETRY_MS;
    if (!centre || !base || !renew(runner, CALL_TIMEOUT_MS)) return null;
    isContacting = true;
    deps.onLink();
    const head = await askHead(base, centre, trust, deps);
    if (!holdsLock(runner)) {
      isContacting = false;
      return null;
    }
    contactTrouble = head.ok ? null : head.error.code;
    if (head.ok && head.value) {
      contact = { at: deps.wall(), registryTime: head.value.registryTime };
      compareAt = clock() + CONTACT_MS;
      anchorBy(clock());
      for (const batch of head.value.behind) offerAgain(batch);
      if (head.value.trouble === "head.frozen" && halted === null) halt("halt.device-frozen");
      // Whose key is revoked hears of it before it sends anything more.
      await hearOfRevocations(runner, trust, head.value.revocations);
    }
    isContacting = false;
    deps.onLink();
    return head.ok && head.value ? head.value.revocations : null;
  };

  const hearOfRevocations = async (runner: number, trust: RegistryTrust, version: number) => {
    const base = baseOf(view, deps);
    const seen = view.read("registry", ONLY)?.revocations.length ?? 0;
    if (base && version !== seen && renew(runner, CALL_TIMEOUT_MS)) {
      const list = await askRevocations(base, trust, deps);
      if (!list.ok) contactTrouble = list.error.code;
    }
    if (sealingLock(view) === "device.revoked" && halted === null) halt("halt.device-revoked");
  };

  const readNews = async (runner: number, trust: RegistryTrust, revocations: number) => {
    const base = baseOf(view, deps);
    if (!base || keysetAt > clock() || !renew(runner, CALL_TIMEOUT_MS)) return;
    const keyset = await askKeyset(base, trust, deps);
    if (!holdsLock(runner)) return;
    if (keyset.ok) keysetAt = clock() + KEYSET_MS;
    else contactTrouble = keyset.error.code;
    // A list that only the new keys vouch for.
    if (keyset.ok && keyset.value) await hearOfRevocations(runner, await deps.trust(), revocations);
    deps.onLink();
  };

  /** [SY29] [SY30] Behind everything else: a batch is safe with its receipt, and proven when there is time. */
  const anchor = async (runner: number) => {
    anchorAt = null;
    const base = baseOf(view, deps);
    if (!base || halted === "halt.wrong-registry") return;
    const goOn = () => renew(runner, CALL_TIMEOUT_MS);
    const anchored = await anchorReceipts(base, await deps.trust(), { ...deps, goOn });
    if (!holdsLock(runner)) return;
    if (anchored.ok) {
      anchorFailures = 0;
      if (anchored.value === "waiting") anchorBy(clock() + ASK_AGAIN_MS);
    } else {
      if (!anchored.error.code.startsWith("send.")) contactTrouble = anchored.error.code;
      anchorBy(clock() + Math.max(ASK_AGAIN_MS, backoffMs(anchorFailures, deps.chance(), 0)));
      anchorFailures += 1;
    }
    deps.onLink();
  };

  /** [SY24] The registry lost it: the same bytes, by themselves, for nobody has to decide anything. */
  const offerAgain = (batch: HashId) => {
    const row = view.read("batches", batch);
    if (!row || jobs.has(batch)) return;
    const job = newJob(row, { receipts: receiptsOf(row), evidence: false });
    jobs.set(batch, job);
    decide(job, { kind: "asked" }, nobody);
  };

  /** Asking again starts afresh. */
  const drop = ({ sealed }: Job) => {
    jobs.delete(sealed.batch);
    const fresh = { sealed, state: startSending(sealed), step: { kind: "nothing" }, isAsked: false } as const;
    deps.onProgress(progressOf(fresh, clock()));
  };

  const begin = (batch: HashId, isAsked: boolean) => {
    const row = view.read("batches", batch);
    const job = jobs.get(batch) ?? (row && isOwing(row) ? jobOf(row) : undefined);
    if (!job || isClosed) return;
    jobs.set(batch, job);
    job.isAsked = isAsked;
    decide(job, { kind: "asked" }, nobody);
  };

  return {
    send: (batch) => {
      const row = view.read("batches", batch);
      if (row && row.kind !== "results")
        for (const { id } of earlierUnsent(row, view.rows("batches"))) begin(id, true);
      begin(batch, true);
      wake();
    },
    contact: () => {
      visitAt = clock();
      wake();
    },
    resume: () => {
      if (sealingLock(view) === "device.revoked") halted = "halt.device-revoked";
      for (const row of view.rows("batches")) {
        const isStarted = row.trouble !== null || row.receipt !== null;
        if (!isOwing(row) || !isStarted) continue;
        if (row.trouble?.final) jobs.set(row.id, parkedJob(row, clock(), deps.wall()));
        else begin(row.id, false);
      }
      if (view.rows("batches").some(({ receipt }) => receipt !== null)) visitAt = clock();
      if (unproven(view.rows("batches")).length > 0) anchorBy(clock());
      wake();
    },
    linkCame: () => {
      for (const job of jobs.values())
        if (job.state.phase.at === "waiting" && job.state.trouble === "send.no-answer")
          decide(job, { kind: "asked" }, nobody);
      wake();
    },
    progress: () => [...jobs.values()].map(tell),
    link: () => ({ contact, isContacting, trouble: contactTrouble, halted }),
    close: () => {
      isClosed = true;
      stopTimer?.();
    },
  };
}

/** A registry publishes a moment after its receipt; asked too early it says so. */
const PUBLISHED_MS = 500;
const ASK_AGAIN_MS = 2_000;
const KEYSET_MS = 24 * 60 * 60_000;

function baseOf(view: JournalView, deps: Pick<OutboxDeps, "registryUrl">): URL | undefined {
  const centre = view.read("centre", ONLY);
  return centre && registryBase(deps.registryUrl(centre));
}

function jobOf(row: BatchRow): Job {
  return newJob(row, { receipts: receiptsOf(row), evidence: !isOwing(row) });
}

/** A registry repeats its first receipt, also where it has judged again since. */
function receiptsOf({ receipt }: BatchRow): readonly HashId[] {
  return receipt ? [...receipt.earlier, receipt.hash] : [];
}

function newJob(row: BatchRow, held: SendState["held"]): Job {
  const { id: batch, device, deviceSeq, sealedSeq } = row;
  const objects = row.objects.map(({ wire, size, role }) => ({
    wire,
    size,
    isEvidence: role === "evidence",
  }));
  const sealed = { batch, device, deviceSeq, objects, sealedSeq };
  return { sealed, state: startSending(sealed, held), step: { kind: "nothing" }, isAsked: false };
}

/** [SY9] Parked before the start: it keeps its day. */
function parkedJob(row: BatchRow, now: number, wall: number): Job {
  const job = jobOf(row);
  const until = now + parkedForMs(wall, row.trouble?.at.wall ?? 0);
  const state: SendState = { ...job.state, phase: { at: "parked", until } };
  return { ...job, state, step: { kind: "park", until, fatal: false } };
}

function isRunnable(step: SendStep): boolean {
  return isCalling(step) || step.kind === "hold";
}

function isDue({ step }: Job, now: number): boolean {
  return (step.kind === "wait" || step.kind === "park") && step.until !== null && step.until <= now;
}

/** [SY20] Every score of every batch before any evidence. */
function laneOf({ state }: Job): number {
  return isEvidenceLeft(state) ? 1 : 0;
}

function paceAfter(pace: Pace, step: SendStep, event: SendEvent, ms: number): Pace {
  if (step.kind !== "put" && step.kind !== "patch") return pace;
  if (event.kind !== "answered" || event.answer.status >= 500) return nextPace(pace, "failed");
  return step.kind === "patch" && step.to - step.from >= pace.chunk ? nextPace(pace, { ms }) : pace;
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

function progressOf({ sealed, state }: Job, now: number): SendProgress {
  const { sent, total } = bytesSent(state);
  const { phase } = state;
  const until = phase.at === "waiting" || phase.at === "parked" ? phase.until : null;
  const isWaiting = phase.at === "waiting" && !phase.sentAll;
  return {
    batch: sealed.batch,
    phase: phaseOf(state),
    bytesSent: sent,
    bytesTotal: total,
    lane: isEvidenceLeft(state) ? "evidence" : "scores",
    trouble: isWaiting || phase.at === "parked" ? state.trouble : null,
    nextTryMs: until === null ? null : Math.max(0, Math.round(until - now)),
  };
}

function phaseOf({ phase }: SendState): SendProgress["phase"] {
  switch (phase.at) {
    case "offering":
      return phase.sentAll ? "awaiting-receipt" : "offering";
    case "asking":
    case "carrying":
      return "sending";
    case "holding":
      return "awaiting-receipt";
    case "waiting":
      return phase.sentAll ? "awaiting-receipt" : "waiting";
    default:
      return "idle";
  }
}
