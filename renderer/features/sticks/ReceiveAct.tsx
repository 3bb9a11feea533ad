// Reading a stick: what it brought, what was here already, and what was not taken and why.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import type { Received } from "#shared/ipc";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import { refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { Facts, Notice, OfferedButton, Stack } from "../../ui/index.ts";

const COUNTED = [
  "receipts",
  "proofs",
  "permits",
  "sittings",
  "sheets",
  "versions",
  "amendments",
  "reviews",
  "settlements",
  "changes",
  "batches",
  "known",
] as const;

export function ReceiveAct() {
  const t = useText();
  const store = useStore();
  const [busy, setBusy] = useState(false);
  const [received, setReceived] = useState<Received | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const receive = async () => {
    setBusy(true);
    setReceived(null);
    setRefusal(null);
    const done = await bridge.call("stick.receive", {});
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    if (!taken.ok) setRefusal(taken.error);
    else if (done.ok && done.value.outcome === "received") setReceived(done.value.received);
  };
  const brought = COUNTED.filter((kind) => received !== null && received[kind] > 0);
  return (
    <Stack gap={3}>
      <Stack direction="row">
        <OfferedButton
          busy={busy}
          busyText={t("sticks.reading")}
          onPress={() => void receive()}
          data-testid="stick-receive"
        >
          {t("sticks.receive.act")}
        </OfferedButton>
      </Stack>
      {received ? (
        <section aria-live="polite" data-testid="stick-received">
          <Stack gap={3}>
            <p>
              {received.bundle
                ? t("sticks.receive.whole", { code: stampOf(received.bundle).code })
                : t("sticks.receive.partial")}
            </p>
            {brought.length > 0 ? (
              <Facts
                facts={brought.map((kind) => ({
                  term: t(`sticks.receive.kind.${kind}`),
                  value: (
                    <span data-testid={`brought-${kind}`} data-value={received[kind]}>
                      {received[kind]}
                    </span>
                  ),
                }))}
              />
            ) : (
              <p>{t("sticks.receive.nothing")}</p>
            )}
            {received.contested > 0 ? (
              <Notice
                kind="attention"
                announce="never"
                title={t("sticks.receive.contested", { count: received.contested })}
                next={t("closing.waits.CONTESTED.next")}
                data-testid="received-contested"
              />
            ) : null}
            {received.refused.map(({ code, count }) => (
              <div key={code} data-testid="received-refused" data-code={code}>
                <Notice
                  kind="attention"
                  announce="never"
                  title={t("sticks.receive.refused", { count, why: refusalText(t, { code }) })}
                />
              </div>
            ))}
          </Stack>
        </section>
      ) : null}
      {refusal ? (
        <Notice
          kind={refusalKind(refusal)}
          announce="now"
          title={refusalText(t, refusal)}
          safe={t("sticks.receive.unchanged")}
          data-testid="receive-refused"
        />
      ) : null}
    </Stack>
  );
}
