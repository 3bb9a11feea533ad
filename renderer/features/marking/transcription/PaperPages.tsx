// Photographs of the paper: at least one, so that whoever signs or checks can hold what was typed against it.
import { useState } from "react";
import { ok, type Refusal, type Result, type SheetId } from "#shared/base";
import { MAX_PAGES, type Transcription } from "#shared/exam";
import { bridge } from "../../../bridge/index.ts";
import { refusalKind, refusalText, useText } from "../../../i18n/index.ts";
import { useStore } from "../../../store/index.ts";
import { Button, Notice, PictureButton, Stack } from "../../../ui/index.ts";
import { fileToPicture } from "../evidence/index.ts";
import styles from "../Marking.module.css";
import type { WriteIntent } from "../sheet-acts.ts";

export function PaperPages({ row, write }: { readonly row: Transcription; readonly write: WriteIntent }) {
  const t = useText();
  const store = useStore();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const add = async (files: readonly File[]) => {
    setBusy(true);
    setRefusal(null);
    for (const file of files) {
      const added = await addPage(row.id, file);
      const taken = added.ok ? await store.catchUp() : added;
      if (!taken.ok) {
        setRefusal(taken.error);
        break;
      }
    }
    setBusy(false);
  };
  const remove = async (hash: Transcription["pages"][number]["hash"]) => {
    const removed = await write({ kind: "transcription.removePage", sheet: row.id, hash });
    setRefusal(removed.ok ? removed.value.behind : removed.error);
  };
  return (
    <Stack gap={2}>
      <p className={styles.quiet} data-testid="paper-pages">
        {t("transcription.pages", { count: row.pages.length })}
      </p>
      {row.pages.map(({ hash }, at) => (
        <Button key={hash} onPress={() => void remove(hash)} data-testid={`paper-page-remove-${at + 1}`}>
          {t("transcription.removePage", { n: at + 1 })}
        </Button>
      ))}
      {refusal ? <Notice kind={refusalKind(refusal)} announce="now" title={refusalText(t, refusal)} /> : null}
      <PictureButton
        multiple
        accept="image/jpeg,image/png,image/webp"
        busy={busy}
        busyText={t("transcription.addingPage")}
        isDisabled={row.pages.length >= MAX_PAGES}
        onPictures={(files) => void add(files)}
        filesTestId="paper-page-file"
      >
        {t("transcription.addPage")}
      </PictureButton>
    </Stack>
  );
}

export async function addPage(sheet: SheetId, file: File): Promise<Result<void, Refusal>> {
  const made = await fileToPicture(file);
  if (!made.ok) return made;
  const added = await bridge.call("transcription.addPage", { sheet, bytes: made.value });
  return added.ok ? ok(undefined) : added;
}
