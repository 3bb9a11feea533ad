// A laptop that sends for real: an enrolled device, sealed batches in a journal in memory, the real outbox over the real
// HTTP client.
import { isEqualBytes, type Bytes, type HashId, type Random } from "#shared/base";
import type { Fetch } from "../../electron/outbox/index.ts";
import { aBench, type Bench } from "./outbox-bench.ts";
import { deliver, enrolLaptop, registryTrust } from "./registry-calls.ts";
import { isOneRowEach, type StandingRegistry } from "./registry-store.ts";
import { sealNext, type Laptop, type SealedBatchBytes } from "./wire-builders.ts";

export interface SendingLaptop {
  readonly laptop: Laptop;
  readonly bench: Bench;
  /** Signs so many sheets, seals them and writes the batch into the journal. */
  seal(sheets: number, evidence?: readonly Bytes[]): Promise<SealedBatchBytes>;
}

export interface SendingParts {
  /** What it sends through, a relay or the registry itself. */
  readonly link: string;
  /** Whether it waits between tries. */
  readonly clock: "real" | "moved";
  /** Who else hears, and what is lost. */
  readonly through: Fetch;
}

/** `registry`: where it is enrolled. */
export async function aSendingLaptop(
  registry: string,
  { link = registry, clock = "moved", through = fetch }: Partial<SendingParts> = {},
): Promise<SendingLaptop> {
  const laptop = await enrolLaptop(registry);
  const trust = await registryTrust(registry);
  const bench = await aBench(laptop, { url: link, fetch: through, clock, trust });
  return {
    laptop,
    bench,
    seal: async (sheets, evidence = []) => {
      const sealed = await sealNext(laptop, sheets, evidence);
      await bench.seal(sealed);
      return sealed;
    },
  };
}

/** Waits until the receipt is held and no evidence is owed; waits between tries are skipped when `mayAsk`. */
export async function untilDelivered(
  { bench }: Pick<SendingLaptop, "bench">,
  batch: HashId,
  limitMs: number,
  mayAsk: () => boolean | Promise<boolean> = () => true,
): Promise<void> {
  const started = performance.now();
  for (;;) {
    const { receipt, evidenceOwed } = bench.row(batch);
    if (bench.failures.length > 0) throw new Error("the outbox failed", { cause: bench.failures[0] });
    if (receipt && evidenceOwed === 0) return;
    if (performance.now() - started > limitMs)
      throw new Error(`not delivered: ${JSON.stringify(bench.outbox.progress())}`);
    if (await mayAsk()) bench.skipWaits();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** The receipt of a batch as the laptop keeps it. */
export async function heldReceipt({ bench }: Pick<SendingLaptop, "bench">, batch: HashId): Promise<Bytes> {
  const [record] = await bench.journal.attachments(bench.row(batch).receipt?.heldSeq ?? 0);
  if (!record) throw new Error("no receipt is held");
  return record;
}

/** One row each in the index, and the registry's answer is the receipt that is held. */
export async function arrivedOnce(
  { url, rows }: Pick<StandingRegistry, "url" | "rows">,
  sending: Pick<SendingLaptop, "bench">,
  sent: readonly SealedBatchBytes[],
  wanted: { batches: number; sheets: number },
): Promise<{ isOneRow: boolean; isSame: boolean }> {
  // Before anybody asks again: asking would bring what is missing.
  const wasOneRow = isOneRowEach(await rows(), wanted);
  let isSame = true;
  for (const one of sent)
    isSame &&= isEqualBytes(await heldReceipt(sending, one.batch), await deliver(url, one));
  return { isOneRow: wasOneRow && isOneRowEach(await rows(), wanted), isSame };
}

export function randomBytesOf(length: number, random: Random): Bytes {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}
