// Old entries, carried forward: the one place where data of earlier versions is read (rulings 9). Version 1 is the
// first; the next one adds its step here, with a frozen fixture and a test.
import { z } from "zod";
import { HashId, ok, refuse, type Refusal, type Result } from "#shared/base";
import { JournalEntry, type StoredEntry } from "./entry.ts";

const CURRENT = 1;

const Versioned = z.looseObject({ v: z.int().min(1) });

/** Parses a stored entry of any version up to today's. */
export function liftEntry(stored: unknown): Result<JournalEntry, Refusal<"entry.newer" | "entry.malformed">> {
  const versioned = Versioned.safeParse(stored);
  if (!versioned.success) return refuse({ code: "entry.malformed" });
  if (versioned.data.v > CURRENT) return refuse({ code: "entry.newer" });
  const entry = JournalEntry.safeParse(stored);
  return entry.success ? ok(entry.data) : refuse({ code: "entry.malformed" });
}

const StoredText = z.array(z.strictObject({ entry: z.unknown(), hash: HashId }));

/** The text of stored entries, as the journal hands it to the window. */
export function parseStoredEntries(
  text: string,
): Result<StoredEntry[], Refusal<"entry.newer" | "entry.malformed">> {
  const entries: StoredEntry[] = [];
  for (const { entry, hash } of StoredText.parse(JSON.parse(text))) {
    const lifted = liftEntry(entry);
    if (!lifted.ok) return lifted;
    entries.push({ entry: lifted.value, hash });
  }
  return ok(entries);
}
