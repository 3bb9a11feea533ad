// The camera's picture. It is on while this is on the screen, and off before anything else.
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react";
import type { Refusal } from "#shared/base";
import type { CameraUse } from "#shared/ipc";
import { bridge } from "../bridge/index.ts";
import { refusalText, useText } from "../i18n/index.ts";
import { Notice, Spinner } from "../ui/index.ts";
import styles from "./Camera.module.css";
import { closeCamera, openCamera } from "./open-camera.ts";

export interface CameraProps {
  /** The same object as long as it is for the same: another one opens the camera anew. */
  readonly use: CameraUse;
  /** Somebody else may sit there by now: behind the lock nobody is looked at. */
  readonly onClose: () => void;
  /** What can be done with the picture; null until it moves. */
  readonly children: (video: HTMLVideoElement | null) => ReactNode;
  readonly "data-testid": string;
}

export function Camera({ use, onClose, children, "data-testid": testId }: CameraProps) {
  const t = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<"starting" | HTMLVideoElement | Refusal>("starting");
  const close = useEffectEvent(onClose);
  useEffect(() => bridge.on("session.changed", () => close()), []);
  useEffect(() => {
    let isGone = false;
    let stream: MediaStream | null = null;
    const opened = openCamera(use).then(async (camera) => {
      if (!camera.ok) {
        if (!isGone) setState(camera.error);
        return;
      }
      stream = camera.value;
      const element = video.current;
      if (isGone || !element) return;
      element.srcObject = stream;
      await element.play().catch(() => undefined); // the element was taken away meanwhile
      setState(element);
    });
    return () => {
      isGone = true;
      void opened.then(() => closeCamera(stream));
    };
  }, [use]);

  const isOn = state instanceof HTMLVideoElement;
  if (state !== "starting" && !isOn)
    return (
      <div data-testid={testId} data-state={state.code}>
        <Notice kind="attention" title={refusalText(t, state)} data-testid="camera-refused" />
      </div>
    );
  return (
    <div className={styles.camera} data-testid={testId} data-state={isOn ? "on" : "starting"}>
      <div className={styles.frame}>
        <video ref={video} muted playsInline aria-label={t("camera.picture")} />
        {isOn ? null : (
          <p className={styles.starting}>
            <Spinner /> {t("camera.starting")}
          </p>
        )}
      </div>
      {children(isOn ? state : null)}
    </div>
  );
}
