// A screen of the window over a fake main and a real store in a real IndexedDB.
import { Dexie } from "dexie";
import { useState, type ReactNode } from "react";
import { cleanup, render } from "vitest-browser-react";
import type { CandidateRef, PersonId } from "#shared/base";
import type { PersonRow, SittingRow } from "#shared/journal";
import { App } from "../../../renderer/app/index.ts";
import { rememberPlace, type Place } from "../../../renderer/app/place.ts";
import { bridge, readJournal } from "../../../renderer/bridge/index.ts";
import { Marking } from "../../../renderer/features/marking/index.ts";
import { createI18n, setLocale, TextProvider, type Wording } from "../../../renderer/i18n/index.ts";
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
  const store = await openedStore();
  await render(
    <TextProvider i18n={createI18n("zh-CN")}>
      <UiProvider locale="zh-CN" messagesLabel="messages" dismissLabel="dismiss">
        <StoreProvider store={store}>{screen}</StoreProvider>
      </UiProvider>
    </TextProvider>,
  );
  return { main, store };
}

export interface DrawnApp extends Drawn {
  readonly words: Wording;
}

/** The whole window, at a place of somebody's. */
export async function drawApp(
  journal: TestJournal,
  person: PersonId | null,
  { place, locked = null }: { readonly place?: Place; readonly locked?: PersonId | null } = {},
): Promise<DrawnApp> {
  localStorage.clear();
  const who = person ?? locked;
  if (who && place) rememberPlace(who, place);
  const main = installFakeMain(journal, person);
  main.locked = locked;
  const store = await openedStore();
  const described = await bridge.call("app.describe", {});
  if (!described.ok) throw new Error(described.error.code);
  const words = createI18n("zh-CN");
  await setLocale(words, "zh-CN");
  await render(<App description={described.value} words={words} store={store} />);
  return { main, store, words };
}

async function openedStore(): Promise<Store> {
  const store = await openStore(`screen-${(databases += 1)}`, readJournal, createSealer(aStoreKey));
  if (!store.ok) throw new Error(store.error.code);
  opened.push(store.value);
  return store.value;
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

/** The marking desk of one person, with nobody chosen yet. */
export function MarkingDesk(props: {
  readonly day: PreparedDay;
  readonly person: PersonId;
  readonly height: string;
}) {
  const { day, person, height } = props;
  const [candidate, setCandidate] = useState<CandidateRef | null>(null);
  return (
    <div style={{ height }}>
      <Marking
        {...rowsOf(day, person)}
        candidate={candidate}
        onCandidate={setCandidate}
        beside={() => null}
      />
    </div>
  );
}

/** What an input method shows in a field while it composes. */
export function compose(field: HTMLInputElement, text: string): void {
  field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  composeOn(field, text);
}

/** The same composition goes on. */
export function composeOn(field: HTMLInputElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(
    new InputEvent("input", { bubbles: true, inputType: "insertCompositionText", isComposing: true }),
  );
}
