// A laptop that sends for real: an enrolled device, sealed batches in a journal in memory, the real outbox over the real
// HTTP client.
import type { Bytes, HashId, Random } from "#shared/base";
import type { Fetch } from "../../electron/outbox/index.ts";
import { aBench, type Bench } from "./outbox-bench.ts";
import { enrolLaptop, registryTrust } from "./registry-calls.ts";
import { aCandidateRef, type Laptop, type SealedBatchBytes } from "./wire-builders.ts";

export interface SendingLaptop {
  readonly laptop: Laptop;
  readonly bench: Bench;
  /** Signs so many sheets, seals them and writes the batch into the journal. */
  seal(sheets: number, evidence?: readonly Bytes[]): Promise<SealedBatchBytes>;
}

/** `registry`: where it is enrolled; `link`: what it sends through, a relay or the same; `clock`: whether it waits; `through`: who else hears. */
export async function aSendingLaptop(
  registry: string,
  link = registry,
  clock: "real" | "moved" = "moved",
  through: Fetch = fetch,
): Promise<SendingLaptop> {
  const laptop = await enrolLaptop(registry);
  const bench = await aBench(laptop, {
    url: link,
    fetch: through,
    clock,
    trust: await registryTrust(registry),
  });
  return {
    laptop,
    bench,
    seal: async (sheets, evidence = []) => {
      const refs = Array.from({ length: sheets }, () => aCandidateRef());
      laptop.roster(refs);
      for (const ref of refs) laptop.sheet(ref);
      const sealed = await laptop.seal({ evidence });
      laptop.sealed(sealed);
      await bench.seal(sealed);
      return sealed;
    },
  };
}

/** Waits until the receipt is held and no evidence is owed; waits between tries are skipped. */
export async function untilDelivered(
  { bench }: Pick<SendingLaptop, "bench">,
  batch: HashId,
  limitMs: number,
): Promise<void> {
  const started = performance.now();
  for (;;) {
    const { receipt, evidenceOwed } = bench.row(batch);
    if (bench.failures.length > 0) throw new Error("the outbox failed", { cause: bench.failures[0] });
    if (receipt && evidenceOwed === 0) return;
    if (performance.now() - started > limitMs)
      throw new Error(`not delivered: ${JSON.stringify(bench.outbox.progress())}`);
    bench.skipWaits();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

export function randomBytesOf(length: number, random: Random): Bytes {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}
