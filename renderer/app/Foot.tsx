// The foot of the window: the truth about saving, the registry, the time, and the keys of where one is.
import { useEffect, useState } from "react";
import { Check } from "lucide-react";
import type { SendProgress } from "#shared/ipc";
import { bridge } from "../bridge/index.ts";
import { formatCount, formatDayAndTime, formatTime, useText } from "../i18n/index.ts";
import { useBatches, useChain, useCursor } from "../store/index.ts";
import { KeyHints, SavedTick, StatusBar, StatusFact } from "../ui/index.ts";
import styles from "./App.module.css";
import { useJournalLink } from "./JournalLink.tsx";
import type { Place } from "./place.ts";

export function Foot({ place }: { readonly place: Place | null }) {
  const t = useText();
  const link = useJournalLink();
  const cursor = useCursor() ?? 0;
  const state = link.trouble ? "refused" : cursor < link.flushed ? "saving" : "saved";
  const words = {
    refused: t("app.storeTrouble"),
    saving: t("app.savingFacts"),
    saved: t("app.facts", { count: formatCount(cursor) }),
  };
  return (
    <StatusBar
      label={t("app.status")}
      keys={
        place?.kind === "marking" ? (
          <span className={styles.keys}>
            <KeyHints
              label={t("common.keys")}
              align="end"
              hints={[
                { keys: ["↑", "↓"], text: t("app.keys.items") },
                { keys: ["⇧↑", "⇧↓"], text: t("app.keys.candidates") },
                { keys: ["U"], text: t("app.keys.undo") },
                { keys: ["V"], text: t("app.keys.veto") },
                { keys: ["?"], text: t("app.keys.all") },
                { keys: ["Ctrl", "K"], text: t("app.keys.commands") },
              ]}
            />
          </span>
        ) : null
      }
    >
      <StatusFact kind={state === "saved" ? "done" : state === "saving" ? "quiet" : "danger"}>
        <span data-testid="saved-count" data-value={cursor}>
          <SavedTick state={state} text={words[state]} data-testid="saved-tick" />
        </span>
      </StatusFact>
      <StatusFact icon={<Check aria-hidden />}>{t("app.here")}</StatusFact>
      <Link />
      <Clock />
    </StatusBar>
  );
}

function Link() {
  const t = useText();
  const batches = useBatches();
  const [sending, setSending] = useState<SendProgress["phase"]>("idle");
  useEffect(() => bridge.on("outbox.progress", ({ phase }) => setSending(phase)), []);
  const last = Math.max(0, ...(batches ?? []).map(({ receipt }) => receipt?.acceptedAt ?? 0));
  const isCalling = ["offering", "sending", "awaiting-receipt"].includes(sending);
  return (
    <StatusFact>
      {isCalling
        ? t("app.sending")
        : last > 0
          ? t("app.lastContact", { when: formatDayAndTime(last, t.locale) })
          : t("app.neverContacted")}
    </StatusFact>
  );
}

function Clock() {
  const t = useText();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5000);
    return () => clearInterval(timer);
  }, []);
  const state = useChain()?.clock.state ?? "trusted";
  const time = formatTime(now, t.locale);
  return (
    <StatusFact kind={state === "changed" ? "attention" : "quiet"}>
      <span data-testid="clock" data-state={state}>
        {state === "trusted" ? time : t(`app.clock.${state}`, { time })}
      </span>
    </StatusFact>
  );
}
