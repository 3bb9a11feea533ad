// What the runner in main is doing right now, and how the link is. Told by events, never stored; the state of a batch
// itself is in the store.
import { useEffect, useState } from "react";
import type { HashId } from "#shared/base";
import type { LinkState, SendProgress } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";

export interface OutboxNow {
  readonly sending: ReadonlyMap<HashId, SendProgress>;
  readonly link: LinkState | null;
}

export function useOutbox(): OutboxNow {
  const [now, setNow] = useState<OutboxNow>({ sending: new Map(), link: null });
  useEffect(() => {
    let isHere = true;
    const describe = async () => {
      const described = await bridge.call("outbox.describe", {});
      if (!isHere || !described.ok) return;
      const { sending, link } = described.value;
      setNow({ sending: new Map(sending.map((one) => [one.batch, one])), link });
    };
    const stops = [
      bridge.on("outbox.progress", (one) =>
        setNow((before) => ({ ...before, sending: new Map(before.sending).set(one.batch, one) })),
      ),
      bridge.on("outbox.link", () => void describe()),
    ];
    void describe();
    return () => {
      isHere = false;
      for (const stop of stops) stop();
    };
  }, []);
  return now;
}
