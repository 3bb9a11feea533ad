// The composition root of the window: asks main who we are, brings the store level with the journal, then shows it.
import { createRoot } from "react-dom/client";
import { App, NotOpened } from "./app/index.ts";
import { bridge } from "./bridge/index.ts";
import { createI18n, setLocale } from "./i18n/index.ts";
import { DATABASE_NAME, openStore } from "./store/index.ts";

void start();

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  const page = createRoot(root);
  const description = await bridge.call("app.describe", {});
  if (!description.ok) throw new Error(description.error.code);
  const wording = createI18n(description.value.locale);
  await setLocale(wording, description.value.locale);
  const store = await openStore(DATABASE_NAME, (after) => bridge.call("journal.read", { after }));
  if (!store.ok) {
    page.render(<NotOpened refusal={store.error} wording={wording} />);
    return;
  }
  // What main writes by itself (a receipt, a permit) reaches the tables by the same road.
  bridge.on("journal.appended", () => void store.value.catchUp());
  page.render(<App description={description.value} wording={wording} store={store.value} />);
}
