// Another laptop's work goes on here: from the copy it left on a second medium, opened by the recovery code.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import type { OutputOf, WindowChannels } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";
import { formatCount, refusalText, useText } from "../../i18n/index.ts";
import { Button, Facts, Notice, Stack } from "../../ui/index.ts";

type Taken = Extract<OutputOf<WindowChannels["centre.takeOver"]>, { readonly outcome: "taken" }>;

export interface TakeOverProps {
  readonly isDisabled: boolean;
  /** From now on there is nothing else to choose: the next start opens what was taken over. */
  readonly onTaken: () => void;
}

export function TakeOver({ isDisabled, onTaken }: TakeOverProps) {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const choose = async () => {
    setBusy(true);
    setRefusal(null);
    const answer = await bridge.call("centre.takeOver", {});
    setBusy(false);
    if (!answer.ok) setRefusal(answer.error);
    else if (answer.value.outcome === "taken") {
      setTaken(answer.value);
      onTaken();
    }
  };

  if (taken) {
    return (
      <Notice
        kind="done"
        announce="now"
        title={t("signIn.takeOver.taken")}
        next={t("signIn.takeOver.next")}
        actions={
          <Button
            kind="primary"
            size="large"
            onPress={() => void bridge.call("app.restart", {})}
            data-testid="take-over-restart"
          >
            {t("signIn.takeOver.restart")}
          </Button>
        }
        data-testid="take-over-taken"
      >
        <Facts
          facts={(["entries", "sittings", "sheets", "signed", "unsent"] as const).map((fact) => ({
            term: t(`signIn.takeOver.${fact}`),
            value: formatCount(taken[fact]),
          }))}
        />
      </Notice>
    );
  }
  return (
    <Stack gap={3}>
      {refusal ? (
        <Notice
          kind="danger"
          announce="now"
          title={refusalText(t, refusal)}
          data-testid="take-over-refused"
        />
      ) : null}
      <Stack direction="row">
        <Button
          size="large"
          busy={busy}
          busyText={t("signIn.takeOver.waiting")}
          isDisabled={isDisabled}
          onPress={() => void choose()}
          data-testid="opening-take-over"
        >
          {t("signIn.takeOver.choose")}
        </Button>
      </Stack>
    </Stack>
  );
}
