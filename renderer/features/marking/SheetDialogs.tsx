// What opens over a sheet wherever its items are marked: the veto and the keys.
import type { Rubric, Sheet } from "#shared/exam";
import { KeysDialog } from "./KeysDialog.tsx";
import type { Act } from "./sheet-acts.ts";
import { VetoDialog } from "./VetoDialog.tsx";

export interface SheetDialogsProps {
  /** Which one is open; others are the caller's own. */
  readonly open: unknown;
  readonly rubric: Rubric;
  readonly sheet: Sheet;
  readonly onClose: () => void;
  readonly onAct: (act: Act) => void;
}

export function SheetDialogs({ open, rubric, sheet, onClose, onAct }: SheetDialogsProps) {
  return (
    <>
      <VetoDialog
        isOpen={open === "veto"}
        rubric={rubric}
        confirmed={sheet.vetoes}
        onClose={onClose}
        onVeto={(code, on) => onAct({ kind: "veto", code, on })}
      />
      <KeysDialog isOpen={open === "keys"} onClose={onClose} />
    </>
  );
}
