import type { ReactNode } from "react";
import { X } from "lucide-react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button, IconButton } from "./Button.tsx";
import { classNames } from "./class-names.ts";
import styles from "./Dialog.module.css";

export interface DialogProps {
  readonly isOpen: boolean;
  /** Escape, the close button, or a press outside when `dismissable`. */
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** Under the title: what this is about, in a sentence. */
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the main one last. */
  readonly actions?: ReactNode;
  readonly width?: "narrow" | "regular" | "wide";
  /** A press outside closes too. Not for anything that holds what a person typed. */
  readonly dismissable?: boolean;
  /** The name of the close button; without it there is none. */
  readonly closeLabel?: string;
  readonly role?: "dialog" | "alertdialog";
  readonly "data-testid"?: string;
}

export function Dialog({
  isOpen,
  onClose,
  title,
  lead,
  children,
  actions,
  width = "regular",
  dismissable = false,
  closeLabel,
  role = "dialog",
  "data-testid": testId,
}: DialogProps) {
  return (
    <ModalOverlay
      className={classNames(styles.veil)}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={dismissable}
    >
      <Modal className={classNames(styles.modal, styles[width])}>
        <AriaDialog className={classNames(styles.dialog)} role={role} data-testid={testId}>
          <header className={styles.header}>
            <div className={styles.headings}>
              <Heading slot="title" className={classNames(styles.title)}>
                {title}
              </Heading>
              {lead ? <p className={styles.lead}>{lead}</p> : null}
            </div>
            {closeLabel ? <IconButton label={closeLabel} icon={<X />} onPress={onClose} /> : null}
          </header>
          {children ? <div className={styles.body}>{children}</div> : null}
          {actions ? <footer className={styles.actions}>{actions}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: ReactNode;
  /** What will happen, and what will not. */
  readonly children?: ReactNode;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly kind?: "primary" | "danger";
  readonly busy?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly "data-testid"?: string;
}

/** A question with two answers. The safe one has the focus. */
export function ConfirmDialog({
  isOpen,
  title,
  children,
  confirmLabel,
  cancelLabel,
  kind = "primary",
  busy = false,
  onConfirm,
  onCancel,
  "data-testid": testId,
}: ConfirmDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onCancel}
      title={title}
      role="alertdialog"
      width="narrow"
      {...(testId ? { "data-testid": testId } : {})}
      actions={
        <>
          <Button kind="plain" onPress={onCancel} autoFocus>
            {cancelLabel}
          </Button>
          <Button kind={kind} onPress={onConfirm} busy={busy}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
