// What stands in front of every route, before a real server on a real socket: who has to wait and for how long, who is cut,
// and what a stop waits for. The routes behind it are stand-ins; that the registry has this guard is in the contract.
import { scrypt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import Fastify from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { utf8 } from "#shared/base";
import { BatchAnswer, readAnswer, retryAfterToMs } from "#shared/sync";
import { acceptRawBodies, StreamedBody } from "../../../registry/routes/body.ts";
import { createBuckets } from "../../../registry/routes/buckets.ts";
import { LOOPBACK, openDoor } from "../../../registry/routes/door.ts";
import { createGuard } from "../../../registry/routes/guard.ts";
import { limitsFor, type ServerLimits } from "../../../registry/routes/limits.ts";

const clearing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clear of clearing.splice(0).reverse()) await clear();
});

const hashed = promisify<string, string, number, Buffer>(scrypt);
const RECORD = { "content-type": "application/vnd.ert.record" };

async function aServer(changed: Partial<ServerLimits> = {}) {
  const limits = limitsFor("127.0.0.1", changed);
  const dataDir = mkdtempSync(path.join(tmpdir(), "registry-guard-"));
  const guard = createGuard({ limits, dataDir, monotonic: () => performance.now() });
  const door = openDoor(LOOPBACK, limits, () => undefined);
  const server = Fastify({
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
    serverFactory: (handler) => door.listener(handler),
  });
  guard.attach(server);
  acceptRawBodies(server);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  server.get("/quick", () => "here");
  server.get("/large", () => Buffer.alloc(64 * 1024 * 1024));
  server.post("/queries", { config: { stores: false } }, () => "taken");
  server.post("/batches", { config: { stores: true } }, () => "stored");
  server.post("/bundles", { config: { stores: true, spools: true } }, () => "read");
  let heard = 0;
  server.put("/objects", { config: { stores: true } }, async ({ body }) => {
    if (body instanceof StreamedBody) for await (const chunk of body.chunks()) heard += chunk.length;
    return "whole";
  });
  server.get("/held", async () => {
    await held;
    return "done";
  });
  const url = await server.listen({ port: 0, host: "127.0.0.1" });
  clearing.push(async () => {
    guard.close();
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const get = (route: string) => fetch(`${url}${route}`);
  const post = (route: string, bytes: number) =>
    fetch(`${url}${route}`, { method: "POST", headers: RECORD, body: new Uint8Array(bytes) });
  return { url, guard, server, release, get, post, heard: () => heard };
}

describe("too much, too fast", () => {
  test("an address that comes too often is told how long to wait, and a laptop takes that for no more than a wait [SY6]", async () => {
    const { get } = await aServer({ rate: { perSecond: 0.5, burst: 3 } });
    const replies = [];
    for (let i = 0; i < 4; i++) replies.push(await get("/quick"));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const [last] = replies.slice(-1);
    if (!last) throw new Error("four replies");
    const retryAfter = last.headers.get("retry-after");
    expect(retryAfterToMs(retryAfter)).toBeGreaterThan(0);
    expect(retryAfterToMs(retryAfter)).toBeLessThanOrEqual(2_000);
    const answer = {
      ...{ status: last.status, contentType: last.headers.get("content-type") ?? "", retryAfter },
      upload: { offset: null, length: null, complete: null },
      body: utf8(await last.text()),
    };
    expect(readAnswer(answer, BatchAnswer)).toMatchObject({ kind: "wait", problem: "rate-limited" });
  });

  test("a bucket fills up with time, and one address does not empty another's", () => {
    let now = 0;
    const buckets = createBuckets({ perSecond: 2, burst: 2 }, () => now);
    expect([buckets.take("a"), buckets.take("a"), buckets.take("a")]).toEqual([0, 0, 500]);
    expect(buckets.take("b")).toBe(0);
    now = 500;
    expect([buckets.take("a"), buckets.take("a")]).toEqual([0, 500]);
  });

  test("bodies that do not fit into memory beside those that are there wait; when those are gone they do not", async () => {
    const { url, guard, post } = await aServer({ bodyBytes: 100_000 });
    const holding = await aRawSocket(url);
    holding.write(`${head("/queries", 60_000)}some`);
    await until(() => guard.load().bodyBytes === 60_000);
    const refused = await post("/queries", 50_000);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await refused.json()).toMatchObject({ code: "busy", batch: null });
    expect((await post("/queries", 30_000)).status).toBe(200);
    holding.destroy();
    await until(() => guard.load().requests === 0);
    expect((await post("/queries", 50_000)).status).toBe(200);
  });

  test("a body that does not say its length counts as the most it may be", async () => {
    const { url, guard } = await aServer();
    const socket = await aRawSocket(url);
    socket.write(
      "POST /queries HTTP/1.1\r\nhost: x\r\ncontent-type: application/vnd.ert.record\r\ntransfer-encoding: chunked\r\n\r\n",
    );
    await until(() => guard.load().bodyBytes === 64 * 1024);
  });

  test("more requests at one time than the registry works on wait", async () => {
    const { get, release, guard } = await aServer({ requests: 2 });
    const working = [get("/held"), get("/held")];
    await until(() => guard.load().requests === 2);
    expect((await get("/quick")).status).toBe(503);
    release();
    for (const one of working) expect((await one).status).toBe(200);
    expect((await get("/quick")).status).toBe(200);
  });

  test("a disk that is almost full takes nothing new and answers everything else", async () => {
    const { get, post } = await aServer({ freeBytes: Number.MAX_SAFE_INTEGER });
    const refused = await post("/batches", 10);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([507, "900"]);
    expect(await refused.json()).toMatchObject({ code: "storage-full" });
    expect((await get("/quick")).status).toBe(200);
    expect((await post("/queries", 10)).status).toBe(200);
    expect((await post("/nowhere", 10)).status).toBe(404);
  });

  test("what had come of an object when its connection broke is not lost at the door [SY17]", async () => {
    const { url, guard, heard } = await aServer();
    const socket = await aRawSocket(url);
    const put = head("/objects", 60_000).replace("POST", "PUT").replace("vnd.ert.record", "octet-stream");
    // Whatever has to ask the disk has to wait for these.
    const busy = Array.from({ length: 8 }, () => hashed("x", "y", 32));
    socket.end(`${put}${"x".repeat(5_000)}`);
    await Promise.all(busy);
    await until(() => guard.load().requests === 0);
    expect(heard()).toBe(5_000);
  });

  test("more bundles at one time than may lie on the disk wait, and nothing else does", async () => {
    const { url, guard, post } = await aServer({ bundles: 1 });
    const holding = await aRawSocket(url);
    holding.write(`${head("/bundles", 60_000)}some`);
    await until(() => guard.load().requests === 1);
    const refused = await post("/bundles", 10);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "15"]);
    expect((await post("/batches", 10)).status).toBe(200);
  });

  test("a route that takes something and does not say whether it stores it is no route", () => {
    const guard = createGuard({ limits: limitsFor("127.0.0.1", {}), dataDir: tmpdir(), monotonic: () => 0 });
    clearing.push(() => guard.close());
    const server = Fastify();
    guard.attach(server);
    expect(() => server.post("/unsaid", () => "")).toThrow(/POST \/unsaid says whether it stores/);
    expect(() => server.get("/read", () => "")).not.toThrow();
  });
});

