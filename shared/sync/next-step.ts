// What to do next with one batch, decided purely: state and event in, state and step out. The runner in
// electron/outbox does the step and reports what happened; it decides nothing. SPEC.md states the rules cited here.
import { unreachable, type HashId, type Kid } from "#shared/base";
import type { KeyLookup, VerifiedRecord } from "#shared/wire";
import { BatchAnswer, readAnswer, type Answer, type MissingObject, type Reading } from "./answers.ts";
import { backoffMs, retryAfterToMs } from "./backoff.ts";
import { DAY_MS, isFatal, isTooOften, sameAgain, type Repeated } from "./parking.ts";
import type { FinalProblem } from "./problems.ts";
import { verifyEvidence, verifyReceipt, type ReceiptRefusal } from "./receipt.ts";
import { nextCarry, readOffset, readPut, type Carry, type SealedObject } from "./transfer.ts";

/** The batch as it was sealed; none of it ever changes [SY3]. */
export interface SealedBatch {
  readonly batch: HashId;
  readonly device: Kid;
  readonly deviceSeq: number;
  readonly objects: readonly SealedObject[];
}

export type SendTrouble =
  | "send.no-answer"
  | "send.not-a-registry"
  | "send.server-error"
  | "send.still-missing"
  | "send.not-held"
  | "send.refused-often"
  | ReceiptRefusal["code"]
  | `send.refused.${FinalProblem}`;

/** What this laptop is to keep: each is a record that verified, and is flushed before anyone is told [SY4]. */
export type Kept =
  | { readonly kind: "receipt"; readonly receipt: VerifiedRecord<"receipt"> }
  | { readonly kind: "evidence"; readonly statement: VerifiedRecord<"evidence"> };

export type SendPhase =
  | { readonly at: "idle" }
  /** `sentAll`: every object asked for was stored, so this offer asks for the answer. */
  | { readonly at: "offering"; readonly sentAll: boolean }
  /** HEAD: how far does the registry have this object? */
  | { readonly at: "asking"; readonly wire: HashId; readonly rest: readonly HashId[] }
  | { readonly at: "carrying"; readonly carry: Carry; readonly rest: readonly HashId[] }
  /** `answer`: the rest of what came with the record that is being kept. */
  | { readonly at: "holding"; readonly kept: Kept; readonly answer: FinalAnswer }
  | {
      readonly at: "waiting";
      readonly until: number;
      readonly sentAll: boolean;
      /** The object that was on its way: it is asked about first, and goes on from there [SY17]. */
      readonly resume: { readonly wire: HashId; readonly rest: readonly HashId[] } | null;
    }
  /** `until`: offered again then by itself; null waits for a person [SY9, SY22]. */
  | { readonly at: "parked"; readonly until: number | null }
  | { readonly at: "acknowledged" };

export interface SendState {
  readonly sealed: SealedBatch;
  readonly phase: SendPhase;
  /** The receipts that are on record, and whether the statement about the evidence is. */
  readonly held: { readonly receipts: readonly HashId[]; readonly evidence: boolean };
  /** How many bytes of each object the registry says it has. */
  readonly confirmed: ReadonlyMap<HashId, number>;
  /** Failures in a row; any progress resets it. */
  readonly failures: number;
  /** The same problem of the registry, again and again [SY22]. */
  readonly repeated: Repeated | null;
  readonly trouble: SendTrouble | null;
}

export type SendEvent =
  /** A person asks; also the way out of `parked` before its time [SY9]. */
  | { readonly kind: "asked" }
  /** The time of `wait` or of `park` has come. */
  | { readonly kind: "woke" }
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "unanswered" }
  /** The record is flushed, or could not be. */
  | { readonly kind: "held" }
  | { readonly kind: "not-held" };

export type SendStep =
  | { readonly kind: "offer" }
  /** Asks what became of it: the registry has the manifest, and it need not go up a narrow link again [SY21]. */
  | { readonly kind: "inquire" }
  | { readonly kind: "ask"; readonly wire: HashId }
  | Carry
  | { readonly kind: "hold"; readonly kept: Kept }
  | { readonly kind: "wait"; readonly until: number }
  /** Stop, and show a person [SY6]. `fatal`: nothing else of this laptop is sent either [SY23]. */
  | { readonly kind: "park"; readonly until: number | null; readonly fatal: boolean }
  | { readonly kind: "done" }
  /** The event has nothing to do with this phase. */
  | { readonly kind: "nothing" };

