// The link rig (P5, P6, P8, P25, P27, S5, S6, S10): what a broken link, a lost answer, a false one and a restored registry do
// to a batch. Real
// HTTP through a relay, a real registry, the real outbox; only waiting between tries is cut short.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fetch } from "../../electron/outbox/index.ts";
import { rounded, type Measured } from "../support/measured.ts";
import { withRegistry } from "../support/registry-store.ts";
import { aSendingLaptop, arrivedOnce, untilDelivered } from "../support/sending-laptop.ts";
import type { SealedBatchBytes } from "../support/wire-builders.ts";
import { BEYOND_A_CHUNK, cutBatches, KIB, summaryOf } from "./cut-batches.ts";
import { badWeather, slowServer, tellLies } from "./link-weather.ts";
import type { RigOptions } from "./options.ts";

const LONG_MS = 10 * 60_000;

/** `count`: KiB of the photograph that is cut at each of them. */
export async function linkRig({ count, seed, say }: RigOptions): Promise<Measured> {
  const started = Date.now();
  const cuts = await cutBatches({
    ...{ sheets: 1, evidenceBytes: count * KIB, lengths: [KIB, ...BEYOND_A_CHUNK], seed },
  });
  const cut = summaryOf(cuts);
  say(`${String(cut.figures.cuts)} cuts, ${String(cut.figures.cutsBeyondAChunk)} further apart`);
  const times = Math.min(count, 50);
  const lost = await loseAnswers(times);
  say(`${String(lost.lost)} answers lost, ${String(lost.finals)} of them with the receipt`);
  const restored = await restoreYesterday();
  say(`restored: ${restored.again.join(" ")} offered again`);
  const weather = await withRegistry((at) => badWeather(at, Math.max(2, Math.ceil(count / 16)), seed));
  say(`${String(weather.batches)} batches in bad weather`);
  const slow = await withRegistry(({ url }) => slowServer(url, seed));
  const lies = await withRegistry(tellLies);
  say(`${String(lies.told)} lies told`);
  const parts = [cuts, lost, restored, weather, lies];
  return {
    name: "link",
    figures: {
      seed,
      ...cut.figures,
      connections: cuts.connections,
      answersLost: lost.lost,
      receiptsLost: lost.finals,
      batchesLostByRegistry: restored.lost,
      offeredAgain: restored.again.join(" "),
      weatherBatches: weather.batches,
      weatherConnections: weather.connections,
      weatherCuts: weather.cuts,
      flipped: weather.harmed.flip,
      doubled: weather.harmed.double,
      swapped: weather.harmed.swap,
      slowestSeconds: rounded(weather.slowest / 1000, 1),
      slowServerSeconds: rounded(slow.seconds, 1),
      falseAnswers: lies.answers,
      falseAnswersTold: lies.told,
      acknowledgedByALie: lies.acknowledged,
      seconds: rounded((Date.now() - started) / 1000, 1),
    },
    goals: {
      ...cut.goals,
      lost: { goal: "the answer with the receipt was lost so often", met: lost.finals === times },
      receipts: {
        goal: "identical receipts, however often a batch is offered",
        met: slow.isSame && parts.every(({ isSame }) => isSame),
      },
      rows: {
        goal: "one row each in the index: no batch twice, none missing",
        met: parts.every(({ isOneRow }) => isOneRow),
      },
      lies: {
        goal: "40 false answers acknowledge nothing, at the offer and at an object",
        met: lies.answers === 40 && lies.acknowledged === 0,
      },
      restored: { goal: "exactly the lost batches are offered again", met: restored.isExact },
    },
  };
}

/**
 * The registry stores the batch and its answer never comes: of each call the first one, and of those that bring the receipt
 * so many. Whoever asks again gets the same receipt.
 */
export async function loseAnswers(times: number) {
  return withRegistry(async (registry) => {
    const { url } = registry;
    const heard = new Set<string>();
    const receipts = new Set<string>();
    let [lost, finals] = [0, 0];
    const through: Fetch = async (input, init) => {
      const response = await fetch(input, init);
      const text = await response.clone().text();
      const call = `${init?.method ?? "GET"} ${new URL(input as URL).pathname}`;
      const receipt = /"state":"final".*"receipt":"([^"]+)"/.exec(text)?.[1];
      if (receipt !== undefined) receipts.add(receipt);
      const isLost = receipt === undefined ? !heard.has(call) : finals < times;
      heard.add(call);
      if (!isLost) return response;
      lost += 1;
      if (receipt !== undefined) finals += 1;
      throw new TypeError("fetch failed");
    };
    const sending = await aSendingLaptop(url, { through });
    const sealed = await sending.seal(LOST_SHEETS);
    sending.bench.outbox.send(sealed.batch);
    await untilDelivered(sending, sealed.batch, LONG_MS);
    sending.bench.outbox.close();
    const wanted = { batches: 1, sheets: LOST_SHEETS };
    const { isOneRow, isSame } = await arrivedOnce(registry, sending, [sealed], wanted);
    return { lost, finals, isOneRow, isSame: isSame && receipts.size === 1 };
  });
}

/** [S10] Five batches receipted; the registry comes back with the data it had after two. */
export async function restoreYesterday() {
  const backup = mkdtempSync(join(tmpdir(), "registry-yesterday-"));
  try {
    return await withRegistry(async (registry) => {
      const { url, place, whileStopped } = registry;
      const sending = await aSendingLaptop(url);
      const { bench } = sending;
      const sealed: SealedBatchBytes[] = [];
      for (let n = 1; n <= BATCHES; n++) {
        const batch = await sending.seal(RESTORED_SHEETS);
        sealed.push(batch);
        bench.outbox.send(batch.batch);
        await untilDelivered(sending, batch.batch, LONG_MS);
        if (n === KEPT) await whileStopped(() => cpSync(place.dataDir, backup, { recursive: true }));
      }
      await whileStopped(() => {
        rmSync(place.dataDir, { recursive: true });
        cpSync(backup, place.dataDir, { recursive: true });
      });
      const before = bench.journal.entries.length;
      bench.outbox.contact();
      const renewed = () =>
        bench.journal.entries
          .slice(before)
          .flatMap(({ entry }) => (entry.body.kind === "receipt.renewed" ? entry.body.batch : []));
      const startedAt = performance.now();
      while (renewed().length < BATCHES - KEPT && performance.now() - startedAt < LONG_MS) {
        bench.skipWaits();
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      bench.outbox.close();
      const lostOnes = sealed.slice(KEPT).map(({ batch }) => batch);
      return {
        lost: BATCHES - KEPT,
        again: renewed().map((batch) => bench.row(batch).deviceSeq),
        isExact: renewed().join() === lostOnes.join(),
        ...(await arrivedOnce(registry, sending, sealed, {
          batches: BATCHES,
          sheets: BATCHES * RESTORED_SHEETS,
        })),
      };
    });
  } finally {
    rmSync(backup, { recursive: true, force: true });
  }
}

const LOST_SHEETS = 3;
const BATCHES = 5;
const KEPT = 2;
const RESTORED_SHEETS = 2;
