// One copy onto a stick: the folder is chosen in main's dialog, the bar counts bytes written and then bytes read back, and only
// after that it says what is there, with the code that is read out on the other side.
import { useEffect, useState } from "react";
import type { Refusal } from "#shared/base";
import type { Copied, InputOf, StickProgress, WindowChannels } from "#shared/ipc";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import { formatBytes, refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { OfferedButton, Notice, ProgressBar, Stack } from "../../ui/index.ts";

type CopyChannel = "stick.exportBatches" | "stick.shareSitting" | "stick.shareSheets";

export interface CopyActProps<C extends CopyChannel> {
  readonly channel: C;
  readonly input: InputOf<WindowChannels[C]>;
  readonly label: string;
  readonly testId: string;
  readonly isDisabled?: boolean;
  readonly isPrimary?: boolean;
}

export function CopyAct<C extends CopyChannel>(props: CopyActProps<C>) {
  const { channel, input, label, testId, isDisabled = false, isPrimary = false } = props;
  const t = useText();
  const store = useStore();
  const [busy, setBusy] = useState(false);
  const [copied, setCopied] = useState<Extract<Copied, { outcome: "copied" }> | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const progress = useStickProgress(busy);
  const copy = async () => {
    setBusy(true);
    setCopied(null);
    setRefusal(null);
    const done = await bridge.call(channel, input);
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    if (!taken.ok) setRefusal(taken.error);
    else if (done.ok && done.value.outcome === "copied") setCopied(done.value);
  };
  return (
    <Stack gap={3}>
      <Stack direction="row">
        <OfferedButton
          {...(isPrimary ? { kind: "primary" as const } : {})}
          isDisabled={isDisabled}
          busy={busy}
          busyText={t("sticks.copying")}
          onPress={() => void copy()}
          data-testid={testId}
        >
          {label}
        </OfferedButton>
      </Stack>
      {busy && progress ? (
        <ProgressBar
          label={t(`sticks.phase.${progress.phase}`)}
          value={progress.done}
          max={progress.total}
          text={t("sticks.bytes", { done: formatBytes(progress.done), total: formatBytes(progress.total) })}
          data-testid="stick-progress"
        />
      ) : null}
      {copied ? (
        <Notice
          kind="done"
          announce="now"
          title={t("sticks.copied", {
            code: copied.bundles.map(({ hash }) => stampOf(hash).code).join(" · "),
          })}
          safe={
            copied.batches + copied.sheets > 0
              ? t("sticks.copiedSafe", { batches: copied.batches, sheets: copied.sheets })
              : t("sticks.copiedWhole")
          }
          next={t("sticks.copiedNext")}
          data-testid="stick-copied"
        />
      ) : null}
      {refusal ? (
        <Notice
          kind={refusalKind(refusal)}
          announce="now"
          title={refusalText(t, refusal)}
          data-testid="stick-refused"
        />
      ) : null}
    </Stack>
  );
}

function useStickProgress(isRunning: boolean): StickProgress | null {
  const [progress, setProgress] = useState<StickProgress | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    const stop = bridge.on("stick.progress", setProgress);
    return () => {
      stop();
      setProgress(null);
    };
  }, [isRunning]);
  return progress;
}
