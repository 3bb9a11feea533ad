// Receiving: a manifest is offered, its objects follow (object-routes.ts), a receipt comes back.
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { HashId, type Bytes } from "#shared/base";
import { peekRecord, recordToText } from "#shared/wire";
import type { Acceptance, BatchState } from "../acceptance/accept.ts";
import { atStep } from "../acceptance/steps.ts";
import { verifyManifest } from "../acceptance/verify-manifest.ts";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { Register } from "../register/register.ts";
import type { Index } from "../store/index-of-journal.ts";
import { bytesOf, parseWith } from "./body.ts";
import { sendProblem } from "./problem.ts";

const MIB = 1024 * 1024;
const BatchParams = z.object({ id: HashId });

export interface BatchRouteDeps {
  readonly keys: RegistryKeys;
  readonly register: Register;
  readonly index: Index;
  readonly acceptance: Acceptance;
}

export function addBatchRoutes(server: FastifyInstance, deps: BatchRouteDeps): void {
  const { keys, index, acceptance } = deps;

  server.post("/batches", { bodyLimit: 2 * MIB, config: { stores: true } }, async (request, reply) => {
    const record = bytesOf(request);
    if (!record.ok) return sendProblem(reply, record.error);
    const manifest = await verifyManifest(record.value, { ...deps, aud: keys.aud });
    if (!manifest.ok) return sendProblem(reply, manifest.error, batchIn(record.value));
    atStep("manifest verified");
    const { hash, value } = manifest.value;
    return stateToAnswer(await acceptance.offer(hash, value, record.value), reply);
  });

  server.get("/batches/:id", async (request, reply) => {
    const params = parseWith(BatchParams, request.params);
    if (!params.ok) return sendProblem(reply, params.error);
    const state = await acceptance.describe(params.value.id);
    return state.ok ? stateToAnswer(state.value, reply) : sendProblem(reply, state.error, params.value.id);
  });

  // What was decided about a batch after its first receipt, oldest first; the first one never changes [SY2].
  server.get("/batches/:id/later", async (request, reply) => {
    const params = parseWith(BatchParams, request.params);
    if (!params.ok) return sendProblem(reply, params.error);
    const later = await index.laterReceipts(params.value.id);
    return { later: later.map(({ record }) => recordToText(record)) };
  });
}

/** Which batch is refused, as far as its bytes can be read at all. */
function batchIn(record: Bytes): HashId | null {
  const peeked = peekRecord("batch", record);
  return peeked.ok ? peeked.value.hash : null;
}

function stateToAnswer(state: BatchState, reply: FastifyReply) {
  if (state.state !== "final") return state;
  reply.raw.once("finish", () => atStep("receipt answered"));
  const { receipt, evidence } = state;
  return {
    ...state,
    receipt: recordToText(receipt),
    evidence: evidence === null ? null : recordToText(evidence),
  };
}
