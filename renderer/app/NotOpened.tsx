// When the store cannot be opened there is nothing to work on: why, what is safe, what next.
import type { Refusal } from "#shared/base";
import { refusalText, useText } from "../i18n/index.ts";
import { Button, Notice, Page } from "../ui/index.ts";

export function NotOpened({ refusal }: { readonly refusal: Refusal }) {
  const t = useText();
  return (
    <Page title={t("app.notOpened")} width="narrow">
      <Notice
        kind="danger"
        announce="now"
        title={refusalText(t, refusal)}
        actions={<Button onPress={() => window.location.reload()}>{t("common.retry")}</Button>}
        data-testid="not-opened"
      />
    </Page>
  );
}
