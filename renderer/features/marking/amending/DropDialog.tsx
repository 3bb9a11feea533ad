// Giving an amendment up: asked once, because what was changed is not used any more.
import { useText } from "../../../i18n/index.ts";
import { Button, Dialog } from "../../../ui/index.ts";

export interface DropDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onDrop: () => void;
}

export function DropDialog({ isOpen, onClose, onDrop }: DropDialogProps) {
  const t = useText();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("amending.dropTitle")}
      lead={t("amending.dropLead")}
      role="alertdialog"
      width="narrow"
      data-testid="amendment-drop-dialog"
      actions={
        <>
          <Button onPress={onClose}>{t("amending.dropKeep")}</Button>
          <Button kind="primary" onPress={onDrop} data-testid="amendment-drop-confirm">
            {t("amending.drop")}
          </Button>
        </>
      }
    />
  );
}
