// One sealed batch: waiting, on its way, or acknowledged. Only a receipt that main has verified says acknowledged; what
// it proves and what it does not stand beside it.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import type { Words } from "#shared/exam";
import type { SendProgress } from "#shared/ipc";
import type { BatchRow } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import { formatBytes, formatDayAndTime, refusalText, useText, wordsIn } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { Notice, OfferedButton, Panel, Pill, ProgressBar, Stack, Stamp } from "../../ui/index.ts";
import styles from "./Closing.module.css";

export interface BatchCardProps {
  readonly batch: BatchRow;
  readonly registry: Words;
  readonly progress: SendProgress | undefined;
}

type BatchState = "sealed" | "sending" | "acknowledged" | "quarantined" | "rejected";

export function BatchCard({ batch, registry, progress }: BatchCardProps) {
  const t = useText();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const state = stateOf(batch, progress);
  const send = async () => {
    const started = await bridge.call("outbox.send", { batch: batch.id });
    setRefusal(started.ok ? null : started.error);
  };
  return (
    <Panel
      title={t(batch.carried ? "closing.carriedBatch" : "closing.batch", { n: batch.deviceSeq })}
      aside={t("closing.sealedAt", { when: formatDayAndTime(batch.sealedAt.wall, t.locale) })}
      data-testid={`${batch.carried ? "carried" : "batch"}-${batch.deviceSeq}`}
    >
      <div className={styles.batch}>
        <Stamp {...stampOf(batch.id)} label={t("closing.batchStamp")} size="large" />
        <Stack gap={3}>
          <Stack direction="row" gap={2} align="center">
            <span data-testid="batch-state" data-state={state} data-batch={batch.id}>
              <Pill kind={PILLS[state]}>{t(`closing.stateWord.${state}`)}</Pill>
            </span>
            <span>
              {batch.kind !== "results"
                ? t(`closing.contentsOf.${batch.kind}`, { count: batch.sheets })
                : t("closing.contents", {
                    sheets: batch.sheets,
                    absent: batch.absent,
                    missing: batch.missing,
                  })}
            </span>
          </Stack>
          {batch.exported && !batch.receipt ? (
            <p className={styles.quiet} data-testid="batch-exported">
              {t("closing.exported", {
                when: formatDayAndTime(batch.exported.at.wall, t.locale),
                code: batch.exported.bundles.map(({ hash }) => stampOf(hash).code).join(" · "),
              })}
            </p>
          ) : null}
          {batch.explanation ? <p className={styles.quiet}>{batch.explanation}</p> : null}
          {state === "sending" && progress ? <Sending progress={progress} /> : null}
          {batch.trouble && state === "sealed" ? <Trouble batch={batch} /> : null}
          {refusal ? <Notice kind="danger" title={refusalText(t, refusal)} /> : null}
          {state === "sealed" ? (
            <Stack direction="row" justify="between" align="center" gap={3}>
              <span className={styles.quiet}>{t("closing.later")}</span>
              <OfferedButton
                kind="primary"
                note={t("closing.sendNote")}
                onPress={() => void send()}
                data-testid="batch-send"
              >
                {batch.trouble ? t("closing.sendAgain") : t("closing.send")}
              </OfferedButton>
            </Stack>
          ) : null}
        </Stack>
      </div>
      {batch.receipt ? <Receipt batch={batch} receipt={batch.receipt} registry={registry} /> : null}
    </Panel>
  );
}

const PILLS = {
  sealed: "sealed",
  sending: "action",
  acknowledged: "done",
  quarantined: "attention",
  rejected: "attention",
} as const;

function stateOf({ receipt }: BatchRow, progress: SendProgress | undefined): BatchState {
  if (receipt) return receipt.verdict === "accepted" ? "acknowledged" : receipt.verdict;
  const isCalling = progress && ["offering", "sending", "awaiting-receipt"].includes(progress.phase);
  return isCalling ? "sending" : "sealed";
}

