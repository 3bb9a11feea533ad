// What to do next with one batch, decided purely: state and event in, state and step out. The runner in
// electron/outbox does the step and reports what happened; it decides nothing. SPEC.md states the rules cited here.
import { unreachable, type Bytes, type HashId, type Kid } from "#shared/base";
import type { KeyLookup, VerifiedRecord } from "#shared/wire";
import { BatchAnswer, ObjectAnswer, readAnswer, type Answer, type Reading } from "./answers.ts";
import { backoffMs, retryAfterToMs } from "./backoff.ts";
import type { FinalProblem } from "./problems.ts";
import { verifyReceipt, type ReceiptRefusal } from "./receipt.ts";

/** The batch as it was sealed; none of it ever changes [SY3]. */
export interface SealedBatch {
  readonly batch: HashId;
  readonly device: Kid;
  readonly deviceSeq: number;
  readonly objects: readonly { readonly wire: HashId; readonly size: number }[];
}

export type SendTrouble =
  | "send.no-answer"
  | "send.not-a-registry"
  | "send.server-error"
  | "send.still-missing"
  | "send.not-held"
  | ReceiptRefusal["code"]
  | `send.refused.${FinalProblem}`;

export type SendPhase =
  | { readonly at: "idle" }
  /** `sentAll`: every object asked for was stored, so this offer asks for the receipt. */
  | { readonly at: "offering"; readonly sentAll: boolean }
  | { readonly at: "putting"; readonly wire: HashId; readonly rest: readonly HashId[] }
  | { readonly at: "holding"; readonly receipt: VerifiedRecord<"receipt"> }
  | { readonly at: "waiting"; readonly until: number; readonly sentAll: boolean }
  | { readonly at: "parked" }
  | { readonly at: "acknowledged" };

export interface SendState {
  readonly sealed: SealedBatch;
  readonly phase: SendPhase;
  /** Failures in a row; any progress resets it. */
  readonly failures: number;
  readonly trouble: SendTrouble | null;
}

export type SendEvent =
  /** A person asks; also the only way out of `parked` [SY9]. */
  | { readonly kind: "asked" }
  /** The time of `wait` has come. */
  | { readonly kind: "woke" }
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "unanswered" }
  /** The receipt is flushed, or could not be. */
  | { readonly kind: "held" }
  | { readonly kind: "not-held" };

export type SendStep =
  | { readonly kind: "offer" }
  | { readonly kind: "put"; readonly wire: HashId }
  | { readonly kind: "hold"; readonly receipt: VerifiedRecord<"receipt"> }
  | { readonly kind: "wait"; readonly until: number }
  /** Stop, and show a person [SY6]. */
  | { readonly kind: "park" }
  | { readonly kind: "done" }
  /** The event has nothing to do with this phase. */
  | { readonly kind: "nothing" };

/** What the decision needs from outside: time that only goes forward, chance in [0, 1), the pinned registry keys. */
export interface SendSurroundings {
  readonly now: number;
  readonly chance: number;
  readonly registryKeys: KeyLookup;
}

export function startSending(sealed: SealedBatch): SendState {
  return { sealed, phase: { at: "idle" }, failures: 0, trouble: null };
}

export function nextStep(
  state: SendState,
  event: SendEvent,
  around: SendSurroundings,
): { readonly state: SendState; readonly step: SendStep } {
  const { phase } = state;
  switch (event.kind) {
    case "asked":
      return canBeAsked(phase) ? offer(state, phase.at === "waiting" && phase.sentAll) : ignore(state);
    case "woke":
      return phase.at === "waiting" && phase.until <= around.now
        ? offer(state, phase.sentAll)
        : ignore(state);
    case "answered":
      if (phase.at === "offering") return readOffer(state, phase.sentAll, event.answer, around);
      if (phase.at === "putting") return readPut(state, phase, event.answer, around);
      return ignore(state);
    case "unanswered":
      return isCalling(phase) ? fail(state, "send.no-answer", around) : ignore(state);
    case "held":
      return phase.at === "holding" ? acknowledge(state) : ignore(state);
    case "not-held":
      return phase.at === "holding" ? fail(state, "send.not-held", around) : ignore(state);
    default:
      return unreachable(event);
  }
}

/** Bytes of objects the registry holds, as far as this run knows; for a progress bar. */
export function bytesSent({ sealed, phase }: SendState): { sent: number; total: number } {
  const total = sealed.objects.reduce((sum, { size }) => sum + size, 0);
  if (phase.at === "putting") {
    const open = new Set([phase.wire, ...phase.rest]);
    const left = sealed.objects.filter(({ wire }) => open.has(wire)).reduce((sum, { size }) => sum + size, 0);
    return { sent: total - left, total };
  }
  const isAll =
    phase.at === "holding" || phase.at === "acknowledged" || ("sentAll" in phase && phase.sentAll);
  return { sent: isAll ? total : 0, total };
}

