// A relay in front of a registry that is as bad as a link can be: narrow, slow, lossy, cut at any byte or every so often,
// with bytes flipped, packets doubled and put in another order. TCP repairs loss by itself; what a program sees of it is
// that nothing comes for a while, so a lost packet is a stall (rulings 8). What HTTP answers wrongly is in false-answers.ts.
import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import type { Random } from "#shared/base";

export interface LinkFaults {
  /** In each direction; 0 is as much as there is. */
  readonly bytesPerSecond: number;
  /** There and back. */
  readonly roundTripMs: number;
  /** Of packets, in [0, 1); each costs one more way there and back. */
  readonly loss: number;
  /** The link goes down this often; 0 never. Whoever was connected must connect again. */
  readonly cutEveryMs: number;
  /** The connection ends when so many bytes of one object have gone up it; 0 never. */
  readonly cutAfterBodyBytes: number;
  /** What happens to a packet, by its number on the connection and its direction. */
  readonly harm: (packet: number, way: "up" | "down") => "none" | "flip" | "double" | "swap";
}

const NO_FAULTS: LinkFaults = {
  bytesPerSecond: 0,
  roundTripMs: 0,
  loss: 0,
  cutEveryMs: 0,
  cutAfterBodyBytes: 0,
  harm: () => "none",
};

export interface RelayCount {
  /** How often the link went down, whoever was connected. */
  downs: number;
  connections: number;
  cuts: number;
  bytesUp: number;
  bytesDown: number;
  /** Of objects, as far as they were passed on. */
  bodyBytesUp: number;
  /** Where in an object a connection ended because of `cutAfterBodyBytes`. */
  readonly bodyCuts: { readonly wire: string; readonly at: number }[];
  /** Where each upload of an object began, and how much of it had been passed on before. */
  readonly uploads: { readonly wire: string; readonly from: number; readonly passedOn: number }[];
}

export interface FaultRelay {
  readonly url: string;
  readonly count: RelayCount;
  set(faults: Partial<LinkFaults>): void;
  /** Ends every connection now. */
  cut(): void;
  close(): Promise<void>;
}

const PACKET = 1460;

