// What only a device may read, asked with its key (rulings 6), and what everybody may: the list of revoked keys.
import type { FastifyInstance } from "fastify";
import { InstantMs, NO_HASH, ok, refuse, type Bytes, type Result } from "#shared/base";
import {
  peekRecord,
  recordToText,
  signRecord,
  verifyRecord,
  type HeadRecord,
  type QueryRecord,
} from "#shared/wire";
import { wireProblem } from "../acceptance/verify-manifest.ts";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { Enrolment } from "../register/enrolment.ts";
import type { Revocations } from "../register/revocations.ts";
import type { Index, IndexedDevice } from "../store/index-of-journal.ts";
import { bytesOf } from "./body.ts";
import { problem, sendProblem, type ProblemRefusal } from "./problem.ts";

export interface QueryRouteDeps {
  readonly keys: RegistryKeys;
  readonly index: Index;
  readonly enrolment: Enrolment;
  readonly revocations: Revocations;
  readonly clock: () => number;
}

export function addQueryRoutes(server: FastifyInstance, deps: QueryRouteDeps): void {
  const { keys, index, enrolment, revocations, clock } = deps;

  server.post("/queries", { bodyLimit: 64 * 1024, config: { stores: false } }, async (request, reply) => {
    const record = bytesOf(request);
    if (!record.ok) return sendProblem(reply, record.error);
    const query = await verifyQuery(record.value, keys.aud, index);
    if (!query.ok) return sendProblem(reply, query.error);
    const { asked, device } = query.value;
    // Told and never refused: a wrong clock on a laptop changes no verdict (protocol A8, P16).
    const skewMs = asked.at - clock();
    if (Math.abs(skewMs) > CLOCK_SKEW_MS)
      reply.header("ert-warning", `clock-skew; seconds=${Math.round(skewMs / 1000)}`);
    if (asked.what === "head") {
      const head = await headOf(device, asked.nonce, index, keys, clock());
      return { head: recordToText(signRecord("head", head, [keys.receipts]).record) };
    }
    // A head tells even a revoked laptop where it stands; a permit would let it go on.
    if (await index.isRevoked(device.kid)) return sendProblem(reply, problem("key-revoked", device.kid));
    const permit = await enrolment.permitFor(device.kid);
    return permit.ok ? { permit: recordToText(permit.value) } : sendProblem(reply, permit.error);
  });

  server.get("/revocations", async () => ({ revocations: recordToText(await revocations.list()) }));
}

// 1 readable and canonical? · 2 for this registry? · 3 device enrolled? · 4 its own signature over these exact bytes.
//   A query that is repeated gets today's answer: it changes nothing, and TLS keeps it from everybody else.
async function verifyQuery(
  record: Bytes,
  aud: string,
  index: Index,
): Promise<Result<{ asked: QueryRecord; device: IndexedDevice }, ProblemRefusal>> {
  const peeked = peekRecord("query", record);
  if (!peeked.ok) return refuse(wireProblem(peeked.error));
  if (peeked.value.value.aud !== aud) return refuse(problem("wrong-registry", `this registry is ${aud}`));
  const device = await index.device(peeked.value.value.device);
  if (!device) return refuse(problem("device-unknown", "not enrolled here"));
  const verified = verifyRecord("query", record, (kid) =>
    kid === device.kid ? { kid, pub: device.pub, roles: ["device"] } : undefined,
  );
  return verified.ok ? ok({ asked: verified.value.value, device }) : refuse(wireProblem(verified.error));
}

/** How far the device's batches reach, and which numbers before that are still outstanding. */
async function headOf(
  device: IndexedDevice,
  nonce: string,
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
    nonce,
    lastSeq,
    lastBatch: last?.id ?? NO_HASH,
    gaps,
    frozen: device.frozen,
    revocations: await index.revocationsVersion(),
    time: InstantMs.parse(now),
    by: { kid: receipts.kid },
  };
}

const MAX_GAPS = 1000;
const CLOCK_SKEW_MS = 10 * 60_000;
