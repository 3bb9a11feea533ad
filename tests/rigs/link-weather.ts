// The bad weather of the link rig: every fault a link can have at random, batch after batch; and forty answers that are
// none, captive portals among them, told over real HTTP to every call a batch makes. What is acknowledged in the end must be
// what the registry holds, once.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createRandom, isEqualBytes, pickInt, type Random } from "#shared/base";
import { deliver, headOf } from "../support/registry-calls.ts";
import { FALSE_ANSWERS, type About } from "../support/false-answers.ts";
import { startFaultRelay, type LinkFaults } from "../support/fault-relay.ts";
import { aSendingLaptop, randomBytesOf, type SendingLaptop } from "../support/sending-laptop.ts";
import { aSigner, type SealedBatchBytes } from "../support/wire-builders.ts";

const HARMS = ["flip", "double", "swap"] as const;
type Harm = (typeof HARMS)[number];

/** Packets that are harmed while the weather is bad. */
const HARMED = 0.03;
/** Of every batch this packet is, however few there are. */
const SURELY_HARMED = 3;
/** A batch that met so much trouble gets a quiet link: a storm without end proves nothing. */
const STORM_MS = 1_500;
const LIMIT_MS = 60_000;

export interface WeatherReport {
  readonly batches: number;
  readonly connections: number;
  readonly cuts: number;
  readonly harmed: Readonly<Record<Harm, number>>;
  readonly slowest: number;
  readonly rows: number;
  readonly isSame: boolean;
}

/** No storm, but a server that takes a second over every answer. */
export async function slowServer(url: string, seed: number): Promise<{ seconds: number; isSame: boolean }> {
  const relay = await startFaultRelay(url, createRandom(seed), SLOW_SERVER);
  const sending = await aSendingLaptop(url, relay.url);
  const sealed = await sending.seal(2);
  const from = performance.now();
  await untilThrough(sending, sealed, () => undefined);
  const seconds = (performance.now() - from) / 1000;
  const isSame = await isReceiptHeld(sending, url, sealed);
  sending.bench.outbox.close();
  await relay.close();
  return { seconds, isSame };
}

/** Delay, loss, a narrow line, cuts at any byte, flipped, doubled and swapped packets, all of them at once. */
export async function badWeather(url: string, batches: number, seed: number): Promise<WeatherReport> {
  const random = createRandom(seed);
  const relay = await startFaultRelay(url, random);
  const sending = await aSendingLaptop(url, relay.url);
  const harmed: Record<Harm, number> = { flip: 0, double: 0, swap: 0 };
  let isSame = true;
  let slowest = 0;
  for (let n = 0; n < batches; n++) {
    const sealed = await sending.seal(2, [randomBytesOf(pickInt(1, 6_000, random), random)]);
    relay.set(weatherOf(random, harmed));
    const from = performance.now();
    await untilThrough(sending, sealed, () => {
      if (performance.now() - from > STORM_MS) relay.set(QUIET);
    });
    slowest = Math.max(slowest, performance.now() - from);
    relay.set(QUIET);
    isSame &&= await isReceiptHeld(sending, url, sealed);
  }
  const { lastSeq, gaps } = await headOf(url, sending.laptop.keys);
  sending.bench.outbox.close();
  await relay.close();
  const { connections, cuts } = relay.count;
  return { batches, connections, cuts, harmed, slowest, rows: lastSeq - gaps.length, isSame };
}

const QUIET: Partial<LinkFaults> = {
  bytesPerSecond: 0,
  roundTripMs: 0,
  loss: 0,
  cutAfterBodyBytes: 0,
  harm: () => "none",
};
/** It answers, but takes its time over everything. */
const SLOW_SERVER: Partial<LinkFaults> = { roundTripMs: 1_000 };

function weatherOf(random: Random, harmed: Record<Harm, number>): Partial<LinkFaults> {
  let packets = 0;
  return {
    bytesPerSecond: random() < 0.5 ? 0 : pickInt(20_000, 200_000, random),
    roundTripMs: pickInt(0, 40, random),
    loss: random() * 0.2,
    cutAfterBodyBytes: random() < 0.7 ? pickInt(1, 3_000, random) : 0,
    harm: () => {
      packets += 1;
      if (packets !== SURELY_HARMED && random() >= HARMED) return "none";
      const harm = HARMS[pickInt(0, HARMS.length - 1, random)] ?? "flip";
      harmed[harm] += 1;
      return harm;
    },
  };
}

