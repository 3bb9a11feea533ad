// Words, controls and store around the shell. The language is the one thing that everything below depends on, and may
// change at any moment without a draft being lost: nothing below is built anew.
import { useState } from "react";
import type { AppDescription, Locale } from "#shared/ipc";
import { bridge } from "../bridge/index.ts";
import { refusalText, setLocale, TextProvider, useText, type Wording } from "../i18n/index.ts";
import { StoreProvider, type RebuildAccount, type Store, type StoreRefusal } from "../store/index.ts";
import { Notice, Page, UiProvider } from "../ui/index.ts";
import { Shell } from "./Shell.tsx";

export interface AppProps {
  readonly description: AppDescription;
  readonly wording: Wording;
  readonly store: Store;
}

export function App({ description, wording, store }: AppProps) {
  return (
    <TextProvider i18n={wording}>
      <StoreProvider store={store}>
        <Worded description={description} wording={wording} account={store.account} />
      </StoreProvider>
    </TextProvider>
  );
}

/** The store could not be opened, a newer one for instance: said in words, and nothing is written. */
export function NotOpened({
  refusal,
  wording,
}: {
  readonly refusal: StoreRefusal;
  readonly wording: Wording;
}) {
  return (
    <TextProvider i18n={wording}>
      <NotOpenedPage refusal={refusal} />
    </TextProvider>
  );
}

interface WordedProps {
  readonly description: AppDescription;
  readonly wording: Wording;
  readonly account: RebuildAccount | null;
}

function Worded({ description, wording, account }: WordedProps) {
  const t = useText();
  const [locale, setChosen] = useState(description.locale);
  const choose = (next: Locale) => {
    setChosen(next);
    void setLocale(wording, next);
    void bridge.call("app.chooseLocale", { locale: next });
  };
  return (
    <UiProvider locale={locale} messagesLabel={t("common.messages")} dismissLabel={t("common.dismiss")}>
      <Shell
        description={{ ...description, locale }}
        account={account && t(`app.rebuilt.${account.reason}`, { count: account.entries })}
        onLocale={choose}
      />
    </UiProvider>
  );
}

function NotOpenedPage({ refusal }: { readonly refusal: StoreRefusal }) {
  const t = useText();
  return (
    <Page title={t("app.notOpened")} width="narrow">
      <Notice kind="danger" announce="now" title={refusalText(t, refusal)} safe={t("app.broken.safe")} />
    </Page>
  );
}
