// The small verifier draws again what the registry drew, by code of its own; of every draw that is not the one that was
// committed to it says what is wrong, although the registry itself signed it (R58, R59).
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Day, digestToHashId, InstantMs, NO_HASH, type Bytes } from "#shared/base";
import { hashId } from "#shared/crypto";
import { InspectorId, type DrawRegister } from "#shared/exam";
import { drawSeed, registerHash } from "#shared/rules";
import { digest } from "#shared/crypto";
import {
  canonicalBytes,
  leafBytes,
  leafHash,
  type DrawCommitmentRecord,
  type DrawRecord,
} from "#shared/wire";
import { drawFrom } from "../../../registry/inspection/draw.ts";
import { createLogTree } from "../../../registry/log/tree.ts";
import { readFileOf } from "../../../registry/verifier/read.ts";
import { verifyAll } from "../../../registry/verifier/verify.ts";
import {
  aDraw,
  aReport,
  signedDraw,
  signedReport,
  someFindings,
  someRegisters,
} from "../../support/a-draw.ts";
import { aCarriedDay, aCheckpoint, aProof, registryKeys, signedBy } from "../../support/carried-day.ts";
import { property } from "../../support/property.ts";

let keyset: Bytes;
beforeAll(async () => {
  ({ keyset } = await aCarriedDay());
});

function codes(...files: readonly Bytes[]): string[] {
  return verifyAll([keyset, ...files].flatMap((file, n) => readFileOf(String(n), Buffer.from(file))))
    .slice(1)
    .map(({ verdict, code }) => `${verdict} ${code}`);
}

test("[R58] [R59] a draw proves itself when it is drawn again, in any order of its files", () => {
  const { promise, draw } = signedDraw(aDraw());
  expect(codes(promise, draw)).toEqual(["proves draw-commitment", "proves draw"]);
  expect(codes(draw, promise)).toEqual(["proves draw", "proves draw-commitment"]);
});

test("[R58] a draw says who goes where, and which value to compare with which source", () => {
  const made = aDraw();
  const { promise, draw } = signedDraw(made);
  const said = verifyAll([keyset, promise, draw].flatMap((file) => readFileOf("f", Buffer.from(file)))).at(
    -1,
  );
  expect(said?.facts).toMatchObject({ drawn: 4, objects: 30, value: "03 08 11 19 25 30" });
  const [first] = made.draw.drawn;
  expect(said?.facts["outcome"]).toContain(`${first?.object ?? ""}: ${first?.inspectors.join(", ") ?? ""}`);
});

test("[R58] a draw without its commitment, or by an algorithm of tomorrow, is open and no proof", () => {
  const { promise, draw } = signedDraw(aDraw());
  expect(codes(draw)).toEqual(["open draw-alone"]);
  expect(codes(promise)).toEqual(["proves draw-commitment"]);
  const { at, by } = aDraw().promise;
  const other = { ...aDraw().promise, algorithm: "r58-sm3-1", at, by };
  const later = signedBy("drawCommitment", other, [registryKeys.permits]);
  const named = { ...aDraw().draw, commitment: hashId(canonicalBytes(other)) };
  expect(codes(later, signedBy("draw", named, [registryKeys.permits]))).toEqual([
    "open draw-algorithm",
    "open draw-algorithm",
  ]);
});

