// [P25] [T10] [S5] Nothing but a valid receipt acknowledges: forty shapes of answers, to every call a batch makes.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TrustedKey } from "#shared/wire";
import type { RegistryTrust } from "../../electron/outbox/index.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { FALSE_ANSWERS, type About } from "../support/false-answers.ts";
import { aBench, until } from "../support/outbox-bench.ts";
import { aCandidateRef, aSigner, publicKeyHex } from "../support/wire-builders.ts";
import { deliver, enrolLaptop, registryTrust } from "../support/registry-calls.ts";

let place: RegistryPlace;
let registry: RunningRegistry;
let about: About;
let trust: RegistryTrust;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
  const real = await registryTrust(registry.url);
  const wrongRole = aSigner(78);
  const permits: TrustedKey = { kid: wrongRole.kid, pub: publicKeyHex(wrongRole), roles: ["permits"] };
  trust = { ...real, keys: (kid) => (kid === wrongRole.kid ? permits : real.keys(kid)) };
  const laptop = await enrolLaptop(registry.url);
  laptop.roster([aCandidateRef()]);
  const other = await laptop.seal();
  const otherReceipt = await deliver(registry.url, other);
  laptop.sealed(other);
  laptop.sheet(aCandidateRef());
  about = { laptop, sealed: await laptop.seal(), otherReceipt, wrongRole };
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

test("there are forty of them", () => {
  expect(Object.keys(FALSE_ANSWERS)).toHaveLength(40);
});

test.each(Object.entries(FALSE_ANSWERS))(
  "%s acknowledges nothing, at offer, upload and question",
  async (_name, answer) => {
    for (const part of ["/batches", "/objects"]) {
      let lies = 0;
      const bench = await aBench(about.laptop, {
        url: registry.url,
        trust,
        fetch: (input, init) => {
          const { pathname } = new URL(input as URL);
          if (!pathname.includes(part)) return fetch(input, init);
          lies += 1;
          return Promise.resolve(answer(about));
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
      expect(bench.row(about.sealed.batch)).toMatchObject({ receipt: null, trouble: { final: false } });
      expect([bench.failures, bench.reports]).toEqual([[], []]);
      bench.outbox.close();
    }
  },
);
