// What the registry answers, as schemas both ends share (protocol A5), and what an HTTP answer means to a batch that
// is being sent. Nothing is believed because of a status code alone: captive portals answer 200 too [SY10].
import { z } from "zod";
import { base64ToBytes, HashId, LogOrigin, utf8ToText, type Bytes } from "#shared/base";
import { textToRecord } from "#shared/wire";
import { isFinalProblem, Problem, type FinalProblem } from "./problems.ts";

/** A raw record as text inside a JSON answer, read back to its bytes. */
export const RecordText = z
  .string()
  .max(2_000_000)
  .transform((text, context): Bytes => {
    const bytes = textToRecord(text);
    if (bytes) return bytes;
    context.addIssue({ code: "custom", message: "not canonical base64" });
    return z.NEVER;
  });

export const RegistryAnswer = z.strictObject({ keyset: RecordText, demo: z.boolean(), time: z.int().min(0) });
export const CodeAnswer = z.strictObject({ code: z.string().regex(/^[A-Z2-7]{16}$/) });
export const EnrolmentAnswer = z.strictObject({ enrolment: RecordText });
export const PermitAnswer = z.strictObject({ permit: RecordText });
export const HeadAnswer = z.strictObject({ head: RecordText });
export const RevocationsAnswer = z.strictObject({ revocations: RecordText });
export const ObjectAnswer = z.strictObject({ wire: HashId, size: z.int().min(0) });

export const MissingObject = z.strictObject({ wire: HashId, size: z.int().min(1), offset: z.int().min(0) });
export type MissingObject = z.infer<typeof MissingObject>;

/** Evidence objects that are still owed: a receipt does not wait for them. */
const owed = z.array(MissingObject).max(2000).default([]);

/**
 * `receiving` with nothing missing: everything is there and is being judged. `evidence` is the registry's statement that
 * all evidence of the batch is stored; null while some is owed, or when there is none.
 */
export const BatchAnswer = z.discriminatedUnion("state", [
  z.strictObject({
    batch: HashId,
    state: z.literal("receiving"),
    missing: z.array(MissingObject).max(2000),
    owed,
  }),
  z.strictObject({
    batch: HashId,
    state: z.literal("final"),
    receipt: RecordText,
    owed,
    evidence: RecordText.nullable().default(null),
  }),
]);
export type BatchAnswer = z.infer<typeof BatchAnswer>;

/** Receipts that came after the first one of a batch, oldest first. */
export const LaterAnswer = z.strictObject({ later: z.array(RecordText).max(100) });

export const PeopleKeysRequest = z.strictObject({ records: z.array(RecordText).min(1).max(200) });

/** A checkpoint that was seen, and the question whether today's log begins with it. */
export const ConsistencyRequest = z.strictObject({
  log: LogOrigin,
  from: z.int().min(1),
  root: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});

const NoteText = z
  .string()
  .max(100_000)
  .transform((text, context): Bytes => {
    const bytes = base64ToBytes(text);
    if (bytes) return bytes;
    context.addIssue({ code: "custom", message: "not canonical base64" });
    return z.NEVER;
  });

/** The checkpoint of now, and the hashes that lead to it from the one that was seen. */
export const ConsistencyAnswer = z.strictObject({
  checkpoint: NoteText,
  proof: z.array(z.string().max(44)).max(64),
  /** The log that is open now: another one after a new year, or after a restore. */
  current: LogOrigin,
});

/** The problem `log-differs`: the registry's own signed view. */
const LogDiffers = z.object({
  code: z.literal("log-differs"),
  evidence: z.object({ checkpoint: NoteText, current: LogOrigin }),
});

/** A file of the log as text: a checkpoint, a proof. Its content is verified by whoever asked. */
export function readText(answer: Answer): Reading<Bytes> {
  if (answer.status === 200)
    return isMedia(answer, "text/plain")
      ? { kind: "value", value: answer.body }
      : { kind: "wait", code: "send.not-a-registry", problem: null };
  return answer.status >= 500
    ? { kind: "wait", code: "send.server-error", problem: problemOf(answer) ?? null }
    : readProblem(answer);
}

/** The registry's own view, when it says that its log is not the one that was seen. */
export function readDiffers(answer: Answer): z.output<typeof LogDiffers>["evidence"] | undefined {
  if (answer.status !== 409 || problemOf(answer) !== "log-differs") return undefined;
  return LogDiffers.safeParse(parseJson(answer.body)).data?.evidence;
}

/** An HTTP answer, reduced to what a decision may rest on. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  /** Raw header value, or null. */
  readonly retryAfter: string | null;
  /** Upload-Offset, Upload-Length and Upload-Complete as they came. */
  readonly upload: {
    readonly offset: string | null;
    readonly length: string | null;
    readonly complete: string | null;
  };
  readonly body: Bytes;
}

export type Reading<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "refused"; readonly problem: FinalProblem }
  | {
      readonly kind: "wait";
      readonly code: "send.server-error" | "send.not-a-registry";
      /** The code of the problem, where the answer was one. */
      readonly problem: string | null;
    };

/** Reads an answer against the schema of the call; anything unexpected is a reason to wait, never a conclusion. */
export function readAnswer<S extends z.ZodType>(answer: Answer, schema: S): Reading<z.output<S>> {
  if (answer.status >= 500)
    return { kind: "wait", code: "send.server-error", problem: problemOf(answer) ?? null };
  if (answer.status === 200 || answer.status === 201) {
    const value = isMedia(answer, "application/json") ? schema.safeParse(parseJson(answer.body)) : undefined;
    return value?.success
      ? { kind: "value", value: value.data }
      : { kind: "wait", code: "send.not-a-registry", problem: null };
  }
  return readProblem(answer);
}

/** The code of a problem, known or not; undefined when the answer is none. */
export function problemOf(answer: Answer): string | undefined {
  const problem = Problem.safeParse(parseJson(answer.body));
  return isMedia(answer, "application/problem+json") && problem.success ? problem.data.code : undefined;
}

/** 401 and 403 never change the state of a batch; a problem this version does not know is not a refusal [SY11]. */
export function readProblem(answer: Answer): Reading<never> {
  const code = problemOf(answer);
  if (code === undefined || [401, 403].includes(answer.status))
    return { kind: "wait", code: "send.not-a-registry", problem: null };
  return isFinalProblem(code)
    ? { kind: "refused", problem: code }
    : { kind: "wait", code: "send.server-error", problem: code };
}

function isMedia(answer: Answer, type: string): boolean {
  return answer.contentType.split(";")[0]?.trim().toLowerCase() === type;
}

function parseJson(body: Bytes): unknown {
  try {
    return JSON.parse(utf8ToText(body));
  } catch {
    return undefined; // not UTF-8 or not JSON: the schema refuses it
  }
}
