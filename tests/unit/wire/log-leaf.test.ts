// A leaf says what was decided and nothing about a person; whoever holds a receipt can write its leaf again (P13).
import { describe, expect, test } from "vitest";
import { HashId, InstantMs, LogOrigin, utf8ToText } from "#shared/base";
import { batchLeaf, leafBytes, leafId, leafOfReceipt, LogLeaf, MAX_LEAF_BYTES } from "#shared/wire";
import { aSigner } from "../../support/wire-builders.ts";

const hash = (digit: string) => HashId.parse(`sha256:${digit.repeat(64)}`);
const judged = {
  batch: hash("a"),
  device: aSigner(1).kid,
  deviceSeq: 12,
  verdict: "accepted" as const,
  acceptedAt: InstantMs.parse(1_795_420_999_123),
  sheets: { accepted: 199, quarantined: 1, rejected: 0 },
};

describe("a leaf of the public log", () => {
  test("is the canonical bytes of what was decided", () => {
    expect(utf8ToText(leafBytes(batchLeaf(judged, "batch")))).toBe(
      `{"a":199,"c":200,"d":"${judged.device}","h":"${judged.batch}","k":"batch","n":12,"t":1795420999123,"v":1}`,
    );
  });

  test("of every kind, at its longest, stays within 512 bytes", () => {
    const largest = { v: 1, h: hash("f"), t: Number.MAX_SAFE_INTEGER, d: judged.device } as const;
    const counts = { n: Number.MAX_SAFE_INTEGER, c: Number.MAX_SAFE_INTEGER, a: Number.MAX_SAFE_INTEGER };
    const o = LogOrigin.parse(`${"r".repeat(64)}/results/2026.12`);
    for (const leaf of [
      ...["batch", "amend", "reject"].map((k) => ({ ...largest, ...counts, k })),
      ...["permit", "enrol", "revoke"].map((k) => ({ ...largest, k })),
      ...["keyset", "commit", "draw"].map((k) => ({ v: 1, k, h: hash("f"), t: largest.t })),
      { v: 1, k: "former", h: hash("f"), t: largest.t, o, n: counts.n },
    ]) {
      expect(leafBytes(LogLeaf.parse(leaf)).length).toBeLessThanOrEqual(MAX_LEAF_BYTES);
    }
  });

  test("with a member more, a member less or of an unknown kind is refused", () => {
    const leaf = batchLeaf(judged, "batch");
    const { c: _c, ...less } = leaf as Extract<LogLeaf, { k: "batch" }>;
    for (const wrong of [{ ...leaf, name: "Li" }, less, { ...leaf, k: "cert" }, { ...leaf, v: 2 }]) {
      expect(LogLeaf.safeParse(wrong).success).toBe(false);
    }
  });
});

describe("the leaf that a receipt names", () => {
  const receiptWith = (kind: "batch" | "amend", over: object = {}) => {
    const receipt = { ...judged, ...over };
    return { ...receipt, leaf: leafId(leafBytes(batchLeaf(receipt, kind))) };
  };

  test("is written again from the receipt, for results, amendments and rejections", () => {
    expect(leafOfReceipt(receiptWith("batch"))?.k).toBe("batch");
    expect(leafOfReceipt(receiptWith("amend"))?.k).toBe("amend");
    expect(leafOfReceipt(receiptWith("batch", { verdict: "rejected" }))?.k).toBe("reject");
  });

  test("is not that of another batch, device, number, time, count or verdict", () => {
    const receipt = receiptWith("batch");
    for (const over of [
      { batch: hash("b") },
      { device: aSigner(2).kid },
      { deviceSeq: 13 },
      { acceptedAt: InstantMs.parse(1) },
      { sheets: { accepted: 198, quarantined: 2, rejected: 0 } },
      { verdict: "rejected" as const },
    ]) {
      expect(leafOfReceipt({ ...receipt, ...over })).toBeUndefined();
    }
  });
});
