// What main answers about a sitting's flags, decisions and visits and a sheet's story; asked again when the journal grew.
import { useCallback, useEffect, useState } from "react";
import type { Refusal, Result, SheetId, SittingId } from "#shared/base";
import type { OutputOf, WindowChannels } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";

export type Asked<T> =
  | { readonly state: "reading" }
  | { readonly state: "refused"; readonly refusal: Refusal; readonly again: () => void }
  | { readonly state: "read"; readonly value: T };

type Answer<K extends keyof WindowChannels> = Promise<Result<OutputOf<WindowChannels[K]>, Refusal>>;

const askFlags = (sitting: SittingId): Answer<"supervision.flags"> =>
  bridge.call("supervision.flags", { sitting });
const askCounts = (sitting: SittingId): Answer<"supervision.count"> =>
  bridge.call("supervision.count", { sitting });
const askReviews = (sitting: SittingId): Answer<"review.list"> => bridge.call("review.list", { sitting });
const askVisits = (sitting: SittingId): Answer<"visit.list"> => bridge.call("visit.list", { sitting });
const askTimeline = (sheet: SheetId): Answer<"supervision.timeline"> =>
  bridge.call("supervision.timeline", { sheet });

export const useFlags = (sitting: SittingId) => useAsked(sitting, askFlags);
export const useFlagCounts = (sitting: SittingId) => useAsked(sitting, askCounts);
/** Main has the last word on what stands. */
export const useDecisions = (sitting: SittingId) => useAsked(sitting, askReviews);
/** One's own notes of a room, and what supervisors signed of it. */
export const useVisits = (sitting: SittingId) => useAsked(sitting, askVisits);
export const useTimeline = (sheet: SheetId) => useAsked(sheet, askTimeline);

function useAsked<K extends string, T>(about: K, ask: (about: K) => Promise<Result<T, Refusal>>): Asked<T> {
  const [answer, setAnswer] = useState<Answered<K, T> | null>(null);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((n) => n + 1), []);
  useEffect(() => bridge.on("journal.appended", again), [again]);
  useEffect(() => {
    let isCurrent = true;
    void ask(about).then((result) => {
      if (isCurrent) setAnswer((before) => (isKept(before, about, result) ? before : { about, result }));
    });
    return () => {
      isCurrent = false;
    };
  }, [ask, about, round]);
  if (answer?.about !== about) return { state: "reading" };
  const { result } = answer;
  return result.ok
    ? { state: "read", value: result.value }
    : { state: "refused", refusal: result.error, again };
}

interface Answered<K, T> {
  readonly about: K;
  readonly result: Result<T, Refusal>;
}

/** A laptop that locked refuses for a while: what was read, and what is being written beside it, stays (rulings 12). */
function isKept<K, T>(before: Answered<K, T> | null, about: K, { ok }: Result<T, Refusal>): boolean {
  return !ok && before?.about === about && before.result.ok;
}