/** What the decision needs from outside. */
export interface SendSurroundings {
  /** Milliseconds that only go forward. */
  readonly now: number;
  /** In [0, 1). */
  readonly chance: number;
  /** How much of an object a call carries on this link at present. */
  readonly chunk: number;
  /** The pinned registry keys. */
  readonly registryKeys: KeyLookup;
}

const NOTHING_HELD = { receipts: [], evidence: false } as const;

/** `held`: what an earlier run kept; a batch that has all of it is offered only to a registry that lost it [SY24]. */
export function startSending(sealed: SealedBatch, held: SendState["held"] = NOTHING_HELD): SendState {
  return {
    sealed,
    phase: { at: "idle" },
    held,
    confirmed: new Map(),
    failures: 0,
    repeated: null,
    trouble: null,
  };
}

export interface Next {
  readonly state: SendState;
  readonly step: SendStep;
}

export function nextStep(state: SendState, event: SendEvent, around: SendSurroundings): Next {
  const { phase } = state;
  switch (event.kind) {
    case "asked":
      return canBeAsked(phase) ? goOn(state) : ignore(state);
    case "woke":
      return isTime(phase, around.now) ? goOn(state) : ignore(state);
    case "answered":
      return readAny(state, event.answer, around);
    case "unanswered":
      return isCalling(phase) ? fail(state, { code: "send.no-answer" }, around) : ignore(state);
    case "held":
      return phase.at === "holding" ? keepOn(state, phase, around) : ignore(state);
    case "not-held":
      return phase.at === "holding" ? fail(state, { code: "send.not-held" }, around) : ignore(state);
    default:
      return unreachable(event);
  }
}

/** Bytes of objects that the registry says it holds; for a progress bar that never runs ahead [SY17]. */
export function bytesSent({ sealed, confirmed, phase }: SendState): { sent: number; total: number } {
  const total = sealed.objects.reduce((sum, { size }) => sum + size, 0);
  if (phase.at === "acknowledged") return { sent: total, total };
  return { sent: sealed.objects.reduce((sum, { wire }) => sum + (confirmed.get(wire) ?? 0), 0), total };
}

/** What is still to be brought: scores first, then evidence. */
export function isEvidenceLeft({ sealed, held, phase }: SendState): boolean {
  const hasEvidence = sealed.objects.some(({ isEvidence }) => isEvidence);
  return hasEvidence && held.receipts.length > 0 && !held.evidence && phase.at !== "acknowledged";
}

type FinalAnswer = Extract<BatchAnswer, { state: "final" }>;
type Failure = {
  readonly code: SendTrouble;
  readonly retryAfter?: string | null;
  readonly problem?: string | null;
};

/** Goes on where it was: asks about the object that was on its way, or offers. */
function goOn(state: SendState): Next {
  const { phase } = state;
  if (phase.at === "waiting" && phase.resume) return ask(state, phase.resume.wire, phase.resume.rest);
  return offer(state, phase.at === "waiting" && phase.sentAll);
}

function offer(state: SendState, sentAll: boolean): Next {
  const step = { kind: sentAll ? "inquire" : "offer" } as const;
  return { state: { ...state, phase: { at: "offering", sentAll } }, step };
}

function ask(state: SendState, wire: HashId, rest: readonly HashId[]): Next {
  return { state: { ...state, phase: { at: "asking", wire, rest } }, step: { kind: "ask", wire } };
}

function readAny(state: SendState, answer: Answer, around: SendSurroundings): Next {
  const { phase } = state;
  if (phase.at === "offering") return readOffer(state, phase.sentAll, answer, around);
  if (phase.at === "asking") return readAsked(state, phase, answer, around);
  if (phase.at === "carrying") return readCarried(state, phase, answer, around);
  return ignore(state);
}

function readOffer(state: SendState, sentAll: boolean, answer: Answer, around: SendSurroundings): Next {
  const reading = readAnswer(answer, BatchAnswer);
  if (reading.kind !== "value") return disappoint(state, reading, answer, around);
  const { value } = reading;
  if (value.batch !== state.sealed.batch) return fail(state, { code: "send.not-a-registry" }, around);
  const open = value.state === "receiving" ? [...value.missing, ...value.owed] : value.owed;
  if (!areOurs(state.sealed, open)) return fail(state, { code: "send.not-a-registry" }, around);
  const seen = { ...state, confirmed: confirmedBy(state.sealed, open) };
  if (value.state === "final") return readFinal(seen, value, sentAll, around);
  if (value.missing.length === 0) return poll(seen, answer, around);
  // It confirmed every object and asks again: without a pause this would go round for ever.
  if (sentAll) return fail(seen, { code: "send.still-missing" }, around);
  return carryAll({ ...seen, failures: 0, repeated: null }, value.missing, around);
}

