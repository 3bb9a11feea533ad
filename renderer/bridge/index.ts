// The window's only way to the main process: the typed client of shared/ipc. Answers and events are parsed here, so
// that everything behind this door is what its schema says; an answer that is not is a bug and throws.
import type { z } from "zod";
import { invariant, ok, type Refusal, type Result } from "#shared/base";
import {
  answerSchema,
  appEvents,
  windowChannels,
  type AppEvents,
  type InputOf,
  type OutputOf,
  type RefusalOf,
  type JournalHead,
  type WindowChannels,
} from "#shared/ipc";
import { parseStoredEntries, type Intent, type StoredEntry } from "#shared/journal";

export { askStoreKey } from "./store-key.ts";

/** What the preload leaves on the window. */
interface ExposedBridge {
  call(name: string, input: unknown): Promise<unknown>;
  on(event: string, listener: (payload: unknown) => void): () => void;
}

type ChannelName = keyof WindowChannels;
type EventName = keyof AppEvents;
type Answer<K extends ChannelName> = Result<OutputOf<WindowChannels[K]>, RefusalOf<WindowChannels[K]>>;

export const bridge = { call, on } as const;
export type Bridge = typeof bridge;

async function call<K extends ChannelName>(name: K, input: InputOf<WindowChannels[K]>): Promise<Answer<K>> {
  const answered = await exposed().call(name, input);
  return schemaOf(name).parse(answered) as Answer<K>;
}

/** The journal as the store reads it: entries cross the bridge as one text and are parsed and lifted here. */
export async function readJournal(
  after: number,
): Promise<Result<{ readonly entries: readonly StoredEntry[]; readonly head: JournalHead }, Refusal>> {
  const read = await call("journal.read", { after });
  if (!read.ok) return read;
  return ok({ entries: entriesIn(read.value.entries), head: read.value.head });
}

/** Has intents written, and answers the entries they became. */
export async function appendIntents(
  intents: Intent[],
): Promise<Result<{ readonly entries: readonly StoredEntry[] }, Refusal>> {
  const appended = await call("journal.append", { intents });
  return appended.ok ? ok({ entries: entriesIn(appended.value.entries) }) : appended;
}

function entriesIn(text: string): readonly StoredEntry[] {
  const entries = parseStoredEntries(text);
  invariant(entries.ok, "main and window are one build: what main has written, the window can read");
  return entries.value;
}

/** Answers with the way to stop listening. */
function on<K extends EventName>(event: K, listener: (payload: z.infer<AppEvents[K]>) => void): () => void {
  return exposed().on(event, (payload) => {
    listener(appEvents[event].parse(payload) as z.infer<AppEvents[K]>);
  });
}

const schemas = new Map<ChannelName, z.ZodType>();

function schemaOf(name: ChannelName): z.ZodType {
  const schema = schemas.get(name) ?? answerSchema(windowChannels[name].output);
  schemas.set(name, schema);
  return schema;
}

function exposed(): ExposedBridge {
  const found = (window as Window & { bridge?: ExposedBridge }).bridge;
  invariant(found, "the preload has exposed its bridge");
  return found;
}
