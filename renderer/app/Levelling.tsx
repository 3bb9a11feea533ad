// While the window's copy is brought level with the journal. Most starts are over before this is worth drawing; a copy
// that was lost is made again from every entry there is.
import { formatCount, useText } from "../i18n/index.ts";
import { Page, ProgressBar } from "../ui/index.ts";

export function Levelling({ done, of }: { readonly done: number; readonly of: number }) {
  const t = useText();
  return (
    <Page title={t("app.starting")} width="narrow">
      <ProgressBar
        label={t("app.levelling")}
        value={done}
        max={of}
        text={t("app.levelled", { done: formatCount(done), of: formatCount(of) })}
        data-testid="levelling"
      />
    </Page>
  );
}