describe("signed by the registry itself, the first thing that is wrong is", () => {
  const registers = someRegisters();
  const right = aDraw().draw;
  const without = (ids: DrawRegister): DrawRegister => ({ ...ids, objects: ids.objects.slice(1) });
  const isDrawn = (id: string) => right.drawn.some(({ object }) => object === id);
  const undrawn = registers.objects.find(({ id }) => !isDrawn(id))!.id;
  const instant = (text: string) => InstantMs.parse(Date.parse(`${text}+08:00`));
  const free = registers.inspectors.slice(3);
  const refused: Readonly<
    Record<
      string,
      readonly [code: string, drawn: Partial<DrawRecord>, promised?: Partial<DrawCommitmentRecord>]
    >
  > = {
    "an institution left out of the register": ["draw-register", { register: without(registers) }],
    "an inspector added to the register": [
      "draw-register",
      { register: { ...registers, inspectors: [...registers.inspectors, InspectorId.parse("ins-99")] } },
    ],
    "an interest struck out of the register": [
      "draw-register",
      { register: { ...registers, conflicts: registers.conflicts.slice(1) } },
    ],
    "a list hash of other objects": [
      "draw-register",
      {},
      { objects: digestToHashId(registerHash(["org-01"], digest)) },
    ],
    "a list hash of other inspectors": [
      "draw-register",
      {},
      { inspectors: digestToHashId(registerHash(["ins-01"], digest)) },
    ],
    "another secret": ["draw-seed", { secret: "5f".repeat(32) }],
    "another public value": ["draw-outcome", { value: "01 02 03 04 05 06" }],
    "another name than the commitment's": ["draw-other", { plan: "2026-3" }],
    "another registry's commitment": ["draw-other", { aud: "registry.other" }],
    "a commitment of the day on which the value became known": [
      "draw-late",
      {},
      { at: instant("2026-12-10T00:00:00") },
    ],
    "a commitment dated after the draw": ["draw-late", {}, { at: instant("2026-12-12T10:00:00") }],
    "a draw before the value was known": ["draw-late", { at: instant("2026-12-09T23:59:59") }],
    "an institution fewer than the rate": ["draw-rate", { drawn: right.drawn.slice(1) }],
    "one institution counted twice": [
      "draw-rate",
      { drawn: right.drawn.map((one, n) => (n === 1 ? (right.drawn[0] ?? one) : one)) },
    ],
    "an institution with a bad record left out": [
      "draw-rate",
      { drawn: right.drawn.filter(({ because }) => because === "DRAWN") },
    ],
    "one inspector where two must go": [
      "draw-rate",
      {
        drawn: right.drawn.map((one, n) => (n === 0 ? { ...one, inspectors: one.inspectors.slice(1) } : one)),
      },
    ],
    "one inspector named twice": [
      "draw-rate",
      {
        drawn: right.drawn.map((one, n) =>
          n === 0 ? { ...one, inspectors: [...one.inspectors.slice(1), ...one.inspectors.slice(1)] } : one,
        ),
      },
    ],
    "an inspector sent where they have an interest": [
      "draw-conflict",
      {
        drawn: right.drawn.map((one) => ({
          ...one,
          inspectors: [InspectorId.parse("ins-01"), ...one.inspectors.slice(1)],
        })),
      },
    ],
    "an institution that was not drawn, in another's place": [
      "draw-outcome",
      { drawn: right.drawn.map((one, n) => (n === 0 ? { ...one, object: undrawn } : one)) },
    ],
    "an inspector who was not next": [
      "draw-outcome",
      {
        drawn: right.drawn.map((one, n) =>
          n === 0
            ? { ...one, inspectors: free.filter((id) => !one.inspectors.includes(id)).slice(0, 2) }
            : one,
        ),
      },
    ],
    "two institutions in another order": ["draw-outcome", { drawn: [...right.drawn].reverse() }],
    "nobody said to have stepped aside": [
      "draw-outcome",
      { drawn: right.drawn.map((one) => ({ ...one, stoodAside: [] })) },
    ],
  };

  test.each(Object.entries(refused))("%s", (_about, [code, drawn, promised = {}]) => {
    const { promise, draw } = signedDraw(aDraw(promised, drawn));
    expect(codes(promise, draw).filter((one) => !one.startsWith("proves"))).toEqual([`wrong ${code}`]);
  });

  test("two commitments under one name or one number", () => {
    const one = signedDraw(aDraw());
    for (const other of [{ no: 2 }, { plan: "2026-3" }]) {
      const two = signedDraw(aDraw(other));
      expect(codes(one.promise, two.promise)).toEqual(["wrong draw-twice", "wrong draw-twice"]);
    }
    const next = signedDraw(aDraw({ no: 2, plan: "2026-3" }));
    expect(codes(one.promise, next.promise)).toEqual(["proves draw-commitment", "proves draw-commitment"]);
  });

  test("a draw by a key that does not speak for the register", () => {
    const { draw, promise } = aDraw();
    const by = { kid: registryKeys.receipts.kid };
    expect(codes(signedBy("draw", { ...draw, by }, [registryKeys.receipts]))).toEqual(["wrong role"]);
    expect(codes(signedBy("drawCommitment", { ...promise, by }, [registryKeys.receipts]))).toEqual([
      "wrong role",
    ]);
  });

  test("a bit of a draw turned after it was signed", () => {
    const { promise, draw } = signedDraw(aDraw());
    const text = Buffer.from(draw).toString("latin1").replace('"DRAWN"', '"RECOR"');
    expect(codes(promise, new Uint8Array(Buffer.from(text, "latin1")))).toEqual([
      "proves draw-commitment",
      "wrong signature",
    ]);
  });
});

