// The bad weather of the link rig: every fault a link can have at random, batch after batch; and forty answers that are
// none, captive portals among them, told over real HTTP to every call a batch makes. What is acknowledged in the end must be
// what the registry holds, once.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createRandom, isEqualBytes, pickInt, type Random } from "#shared/base";
import { deliver } from "../support/registry-calls.ts";
import { FALSE_ANSWERS, type About, type FalseAnswer } from "../support/false-answers.ts";
import { startFaultRelay, type LinkFaults } from "../support/fault-relay.ts";
import { keysOf, type StandingRegistry } from "../support/registry-store.ts";
import {
  aSendingLaptop,
  arrivedOnce,
  heldReceipt,
  randomBytesOf,
  untilDelivered,
  type SendingLaptop,
} from "../support/sending-laptop.ts";
import type { SealedBatchBytes } from "../support/wire-builders.ts";

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
  readonly isOneRow: boolean;
  readonly isSame: boolean;
}

/** No storm, but a server that takes a second over every answer. */
export async function slowServer(url: string, seed: number): Promise<{ seconds: number; isSame: boolean }> {
  const relay = await startFaultRelay(url, createRandom(seed), SLOW_SERVER);
  const sending = await aSendingLaptop(url, { link: relay.url });
  const sealed = await sending.seal(2);
  const from = performance.now();
  await untilThrough(sending, sealed, () => undefined);
  const seconds = (performance.now() - from) / 1000;
  const isSame = isEqualBytes(await heldReceipt(sending, sealed.batch), await deliver(url, sealed));
  sending.bench.outbox.close();
  await relay.close();
  return { seconds, isSame };
}

/** Delay, loss, a narrow line, cuts at any byte, flipped, doubled and swapped packets, all of them at once. */
export async function badWeather(
  registry: Pick<StandingRegistry, "url" | "rows">,
  batches: number,
  seed: number,
): Promise<WeatherReport> {
  const { url } = registry;
  const random = createRandom(seed);
  const relay = await startFaultRelay(url, random);
  const sending = await aSendingLaptop(url, { link: relay.url });
  const harmed: Record<Harm, number> = { flip: 0, double: 0, swap: 0 };
  const sent: SealedBatchBytes[] = [];
  let slowest = 0;
  for (let n = 0; n < batches; n++) {
    const sealed = await sending.seal(SHEETS, [randomBytesOf(pickInt(1, 6_000, random), random)]);
    relay.set(weatherOf(random, harmed));
    const from = performance.now();
    await untilThrough(sending, sealed, () => {
      if (performance.now() - from > STORM_MS) relay.set(QUIET);
    });
    slowest = Math.max(slowest, performance.now() - from);
    relay.set(QUIET);
    sent.push(sealed);
  }
  const { connections, cuts } = relay.count;
  sending.bench.outbox.close();
  await relay.close();
  const wanted = { batches, sheets: batches * SHEETS };
  const arrived = await arrivedOnce(registry, sending, sent, wanted);
  return { batches, connections, cuts, harmed, slowest, ...arrived };
}

const SHEETS = 2;

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
  readonly isOneRow: boolean;
  readonly isSame: boolean;
}

/** Every false answer to the offer and to an object; then the truth. */
export async function tellLies(registry: StandingRegistry): Promise<LieReport> {
  const { url, place } = registry;
  let lie: FalseAnswer["tell"] | null = null;
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
    const sending = await aSendingLaptop(url, { link: liar });
    const other = await sending.seal(1);
    const otherReceipt = await deliver(url, other);
    const sealed = await sending.seal(1);
    about = { laptop: sending.laptop, sealed, otherReceipt, registry: await keysOf(place) };
    const isAcknowledged = () => sending.bench.row(sealed.batch).receipt !== null;
    for (part of ["/batches", "/objects"])
      for (const { name, tell } of FALSE_ANSWERS) {
        if (isAcknowledged()) break;
        const before = told;
        lie = tell;
        const from = performance.now();
        // Asked once more, the laptop has done with the first answer what it does with it.
        while (told < before + 2 && !isAcknowledged()) {
          sending.bench.outbox.send(sealed.batch);
          sending.bench.skipWaits();
          if (performance.now() - from > LIMIT_MS) throw new Error(`never asked for: ${name}`);
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      }
    // What was acknowledged by a lie is not asked about again, so there is at most one.
    const acknowledged = isAcknowledged() ? 1 : 0;
    lie = null;
    await untilThrough(sending, sealed, () => undefined);
    sending.bench.outbox.close();
    const arrived = await arrivedOnce(registry, sending, [sealed], { batches: 2, sheets: 2 });
    return { answers: FALSE_ANSWERS.length, told, acknowledged, ...arrived };
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

/** Sent, and sent again by a person when the laptop has stopped to show them something. */
function untilThrough(
  sending: SendingLaptop,
  { batch }: SealedBatchBytes,
  meanwhile: () => void,
): Promise<void> {
  let turn = 0;
  sending.bench.outbox.send(batch);
  return untilDelivered(sending, batch, LIMIT_MS, () => {
    meanwhile();
    turn += 1;
    if (turn % 200 === 0) sending.bench.outbox.send(batch);
    return true;
  });
}
