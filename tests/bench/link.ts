// Two hundred sheets over the worst link that a centre has (P7, rulings 8): 16 kbit/s, 800 ms there and back, one packet in
// twenty lost, down every 30 s. Beside it stands what the wire itself needs for the sealed bytes. The time is real, the
// registry is real, and so is the outbox with its waits between tries.
import { createRandom } from "#shared/base";
import { startFaultRelay } from "../support/fault-relay.ts";
import { rounded, type Measured } from "../support/measured.ts";
import { isOneRowEach, withRegistry, type StandingRegistry } from "../support/registry-store.ts";
import { aSendingLaptop } from "../support/sending-laptop.ts";

const SHEETS = 200;
const BITS_PER_SECOND = 16_000;
const ROUND_TRIP_MS = 800;
const LOSS = 0.05;
const CUT_EVERY_MS = 30_000;
const SEED = 20261123;
const LIMIT_MS = 9 * 60_000;

export function linkBench(): Promise<Measured> {
  return withRegistry(overTheWorstLink);
}

async function overTheWorstLink(registry: StandingRegistry): Promise<Measured> {
  const random = createRandom(SEED);
  const relay = await startFaultRelay(registry.url, random);
  try {
    const sending = await aSendingLaptop(registry.url, { link: relay.url, clock: "real" });
    const sealed = await sending.seal(SHEETS);
    relay.set({
      bytesPerSecond: BITS_PER_SECOND / 8,
      roundTripMs: ROUND_TRIP_MS,
      loss: LOSS,
      cutEveryMs: CUT_EVERY_MS,
    });
    const started = performance.now();
    sending.bench.outbox.send(sealed.batch);
    while (!sending.bench.row(sealed.batch).receipt && performance.now() - started < LIMIT_MS)
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (sending.bench.failures.length > 0)
      throw new Error("the outbox failed", { cause: sending.bench.failures[0] });
    const tookMs = performance.now() - started;
    const receipt = sending.bench.row(sealed.batch).receipt;
    const { downs, connections, bytesUp, bytesDown, bodyBytesUp } = relay.count;
    relay.set({ bytesPerSecond: 0, roundTripMs: 0, loss: 0, cutEveryMs: 0 });
    sending.bench.outbox.close();
    const rows = await registry.rows();
    const bytes = sealed.objects.reduce((sum, object) => sum + object.length, 0);
    const needMs = (bytes * 8 * 1000) / BITS_PER_SECOND + ROUND_TRIP_MS * downs;
    const ratio = tookMs / needMs;
    return {
      name: "link",
      figures: {
        sheets: SHEETS,
        sealedBytes: bytes,
        seconds: rounded(tookMs / 1000, 1),
        needSeconds: rounded(needMs / 1000, 1),
        ratio: rounded(ratio),
        linkDown: downs,
        connections,
        objectBytesUp: bodyBytesUp,
        bytesUp,
        bytesDown,
        accepted: receipt?.sheets.accepted ?? 0,
        duplicates: rows.batches - 1,
        rows: JSON.stringify(rows),
        seed: SEED,
      },
      goals: {
        time: { goal: "at most 1.3 times what the wire needs", met: ratio <= 1.3 },
        minutes: { goal: "acknowledged in under 3 minutes (P7)", met: receipt !== null && tookMs < 180_000 },
        whole: {
          goal: "every sheet accepted, once",
          met: receipt?.sheets.accepted === SHEETS && isOneRowEach(rows, { batches: 1, sheets: SHEETS }),
        },
      },
    };
  } finally {
    await relay.close();
  }
}
