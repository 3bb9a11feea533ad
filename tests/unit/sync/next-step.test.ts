// The sending rules without a network: SPEC.md's numbers, and whatever sequence of events chance can think of.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HashId } from "#shared/base";
import { utf8, type Bytes } from "#shared/base";
import { hashId } from "#shared/crypto";
import {
  backoffMs,
  bytesSent,
  CAP_MS,
  DAY_MS,
  isFinalProblem,
  nextStep,
  PROBLEMS,
  readAnswer,
  renewLock,
  retryAfterToMs,
  startSending,
  takeLock,
  BatchAnswer,
  type Answer,
  type SealedBatch,
  type SendEvent,
  type SendState,
} from "#shared/sync";
import { recordToText, type KeyLookup, type ReceiptRecord } from "#shared/wire";
import { aSigner, publicKeyHex } from "../../support/wire-builders.ts";
import { aReceiptRecord } from "../../support/receipt-builder.ts";

const registry = aSigner(1);
const stranger = aSigner(2);
const device = aSigner(3).kid;
const registryKeys: KeyLookup = (kid) =>
  kid === registry.kid ? { kid, pub: publicKeyHex(registry), roles: ["receipts"] } : undefined;
const wires = [hashId(utf8("one")), hashId(utf8("two"))] as const;
const sealed: SealedBatch = {
  batch: hashId(utf8("manifest")),
  device,
  deviceSeq: 7,
  objects: [
    { wire: wires[0], size: 50, isEvidence: false },
    { wire: wires[1], size: 100, isEvidence: false },
  ],
};

function aReceipt(overrides: Partial<ReceiptRecord> = {}, signer = registry): Bytes {
  return aReceiptRecord(sealed, signer, overrides).record;
}

const reply = (
  body: unknown,
  status = 200,
  contentType = "application/json",
  retryAfter: string | null = null,
  upload: Partial<Answer["upload"]> = {},
): Answer => ({
  status,
  contentType,
  retryAfter,
  upload: { offset: null, length: null, complete: null, ...upload },
  body: utf8(typeof body === "string" ? body : JSON.stringify(body)),
});
const answered = (...args: Parameters<typeof reply>): SendEvent => ({
  kind: "answered",
  answer: reply(...args),
});
const sizeOf = (wire: HashId) => sealed.objects.find((object) => object.wire === wire)?.size ?? 1;
const receiving = (...missing: HashId[]) =>
  answered({
    batch: sealed.batch,
    state: "receiving",
    missing: missing.map((wire) => ({ wire, size: sizeOf(wire), offset: 0 })),
  });
const final = (receipt: Bytes) =>
  answered({ batch: sealed.batch, state: "final", receipt: recordToText(receipt) });
const stored = (wire: HashId) => answered({ wire, size: 1 }, 201);
const problem = (code: string, status: number, retryAfter: string | null = null) =>
  answered({ type: `urn:ert:problem:${code}`, code }, status, "application/problem+json", retryAfter);

function play(events: readonly SendEvent[], now = 1000, from = startSending(sealed)) {
  let next: ReturnType<typeof nextStep> = { state: from, step: { kind: "nothing" } };
  for (const event of events)
    next = nextStep(next.state, event, { now, chance: 0.5, chunk: 30, registryKeys });
  return next;
}

describe("the way of a batch", () => {
  test("asked, it is offered; what is missing is put; it is offered again; the receipt is held", () => {
    const events: SendEvent[] = [
      { kind: "asked" },
      receiving(...wires),
      stored(wires[0]),
      stored(wires[1]),
      final(aReceipt()),
      { kind: "held" },
    ];
    const steps = events.map((_, i) => play(events.slice(0, i + 1)).step.kind);
    expect(steps).toEqual(["offer", "put", "put", "inquire", "hold", "done"]);
  });

  test("a batch the registry already has is done after one offer [SY2]", () => {
    expect(play([{ kind: "asked" }, final(aReceipt())]).step.kind).toBe("hold");
  });

  test("progress counts what was asked for and is stored", () => {
    const { state } = play([{ kind: "asked" }, receiving(...wires), stored(wires[0])]);
    expect(bytesSent(state)).toEqual({ sent: 50, total: 150 });
  });

  test("[SY4] the verified receipt alone does not acknowledge: it must be flushed", () => {
    expect(play([{ kind: "asked" }, final(aReceipt())]).state.phase.at).toBe("holding");
    const notHeld = play([{ kind: "asked" }, final(aReceipt()), { kind: "not-held" }]);
    expect(notHeld.state).toMatchObject({ phase: { at: "waiting" }, trouble: "send.not-held" });
  });

  test("[SY12] `receiving` with nothing missing asks again in a second and is no trouble", () => {
    const { state, step } = play([{ kind: "asked" }, receiving()]);
    expect(step).toEqual({ kind: "wait", until: 2000 });
    expect(state).toMatchObject({ failures: 0, trouble: null });
  });

  test("[SY13] an object that is stored and still called missing is waited for", () => {
    const { state } = play([{ kind: "asked" }, receiving(wires[0]), stored(wires[0]), receiving(wires[0])]);
    expect(state).toMatchObject({ phase: { at: "waiting" }, trouble: "send.still-missing" });
  });
});

