import { useRef } from "react";
import { Button, IconButton, type ButtonProps } from "./Button.tsx";
import { VisuallyHidden } from "./VisuallyHidden.tsx";

export interface PictureButtonProps extends Omit<ButtonProps, "onPress"> {
  readonly multiple?: boolean;
  readonly accept: "image/jpeg,image/png" | "image/jpeg,image/png,image/webp";
  readonly onPictures: (files: readonly File[]) => void;
  /** No more than its icon, with its words beside it. */
  readonly compact?: boolean;
  readonly children: string;
  /** Of what takes the files: a test puts them there. */
  readonly filesTestId: string;
}

/** Pictures out of the computer's files. The same file may be chosen again. */
export function PictureButton(props: PictureButtonProps) {
  const { multiple = false, accept, onPictures, filesTestId, compact = false, ...button } = props;
  const { kind = "quiet", icon, busy = false, isDisabled = false } = button;
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      {compact ? (
        <IconButton
          label={button.children}
          icon={icon}
          {...{ kind, busy, isDisabled }}
          onPress={() => chooser.current?.click()}
        />
      ) : (
        <Button {...button} onPress={() => chooser.current?.click()} />
      )}
      <VisuallyHidden>
        <input
          ref={chooser}
          type="file"
          accept={accept}
          multiple={multiple}
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = "";
            if (files.length > 0) onPictures(files);
          }}
          data-testid={filesTestId}
        />
      </VisuallyHidden>
    </>
  );
}
