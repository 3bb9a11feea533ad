// The outbox and the real registry over a whole acquaintance: evidence that comes later, a registry that was restored, a
// device that was revoked, a batch that poisons nobody else (P6, P18, P24, P27, S7, S9, S10).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRandom, type HashId } from "#shared/base";
import { sealingLock } from "#shared/journal";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { restoreYesterday } from "../rigs/link.ts";
import { aBench, until } from "../support/outbox-bench.ts";
import { aSendingLaptop, randomBytesOf, untilDelivered } from "../support/sending-laptop.ts";
import { enrolLaptop, keysetOf, registryTrust } from "../support/registry-calls.ts";
import { aCandidateRef, type SealedBatchBytes } from "../support/wire-builders.ts";

let place: RegistryPlace;
let registry: RunningRegistry;
const random = createRandom(7);
const LONG_MS = 20_000;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

const problem = (code: string, status: number) =>
  new Response(JSON.stringify({ type: `urn:ert:problem:${code}`, code }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });

describe("[S7] [SY20] evidence", () => {
  test("comes after every score: two batches are receipted before the first photograph goes, and it ends at 0", async () => {
    /** At each call that carries a photograph: are both receipts held? */
    const carried: boolean[] = [];
    const sending = await aSendingLaptop(registry.url, {
      through: (input, init) => {
        const isPhotograph = photographs.some((wire) => (input as URL).href.endsWith(wire));
        if (isPhotograph && ["PUT", "PATCH"].includes(init?.method ?? ""))
          carried.push([first, second].every(({ batch }) => bench.row(batch).receipt !== null));
        return fetch(input, init);
      },
    });
    const first = await sending.seal(1, [randomBytesOf(40_000, random), randomBytesOf(50_000, random)]);
    const second = await sending.seal(1, [randomBytesOf(30_000, random)]);
    const photographs = [first, second]
      .flatMap(({ manifest }) => manifest.objects)
      .flatMap(({ role, wire }) => (role === "evidence" ? wire : []));
    const { bench } = sending;
    expect(bench.row(first.batch).evidenceOwed).toBe(2);
    for (const { batch } of [first, second]) bench.outbox.send(batch);
    await untilDelivered(sending, first.batch, LONG_MS);
    await untilDelivered(sending, second.batch, LONG_MS);
    const order = bench.journal.entries.flatMap(({ entry: { body } }) =>
      body.kind === "receipt.held" || body.kind === "evidence.held"
        ? `${body.kind} ${nameOf(body.batch)}`
        : [],
    );
    expect(order).toEqual(["receipt.held 1", "receipt.held 2", "evidence.held 1", "evidence.held 2"]);
    expect(carried).toEqual([true, true, true]);
    expect(bench.outbox.progress()).toEqual([]);

    function nameOf(batch: HashId) {
      return batch === first.batch ? 1 : 2;
    }
  });

  test("that was still owed at a start is brought by itself", async () => {
    const laptop = await enrolLaptop(registry.url);
    let isDown = true;
    const bench = await aBench(laptop, {
      url: registry.url,
      trust: await registryTrust(registry.url),
      fetch: (input, init) => {
        const isEvidence = evidence.some((wire) => (input as URL).href.includes(wire));
        return isEvidence && isDown ? Promise.reject(new TypeError("fetch failed")) : fetch(input, init);
      },
    });
    laptop.roster([aCandidateRef()]);
    const sealed = await laptop.seal({ evidence: [randomBytesOf(20_000, random)] });
    const evidence = sealed.manifest.objects
      .filter(({ role }) => role === "evidence")
      .map(({ wire }) => wire);
    await bench.seal(sealed);
    bench.outbox.send(sealed.batch);
    await until(() => bench.row(sealed.batch).receipt !== null, "the receipt is held");
    await until(() => bench.row(sealed.batch).trouble?.code === "send.no-answer", "evidence waits");
    expect(bench.row(sealed.batch).evidenceOwed).toBe(1);
    isDown = false;
    const outbox = bench.restart();
    outbox.resume();
    await until(() => bench.row(sealed.batch).evidenceOwed === 0, "nothing is owed");
    outbox.close();
  });
});

describe("[S10] [P27] [SY24] a registry restored from yesterday", () => {
  test("is given exactly what it lost, keeps one row each, and both receipts stay on record", async () => {
    const restored = await restoreYesterday();
    expect(restored).toMatchObject({ again: [3, 4, 5], isExact: true, isOneRow: true, isSame: true });
  });
});

