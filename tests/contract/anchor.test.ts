// From stored to proven, and what a laptop does with a log that was changed (P13, T12, T13): the real outbox against the real
// registry, which is restored from yesterday under its feet.
import { cpSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { utf8ToText } from "#shared/base";
import { ONLY } from "#shared/journal";
import { verifyLogProof, originOf } from "#shared/wire";
import type { RunningRegistry } from "../../registry/index.ts";
import { until } from "../support/outbox-bench.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aSendingLaptop, type SendingLaptop } from "../support/sending-laptop.ts";
import { keysetOf, receiptOf } from "../support/registry-calls.ts";

let place: RegistryPlace;
let registry: RunningRegistry;
let port: number;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
  port = Number(new URL(registry.url).port);
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

async function aDelivered(sending: SendingLaptop) {
  const sealed = await sending.seal(1);
  sending.bench.outbox.send(sealed.batch);
  await until(() => sending.bench.row(sealed.batch).receipt !== null, "a receipt");
  return sealed;
}

/** Lets time go by until it is so; nobody asks. */
async function inTime({ bench }: SendingLaptop, isSo: () => boolean, what: string): Promise<void> {
  await until(() => {
    if (isSo()) return true;
    bench.pass(200);
    return false;
  }, what);
}

const registryRow = ({ bench }: SendingLaptop) => bench.journal.view.read("registry", ONLY);
const checkpointOf = ({ bench }: SendingLaptop) => bench.journal.view.read("chain", ONLY)?.checkpoint;

/** Asks until the last contact has come to something. */
async function contact(sending: SendingLaptop, isSo: () => boolean, what: string): Promise<void> {
  sending.bench.outbox.contact();
  await inTime(sending, isSo, what);
}

describe("[SY29] [SY30] a batch with a receipt", () => {
  test("is proven by itself a moment later, and the laptop keeps the newest checkpoint", async () => {
    const asked: string[] = [];
    const sending = await aSendingLaptop(registry.url, {
      through: (input, init) => {
        asked.push(new URL(input as URL).pathname);
        return fetch(input, init);
      },
    });
    const { bench } = sending;
    const first = await aDelivered(sending);
    expect(bench.row(first.batch).anchored).toBeNull();
    await inTime(sending, () => bench.row(first.batch).anchored !== null, "it is proven");
    const { anchored } = bench.row(first.batch);
    const [proof] = await bench.journal.attachments(anchored?.heldSeq ?? 0);
    const receipt = await receiptOf(registry.url, first);
    const { pub } = (await keysetOf(registry.url)).value.keys.find(({ role }) => role === "log") ?? {};
    const key = new Uint8Array(Buffer.from(pub ?? "", "hex"));
    expect(verifyLogProof(proof ?? new Uint8Array(), receipt.leaf, receipt.log, key)).toMatchObject({
      ok: true,
      value: { index: anchored?.index },
    });
    const before = checkpointOf(sending);
    const second = await aDelivered(sending);
    await inTime(sending, () => bench.row(second.batch).anchored !== null, "the second too");
    expect(checkpointOf(sending)?.size).toBeGreaterThan(before?.size ?? 0);
    expect(registryRow(sending)?.dispute ?? null).toBeNull();
    expect(asked.filter((path) => path.endsWith("/proof"))).not.toEqual([]);
    // After a start, and at the next contact, neither is asked about again.
    const outbox = bench.restart();
    asked.length = 0;
    outbox.resume();
    outbox.contact();
    await until(() => {
      bench.pass(1_000);
      const { contact: last, isContacting } = outbox.link();
      return last !== null && !isContacting;
    }, "a contact after the start");
    outbox.close();
    expect(asked).not.toEqual([]);
    expect(asked.filter((path) => path.includes("/batches"))).toEqual([]);
    expect(bench.failures).toEqual([]);
  });

  test("is not proven by a proof of another batch, and says why", async () => {
    const sending = await aSendingLaptop(registry.url);
    const other = await aDelivered(sending);
    await inTime(sending, () => sending.bench.row(other.batch).anchored !== null, "it is proven");
    const lied = await aSendingLaptop(registry.url, {
      through: (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        if (url.pathname.endsWith("/proof")) url.pathname = `/ert/v1/batches/${other.batch}/proof`;
        if (url.pathname.endsWith("/proof")) url.search = "";
        return fetch(url, init);
      },
    });
    const { batch } = await aDelivered(lied);
    const trouble = () => lied.bench.outbox.link().trouble;
    await inTime(lied, () => trouble() === "anchor.invalid", "it says why");
    expect(lied.bench.row(batch).anchored).toBeNull();
    lied.bench.outbox.close();
  });
});

describe("[T12] [T13] [SY31] a log that was changed", () => {
  test("is noticed at the next contact, kept as evidence, and nothing of it is believed", async () => {
    const yesterday = `${place.dataDir}-yesterday`;
    const sending = await aSendingLaptop(registry.url);
    const { bench } = sending;
    await registry.close();
    cpSync(place.dataDir, yesterday, { recursive: true });
    registry = await place.start({ port });
    const sealed = await aDelivered(sending);
    await inTime(sending, () => bench.row(sealed.batch).anchored !== null, "it is proven");
    const seen = checkpointOf(sending);

    // Somebody puts yesterday back, checkpoint and all, and hopes that nobody looks.
    await registry.close();
    rmSync(place.dataDir, { recursive: true });
    cpSync(yesterday, place.dataDir, { recursive: true });
    registry = await place.start({ port });
    const other = await aSendingLaptop(registry.url);
    await contact(sending, () => (registryRow(sending)?.dispute ?? null) !== null, "it notices");
    const dispute = registryRow(sending)?.dispute;
    expect(dispute).toMatchObject({ kept: seen?.size, log: seen?.log, mended: false });
    const files = await bench.journal.attachments(dispute?.heldSeq ?? 0);
    expect(files.slice(0, 2).map((note) => originOf(note))).toEqual([seen?.log, seen?.log]);
    expect(utf8ToText(files[0] ?? new Uint8Array())).not.toBe(utf8ToText(files[1] ?? new Uint8Array()));
    expect(checkpointOf(sending)).toEqual(seen);

    // The log grows again past what was seen, with other entries: two trees, both signed.
    for (let n = 0; n < 3; n++) await aDelivered(other);
    await contact(
      sending,
      () => registryRow(sending)?.dispute?.code === "checkpoint.split-view",
      "it notices that too",
    );
    expect(checkpointOf(sending)).toEqual(seen);
    expect(bench.outbox.link().trouble).toBe("checkpoint.split-view");
    // What it lost was given to it again, and has a receipt: only it is not called proven.
    await inTime(sending, () => (bench.row(sealed.batch).receipt?.renewed ?? 0) > 0, "it was sent again");
    expect(bench.row(sealed.batch).anchored).toBeNull();
    expect(bench.failures).toEqual([]);
    rmSync(yesterday, { recursive: true });
    bench.outbox.close();
    other.bench.outbox.close();
  });
});
