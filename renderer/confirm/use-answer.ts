// Giving the answer and saying what became of it. A refusal is words, the field is empty again and has the focus.
import { useEffect, useRef, useState } from "react";
import type { Refusal } from "#shared/base";
import { useText, type Text } from "../i18n/index.ts";
import type { ConfirmBridge } from "./bridge.ts";

export interface Answer {
  readonly busy: boolean;
  /** No further try makes sense now: waiting, or out of use. */
  readonly closed: boolean;
  readonly message: string;
  readonly give: (secret: { readonly secret: string; readonly repeated?: string }) => void;
  readonly decline: () => void;
}

export function useAnswer(how: {
  readonly bridge: ConfirmBridge;
  readonly id: number;
  readonly isPhrase: boolean;
  readonly onOver: () => void;
  readonly onRefused: () => void;
}): Answer {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [secondsLeft, wait] = useCountdown();
  // State is a picture of the last drawing; a second Enter may come before the next one.
  const asking = useRef(false);

  const waiting = secondsLeft > 0;
  const closed = waiting || refusal?.code === "keys.locked-out" || refusal?.code === "confirm.gone";

  const send = async (secret: { readonly secret: string; readonly repeated?: string }) => {
    asking.current = true;
    setBusy(true);
    const answered = await how.bridge.answer({ id: how.id, ...secret });
    asking.current = false;
    setBusy(false);
    if (answered.ok) {
      how.onOver();
      return;
    }
    setRefusal(answered.error);
    const seconds = answered.error.facts?.["seconds"];
    if (answered.error.code === "keys.wait" && typeof seconds === "number") wait(Math.ceil(seconds));
    how.onRefused();
  };

  return {
    busy,
    closed,
    message: refusal ? words(t, refusal, how.isPhrase, secondsLeft) : "",
    give: (secret) => {
      if (!asking.current && !closed) void send(secret);
    },
    decline: () => {
      if (asking.current) return;
      void how.bridge.decline(how.id).then(how.onOver);
    },
  };
}

function words(t: Text, { code, facts }: Refusal, isPhrase: boolean, secondsLeft: number): string {
  switch (code) {
    case "secret.wrong": {
      const base = isPhrase ? "passphrase.wrong" : "secret.wrong";
      const left = facts?.["left"];
      if (typeof left !== "number") return t(`confirm.refused.${base}`);
      return t(`confirm.refused.${base}-left`, { count: left });
    }
    case "keys.wait":
      return secondsLeft > 0
        ? t("confirm.refused.keys.wait", { count: secondsLeft })
        : t("confirm.refused.keys.wait-over");
    default:
      return t.maybe(`confirm.refused.${code}`) ?? t("confirm.refused.other", { code });
  }
}

/** Whole seconds until a moment, from the monotonic clock. */
function useCountdown(): readonly [number, (seconds: number) => void] {
  const [until, setUntil] = useState<number | null>(null);
  const [left, setLeft] = useState(0);

  useEffect(() => {
    if (until === null) return;
    const tick = setInterval(() => {
      const seconds = Math.ceil((until - performance.now()) / 1000);
      setLeft(Math.max(0, seconds));
      if (seconds <= 0) setUntil(null);
    }, 250);
    return () => clearInterval(tick);
  }, [until]);

  const start = (seconds: number) => {
    setLeft(seconds);
    setUntil(performance.now() + seconds * 1000);
  };
  return [left, start];
}
