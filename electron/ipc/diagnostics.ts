// What a person may send to whoever helps them: versions, counts and codes. No name, no number, no mark: the report is
// put together from the fields below and never from an entry as a whole.
import { z } from "zod";
import { HashId } from "#shared/base";
import type { StoredEntry } from "#shared/journal";

export const Diagnostics = z.strictObject({
  v: z.literal(1),
  app: z.strictObject({ version: z.string(), build: z.string() }),
  electron: z.string(),
  chromium: z.string(),
  platform: z.string(),
  locale: z.string(),
  storage: z.string().nullable(),
  journal: z.strictObject({
    seq: z.int().min(0),
    hash: HashId,
    entries: z.record(z.string(), z.int().min(1)),
  }),
  /** The newest reasons why a batch waited, oldest first. */
  troubles: z.array(z.strictObject({ seq: z.int().min(1), code: z.string(), final: z.boolean() })),
});
export type Diagnostics = z.infer<typeof Diagnostics>;

export interface DiagnosticFacts {
  readonly app: { readonly version: string; readonly build: string };
  readonly electron: string;
  readonly chromium: string;
  readonly platform: string;
  readonly locale: string;
  readonly storage: string | null;
  readonly journal: {
    head(): { readonly seq: number; readonly hash: HashId };
    read(after: number, limit: number): Promise<readonly StoredEntry[]>;
  };
}

export async function diagnose({ journal, ...facts }: DiagnosticFacts): Promise<Diagnostics> {
  const head = journal.head();
  const entries: Record<string, number> = {};
  const troubles: Diagnostics["troubles"] = [];
  let after = 0;
  while (after < head.seq) {
    const page = await journal.read(after, pageSize);
    if (page.length === 0) break;
    for (const { entry } of page) {
      const { body, seq } = entry;
      entries[body.kind] = (entries[body.kind] ?? 0) + 1;
      if (body.kind === "send.troubled") troubles.push({ seq, code: body.code, final: body.final });
      after = seq;
    }
  }
  return Diagnostics.parse({
    v: 1,
    ...facts,
    journal: { seq: head.seq, hash: head.hash, entries },
    troubles: troubles.slice(-keptTroubles),
  });
}

const pageSize = 2000;
const keptTroubles = 20;
