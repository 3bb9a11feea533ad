import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import { X } from "lucide-react";
import { IconButton } from "./Button.tsx";
import { classNames } from "./class-names.ts";
import styles from "./Messages.module.css";
import { NoticeIcon, type NoticeKind } from "./Notice.tsx";
import { VisuallyHidden } from "./VisuallyHidden.tsx";

interface Shown {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly text: string;
}

export interface Messages {
  /** A message that appears at the foot of the page, is read out, and stays until put away or followed by three more. */
  readonly show: (kind: NoticeKind, text: string) => void;
  /** Read out only; nothing appears. */
  readonly announce: (text: string) => void;
}

const MessagesContext = createContext<Messages | null>(null);

/** How many stay at once; what counts as lasting belongs into a Notice. */
const KEPT = 3;

export function MessageProvider(props: {
  readonly label: string;
  readonly dismissLabel: string;
  readonly children: ReactNode;
}) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const [spoken, setSpoken] = useState("");
  const nextId = useRef(0);

  const show = useCallback((kind: NoticeKind, text: string) => {
    nextId.current += 1;
    const message = { id: nextId.current, kind, text };
    setShown((before) => [...before.filter((other) => other.text !== text), message].slice(-KEPT));
  }, []);
  const messages = useMemo(() => ({ show, announce: setSpoken }), [show]);
  const dismiss = (id: number) => {
    setShown((before) => before.filter((message) => message.id !== id));
  };

  return (
    <MessagesContext value={messages}>
      {props.children}
      <LiveMessage>{spoken}</LiveMessage>
      <section className={styles.region} aria-label={props.label} role="status" aria-live="polite">
        {shown.map((message) => (
          <div key={message.id} className={classNames(styles.message, styles[message.kind])}>
            <NoticeIcon kind={message.kind} />
            <span className={styles.text}>{message.text}</span>
            <IconButton label={props.dismissLabel} icon={<X />} onPress={() => dismiss(message.id)} />
          </div>
        ))}
      </section>
    </MessagesContext>
  );
}

export function useMessages(): Messages {
  const messages = useContext(MessagesContext);
  if (!messages) throw new Error("useMessages needs a UiProvider above it");
  return messages;
}

/** A polite announcement: nothing to see, read out when its words change. */
export function LiveMessage({ children }: { readonly children: ReactNode }) {
  return (
    <VisuallyHidden>
      <span role="status" aria-live="polite" aria-atomic>
        {children}
      </span>
    </VisuallyHidden>
  );
}
