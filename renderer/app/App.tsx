// The window's own parts, put together around the shell: words, controls, store.
import { useState } from "react";
import type { AppDescription, Locale } from "#shared/ipc";
import { bridge } from "../bridge/index.ts";
import { setLocale, TextProvider, useText, type Wording } from "../i18n/index.ts";
import { StoreProvider, type Store } from "../store/index.ts";
import { UiProvider } from "../ui/index.ts";
import { JournalLinkProvider } from "./JournalLink.tsx";
import { Shell } from "./Shell.tsx";

export interface AppProps {
  readonly description: AppDescription;
  readonly words: Wording;
  readonly store: Store;
}

export function App({ description, words, store }: AppProps) {
  const [locale, setChosen] = useState<Locale>(description.locale);
  const choose = (next: Locale) => {
    setChosen(next);
    void setLocale(words, next);
    void bridge.call("app.chooseLocale", { locale: next });
  };
  return (
    <TextProvider i18n={words}>
      <Controls locale={locale}>
        <StoreProvider store={store}>
          <JournalLinkProvider>
            <Shell description={description} onLocale={choose} />
          </JournalLinkProvider>
        </StoreProvider>
      </Controls>
    </TextProvider>
  );
}

function Controls({ locale, children }: { readonly locale: Locale; readonly children: React.ReactNode }) {
  const t = useText();
  return (
    <UiProvider locale={locale} messagesLabel={t("common.messages")} dismissLabel={t("common.dismiss")}>
      {children}
    </UiProvider>
  );
}
