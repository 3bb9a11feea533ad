// Objects, whole or in parts (draft-ietf-httpbis-resumable-upload, protocol A5): where the upload stands, the whole of it,
// or what is still missing. Only bytes that a batch names are taken, and what came of a broken request stays.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { HashId, ok, refuse, type Result } from "#shared/base";
import type { Acceptance } from "../acceptance/accept.ts";
import type { ObjectStore } from "../acceptance/objects.ts";
import type { UploadRefusal, UploadState } from "../acceptance/uploads.ts";
import type { Index } from "../store/index-of-journal.ts";
import { parseWith, StreamedBody } from "./body.ts";
import { problem, sendProblem, type ProblemRefusal } from "./problem.ts";

const WireParams = z.object({ wire: HashId });
const PartHeaders = z.object({
  "upload-offset": z.string().regex(/^\d{1,15}$/),
  /** RFC 9651 boolean. */
  "upload-complete": z.enum(["?0", "?1"]),
});

export interface ObjectRouteDeps {
  readonly index: Index;
  readonly objects: ObjectStore;
  readonly acceptance: Acceptance;
}

export function addObjectRoutes(server: FastifyInstance, deps: ObjectRouteDeps): void {
  const { index, objects, acceptance } = deps;
  server.head("/objects/:wire", async (request, reply) => {
    const params = parseWith(WireParams, request.params);
    if (!params.ok) return reply.code(400).send();
    const state = await objects.stateOf(params.value.wire);
    const [named] = await index.batchesNaming(params.value.wire);
    const length = state.complete ? state.offset : named?.size;
    if (length === undefined) return reply.code(404).send();
    return withState(reply, state).header("upload-length", String(length)).code(200).send();
  });

  server.put("/objects/:wire", { config: { stores: true } }, async (request, reply) => {
    const wanted = await readUpload(request, deps);
    if (!wanted.ok) return sendProblem(reply, wanted.error);
    const { wire, size, body, batch } = wanted.value;
    const wasThere = (await objects.stateOf(wire)).complete;
    const length = request.headers["content-length"];
    if (!wasThere && length !== undefined && Number(length) !== size)
      return sendProblem(reply, problem("hash-mismatch", `${length} bytes instead of ${size}`), batch);
    const received = await objects.receive({ ...wanted.value, from: null, ...bodyOf(body, request) });
    if (!received.ok) return refuseUpload(reply, received.error, batch);
    await arrived(wire);
    return reply.code(wasThere ? 200 : 201).send({ wire, size });
  });

  server.patch("/objects/:wire", { config: { stores: true } }, async (request, reply) => {
    const wanted = await readUpload(request, deps);
    if (!wanted.ok) return sendProblem(reply, wanted.error);
    const said = parseWith(PartHeaders, request.headers);
    if (!said.ok) return sendProblem(reply, said.error);
    const { wire, size, body, batch } = wanted.value;
    const from = Number(said.value["upload-offset"]);
    const received = await objects.receive({ ...wanted.value, from, ...bodyOf(body, request) });
    if (!received.ok) return refuseUpload(reply, received.error, batch);
    if (received.value.complete) await arrived(wire);
    else if (said.value["upload-complete"] === "?1") {
      const detail = `complete was said at ${received.value.offset} of ${size} bytes`;
      return sendProblem(withState(reply, received.value), problem("malformed", detail), batch);
    }
    return withState(reply, received.value).code(204).send();
  });

  const arrived = async (wire: HashId): Promise<void> => {
    acceptance.objectStored((await index.batchesNaming(wire)).map(({ batch }) => batch));
  };
}

interface WantedUpload {
  readonly wire: HashId;
  readonly size: number;
  readonly body: StreamedBody;
  /** One of the batches that name it. */
  readonly batch: HashId | null;
}

/** Bytes are taken for a batch that names them, and never more than it says. */
async function readUpload(
  request: FastifyRequest,
  { index, objects }: Pick<ObjectRouteDeps, "index" | "objects">,
): Promise<Result<WantedUpload, ProblemRefusal>> {
  const params = parseWith(WireParams, request.params);
  if (!params.ok) return params;
  const { body } = request;
  if (!(body instanceof StreamedBody)) return refuse(problem("unsupported-media-type", "raw bytes expected"));
  const { wire } = params.value;
  const [named] = await index.batchesNaming(wire);
  const size = named?.size ?? (await objects.sizeOf(wire));
  return size === undefined
    ? refuse(problem("object-unexpected", "no offered batch names these bytes"))
    : ok({ wire, size, body, batch: named?.batch ?? null });
}

function bodyOf(body: StreamedBody, request: FastifyRequest) {
  return {
    body: body.chunks(),
    digest: saidDigest(request.headers["content-digest"]),
    abandon: () => request.raw.destroy(),
  };
}

/** RFC 9530: only what was said is checked; the object's own hash is checked in any case. */
function saidDigest(header: string | string[] | undefined): string | undefined {
  return /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec([header ?? ""].flat().join(","))?.[1];
}

function refuseUpload(reply: FastifyReply, refusal: UploadRefusal, batch: HashId | null): FastifyReply {
  const { reply: answer, said } = uploadProblem(reply, refusal);
  return sendProblem(answer, said, batch);
}

function uploadProblem(
  reply: FastifyReply,
  refusal: UploadRefusal,
): { reply: FastifyReply; said: ProblemRefusal } {
  switch (refusal.code) {
    case "offset-mismatch":
      return {
        reply: withState(reply, refusal),
        said: problem("offset-mismatch", `here are ${refusal.offset} bytes`, { offset: refusal.offset }),
      };
    case "object-locked":
      return {
        reply: reply.header("retry-after", "1"),
        said: problem("object-locked", "another upload of it"),
      };
    case "storage-full":
      return { reply: reply.header("retry-after", "900"), said: problem("storage-full", "no room") };
    case "hash-mismatch":
      return {
        reply: withState(reply, { offset: 0, complete: false }),
        said: problem("hash-mismatch", "the bytes are not those of that name; begin again at 0"),
      };
    case "digest-mismatch":
      return { reply, said: problem("digest-mismatch", "damaged on its way; send this part again") };
    case "object-too-large":
      return { reply, said: problem("object-too-large", "more bytes than the manifest says") };
    case "upload-cut":
      return { reply: reply.header("retry-after", "1"), said: problem("busy", "the connection broke") };
  }
}

function withState(reply: FastifyReply, { offset, complete }: UploadState): FastifyReply {
  return reply
    .header("upload-offset", String(offset))
    .header("upload-complete", complete ? "?1" : "?0")
    .header("cache-control", "no-store");
}