function Sending({ progress }: { readonly progress: SendProgress }) {
  const t = useText();
  const { phase, bytesSent, bytesTotal } = progress;
  return (
    <ProgressBar
      label={t(`closing.phase.${phase}`)}
      value={phase === "sending" ? bytesSent : null}
      max={Math.max(1, bytesTotal)}
      text={t("closing.bytes", { sent: formatBytes(bytesSent), total: formatBytes(bytesTotal) })}
      data-testid="batch-progress"
    />
  );
}

function Trouble({ batch }: { readonly batch: BatchRow }) {
  const t = useText();
  if (!batch.trouble) return null;
  const { code, final } = batch.trouble;
  return (
    <Notice
      kind={final ? "danger" : "attention"}
      title={t("closing.troubleTitle", { why: refusalText(t, { code }) })}
      safe={t("closing.troubleSafe", { count: batch.sheets })}
      next={final ? t("closing.troubleFinal") : t("closing.troubleNext")}
      data-testid="batch-trouble"
    />
  );
}

function Receipt(props: {
  readonly batch: BatchRow;
  readonly receipt: NonNullable<BatchRow["receipt"]>;
  readonly registry: Words;
}) {
  const { batch, receipt, registry } = props;
  const t = useText();
  const name = wordsIn(t, registry);
  const stamp = stampOf(batch.id);
  // Taken, but not whole: "all taken" would be said of sheets that wait.
  const isPartly = receipt.verdict === "accepted" && receipt.sheets.quarantined > 0;
  return (
    <section className={styles.receipt}>
      <span data-testid="receipt-stamp" data-hash={receipt.hash}>
        <Stamp {...stampOf(receipt.hash)} label={t("closing.receiptStamp")} size="large" />
      </span>
      <Stack gap={2}>
        <h3 className={styles.receiptTitle}>
          {t("closing.receipt")} · {t(`closing.verdict.${isPartly ? "quarantined" : receipt.verdict}`)}
        </h3>
        <p>
          {t("closing.receiptFrom", {
            registry: name,
            when: formatDayAndTime(receipt.acceptedAt, t.locale),
          })}{" "}
          {t("closing.registrySeq", { n: receipt.regSeq })}
          {t.locale === "en" ? ". " : "，"}
          {t("closing.counts", receipt.sheets)}
        </p>
        <p>{t("closing.proves", { registry: name, stamp: `${stamp.characters.join("")} ${stamp.code}` })}</p>
        <p className={styles.quiet}>{t("closing.doesNot")}</p>
        {receipt.notes.length > 0 ? (
          <ul aria-label={t("closing.notes")}>
            {receipt.notes.map(({ seq, code }) => (
              <li key={`${seq} ${code}`} data-testid="receipt-note" data-code={code}>
                {seq === 0 ? t("closing.wholeBatch") : t("closing.noteAt", { seq })}:{" "}
                {refusalText(t, { code: `note.${code}` })}
              </li>
            ))}
          </ul>
        ) : null}
        {receipt.notes.some(({ code }) => code === "enrolment-pending") ? (
          <AskLater batch={batch.id} />
        ) : null}
      </Stack>
    </section>
  );
}

/** Held sheets count once their key is enrolled; the registry says so when it is asked. */
function AskLater({ batch }: { readonly batch: BatchRow["id"] }) {
  const t = useText();
  const store = useStore();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const ask = async () => {
    setBusy(true);
    const asked = await bridge.call("receipt.askLater", { batch });
    const taken = asked.ok ? await store.catchUp() : asked;
    setBusy(false);
    setSaid(taken.ok ? t("closing.decided.same") : refusalText(t, taken.error));
  };
  return (
    <Stack direction="row" gap={3} align="center">
      <OfferedButton busy={busy} onPress={() => void ask()} data-testid="receipt-ask-later">
        {t("closing.decided.ask")}
      </OfferedButton>
      <span role="status">{said}</span>
    </Stack>
  );
}
