// Composition root of the window: ask main what this is, open the store against the journal, draw.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { invariant } from "#shared/base";
import { App, NotOpened } from "./app/index.ts";
import { askStoreKey, bridge } from "./bridge/index.ts";
import { createI18n, setLocale, textOf, TextProvider } from "./i18n/index.ts";
import { createSealer, DATABASE_NAME, openStore } from "./store/index.ts";
import { UiProvider } from "./ui/index.ts";

// The page has no eval; the schemas must not try it.
z.config({ jitless: true });

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
  const store = await openStore(
    DATABASE_NAME,
    (after) => bridge.call("journal.read", { after }),
    createSealer(askStoreKey),
  );
  root.render(
    <StrictMode>
      {store.ok ? (
        <App description={described.value} words={words} store={store.value} />
      ) : (
        <TextProvider i18n={words}>
          <UiProvider locale={locale} messagesLabel={t("common.messages")} dismissLabel={t("common.dismiss")}>
            <NotOpened refusal={store.error} />
          </UiProvider>
        </TextProvider>
      )}
    </StrictMode>,
  );
}

void start();
