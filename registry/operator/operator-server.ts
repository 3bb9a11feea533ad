// The operator's door: a page and the metrics, on a port of its own that only this machine reaches. Whoever is in front of
// the registry's own door never gets here, and a page of elsewhere in the operator's browser neither: the host is asked.
import Fastify, { type FastifyInstance } from "fastify";
import type { Metrics } from "../metrics/metrics.ts";
import { EXPOSITION_TYPE } from "../metrics/instruments.ts";
import { LOOPBACK, openDoor } from "../routes/door.ts";
import { isLoopback, type ServerLimits } from "../routes/limits.ts";
import { renderPage, type PageOf } from "./page.ts";
import type { Standing } from "./standing.ts";
import { STYLE } from "./style.ts";
import { languageOf } from "./words.ts";

export interface OperatorDeps {
  readonly limits: ServerLimits;
  readonly metrics: Pick<Metrics, "text">;
  readonly standing: () => Promise<Standing>;
  readonly registry: Omit<PageOf, "language">;
  readonly say: (line: string) => void;
}

const HEADERS = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

export function createOperatorServer(deps: OperatorDeps): FastifyInstance {
  const { limits, metrics, standing, registry, say } = deps;
  const door = openDoor(LOOPBACK, limits, say);
  const server = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    serverFactory: (handler) => door.listener(handler),
  });
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS);
    if (isLoopback(request.hostname.replace(/^\[|\]$/g, ""))) return undefined;
    return reply.code(421).type("text/plain").send("this page is for the machine it runs on\n");
  });
  server.setErrorHandler((error, _request, reply) => {
    say(`operator's page: ${error instanceof Error ? (error.stack ?? error.message) : "thrown value"}`);
    return reply.code(500).type("text/plain").send("see the registry's log\n");
  });
  server.get("/", (_request, reply) => reply.redirect("/operator"));
  server.get<{ Querystring: { lang?: unknown } }>("/operator", async (request, reply) => {
    const { lang } = request.query;
    const asked = typeof lang === "string" ? lang : undefined;
    const language = languageOf(asked, request.headers["accept-language"]);
    return reply
      .type("text/html; charset=utf-8")
      .send(renderPage(await standing(), { ...registry, language }));
  });
  server.get("/operator.css", (_request, reply) => reply.type("text/css; charset=utf-8").send(STYLE));
  server.get("/metrics", (_request, reply) => reply.type(EXPOSITION_TYPE).send(metrics.text()));
  return server;
}
