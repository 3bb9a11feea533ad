// One form, saved as a PDF in Chinese or in both languages: main makes it of its own records and asks where it goes.
import { useState } from "react";
import type { PaperWhat } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText } from "../../i18n/index.ts";
import { Button, Stack, useMessages } from "../../ui/index.ts";

export interface SaveFormProps {
  readonly what: PaperWhat;
  readonly label: string;
  readonly testId: string;
}

const LANGUAGES = ["zh", "both"] as const;

export function SaveForm({ what, label, testId }: SaveFormProps) {
  const t = useText();
  const messages = useMessages();
  const [busy, setBusy] = useState<(typeof LANGUAGES)[number] | null>(null);
  const save = async (languages: (typeof LANGUAGES)[number]) => {
    setBusy(languages);
    const saved = await bridge.call("paper.save", { what, languages });
    setBusy(null);
    if (!saved.ok) messages.show("danger", refusalText(t, saved.error));
    else if (saved.value.fileName !== undefined)
      messages.show("done", t("paper.saved", { file: saved.value.fileName }));
  };
  return (
    <div role="group" aria-label={label}>
      <p>{label}</p>
      <Stack direction="row" gap={2}>
        {LANGUAGES.map((languages) => (
          <Button
            key={languages}
            busy={busy === languages}
            busyText={t("paper.saving")}
            isDisabled={busy !== null && busy !== languages}
            onPress={() => void save(languages)}
            data-testid={`${testId}-${languages}`}
          >
            {t(`paper.in.${languages}`)}
          </Button>
        ))}
      </Stack>
    </div>
  );
}
