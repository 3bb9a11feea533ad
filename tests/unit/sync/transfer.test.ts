// Objects on a link that breaks: what the registry has decides what is carried next, and evidence comes behind scores.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InstantMs, utf8, type Bytes, type HashId } from "#shared/base";
import { hashId } from "#shared/crypto";
import {
  bytesSent,
  DAY_MS,
  FIRST_CHUNK,
  FIRST_PACE,
  haltIn,
  isEvidenceLeft,
  MAX_CHUNK,
  nextPace,
  nextStep,
  parkedForMs,
  startSending,
  type Answer,
  type Next,
  type Pace,
  type SealedBatch,
  type SendEvent,
  type SendState,
} from "#shared/sync";
import { recordToText, signRecord, type KeyLookup } from "#shared/wire";
import { aSigner, publicKeyHex } from "../../support/wire-builders.ts";
import { aReceiptRecord } from "../../support/receipt-builder.ts";

const registry = aSigner(1);
const device = aSigner(3).kid;
const registryKeys: KeyLookup = (kid) =>
  kid === registry.kid ? { kid, pub: publicKeyHex(registry), roles: ["receipts"] } : undefined;
const [pack, photo] = [hashId(utf8("pack")), hashId(utf8("photo"))] as const;
const LARGE = 3 * MAX_CHUNK;
const sealed: SealedBatch = {
  batch: hashId(utf8("manifest")),
  device,
  deviceSeq: 1,
  objects: [
    { wire: pack, size: 100_000, isEvidence: false },
    { wire: photo, size: LARGE, isEvidence: true },
  ],
};

const receiptRecord = aReceiptRecord(sealed, registry).record;
const statement = (over: { batch?: HashId; objects?: number } = {}, signer = registry) =>
  signRecord(
    "evidence",
    {
      v: 1,
      batch: sealed.batch,
      device,
      objects: 1,
      at: InstantMs.parse(6),
      by: { kid: signer.kid },
      ...over,
    },
    [signer],
  ).record;

const answered = (body: unknown, status = 200, upload: Partial<Answer["upload"]> = {}): SendEvent => ({
  kind: "answered",
  answer: {
    status,
    contentType: status >= 400 ? "application/problem+json" : "application/json",
    retryAfter: null,
    upload: { offset: null, length: null, complete: null, ...upload },
    body: utf8(JSON.stringify(body)),
  },
});
const missing = (wire: HashId, offset: number) => {
  const size = sealed.objects.find((object) => object.wire === wire)?.size ?? 0;
  return { wire, size, offset };
};
const receiving = (...open: [HashId, number][]) =>
  answered({
    batch: sealed.batch,
    state: "receiving",
    missing: open.filter(([wire]) => wire === pack).map(([wire, at]) => missing(wire, at)),
    owed: open.filter(([wire]) => wire === photo).map(([wire, at]) => missing(wire, at)),
  });
const final = (owed: number | null, evidence: Bytes | null = null) =>
  answered({
    batch: sealed.batch,
    state: "final",
    receipt: recordToText(receiptRecord),
    owed: owed === null ? [] : [missing(photo, owed)],
    evidence: evidence && recordToText(evidence),
  });
const at = (offset: number, status = 200) => answered({}, status, { offset: String(offset) });
const put = (wire: HashId) => answered({ wire, size: 1 }, 201);
const problem = (code: string, status: number) => answered({ type: `urn:ert:problem:${code}`, code }, status);

const CHUNK = 8192;
function play(events: readonly SendEvent[], from: SendState = startSending(sealed), now = 1000): Next {
  let next: Next = { state: from, step: { kind: "nothing" } };
  for (const event of events)
    next = nextStep(next.state, event, { now, chance: 0.5, chunk: CHUNK, registryKeys });
  return next;
}
const asked: SendEvent = { kind: "asked" };
const lost: SendEvent = { kind: "unanswered" };