describe("[P18] [SY27] revocation", () => {
  test("[SY23] [S9] a revoked device sends its first batch, hears of it, and stops; sealing is locked", async () => {
    const sending = await aSendingLaptop(registry.url);
    const { bench, laptop } = sending;
    const [first, second] = [await sending.seal(1), await sending.seal(1)];
    await registry.revoke(laptop.keys.device.kid, "lost");
    bench.outbox.contact();
    await until(() => bench.outbox.link().halted === "halt.device-revoked", "it hears of it");
    expect(sealingLock(bench.journal.view)).toBe("device.revoked");
    // What it sealed is not lost: a person may still send it, and the registry sets it aside.
    bench.outbox.send(first.batch);
    await until(() => bench.row(first.batch).receipt !== null, "it is set aside");
    expect(bench.row(first.batch).receipt?.verdict).toBe("quarantined");
    expect(bench.row(second.batch).receipt).toBeNull();
    bench.outbox.close();
  });

  test("a device on nobody's list goes on, and keeps the list it has seen", async () => {
    const sending = await aSendingLaptop(registry.url);
    const { bench } = sending;
    bench.outbox.contact();
    await until(() => bench.outbox.link().contact !== null && !bench.outbox.link().isContacting, "a contact");
    expect(bench.journal.view.read("registry", "only")?.revocations.length).toBeGreaterThan(0);
    expect(sealingLock(bench.journal.view)).toBeNull();
    const { batch } = await sending.seal(1);
    bench.outbox.send(batch);
    await untilDelivered(sending, batch, LONG_MS);
    expect(bench.row(batch).receipt?.verdict).toBe("accepted");
  });
});

describe("[P24] [SY22] one that poisons", () => {
  test("of five batches, four are acknowledged and one is parked with its reason", async () => {
    const laptop = await enrolLaptop(registry.url);
    const sealed: SealedBatchBytes[] = [];
    let poison: Uint8Array | null = null;
    const bench = await aBench(laptop, {
      url: registry.url,
      trust: await registryTrust(registry.url),
      fetch: (input, init) => {
        const isPoison = poison && Buffer.from((init?.body ?? []) as Uint8Array).equals(Buffer.from(poison));
        return isPoison ? Promise.resolve(problem("internal", 500)) : fetch(input, init);
      },
    });
    for (let n = 0; n < 5; n++) {
      laptop.roster([aCandidateRef()]);
      const one = await laptop.seal();
      laptop.sealed(one);
      await bench.seal(one);
      sealed.push(one);
    }
    const [, bad] = sealed;
    poison = bad?.record ?? null;
    for (const { batch } of sealed) bench.outbox.send(batch);
    await until(() => {
      bench.skipWaits();
      return sealed.every((one) => one === bad || bench.row(one.batch).receipt !== null);
    }, "the others are acknowledged");
    await until(() => {
      bench.skipWaits();
      return bad !== undefined && bench.row(bad.batch).trouble?.final === true;
    }, "the tenth time parks it");
    expect(bad && bench.row(bad.batch)).toMatchObject({
      receipt: null,
      trouble: { code: "send.refused-often" },
    });
  });

  test("[SY23] another registry stops everything after the first", async () => {
    const laptop = await enrolLaptop(registry.url);
    let offers = 0;
    const bench = await aBench(laptop, {
      url: registry.url,
      trust: await registryTrust(registry.url),
      fetch: (input, init) => {
        if (!(input as URL).href.endsWith("/batches")) return fetch(input, init);
        offers += 1;
        return Promise.resolve(problem("wrong-registry", 421));
      },
    });
    const sealed: SealedBatchBytes[] = [];
    for (let n = 0; n < 3; n++) {
      laptop.roster([aCandidateRef()]);
      const one = await laptop.seal();
      laptop.sealed(one);
      await bench.seal(one);
      sealed.push(one);
    }
    for (const { batch } of sealed) bench.outbox.send(batch);
    await until(() => bench.outbox.link().halted === "halt.wrong-registry", "it stops");
    expect(offers).toBe(1);
    bench.pass(2 * 24 * 60 * 60_000);
    await keysetOf(registry.url); // whatever was to go has gone before a call there and back
    expect(offers).toBe(1);
  });
});
