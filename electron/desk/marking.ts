// The window's wishes become entries: judged by `admit`, one after another, each over what the wishes before it come to, then written
// and flushed together. This is where a mark's way enters the privileged side.
import { ok } from "#shared/base";
import { READ_LIMIT } from "#shared/ipc";
import { admit, viewAfter, type Intent } from "#shared/journal";
import type { Answer, EntryDraft, Environment, Journal } from "./ports.ts";
import type { Serial } from "./serial.ts";
import type { Sessions } from "./sessions.ts";

export interface Marking {
  append(intents: readonly Intent[]): Answer<"journal.append">;
  read(after: number): Answer<"journal.read">;
}

export interface MarkingDeps {
  readonly journal: Journal;
  readonly sessions: Pick<Sessions, "current">;
  readonly env: Environment;
  readonly serial: Serial;
}

export function createMarking({ journal, sessions, env, serial }: MarkingDeps): Marking {
  return {
    append: (intents) =>
      serial(async () => {
        const actor = sessions.current();
        const drafts: EntryDraft[] = [];
        const after = viewAfter(journal.view);
        for (const intent of intents) {
          const admitted = admit(intent, actor, after.view, env.newSheetId);
          if (!admitted.ok) return admitted;
          drafts.push({ body: admitted.value });
          const seq = journal.head().seq + drafts.length;
          if (drafts.length < intents.length)
            after.take([{ v: 1, seq, at: env.clock(), actor, body: admitted.value }]);
        }
        const written = await journal.append(actor, drafts);
        return written.ok ? ok({ entries: JSON.stringify(written.value) }) : written;
      }),

    read: async (after) => {
      const head = journal.head();
      const limit = Math.max(0, Math.min(READ_LIMIT, head.seq - after));
      return ok({ entries: await journal.readText(after, limit), head });
    },
  };
}