test("[R58] a proof shows where a commitment stands in the public log, and leads from no other one", () => {
  const { promise: value } = aDraw();
  const { promise } = signedDraw(aDraw());
  const leaf = leafHash(leafBytes({ v: 1, k: "commit", h: hashId(canonicalBytes(value)), t: value.at }));
  const tree = createLogTree();
  for (const one of [leaf, leafHash(new Uint8Array(1)), leafHash(new Uint8Array(2))]) tree.append(one);
  const checkpoint = aCheckpoint(3, tree.root(3));
  const proof = aProof(0, tree.inclusion(0, 3), checkpoint);
  expect(codes(promise, proof)).toEqual(["proves draw-commitment", "proves proof-draw"]);
  const { promise: other } = signedDraw(aDraw({ no: 2, plan: "2026-3" }));
  expect(codes(other, proof)).toEqual(["proves draw-commitment", "open proof-alone"]);
});

property(
  "[R58] [R59] whatever the registers, rates, interests and values: the verifier draws what the registry drew",
  60,
  [
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 2, max: 12 }),
    fc.integer({ min: 1, max: 100 }),
    fc.array(fc.tuple(fc.nat(39), fc.nat(11)), { maxLength: 40 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
    fc.array(fc.nat(39), { maxLength: 3 }),
  ],
  (objects, inspectors, percent, pairs, value, always) => {
    const { objects: names } = someRegisters();
    const [first] = names;
    if (!first) throw new Error("a register");
    const ids = Array.from({ length: inspectors }, (_, n) => InspectorId.parse(`i-${String(n)}`));
    const orgs = Array.from({ length: objects }, (_, n) => ({
      ...first,
      id: `o-${String(n)}` as typeof first.id,
      always: always.includes(n),
    }));
    // The last two have no interest anywhere, so that every object finds its two.
    const conflicts = pairs.flatMap(([object, inspector]) => {
      const [org, who] = [orgs[object], ids.slice(0, -2)[inspector]];
      return org && who ? [{ inspector: who, object: org.id, reason: "DECLARED" as const }] : [];
    });
    const register: DrawRegister = { objects: orgs, inspectors: ids, conflicts };
    const rates = { percent, inspectorsPerObject: 2 };
    const hashOf = (list: readonly string[]) => digestToHashId(registerHash(list, digest));
    const made = aDraw(
      {
        register: hashId(canonicalBytes(register)),
        objects: hashOf(orgs.map(({ id }) => id)),
        inspectors: hashOf(ids),
        rates,
      },
      { register, value },
    );
    const drawn = drawFrom(register, rates, drawSeed(made.draw.plan, made.draw.secret, value));
    const { promise, draw } = signedDraw({ ...made, draw: { ...made.draw, drawn } });
    expect(codes(promise, draw)).toEqual(["proves draw-commitment", "proves draw"]);
  },
);