describe("[SY17] a broken upload", () => {
  test("is asked about, and goes on in pieces from where the registry has it", () => {
    const events = [asked, receiving([pack, 0]), lost, asked, at(5000), at(5000 + CHUNK, 204)];
    expect(events.map((_, i) => play(events.slice(0, i + 1)).step)).toEqual([
      { kind: "offer" },
      { kind: "put", wire: pack },
      { kind: "wait", until: 2000 },
      { kind: "ask", wire: pack },
      { kind: "patch", wire: pack, from: 5000, to: 5000 + CHUNK },
      { kind: "patch", wire: pack, from: 5000 + CHUNK, to: 5000 + 2 * CHUNK },
    ]);
  });

  test("that another run left half-way goes on from the offset in the answer, without another question", () => {
    expect(play([asked, receiving([pack, 90_000])]).step).toEqual({
      kind: "patch",
      wire: pack,
      from: 90_000,
      to: 90_000 + CHUNK,
    });
  });

  test("follows the registry's offset when it is not the one we had, forwards and backwards", () => {
    const broken = [asked, receiving([pack, 50_000])];
    expect(play([...broken, at(70_000, 409)]).step).toMatchObject({ from: 70_000 });
    // Back: the registry lost some of it. It is asked once more and believed.
    expect(play([...broken, at(10_000, 409), asked, at(10_000)]).step).toMatchObject({ from: 10_000 });
  });

  test("never runs past the end, and the end asks for the receipt", () => {
    const events = [asked, receiving([pack, 99_000])];
    expect(play(events).step).toMatchObject({ kind: "patch", to: 100_000 });
    expect(play([...events, at(100_000, 204)]).step).toEqual({ kind: "inquire" });
    expect(play([...events, at(100_001, 204)]).state.trouble).toBe("send.not-a-registry");
  });

  test("[SY21] the answer is inquired for without the manifest, and a registry that knows it no more gets it again", () => {
    const sent = [asked, receiving([pack, 99_000]), at(100_000, 204)];
    expect(play([...sent, receiving(), { kind: "woke" }], startSending(sealed), 2000).step).toMatchObject({
      kind: "nothing",
    });
    expect(play([...sent, receiving(), asked]).step).toEqual({ kind: "inquire" });
    expect(play([...sent, problem("batch-unknown", 404), asked]).step).toEqual({ kind: "offer" });
  });

  test("is not sent in a loop to a registry that takes nothing", () => {
    const { state, step } = play([asked, receiving([pack, 5000]), at(5000, 204)]);
    expect([step.kind, state.trouble]).toEqual(["wait", "send.still-missing"]);
  });

  test("whose bytes the registry found damaged begins where it says: at nothing", () => {
    const damaged = [asked, receiving([pack, 99_000]), problem("hash-mismatch", 422), asked, at(0)];
    expect(play(damaged).step).toEqual({ kind: "put", wire: pack });
  });

  test("that the registry no longer knows is offered again", () => {
    expect(play([asked, receiving([pack, 0]), lost, asked, problem("object-unexpected", 404)]).step).toEqual({
      kind: "offer",
    });
  });

  test("counts what the registry holds, never what was handed over", () => {
    const sentOf = (events: readonly SendEvent[]) => bytesSent(play(events).state).sent - LARGE;
    expect(sentOf([asked, receiving([pack, 0])])).toBe(0);
    expect(sentOf([asked, receiving([pack, 0]), lost])).toBe(0);
    expect(sentOf([asked, receiving([pack, 0]), lost, asked, at(4096)])).toBe(4096);
  });

  test("progress ends the row of failures", () => {
    const tired = play([asked, receiving([pack, 0]), lost, asked, lost, asked, lost]).state;
    expect(tired.failures).toBe(3);
    expect(play([asked, at(1)], tired).state.failures).toBe(0);
    expect(play([asked, at(0)], tired).state.failures).toBe(3);
  });
});

