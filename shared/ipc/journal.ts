// The journal as the window sees it: it asks for facts to be written and reads them back in order.
import { z } from "zod";
import { HashId } from "#shared/base";
import { Intent, INTENT_REFUSALS } from "#shared/journal";
import { channel } from "./channel.ts";

export const JournalHead = z.strictObject({ seq: z.int().min(0), hash: HashId });
export type JournalHead = z.infer<typeof JournalHead>;

export const READ_LIMIT = 2000;

export const journalChannels = {
  /**
   * All or none, in order; answered only after the flush, with one JSON text of stored entries: a mark waits while it crosses,
   * and a text crosses in one piece.
   */
  "journal.append": channel({
    input: z.strictObject({ intents: z.array(Intent).min(1).max(300) }),
    output: z.strictObject({ entries: z.string() }),
    refusals: [...INTENT_REFUSALS, "journal.full", "journal.failed"],
  }),
  /**
   * Entries after a sequence, oldest first, at most READ_LIMIT; with the head as it stands. As one JSON text of stored
   * entries: a store that is rebuilt reads them by the million, and each of their parts would cross the bridge on its own.
   */
  "journal.read": channel({
    input: z.strictObject({ after: z.int().min(0) }),
    output: z.strictObject({ entries: z.string(), head: JournalHead }),
    refusals: ["journal.failed"],
  }),
} as const;