type Next = ReturnType<typeof nextStep>;

function offer(state: SendState, sentAll: boolean): Next {
  return { state: { ...state, phase: { at: "offering", sentAll } }, step: { kind: "offer" } };
}

function readOffer(state: SendState, sentAll: boolean, answer: Answer, around: SendSurroundings): Next {
  const reading = readAnswer(answer, BatchAnswer);
  if (reading.kind !== "value") return disappoint(state, reading, answer, around);
  if (reading.value.batch !== state.sealed.batch) return fail(state, "send.not-a-registry", around);
  if (reading.value.state === "final") return readReceipt(state, reading.value.receipt, around);
  const missing = reading.value.missing.map(({ wire }) => wire);
  if (missing.length === 0) return poll(state, answer, around);
  const known = new Set(state.sealed.objects.map(({ wire }) => wire));
  if (new Set(missing).size < missing.length || !missing.every((wire) => known.has(wire))) {
    return fail(state, "send.not-a-registry", around);
  }
  // It confirmed every object and asks again: without a pause this would go round for ever.
  if (sentAll) return fail(state, "send.still-missing", around);
  return put({ ...state, failures: 0 }, missing);
}

function put(state: SendState, [wire, ...rest]: readonly HashId[]): Next {
  if (wire === undefined) return offer(state, true);
  return { state: { ...state, phase: { at: "putting", wire, rest } }, step: { kind: "put", wire } };
}

function readPut(
  state: SendState,
  { wire, rest }: { readonly wire: HashId; readonly rest: readonly HashId[] },
  answer: Answer,
  around: SendSurroundings,
): Next {
  const reading = readAnswer(answer, ObjectAnswer);
  if (reading.kind !== "value") return disappoint(state, reading, answer, around);
  if (reading.value.wire !== wire) return fail(state, "send.not-a-registry", around);
  return put({ ...state, failures: 0 }, rest);
}

/** [SY4] From here, and from nowhere else, `acknowledged` can be reached. */
function readReceipt(state: SendState, record: Bytes, around: SendSurroundings): Next {
  const receipt = verifyReceipt(record, state.sealed, around.registryKeys);
  if (!receipt.ok) return fail(state, receipt.error.code, around);
  return {
    state: { ...state, phase: { at: "holding", receipt: receipt.value } },
    step: { kind: "hold", receipt: receipt.value },
  };
}

function acknowledge(state: SendState): Next {
  return {
    state: { ...state, phase: { at: "acknowledged" }, failures: 0, trouble: null },
    step: { kind: "done" },
  };
}

const POLL_MS = 1_000;

/** Everything is there and being judged: ask again soon; that is no failure [SY12]. */
function poll(state: SendState, answer: Answer, { now }: SendSurroundings): Next {
  const until = now + Math.max(POLL_MS, Math.min(retryAfterToMs(answer.retryAfter), 60_000));
  return {
    state: { ...state, phase: { at: "waiting", until, sentAll: true }, failures: 0 },
    step: { kind: "wait", until },
  };
}

function disappoint(
  state: SendState,
  reading: Exclude<Reading<unknown>, { kind: "value" }>,
  answer: Answer,
  around: SendSurroundings,
): Next {
  if (reading.kind === "wait") return fail(state, reading.code, around, answer.retryAfter);
  return {
    state: { ...state, phase: { at: "parked" }, failures: 0, trouble: `send.refused.${reading.problem}` },
    step: { kind: "park" },
  };
}

function fail(
  state: SendState,
  trouble: SendTrouble,
  { now, chance }: SendSurroundings,
  retryAfter: string | null = null,
): Next {
  const until = now + backoffMs(state.failures, chance, retryAfterToMs(retryAfter));
  return {
    state: {
      ...state,
      phase: { at: "waiting", until, sentAll: false },
      failures: state.failures + 1,
      trouble,
    },
    step: { kind: "wait", until },
  };
}

function ignore(state: SendState): Next {
  return { state, step: { kind: "nothing" } };
}

function canBeAsked(phase: SendPhase): boolean {
  return phase.at === "idle" || phase.at === "waiting" || phase.at === "parked";
}

function isCalling(phase: SendPhase): boolean {
  return phase.at === "offering" || phase.at === "putting";
}
