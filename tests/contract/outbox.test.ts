// The outbox against the real registry, and against networks that lie: nothing but a receipt that verifies and is ours
// acknowledges a batch (P25, S5).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordToText, type KeyLookup, type ReceiptRecord } from "#shared/wire";
import type { RegistryClient } from "../../electron/desk/index.ts";
import { createRegistryClient, type Fetch, type RegistryTrust } from "../../electron/outbox/index.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { aRegistryPlace, type RegistryPlace } from "../support/registry-store.ts";
import { aBench, until } from "../support/outbox-bench.ts";
import {
  aCandidateRef,
  aSigner,
  publicKeyHex,
  type Laptop,
  type SealedBatchBytes,
} from "../support/wire-builders.ts";
import {
  deliver,
  enrolLaptop,
  enrolRequest,
  keysetOf,
  newCode,
  registryTrust,
} from "../support/registry-calls.ts";
import { someKeys } from "../support/wire-builders.ts";
import { aReceiptRecord } from "../support/receipt-builder.ts";
import { afterMs } from "../support/real-timers.ts";

let place: RegistryPlace;
let registry: RunningRegistry;
let url: string;
let trust: RegistryTrust;

beforeAll(async () => {
  place = await aRegistryPlace();
  registry = await place.start();
  ({ url } = registry);
  trust = await registryTrust(url);
});
afterAll(async () => {
  await registry.close();
  place.remove();
});

async function aSealedDay(): Promise<{ laptop: Laptop; sealed: SealedBatchBytes }> {
  const laptop = await enrolLaptop(url);
  const refs = [aCandidateRef(), aCandidateRef()];
  laptop.roster(refs);
  for (const ref of refs) laptop.sheet(ref);
  return { laptop, sealed: await laptop.seal() };
}

/** One laptop's first and second batch. */
async function twoBatches() {
  const laptop = await enrolLaptop(url);
  const refs = [aCandidateRef(), aCandidateRef()] as const;
  laptop.roster(refs);
  laptop.sheet(refs[0]);
  const bad = await laptop.seal();
  laptop.sealed(bad);
  laptop.sheet(refs[1]);
  return { laptop, bad, good: await laptop.seal() };
}

const json = (body: unknown, status = 200, type = "application/json") =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": type } });

describe("sending", () => {
  test("[SY4] a batch goes out, its receipt is flushed, and only then is it acknowledged", async () => {
    const { laptop, sealed } = await aSealedDay();
    const bench = await aBench(laptop, { url, fetch, trust });
    await bench.seal(sealed);
    bench.outbox.send(sealed.batch);
    await until(() => bench.row(sealed.batch).receipt !== null, "the receipt is held");
    const { receipt, trouble } = bench.row(sealed.batch);
    expect(receipt).toMatchObject({
      verdict: "accepted",
      sheets: { accepted: 2, quarantined: 0, rejected: 0 },
    });
    expect(trouble).toBeNull();
    const [held] = await bench.journal.attachments(receipt?.heldSeq ?? 0);
    expect(held).toEqual(await deliver(url, sealed));
    expect(new Set(bench.progress.map(({ phase }) => phase))).toEqual(
      new Set(["offering", "sending", "awaiting-receipt", "idle"]),
    );
    expect(bench.outbox.progress()).toEqual([]);
  });

  test("[SY3] every retry sends the bytes that were sealed, whatever went wrong in between", async () => {
    const { laptop, sealed } = await aSealedDay();
    const sent = new Map<string, string[]>();
    let calls = 0;
    const flaky: Fetch = async (input, init) => {
      const path = new URL(input as URL).pathname;
      if (!/batches|objects/.test(path) || init?.method === "HEAD") return fetch(input, init);
      if (init?.body instanceof Uint8Array)
        sent.set(path, [...(sent.get(path) ?? []), Buffer.from(init.body).toString("base64")]);
      const answer = await fetch(input, init);
      if (++calls % 2 === 1) throw new TypeError("fetch failed"); // the answer is lost, not the request
      return answer;
    };
    const bench = await aBench(laptop, { url, fetch: flaky, trust });
    await bench.seal(sealed);
    bench.outbox.send(sealed.batch);
    await until(() => {
      bench.passWaits();
      return bench.row(sealed.batch).receipt !== null;
    }, "the receipt is held");
    const sealedBytes = [sealed.record, ...sealed.objects].map((bytes) =>
      Buffer.from(bytes).toString("base64"),
    );
    expect(sent.size).toBe(sealedBytes.length);
    for (const bytes of sent.values()) expect(sealedBytes).toContain([...new Set(bytes)].join("|"));
    expect(Math.max(...[...sent.values()].map((bytes) => bytes.length))).toBeGreaterThan(1);
    expect(bench.row(sealed.batch).receipt?.sheets.accepted).toBe(2);
  });
});

