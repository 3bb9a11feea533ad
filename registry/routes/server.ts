// The HTTP server: limits, parsing and problem details around the routes. Nothing of a request but its method, its
// route and its outcome is ever logged, and no answer carries a stack.
import Fastify, { type FastifyInstance } from "fastify";
import type { Metrics } from "../metrics/metrics.ts";
import { acceptRawBodies } from "./body.ts";
import { addBatchRoutes, type BatchRouteDeps } from "./batch-routes.ts";
import { addObjectRoutes, type ObjectRouteDeps } from "./object-routes.ts";
import { addLogRoutes, type LogRouteDeps } from "./log-routes.ts";
import { addQueryRoutes, type QueryRouteDeps } from "./query-routes.ts";
import { addBundleRoutes, type BundleRouteDeps } from "./bundle-routes.ts";
import { addEnrolmentRoutes, type EnrolmentRouteDeps } from "./enrolment-routes.ts";
import type { OpenDoor } from "./door.ts";
import type { Guard } from "./guard.ts";
import { problem, sendProblem, type ProblemRefusal } from "./problem.ts";

export function createServer(
  deps: BatchRouteDeps &
    ObjectRouteDeps &
    QueryRouteDeps &
    LogRouteDeps &
    BundleRouteDeps &
    EnrolmentRouteDeps & {
      readonly say: (line: string) => void;
      readonly guard: Guard;
      readonly metrics: Pick<Metrics, "attach">;
      readonly door: OpenDoor;
    },
): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    routerOptions: { maxParamLength: 128 },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    serverFactory: (handler) => deps.door.listener(handler),
  });
  deps.metrics.attach(server);
  deps.guard.attach(server);
  acceptRawBodies(server);
  server.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, problem("not-found", "no such endpoint")),
  );
  server.setErrorHandler((error, request, reply) => {
    const refusal = errorToProblem(error);
    const route = `${request.method} ${request.routeOptions.url ?? "?"}`;
    if (refusal.code === "internal") {
      deps.say(`${route}: ${error instanceof Error ? (error.stack ?? error.message) : "thrown value"}`);
    }
    return sendProblem(reply, refusal);
  });
  server.register(
    (scope, _options, done) => {
      addEnrolmentRoutes(scope, deps);
      addBatchRoutes(scope, deps);
      addObjectRoutes(scope, deps);
      addQueryRoutes(scope, deps);
      addLogRoutes(scope, deps);
      addBundleRoutes(scope, deps);
      done();
    },
    { prefix: "/ert/v1" },
  );
  return server;
}

/** Fastify's own refusals have codes; everything else is a bug, and the client hears no more than that. */
function errorToProblem(error: unknown): ProblemRefusal {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return problem("object-too-large", "the body is over the limit of this endpoint");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return problem(
        "unsupported-media-type",
        "JSON, application/vnd.ert.record or application/octet-stream",
      );
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
    case "FST_ERR_BAD_URL":
      return problem("malformed", code);
    default:
      return error instanceof SyntaxError
        ? problem("malformed", "not JSON")
        : problem("internal", "see the registry's log");
  }
}