describe("[SY18] how much one call carries", () => {
  test("doubles after three quick calls, halves after a failure, and stays between 8 KiB and 1 MiB", () => {
    const quick = (pace: Pace) => nextPace(pace, { ms: 2_999 });
    const three = quick(quick(quick(FIRST_PACE)));
    expect(three).toEqual({ chunk: 2 * FIRST_CHUNK, quick: 0 });
    expect(nextPace(quick(quick(three)), { ms: 3_000 })).toEqual({ chunk: 2 * FIRST_CHUNK, quick: 0 });
    expect(nextPace(three, "failed")).toEqual(FIRST_PACE);
    const outcome = fc.oneof(fc.constant("failed" as const), fc.record({ ms: fc.nat(9000) }));
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 60 }), (calls) => {
        const { chunk } = calls.reduce(nextPace, FIRST_PACE);
        expect(chunk).toBeGreaterThanOrEqual(FIRST_CHUNK);
        expect(chunk).toBeLessThanOrEqual(MAX_CHUNK);
      }),
    );
  });

  test("an object above 1 MiB is never handed over whole", () => {
    const state = startSending(sealed, { receipts: [hashOf(receiptRecord)], evidence: false });
    expect(play([asked, final(0)], state).step).toEqual({ kind: "patch", wire: photo, from: 0, to: CHUNK });
  });
});

describe("[SY20] evidence", () => {
  const held: SendEvent = { kind: "held" };
  const scored = [asked, receiving([pack, 0], [photo, 0]), put(pack)];

  test("does not keep scores waiting: the receipt is held before its first byte goes", () => {
    expect(play(scored).step).toEqual({ kind: "inquire" });
    expect(play([...scored, final(0)]).step.kind).toBe("hold");
    const after = play([...scored, final(0), held]);
    expect(after.step).toMatchObject({ kind: "patch", wire: photo });
    expect(isEvidenceLeft(after.state)).toBe(true);
    expect(isEvidenceLeft(play(scored).state)).toBe(false);
  });

  test("is owed until the registry's statement about this very batch is kept", () => {
    const owed = [...scored, final(LARGE - 10), held];
    expect(play([...owed, at(LARGE, 204)]).step).toEqual({ kind: "inquire" });
    const said = [...owed, at(LARGE, 204), final(null, statement())];
    expect(play(said).step.kind).toBe("hold");
    expect(play([...said, held]).step.kind).toBe("done");
    // Without the statement it is only being counted.
    expect(play([...owed, at(LARGE, 204), final(null)]).step).toEqual({ kind: "wait", until: 2000 });
    const falsities = [
      statement({ batch: pack }),
      statement({ objects: 2 }),
      statement({}, aSigner(9)),
      receiptRecord,
    ];
    for (const falsity of falsities) {
      const { state, step } = play([...owed, at(LARGE, 204), final(null, falsity)]);
      expect([step.kind, state.trouble]).toEqual(["wait", "send.evidence-invalid"]);
    }
  });

  test("that the registry asks for again after all of it was stored is waited for", () => {
    const again = play([...scored, final(LARGE - 10), held, at(LARGE, 204), final(0)]);
    expect([again.step.kind, again.state.trouble]).toEqual(["wait", "send.still-missing"]);
  });
});

describe("[SY24] a batch that is offered again", () => {
  const known = { receipts: [hashOf(receiptRecord)], evidence: true };
  const [score] = sealed.objects;
  if (!score) throw new Error("no object");
  const scores = { ...sealed, objects: [score] };

  test("is done when the registry still has it, and nothing is written", () => {
    expect(play([asked, final(null)], startSending(scores, known)).step).toEqual({ kind: "done" });
  });

  test("is known by its first receipt, also where a later one was kept since", () => {
    const later = { ...known, receipts: [...known.receipts, hashId(utf8("judged again"))] };
    expect(play([asked, final(null)], startSending(scores, later)).step).toEqual({ kind: "done" });
  });

  test("is brought whole to a registry that lost it, and its new receipt is kept", () => {
    const other = { ...known, receipts: [hashId(utf8("the receipt before"))] };
    const events = [asked, receiving([pack, 0]), put(pack), final(null)];
    expect(events.map((_, i) => play(events.slice(0, i + 1), startSending(scores, other)).step.kind)).toEqual(
      ["offer", "put", "inquire", "hold"],
    );
  });
});

