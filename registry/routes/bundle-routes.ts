// A stick at the registry, over HTTP: the bundle's bytes in, the bundle to carry back out.
import type { FastifyInstance } from "fastify";
import type { Bytes } from "#shared/base";
import { BUNDLE_TYPE } from "#shared/wire";
import { BundleTooLarge, MAX_BUNDLE_BYTES, spooled } from "../carrier/bundle-file.ts";
import { takeBundle, type BundleAccount, type CarrierDeps } from "../carrier/take-bundle.ts";
import { problem, sendProblem } from "./problem.ts";

export interface BundleRouteDeps extends CarrierDeps {
  readonly dataDir: string;
}

export function addBundleRoutes(server: FastifyInstance, deps: BundleRouteDeps): void {
  // As a stream: a bundle may be larger than memory.
  server.addContentTypeParser(BUNDLE_TYPE, (_request, payload, done) => {
    done(null, payload);
  });

  server.post("/bundles", { config: { stores: true, spools: true } }, async (request, reply) => {
    const { body } = request;
    if (!isStream(body)) return sendProblem(reply, problem("unsupported-media-type", BUNDLE_TYPE));
    try {
      const { account, answer } = await spooled(deps.dataDir, body, (source) => takeBundle(source, deps));
      if (account.end.trouble === "bundle.not-a-bundle") {
        return await sendProblem(reply, problem("malformed", account.end.trouble));
      }
      return await reply
        .header("content-type", BUNDLE_TYPE)
        .header("ert-bundle", summaryOf(account))
        .send(Buffer.from(answer.bytes));
    } catch (error) {
      if (!(error instanceof BundleTooLarge)) throw error;
      return sendProblem(reply, problem("batch-too-large", `at most ${MAX_BUNDLE_BYTES} bytes`));
    }
  });
}

/** For an operator's eye; a laptop reads the records. */
export function summaryOf({ end, batches, refused }: BundleAccount): string {
  const finals = batches.filter(({ state }) => state === "final").length;
  const missing = batches.reduce((sum, batch) => sum + batch.missing, 0);
  const owed = batches.reduce((sum, batch) => sum + batch.owed, 0);
  return [
    `whole=${end.trouble === null ? "yes" : "no"}`,
    `batches=${batches.length}`,
    `final=${finals}`,
    `missing=${missing}`,
    `owed=${owed}`,
    `unusable=${end.unusable}`,
    `refused=${refused.length}`,
  ].join("; ");
}

function isStream(body: unknown): body is AsyncIterable<Bytes> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
