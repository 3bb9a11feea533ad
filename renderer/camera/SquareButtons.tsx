// The square of a printed sheet, by picture file or by holding the paper up to the camera. A scanner needs neither: it types.
import { useEffect, useEffectEvent, useState } from "react";
import { Camera as CameraIcon } from "lucide-react";
import type { CameraUse } from "#shared/ipc";
import { useText } from "../i18n/index.ts";
import { Button, Dialog, PictureButton, Stack, type ButtonKind } from "../ui/index.ts";
import { Camera } from "./Camera.tsx";
import { findSquare, readSquare } from "./read-square.ts";

export interface SquareButtonsProps {
  /** What the square says, or null where the picture shows none; and the picture, where it was a file. */
  readonly onSquare: (said: string | null, picture: File | null) => void | Promise<void>;
  readonly kind?: ButtonKind;
  /** While what was read is looked at. */
  readonly busy?: boolean;
  /** On the button for files. */
  readonly children: string;
  readonly filesTestId: string;
  readonly cameraTestId: string;
}

const SQUARE: CameraUse = { kind: "square" };

export function SquareButtons(props: SquareButtonsProps) {
  const { onSquare, kind = "plain", busy = false, children, filesTestId, cameraTestId } = props;
  const t = useText();
  const [isReading, setReading] = useState(false);
  const [isCameraOn, setCameraOn] = useState(false);
  const read = async (file: File) => {
    setReading(true);
    const said = await readSquare(file);
    setReading(false);
    await onSquare(said, file);
  };
  return (
    <>
      <Stack direction="row" gap={2}>
        <PictureButton
          kind={kind}
          accept="image/jpeg,image/png,image/webp"
          busy={isReading || busy}
          busyText={t("camera.reading")}
          onPictures={([file]) => {
            if (file) void read(file);
          }}
          filesTestId={filesTestId}
        >
          {children}
        </PictureButton>
        <Button
          kind={kind}
          icon={<CameraIcon />}
          isDisabled={isReading || busy}
          onPress={() => setCameraOn(true)}
          data-testid={cameraTestId}
        >
          {t("camera.scan")}
        </Button>
      </Stack>
      <Dialog
        isOpen={isCameraOn}
        onClose={() => setCameraOn(false)}
        title={t("camera.scan")}
        lead={t("camera.scanLead")}
        closeLabel={t("common.close")}
        data-testid="square-dialog"
      >
        <Camera use={SQUARE} data-testid="square-camera">
          {(video) => (
            <Watch
              video={video}
              onFound={(said) => {
                setCameraOn(false);
                void onSquare(said, null);
              }}
            />
          )}
        </Camera>
      </Dialog>
    </>
  );
}

/** Looks at the moving picture until there is a square in it that can be read. */
function Watch(props: { readonly video: HTMLVideoElement | null; readonly onFound: (said: string) => void }) {
  const { video, onFound } = props;
  const t = useText();
  const tell = useEffectEvent(onFound);
  useEffect(() => {
    if (!video) return;
    const timer = setInterval(() => {
      const said = video.videoWidth > 0 ? findSquare(video, video.videoWidth, video.videoHeight) : null;
      if (said === null) return;
      clearInterval(timer);
      tell(said);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [video]);
  return <p>{t("camera.looking")}</p>;
}

/** A picture takes up to a tenth of a second to be read, and the window goes on meanwhile. */
const LOOK_EVERY_MS = 300;
