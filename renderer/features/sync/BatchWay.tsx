// One batch on its way: what of it the registry has, its receipt, and why it waits.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import type { SendProgress } from "#shared/ipc";
import { isOwing, type BatchRow } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import { formatBytes, formatDayAndTime, formatDuration, refusalText, useText } from "../../i18n/index.ts";
import { Button, Facts, Notice, Panel, Pill, ProgressBar, Stack, Stamp } from "../../ui/index.ts";
import styles from "./Sync.module.css";

export interface BatchWayProps {
  readonly batch: BatchRow;
  readonly progress: SendProgress | undefined;
  readonly isHalted: boolean;
}

type Stage = "sealed" | "sending" | "stored" | "proven" | "quarantined" | "rejected";

export function BatchWay({ batch, progress, isHalted }: BatchWayProps) {
  const t = useText();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const stage = stageOf(batch, progress);
  const isOpen = isOwing(batch);
  const isCalling = progress !== undefined && CALLING.includes(progress.phase);
  const send = async () => {
    const started = await bridge.call("outbox.send", { batch: batch.id });
    setRefusal(started.ok ? null : started.error);
  };
  return (
    <Panel
      title={t("sync.batch", { n: batch.deviceSeq })}
      aside={t("sync.sealedAt", { when: formatDayAndTime(batch.sealedAt.wall, t.locale) })}
      data-testid={`sync-batch-${batch.deviceSeq}`}
    >
      <div className={styles.way}>
        <Stamp {...stampOf(batch.id)} label={t("sync.stamp")} />
        <Stack gap={3}>
          <Stack direction="row" gap={2} align="center">
            <span data-testid="sync-stage" data-stage={stage}>
              <Pill kind={PILLS[stage]}>{t(`sync.stage.${stage}`)}</Pill>
            </span>
            <span>
              {batch.kind !== "results"
                ? t(`closing.contentsOf.${batch.kind}`, { count: batch.sheets })
                : t("sync.contents", { sheets: batch.sheets, absent: batch.absent })}
            </span>
          </Stack>
          <Facts facts={factsOf(batch, progress, t)} />
          {isCalling ? <Going progress={progress} /> : null}
          {isOpen && !isCalling ? <Waiting batch={batch} progress={progress} isHalted={isHalted} /> : null}
          {refusal ? <Notice kind="danger" title={refusalText(t, refusal)} /> : null}
          {isOpen && !isCalling ? (
            <Stack direction="row" justify="end">
              <Button onPress={() => void send()} data-testid="sync-send">
                {batch.trouble || progress ? t("sync.sendAgain") : t("sync.send")}
              </Button>
            </Stack>
          ) : null}
        </Stack>
      </div>
    </Panel>
  );
}

const CALLING: readonly SendProgress["phase"][] = ["offering", "sending", "awaiting-receipt"];

const PILLS = {
  sealed: "sealed",
  sending: "action",
  stored: "done",
  proven: "done",
  quarantined: "attention",
  rejected: "attention",
} as const;

function stageOf({ receipt, anchored }: BatchRow, progress: SendProgress | undefined): Stage {
  if (receipt && receipt.verdict !== "accepted") return receipt.verdict;
  if (receipt) return anchored ? "proven" : "stored";
  return progress && CALLING.includes(progress.phase) ? "sending" : "sealed";
}

function factsOf(batch: BatchRow, progress: SendProgress | undefined, t: ReturnType<typeof useText>) {
  const { receipt, objects, evidenceOwed, anchored } = batch;
  const total = objects.reduce((sum, { size }) => sum + size, 0);
  const evidence = objects.filter(({ role }) => role === "evidence").length;
  const sent = receipt && evidenceOwed === 0 ? total : (progress?.bytesSent ?? null);
  const when = (wall: number) => formatDayAndTime(wall, t.locale);
  return [
    {
      term: t("sync.sent"),
      value:
        sent === null
          ? t("sync.sentNone", { total: formatBytes(total) })
          : t("sync.sentBytes", { sent: formatBytes(sent), total: formatBytes(total) }),
    },
    {
      term: t("sync.stored"),
      value: receipt
        ? t("sync.storedAt", { when: when(receipt.acceptedAt), n: receipt.regSeq })
        : t("sync.notYet"),
    },
    ...(receipt
      ? [
          {
            term: t("sync.proven"),
            value: anchored
              ? t("sync.provenAt", { n: anchored.index + 1, size: anchored.size, log: anchored.log })
              : t("sync.notProven"),
          },
        ]
      : []),
    ...(evidence > 0
      ? [{ term: t("sync.evidence"), value: t("sync.evidenceOf", { owed: evidenceOwed, count: evidence }) }]
      : []),
    ...(receipt && receipt.renewed > 0
      ? [{ term: t("sync.renewed"), value: t("sync.renewedTimes", { count: receipt.renewed }) }]
      : []),
  ];
}

function Going({ progress }: { readonly progress: SendProgress }) {
  const t = useText();
  const { phase, lane, bytesSent, bytesTotal } = progress;
  return (
    <ProgressBar
      label={t(phase === "sending" ? `sync.going.${lane}` : `sync.phase.${phase}`)}
      value={phase === "sending" && bytesSent > 0 ? bytesSent : null}
      max={Math.max(1, bytesTotal)}
      text={t("sync.confirmed", { sent: formatBytes(bytesSent), total: formatBytes(bytesTotal) })}
      data-testid="sync-progress"
    />
  );
}

/** Why it waits, in words: what happened, what is safe, what next. */
function Waiting(props: BatchWayProps) {
  const t = useText();
  const { batch, progress, isHalted } = props;
  const code = progress?.trouble ?? batch.trouble?.code;
  if (code === undefined) {
    return <p className={styles.quiet}>{isHalted ? t("sync.waitsHalted") : t("sync.waitsForPerson")}</p>;
  }
  const isParked = batch.trouble?.final ?? false;
  return (
    <Notice
      kind={isParked ? "danger" : "attention"}
      title={t(batch.receipt ? "sync.evidenceWaits" : "sync.waits", { why: refusalText(t, { code }) })}
      safe={t(batch.receipt ? "sync.scoresThere" : "sync.safeHere", { count: batch.sheets })}
      next={nextText(t, { isHalted, isParked, nextTryMs: progress?.nextTryMs ?? null })}
      announce="never"
      data-testid="sync-waits"
    />
  );
}

function nextText(
  t: ReturnType<typeof useText>,
  {
    isHalted,
    isParked,
    nextTryMs,
  }: { readonly isHalted: boolean; readonly isParked: boolean; readonly nextTryMs: number | null },
): string {
  if (isHalted) return t("sync.waitsHalted");
  if (isParked) return t("sync.nextParked");
  return nextTryMs === null ? t("sync.nextSoon") : t("sync.nextIn", { time: formatDuration(nextTryMs) });
}
