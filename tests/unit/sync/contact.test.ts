// What a contact finds out: which batches a restored registry lost, which keys count, and what is refused (S10, P17, P18).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InstantMs, type Kid, NO_HASH, utf8 } from "#shared/base";
import { hashId } from "#shared/crypto";
import { compareHead, takeKeyset, takeRevocations, type OwnBatch } from "#shared/sync";
import { aSigner, publicKeyHex } from "../../support/wire-builders.ts";

const device = aSigner(3).kid;
const idOf = (seq: number) => hashId(utf8(`batch ${String(seq)}`));
const own = (count: number, acknowledged = count): OwnBatch[] =>
  Array.from({ length: count }, (_, i) => ({
    batch: idOf(i + 1),
    device,
    deviceSeq: i + 1,
    isAcknowledged: i < acknowledged,
  }));
const head = (
  lastSeq: number,
  over: { lastBatch?: typeof NO_HASH; gaps?: number[]; frozen?: boolean } = {},
) => ({
  device,
  lastSeq,
  lastBatch: lastSeq === 0 ? NO_HASH : idOf(lastSeq),
  gaps: [],
  frozen: false,
  ...over,
});

describe("[SY24] [S10] [P27] a registry that is behind", () => {
  test("is given again exactly what it lost: 41 to 45", () => {
    const { behind, trouble } = compareHead(head(40), own(45));
    expect(behind).toEqual([41, 42, 43, 44, 45].map(idOf));
    expect(trouble).toBeNull();
  });

  test("is given nothing when it is not behind, nor what it never acknowledged, nor another device's", () => {
    expect(compareHead(head(45), own(45)).behind).toEqual([]);
    expect(compareHead(head(40), own(45, 40)).behind).toEqual([]);
    const others = own(45).map((one) => ({ ...one, device: aSigner(4).kid }));
    expect(compareHead(head(0), others).behind).toEqual([]);
  });

  test("is given what it misses in the middle", () => {
    expect(compareHead(head(5, { gaps: [2, 4] }), own(5)).behind).toEqual([2, 4].map(idOf));
  });

  test("for whatever it has left, what it has and what it is given are all there was", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 30 })), (left) => {
        const lastSeq = Math.max(0, ...left);
        const gaps = Array.from({ length: lastSeq }, (_, i) => i + 1).filter((n) => !left.includes(n));
        const { behind } = compareHead(head(lastSeq, { gaps }), own(30));
        const together = [...left.map(idOf), ...behind];
        expect([new Set(together).size, together.length]).toEqual([30, 30]);
      }),
    );
  });
});

describe("[SY25] [P17] [T17] a registry that knows more than the laptop", () => {
  test("is not told from a copied or rolled back disk: nothing is sealed any more", () => {
    expect(compareHead(head(46), own(45)).trouble).toBe("head.ahead");
    expect(compareHead(head(45, { lastBatch: idOf(99) }), own(45)).trouble).toBe("head.other-batch");
    expect(compareHead(head(45, { frozen: true }), own(45)).trouble).toBe("head.frozen");
    expect(compareHead(head(0), []).trouble).toBeNull();
    expect(compareHead(head(1), []).trouble).toBe("head.ahead");
  });
});

describe("[SY27] [P18] revocations", () => {
  const entry = (version: number, kid: Kid = aSigner(version).kid) => ({
    kid,
    kind: "device" as const,
    reason: "lost" as const,
    effective: InstantMs.parse(version),
    version,
  });
  const listOf = (count: number) => Array.from({ length: count }, (_, i) => entry(i + 1));
  const list = (revocations: ReturnType<typeof listOf>, version = revocations.length) => ({
    aud: "here",
    version,
    revocations,
  });

  test("a longer list that begins with the known one is taken, the same one says nothing new", () => {
    expect(takeRevocations(listOf(2), list(listOf(3)), "here")).toEqual({ ok: true, value: listOf(3) });
    expect(takeRevocations(listOf(2), list(listOf(2)), "here")).toEqual({ ok: true, value: undefined });
  });

  test.each([
    ["an older list", list(listOf(1)), "revocations.older"],
    ["a list that lost an entry", list([entry(1), entry(3)], 2), "revocations.rewritten"],
    [
      "a list with another key in an old place",
      list([entry(1), entry(2, device), entry(3)]),
      "revocations.rewritten",
    ],
    ["a list that says more than it holds", list(listOf(2), 5), "revocations.rewritten"],
    ["another registry's list", { ...list(listOf(3)), aud: "there" }, "revocations.other-registry"],
  ])("%s is refused", (_name, offered, code) => {
    expect(takeRevocations(listOf(2), offered, "here")).toMatchObject({ ok: false, error: { code } });
  });
});

describe("[SY28] a later keyset", () => {
  const key = (signer: ReturnType<typeof aSigner>, role: "root" | "receipts") => ({
    kid: signer.kid,
    pub: publicKeyHex(signer),
    role,
  });
  const [root, other, receipts, next] = [aSigner(1), aSigner(2), aSigner(5), aSigner(6)];
  const pinned = { aud: "here", version: 2, keys: [key(root, "root"), key(receipts, "receipts")] };

  test("is taken from the pinned root with a higher version, and is nothing new with the same", () => {
    const later = { ...pinned, version: 3, keys: [key(root, "root"), key(next, "receipts")] };
    expect(takeKeyset(pinned, later)).toEqual({ ok: true, value: later });
    expect(takeKeyset(pinned, { ...later, version: 2 })).toEqual({ ok: true, value: undefined });
  });

  test.each([
    ["an older one", { ...pinned, version: 1 }, "keyset.older"],
    ["one of another root", { ...pinned, version: 3, keys: [key(other, "root")] }, "keyset.other-root"],
    [
      "one with a second root",
      { ...pinned, version: 3, keys: [...pinned.keys, key(other, "root")] },
      "keyset.other-root",
    ],
    ["another registry's", { ...pinned, version: 3, aud: "there" }, "keyset.other-registry"],
  ])("%s is refused", (_name, offered, code) => {
    expect(takeKeyset(pinned, offered)).toMatchObject({ ok: false, error: { code } });
  });
});
