// The catalogue of problems (RFC 9457, protocol A8): what the registry answers when it refuses, and what a laptop may
// conclude. `stop` means the same bytes will be refused again; everything else is a reason to wait [SY6].
import { z } from "zod";

export const PROBLEMS = {
  malformed: { status: 400, then: "stop" },
  "non-canonical": { status: 400, then: "stop" },
  "unsupported-version": { status: 400, then: "stop" },
  "unsupported-suite": { status: 415, then: "stop" },
  "unsupported-media-type": { status: 415, then: "stop" },
  "signature-invalid": { status: 422, then: "stop" },
  "key-unknown": { status: 422, then: "stop" },
  "key-refused": { status: 422, then: "stop" },
  "key-revoked": { status: 422, then: "stop" },
  "role-not-allowed": { status: 422, then: "stop" },
  "person-unknown": { status: 422, then: "stop" },
  "institution-refused": { status: 422, then: "stop" },
  "object-too-large": { status: 413, then: "stop" },
  "batch-too-large": { status: 413, then: "stop" },
  "wrong-registry": { status: 421, then: "stop" },
  "enrolment-code-unknown": { status: 422, then: "stop" },
  "enrolment-code-used": { status: 409, then: "stop" },
  "hash-mismatch": { status: 422, then: "wait" },
  "digest-mismatch": { status: 422, then: "wait" },
  "offset-mismatch": { status: 409, then: "wait" },
  "object-locked": { status: 423, then: "wait" },
  "object-unexpected": { status: 404, then: "wait" },
  "batch-unknown": { status: 404, then: "wait" },
  "device-unknown": { status: 404, then: "wait" },
  "permit-unknown": { status: 404, then: "wait" },
  "not-found": { status: 404, then: "wait" },
  "not-anchored-yet": { status: 404, then: "wait" },
  "log-differs": { status: 409, then: "wait" },
  "rate-limited": { status: 429, then: "wait" },
  internal: { status: 500, then: "wait" },
  busy: { status: 503, then: "wait" },
  maintenance: { status: 503, then: "wait" },
  "storage-full": { status: 507, then: "wait" },
} as const satisfies Record<string, { status: number; then: "stop" | "wait" }>;

export type ProblemCode = keyof typeof PROBLEMS;
export type FinalProblem = {
  [C in ProblemCode]: (typeof PROBLEMS)[C]["then"] extends "stop" ? C : never;
}[ProblemCode];

export const PROBLEM_TYPE = "urn:ert:problem:";

/** Extra members are allowed by RFC 9457 §3.2 and read by nobody. */
export const Problem = z.object({
  type: z.string().startsWith(PROBLEM_TYPE),
  code: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
  status: z.int().optional(),
  detail: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

export function isFinalProblem(code: string): code is FinalProblem {
  return Object.hasOwn(PROBLEMS, code) && PROBLEMS[code as ProblemCode].then === "stop";
}
