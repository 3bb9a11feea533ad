// Keeps the store level with the journal: every entry main appends, whoever asked for it, is folded in. What the status
// bar calls saved is the store having reached the newest entry that main has flushed. Held beside the screens and not above
// them: a mark moves it twice, and draws nothing but who reads it.
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { invariant, type Refusal } from "#shared/base";
import { bridge } from "../bridge/index.ts";
import { useStore } from "../store/index.ts";

export interface JournalLink {
  /** The newest entry main has spoken of. */
  readonly flushed: number;
  readonly trouble: Refusal | null;
  /** False once main had to give back the room it keeps for a full disk; null until it spoke of it. */
  readonly hasReserve: boolean | null;
}

const LinkContext = createContext<JournalLink | null>(null);

export function useJournalLink(): JournalLink {
  const link = useContext(LinkContext);
  invariant(link, "a JournalLinkProvider above");
  return link;
}

export function JournalLinkProvider({ children }: { readonly children: ReactNode }) {
  const store = useStore();
  const [link, setLink] = useState<JournalLink>({ flushed: 0, trouble: null, hasReserve: null });
  useEffect(() => {
    const settle = (taken: Awaited<ReturnType<typeof store.catchUp>>) => {
      const trouble = taken.ok ? null : taken.error;
      setLink((before) => (before.trouble === trouble ? before : { ...before, trouble }));
    };
    const stop = bridge.on("journal.appended", ({ seq, hasReserve }) => {
      setLink((before) => ({ ...before, flushed: Math.max(before.flushed, seq), hasReserve }));
      void store.reach(seq).then(settle);
    });
    // What was appended between opening the store and listening.
    void store.catchUp().then(settle);
    return stop;
  }, [store]);
  return <LinkContext value={link}>{children}</LinkContext>;
}
