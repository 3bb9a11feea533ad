// The copy on a second medium, and the recovery code that opens it elsewhere: the administrator's care, everybody's rest.
import { useState } from "react";
import type { MediumDescription } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";
import { formatCount, refusalText, useText } from "../../i18n/index.ts";
import { Facts, Notice, OfferedButton, Panel, Pill, Stack, useMessages } from "../../ui/index.ts";
import { useMedium } from "./use-medium.ts";

export interface MediumPanelProps {
  /** A recovery code was made. */
  readonly hasCode: boolean;
  /** Only the administrator changes anything here. */
  readonly mayChange: boolean;
}

export function MediumPanel({ hasCode, mayChange }: MediumPanelProps) {
  const t = useText();
  const messages = useMessages();
  const medium = useMedium();
  const [busy, setBusy] = useState<"choose" | "make" | null>(null);

  const choose = async () => {
    setBusy("choose");
    const chosen = await bridge.call("medium.choose", {});
    setBusy(null);
    if (!chosen.ok) messages.show("danger", refusalText(t, chosen.error));
    else if (chosen.value.outcome === "copied") messages.show("done", t("settings.medium.begun"));
  };
  const make = async () => {
    setBusy("make");
    const made = await bridge.call("recovery.make", {});
    setBusy(null);
    if (made.ok) messages.show("done", t("settings.medium.codeMade"));
    else messages.show("danger", refusalText(t, made.error));
  };

  if (medium === null) return null;
  const has = medium.folder !== null;
  return (
    <Panel title={t("settings.medium.title")}>
      <p>{t("settings.medium.lead")}</p>
      <Facts
        facts={[
          { term: t("settings.medium.state"), value: <MediumState medium={medium} /> },
          ...(has ? [{ term: t("settings.medium.folder"), value: medium.folder }] : []),
          {
            term: t("settings.medium.code"),
            value: t(hasCode ? "settings.medium.codeThere" : "settings.medium.codeNone"),
          },
        ]}
      />
      {medium.trouble ? (
        <Notice kind="danger" title={refusalText(t, { code: medium.trouble })} data-testid="medium-trouble" />
      ) : null}
      {has && medium.isSameDisk ? (
        <Notice kind="attention" title={t("settings.medium.sameDisk")} data-testid="medium-same-disk" />
      ) : null}
      {mayChange ? (
        <Stack direction="row">
          <OfferedButton
            {...(has ? {} : { kind: "primary" as const })}
            busy={busy === "choose"}
            busyText={t("settings.medium.waiting")}
            isDisabled={busy !== null}
            onPress={() => void choose()}
            data-testid="medium-choose"
          >
            {t(has ? "settings.medium.chooseOther" : "settings.medium.choose")}
          </OfferedButton>
          {has ? (
            <OfferedButton
              kind="plain"
              isDisabled={busy !== null}
              onPress={() => void bridge.call("medium.forget", {})}
              data-testid="medium-forget"
            >
              {t("settings.medium.forget")}
            </OfferedButton>
          ) : null}
          <OfferedButton
            busy={busy === "make"}
            busyText={t("settings.medium.waiting")}
            isDisabled={busy !== null}
            onPress={() => void make()}
            data-testid="recovery-make"
          >
            {t(hasCode ? "settings.medium.newCode" : "settings.medium.makeCode")}
          </OfferedButton>
        </Stack>
      ) : (
        <p>{t("settings.medium.onlyAdministrator")}</p>
      )}
    </Panel>
  );
}

function MediumState({ medium }: { readonly medium: MediumDescription }) {
  const t = useText();
  const counts = { copied: formatCount(medium.copied), seq: formatCount(medium.seq) };
  const kind = {
    none: "attention",
    checking: "neutral",
    copying: "neutral",
    current: "done",
    troubled: "attention",
  } as const;
  return (
    <span data-testid="medium-state" data-state={medium.state} data-copied={medium.copied}>
      <Pill kind={kind[medium.state]}>{t(`settings.medium.states.${medium.state}`, counts)}</Pill>
    </span>
  );
}
