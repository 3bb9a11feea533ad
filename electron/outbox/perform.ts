// One step of one batch as calls and entries: what shared/sync decided, done, and what came of it told. Nothing is
// decided here.
import { invariant, type Bytes, type PersonId, type Refusal, type Result } from "#shared/base";
import { receiptToBody, type EntryBody, type JournalView } from "#shared/journal";
import type { Kept, SealedBatch, SendEvent, SendStep } from "#shared/sync";
import {
  CALL_TIMEOUT_MS,
  callRegistry,
  OBJECT_TYPE,
  PARTIAL_TYPE,
  RECORD_TYPE,
  type Call,
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

export interface PerformDeps {
  readonly journal: OutboxJournal;
  /** Manifests and objects, wherever they lie. */
  readonly bytes: SealedBytes;
  readonly fetch: Fetch;
  readonly timers: Timers;
  readonly clock: () => number;
}

/** Steps that are calls. */
export type Calling = Extract<SendStep, { kind: "offer" | "inquire" | "ask" | "put" | "patch" }>;

export function isCalling(step: SendStep): step is Calling {
  return ["offer", "inquire", "ask", "put", "patch"].includes(step.kind);
}

export async function callFor(
  step: Calling,
  sealed: SealedBatch,
  base: URL,
  { bytes, ...network }: PerformDeps,
): Promise<SendEvent> {
  const answer = await callRegistry(base, await toCall(step, sealed, bytes), network);
  return answer ? { kind: "answered", answer } : { kind: "unanswered" };
}

async function toCall(step: Calling, { batch, objects }: SealedBatch, bytes: SealedBytes): Promise<Call> {
  const timeoutMs = timeoutOf(step, objects);
  switch (step.kind) {
    case "offer":
      return {
        method: "POST",
        path: "/batches",
        contentType: RECORD_TYPE,
        body: await bytes.manifest(batch),
        timeoutMs,
      };
    case "inquire":
      return { method: "GET", path: `/batches/${batch}`, timeoutMs };
    case "ask":
      return { method: "HEAD", path: `/objects/${step.wire}`, timeoutMs };
    case "put":
      return {
        method: "PUT",
        path: `/objects/${step.wire}`,
        contentType: OBJECT_TYPE,
        body: await bytes.object(batch, step.wire),
        timeoutMs,
      };
    case "patch": {
      const object = await bytes.object(batch, step.wire);
      return {
        method: "PATCH",
        path: `/objects/${step.wire}`,
        contentType: PARTIAL_TYPE,
        headers: {
          "upload-offset": String(step.from),
          "upload-complete": step.to === object.length ? "?1" : "?0",
        },
        body: object.subarray(step.from, step.to),
        timeoutMs,
      };
    }
  }
}

/** Fifteen seconds, and for what is carried a second more for every KiB: a link of 8 kbit/s is still a link. */
export function timeoutOf(step: Calling, objects: SealedBatch["objects"]): number {
  const carried =
    step.kind === "patch"
      ? step.to - step.from
      : step.kind === "put"
        ? (objects.find(({ wire }) => wire === step.wire)?.size ?? 0)
        : 0;
  return CALL_TIMEOUT_MS + Math.ceil(carried / 1024) * 1000;
}

/** [SY4] What verified is flushed before anyone is told. */
export async function keep(
  kept: Kept,
  { batch }: SealedBatch,
  { journal }: Pick<PerformDeps, "journal">,
): Promise<SendEvent> {
  const row = journal.view.read("batches", batch);
  if (kept.kind === "evidence") {
    const { hash, value, record } = kept.statement;
    const body: EntryBody = { kind: "evidence.held", batch, statement: hash, objects: value.objects };
    return written(await journal.append(null, [{ body, attachments: [record] }]));
  }
  const { hash, record } = kept.receipt;
  if (row?.receipt?.hash === hash || row?.receipt?.earlier.includes(hash)) return { kind: "held" };
  invariant(row, "only a batch that was sealed or carried here is sent");
  const held = receiptToBody(row, kept.receipt, journal.view);
  const body: EntryBody = row.receipt ? { ...held, kind: "receipt.renewed" } : held;
  return written(await journal.append(null, [{ body, attachments: [record] }]));
}

function written({ ok }: Result<unknown, Refusal>): SendEvent {
  return { kind: ok ? "held" : "not-held" };
}