describe("[SY22] the same refusal, again and again", () => {
  const refuse = (code: string, status: number, times: number) =>
    play(Array.from({ length: times }, () => [asked, problem(code, status)]).flat());

  test("parks the batch at the tenth time, and offers it again after a day", () => {
    expect(refuse("internal", 500, 9).step.kind).toBe("wait");
    const { state, step } = refuse("internal", 500, 10);
    expect(step).toEqual({ kind: "park", until: 1000 + DAY_MS, fatal: false });
    expect(state.trouble).toBe("send.refused-often");
    expect(play([{ kind: "woke" }], state, 1000 + DAY_MS - 1).step.kind).toBe("nothing");
    expect(play([{ kind: "woke" }], state, 1000 + DAY_MS).step.kind).toBe("offer");
  });

  test("another problem, or progress, begins to count anew; silence counts neither way", () => {
    const nine = refuse("internal", 500, 9).state;
    expect(play([asked, lost, asked, problem("batch-unknown", 404)], nine).step.kind).toBe("wait");
    expect(play([asked, lost, asked, problem("internal", 500)], nine).step.kind).toBe("park");
    const moved = play([asked, receiving([pack, 0]), lost], nine).state;
    expect(play([asked, problem("internal", 500)], moved).step.kind).toBe("wait");
  });

  test("a registry that is busy, full or being mended parks nobody", () => {
    for (const [code, status] of [
      ["busy", 503],
      ["storage-full", 507],
      ["maintenance", 503],
      ["rate-limited", 429],
    ] as const)
      expect(refuse(code, status, 40).step.kind).toBe("wait");
  });

  test("a parked batch keeps its day across a start, and a clock that was set keeps nobody waiting", () => {
    expect(parkedForMs(1_000_000 + 5, 1_000_000)).toBe(DAY_MS - 5);
    expect(parkedForMs(1_000_000 + DAY_MS, 1_000_000)).toBe(0);
    expect(parkedForMs(0, 1_000_000)).toBe(0);
  });
});

describe("[SY23] what stops everything", () => {
  test("is told from what concerns one batch", () => {
    expect(play([asked, problem("wrong-registry", 421)]).step).toMatchObject({ kind: "park", fatal: true });
    expect(play([asked, problem("key-revoked", 422)]).step).toMatchObject({ kind: "park", fatal: true });
    expect(play([asked, problem("malformed", 400)]).step).toMatchObject({ kind: "park", fatal: false });
  });

  test("is read from a receipt about the whole batch, not from a note about one sheet", () => {
    const note = (seq: number, code: string) => haltIn({ notes: [{ seq, code }] });
    expect(note(0, "key-revoked")).toBe("halt.device-revoked");
    expect(note(0, "device-fork")).toBe("halt.device-frozen");
    expect(note(0, "device-frozen")).toBe("halt.device-frozen");
    expect(note(7, "key-revoked")).toBeNull();
    expect(note(0, "sequence-gap")).toBeNull();
  });
});

function hashOf(record: Bytes): HashId {
  const { state } = play([asked, final(null)], startSending({ ...sealed, objects: [] }));
  if (state.phase.at !== "holding" || state.phase.kept.kind !== "receipt") throw new Error("no receipt");
  expect(state.phase.kept.receipt.record).toEqual(record);
  return state.phase.kept.receipt.hash;
}