describe("what inspectors found", () => {
  const made = aDraw();
  const { promise, draw } = signedDraw(made);
  const first = aReport(made);
  const [venue, papers] = someFindings(made);
  if (!venue || !papers) throw new Error("two findings");
  const day = (text: string) => Day.parse(text);
  const second = (findings: unknown[], said: object = {}) =>
    signedBy(
      "drawFindings",
      { ...first, no: 2, prev: hashId(canonicalBytes(first)), at: first.at + 86_400_000, findings, ...said },
      [registryKeys.permits],
    );
  const corrected = { ...venue, corrected: day("2027-01-11") };
  const last = (...files: readonly Bytes[]) => codes(promise, draw, ...files).at(-1);

  test("[R58] is proven of its draw, report by report, and says how much there is to correct", () => {
    expect(last(signedReport(first))).toBe("proves findings");
    const next = second([corrected, papers, { ...papers, matter: "data" }]);
    expect(last(signedReport(first), next)).toBe("proves findings");
    const found = verifyAll(
      [keyset, promise, draw, signedReport(first), next].flatMap((file) =>
        readFileOf("f", Buffer.from(file)),
      ),
    ).at(-1);
    expect(found?.facts).toMatchObject({ plan: "2026-2", no: 2, findings: 3, asked: 1, corrected: 1 });
  });

  test("[R58] may ask for something that nobody asked for before, which is added and written over nothing", () => {
    const ordered = { ...papers, correct: "补齐", due: day("2027-02-01") };
    expect(last(signedReport(first), second([venue, ordered]))).toBe("proves findings");
  });

  test("is open without its draw, without the commitment, or without the report before it", () => {
    expect(codes(signedReport(first))).toEqual(["open findings-alone"]);
    expect(codes(draw, signedReport(first)).at(-1)).toBe("open findings-draw");
    expect(last(second([venue, papers]))).toBe("open findings-former");
  });

  test.each<[string, object[] | null, object, string]>([
    ["takes something back", [papers], {}, "findings-dropped"],
    ["writes something over", [{ ...venue, found: "齐备" }, papers], {}, "findings-dropped"],
    [
      "dates something otherwise",
      [{ ...venue, inspected: day("2026-12-21") }, papers],
      {},
      "findings-dropped",
    ],
    ["takes an order back", [{ ...venue, correct: "", due: null }, papers], {}, "findings-dropped"],
    ["asks for something else", [{ ...venue, correct: "配齐标志" }, papers], {}, "findings-dropped"],
    ["puts an order off", [{ ...venue, due: day("2027-03-01") }, papers], {}, "findings-dropped"],
    [
      "is about somebody who was not drawn",
      [venue, papers, { ...papers, object: "org-99" }],
      {},
      "findings-elsewhere",
    ],
    ["says two things of one matter", [venue, papers, { ...papers, found: "缺" }], {}, "findings-twice"],
    ["says nothing", [], {}, "findings-twice"],
    [
      "was found before the draw",
      [venue, papers, { ...papers, matter: "data", inspected: day("2026-12-10") }],
      {},
      "findings-days",
    ],
    [
      "is public before it was found",
      [venue, papers, { ...papers, matter: "data", published: day("2026-12-19") }],
      {},
      "findings-days",
    ],
    ["is corrected tomorrow", [{ ...venue, corrected: day("2027-01-12") }, papers], {}, "findings-days"],
    [
      "asks without a day",
      [venue, papers, { ...papers, matter: "data", correct: "补齐" }],
      {},
      "findings-days",
    ],
    ["skips a number", [venue, papers], { no: 3 }, "findings-chain"],
    ["names none before it", [venue, papers], { prev: NO_HASH }, "findings-chain"],
    ["bears another draw's name", [venue, papers], { plan: "2026-3" }, "findings-other"],
  ])("that %s is wrong, although the registry signed it", (_, findings, said, code) => {
    expect(last(signedReport(first), second(findings ?? [], said))).toBe(`wrong ${code}`);
  });

  test("of one number there is one: two are wrong, whichever is shown first", () => {
    const other = { ...first, findings: [papers] };
    expect(codes(promise, draw, signedReport(first), signedReport(other)).slice(-2)).toEqual([
      "wrong findings-fork",
      "wrong findings-fork",
    ]);
  });

  test("signed by anybody but the registry is no report", () => {
    const stranger = signedBy("drawFindings", { ...first, by: { kid: registryKeys.receipts.kid } }, [
      registryKeys.receipts,
    ]);
    expect(last(stranger)).toBe("wrong role");
  });
});
