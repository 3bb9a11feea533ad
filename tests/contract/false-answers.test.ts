// [P25] [T10] [S5] Nothing but a valid receipt acknowledges: forty shapes of answers, to every call a batch makes.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RegistryTrust } from "../../electron/outbox/index.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, keysOf, type RegistryPlace } from "../support/registry-store.ts";
import { FALSE_ANSWERS, TRUE_ANSWER, type About } from "../support/false-answers.ts";
import { aBench, until } from "../support/outbox-bench.ts";
import { aCandidateRef } from "../support/wire-builders.ts";
import { deliver, enrolLaptop, registryTrust } from "../support/registry-calls.ts";

let place: RegistryPlace;
let registry: RunningRegistry;
let about: About;
let trust: RegistryTrust;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
  trust = await registryTrust(registry.url);
  const laptop = await enrolLaptop(registry.url);
  laptop.roster([aCandidateRef()]);
  const other = await laptop.seal();
  const otherReceipt = await deliver(registry.url, other);
  laptop.sealed(other);
  laptop.sheet(aCandidateRef());
  about = { laptop, sealed: await laptop.seal(), otherReceipt, registry: await keysOf(place) };
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

test("there are forty of them", () => {
  expect(new Set(FALSE_ANSWERS.map(({ name }) => name)).size).toBe(40);
});

test("the receipt that some of them are made of acknowledges, when nothing else is wrong", async () => {
  const bench = await aBench(about.laptop, {
    ...{ url: registry.url, trust },
    fetch: (input, init) =>
      new URL(input as URL).pathname.endsWith("/batches")
        ? Promise.resolve(TRUE_ANSWER(about))
        : fetch(input, init),
  });
  await bench.seal(about.sealed);
  bench.outbox.send(about.sealed.batch);
  await until(() => bench.row(about.sealed.batch).receipt !== null, "it is acknowledged");
  bench.outbox.close();
});

test.each(FALSE_ANSWERS)(
  "$name acknowledges nothing, at offer, upload and question, and is refused for what it is",
  async ({ because, tell }) => {
    for (const part of ["/batches", "/objects"]) {
      let lies = 0;
      const bench = await aBench(about.laptop, {
        url: registry.url,
        trust,
        fetch: (input, init) => {
          const { pathname } = new URL(input as URL);
          if (!pathname.includes(part)) return fetch(input, init);
          lies += 1;
          return Promise.resolve(tell(about));
        },
      });
      await bench.seal(about.sealed);
      bench.outbox.send(about.sealed.batch);
      for (let tries = 1; tries <= 2; tries++) {
        await until(
          () => lies >= tries && bench.row(about.sealed.batch).trouble !== null,
          `lie ${String(tries)}`,
        );
        bench.pass(60 * 60_000);
      }
      const { receipt, trouble } = bench.row(about.sealed.batch);
      expect([receipt, trouble?.final]).toEqual([null, false]);
      if (part === "/batches") expect(trouble?.code).toBe(because);
      expect([bench.failures, bench.reports]).toEqual([[], []]);
      bench.outbox.close();
    }
  },
);
