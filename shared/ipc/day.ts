// Closing the day: seal, send, hold the receipt. The state of a batch is in the store; these only set things going.
import { z } from "zod";
import { HashId, SittingId } from "#shared/base";
import { channel } from "./channel.ts";

/** What the runner is doing with a batch right now; never stored, recomputed (protocol A4). */
export const SendProgress = z.strictObject({
  batch: HashId,
  phase: z.enum(["idle", "offering", "sending", "awaiting-receipt", "waiting"]),
  bytesSent: z.int().min(0),
  bytesTotal: z.int().min(0),
});
export type SendProgress = z.infer<typeof SendProgress>;

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
    output: z.strictObject({ sending: z.array(SendProgress) }),
    refusals: [],
  }),
} as const;
