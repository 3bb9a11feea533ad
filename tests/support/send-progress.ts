// What the outbox tells a window about one batch.
import type { HashId } from "#shared/base";
import type { SendProgress } from "#shared/ipc";

export function aSendProgress(batch: HashId, over: Partial<SendProgress> = {}): SendProgress {
  return {
    ...{ batch, phase: "sending", bytesSent: 1024, bytesTotal: 4096, lane: "scores" },
    ...{ trouble: null, nextTryMs: null },
    ...over,
  };
}
