// Every key of the desk and what it does.
import { useText } from "../../i18n/index.ts";
import { Dialog, KeyHints } from "../../ui/index.ts";

export function KeysDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useText();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("marking.keysTitle")}
      lead={t("marking.keysLead")}
      closeLabel={t("common.close")}
      dismissable
      data-testid="keys-dialog"
    >
      <KeyHints
        label={t("common.keys")}
        hints={[
          { keys: ["1", "9"], text: t("marking.key.digits") },
          { keys: ["⇧1", "⇧9"], text: t("marking.key.shiftDigits") },
          { keys: ["-"], text: t("marking.key.minus") },
          { keys: ["0"], text: t("marking.key.zero") },
          { keys: ["↵"], text: t("marking.key.enter") },
          { keys: ["."], text: t("marking.key.point") },
          { keys: ["↑", "↓"], text: t("marking.key.arrows") },
          { keys: ["⇧↑", "⇧↓"], text: t("marking.key.shiftArrows") },
          { keys: ["/"], text: t("marking.key.find") },
          { keys: ["U"], text: t("marking.key.undo") },
          { keys: ["⇧U"], text: t("marking.key.redo") },
          { keys: ["V"], text: t("marking.key.veto") },
          { keys: ["N"], text: t("marking.key.note") },
          { keys: ["P"], text: t("marking.key.pause") },
          { keys: ["E"], text: t("marking.key.evidence") },
          { keys: ["⇧E"], text: t("marking.key.sheetEvidence") },
          { keys: ["?"], text: t("marking.key.help") },
        ]}
      />
    </Dialog>
  );
}