describe("[SY6] waiting and stopping", () => {
  const waits: [string, SendEvent, string][] = [
    ["no answer", { kind: "unanswered" }, "send.no-answer"],
    ["a 500", answered("oops", 500, "text/plain"), "send.server-error"],
    ["a 503 problem", problem("busy", 503), "send.server-error"],
    ["a final code behind a 5xx", problem("malformed", 502), "send.server-error"],
    ["HTML", answered("<html>", 200, "text/html"), "send.not-a-registry"],
    ["JSON that is HTML", answered("<html>"), "send.not-a-registry"],
    ["another schema", answered({ status: "ok" }), "send.not-a-registry"],
    [
      "an extra member",
      answered({ batch: sealed.batch, state: "receiving", missing: [], extra: 1 }),
      "send.not-a-registry",
    ],
    ["another batch", answered({ batch: wires[0], state: "receiving", missing: [] }), "send.not-a-registry"],
    ["an object we do not have", receiving(hashId(utf8("what"))), "send.not-a-registry"],
    ["one object twice", receiving(wires[0], wires[0]), "send.not-a-registry"],
    ["a 204", answered("", 204), "send.not-a-registry"],
    ["a 302", answered("", 302, "text/html"), "send.not-a-registry"],
    ["a 403 problem", problem("malformed", 403), "send.not-a-registry"],
    ["a 404 page", answered("<html>", 404, "text/html"), "send.not-a-registry"],
    ["an unknown problem", problem("new-thing", 422), "send.server-error"],
    [
      "a final code that is not a problem document",
      answered({ code: "malformed" }, 400),
      "send.not-a-registry",
    ],
    ["another registry's receipt", final(aReceipt({}, stranger)), "send.receipt-invalid"],
    ["another batch's receipt", final(aReceipt({ batch: wires[0] })), "send.receipt-other-batch"],
    ["another device's receipt", final(aReceipt({ device: stranger.kid })), "send.receipt-other-batch"],
    ["a receipt of another place", final(aReceipt({ deviceSeq: 8 })), "send.receipt-other-batch"],
    ["a record that is no receipt", final(utf8("receipt")), "send.receipt-invalid"],
  ];
  test.each(waits)("%s means wait, never stop and never done", (_name, event, trouble) => {
    const { state, step } = play([{ kind: "asked" }, event]);
    expect(step.kind).toBe("wait");
    expect(state).toMatchObject({ phase: { at: "waiting" }, trouble, failures: 1 });
    expect(trouble).toMatch(/^[a-z]+(?:\.[a-z-]+)+$/);
  });

  test("every final problem parks for a day, or until a person asks [SY9]; a fatal one for ever", () => {
    for (const [code, { status, then }] of Object.entries(PROBLEMS)) {
      const parked = play([{ kind: "asked" }, problem(code, status)]);
      expect([code, parked.step.kind]).toEqual([code, then === "stop" ? "park" : "wait"]);
      if (then === "wait") continue;
      expect(isFinalProblem(code)).toBe(true);
      expect(parked.state.trouble).toBe(`send.refused.${code}`);
      expect(play([{ kind: "woke" }], 1000 + DAY_MS - 1, parked.state).step.kind).toBe("nothing");
      const fatal = code === "wrong-registry" || code === "key-revoked";
      expect(parked.step).toMatchObject({ fatal, until: fatal ? null : 1000 + DAY_MS });
      expect(play([{ kind: "woke" }], 10 ** 12, parked.state).step.kind).toBe(fatal ? "nothing" : "offer");
      expect(play([{ kind: "asked" }], 1000, parked.state).step.kind).toBe("offer");
    }
  });

  test("a wait is not cut short by the timer, but by a person", () => {
    const waiting = play([{ kind: "asked" }, { kind: "unanswered" }]).state;
    expect(play([{ kind: "woke" }], 1001, waiting).step.kind).toBe("nothing");
    expect(play([{ kind: "asked" }], 1001, waiting).step.kind).toBe("offer");
  });
});

describe("[SY8] backoff", () => {
  test("stays inside the window of the n-th failure and never above a quarter of an hour", () => {
    const failures = fc.integer({ min: 0, max: 1000 });
    const chance = fc.double({ min: 0, max: 0.999999, noNaN: true });
    fc.assert(
      fc.property(failures, chance, (n, p) => {
        const ms = backoffMs(n, p, 0);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(Math.min(CAP_MS, 2000 * 2 ** n));
      }),
    );
  });

  test("Retry-After lengthens a wait, up to an hour, and nonsense in it does not", () => {
    expect(backoffMs(0, 0, retryAfterToMs("120"))).toBe(120_000);
    expect(backoffMs(0, 0, retryAfterToMs("999999"))).toBe(3_600_000);
    for (const nonsense of [null, "", "-5", "soon", "1e9", "Wed, 21 Oct 2099 07:28:00 GMT"]) {
      expect(retryAfterToMs(nonsense)).toBe(0);
    }
    const { step } = play([{ kind: "asked" }, problem("busy", 503, "60")]);
    expect(step).toEqual({ kind: "wait", until: 61_000 });
  });

  test("progress resets the count", () => {
    const events: SendEvent[] = [
      { kind: "asked" },
      { kind: "unanswered" },
      { kind: "asked" },
      { kind: "unanswered" },
    ];
    const tired = play(events).state;
    expect(tired.failures).toBe(2);
    expect(play([{ kind: "asked" }, receiving(wires[0])], 1000, tired).state.failures).toBe(0);
  });
});

