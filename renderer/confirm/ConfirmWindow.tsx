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
  readonly onOver: () => void;
}) {
  const t = useText();
  return (
    <UiProvider locale={t.locale} messagesLabel={t("common.messages")} dismissLabel={t("common.dismiss")}>
      {props.request ? (
        // A new matter is a new form: nothing typed for one can answer another.
        <ConfirmForm
          key={props.request.id}
          request={props.request}
          bridge={props.bridge}
          onOver={props.onOver}
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

  const over = useCallback(() => {
    asked.current += 1;
    setCurrent(null);
  }, []);

  useEffect(() => {
    const ask = async () => {
      asked.current += 1;
      const mine = asked.current;
      const request = await bridge.describe();
      if (mine !== asked.current) return;
      if (request) await setLocale(wording, request.locale);
      if (mine === asked.current) setCurrent(request);
    };
    const stopHearing = [
      bridge.onRequested(() => void ask()),
      bridge.onClosed((id) => {
        setCurrent((before) => (before?.id === id ? null : before));
      }),
    ];
    void ask();
    return () => stopHearing.forEach((stop) => stop());
  }, [bridge, wording]);

  return { current, over };
}
