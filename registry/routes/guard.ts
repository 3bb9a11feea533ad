// Stands in front of every route: who comes too often, what does not fit in at the moment, and who holds a connection
// without using it. A refusal here is a reason to wait, with a Retry-After, and never one to give up [SY6].
import { statfsSync } from "node:fs";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { invariant } from "#shared/base";
import { BUNDLE_TYPE } from "#shared/wire";
import { OBJECT_TYPE, PARTIAL_TYPE, STREAM_AHEAD_BYTES } from "./body.ts";
import { createBuckets } from "./buckets.ts";
import type { ServerLimits } from "./limits.ts";
import { problem, sendProblem, type ProblemRefusal } from "./problem.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Puts something on the disk for good. Every route says so, or says that it does not, unless it only reads. */
    readonly stores?: boolean;
    /** Lays its body on the disk while it works: a few of these at one time. */
    readonly spools?: boolean;
  }
}

export interface Guard {
  attach(server: FastifyInstance): void;
  /** Refuses what comes from now on; returns when what is being worked on has its answer, or the wait is over. */
  drain(): Promise<void>;
  readonly load: () => Load;
  close(): void;
}

export interface Load {
  readonly requests: number;
  readonly bodyBytes: number;
}

export interface GuardOptions {
  readonly limits: ServerLimits;
  readonly dataDir: string;
  /** Monotonic, in milliseconds. */
  readonly monotonic: () => number;
}

interface Open {
  readonly request: FastifyRequest;
  readonly bytes: number;
  readonly since: number;
  readonly readBefore: number;
  /** Since when the answer is on its way, and how much had been written before it. */
  answer: { readonly since: number; readonly writtenBefore: number } | null;
}

export function createGuard({ limits, dataDir, monotonic }: GuardOptions): Guard {
  const open = new Set<Open>();
  const connections = new WeakMap<Socket, Set<Open>>();
  const buckets = limits.rate && createBuckets(limits.rate, monotonic);
  const isSpaceLow = createSpaceCheck(dataDir, limits.freeBytes, monotonic);
  let isDraining = false;
  let tellIdle: () => void = () => undefined;

  const load = (): Load => ({
    requests: open.size,
    bodyBytes: [...open].reduce((sum, { bytes }) => sum + bytes, 0),
  });

  /** At once: of requests that come together each must see the ones before it. */
  const refusalOf = (request: FastifyRequest): Refused | undefined => {
    if (isDraining) return refused("maintenance", "the registry is being stopped", 30);
    const waitMs = buckets?.take(request.ip) ?? 0;
    if (waitMs > 0) return refused("rate-limited", "too many requests from one address", waitMs / 1000);
    const now = load();
    const bytes = bytesInMemory(request);
    if (now.requests >= limits.requests || now.bodyBytes + bytes > limits.bodyBytes)
      return refused("busy", "too much at one time", 2);
    if (
      isSpooling(request) &&
      [...open].filter(({ request: other }) => isSpooling(other)).length >= limits.bundles
    )
      return refused("busy", "other sticks are being read", 15);
    return undefined;
  };

  const leave = (one: Open): void => {
    if (!open.delete(one)) return;
    connections.get(one.request.raw.socket)?.delete(one);
    if (![...open].some(isWorkedOn)) tellIdle();
  };

  /** Of a connection that breaks, answers that had not begun yet never hear of it: it is the socket that tells. */
  const openOf = (socket: Socket): Set<Open> => {
    const known = connections.get(socket);
    if (known) return known;
    const fresh = new Set<Open>();
    connections.set(socket, fresh);
    socket.once("close", () => {
      for (const one of fresh) leave(one);
    });
    return fresh;
  };

  const enter = (request: FastifyRequest, reply: FastifyReply): void => {
    const { socket } = request.raw;
    const one: Open = {
      ...{ request, since: monotonic(), readBefore: socket.bytesRead, answer: null },
      bytes: bytesInMemory(request),
    };
    open.add(one);
    openOf(socket).add(one);
    reply.raw.once("close", () => {
      leave(one);
    });
  };

  const sweep = setInterval(
    () => {
      for (const one of open) if (isTooSlow(one, limits, monotonic())) one.request.raw.socket.destroy();
    },
    Math.min(5_000, limits.graceMs),
  );
  sweep.unref();

  return {
    attach: (server) => {
      server.addHook("onRoute", ({ method, url, config }) => {
        const isKnown = [method].flat().every(isReading) || config?.stores !== undefined;
        invariant(isKnown, `route ${String(method)} ${url} says whether it stores`);
      });
      server.addHook("onRequest", async (request, reply) => {
        const { socket } = request.raw;
        if ((connections.get(socket)?.size ?? 0) >= MAX_PIPELINED) socket.destroy();
        if (socket.destroyed) return reply.hijack();
        let refusal = refusalOf(request);
        if (!refusal) {
          enter(request, reply);
          if (request.routeOptions.config.stores !== true || !isSpaceLow()) return undefined;
          refusal = refused("storage-full", "the registry's disk is almost full", 900);
        }
        // What is left of a small body is read and dropped; a large one is not worth it.
        if (isDraining || !(Number(request.headers["content-length"] ?? 0) <= DROPPED_BYTES))
          reply.header("connection", "close");
        reply.header("retry-after", String(refusal.afterSeconds));
        return sendProblem(reply, refusal.problem);
      });
      server.addHook("onSend", (request, _reply, payload, done) => {
        for (const one of connections.get(request.raw.socket) ?? []) {
          if (one.request === request)
            one.answer ??= { since: monotonic(), writtenBefore: flushed(request.raw.socket) };
        }
        done(null, payload);
      });
    },
    drain: async () => {
      isDraining = true;
      if (![...open].some(isWorkedOn)) return;
      let giveUp: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        tellIdle = resolve;
        giveUp = setTimeout(resolve, limits.drainMs);
      });
      clearTimeout(giveUp);
    },
    load,
    close: () => {
      clearInterval(sweep);
    },
  };
}

