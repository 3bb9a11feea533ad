// One picture, as large as the screen allows.
import type { Evidence, Sheet } from "#shared/exam";
import { refusalText, useText } from "../../../i18n/index.ts";
import { Button, Dialog, Notice, Spinner } from "../../../ui/index.ts";
import styles from "./Evidence.module.css";
import { aboutText } from "./Thumbs.tsx";
import { usePicture } from "./use-picture.ts";

export interface PictureViewerProps {
  readonly sheet: Sheet;
  readonly evidence: Evidence;
  readonly onClose: () => void;
  /** Not there once the sheet is signed. */
  readonly onRemove?: () => void;
}

export function PictureViewer({ sheet, evidence, onClose, onRemove }: PictureViewerProps) {
  const t = useText();
  const picture = usePicture(sheet.id, evidence.hash, "whole");
  const about = aboutText(t, evidence);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("evidence.viewerTitle", { about })}
      lead={t("evidence.facts", {
        width: evidence.width,
        height: evidence.height,
        kb: Math.max(1, Math.round(evidence.size / 1024)),
      })}
      closeLabel={t("common.close")}
      width="wide"
      dismissable
      data-testid="evidence-viewer"
      actions={
        onRemove ? (
          <Button onPress={onRemove} data-testid="evidence-remove">
            {t("evidence.remove")}
          </Button>
        ) : null
      }
    >
      {picture.state === "reading" ? (
        <p className={styles.reading}>
          <Spinner /> {t("evidence.reading")}
        </p>
      ) : picture.state === "shown" ? (
        <img className={styles.whole} src={picture.url} alt={about} data-testid="evidence-picture" />
      ) : (
        <div data-testid="evidence-refused" data-code={picture.refusal.code}>
          <Notice kind="attention" title={refusalText(t, picture.refusal)} />
        </div>
      )}
    </Dialog>
  );
}
