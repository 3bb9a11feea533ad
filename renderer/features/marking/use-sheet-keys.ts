// What each key of the desk does to a sheet that can be changed, whether it is marked for the first time or amended; and the same acts
// as commands, which the list of keys and the palette read.
import type { RefObject } from "react";
import type { EvidenceItem, Rubric, Sheet } from "#shared/exam";
import { useText, useWordsInBoth, type BothWords } from "../../i18n/index.ts";
import { useCommands, useMessages, type Command } from "../../ui/index.ts";
import { inputAfterKey } from "./item-keys.ts";
import type { Act, SheetActs } from "./sheet-acts.ts";
import { useDeskKeys, type DeskKey } from "./use-desk-keys.ts";
import type { OpenItemOf } from "./use-open-item.ts";

export interface SheetKeysOptions {
  /** False while a dialog or main's window has the keys. */
  readonly enabled: boolean;
  /** False while main's window asks for a signature: then nothing is offered. */
  readonly offers: boolean;
  readonly rubric: Rubric;
  readonly durable: Sheet;
  readonly acts: SheetActs;
  readonly opened: OpenItemOf;
  readonly noteField: RefObject<HTMLTextAreaElement | null>;
  readonly onNeighbour: (by: 1 | -1) => void;
  readonly onDialog: (dialog: "veto" | "keys") => void;
  /** Null where no photograph can be added any more. */
  readonly onEvidence: ((item: EvidenceItem) => void) | null;
  /** Stops the time, or lets it run again. Null where none runs. */
  readonly onPause: (() => void) | null;
}

export function useSheetKeys(options: SheetKeysOptions): void {
  const { enabled, offers, rubric, durable, acts, opened, noteField } = options;
  const { onNeighbour, onDialog, onEvidence, onPause } = options;
  const t = useText();
  const say = useWordsInBoth();
  const messages = useMessages();
  const { open, openItem, openNext, goOn } = opened;

  const turnTo = (act: Act | null): boolean => {
    if (act?.kind === "mark") openItem(act.item);
    return act !== null;
  };
  const act = (key: DeskKey): boolean => {
    switch (key.kind) {
      case "item": {
        const item = rubric.items.find(({ no }) => no === open);
        const next = item && inputAfterKey(item, acts.seen(durable).items[String(open)], key);
        if (!item || next === undefined) return false;
        acts.act(durable, { kind: "mark", item: open, input: next });
        return true;
      }
      case "enter":
        goOn();
        return true;
      case "up":
      case "down":
        openNext(key.kind === "up" ? -1 : 1);
        return true;
      case "candidateUp":
      case "candidateDown":
        onNeighbour(key.kind === "candidateUp" ? -1 : 1);
        return true;
      case "undo":
        messages.announce(turnTo(acts.undo()) ? t("marking.undone") : t("marking.nothingToUndo"));
        return true;
      case "redo":
        messages.announce(turnTo(acts.redo()) ? t("marking.redone") : t("marking.nothingToRedo"));
        return true;
      case "help":
        onDialog("keys");
        return true;
      case "veto":
        onDialog("veto");
        return true;
      case "note":
        noteField.current?.focus();
        return true;
      case "evidence":
        onEvidence?.(key.whole ? null : open);
        return onEvidence !== null;
      case "pause":
        onPause?.();
        return onPause !== null;
      case "find":
        return false;
    }
  };
  useDeskKeys(enabled, act);
  const run = (key: DeskKey) => (offers ? () => void act(key) : null);
  const told = (id: string, keys: readonly string[], words: BothWords): Command => ({
    ...{ ...words, id: `sheet ${id}`, keys, kind: "act", run: null },
  });
  const offered = (key: DeskKey, keys: readonly string[], words: BothWords): Command => ({
    ...told(`${key.kind}${"whole" in key && key.whole ? " whole" : ""}`, keys, words),
    run: run(key),
  });
  useCommands([
    told("digits", ["1", "9"], say("marking.key.digits")),
    told("shiftDigits", ["⇧1", "⇧9"], say("marking.key.shiftDigits")),
    told("minus", ["-"], say("marking.key.minus")),
    told("zero", ["0"], say("marking.key.zero")),
    told("enter", ["↵"], say("marking.key.enter")),
    told("point", ["."], say("marking.key.point")),
    told("arrows", ["↑", "↓"], say("marking.key.arrows")),
    told("shiftArrows", ["⇧↑", "⇧↓"], say("marking.key.shiftArrows")),
    offered({ kind: "undo" }, ["U"], say("marking.key.undo")),
    offered({ kind: "redo" }, ["⇧U"], say("marking.key.redo")),
    offered({ kind: "veto" }, ["V"], say("marking.key.veto")),
    offered({ kind: "note" }, ["N"], say("marking.key.note")),
    ...(onPause ? [offered({ kind: "pause" }, ["P"], say("marking.key.pause"))] : []),
    ...(onEvidence
      ? [
          offered({ kind: "evidence", whole: false }, ["E"], say("marking.key.evidence")),
          offered({ kind: "evidence", whole: true }, ["⇧E"], say("marking.key.sheetEvidence")),
        ]
      : []),
    offered({ kind: "help" }, ["?"], say("marking.key.help")),
  ]);
}
