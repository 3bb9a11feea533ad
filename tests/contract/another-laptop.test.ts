// A laptop that goes on with another's work, as the registry sees it: one chain of signed records over two devices.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef, someKeys, type Laptop } from "../support/wire-builders.ts";
import {
  call,
  deliver,
  enrolLaptop,
  enrolRequest,
  newCode,
  verifiedReceipt,
} from "../support/registry-calls.ts";

let place: RegistryPlace;
let registry: RunningRegistry;
let url: string;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
  ({ url } = registry);
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

/** A laptop under new keys that holds what `former` held: records, chains, and what was not sent yet. */
async function goOn(former: Laptop): Promise<Laptop> {
  const next = await enrolLaptop(url, someKeys(), null, former.keys.device.kid);
  Object.assign(next, {
    sitting: former.sitting,
    seq: former.seq,
    head: former.head,
    lastBatch: former.lastBatch,
    signed: [...former.signed],
    deviceSeq: 0,
  });
  return next;
}

async function aLaptop(candidates: number) {
  const laptop = await enrolLaptop(url);
  const refs = Array.from({ length: candidates }, aCandidateRef);
  laptop.roster(refs);
  return { laptop, refs };
}

async function verdictOf(receipt: Uint8Array) {
  const { verdict, sheets, notes } = (await verifiedReceipt(url, new Uint8Array(receipt))).value;
  return { verdict, accepted: sheets.accepted, notes: notes.map(({ code }) => code) };
}

test("[S14] what the former laptop signed and never sealed is accepted under the new one's key, beside new sheets", async () => {
  const { laptop, refs } = await aLaptop(2);
  laptop.sheet(refs[0]!);
  const next = await goOn(laptop);
  next.sheet(refs[1]!);
  expect(await verdictOf(await deliver(url, await next.seal()))).toEqual({
    verdict: "accepted",
    accepted: 2,
    notes: [],
  });
});

test("[S14] a batch the former laptop sealed and never sent is accepted as it is, before or after the next one", async () => {
  const { laptop, refs } = await aLaptop(2);
  laptop.sheet(refs[0]!);
  const left = await laptop.seal();
  laptop.sealed(left);
  const next = await goOn(laptop);
  next.sheet(refs[1]!);
  const later = await next.seal();
  // Out of order the roster is not known yet: the sheet is kept and named, the roster's own batch still counts.
  expect((await verdictOf(await deliver(url, left))).notes).toEqual([]);
  expect(await verdictOf(await deliver(url, later))).toEqual({ verdict: "accepted", accepted: 1, notes: [] });
});

test("[T16] what the former laptop seals after it was replaced is kept and named, and counts for nothing", async () => {
  const { laptop, refs } = await aLaptop(2);
  laptop.sheet(refs[0]!);
  const next = await goOn(laptop);
  await deliver(url, await next.seal());
  laptop.sheet(refs[1]!);
  expect(await verdictOf(await deliver(url, await laptop.seal()))).toEqual({
    verdict: "quarantined",
    accepted: 0,
    notes: ["device-replaced"],
  });
});

test("[T16] a device is continued once, by one of its own institution, and never by itself", async () => {
  const { laptop } = await aLaptop(1);
  const former = laptop.keys.device.kid;
  await goOn(laptop);
  const second = await call(url, "POST", "/enrolments", enrolRequest(await newCode(url), someKeys(), former));
  expect(second.json["code"]).toBe("key-refused");
  const unknown = await call(
    url,
    "POST",
    "/enrolments",
    enrolRequest(await newCode(url), someKeys(), someKeys().device.kid),
  );
  expect(unknown.json["code"]).toBe("device-unknown");
});

test("[P16] without being named its successor, a laptop cannot hand in another one's sheets", async () => {
  const { laptop, refs } = await aLaptop(1);
  laptop.sheet(refs[0]!);
  const stranger = await enrolLaptop(url);
  Object.assign(stranger, { sitting: laptop.sitting, signed: [...laptop.signed] });
  Object.assign(stranger, { seq: laptop.seq, head: laptop.head });
  const verdict = await verdictOf(await deliver(url, await stranger.seal()));
  expect(verdict.accepted).toBe(0);
});
