// The strip below: how many facts are durable on this laptop, and when the registry was last heard. It says what is
// so, not what is hoped: the count is the store's own cursor, behind a flush and a committed transaction.
import { Check, CloudOff, CloudUpload } from "lucide-react";
import { useEffect, useState } from "react";
import type { SendProgress } from "#shared/ipc";
import { bridge } from "../bridge/index.ts";
import { formatDayAndTime, useText } from "../i18n/index.ts";
import { useBatches, useCursor } from "../store/index.ts";
import { KeyHints, StatusBar, StatusFact } from "../ui/index.ts";

export function Foot({ isMarking }: { readonly isMarking: boolean }) {
  const t = useText();
  const saved = useCursor() ?? 0;
  return (
    <StatusBar
      label={t("app.status")}
      keys={
        isMarking ? (
          <KeyHints
            label={t("common.keys")}
            hints={[
              { keys: ["↑", "↓"], text: t("app.keys.items") },
              { keys: ["⇧↑", "⇧↓"], text: t("app.keys.candidates") },
              { keys: ["?"], text: t("app.keys.all") },
            ]}
          />
        ) : undefined
      }
    >
      <StatusFact kind="done" icon={<Check aria-hidden />}>
        <span data-testid="saved-count" data-value={saved} title={t("app.factsHint", { count: saved })}>
          {t("app.facts", { count: saved })}
        </span>
        <span>{t("app.here")}</span>
      </StatusFact>
      <Link />
    </StatusBar>
  );
}

function Link() {
  const t = useText();
  const batches = useBatches() ?? [];
  const isSending = useIsSending();
  if (isSending) return <StatusFact icon={<CloudUpload aria-hidden />}>{t("app.sending")}</StatusFact>;
  const last = Math.max(0, ...batches.map(({ receipt }) => receipt?.acceptedAt ?? 0));
  return (
    <StatusFact icon={<CloudOff aria-hidden />}>
      {last === 0
        ? t("app.neverContacted")
        : t("app.lastContact", { when: formatDayAndTime(last, t.locale) })}
    </StatusFact>
  );
}

function useIsSending(): boolean {
  const [phase, setPhase] = useState<SendProgress["phase"]>("idle");
  useEffect(() => bridge.on("outbox.progress", (progress) => setPhase(progress.phase)), []);
  return phase !== "idle" && phase !== "waiting";
}
