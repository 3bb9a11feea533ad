// Pausing and resuming, of one sheet or of several in one act: all of them or none.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import type { PauseReason, Sheet } from "#shared/exam";
import type { Intent } from "#shared/journal";
import { appendIntents } from "../../../bridge/index.ts";
import { useText } from "../../../i18n/index.ts";
import { useStore } from "../../../store/index.ts";
import { useMessages } from "../../../ui/index.ts";

export interface Pausing {
  readonly isBusy: boolean;
  /** Why the last act came to nothing. */
  readonly refusal: Refusal | null;
  /** Answers whether they stand still now. */
  pause(sheets: readonly Sheet[], reason: PauseReason): Promise<boolean>;
  resume(sheets: readonly Sheet[]): Promise<boolean>;
  /** What was refused is read, and another try begins. */
  forget(): void;
}

export function usePausing(): Pausing {
  const t = useText();
  const store = useStore();
  const messages = useMessages();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const write = async (intents: Intent[], said: string): Promise<boolean> => {
    if (isBusy) return false;
    setBusy(true);
    const written = await appendIntents(intents);
    const taken = written.ok ? await store.takeIn(written.value.entries) : written;
    setBusy(false);
    setRefusal(taken.ok ? null : taken.error);
    if (taken.ok) messages.announce(said);
    return taken.ok;
  };
  return {
    isBusy,
    refusal,
    pause: (sheets, reason) =>
      write(
        sheets.map(({ id }) => ({ kind: "sheet.pause", sheet: id, reason })),
        t("pause.isPaused"),
      ),
    resume: (sheets) =>
      write(
        sheets.map(({ id }) => ({ kind: "sheet.resume", sheet: id })),
        t("pause.runs"),
      ),
    forget: () => setRefusal(null),
  };
}
