// A paper sheet is given up, or sent back: with a reason, because somebody else has to know why.
import { useState } from "react";
import type { Refusal, Result } from "#shared/base";
import { StaffReason } from "#shared/exam";
import { refusalKind, refusalText, useText } from "../../../i18n/index.ts";
import { ActDialog, TextField } from "../../../ui/index.ts";

export interface GiveUpDialogProps {
  readonly title: string;
  readonly lead: string;
  readonly act: string;
  readonly testId: string;
  readonly onAct: (reason: string) => Promise<Result<unknown, Refusal>>;
  readonly onClose: () => void;
}

export function GiveUpDialog({ title, lead, act, testId, onAct, onClose }: GiveUpDialogProps) {
  const t = useText();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const reason = StaffReason.safeParse(text.trim());
  const go = async () => {
    if (!reason.success) return;
    setBusy(true);
    const done = await onAct(reason.data);
    setBusy(false);
    setRefusal(done.ok ? null : done.error);
    if (done.ok) onClose();
  };
  return (
    <ActDialog
      {...{ title, lead, onClose }}
      cancelText={t("common.cancel")}
      actText={act}
      busyText={act}
      isBusy={busy}
      isReady={reason.success}
      refusal={refusal && { kind: refusalKind(refusal), title: refusalText(t, refusal) }}
      onAct={() => void go()}
      data-testid={testId}
    >
      <TextField
        label={t("transcription.reason")}
        value={text}
        onChange={setText}
        maxLength={200}
        onEnter={() => void go()}
        data-testid={`${testId}-reason`}
      />
    </ActDialog>
  );
}
