// Refusals as RFC 9457 problem details (protocol A8): `type`, `code`, `batch` where the request is about one, `detail` for
// an operator, and `evidence`, the facts the refusal rests on. Codes, sizes and hashes, never a name.
import type { FastifyReply } from "fastify";
import type { HashId } from "#shared/base";
import { PROBLEM_TYPE, PROBLEMS, type ProblemCode } from "#shared/sync";

export type Evidence = Readonly<Record<string, string | number>>;

export interface ProblemRefusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly evidence: Evidence;
}

export function problem(code: ProblemCode, detail: string, evidence: Evidence = {}): ProblemRefusal {
  return { code, detail, evidence };
}

export function sendProblem(
  reply: FastifyReply,
  { code, detail, evidence }: ProblemRefusal,
  batch: HashId | null = null,
): FastifyReply {
  const { status } = PROBLEMS[code];
  return reply
    .code(status)
    .header("content-type", "application/problem+json")
    .send(JSON.stringify({ type: PROBLEM_TYPE + code, status, code, batch, detail, evidence }));
}