describe("slow clients are cut, and leave nothing behind", () => {
  const SHORT = { headMs: 200, graceMs: 200 };

  test.each([
    ["says nothing at all", ""],
    ["never ends the head of its request", "GET /quick HTTP/1.1\r\nhost: x\r\nx-slow: "],
    ["trickles its body", head("/queries", 60_000)],
  ])("one that %s", async (_name, first) => {
    const { url, get, guard } = await aServer({ ...SHORT, minBytesPerSecond: 1_000 });
    const socket = await aRawSocket(url);
    if (first !== "") socket.write(first);
    const trickle = setInterval(() => first !== "" && socket.write("a"), 50);
    await closed(socket);
    clearInterval(trickle);
    await until(() => guard.load().requests === 0);
    expect((await get("/quick")).status).toBe(200);
  });

  test.each([
    ["nothing of what it asked for", 0],
    ["a little of it now and then", 100],
  ])("one that reads %s", async (_name, sip) => {
    const { url, get, guard } = await aServer({ ...SHORT, minBytesPerSecond: 1024 * 1024 });
    const socket = await aRawSocket(url);
    socket.pause();
    socket.write("GET /large HTTP/1.1\r\nhost: x\r\n\r\n");
    await until(() => guard.load().requests === 1);
    const sipping = setInterval(() => {
      if (sip > 0) socket.read(sip);
    }, 20);
    await until(() => guard.load().requests === 0);
    clearInterval(sipping);
    expect((await get("/quick")).status).toBe(200);
  });

  test("one that asks and asks before there is an answer", async () => {
    const { url, get, guard } = await aServer();
    const socket = await aRawSocket(url);
    socket.write("GET /held HTTP/1.1\r\nhost: x\r\n\r\n".repeat(100));
    await closed(socket);
    await until(() => guard.load().requests === 0);
    expect((await get("/quick")).status).toBe(200);
  });

  test("and one that is as slow as the worst link we send over is not", async () => {
    const { url } = await aServer(SHORT);
    const socket = await aRawSocket(url);
    socket.write(head("/queries", 1_000, "connection: close\r\n"));
    let answer = "";
    socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
    for (let at = 0; at < 1_000; at += 100) {
      socket.write("x".repeat(100));
      await new Promise((resolve) => setTimeout(resolve, 50)); // 2,000 bytes a second
    }
    await closed(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200[\s\S]*taken/);
  });

  test("nor is one whose answer takes the registry long", async () => {
    const { get, release } = await aServer({ ...SHORT, minBytesPerSecond: 1_000 });
    const asked = get("/held");
    await new Promise((resolve) => setTimeout(resolve, 600));
    release();
    expect(await (await asked).text()).toBe("done");
  });
});

