// What the runner in main is doing with each batch right now. Told by events, never stored; the state of a batch itself
// is in the store.
import { useEffect, useState } from "react";
import type { HashId } from "#shared/base";
import type { SendProgress } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";

export function useSending(): ReadonlyMap<HashId, SendProgress> {
  const [progress, setProgress] = useState<ReadonlyMap<HashId, SendProgress>>(new Map());
  useEffect(() => {
    let isHere = true;
    const stop = bridge.on("outbox.progress", (one) => {
      setProgress((before) => new Map(before).set(one.batch, one));
    });
    void bridge.call("outbox.describe", {}).then((described) => {
      if (!isHere || !described.ok) return;
      // An event that came meanwhile is newer.
      setProgress(
        (before) => new Map([...described.value.sending.map((one) => [one.batch, one] as const), ...before]),
      );
    });
    return () => {
      isHere = false;
      stop();
    };
  }, []);
  return progress;
}
