// What waits to be confirmed, from main's mouth; between two matters the window is blank.
import { useCallback, useEffect, useRef, useState } from "react";
import type { ConfirmRequest } from "#shared/ipc";
import { setLocale, TextProvider, useText, type Wording } from "../i18n/index.ts";
import { UiProvider } from "../ui/index.ts";
import type { ConfirmBridge } from "./bridge.ts";
import { ConfirmForm } from "./ConfirmForm.tsx";
import styles from "./confirm.module.css";

export interface ConfirmWindowProps {
  readonly bridge: ConfirmBridge;
  readonly wording: Wording;
}

export function ConfirmWindow({ bridge, wording }: ConfirmWindowProps) {
  const request = useRequest(bridge, wording);
  return (
    <TextProvider i18n={wording}>
      <Shown request={request.current} bridge={bridge} onOver={request.over} />
    </TextProvider>
  );
}

function Shown(props: {
  readonly request: ConfirmRequest | null;
  readonly bridge: ConfirmBridge;
  readonly onOver: (id: number) => void;
}) {
  const t = useText();
  const { request, onOver } = props;
  return (
    <UiProvider locale={t.locale} messagesLabel={t("common.messages")} dismissLabel={t("common.dismiss")}>
      {request ? (
        // A new matter is a new form: nothing typed for one can answer another.
        <ConfirmForm
          key={request.id}
          request={request}
          bridge={props.bridge}
          onOver={() => onOver(request.id)}
        />
      ) : (
        <main className={styles.idle} data-testid="confirm-idle" aria-label={t("confirm.idle")} />
      )}
    </UiProvider>
  );
}

function useRequest(bridge: ConfirmBridge, wording: Wording) {
  const [current, setCurrent] = useState<ConfirmRequest | null>(null);
  // Only the newest question counts: an older answer that arrives late is dropped.
  const asked = useRef(0);
  // Ids ascend. The word that one question is over may come after the next was asked, and takes only its own away.
  const ended = useRef(-Infinity);

  const over = useCallback((id: number) => {
    ended.current = Math.max(ended.current, id);
    setCurrent((before) => (before && before.id <= id ? null : before));
  }, []);

  useEffect(() => {
    const ask = async () => {
      asked.current += 1;
      const mine = asked.current;
      const isStale = (request: ConfirmRequest | null) =>
        mine !== asked.current || (request !== null && request.id <= ended.current);
      const request = await bridge.describe();
      if (isStale(request)) return;
      if (request) await setLocale(wording, request.locale);
      if (!isStale(request)) setCurrent(request);
    };
    const stopHearing = [bridge.onRequested(() => void ask()), bridge.onClosed(over)];
    void ask();
    return () => stopHearing.forEach((stop) => stop());
  }, [bridge, wording, over]);

  return { current, over };
}