describe("[P25] false acknowledgements", () => {
  const otherReceipt = async (change: (laptop: Laptop) => Partial<ReceiptRecord>) => {
    const { laptop, sealed } = await aSealedDay();
    const impostor = aSigner();
    const receipt = aReceiptRecord(
      { batch: sealed.batch, device: laptop.keys.device.kid, deviceSeq: 1 },
      impostor,
      { sheets: { accepted: 2, quarantined: 0, rejected: 0 }, ...change(laptop) },
    ).record;
    const lookup: KeyLookup = (kid) =>
      kid === impostor.kid ? { kid, pub: publicKeyHex(impostor), roles: ["receipts"] } : trust.keys(kid);
    return { laptop, sealed, receipt, lookup: { ...trust, keys: lookup } };
  };

  const expectNever = async (
    laptop: Laptop,
    sealed: SealedBatchBytes,
    answer: Fetch,
    code: string,
    lookup: RegistryTrust = trust,
  ) => {
    let calls = 0;
    const bench = await aBench(laptop, {
      url,
      fetch: (input, init) => {
        calls++;
        return answer(input, init);
      },
      trust: lookup,
    });
    await bench.seal(sealed);
    bench.outbox.send(sealed.batch);
    for (let tries = 1; tries <= 5; tries++) {
      await until(() => calls >= tries && bench.row(sealed.batch).trouble !== null, `try ${tries}`);
      bench.pass(60 * 60_000);
    }
    const troubles = bench.journal.entries.filter(({ entry }) => entry.body.kind === "send.troubled");
    expect(bench.row(sealed.batch)).toMatchObject({ receipt: null, trouble: { code, final: false } });
    expect(troubles.length).toBe(1); // written when it changes, not at every try
    expect(bench.failures).toEqual([]);
    bench.outbox.close();
  };

  test.each<[string, string, () => Response | Promise<Response>]>([
    [
      "a captive portal's 200",
      "send.not-a-registry",
      () => new Response("<html>Sign in</html>", { headers: { "content-type": "text/html" } }),
    ],
    [
      "a portal that calls its page JSON",
      "send.not-a-registry",
      () => new Response("<html>", { headers: { "content-type": "application/json" } }),
    ],
    ["a 500", "send.server-error", () => json({ error: "oops" }, 500)],
    ["a closed socket", "send.no-answer", () => Promise.reject(new TypeError("fetch failed"))],
    ["a 204", "send.not-a-registry", () => new Response(null, { status: 204 })],
    [
      "a redirect to a sign-in page",
      "send.not-a-registry",
      () => new Response(null, { status: 302, headers: { location: "/login" } }),
    ],
    ["an empty JSON", "send.not-a-registry", () => json({})],
    ["a polite `ok`", "send.not-a-registry", () => json({ ok: true, state: "final" }, 201)],
    [
      "a 401",
      "send.not-a-registry",
      () => json({ type: "urn:ert:problem:malformed", code: "malformed" }, 401, "application/problem+json"),
    ],
    [
      "a problem nobody knows",
      "send.server-error",
      () => json({ type: "urn:ert:problem:new-thing", code: "new-thing" }, 422, "application/problem+json"),
    ],
  ])("%s never acknowledges", async (_name, code, answer) => {
    const { laptop, sealed } = await aSealedDay();
    await expectNever(laptop, sealed, async () => answer(), code);
  });

  test("[SY15] a true receipt for another batch never acknowledges this one", async () => {
    const { laptop, sealed } = await aSealedDay();
    const other = await aSealedDay();
    const receipt = recordToText(await deliver(url, other.sealed));
    const answer = async () => json({ batch: sealed.batch, state: "final", receipt });
    await expectNever(laptop, sealed, answer, "send.receipt-other-batch");
  });

  test("[SY15] a receipt for our batch on another device never acknowledges", async () => {
    const { laptop, sealed, receipt, lookup } = await otherReceipt(() => ({ device: aSigner().kid }));
    const answer = async () => json({ batch: sealed.batch, state: "final", receipt: recordToText(receipt) });
    await expectNever(laptop, sealed, answer, "send.receipt-other-batch", lookup);
  });

  test("[SY15] a receipt signed by a key that is not in the pinned keyset never acknowledges", async () => {
    const { laptop, sealed, receipt } = await otherReceipt(() => ({}));
    const answer = async () => json({ batch: sealed.batch, state: "final", receipt: recordToText(receipt) });
    await expectNever(laptop, sealed, answer, "send.receipt-invalid");
  });
});

