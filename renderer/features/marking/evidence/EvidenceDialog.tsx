// Evidence of one item, or of the sheet: what there is, and how more of it comes in.
import { useEffect, useRef, useState } from "react";
import { Camera as CameraIcon, ImagePlus } from "lucide-react";
import type { Bytes, Refusal, Result } from "#shared/base";
import { evidenceHeld, MAX_EVIDENCE, type Evidence, type EvidenceItem, type Sheet } from "#shared/exam";
import { refusalText, useText } from "../../../i18n/index.ts";
import { useStore } from "../../../store/index.ts";
import { Button, Dialog, LiveMessage, Notice, PictureButton } from "../../../ui/index.ts";
import type { SheetActs } from "../sheet-acts.ts";
import { addPicture, type Refused } from "./add-pictures.ts";
import { SheetCamera } from "./SheetCamera.tsx";
import styles from "./Evidence.module.css";
import { fileToPicture } from "./make-picture.ts";
import { PictureViewer } from "./PictureViewer.tsx";
import { Thumbs } from "./Thumbs.tsx";

export interface EvidenceDialogProps {
  readonly sheet: Sheet;
  readonly acts: SheetActs;
  readonly item: EvidenceItem;
  readonly title: string;
  readonly onClose: () => void;
  readonly onRemove: (evidence: Evidence) => void;
}

export function EvidenceDialog({ sheet, acts, item, title, onClose, onRemove }: EvidenceDialogProps) {
  const t = useText();
  const store = useStore();
  const choose = useRef<HTMLButtonElement>(null);
  const isThumbGone = useRef(false);
  const [isCameraOn, setCameraOn] = useState(false);
  const [adding, setAdding] = useState<{ at: number; of: number } | null>(null);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const [viewing, setViewing] = useState<Evidence | null>(null);
  useEffect(() => {
    if (viewing !== null || !isThumbGone.current) return;
    // What had the focus before the viewer went with the picture; without this the next key would go nowhere.
    isThumbGone.current = false;
    choose.current?.focus();
  }, [viewing]);
  const held = evidenceHeld(sheet.evidence);
  // The sheet's own dialog shows what its number counts: all of it.
  const shown = item === null ? held : held.filter((one) => one.item === item);
  const isFull = held.length >= MAX_EVIDENCE;

  const addAll = async (
    pictures: readonly { name: string | null; make: () => Promise<Result<Bytes, Refusal>> }[],
  ) => {
    const trouble: Refused[] = [];
    setRefused([]);
    for (const [at, { name, make }] of pictures.entries()) {
      setAdding({ at: at + 1, of: pictures.length });
      const refusal = await addPicture(await make(), {
        ...{ sheet, item, acts },
        takeIn: (entries) => store.takeIn(entries),
      });
      if (refusal) trouble.push({ name, refusal });
      setRefused([...trouble]);
    }
    setAdding(null);
  };

  return (
    <>
      <Dialog
        isOpen
        onClose={onClose}
        title={title}
        lead={t("evidence.lead")}
        closeLabel={t("common.close")}
        data-testid="evidence-dialog"
        actions={
          <>
            <PictureButton
              ref={choose}
              icon={<ImagePlus />}
              multiple
              accept="image/jpeg,image/png"
              isDisabled={isFull}
              busy={adding !== null}
              busyText={adding ? t("evidence.adding", adding) : ""}
              onPictures={(files) =>
                void addAll(files.map((file) => ({ name: file.name, make: () => fileToPicture(file) })))
              }
              data-testid="evidence-choose"
              filesTestId="evidence-files"
            >
              {t("evidence.choose")}
            </PictureButton>
            {isCameraOn ? null : (
              <Button
                kind="primary"
                icon={<CameraIcon />}
                isDisabled={isFull || adding !== null}
                onPress={() => setCameraOn(true)}
                data-testid="evidence-camera-on"
              >
                {t("evidence.camera")}
              </Button>
            )}
          </>
        }
      >
        {isCameraOn && !isFull ? (
          <SheetCamera
            sheet={sheet.id}
            isBusy={adding !== null}
            onPicture={(made) => void addAll([{ name: null, make: () => Promise.resolve(made) }])}
            onClose={() => setCameraOn(false)}
          />
        ) : null}
        {refused.map(({ name, refusal }, at) => (
          <div key={at} data-testid="evidence-not-kept" data-code={refusal.code}>
            <Notice
              kind="attention"
              announce="now"
              title={name ?? t("evidence.camera")}
              safe={refusalText(t, refusal)}
            />
          </div>
        ))}
        {shown.length > 0 ? (
          <Thumbs sheet={sheet.id} evidence={shown} tagged={item === null} onOpen={setViewing} />
        ) : (
          <p className={styles.none}>{t("evidence.none")}</p>
        )}
        {isFull ? <p className={styles.none}>{t("evidence.full", { most: MAX_EVIDENCE })}</p> : null}
        {viewing ? (
          <PictureViewer
            sheet={sheet}
            evidence={viewing}
            onClose={() => setViewing(null)}
            onRemove={() => {
              isThumbGone.current = true;
              onRemove(viewing);
              setViewing(null);
            }}
          />
        ) : null}
      </Dialog>
      <LiveMessage>{adding === null ? t("evidence.count", { count: shown.length }) : ""}</LiveMessage>
    </>
  );
}
