// When the store cannot be opened there is nothing to work on: why, what is safe, what next. What is stored can always be
// carried to a program that reads it (S15).
import { useState } from "react";
import type { Refusal } from "#shared/base";
import { bridge } from "../bridge/index.ts";
import { refusalText, useText } from "../i18n/index.ts";
import { Button, Notice, Page } from "../ui/index.ts";

export function NotOpened({ refusal }: { readonly refusal: Refusal }) {
  const t = useText();
  const [said, setSaid] = useState("");
  const save = async () => {
    const saved = await bridge.call("app.exportStored", {});
    if (!saved.ok) setSaid(refusalText(t, saved.error));
    else if (saved.value.outcome === "saved") setSaid(t("app.savedAsIs"));
  };
  return (
    <Page title={t("app.notOpened")} width="narrow">
      <Notice
        kind="danger"
        announce="now"
        title={refusalText(t, refusal)}
        actions={
          <>
            <Button onPress={() => window.location.reload()}>{t("common.retry")}</Button>
            <Button kind="plain" onPress={() => void save()} data-testid="export-stored">
              {t("app.saveAsIs")}
            </Button>
          </>
        }
        data-testid="not-opened"
      />
      <p role="status" data-testid="export-said">
        {said}
      </p>
    </Page>
  );
}
