// What comes in over HTTP, parsed at the door: raw bytes for records and objects, JSON against a schema for the rest.
import { finished, type Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { ok, refuse, type Bytes, type Result } from "#shared/base";
import { problem, type ProblemRefusal } from "./problem.ts";

export const RECORD_TYPE = "application/vnd.ert.record";
export const OBJECT_TYPE = "application/octet-stream";
/** Part of an object (draft-ietf-httpbis-resumable-upload). */
export const PARTIAL_TYPE = "application/partial-upload";

/** Records are bytes, objects streams that nobody holds in memory; Fastify parses JSON and refuses every other type. */
export function acceptRawBodies(server: FastifyInstance): void {
  server.removeContentTypeParser("text/plain");
  server.addContentTypeParser(RECORD_TYPE, { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  server.addContentTypeParser([OBJECT_TYPE, PARTIAL_TYPE], (_request, stream, done) => {
    done(null, new StreamedBody(stream));
  });
}

/** Chunks (64 KiB at most) that may wait for the disk. */
const AHEAD = 16;
export const STREAM_AHEAD_BYTES = AHEAD * 64 * 1024;

/**
 * A body that is taken chunk by chunk from the first moment on: a stream on its own forgets what it has read ahead when the
 * connection breaks, and those bytes were paid for on a bad link. The error is told after the last chunk.
 */
export class StreamedBody {
  private readonly waiting: Uint8Array[] = [];
  private ended = false;
  private error: Error | null | undefined;
  private wake: () => void = () => undefined;

  constructor(private readonly stream: Readable) {
    stream.on("data", (chunk: Uint8Array) => {
      this.waiting.push(chunk);
      if (this.waiting.length >= AHEAD) stream.pause();
      this.wake();
    });
    finished(stream, { writable: false }, (error) => {
      this.ended = true;
      this.error = error;
      this.wake();
    });
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.waiting.shift();
      if (chunk) yield chunk;
      else if (this.error) throw this.error;
      else if (this.ended) return;
      else {
        this.stream.resume();
        await new Promise<void>((resolve) => (this.wake = resolve));
      }
    }
  }
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
