// Keeps the store level with the journal: every entry main appends, whoever asked for it, is folded in. What the status
// bar calls saved is the store having reached the newest entry that main has flushed.
import { useEffect, useState } from "react";
import type { Refusal } from "#shared/base";
import { bridge } from "../bridge/index.ts";
import { useStore } from "../store/index.ts";

export interface JournalLink {
  /** The newest entry main has spoken of. */
  readonly flushed: number;
  readonly trouble: Refusal | null;
  /** False once main had to give back the room it keeps for a full disk; null until it spoke of it. */
  readonly hasReserve: boolean | null;
}

export function useJournalLink(): JournalLink {
  const store = useStore();
  const [link, setLink] = useState<JournalLink>({ flushed: 0, trouble: null, hasReserve: null });
  useEffect(() => {
    const catchUp = () =>
      void store.catchUp().then((taken) => {
        setLink((before) => ({ ...before, trouble: taken.ok ? null : taken.error }));
      });
    const stop = bridge.on("journal.appended", ({ seq, hasReserve }) => {
      setLink((before) => ({ ...before, flushed: Math.max(before.flushed, seq), hasReserve }));
      catchUp();
    });
    // What was appended between opening the store and listening.
    catchUp();
    return stop;
  }, [store]);
  return link;
}
