// Refusals as RFC 9457 problem details. `detail` is for an operator: codes, sizes and hashes, never a name.
import type { FastifyReply } from "fastify";
import { PROBLEM_TYPE, PROBLEMS, type ProblemCode } from "#shared/sync";

export interface ProblemRefusal {
  readonly code: ProblemCode;
  readonly detail: string;
}

export function problem(code: ProblemCode, detail: string): ProblemRefusal {
  return { code, detail };
}

export function sendProblem(reply: FastifyReply, { code, detail }: ProblemRefusal): FastifyReply {
  const { status } = PROBLEMS[code];
  return reply
    .code(status)
    .header("content-type", "application/problem+json")
    .send(JSON.stringify({ type: PROBLEM_TYPE + code, status, code, detail }));
}