export async function startFaultRelay(
  target: string,
  random: Random,
  initial: Partial<LinkFaults> = {},
): Promise<FaultRelay> {
  let faults: LinkFaults = { ...NO_FAULTS, ...initial };
  const { port } = new URL(target);
  const open = new Set<() => void>();
  const count: RelayCount = {
    downs: 0,
    connections: 0,
    cuts: 0,
    bytesUp: 0,
    bytesDown: 0,
    bodyBytesUp: 0,
    bodyCuts: [],
    uploads: [],
  };
  /** One line for everybody: what one connection sends, the others wait for. */
  const line = { up: createLine(), down: createLine() };
  const passedOn = new Map<string, number>();

  const server = createServer({ noDelay: true }, (client) => {
    count.connections += 1;
    const registry = connect({ host: "127.0.0.1", port: Number(port), noDelay: true });
    const body = createBodyWatch(count, passedOn);
    let isCut = false;
    const cut = () => {
      if (isCut) return;
      isCut = true;
      count.cuts += 1;
      client.destroy();
      registry.end(); // what was passed on arrives; nothing more does
    };
    open.add(cut);
    const forget = () => {
      open.delete(cut);
      client.destroy();
      registry.destroy();
    };
    client.on("error", forget).on("close", () => {
      open.delete(cut);
      registry.end();
    });
    registry.on("error", forget);
    // A handshake is one way there and back before the first byte.
    const handshake = wait(faults.roundTripMs);
    void handshake.then(() => {
      void carry(client, "up", async (bytes) => {
        if (isCut) return;
        const limit = faults.cutAfterBodyBytes;
        const taken = limit > 0 ? body.takeUpTo(bytes, limit) : body.take(bytes);
        count.bytesUp += taken.length;
        await write(registry, taken);
        if (taken.length === bytes.length) return;
        body.noteCut();
        cut();
      });
      // What the registry said last still has its way to go before the connection ends.
      void carry(registry, "down", async (bytes) => {
        if (isCut) return;
        count.bytesDown += bytes.length;
        await write(client, bytes);
      }).then(() => client.end());
    });

    async function carry(from: Socket, way: "up" | "down", pass: (bytes: Buffer) => Promise<void>) {
      let packet = 0;
      let held: Buffer | null = null;
      // On its way: what is behind it leaves before it arrives, and arrives after it.
      let flight = Promise.resolve();
      const fly = (bytes: Buffer) => {
        const arrives = performance.now() + faults.roundTripMs / 2;
        flight = flight.then(() => wait(arrives - performance.now())).then(() => pass(bytes));
      };
      for await (const chunk of untilClosed(from)) {
        for (let at = 0; at < chunk.length; at += PACKET) {
          const bytes = chunk.subarray(at, at + PACKET);
          const harm = faults.harm(packet++, way);
          await line[way].carry(bytes.length, faults, random);
          if (harm === "flip") bytes[0] = (bytes[0] ?? 0) ^ 1;
          if (harm === "swap" && !held) {
            held = bytes;
            continue;
          }
          fly(bytes);
          if (harm === "double") fly(bytes);
          if (held) fly(held);
          held = null;
        }
      }
      await flight;
    }
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cutAll = () => {
    if (open.size > 0) count.downs += 1;
    for (const cut of [...open]) cut();
  };
  let cutTimer: NodeJS.Timeout | undefined;
  const plan = () => {
    clearInterval(cutTimer);
    if (faults.cutEveryMs > 0) cutTimer = setInterval(cutAll, faults.cutEveryMs);
  };
  plan();
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    count,
    set: (changed) => {
      faults = { ...faults, ...changed };
      plan();
    },
    cut: cutAll,
    close: async () => {
      clearInterval(cutTimer);
      cutAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Bytes in one direction, one after another at the width of the line; a lost one holds up what is behind it. */
function createLine() {
  let free = 0;
  return {
    carry: async (bytes: number, { bytesPerSecond, roundTripMs, loss }: LinkFaults, random: Random) => {
      const now = performance.now();
      const takes = bytesPerSecond > 0 ? (bytes * 1000) / bytesPerSecond : 0;
      const stall = loss > 0 && random() < loss ? roundTripMs : 0;
      free = Math.max(free, now) + takes + stall;
      const arrives = free - now;
      if (arrives > 0) await wait(arrives);
    },
  };
}

/** Tells the bytes of objects from heads of requests, as HTTP/1.1 with a length has them. */
function createBodyWatch(count: RelayCount, passedOn: Map<string, number>) {
  let head = "";
  let left = 0;
  let wire = "";
  /** The object whose bytes are counted, and how many of them have gone up this connection. */
  let counted = "";
  let sent = 0;
  const step = (bytes: Buffer, limit: number): Buffer => {
    let at = 0;
    while (at < bytes.length) {
      if (left > 0) {
        const isObject = wire !== "";
        const room = isObject && limit > 0 ? Math.max(0, limit - sent) : Number.MAX_SAFE_INTEGER;
        const taken = Math.min(left, bytes.length - at, room);
        at += taken;
        left -= taken;
        if (isObject) {
          sent += taken;
          count.bodyBytesUp += taken;
          passedOn.set(wire, (passedOn.get(wire) ?? 0) + taken);
        }
        if (isObject && limit > 0 && sent >= limit) return bytes.subarray(0, at);
        continue;
      }
      const end = bytes.indexOf("\n", at);
      const upTo = end < 0 ? bytes.length : end + 1;
      head += bytes.subarray(at, upTo).toString("latin1");
      at = upTo;
      if (!head.endsWith("\r\n\r\n")) continue;
      left = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      wire = /^P(?:UT|ATCH) \S*\/objects\/(\S+)/.exec(head)?.[1] ?? "";
      if (wire !== "") {
        const from = Number(/upload-offset: *(\d+)/i.exec(head)?.[1] ?? 0);
        count.uploads.push({ wire, from, passedOn: passedOn.get(wire) ?? 0 });
        passedOn.set(wire, from);
        if (wire !== counted) [counted, sent] = [wire, 0];
      }
      head = "";
    }
    return bytes;
  };
  return {
    take: (bytes: Buffer) => step(bytes, 0),
    takeUpTo: (bytes: Buffer, limit: number) => step(bytes, limit),
    noteCut: () => count.bodyCuts.push({ wire, at: passedOn.get(wire) ?? 0 }),
  };
}

/** What a socket brings until it ends, well or badly: to whoever passes bytes on both are the end. */
async function* untilClosed(socket: Socket): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

function write(socket: Socket, bytes: Buffer): Promise<void> {
  if (socket.destroyed || bytes.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    socket.write(bytes, () => resolve());
  });
}

function wait(ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
}
