// Old entries, carried forward: the one place where data of earlier versions is read (rulings 9). Version 1 is the
// first; the next one adds its step here, with a frozen fixture and a test.
import { z } from "zod";
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import { JournalEntry } from "./entry.ts";

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
