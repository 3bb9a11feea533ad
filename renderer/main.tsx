// Composition root of the window: ask main what this is, open the store against the journal, draw.
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { invariant } from "#shared/base";
import { App, Levelling, NotOpened } from "./app/index.ts";
import { askStoreKey, bridge, readJournal } from "./bridge/index.ts";
import { createI18n, setLocale, textOf, TextProvider } from "./i18n/index.ts";
import { createSealer, DATABASE_NAME, openStore } from "./store/index.ts";
import { UiProvider } from "./ui/index.ts";

// The page has no eval; the schemas must not try it.
z.config({ jitless: true });

/** Entries: fewer are taken in before anybody could read a word. */
const WORTH_SHOWING = 5_000;

async function start(): Promise<void> {
  const element = document.getElementById("root");
  invariant(element, "the page has a root");
  const root = createRoot(element);
  const described = await bridge.call("app.describe", {});
  invariant(described.ok, "main describes itself");
  const { locale } = described.value;
  const words = createI18n(locale);
  await setLocale(words, locale);
  const t = textOf(words);
  const draw = (screen: ReactNode) =>
    root.render(
      <StrictMode>
        <TextProvider i18n={words}>
          <UiProvider locale={locale} messagesLabel={t("common.messages")} dismissLabel={t("common.dismiss")}>
            {screen}
          </UiProvider>
        </TextProvider>
      </StrictMode>,
    );
  const store = await openStore(DATABASE_NAME, readJournal, createSealer(askStoreKey), {
    onProgress: ({ done, of }) => {
      if (of > WORTH_SHOWING) draw(<Levelling done={done} of={of} />);
    },
    discardFiles: async () => {
      await bridge.call("app.discardStore", {});
    },
  });
  if (!store.ok) {
    draw(<NotOpened refusal={store.error} />);
    return;
  }
  root.render(
    <StrictMode>
      <App description={described.value} words={words} store={store.value} />
    </StrictMode>,
  );
}

void start();
