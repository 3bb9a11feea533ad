// The link: when the registry was last spoken with, what kept it from being, and a test that measures a real exchange.
import { useState } from "react";
import type { Words } from "#shared/exam";
import type { LinkState, LinkTest } from "#shared/ipc";
import type { BatchRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import {
  formatBytes,
  formatCount,
  formatDayAndTime,
  refusalText,
  useText,
  wordsIn,
} from "../../i18n/index.ts";
import { Facts, Notice, OfferedButton, Panel, Stack } from "../../ui/index.ts";
import type { Refusal } from "#shared/base";

export interface LinkPanelProps {
  readonly registry: Words;
  readonly batches: readonly BatchRow[];
  readonly link: LinkState | null;
}

export function LinkPanel({ registry, batches, link }: LinkPanelProps) {
  const t = useText();
  const [test, setTest] = useState<LinkTest | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isTesting, setTesting] = useState(false);
  const measure = async () => {
    setTesting(true);
    const tested = await bridge.call("outbox.testLink", {});
    setTesting(false);
    setTest(tested.ok ? tested.value : null);
    setRefusal(tested.ok ? null : tested.error);
  };
  const compare = async () => {
    const begun = await bridge.call("outbox.contact", {});
    setRefusal(begun.ok ? null : begun.error);
  };
  const owed = batches.reduce((sum, { evidenceOwed }) => sum + evidenceOwed, 0);
  return (
    <Panel title={wordsIn(t, registry)} data-testid="sync-link">
      <Facts
        facts={[
          {
            term: t("sync.lastContact"),
            value: <span data-testid="sync-contact">{contactText(t, link, batches)}</span>,
          },
          {
            term: t("sync.owed"),
            value: (
              <span data-testid="sync-owed" data-value={owed}>
                {owed === 0 ? t("sync.owedNone") : t("sync.owedCount", { count: owed })}
              </span>
            ),
          },
          ...(test ? [{ term: t("sync.test.result"), value: testText(t, test) }] : []),
        ]}
      />
      {link?.trouble && !link.isContacting ? (
        <Notice
          kind={link.trouble.startsWith("send.") ? "attention" : "danger"}
          title={t("sync.contactTrouble", { why: refusalText(t, { code: link.trouble }) })}
          safe={t("sync.contactSafe")}
          next={t("sync.contactNext")}
          data-testid="sync-contact-trouble"
        />
      ) : null}
      {refusal ? (
        <Notice kind="attention" title={refusalText(t, refusal)} data-testid="sync-test-refused" />
      ) : null}
      <Stack direction="row" gap={3}>
        <OfferedButton
          busy={link?.isContacting ?? false}
          busyText={t("sync.comparing")}
          onPress={() => void compare()}
          data-testid="sync-compare"
        >
          {t("sync.compare")}
        </OfferedButton>
        <OfferedButton
          busy={isTesting}
          busyText={t("sync.test.running")}
          onPress={() => void measure()}
          data-testid="sync-test"
        >
          {t("sync.test.start")}
        </OfferedButton>
      </Stack>
    </Panel>
  );
}

type Text = ReturnType<typeof useText>;

function contactText(t: Text, link: LinkState | null, batches: readonly BatchRow[]): string {
  const last = Math.max(0, link?.contact?.at ?? 0, ...batches.map(({ receipt }) => receipt?.acceptedAt ?? 0));
  return last === 0 ? t("sync.neverContacted") : formatDayAndTime(last, t.locale);
}

function testText(t: Text, { roundTripMs, bytesPerSecond, bytes }: LinkTest): string {
  const ms = formatCount(roundTripMs);
  return bytesPerSecond === null
    ? t("sync.test.quick", { ms, bytes: formatBytes(bytes) })
    : t("sync.test.measured", { ms, speed: formatBytes(bytesPerSecond), bytes: formatBytes(bytes) });
}
