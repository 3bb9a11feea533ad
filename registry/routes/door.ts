// The socket behind the routes: plain HTTP on this machine alone, TLS 1.3 everywhere else (protocol A5, rulings 20). The
// time-outs of Node's own server are here, what they do not cover is in guard.ts.
import { readFileSync } from "node:fs";
import { createServer as createHttp, type RequestListener, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { DataRefused } from "../data-refused.ts";
import { isLoopback, type ServerLimits } from "./limits.ts";

export interface Door {
  readonly host: string;
  /** Paths of PEM files. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
}

export const LOOPBACK: Door = { host: "127.0.0.1", tls: null };

export interface OpenDoor {
  listener(handler: RequestListener): Server;
}

/** Throws `DataRefused` for a door that must not be opened. */
export function openDoor({ host, tls }: Door, limits: ServerLimits, say: (line: string) => void): OpenDoor {
  if (!tls && !isLoopback(host)) {
    throw new DataRefused(
      `plain HTTP is for this machine alone: give --tls-cert and --tls-key to listen on ${host}, or leave --host out`,
    );
  }
  const pair = tls && readPair(tls, say);
  const timeouts = {
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(5_000, limits.headMs),
  };
  return {
    listener: (handler) => {
      const server = pair
        ? createHttps(
            { ...timeouts, ...pair, minVersion: "TLSv1.3", handshakeTimeout: limits.headMs },
            handler,
          )
        : createHttp(timeouts, handler);
      server.maxConnections = limits.connections;
      return server;
    },
  };
}

/** Longer than a laptop takes between two calls. */
const KEEP_ALIVE_MS = 30_000;
const SOON_MS = 30 * 24 * 3_600_000;

function readPair(
  { cert, key }: { readonly cert: string; readonly key: string },
  say: (line: string) => void,
): { readonly cert: Buffer; readonly key: Buffer } {
  const pair = { cert: readPem(cert), key: readPem(key) };
  const certificate = orRefuse(`${cert} is no certificate`, () => new X509Certificate(pair.cert));
  const secret = orRefuse(`${key} is no private key without a passphrase`, () => createPrivateKey(pair.key));
  if (!certificate.checkPrivateKey(secret)) throw new DataRefused(`${key} is not the key of ${cert}`);
  const until = Date.parse(certificate.validTo);
  if (until < Date.now()) throw new DataRefused(`the certificate ${cert} ran out on ${certificate.validTo}`);
  if (until < Date.now() + SOON_MS) say(`the certificate ${cert} runs out on ${certificate.validTo}`);
  return pair;
}

function readPem(path: string): Buffer {
  return orRefuse(`${path} cannot be read`, () => readFileSync(path));
}

function orRefuse<T>(sentence: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new DataRefused(sentence, { cause: error });
  }
}
