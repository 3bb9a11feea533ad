// The replay rig (P5, P8, S10, SY2): one batch, whatever way and however often it comes. Cut at every KiB and gone on with;
// half by wire and half by stick in both orders; offered ten thousand times, between others and beside itself; its
// acknowledgement lost; the registry restored from yesterday. One row each, one receipt, byte for byte.
import { statSync } from "node:fs";
import path from "node:path";
import { createRandom, isEqualBytes, pick, type Bytes, type Random } from "#shared/base";
import { BUNDLE_TYPE, envelopeFrame, objectFrame, peekRecord, readBundle, writeBundle } from "#shared/wire";
import { bytesIn, call, deliver, enrolLaptop, headOf, offer } from "../support/registry-calls.ts";
import { rounded, type Measured } from "../support/measured.ts";
import { isOneRowEach, withRegistry } from "../support/registry-store.ts";
import { sealNext, type SealedBatchBytes } from "../support/wire-builders.ts";
import { BEYOND_A_CHUNK, cutBatches, KIB, summaryOf } from "./cut-batches.ts";
import { loseAnswers, restoreYesterday } from "./link.ts";
import type { RigOptions } from "./options.ts";

/** Of the batch that is cut: as many as an institution marks in a day. */
const CUT_SHEETS = 200;
/** Longer than every length at which it is cut. */
const EVIDENCE_BYTES = 20 * KIB;
/** Carried half by wire and half by stick. */
const MIXED = 16;
const LOST = 50;
const BUSY_MS = 20;
/** Requests on their way at once. */
const AT_ONCE = 8;

/** `count`: replays. */
export async function replayRig({ count, seed, say }: RigOptions): Promise<Measured> {
  const started = Date.now();
  const sheets = Math.min(CUT_SHEETS, count);
  const cuts = await cutBatches({
    ...{ sheets, evidenceBytes: EVIDENCE_BYTES, lengths: [KIB, ...BEYOND_A_CHUNK], seed },
  });
  const cut = summaryOf(cuts);
  say(`${String(cut.figures.cuts)} cuts, ${String(cut.figures.cutsBeyondAChunk)} further apart`);
  const times = Math.min(count, LOST);
  const lost = await loseAnswers(times);
  say(`${String(lost.lost)} answers lost, ${String(lost.finals)} of them with the receipt`);
  const replayed = await replay(count, seed, say);
  const restored = await restoreYesterday();
  say(`restored: ${restored.again.join(" ")} offered again`);
  const differing = replayed.differing.length;
  const parts = [cuts, lost, restored];
  for (const what of replayed.differing.slice(0, 20)) say(what);
  return {
    name: "replay",
    figures: {
      seed,
      cutSheets: sheets,
      ...cut.figures,
      answersLost: lost.lost,
      receiptsLost: lost.finals,
      wireFirst: replayed.wireFirst,
      stickFirst: replayed.stickFirst,
      replays: replayed.replays,
      replaysOfOneBatch: replayed.ofOne,
      replaysByStick: replayed.byStick,
      replaysPerSecond: rounded(replayed.perSecond, 0),
      differing,
      batches: replayed.batches,
      rows: JSON.stringify(replayed.rows),
      journalGrewBytes: replayed.journalGrew,
      offeredAgainAfterRestore: restored.again.join(" "),
      seconds: rounded((Date.now() - started) / 1000, 1),
    },
    goals: {
      ...cut.goals,
      lost: { goal: "the answer with the receipt was lost so often", met: lost.finals === times },
      receipts: {
        goal: "one receipt, byte for byte, whichever way and however often",
        met: differing === 0 && parts.every(({ isSame }) => isSame),
      },
      rows: {
        goal: "one row each in the index: no batch twice, none missing, nothing more in the journal",
        met: replayed.isExact && replayed.journalGrew === 0 && parts.every(({ isOneRow }) => isOneRow),
      },
      restored: { goal: "exactly the lost batches are offered again", met: restored.isExact },
    },
  };
}

interface Known {
  readonly sealed: SealedBatchBytes;
  readonly receipt: Bytes;
}

