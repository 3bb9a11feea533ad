// The page of the hidden window in which a fire drill opens the real store, over a journal of the drill, with a key that
// lives as long as the page. It shows main every row it holds; main knows what they should be.
import { ok } from "#shared/base";
import { parseStoredEntries } from "#shared/journal";
import { z } from "zod";
import { answerSchema, drillPageChannels } from "#shared/ipc";
import { createSealer, DATABASE_NAME, openStore } from "../store/index.ts";

z.config({ jitless: true });

interface RawBridge {
  call(name: string, input: unknown): Promise<unknown>;
}

async function call<N extends keyof typeof drillPageChannels>(name: N, input: unknown) {
  const raw = (window as Window & { readonly bridge?: RawBridge }).bridge;
  if (!raw) throw new Error("the page of the drill was opened without its preload");
  const answer = answerSchema(drillPageChannels[name].output).parse(await raw.call(name, input));
  if (!answer.ok) throw new Error(`main refused: ${answer.error.code}`);
  return answer.value as z.infer<(typeof drillPageChannels)[N]["output"]>;
}

async function start(): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const store = await openStore(
    DATABASE_NAME,
    async (after) => {
      const { entries, head } = await call("drill.readEntries", { after });
      const parsed = parseStoredEntries(entries);
      return parsed.ok ? ok({ entries: parsed.value, head }) : parsed;
    },
    createSealer(() => Promise.resolve(key)),
  );
  if (!store.ok) throw new Error(`the store did not open: ${store.error.code}`);
  const account = store.value.account?.reason ?? null;
  await call("drill.showRows", { account, rows: await store.value.exportRows() });
}

void start();
