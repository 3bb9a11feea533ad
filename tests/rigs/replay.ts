// The replay rig (P5, P8, S10, SY2): one batch, whatever way and however often it comes. Cut at every KiB and gone on with;
// half by wire and half by stick in both orders; offered ten thousand times, between others and beside itself; its
// acknowledgement lost; the registry restored from yesterday. One row each, one receipt, byte for byte.
import { statSync } from "node:fs";
import path from "node:path";
import { createRandom, isEqualBytes, pick, type Bytes, type Random } from "#shared/base";
import { FIRST_CHUNK } from "#shared/sync";
import { BUNDLE_TYPE, envelopeFrame, objectFrame, peekRecord, readBundle, writeBundle } from "#shared/wire";
import { bytesIn, call, deliver, enrolLaptop, headOf, offer } from "../support/registry-calls.ts";
import { startFaultRelay } from "../support/fault-relay.ts";
import { countRows } from "../support/index-rows.ts";
import { rounded, type Measured } from "../support/measured.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aSendingLaptop, untilDelivered } from "../support/sending-laptop.ts";
import { aCandidateRef, type Laptop, type SealedBatchBytes } from "../support/wire-builders.ts";
import { loseAnswers, restoreYesterday } from "./link.ts";
import type { RigOptions } from "./options.ts";

const KIB = 1024;
const LONG_MS = 10 * 60_000;
/** Of the batch that is cut: as many as an institution marks in a day. */
const CUT_SHEETS = 200;
/** Carried half by wire and half by stick. */
const MIXED = 16;
const LOST = 50;
const BUSY_MS = 20;
/** Requests on their way at once. */
const AT_ONCE = 8;

/** `count`: replays. */
export async function replayRig({ count, seed, say }: RigOptions): Promise<Measured> {
  const started = Date.now();
  const cut = await cutResults(Math.min(CUT_SHEETS, count), seed);
  say(`${String(cut.cuts)} cuts, ${String(cut.resent)} bytes sent again`);
  const lost = await loseAnswers(Math.min(count, LOST), seed);
  say(`${String(lost.lost)} answers lost`);
  const replayed = await replay(count, seed, say);
  const restored = await restoreYesterday();
  say(`restored: ${restored.again.join(" ")} offered again`);
  const differing = replayed.differing.length;
  for (const what of replayed.differing.slice(0, 20)) say(what);
  return {
    name: "replay",
    figures: {
      seed,
      cutSheets: cut.sheets,
      objectBytes: cut.bytes,
      cuts: cut.cuts,
      resentBytes: cut.resent,
      resentPerCut: rounded(cut.resent / Math.max(1, cut.cuts), 1),
      resentWorst: cut.worst,
      answersLost: lost.lost,
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
      rowsAfterRestore: restored.rows,
      seconds: rounded((Date.now() - started) / 1000, 1),
    },
    goals: {
      cuts: { goal: "cut at every KiB of every object", met: cut.cuts >= Math.floor(cut.bytes / KIB) - 4 },
      resent: { goal: "at most one chunk (8 KiB) sent again per cut", met: cut.worst <= FIRST_CHUNK },
      receipts: {
        goal: "one receipt, byte for byte, whichever way and however often",
        met: differing === 0 && cut.isSame && lost.isSame && restored.isSame,
      },
      rows: {
        goal: "one row each: no batch twice, none missing, nothing more in the journal",
        met:
          replayed.isExact &&
          replayed.journalGrew === 0 &&
          lost.rows === 1 &&
          cut.rows === 1 &&
          restored.rows === restored.batches,
      },
      restored: { goal: "exactly the lost batches are offered again", met: restored.isExact },
    },
  };
}

/** Every object of results goes up in connections that die a KiB further on; the outbox goes on by HEAD and PATCH. */
export async function cutResults(sheets: number, seed: number) {
  return withFolder(async ({ url }) => {
    const relay = await startFaultRelay(url, createRandom(seed));
    const sending = await aSendingLaptop(url, relay.url);
    const sealed = await sending.seal(sheets);
    relay.set({ cutAfterBodyBytes: KIB });
    sending.bench.outbox.send(sealed.batch);
    await untilDelivered(sending, sealed.batch, LONG_MS);
    const again = relay.count.uploads.map(({ from, passedOn }) => Math.max(0, passedOn - from));
    const [held] = await sending.bench.journal.attachments(
      sending.bench.row(sealed.batch).receipt?.heldSeq ?? 0,
    );
    const receipt = await deliver(url, sealed);
    const { lastSeq: rows } = await headOf(url, sending.laptop.keys);
    sending.bench.outbox.close();
    await relay.close();
    return {
      sheets,
      rows,
      bytes: sealed.objects.reduce((sum, object) => sum + object.length, 0),
      cuts: relay.count.cuts,
      resent: again.reduce((sum, bytes) => sum + bytes, 0),
      worst: Math.max(0, ...again),
      isSame: held !== undefined && isEqualBytes(held, receipt),
    };
  });
}

interface Known {
  readonly sealed: SealedBatchBytes;
  readonly receipt: Bytes;
}

/** Batches of one laptop that came half by wire and half by stick; then replays of the first of them, and of the others. */
export async function replay(count: number, seed: number, say: (progress: string) => void) {
  const random = createRandom(seed);
  const mixed = Math.min(MIXED, Math.ceil(count / 10));
  return withFolder(async ({ url, place, stop }) => {
    const laptop = await enrolLaptop(url);
    const differing: string[] = [];
    const known: Known[] = [];
    let wireFirst = 0;
    for (let n = 0; n < mixed; n++) {
      const sealed = await sealNext(laptop);
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
    await stop();
    const rows = await countRows(place.dataDir, place.databaseUrl);
    const isExact =
      [rows.batches, rows.receipts, lastSeq].every((found) => found === mixed) &&
      rows.sheets === mixed * SHEETS &&
      gaps.length === 0;
    return {
      ...{ replays: count, ofOne, byStick: sticks, perSecond, differing, rows, isExact, journalGrew },
      ...{ batches: mixed, wireFirst, stickFirst: mixed - wireFirst },
    };
  });
}

const SHEETS = 3;

async function sealNext(laptop: Laptop): Promise<SealedBatchBytes> {
  const refs = Array.from({ length: SHEETS }, aCandidateRef);
  laptop.roster(refs);
  for (const ref of refs) laptop.sheet(ref);
  const sealed = await laptop.seal();
  laptop.sealed(sealed);
  return sealed;
}

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

async function withFolder<T>(
  use: (registry: { url: string; place: RegistryPlace; stop: () => Promise<void> }) => Promise<T>,
): Promise<T> {
  const place = await aRegistryPlace();
  const registry = await place.start();
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await registry.close();
    isStopped = true;
  };
  try {
    return await use({ url: registry.url, place, stop });
  } finally {
    await stop();
    place.remove();
  }
}
