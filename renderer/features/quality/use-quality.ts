// What main says of the centre's quality, asked again when the journal grew; and the flags of its sittings, asked one sitting after
// the other so that it can be shown how far the reading has come.
import { useCallback, useEffect, useState } from "react";
import { SittingId, type Refusal, type Result } from "#shared/base";
import type { CentreQuality } from "#shared/journal";
import type { FlagCode } from "#shared/rules";
import { bridge } from "../../bridge/index.ts";

export interface Asked {
  /** Null until the first answer. */
  readonly quality: CentreQuality | null;
  /** Why there is none. What was read stays through a lock (rulings 12). */
  readonly refusal: Refusal | null;
  readonly again: () => void;
}

/** `year`: null for the newest. */
export function useQuality(year: number | null): Asked {
  const [quality, setQuality] = useState<CentreQuality | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((n) => n + 1), []);
  useEffect(() => bridge.on("journal.appended", again), [again]);
  useEffect(() => {
    let isCurrent = true;
    const take = (answer: Result<CentreQuality, Refusal>) => {
      if (!isCurrent) return;
      setRefusal(answer.ok ? null : answer.error);
      if (answer.ok) setQuality(answer.value);
    };
    void bridge.call("quality.describe", { year }).then(take);
    return () => {
      isCurrent = false;
    };
  }, [year, round]);
  return { quality, refusal: quality === null ? refusal : null, again };
}

export interface ReadFlags {
  /** Asked about so far, whatever was answered. */
  readonly done: number;
  readonly counted: readonly SittingId[];
  readonly counts: ReadonlyMap<FlagCode, number>;
  /** Sittings whose flags this person may not count: they sat on the panel. */
  readonly closed: number;
  readonly refusal: Refusal | null;
}

const NOTHING: ReadFlags = { done: 0, counted: [], counts: new Map(), closed: 0, refusal: null };

/** The oldest first: main reads the journal from there on once, and not again for each later one. */
export function useFlagsOf(sittings: readonly SittingId[]): ReadFlags & { readonly again: () => void } {
  const key = sittings.join(" ");
  const [read, setRead] = useState<ReadFlags & { readonly of: string }>({ ...NOTHING, of: "" });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((n) => n + 1), []);
  useEffect(() => {
    let isCurrent = true;
    const ids = key.split(" ").map((id) => SittingId.parse(id));
    void readAll(ids, (next) => {
      if (isCurrent) setRead({ ...next, of: key });
      return isCurrent;
    });
    return () => {
      isCurrent = false;
    };
  }, [key, round]);
  return { ...(read.of === key ? read : NOTHING), again };
}

/** `show` says whether anybody still wants to know. */
async function readAll(sittings: readonly SittingId[], show: (read: ReadFlags) => boolean): Promise<void> {
  let read = NOTHING;
  if (!show(read)) return;
  for (const sitting of sittings) {
    const answer = await bridge.call("supervision.count", { sitting });
    if (answer.ok) {
      const counts = new Map(read.counts);
      for (const { code, count } of answer.value.counts) counts.set(code, (counts.get(code) ?? 0) + count);
      read = { ...read, counts, done: read.done + 1, counted: [...read.counted, sitting] };
    } else if (answer.error.code === "role.not-supervising") {
      read = { ...read, done: read.done + 1, closed: read.closed + 1 };
    } else {
      show({ ...read, refusal: answer.error });
      return;
    }
    if (!show(read)) return;
  }
}