describe("[SY7] the runner's lock", () => {
  test("is not given twice, runs out, and is not renewed by the one who lost it", () => {
    const first = takeLock(null, 0, 1000, 500);
    if (!first) throw new Error("free");
    expect(takeLock(first, 1, 1499, 500)).toBeUndefined();
    expect(renewLock(first, 1, 1400, 500)).toEqual({ runner: 1, until: 1900 });
    const second = takeLock(first, 1, 1500, 500);
    expect(second).toEqual({ runner: 2, until: 2000 });
    expect(renewLock(second ?? null, 1, 1501, 500)).toBeUndefined();
    expect(renewLock(null, 1, 1501, 500)).toBeUndefined();
  });
});

describe("whatever happens", () => {
  const forged = [
    aReceipt({}, stranger),
    aReceipt({ batch: wires[0] }),
    aReceipt({ device: stranger.kid }),
    aReceipt({ deviceSeq: 1 }),
    aReceipt().slice(0, -1),
    new Uint8Array(),
  ];
  const bitFlip = fc.nat({ max: 8 * aReceipt().length - 1 }).map((bit) => {
    const bytes = aReceipt();
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return bytes;
  });
  const falseReceipt = fc.oneof(fc.constantFrom(...forged), bitFlip);
  const anyAnswer: fc.Arbitrary<SendEvent> = fc
    .record({
      status: fc.constantFrom(200, 200, 201, 204, 301, 400, 401, 404, 409, 422, 429, 500, 503),
      contentType: fc.constantFrom("application/json", "application/problem+json", "text/html", ""),
      retryAfter: fc.option(fc.string(), { nil: null }),
      body: fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.json().map(utf8),
        falseReceipt.map((bytes) =>
          utf8(JSON.stringify({ batch: sealed.batch, state: "final", receipt: recordToText(bytes) })),
        ),
        fc
          .constantFrom(...Object.keys(PROBLEMS))
          .map((code) => utf8(JSON.stringify({ type: `urn:ert:problem:${code}`, code }))),
      ),
    })
    .map((answer) => ({
      kind: "answered",
      answer: { ...answer, upload: { offset: "7", length: null, complete: null } },
    }));
  const withoutReceipt: fc.Arbitrary<SendEvent> = fc.oneof(
    anyAnswer,
    fc.constantFrom<SendEvent>(
      { kind: "asked" },
      { kind: "woke" },
      { kind: "unanswered" },
      { kind: "held" },
      { kind: "not-held" },
      receiving(),
      receiving(wires[0]),
      receiving(...wires),
      stored(wires[0]),
      stored(wires[1]),
    ),
  );

  test("[SY4] no sequence of events without our verified receipt reaches acknowledged, or even holding", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(withoutReceipt, fc.nat(10_000_000)), { maxLength: 40 }), (events) => {
        let state: SendState = startSending(sealed);
        for (const [event, now] of events) {
          ({ state } = nextStep(state, event, { now, chance: 0.3, chunk: 30, registryKeys }));
          expect(["holding", "acknowledged"]).not.toContain(state.phase.at);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("[SY9] from anywhere but acknowledged, a person's asking and true answers lead to the receipt", () => {
    fc.assert(
      fc.property(fc.array(withoutReceipt, { maxLength: 20 }), (events) => {
        const { state } = play(events);
        const asked = play([{ kind: "unanswered" }, { kind: "asked" }], 10 ** 9, state).state;
        // Asked about an object that was on its way, the registry says that it knows none.
        const offered = asked.phase.at === "asking" ? play([answered("", 404)], 10 ** 9, asked).state : asked;
        const idle = play([final(aReceipt()), { kind: "held" }], 10 ** 9, offered);
        expect(idle.state.phase.at).toBe("acknowledged");
      }),
      { numRuns: 500 },
    );
  });

  test("acknowledged is the end: no event leads out of it", () => {
    const { state } = play([{ kind: "asked" }, final(aReceipt()), { kind: "held" }]);
    fc.assert(
      fc.property(withoutReceipt, (event) => {
        expect(play([event], 5, state).state).toEqual(state);
      }),
    );
  });

  test("an answer is read without ever throwing", () => {
    fc.assert(
      fc.property(anyAnswer, (event) => {
        if (event.kind === "answered") readAnswer(event.answer, BatchAnswer);
      }),
    );
  });
});
