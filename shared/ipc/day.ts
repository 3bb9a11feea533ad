// Closing the day: seal, send, hold the receipt. The state of a batch is in the store; these only set things going.
import { z } from "zod";
import { HashId, SittingId } from "#shared/base";
import { channel } from "./channel.ts";

/** What the runner is doing with a batch right now; never stored, recomputed (protocol A4). */
export const SendProgress = z.strictObject({
  batch: HashId,
  phase: z.enum(["idle", "offering", "sending", "awaiting-receipt", "waiting"]),
  /** As the registry's offsets say: never what was only handed to a socket. */
  bytesSent: z.int().min(0),
  bytesTotal: z.int().min(0),
  /** Scores first; evidence comes behind every receipt. */
  lane: z.enum(["scores", "evidence"]),
  /** Why it waits, and how long still; null while nothing keeps it. */
  trouble: z.string().nullable(),
  nextTryMs: z.int().min(0).nullable(),
});
export type SendProgress = z.infer<typeof SendProgress>;

/** What is known of the way to the registry; not stored. */
export const LinkState = z.strictObject({
  /** The registry's own time of the last contact that verified, and when it was here. */
  contact: z.strictObject({ at: z.int().min(0), registryTime: z.int().min(0) }).nullable(),
  isContacting: z.boolean(),
  /** Why the last contact came to nothing; null when it did not. */
  trouble: z.string().nullable(),
  /** Nothing is sent by itself any more, and why. */
  halted: z.enum(["halt.wrong-registry", "halt.device-revoked", "halt.device-frozen"]).nullable(),
});
export type LinkState = z.infer<typeof LinkState>;

export const LinkTest = z.strictObject({
  /** There and back, the quickest of three. */
  roundTripMs: z.int().min(0),
  /** Null when the exchange was too small, or the link too quick, to tell. */
  bytesPerSecond: z.int().min(1).nullable(),
  bytes: z.int().min(0),
});
export type LinkTest = z.infer<typeof LinkTest>;

export const dayChannels = {
  /** Seals every record signed since the last batch. `explanation` is required when an expected sheet is missing. */
  "day.seal": channel({
    input: z.strictObject({ sitting: SittingId, explanation: z.string().max(1000) }),
    output: z.strictObject({ batch: HashId }),
    refusals: [
      "session.none",
      "role.not-administrator",
      "sitting.unknown",
      "day.nothing-to-seal",
      "day.unexplained",
      "day.not-tallied",
      "device.revoked",
      "device.frozen",
      "device.behind",
      "person.declined",
      "person.busy",
      "permit.none",
      "keys.locked-out",
      "evidence.full",
      "evidence.unwritable",
      "evidence.locked",
      "journal.full",
      "journal.failed",
    ],
  }),
  /** Starts sending and returns at once; the outcome arrives as entries. */
  "outbox.send": channel({
    input: z.strictObject({ batch: HashId }),
    output: z.strictObject({}),
    refusals: ["session.none", "batch.unknown", "batch.acknowledged"],
  }),
  /** Sheets that were held may count by now: asks for the receipts after the first one. */
  "receipt.askLater": channel({
    input: z.strictObject({ batch: HashId }),
    output: z.strictObject({ outcome: z.enum(["same", "newer"]) }),
    refusals: [
      "session.none",
      "batch.unknown",
      "registry.unreachable",
      "registry.not-a-registry",
      "journal.full",
      "journal.failed",
    ],
  }),
  "outbox.describe": channel({
    input: z.strictObject({}),
    output: z.strictObject({ sending: z.array(SendProgress), link: LinkState }),
    refusals: [],
  }),
  /** Compares with the registry now, without sending a batch; the outcome arrives as entries. */
  "outbox.contact": channel({
    input: z.strictObject({}),
    output: z.strictObject({}),
    refusals: ["session.none"],
  }),
  /** A small real exchange with the registry, measured. */
  "outbox.testLink": channel({
    input: z.strictObject({}),
    output: LinkTest,
    refusals: ["session.none", "registry.unreachable", "registry.not-a-registry", "registry.not-loopback"],
  }),
} as const;
