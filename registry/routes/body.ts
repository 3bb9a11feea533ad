// What comes in over HTTP, parsed at the door: raw bytes for records and objects, JSON against a schema for the rest.
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { ok, refuse, type Bytes, type Result } from "#shared/base";
import { problem, type ProblemRefusal } from "./problem.ts";

export const RECORD_TYPE = "application/vnd.ert.record";
export const OBJECT_TYPE = "application/octet-stream";

/** Records and objects stay bytes; Fastify parses JSON itself and refuses every other type. */
export function acceptRawBodies(server: FastifyInstance): void {
  server.removeContentTypeParser("text/plain");
  server.addContentTypeParser([RECORD_TYPE, OBJECT_TYPE], { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
}

export function bytesOf(request: FastifyRequest): Result<Bytes, ProblemRefusal> {
  const { body } = request;
  return body instanceof Uint8Array
    ? ok(new Uint8Array(body))
    : refuse(problem("unsupported-media-type", "raw bytes expected"));
}

export function parseWith<S extends z.ZodType>(
  schema: S,
  value: unknown,
): Result<z.output<S>, ProblemRefusal> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return refuse(problem("malformed", `at ${issue?.path.join(".") ?? ""}`));
}