describe("waiting, stopping and taking turns", () => {
  test("[SY6] [SY14] a refused batch is parked and shown, and the next one is acknowledged", async () => {
    const { laptop, bad, good } = await twoBatches();
    const picky: Fetch = (input, init) => {
      const isBad = Buffer.from((init?.body ?? []) as Uint8Array).equals(Buffer.from(bad.record));
      const problem = { type: "urn:ert:problem:malformed", code: "malformed" };
      return isBad ? Promise.resolve(json(problem, 400, "application/problem+json")) : fetch(input, init);
    };
    const bench = await aBench(laptop, { url, fetch: picky, trust });
    await bench.seal(bad);
    await bench.seal(good);
    bench.outbox.send(bad.batch);
    bench.outbox.send(good.batch);
    await until(() => bench.row(good.batch).receipt !== null, "the good one is acknowledged");
    expect(bench.row(bad.batch)).toMatchObject({
      receipt: null,
      trouble: { code: "send.refused.malformed", final: true },
    });
  });

  test("[SY14] a batch whose bytes cannot be read goes to the bug log, and the next one is acknowledged", async () => {
    const { laptop, bad, good } = await twoBatches();
    const bench = await aBench(laptop, { url, fetch, trust });
    await bench.seal(bad);
    await bench.seal(good);
    const torn = bench.row(bad.batch).sealedSeq;
    const read = bench.journal.attachments;
    bench.journal.attachments = (seq) =>
      seq === torn ? Promise.reject(new Error("the entry cannot be read")) : read(seq);
    bench.outbox.send(bad.batch);
    bench.outbox.send(good.batch);
    await until(() => bench.row(good.batch).receipt !== null, "the good one is acknowledged");
    expect([bench.reports.length, bench.failures]).toEqual([1, []]);
    expect(bench.row(bad.batch).receipt).toBeNull();
    expect(bench.progress.filter(({ batch }) => batch === bad.batch).at(-1)?.phase).toBe("idle");
    bench.journal.attachments = read;
    bench.outbox.send(bad.batch);
    await until(() => bench.row(bad.batch).receipt !== null, "asked again, it is read again");
  });

  test("[SY16] after a start, what was tried before is sent again by itself, and what never was waits", async () => {
    const { laptop, bad: tried, good: untried } = await twoBatches();
    let isOnline = false;
    const bench = await aBench(laptop, {
      url,
      fetch: (input, init) => (isOnline ? fetch(input, init) : Promise.reject(new TypeError("fetch failed"))),
      trust,
    });
    await bench.seal(tried);
    await bench.seal(untried);
    bench.outbox.send(tried.batch);
    await until(() => bench.row(tried.batch).trouble !== null, "the trouble is written down");
    isOnline = true;
    const outbox = bench.restart();
    outbox.resume();
    expect(outbox.progress().map(({ batch }) => batch)).toEqual([tried.batch]);
    await until(() => bench.row(tried.batch).receipt !== null, "it is acknowledged");
    expect(bench.row(untried.batch)).toMatchObject({ receipt: null, trouble: null });
    expect(bench.row(tried.batch).trouble).toBeNull();
  });

  test("[SY9] [SY16] a refused batch stays parked after a start", async () => {
    const { laptop, sealed } = await aSealedDay();
    const problem = { type: "urn:ert:problem:malformed", code: "malformed" };
    let calls = 0;
    const refusing: Fetch = (input) => {
      if (new URL(input as URL).pathname.endsWith("/batches")) calls++;
      return Promise.resolve(json(problem, 400, "application/problem+json"));
    };
    const bench = await aBench(laptop, { url, fetch: refusing, trust });
    await bench.seal(sealed);
    bench.outbox.send(sealed.batch);
    await until(() => bench.row(sealed.batch).trouble?.final === true, "it is parked");
    const outbox = bench.restart();
    outbox.resume();
    expect(outbox.progress()).toMatchObject([{ batch: sealed.batch, phase: "idle" }]);
    expect(outbox.progress()[0]?.nextTryMs).toBeGreaterThan(23 * 60 * 60_000);
    const tries = calls;
    bench.pass(60 * 60_000);
    expect(calls).toBe(tries);
    bench.pass(24 * 60 * 60_000);
    await until(() => calls > tries, "a day later it is offered again");
  });

  test("a demonstration whose registry moved is sent to the address given to this start", async () => {
    const { laptop, sealed } = await aSealedDay();
    const bench = await aBench(laptop, { url: "http://127.0.0.1:9", givenUrl: url, fetch, trust });
    await bench.seal(sealed);
    bench.outbox.send(sealed.batch);
    await until(() => bench.row(sealed.batch).receipt !== null, "the receipt is held");
  });

  test("[SY7] a runner that hangs is taken over when its lock runs out, and what it brings later counts no more", async () => {
    const { laptop, sealed } = await aSealedDay();
    let release: (answer: Response) => void = () => undefined;
    let calls = 0;
    const hanging: Fetch = (input, init) =>
      ++calls === 1 ? new Promise((resolve) => (release = resolve)) : fetch(input, init);
    const bench = await aBench(laptop, { url, fetch: hanging, trust });
    await bench.seal(sealed);
    bench.outbox.send(sealed.batch);
    await until(() => calls === 1, "the first call");
    bench.outbox.send(sealed.batch);
    bench.pass(30_000);
    expect(calls).toBe(1);
    bench.pass(30_000);
    await until(() => bench.row(sealed.batch).receipt !== null, "the second runner finishes");
    const written = () =>
      bench.journal.entries.filter(({ entry }) => "batch" in entry.body && entry.body.batch === sealed.batch);
    const before = written();
    release(new Response("<html>", { headers: { "content-type": "text/html" } }));
    await keysetOf(url); // whatever came of it came before a call there and back
    expect(written()).toEqual(before);
  });

  test("a receipt that the journal cannot take leaves the batch waiting, and a later try holds it", async () => {
    const { laptop, sealed } = await aSealedDay();
    const bench = await aBench(laptop, { url, fetch, trust });
    await bench.seal(sealed);
    bench.journal.failWith("journal.full");
    bench.outbox.send(sealed.batch);
    await until(() => bench.progress.at(-1)?.phase === "waiting", "it waits");
    expect(bench.row(sealed.batch).receipt).toBeNull();
    bench.journal.failWith(null);
    await until(() => {
      bench.passWaits();
      return bench.row(sealed.batch).receipt !== null;
    }, "the receipt is held");
  });
});

