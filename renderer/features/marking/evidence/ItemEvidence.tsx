// Beside the marks of the open item: its pictures in small, and the way to more.
import { Camera } from "lucide-react";
import { evidenceHeld, type Evidence, type EvidenceItem, type Sheet } from "#shared/exam";
import { useText } from "../../../i18n/index.ts";
import { Button } from "../../../ui/index.ts";
import styles from "./Evidence.module.css";
import { Thumbs } from "./Thumbs.tsx";

export interface ItemEvidenceProps {
  readonly sheet: Sheet;
  readonly item: EvidenceItem;
  readonly onAdd: () => void;
  readonly onView: (evidence: Evidence) => void;
}

export function ItemEvidence({ sheet, item, onAdd, onView }: ItemEvidenceProps) {
  const t = useText();
  const shown = evidenceHeld(sheet.evidence).filter((one) => one.item === item);
  return (
    <div className={styles.strip}>
      <Button kind="quiet" icon={<Camera />} keyHint="E" onPress={onAdd} data-testid="item-evidence">
        {shown.length === 0 ? t("evidence.add") : t("evidence.count", { count: shown.length })}
      </Button>
      {shown.length > 0 ? <Thumbs sheet={sheet.id} evidence={shown} onOpen={onView} /> : null}
    </div>
  );
}