/** [SY4] From here, and from nowhere else, `acknowledged` can be reached. */
function readFinal(state: SendState, answer: FinalAnswer, sentAll: boolean, around: SendSurroundings): Next {
  const { sealed, held } = state;
  const receipt = verifyReceipt(answer.receipt, sealed, around.registryKeys);
  if (!receipt.ok) return fail(state, { code: receipt.error.code }, around);
  if (!held.receipts.includes(receipt.value.hash))
    return hold(state, { kind: "receipt", receipt: receipt.value }, answer);
  const evidence = sealed.objects.filter(({ isEvidence }) => isEvidence).length;
  if (evidence === 0) return acknowledge(state);
  if (answer.owed.length > 0) {
    if (sentAll) return fail(state, { code: "send.still-missing" }, around);
    return carryAll({ ...state, failures: 0, repeated: null }, answer.owed, around);
  }
  if (held.evidence) return acknowledge(state);
  if (answer.evidence === null) return pollAfter(state, around, POLL_MS);
  const statement = verifyEvidence(answer.evidence, { ...sealed, evidence }, around.registryKeys);
  if (!statement.ok) return fail(state, { code: statement.error.code }, around);
  return hold(state, { kind: "evidence", statement: statement.value }, answer);
}

function hold(state: SendState, kept: Kept, answer: FinalAnswer): Next {
  return { state: { ...state, phase: { at: "holding", kept, answer } }, step: { kind: "hold", kept } };
}

/** What was to be kept is flushed: the same answer may hold more. */
function keepOn(
  state: SendState,
  { kept, answer }: Extract<SendPhase, { at: "holding" }>,
  around: SendSurroundings,
): Next {
  const held =
    kept.kind === "receipt"
      ? { ...state.held, receipts: [...state.held.receipts, kept.receipt.hash] }
      : { ...state.held, evidence: true };
  return readFinal({ ...state, held, failures: 0, repeated: null, trouble: null }, answer, false, around);
}

function acknowledge(state: SendState): Next {
  return {
    state: { ...state, phase: { at: "acknowledged" }, failures: 0, repeated: null, trouble: null },
    step: { kind: "done" },
  };
}

/** The first object that is not whole yet, from where the registry has it. */
function carryAll(state: SendState, open: readonly MissingObject[], around: SendSurroundings): Next {
  // Small before large: what a person waits for is mostly small.
  const sizes = [...open].sort((a, b) => a.size - b.size);
  return carryNext(
    state,
    sizes.map(({ wire }) => wire),
    around,
  );
}

function carryNext(state: SendState, [wire, ...rest]: readonly HashId[], around: SendSurroundings): Next {
  if (wire === undefined) return offer(state, true);
  const object = objectOf(state, wire);
  const offset = state.confirmed.get(wire) ?? 0;
  if (!object || offset >= object.size) return carryNext(state, rest, around);
  const carry = nextCarry(object, offset, around.chunk);
  return { state: { ...state, phase: { at: "carrying", carry, rest } }, step: carry };
}

function readAsked(
  state: SendState,
  { wire, rest }: Extract<SendPhase, { at: "asking" }>,
  answer: Answer,
  around: SendSurroundings,
): Next {
  const object = objectOf(state, wire);
  // It no longer knows the object: the batch is offered again, and the answer says what is missing.
  if (!object || answer.status === 404) return offer(state, false);
  const reading = readOffset(answer, object);
  if (reading.kind !== "value") return disappoint(state, reading, answer, around);
  return carryNext(confirm(state, object, reading.value.offset), [wire, ...rest], around);
}

function readCarried(
  state: SendState,
  { carry, rest }: Extract<SendPhase, { at: "carrying" }>,
  answer: Answer,
  around: SendSurroundings,
): Next {
  const object = objectOf(state, carry.wire);
  if (!object) return ignore(state);
  const reading = carry.kind === "put" ? readPut(answer, object) : readOffset(answer, object);
  if (reading.kind !== "value") return disappoint(state, reading, answer, around);
  const { offset } = reading.value;
  const before = state.confirmed.get(carry.wire) ?? 0;
  // A registry that stays where it was would be sent the same piece for ever.
  if (carry.kind === "patch" && offset <= carry.from && offset <= before)
    return fail(state, { code: "send.still-missing", problem: "offset-mismatch" }, around);
  return carryNext(confirm(state, object, offset), [carry.wire, ...rest], around);
}