describe("the registry client", () => {
  const client = (over: Fetch = fetch): RegistryClient =>
    createRegistryClient({ fetch: over, timers: { after: afterMs } });

  test("contacts, takes a code, enrols and says why a code was refused", async () => {
    expect(await client().contact(url)).toMatchObject({ ok: true, value: { demo: true } });
    const code = await client().demonstrationCode(url);
    if (!code.ok) throw new Error(code.error.code);
    expect((await client().enrol(url, enrolRequest(code.value, someKeys()))).ok).toBe(true);
    const again = await client().enrol(url, enrolRequest(code.value, someKeys()));
    expect(again).toMatchObject({ error: { code: "enrolment.code-used" } });
    const unknown = await client().enrol(url, enrolRequest("B".repeat(16), someKeys()));
    expect(unknown).toMatchObject({ error: { code: "enrolment.code-unknown" } });
    expect((await newCode(url)).length).toBe(16);
  });

  test("refuses plain HTTP to anywhere but this machine, before a byte is sent", async () => {
    const never: Fetch = () => Promise.reject(new Error("called"));
    for (const far of [
      "http://example.org",
      "http://10.0.0.1:80",
      "ftp://127.0.0.1",
      "http://127.0.0.1.example.org",
      "no url",
    ]) {
      expect(await client(never).contact(far)).toMatchObject({ error: { code: "registry.not-loopback" } });
    }
  });

  test("tells nobody there from somebody else there", async () => {
    const gone: Fetch = () => Promise.reject(new TypeError("fetch failed"));
    expect(await client(gone).contact(url)).toMatchObject({ error: { code: "registry.unreachable" } });
    const portal: Fetch = async () => new Response("<html>", { headers: { "content-type": "text/html" } });
    expect(await client(portal).contact(url)).toMatchObject({ error: { code: "registry.not-a-registry" } });
    const endless: Fetch = async () => json({ keyset: "A".repeat(4 * 1024 * 1024) });
    expect(await client(endless).contact(url)).toMatchObject({ error: { code: "registry.unreachable" } });
  });
});