export interface LieReport {
  readonly answers: number;
  readonly told: number;
  readonly acknowledged: number;
  readonly rows: number;
  readonly isSame: boolean;
}

/** Every false answer to the offer and to an object; then the truth. */
export async function tellLies(url: string): Promise<LieReport> {
  let lie: ((about: About) => Response | Promise<Response>) | null = null;
  let part = "";
  let told = 0;
  let about: About | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const target = request.url ?? "/";
      const isLie = lie !== null && about !== null && target.includes(part);
      if (isLie) told += 1;
      const headers: Record<string, string> = {};
      for (const name of ["content-type", "content-digest", "upload-offset", "upload-complete"])
        if (typeof request.headers[name] === "string") headers[name] = request.headers[name];
      const answer =
        isLie && lie && about
          ? Promise.resolve(about).then(lie)
          : fetch(`${url}${target}`, {
              method: request.method ?? "GET",
              headers,
              ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
            });
      answer
        .then((said) => passOn(said, response, request.method === "HEAD"))
        .catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const liar = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  try {
    const sending = await aSendingLaptop(url, liar);
    const other = await sending.seal(1);
    const otherReceipt = await deliver(url, other);
    const sealed = await sending.seal(1);
    about = { laptop: sending.laptop, sealed, otherReceipt, wrongRole: aSigner(78) };
    let acknowledged = 0;
    for (part of ["/batches", "/objects"])
      for (const falsehood of Object.values(FALSE_ANSWERS)) {
        const before = told;
        lie = falsehood;
        const from = performance.now();
        while (told === before) {
          sending.bench.outbox.send(sealed.batch);
          sending.bench.skipWaits();
          if (performance.now() - from > LIMIT_MS) throw new Error("a lie was never asked for");
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        if (sending.bench.row(sealed.batch).receipt) acknowledged += 1;
      }
    lie = null;
    await untilThrough(sending, sealed, () => undefined);
    const isSame = await isReceiptHeld(sending, url, sealed);
    const { lastSeq } = await headOf(url, sending.laptop.keys);
    sending.bench.outbox.close();
    return { answers: Object.keys(FALSE_ANSWERS).length, told, acknowledged, rows: lastSeq, isSame };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function passOn(said: Response, response: ServerResponse, isHead: boolean): Promise<void> {
  const headers = Object.fromEntries(said.headers);
  delete headers["content-encoding"];
  delete headers["content-length"];
  const length = said.headers.get("content-length");
  response.writeHead(
    said.status,
    isHead && length !== null ? { ...headers, "content-length": length } : headers,
  );
  // A body that breaks off breaks the connection, as it does on a link.
  if (!isHead && said.body)
    for await (const chunk of said.body as AsyncIterable<Uint8Array>) response.write(chunk);
  response.end();
}

/** Until the receipt is held and nothing is owed; a person asks again when the laptop has stopped to show them something. */
async function untilThrough(
  { bench }: SendingLaptop,
  { batch }: SealedBatchBytes,
  meanwhile: () => void,
): Promise<void> {
  const from = performance.now();
  bench.outbox.send(batch);
  for (let turn = 1; ; turn++) {
    const { receipt, evidenceOwed } = bench.row(batch);
    if (bench.failures.length > 0) throw new Error("the outbox failed", { cause: bench.failures[0] });
    if (receipt && evidenceOwed === 0) return;
    if (performance.now() - from > LIMIT_MS)
      throw new Error(`not delivered: ${JSON.stringify(bench.outbox.progress())}`);
    meanwhile();
    bench.skipWaits();
    if (turn % 100 === 0) bench.outbox.send(batch);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function isReceiptHeld(
  { bench }: SendingLaptop,
  url: string,
  sealed: SealedBatchBytes,
): Promise<boolean> {
  const [held] = await bench.journal.attachments(bench.row(sealed.batch).receipt?.heldSeq ?? 0);
  return held !== undefined && isEqualBytes(held, await deliver(url, sealed));
}
