// A leaf of the registry's public log: what was decided, by hash, and nothing about a person. The log orders decisions
// and can be checked by anyone; what stands behind a hash is with those who hold the record (protocol 2.2).
import { z } from "zod";
import { digestToHashId, HashId, InstantMs, invariant, Kid, LogOrigin, type Bytes } from "#shared/base";
import { canonicalBytes } from "./canonical.ts";
import { leafHash } from "./merkle.ts";
import type { BatchManifest, ReceiptRecord } from "./records.ts";

const leaf = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ v: z.literal(1), k: z.literal(kind), h: HashId, t: InstantMs, ...shape });
const batch = {
  /** The device, its number for this batch, the sheets it carries and how many of them were accepted. */
  d: Kid,
  n: z.int().min(1),
  c: z.int().min(0),
  a: z.int().min(0),
};

/** `h` is the hash of the record's payload and `t` when the registry took it, in milliseconds. */
export const LogLeaf = z.discriminatedUnion("k", [
  leaf("batch", batch),
  /** A batch of amendments; its sheets are the amended ones. */
  leaf("amend", batch),
  /** A batch of reviews; its sheets are the decisions. */
  leaf("review", batch),
  /** A batch of settlements; its sheets are those. */
  leaf("settle", batch),
  leaf("reject", batch),
  leaf("permit", { d: Kid }),
  /** A device or a person's key; `d` is the key. */
  leaf("enrol", { d: Kid }),
  leaf("revoke", { d: Kid }),
  leaf("keyset", {}),
  /** What a draw was committed to, before it was drawn; and the draw. */
  leaf("commit", {}),
  leaf("draw", {}),
  /** What was found where a draw sent inspectors. */
  leaf("findings", {}),
  /** The log before this one: `h` is its last root, `n` its size. */
  leaf("former", { o: LogOrigin, n: z.int().min(0) }),
]);
export type LogLeaf = z.infer<typeof LogLeaf>;

export const MAX_LEAF_BYTES = 512;

export function leafBytes(value: LogLeaf): Bytes {
  const bytes = canonicalBytes(LogLeaf.parse(value));
  invariant(bytes.length <= MAX_LEAF_BYTES, `a leaf has at most ${MAX_LEAF_BYTES} bytes`);
  return bytes;
}

/** SHA-256(0x00 || leaf), RFC 6962 §2.1: how a receipt names its leaf. */
export function leafId(bytes: Bytes): HashId {
  return digestToHashId(leafHash(bytes));
}

type Judged = Pick<ReceiptRecord, "batch" | "device" | "deviceSeq" | "verdict" | "acceptedAt" | "sheets">;

/** What a batch that was not rejected may be in the log. */
const BATCH_LEAVES = ["batch", "amend", "review", "settle"] as const;
const LEAF_OF = {
  results: "batch",
  amendments: "amend",
  reviews: "review",
  settlements: "settle",
} as const;

export function leafKindOf({ kind }: Pick<BatchManifest, "kind">): (typeof BATCH_LEAVES)[number] {
  return LEAF_OF[kind];
}

/** The leaf of a batch, as anyone who holds the receipt can write it again. */
export function batchLeaf(receipt: Judged, kind: (typeof BATCH_LEAVES)[number]): LogLeaf {
  const { accepted, quarantined, rejected } = receipt.sheets;
  return {
    v: 1,
    k: receipt.verdict === "rejected" ? "reject" : kind,
    h: receipt.batch,
    d: receipt.device,
    n: receipt.deviceSeq,
    t: receipt.acceptedAt,
    c: accepted + quarantined + rejected,
    a: accepted,
  };
}

/** The leaf that a receipt names, when it is that of its own batch. */
export function leafOfReceipt(receipt: Judged & Pick<ReceiptRecord, "leaf">): LogLeaf | undefined {
  return BATCH_LEAVES.map((kind) => batchLeaf(receipt, kind)).find(
    (one) => leafId(leafBytes(one)) === receipt.leaf,
  );
}
