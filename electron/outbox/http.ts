// One HTTP call, reduced to an answer or none. Only a registry on this very machine may be spoken to without TLS; a
// redirect is an answer, never followed; an answer is read up to a limit.
import { concatBytes, type Bytes } from "#shared/base";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Answer } from "#shared/sync";

export type Fetch = typeof globalThis.fetch;

export interface Timers {
  /** Runs `act` once after `ms`; returns how to call it off. */
  after(ms: number, act: () => void): () => void;
}

export interface Call {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH";
  readonly path: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Bytes;
  readonly timeoutMs: number;
}

export const CALL_TIMEOUT_MS = 15_000;
export const RECORD_TYPE = "application/vnd.ert.record";
export const OBJECT_TYPE = "application/octet-stream";
export const PARTIAL_TYPE = "application/partial-upload";
const MAX_ANSWER_BYTES = 3 * 1024 * 1024;

/** Undefined when there was no whole answer: no network, a closed socket, half a body, too late, too large. */
export async function callRegistry(
  base: URL,
  { method, path, contentType, headers = {}, body, timeoutMs }: Call,
  { fetch, timers }: { readonly fetch: Fetch; readonly timers: Timers },
): Promise<Answer | undefined> {
  const abort = new AbortController();
  const stopTimer = timers.after(timeoutMs, () => abort.abort());
  try {
    const response = await fetch(new URL(`/ert/v1${path}`, base), {
      method,
      redirect: "manual",
      signal: abort.signal,
      headers: contentType === undefined ? headers : { ...headers, "content-type": contentType },
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
    const bytes = await readUpTo(response, MAX_ANSWER_BYTES);
    if (!bytes) return undefined;
    // The connection is free for the next call only in the next turn; without it every second call pays for a handshake.
    await nextTurn();
    return {
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      retryAfter: response.headers.get("retry-after"),
      upload: {
        offset: response.headers.get("upload-offset"),
        length: response.headers.get("upload-length"),
        complete: response.headers.get("upload-complete"),
      },
      body: bytes,
    };
  } catch {
    return undefined; // fetch rejects when the network fails or the call is aborted: to the caller both are no answer
  } finally {
    stopTimer();
    abort.abort(); // also ends a body that nobody reads to its end
  }
}

/** The address when it may be called: https, or http on this machine. */
export function registryBase(url: string): URL | undefined {
  const base = parseUrl(url);
  if (!base || base.protocol === "https:") return base;
  const isLoopback = ["127.0.0.1", "[::1]", "localhost"].includes(base.hostname);
  return base.protocol === "http:" && isLoopback ? base : undefined;
}

/** Without URL.canParse, which the oldest runtime we keep to (Node 18.15) does not have. */
function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

async function readUpTo(response: Response, limit: number): Promise<Bytes | undefined> {
  if (!response.body) return new Uint8Array();
  const parts: Bytes[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (;;) {
    const part = await reader.read();
    if (part.done) return concatBytes(...parts);
    const bytes: unknown = part.value;
    if (!(bytes instanceof Uint8Array)) return undefined;
    length += bytes.length;
    if (length > limit) return undefined;
    parts.push(bytes);
  }
}
