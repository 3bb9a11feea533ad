import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { Dialog, type DialogProps } from "./Dialog.tsx";
import { Notice, type NoticeProps } from "./Notice.tsx";

export interface ActDialogProps extends Pick<DialogProps, "title" | "lead" | "width" | "onClose"> {
  readonly children: ReactNode;
  readonly cancelText: string;
  readonly actText: string;
  /** While somebody is asked elsewhere. */
  readonly busyText: string;
  readonly isBusy: boolean;
  readonly isReady?: boolean;
  /** Why nothing came of it the last time; what was filled in still stands. */
  readonly refusal: Pick<NoticeProps, "kind" | "title"> | null;
  readonly onAct: () => void;
  /** Of the dialog; its act is `<id>-act`, its refusal `<id>-refused`. */
  readonly "data-testid": string;
}

/** Something is filled in, then done by a press: a form that stays until it was, or is cancelled. */
export function ActDialog(props: ActDialogProps) {
  const {
    children,
    cancelText,
    actText,
    busyText,
    isBusy,
    isReady = true,
    refusal,
    onAct,
    ...dialog
  } = props;
  const testId = dialog["data-testid"];
  return (
    <Dialog
      {...dialog}
      isOpen
      actions={
        <>
          <Button onPress={dialog.onClose}>{cancelText}</Button>
          <Button
            kind="primary"
            isDisabled={!isReady}
            busy={isBusy}
            busyText={busyText}
            onPress={onAct}
            data-testid={`${testId}-act`}
          >
            {actText}
          </Button>
        </>
      }
    >
      {refusal ? <Notice {...refusal} announce="now" data-testid={`${testId}-refused`} /> : null}
      {children}
    </Dialog>
  );
}