/** Nobody we know asks again on a connection before the answer is there. */
const MAX_PIPELINED = 16;
const DROPPED_BYTES = 1024 * 1024;

interface Refused {
  readonly problem: ProblemRefusal;
  readonly afterSeconds: number;
}

function refused(
  code: "maintenance" | "rate-limited" | "busy" | "storage-full",
  detail: string,
  afterSeconds: number,
): Refused {
  return { problem: problem(code, detail), afterSeconds: Math.max(1, Math.ceil(afterSeconds)) };
}

/** All of it is here: somebody waits for what the registry makes of it. What is still coming may come again. */
function isWorkedOn({ request }: Open): boolean {
  return request.raw.complete;
}

/** A trickle in either direction holds a place for nothing. The time the registry takes itself is nobody's fault. */
function isTooSlow({ request, since, readBefore, answer }: Open, limits: ServerLimits, now: number): boolean {
  const { socket } = request.raw;
  const isSlow = (bytes: number, ms: number) =>
    ms > limits.graceMs && bytes < (limits.minBytesPerSecond * ms) / 1000;
  if (answer) return isSlow(flushed(socket) - answer.writtenBefore, now - answer.since);
  return !request.raw.complete && isSlow(socket.bytesRead - readBefore, now - since);
}

/** What the other end, or at least the kernel, has taken. */
function flushed(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength;
}

/** Records and JSON are held whole, objects and bundles as a few chunks. */
function bytesInMemory(request: FastifyRequest): number {
  const { method, headers, routeOptions } = request;
  if (isReading(method)) return 0;
  const said = Number(headers["content-length"] ?? Number.NaN);
  const limit = isStreamed(request) ? STREAM_AHEAD_BYTES : routeOptions.bodyLimit;
  return Number.isSafeInteger(said) && said >= 0 ? Math.min(said, limit) : limit;
}

function isStreamed({ headers }: FastifyRequest): boolean {
  const type = headers["content-type"] ?? "";
  return [OBJECT_TYPE, PARTIAL_TYPE, BUNDLE_TYPE].some((one) => type.startsWith(one));
}

function isSpooling({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.spools === true;
}

function isReading(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

/**
 * Asked at most once a second: a day end is thousands of requests. Asked at once: while a request waits at the door nobody
 * takes its body yet, and what had come of it is gone when its connection breaks (body.ts).
 */
function createSpaceCheck(folder: string, freeBytes: number, monotonic: () => number): () => boolean {
  let asked = { at: Number.NEGATIVE_INFINITY, isLow: false };
  return () => {
    if (monotonic() - asked.at < 1_000) return asked.isLow;
    const { bavail, bsize } = statfsSync(folder);
    asked = { at: monotonic(), isLow: bavail * bsize < freeBytes };
    return asked.isLow;
  };
}
