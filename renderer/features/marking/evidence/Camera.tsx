// The camera's picture and the button that takes one. It is on while this is on the screen, and off before anything else.
import { useEffect, useRef, useState } from "react";
import { Camera as CameraIcon } from "lucide-react";
import type { Bytes, Refusal, Result, SheetId } from "#shared/base";
import { refusalText, useText } from "../../../i18n/index.ts";
import { Button, Notice, Spinner } from "../../../ui/index.ts";
import { closeCamera, openCamera } from "./add-pictures.ts";
import styles from "./Evidence.module.css";
import { frameToPicture } from "./make-picture.ts";

export interface CameraProps {
  readonly sheet: SheetId;
  readonly isBusy: boolean;
  readonly onPicture: (made: Result<Bytes, Refusal>) => void;
  readonly onClose: () => void;
}

export function Camera({ sheet, isBusy, onPicture, onClose }: CameraProps) {
  const t = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<"starting" | "on" | Refusal>("starting");
  useEffect(() => {
    let isGone = false;
    let stream: MediaStream | null = null;
    const opened = openCamera(sheet).then(async (camera) => {
      if (!camera.ok) {
        if (!isGone) setState(camera.error);
        return;
      }
      stream = camera.value;
      const element = video.current;
      if (isGone || !element) return;
      element.srcObject = stream;
      await element.play().catch(() => undefined); // the element was taken away meanwhile
      setState("on");
    });
    return () => {
      isGone = true;
      void opened.then(() => closeCamera(stream));
    };
  }, [sheet]);

  const take = async () => {
    if (video.current) onPicture(await frameToPicture(video.current));
  };
  return (
    <div
      className={styles.camera}
      data-testid="evidence-camera"
      data-state={typeof state === "string" ? state : state.code}
    >
      {typeof state === "string" ? (
        <>
          <div className={styles.frame}>
            <video ref={video} muted playsInline aria-label={t("evidence.cameraPicture")} />
            {state === "starting" ? (
              <p className={styles.reading}>
                <Spinner /> {t("evidence.cameraStarting")}
              </p>
            ) : null}
          </div>
          <div className={styles.row}>
            <Button
              kind="primary"
              icon={<CameraIcon />}
              isDisabled={state !== "on"}
              busy={isBusy}
              busyText={t("evidence.keeping")}
              onPress={() => void take()}
              autoFocus
              data-testid="evidence-take"
            >
              {t("evidence.take")}
            </Button>
            <Button kind="quiet" onPress={onClose} data-testid="evidence-camera-off">
              {t("evidence.cameraOff")}
            </Button>
          </div>
        </>
      ) : (
        <Notice kind="attention" title={refusalText(t, state)} data-testid="camera-refused" />
      )}
    </div>
  );
}
