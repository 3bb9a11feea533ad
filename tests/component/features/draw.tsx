// A screen of the window over a fake main and a real store in a real IndexedDB.
import { Dexie } from "dexie";
import type { ReactNode } from "react";
import { cleanup, render } from "vitest-browser-react";
import type { PersonId } from "#shared/base";
import type { PersonRow, SittingRow } from "#shared/journal";
import { readJournal } from "../../../renderer/bridge/index.ts";
import { createI18n, TextProvider } from "../../../renderer/i18n/index.ts";
import { createSealer, openStore, StoreProvider, type Store } from "../../../renderer/store/index.ts";
import { UiProvider } from "../../../renderer/ui/index.ts";
import { aStoreKey } from "../../support/store-key.ts";
import { installFakeMain, type FakeMain } from "../../support/fake-main.ts";
import type { PreparedDay, TestJournal } from "../../support/journal-builders.ts";

let databases = 0;
const opened: Store[] = [];

export interface Drawn {
  readonly main: FakeMain;
  readonly store: Store;
}

export async function draw(journal: TestJournal, person: PersonId | null, screen: ReactNode): Promise<Drawn> {
  const main = installFakeMain(journal, person);
  const store = await openStore(`screen-${(databases += 1)}`, readJournal, createSealer(aStoreKey));
  if (!store.ok) throw new Error(store.error.code);
  opened.push(store.value);
  await render(
    <TextProvider i18n={createI18n("zh-CN")}>
      <UiProvider locale="zh-CN" messagesLabel="messages" dismissLabel="dismiss">
        <StoreProvider store={store.value}>{screen}</StoreProvider>
      </UiProvider>
    </TextProvider>,
  );
  return { main, store: store.value };
}

export async function closeStores(): Promise<void> {
  await cleanup();
  for (const store of opened.splice(0)) {
    store.close();
    await Dexie.delete(store.db.name);
  }
}

export function rowsOf(day: PreparedDay, person: PersonId): { me: PersonRow; sitting: SittingRow } {
  const me = day.journal.view.read("people", person);
  const sitting = day.journal.view.read("sittings", day.sitting);
  if (!me || !sitting) throw new Error("a prepared day has people and a sitting");
  return { me, sitting };
}
