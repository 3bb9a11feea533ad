// The public log over HTTP: static files as C2SP tlog-tiles has them, a proof for each batch, and the answer to a laptop
// that saw an earlier checkpoint. Everybody may read: a leaf names hashes, keys and counts, and no person.
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { base64ToBytes, bytesToBase64, HashId, type LogOrigin } from "#shared/base";
import { ConsistencyRequest } from "#shared/sync";
import { readTilePath } from "#shared/wire";
import type { PublicLog } from "../log/public-log.ts";
import type { Index } from "../store/index-of-journal.ts";
import { ownRecord } from "../store/stored.ts";
import { parseWith } from "./body.ts";
import { problem, sendProblem } from "./problem.ts";

export interface LogRouteDeps {
  readonly publicLog: PublicLog;
  readonly index: Index;
}

/** The log of today under `/log`; one of another year under `/logs/<name>`. */
const NameParams = z.object({
  name: z
    .string()
    .regex(/^\d{4}(\.\d+)?$/)
    .default(""),
});
const TileParams = z.object({ ...NameParams.shape, "*": z.string() });
const BatchParams = z.object({ id: HashId });
/** A batch has one leaf for each of its receipts: of the first, unless another is named. */
const ProofQuery = z.object({ leaf: HashId.optional() });

export function addLogRoutes(server: FastifyInstance, { publicLog, index }: LogRouteDeps): void {
  for (const prefix of ["/log", "/logs/:name"]) {
    server.get(`${prefix}/checkpoint`, (request, reply) => {
      const params = parseWith(NameParams, request.params);
      if (!params.ok) return sendProblem(reply, params.error);
      const checkpoint = publicLog.checkpoint(params.value.name || null);
      if (!checkpoint) return sendProblem(reply, problem("not-found", "no such log"));
      return sendText(reply.header("cache-control", "no-cache"), checkpoint);
    });

    server.get(`${prefix}/tile/*`, (request, reply) => {
      const params = parseWith(TileParams, request.params);
      if (!params.ok) return sendProblem(reply, params.error);
      const place = readTilePath(`tile/${params.value["*"]}`);
      const tile = place && publicLog.tile(params.value.name || null, place);
      if (!tile) return sendProblem(reply, problem("not-found", "no such tile"));
      return reply
        .header("content-type", "application/octet-stream")
        .header("cache-control", "public, max-age=31536000, immutable")
        .send(Buffer.from(tile));
    });
  }

  server.get("/batches/:id/proof", async (request, reply) => {
    const params = parseWith(BatchParams, request.params);
    if (!params.ok) return sendProblem(reply, params.error);
    const query = parseWith(ProofQuery, request.query);
    if (!query.ok) return sendProblem(reply, query.error);
    const { id } = params.value;
    const row = await index.batch(id);
    if (!row) return sendProblem(reply, problem("batch-unknown", `no batch ${id} is here`), id);
    const leaf = query.value.leaf ?? (row.receipt && ownRecord("receipt", row.receipt).value.leaf);
    const proof = leaf ? publicLog.proofOf(leaf) : "waiting";
    if (proof === undefined) return sendProblem(reply, problem("not-found", "no such leaf"), id);
    if (proof !== "waiting") return sendText(reply, proof);
    const waiting = problem("not-anchored-yet", "the next checkpoint will have it");
    return sendProblem(reply.header("retry-after", "1"), waiting, id);
  });

  server.post("/log/consistency", { config: { stores: false } }, (request, reply) => {
    const asked = parseWith(ConsistencyRequest, request.body);
    if (!asked.ok) return sendProblem(reply, asked.error);
    const { log, from, root } = asked.value;
    const seen = base64ToBytes(root);
    const view = seen && publicLog.consistency(log, { size: from, root: seen });
    if (view)
      return reply.send({
        checkpoint: bytesToBase64(view.checkpoint),
        proof: view.proof.map(bytesToBase64),
        current: publicLog.origin(),
      });
    // The registry's own signed view: with the one that was sent, all the evidence there is.
    const own = publicLog.checkpoint(nameIn(log)) ?? publicLog.checkpoint(null);
    const evidence = { checkpoint: own ? bytesToBase64(own) : "", current: publicLog.origin() };
    return sendProblem(reply, problem("log-differs", "what you saw is no beginning of this log", evidence));
  });
}

function nameIn(log: LogOrigin): string {
  return log.slice(log.lastIndexOf("/") + 1);
}

function sendText(reply: FastifyReply, text: Uint8Array): FastifyReply {
  return reply.header("content-type", "text/plain; charset=utf-8").send(Buffer.from(text));
}
