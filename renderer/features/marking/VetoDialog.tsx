// A veto is confirmed with its cause in sight, and can be taken back until the sheet is signed (R38).
import { useState } from "react";
import type { Rubric, VetoCode } from "#shared/exam";
import { useText, wordsIn } from "../../i18n/index.ts";
import { Button, Dialog, RadioGroup, Stack } from "../../ui/index.ts";

export interface VetoDialogProps {
  readonly isOpen: boolean;
  readonly rubric: Rubric;
  readonly confirmed: readonly VetoCode[];
  readonly onClose: () => void;
  readonly onVeto: (code: VetoCode, on: boolean) => void;
}

export function VetoDialog({ isOpen, rubric, confirmed, onClose, onVeto }: VetoDialogProps) {
  const t = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const offered = rubric.vetoes.filter(({ code }) => !confirmed.includes(code));
  const close = () => {
    setChosen(null);
    onClose();
  };
  const confirm = () => {
    const veto = offered.find(({ code }) => code === chosen);
    if (veto) onVeto(veto.code, true);
    close();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t("marking.vetoTitle")}
      lead={t("marking.vetoLead")}
      role="alertdialog"
      data-testid="veto-dialog"
      actions={
        <>
          <Button onPress={close}>{t("common.cancel")}</Button>
          <Button kind="danger" isDisabled={chosen === null} onPress={confirm} data-testid="veto-confirm">
            {t("marking.vetoConfirm")}
          </Button>
        </>
      }
    >
      <Stack gap={4}>
        {rubric.vetoes
          .filter(({ code }) => confirmed.includes(code))
          .map((veto) => (
            <Stack key={veto.code} direction="row" justify="between" align="center">
              <span>
                {veto.code} {wordsIn(t, veto.text)}
              </span>
              <Button kind="quiet" onPress={() => onVeto(veto.code, false)}>
                {t("marking.vetoRemove")}
              </Button>
            </Stack>
          ))}
        <RadioGroup
          label={t("marking.veto")}
          hideLabel
          choices={offered.map((veto) => ({
            value: veto.code,
            label: `${veto.code} ${wordsIn(t, veto.text)}`,
            description: t(`marking.effect.${veto.effect}`),
          }))}
          value={chosen}
          onChange={setChosen}
          data-testid="veto-choices"
        />
      </Stack>
    </Dialog>
  );
}