describe("stopping", () => {
  test("a stop waits for what is worked on, refuses what comes, and does not wait for a body that is still coming", async () => {
    const { url, get, guard, release } = await aServer();
    const [working, sending] = [get("/held"), await aRawSocket(url)];
    sending.write(`${head("/queries", 60_000)}some`);
    await until(() => guard.load().requests === 2);
    let isDrained = false;
    const drained = guard.drain().then(() => (isDrained = true));
    const turnedAway = await get("/quick");
    expect([turnedAway.status, turnedAway.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(await turnedAway.json()).toMatchObject({ code: "maintenance" });
    expect(isDrained).toBe(false);
    release();
    expect(await (await working).text()).toBe("done");
    await drained;
  });

  test("a stop does not wait for ever", async () => {
    const { get, guard, release } = await aServer({ drainMs: 100 });
    const working = get("/held");
    await until(() => guard.load().requests === 1);
    await guard.drain();
    release();
    await working;
  });
});

function head(route: string, length: number, more = ""): string {
  return `POST ${route} HTTP/1.1\r\nhost: x\r\n${more}content-type: application/vnd.ert.record\r\ncontent-length: ${length}\r\n\r\n`;
}

function aRawSocket(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => undefined); // a reset is a way of being cut
  clearing.push(() => {
    socket.destroy();
  });
  return new Promise((resolve) =>
    socket.once("connect", () => {
      resolve(socket);
    }),
  );
}

function closed(socket: Socket): Promise<void> {
  socket.on("data", () => undefined);
  if (socket.closed) return Promise.resolve();
  return new Promise((resolve) =>
    socket.once("close", () => {
      resolve();
    }),
  );
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
