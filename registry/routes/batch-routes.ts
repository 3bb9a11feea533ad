// Receiving: a manifest is offered, its objects follow, a receipt comes back; and where a device's chain stands.
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { bytesToBase64, HashId, InstantMs, Kid, NO_HASH } from "#shared/base";
import { digest, hashId } from "#shared/crypto";
import { recordToText, signRecord, type HeadRecord } from "#shared/wire";
import type { Acceptance, BatchState } from "../acceptance/accept.ts";
import type { ObjectStore } from "../acceptance/objects.ts";
import { verifyManifest } from "../acceptance/verify-manifest.ts";
import { LIMITS, type RegistryKeys } from "../keys/registry-keys.ts";
import type { Register } from "../register/register.ts";
import type { Index, IndexedDevice } from "../store/index-of-journal.ts";
import { bytesOf, parseWith } from "./body.ts";
import { problem, sendProblem } from "./problem.ts";

const MIB = 1024 * 1024;
const WireParams = z.object({ wire: HashId });
const BatchParams = z.object({ id: HashId });
const DeviceParams = z.object({ kid: Kid });

export interface BatchRouteDeps {
  readonly keys: RegistryKeys;
  readonly register: Register;
  readonly index: Index;
  readonly objects: ObjectStore;
  readonly acceptance: Acceptance;
  readonly clock: () => number;
}

export function addBatchRoutes(server: FastifyInstance, deps: BatchRouteDeps): void {
  const { keys, index, objects, acceptance, clock } = deps;

  server.post("/batches", { bodyLimit: 2 * MIB }, async (request, reply) => {
    const record = bytesOf(request);
    if (!record.ok) return sendProblem(reply, record.error);
    const manifest = await verifyManifest(record.value, { ...deps, aud: keys.aud });
    if (!manifest.ok) return sendProblem(reply, manifest.error);
    const { hash, value } = manifest.value;
    return stateToAnswer(await acceptance.offer(hash, value, record.value));
  });

  server.get("/batches/:id", async (request, reply) => {
    const params = parseWith(BatchParams, request.params);
    if (!params.ok) return sendProblem(reply, params.error);
    const state = await acceptance.describe(params.value.id);
    return state.ok ? stateToAnswer(state.value) : sendProblem(reply, state.error);
  });

  server.head("/objects/:wire", async (request, reply) => {
    const params = parseWith(WireParams, request.params);
    if (!params.ok) return reply.code(400).send();
    const stored = await objects.sizeOf(params.value.wire);
    const [named] = await index.offersNaming(params.value.wire);
    const length = stored ?? named?.size;
    if (length === undefined) return reply.code(404).send();
    return reply
      .header("upload-offset", String(stored ?? 0))
      .header("upload-length", String(length))
      .header("upload-complete", stored === undefined ? "?0" : "?1")
      .header("cache-control", "no-store")
      .code(200)
      .send();
  });

  server.put("/objects/:wire", { bodyLimit: LIMITS.maxObject }, async (request, reply) => {
    const params = parseWith(WireParams, request.params);
    if (!params.ok) return sendProblem(reply, params.error);
    const bytes = bytesOf(request);
    if (!bytes.ok) return sendProblem(reply, bytes.error);
    const { wire } = params.value;
    const size = bytes.value.length;
    if (hashId(bytes.value) !== wire) return sendProblem(reply, problem("hash-mismatch", `${size} bytes`));
    if (!isDigestRight(request.headers["content-digest"], bytes.value)) {
      return sendProblem(reply, problem("digest-mismatch", `${size} bytes`));
    }
    const named = await index.offersNaming(wire);
    if ((await objects.sizeOf(wire)) !== undefined) {
      acceptance.objectStored(named.map(({ batch }) => batch));
      return { wire, size };
    }
    if (!named.some((offer) => offer.size === size)) {
      return sendProblem(reply, problem("object-unexpected", "no offered batch names these bytes"));
    }
    await objects.store(wire, bytes.value);
    acceptance.objectStored(named.map(({ batch }) => batch));
    return reply.code(201).send({ wire, size });
  });

  server.get("/devices/:kid/head", async (request, reply) => {
    const params = parseWith(DeviceParams, request.params);
    if (!params.ok) return sendProblem(reply, params.error);
    const device = await index.device(params.value.kid);
    if (!device) return sendProblem(reply, problem("device-unknown", "not enrolled here"));
    const head = await headOf(device, index, keys, clock());
    return { head: recordToText(signRecord("head", head, [keys.receipts]).record) };
  });
}

function stateToAnswer(state: BatchState) {
  return state.state === "final" ? { ...state, receipt: recordToText(state.receipt) } : state;
}

/** RFC 9530: only what was said is checked; the object's own hash is checked in any case. */
function isDigestRight(header: string | string[] | undefined, bytes: Uint8Array): boolean {
  const said = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec([header ?? ""].flat().join(","))?.[1];
  return said === undefined || said === bytesToBase64(digest(bytes));
}

/** How far the device's batches reach, and which numbers before that are still outstanding. */
async function headOf(
  device: IndexedDevice,
  index: Index,
  { receipts }: RegistryKeys,
  now: number,
): Promise<HeadRecord> {
  const batches = await index.batchesOf(device.kid);
  const last = batches.at(-1);
  const present = new Set(batches.map((batch) => batch.device_seq));
  const lastSeq = last?.device_seq ?? 0;
  const gaps: number[] = [];
  for (let seq = 1; seq < lastSeq && gaps.length < MAX_GAPS; seq++) if (!present.has(seq)) gaps.push(seq);
  return {
    v: 1,
    device: device.kid,
    lastSeq,
    lastBatch: last?.id ?? NO_HASH,
    gaps,
    frozen: device.frozen,
    time: InstantMs.parse(now),
    by: { kid: receipts.kid },
  };
}

const MAX_GAPS = 1000;
