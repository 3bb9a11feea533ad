// The registry's doors: what they are made of, and how they close; what goes through them is in tests/rooms/registry.
import { connect as connectTls, type SecureVersion } from "node:tls";
import { generateKeyPairSync } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { retryAfterToMs } from "#shared/sync";
import {
  WORLD,
  type RegistryOptions,
  type RegistryWorld,
  type RunningRegistry,
} from "../../registry/index.ts";
import { STEP_CHANNEL, type AcceptanceStep } from "../../registry/acceptance/steps.ts";
import { aRegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef } from "../support/wire-builders.ts";
import { call, deliver, enrolLaptop, offer, putAll } from "../support/registry-calls.ts";

const FIXTURES = path.join(import.meta.dirname, "../fixtures/tls");
const CERT = path.join(FIXTURES, "cert.pem");
const TLS = { cert: CERT, key: path.join(FIXTURES, "key.pem") };

const clearing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clear of clearing.splice(0).reverse()) await clear();
});

async function aRegistry(
  limits: RegistryWorld["limits"] = {},
  over: Partial<RegistryOptions> = {},
  world: Partial<RegistryWorld> = {},
) {
  const place = await aRegistryPlace();
  clearing.push(() => place.remove());
  const registry = await place.start(over, { limits, ...world });
  clearing.push(() => registry.close());
  return { place, registry, url: registry.url };
}

describe("TLS (rulings 20)", () => {
  test("plain HTTP is refused everywhere but on loopback, and so is a pair of files that is none", async () => {
    const place = await aRegistryPlace();
    clearing.push(() => place.remove());
    const start = (door: RegistryOptions["door"]) => place.start({ door });
    const files = (cert: string, key: string) => start({ host: "127.0.0.1", tls: { cert, key } });
    await expect(start({ host: "0.0.0.0", tls: null })).rejects.toThrow(
      "plain HTTP is for this machine alone: give --tls-cert and --tls-key to listen on 0.0.0.0",
    );
    await expect(start({ host: "::", tls: null })).rejects.toThrow("plain HTTP is for this machine alone");
    await expect(files(TLS.key, TLS.key)).rejects.toThrow(/key\.pem is no certificate/);
    await expect(files(CERT, CERT)).rejects.toThrow(/cert\.pem is no private key/);
    const other = path.join(place.dataDir, "other.pem");
    writeFileSync(other, generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }));
    await expect(files(CERT, other)).rejects.toThrow(/other\.pem is not the key of .*cert\.pem/);
    await expect(files("/nowhere.pem", TLS.key)).rejects.toThrow("/nowhere.pem cannot be read");
  });

  test("a door on every address speaks TLS 1.3, answers there, and turns TLS 1.2 and plain HTTP away", async () => {
    const { registry } = await aRegistry(
      { rate: { perSecond: 0.5, burst: 3 } },
      { door: { host: "0.0.0.0", tls: TLS } },
    );
    expect(registry.url).toMatch(/^https:\/\/0\.0\.0\.0:\d+$/);
    const port = Number(new URL(registry.url).port);
    const ask = (maxVersion: SecureVersion) =>
      new Promise<string>((resolve, reject) => {
        const ca = readFileSync(CERT);
        const socket = connectTls({ host: "127.0.0.1", port, ca, minVersion: "TLSv1.2", maxVersion }, () => {
          socket.write("GET /ert/v1/registry HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
        });
        let answer = "";
        socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
        socket.on("error", reject).on("end", () => {
          resolve(`${String(socket.getProtocol())} ${answer}`);
        });
      });
    expect(await ask("TLSv1.3")).toMatch(/^TLSv1\.3 HTTP\/1\.1 200 OK[\s\S]*"keyset"/);
    await expect(ask("TLSv1.2")).rejects.toThrow(/protocol version/i);
    await expect(fetch(`http://127.0.0.1:${port}/ert/v1/registry`)).rejects.toThrow();
    let answer = await ask("TLSv1.3");
    while (answer.includes("200 OK")) answer = await ask("TLSv1.3");
    expect(answer).toMatch(/^TLSv1\.3 HTTP\/1\.1 429 [\s\S]*retry-after: [12]\b[\s\S]*"rate-limited"/i);
  });
});

describe("stopping", () => {
  test("what is being accepted gets its receipt, what comes then is told to wait, and the receipt stands after the start", async () => {
    let hold: Promise<void> | null = null;
    let release: () => void = () => undefined;
    const { place, registry, url } = await aRegistry(
      {},
      { operatorPort: 0 },
      {
        flush: async (file) => {
          await hold;
          await WORLD.flush(file);
        },
      },
    );
    const laptop = await enrolLaptop(url);
    const ref = aCandidateRef();
    laptop.roster([ref]);
    laptop.sheet(ref);
    const sealed = await laptop.seal();
    await offer(url, sealed);
    hold = new Promise((resolve) => (release = resolve));
    clearing.push(() => release());
    await putAll(url, sealed);
    const areOffered = reaches("manifest verified", 3);
    const waiting = offer(url, sealed); // its receipt waits for the disk
    const again = [offer(url, sealed), offer(url, sealed)];
    await areOffered;
    await expect.poll(() => batchesWaiting(registry)).toBe("1");
    expect(await batchesWaiting(registry)).toBe("1"); // asked for three times, and one batch
    const closing = registry.close();
    let turnedAway = await call(url, "GET", "/registry");
    while (turnedAway.status === 200) turnedAway = await call(url, "GET", "/registry");
    expect(turnedAway.json).toMatchObject({ code: "maintenance", status: 503 });
    expect(retryAfterToMs(turnedAway.headers.get("retry-after"))).toBe(30_000);
    release();
    const answered = await waiting;
    expect(answered.json["state"]).toBe("final");
    for (const one of again) expect((await one).json).toEqual(answered.json);
    await closing;
    const started: RunningRegistry = await place.start();
    clearing.push(() => started.close());
    expect(Buffer.from(await deliver(started.url, sealed)).toString("base64")).toBe(answered.json["receipt"]);
  });
});

async function batchesWaiting({ operatorUrl }: RunningRegistry): Promise<string | undefined> {
  const text = await (await fetch(`${operatorUrl}/metrics`)).text();
  return /^jiangping_batches_waiting (\d+)$/m.exec(text)?.[1];
}

/** From now on, a registry of this process comes to the step for the so-many-th time. */
function reaches(wanted: AcceptanceStep, times: number): Promise<void> {
  let left = times;
  return new Promise((resolve) => {
    const hear = (step: unknown) => {
      if (step === wanted) left -= 1;
      if (left > 0) return;
      unsubscribe(STEP_CHANNEL, hear);
      resolve();
    };
    subscribe(STEP_CHANNEL, hear);
  });
}