/** Batches of one laptop that came half by wire and half by stick; then replays of the first of them, and of the others. */
export async function replay(count: number, seed: number, say: (progress: string) => void) {
  const random = createRandom(seed);
  const mixed = Math.min(MIXED, Math.ceil(count / 10));
  return withRegistry(async ({ url, place, rows: countRows }) => {
    const laptop = await enrolLaptop(url);
    const differing: string[] = [];
    const known: Known[] = [];
    let wireFirst = 0;
    for (let n = 0; n < mixed; n++) {
      const sealed = await sealNext(laptop, SHEETS);
      const isWireFirst = n % 2 === 0;
      if (isWireFirst) wireFirst += 1;
      const receipt = await carryMixed(url, sealed, isWireFirst, random);
      const ways = [await deliver(url, sealed), await byStick(url, sealed)];
      if (!ways.every((other) => other !== undefined && isEqualBytes(other, receipt)))
        differing.push(`batch ${String(n + 1)} has another receipt by another way`);
      known.push({ sealed, receipt });
    }
    const [one] = known;
    if (!one) throw new Error("nothing to replay");
    const journal = path.join(place.dataDir, "acceptance.journal");
    const before = statSync(journal).size;
    const started = performance.now();
    let left = count;
    let sticks = 0;
    let ofOne = 0;
    const replaySome = async () => {
      while (left > 0) {
        left -= 1;
        if (left % 2000 === 0) say(`${String(left)} replays left`);
        const chosen = random() < 0.75 ? one : pick(known, random);
        ofOne += chosen === one ? 1 : 0;
        const kind = random();
        if (kind < 0.02) sticks += 1;
        const receipt = await replayOnce(url, chosen.sealed, kind, random);
        if (!receipt || !isEqualBytes(receipt, chosen.receipt))
          differing.push(`replay ${String(count - left)} was answered otherwise`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, replaySome));
    const perSecond = (count * 1000) / (performance.now() - started);
    const { lastSeq, gaps } = await headOf(url, laptop.keys);
    const journalGrew = statSync(journal).size - before;
    const rows = await countRows();
    const isExact =
      isOneRowEach(rows, { batches: mixed, sheets: mixed * SHEETS }) &&
      lastSeq === mixed &&
      gaps.length === 0;
    return {
      ...{ replays: count, ofOne, byStick: sticks, perSecond, differing, rows, isExact, journalGrew },
      ...{ batches: mixed, wireFirst, stickFirst: mixed - wireFirst },
    };
  });
}

const SHEETS = 3;

/** Some objects one way, the others the other way. */
async function carryMixed(
  url: string,
  sealed: SealedBatchBytes,
  isWireFirst: boolean,
  random: Random,
): Promise<Bytes> {
  const isFirst = sealed.objects.map((_, i) => i === 0 || (i < sealed.objects.length - 1 && random() < 0.5));
  if (isWireFirst) {
    await offer(url, sealed);
    await put(url, sealed, isFirst);
    const receipt = await byStick(
      url,
      sealed,
      isFirst.map((first) => !first),
    );
    if (!receipt) throw new Error("the stick completed no batch");
    return receipt;
  }
  if (await byStick(url, sealed, isFirst)) throw new Error("a half is no batch");
  await put(
    url,
    sealed,
    isFirst.map((first) => !first),
  );
  return deliver(url, sealed);
}

async function put(url: string, sealed: SealedBatchBytes, chosen: readonly boolean[]): Promise<void> {
  for (const [i, { wire }] of sealed.manifest.objects.entries())
    if (chosen[i] === true) await call(url, "PUT", `/objects/${wire}`, sealed.objects[i] ?? new Uint8Array());
}

/** The receipt in the bundle that is carried back. */
async function byStick(
  url: string,
  { record, objects }: SealedBatchBytes,
  chosen: readonly boolean[] = objects.map(() => true),
): Promise<Bytes | undefined> {
  const frames = [envelopeFrame(record), ...objects.filter((_, i) => chosen[i] === true).map(objectFrame)];
  const ask = () =>
    fetch(`${url}/ert/v1/bundles`, {
      method: "POST",
      headers: { "content-type": BUNDLE_TYPE },
      body: new Uint8Array(writeBundle(frames).bytes),
    });
  let response = await ask();
  // The registry reads few sticks at once and says so; whoever holds one waits.
  while (response.status === 503) {
    await response.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
    response = await ask();
  }
  const back = readBundle(new Uint8Array(await response.arrayBuffer()));
  return back.frames.map(({ bytes }) => bytes).find((bytes) => peekRecord("receipt", bytes).ok);
}

/** Offered again, mostly; its objects again as well, by stick, or only asked for. */
async function replayOnce(
  url: string,
  sealed: SealedBatchBytes,
  kind: number,
  random: Random,
): Promise<Bytes | undefined> {
  if (kind < 0.02) return byStick(url, sealed);
  if (kind < 0.07) {
    const at = Math.floor(random() * sealed.objects.length);
    await put(
      url,
      sealed,
      sealed.objects.map((_, i) => i === at),
    );
  }
  const { json } =
    kind < 0.12 ? await call(url, "GET", `/batches/${sealed.batch}`) : await offer(url, sealed);
  return json["state"] === "final" ? bytesIn(json, "receipt") : undefined;
}
