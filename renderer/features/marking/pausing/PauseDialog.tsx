// Why the time is to stand still: a press, or its digit, on what happens often, or words and Enter. The pause begins with that press.
import { useEffect, useEffectEvent, useState } from "react";
import type { PauseReason } from "#shared/exam";
import { refusalText, useText } from "../../../i18n/index.ts";
import { Button, Checkbox, Dialog, isComposing, Notice, Stack, TextField } from "../../../ui/index.ts";
import type { Pausing } from "./use-pausing.ts";

export interface PauseDialogProps {
  /** Other open sheets that may be paused in the same act, and whose they are. */
  readonly others: { readonly count: number; readonly of: "mine" | "sitting" } | null;
  readonly pausing: Pausing;
  readonly onPause: (reason: PauseReason, withOthers: boolean) => void;
  readonly onClose: () => void;
}

const OFTEN = ["power", "alarm", "tool", "organisation"] as const;

export function PauseDialog({ others, pausing, onPause, onClose }: PauseDialogProps) {
  const t = useText();
  const [isAll, setAll] = useState(false);
  const [text, setText] = useState("");
  const choose = (reason: PauseReason) => {
    if (!pausing.isBusy) onPause(reason, isAll);
  };
  const sayIt = () => {
    const said = text.trim();
    if (said !== "") choose({ kind: "other", text: said });
  };
  useDigits((digit) => {
    const kind = OFTEN[digit - 1];
    if (kind) choose({ kind });
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("pause.pause")}
      lead={t("pause.lead")}
      closeLabel={t("common.close")}
      width="narrow"
      data-testid="pause-dialog"
    >
      <Stack gap={3}>
        {pausing.refusal ? (
          <Notice
            kind="danger"
            announce="now"
            title={refusalText(t, pausing.refusal)}
            data-testid="pause-refused"
          />
        ) : null}
        {others && others.count > 0 ? (
          <Checkbox isSelected={isAll} onChange={setAll} data-testid="pause-others">
            {t(`pause.also.${others.of}`, { count: others.count })}
          </Checkbox>
        ) : null}
        <Stack gap={2}>
          {OFTEN.map((kind, at) => (
            <Button
              key={kind}
              wide
              autoFocus={at === 0}
              keyHint={String(at + 1)}
              onPress={() => choose({ kind })}
              data-testid={`pause-${kind}`}
            >
              {t(`pause.reason.${kind}`)}
            </Button>
          ))}
        </Stack>
        <TextField
          label={t("pause.other")}
          description={t("pause.otherHint")}
          value={text}
          onChange={setText}
          maxLength={200}
          autoComplete="off"
          onEnter={sayIt}
          data-testid="pause-text"
        />
        <Button
          isDisabled={text.trim() === ""}
          busy={pausing.isBusy}
          onPress={sayIt}
          data-testid="pause-other"
        >
          {t("pause.byOther")}
        </Button>
      </Stack>
    </Dialog>
  );
}

/** Digits, except in a text and while an input method composes. */
function useDigits(act: (digit: number) => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return;
    if (event.target instanceof HTMLInputElement && event.target.type === "text") return;
    const digit = /^[1-9]$/.exec(event.key)?.[0];
    if (digit === undefined) return;
    event.preventDefault();
    act(Number(digit));
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}
