// The camera at the sheet, and the button that takes a picture.
import { useMemo } from "react";
import { Camera as CameraIcon } from "lucide-react";
import type { Bytes, Refusal, Result, SheetId } from "#shared/base";
import { Camera } from "../../../camera/index.ts";
import { useText } from "../../../i18n/index.ts";
import { Button } from "../../../ui/index.ts";
import styles from "./Evidence.module.css";
import { frameToPicture } from "./make-picture.ts";

export interface SheetCameraProps {
  readonly sheet: SheetId;
  readonly isBusy: boolean;
  readonly onPicture: (made: Result<Bytes, Refusal>) => void;
  readonly onClose: () => void;
}

export function SheetCamera({ sheet, isBusy, onPicture, onClose }: SheetCameraProps) {
  const t = useText();
  const use = useMemo(() => ({ kind: "sheet" as const, sheet }), [sheet]);
  const take = async (video: HTMLVideoElement) => onPicture(await frameToPicture(video));
  return (
    <Camera use={use} onClose={onClose} data-testid="evidence-camera">
      {(video) => (
        <div className={styles.row}>
          <Button
            kind="primary"
            icon={<CameraIcon />}
            isDisabled={video === null}
            busy={isBusy}
            busyText={t("evidence.keeping")}
            onPress={() => {
              if (video) void take(video);
            }}
            autoFocus
            data-testid="evidence-take"
          >
            {t("evidence.take")}
          </Button>
          <Button kind="quiet" onPress={onClose} data-testid="evidence-camera-off">
            {t("camera.off")}
          </Button>
        </div>
      )}
    </Camera>
  );
}
