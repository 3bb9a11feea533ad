// The first run: what this laptop belongs to. Asked once.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText } from "../../i18n/index.ts";
import { Button, Notice, Page, Panel, Stack } from "../../ui/index.ts";
import { Enrolment } from "./Enrolment.tsx";
import { TakeOver } from "./TakeOver.tsx";

export interface OpeningProps {
  /** A registry that was given to this start. */
  readonly registryUrl: string | null;
}

export function Opening({ registryUrl }: OpeningProps) {
  const t = useText();
  const [way, setWay] = useState<"choosing" | "preparing" | "enrolling" | "taken">("choosing");
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const tryDemonstration = async () => {
    setWay("preparing");
    setRefusal(null);
    const opened = await bridge.call("centre.tryDemonstration", {});
    if (opened.ok) return;
    setRefusal(opened.error);
    setWay("choosing");
  };

  return (
    <Page title={t("signIn.opening.title")} lead={t("signIn.opening.lead")} width="narrow">
      {refusal ? (
        <Notice kind="danger" announce="now" title={refusalText(t, refusal)} data-testid="opening-refused" />
      ) : null}
      {way === "taken" ? null : (
        <>
          <Panel title={t("signIn.opening.demo")}>
            <p>{t("signIn.opening.demoNote")}</p>
            <Stack direction="row">
              <Button
                kind="primary"
                size="large"
                busy={way === "preparing"}
                busyText={t("signIn.opening.preparing")}
                isDisabled={way === "enrolling"}
                onPress={() => void tryDemonstration()}
                data-testid="opening-demo"
              >
                {t("signIn.opening.demo")}
              </Button>
            </Stack>
          </Panel>
          <Panel title={t("signIn.opening.enrol")}>
            <p>{t("signIn.opening.enrolNote")}</p>
            {way === "enrolling" ? (
              <Enrolment registryUrl={registryUrl} onLeave={() => setWay("choosing")} />
            ) : (
              <Stack direction="row">
                <Button
                  size="large"
                  isDisabled={way === "preparing"}
                  onPress={() => setWay("enrolling")}
                  data-testid="opening-enrol"
                >
                  {t("signIn.opening.enrol")}
                </Button>
              </Stack>
            )}
          </Panel>
        </>
      )}
      <Panel title={t("signIn.takeOver.title")}>
        <p>{t("signIn.takeOver.lead")}</p>
        <TakeOver isDisabled={way !== "choosing"} onTaken={() => setWay("taken")} />
      </Panel>
    </Page>
  );
}