/** More than before is progress. */
function confirm(state: SendState, { wire }: SealedObject, offset: number): SendState {
  const isProgress = offset > (state.confirmed.get(wire) ?? 0);
  const confirmed = new Map(state.confirmed).set(wire, offset);
  return isProgress ? { ...state, confirmed, failures: 0, repeated: null } : { ...state, confirmed };
}

const POLL_MS = 1_000;

/** Everything is there and being judged: ask again soon; that is no failure [SY12]. */
function poll(state: SendState, answer: Answer, around: SendSurroundings): Next {
  return pollAfter(state, around, Math.max(POLL_MS, Math.min(retryAfterToMs(answer.retryAfter), 60_000)));
}

function pollAfter(state: SendState, { now }: SendSurroundings, ms: number): Next {
  const until = now + ms;
  return {
    state: { ...state, phase: { at: "waiting", until, sentAll: true, resume: null }, failures: 0 },
    step: { kind: "wait", until },
  };
}

function disappoint(
  state: SendState,
  reading: Exclude<Reading<unknown>, { kind: "value" }>,
  { retryAfter }: Answer,
  around: SendSurroundings,
): Next {
  if (reading.kind === "wait")
    return fail(state, { code: reading.code, retryAfter, problem: reading.problem }, around);
  const fatal = isFatal(reading.problem);
  return park(state, `send.refused.${reading.problem}`, fatal ? null : around.now + DAY_MS, fatal);
}

/** Not offered again before its time, and shown; the others go on unless it concerns them as well [SY9, SY23]. */
function park(state: SendState, trouble: SendTrouble, until: number | null, fatal: boolean): Next {
  return {
    state: { ...state, phase: { at: "parked", until }, failures: 0, repeated: null, trouble },
    step: { kind: "park", until, fatal },
  };
}

function fail(
  state: SendState,
  { code, retryAfter = null, problem = null }: Failure,
  { now, chance }: SendSurroundings,
): Next {
  const repeated = sameAgain(state.repeated, problem);
  if (isTooOften(repeated)) return park(state, "send.refused-often", now + DAY_MS, false);
  const until = now + backoffMs(state.failures, chance, retryAfterToMs(retryAfter));
  const { phase } = state;
  const isGone = problem === "object-unexpected";
  const resume =
    isGone || !(phase.at === "asking" || phase.at === "carrying")
      ? null
      : { wire: phase.at === "asking" ? phase.wire : phase.carry.wire, rest: phase.rest };
  return {
    state: {
      ...state,
      phase: { at: "waiting", until, sentAll: false, resume },
      failures: state.failures + 1,
      repeated,
      trouble: code,
    },
    step: { kind: "wait", until },
  };
}

function ignore(state: SendState): Next {
  return { state, step: { kind: "nothing" } };
}

function objectOf({ sealed }: SendState, wire: HashId): SealedObject | undefined {
  return sealed.objects.find((object) => object.wire === wire);
}

/** Objects of this batch, each once, and none further on than it is long. */
function areOurs({ objects }: SealedBatch, open: readonly MissingObject[]): boolean {
  const isOnce = new Set(open.map(({ wire }) => wire)).size === open.length;
  return (
    isOnce &&
    open.every(({ wire, size, offset }) =>
      objects.some((object) => object.wire === wire && object.size === size && offset <= size),
    )
  );
}

function confirmedBy({ objects }: SealedBatch, open: readonly MissingObject[]): ReadonlyMap<HashId, number> {
  const offsets = new Map(open.map(({ wire, offset }) => [wire, offset]));
  return new Map(objects.map(({ wire, size }) => [wire, offsets.get(wire) ?? size]));
}

function canBeAsked(phase: SendPhase): boolean {
  return phase.at === "idle" || phase.at === "waiting" || phase.at === "parked";
}

function isTime(phase: SendPhase, now: number): boolean {
  const until = phase.at === "waiting" || phase.at === "parked" ? phase.until : null;
  return until !== null && until <= now;
}

function isCalling({ at }: SendPhase): boolean {
  return at === "offering" || at === "asking" || at === "carrying";
}
