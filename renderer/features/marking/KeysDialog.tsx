// Every key of the desk and what it does, from the same list that the palette offers its commands from.
import { useText } from "../../i18n/index.ts";
import { Button, Dialog, KeyHints, useCommandRegistry } from "../../ui/index.ts";

export function KeysDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useText();
  const { read, setOpen } = useCommandRegistry();
  if (!isOpen) return null;
  const hints = read().flatMap(({ keys, text }) => (keys ? [{ keys, text }] : []));
  const hasPalette = hints.some(({ text }) => text === t("app.palette.open"));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("marking.keysTitle")}
      lead={t("marking.keysLead")}
      closeLabel={t("common.close")}
      dismissable
      data-testid="keys-dialog"
      actions={
        hasPalette ? (
          <Button
            onPress={() => {
              onClose();
              setOpen(true);
            }}
            data-testid="keys-palette"
          >
            {t("app.palette.open")}
          </Button>
        ) : null
      }
    >
      <KeyHints label={t("common.keys")} hints={hints} />
    </Dialog>
  );
}
