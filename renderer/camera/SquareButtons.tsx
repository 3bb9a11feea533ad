// The square of a printed sheet, by picture file or by holding the paper up to the camera. A scanner needs neither: it types.
import { useState } from "react";
import { Camera as CameraIcon, CameraOff, ImagePlus } from "lucide-react";
import { useText } from "../i18n/index.ts";
import {
  Dialog,
  OfferedButton,
  OfferedIconButton,
  PictureButton,
  Stack,
  type ButtonKind,
} from "../ui/index.ts";
import { readSquare } from "./read-square.ts";
import { SquareCamera } from "./SquareCamera.tsx";

export interface SquareButtonsProps {
  /** What the square says, or null where the picture shows none; and the picture, where it was a file. */
  readonly onSquare: (said: string | null, picture: File | null) => void | Promise<void>;
  readonly kind?: ButtonKind;
  /** Where there is little room: their icons alone. */
  readonly compact?: boolean;
  /** While what was read is looked at. */
  readonly busy?: boolean;
  /** The camera stays on for the next one, beside the buttons; else it is in a dialog of its own and off once something was read. */
  readonly stays?: boolean;
  /** On the button for files. */
  readonly children: string;
  readonly filesTestId: string;
  readonly cameraTestId: string;
}

export function SquareButtons(props: SquareButtonsProps) {
  const { onSquare, kind = "plain", busy = false, stays = false, compact = false } = props;
  const { children, filesTestId, cameraTestId } = props;
  const t = useText();
  const [isReading, setReading] = useState(false);
  const [isCameraOn, setCameraOn] = useState(false);
  const read = async (file: File) => {
    setReading(true);
    const said = await readSquare(file);
    setReading(false);
    await onSquare(said, file);
  };
  const camera = (
    <SquareCamera
      isPaused={busy}
      onSquare={(said) => {
        if (!stays) setCameraOn(false);
        void onSquare(said, null);
      }}
      onClose={() => setCameraOn(false)}
    >
      <p>{t("camera.looking")}</p>
    </SquareCamera>
  );
  const words = isCameraOn ? t("camera.off") : t("camera.scan");
  const switched = {
    kind,
    icon: isCameraOn ? <CameraOff /> : <CameraIcon />,
    isDisabled: isReading,
    onPress: () => setCameraOn(!isCameraOn),
    "data-testid": cameraTestId,
  };
  return (
    <>
      {stays && isCameraOn ? camera : null}
      <Stack direction="row" gap={2}>
        <PictureButton
          kind={kind}
          icon={<ImagePlus />}
          compact={compact}
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
        {compact ? (
          <OfferedIconButton {...switched} label={words} />
        ) : (
          <OfferedButton {...switched}>{words}</OfferedButton>
        )}
      </Stack>
      {stays ? null : (
        <Dialog
          isOpen={isCameraOn}
          onClose={() => setCameraOn(false)}
          title={t("camera.scan")}
          lead={t("camera.scanLead")}
          closeLabel={t("common.close")}
          data-testid="square-dialog"
        >
          {camera}
        </Dialog>
      )}
    </>
  );
}
