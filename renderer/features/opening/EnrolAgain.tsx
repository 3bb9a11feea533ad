// A laptop that goes on with another's work is enrolled in its own name: until then its people mark, and nobody signs.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import type { CentreRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText } from "../../i18n/index.ts";
import { Banner, Button, Dialog, Notice, Stack, TextField, useMessages } from "../../ui/index.ts";

const CODE = /^[A-Z2-7]{16}$/;

export function EnrolAgain({ centre }: { readonly centre: CentreRow }) {
  const t = useText();
  const messages = useMessages();
  const [isOpen, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [typed, setTyped] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBad, setBad] = useState(false);
  const { demo } = centre.institution;

  const enrol = async () => {
    const code = typed.replace(/[\s-]/g, "").toUpperCase();
    if (!demo && !CODE.test(code)) {
      setBad(true);
      return;
    }
    setBusy(true);
    setRefusal(null);
    const enrolled = await bridge.call("centre.enrolAgain", { code: demo ? null : code });
    setBusy(false);
    if (!enrolled.ok) {
      setRefusal(enrolled.error);
      return;
    }
    setOpen(false);
    messages.show("done", t(demo ? "signIn.enrolAgain.doneDemo" : "signIn.enrolAgain.done"));
  };

  return (
    <>
      <Banner
        action={
          <Button onPress={() => setOpen(true)} data-testid="enrol-again-open">
            {t("signIn.enrolAgain.open")}
          </Button>
        }
        data-testid="enrol-again"
      >
        {t("signIn.enrolAgain.banner")}
      </Banner>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t("signIn.enrolAgain.title")}
        lead={t(demo ? "signIn.enrolAgain.leadDemo" : "signIn.enrolAgain.lead")}
        closeLabel={t("common.close")}
        actions={
          <>
            <Button onPress={() => setOpen(false)}>{t("common.cancel")}</Button>
            <Button kind="primary" busy={busy} onPress={() => void enrol()} data-testid="enrol-again-submit">
              {t("signIn.opening.enrolNow")}
            </Button>
          </>
        }
        data-testid="enrol-again-dialog"
      >
        <Stack gap={4}>
          {refusal ? <Notice kind="danger" announce="now" title={refusalText(t, refusal)} /> : null}
          {demo ? null : (
            <TextField
              label={t("signIn.opening.code")}
              description={t("signIn.opening.codeHint")}
              autoComplete="off"
              value={typed}
              onChange={(text) => {
                setTyped(text);
                setBad(false);
              }}
              onEnter={() => void enrol()}
              error={isBad ? t("signIn.opening.badCode") : undefined}
              data-testid="enrol-again-code"
            />
          )}
        </Stack>
      </Dialog>
    </>
  );
}
