// The marking desk to practise on, and to see a rubric as its examiners will: the same items, keys and sums, marked as practice from
// edge to edge. Nothing is recorded, there is nothing to sign, and another rubric or "start again" forgets it all.
import { useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { fractionToText } from "#shared/base";
import type { Rubric } from "#shared/exam";
import { publishedMark, totalOf } from "#shared/rules";
import { useText } from "../../../i18n/index.ts";
import { Notice, OfferedButton, Stack } from "../../../ui/index.ts";
import styles from "../Marking.module.css";
import { SheetDialogs } from "../SheetDialogs.tsx";
import { SheetFields } from "../SheetFields.tsx";
import { SheetItems } from "../SheetItems.tsx";
import { SheetSum } from "../SheetSum.tsx";
import { useOpenItem } from "../use-open-item.ts";
import { useSheetKeys } from "../use-sheet-keys.ts";
import { createPracticeSheet } from "./practice-sheet.ts";

export interface PracticeDeskProps {
  readonly rubric: Rubric;
  readonly onLeave: () => void;
  /** Which rubric, where there is a choice. */
  readonly choice?: ReactNode;
}

export function PracticeDesk({ rubric, onLeave, choice }: PracticeDeskProps) {
  const t = useText();
  const [round, setRound] = useState(1);
  return (
    <div className={styles.practice} data-testid="practice">
      <div className={styles.candidates}>
        <div className={styles.practiceLead}>
          <Notice kind="attention" announce="never" title={t("practice.title")} next={t("practice.lead")} />
          {choice}
          <Stack gap={2}>
            <OfferedButton onPress={() => setRound((before) => before + 1)} data-testid="practice-again">
              {t("practice.again")}
            </OfferedButton>
            <OfferedButton onPress={onLeave} data-testid="practice-leave">
              {t("practice.leave")}
            </OfferedButton>
          </Stack>
        </div>
      </div>
      <Round key={round} rubric={rubric} />
    </div>
  );
}

function Round({ rubric }: { readonly rubric: Rubric }) {
  const t = useText();
  const [{ acts, read, subscribe }] = useState(createPracticeSheet);
  const durable = useSyncExternalStore(subscribe, read);
  const state = useSyncExternalStore(acts.subscribe, acts.snapshot);
  const sheet = acts.seen(durable);
  const total = totalOf(rubric, sheet.items, sheet.overtimeMs);
  const [dialog, setDialog] = useState<"veto" | "keys" | null>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const done = useRef<HTMLDivElement>(null);
  const opened = useOpenItem({
    rubric,
    first: undefined,
    seen: () => acts.seen(durable),
    onEnd: () => done.current?.focus(),
  });
  useSheetKeys({
    ...{ rubric, durable, acts, opened, noteField },
    enabled: dialog === null,
    offers: true,
    onNeighbour: () => undefined,
    onDialog: setDialog,
    onEvidence: null,
    onPause: null,
  });
  const left = total.items - total.marked;
  const published = publishedMark(total.total, sheet.vetoes, rubric);
  return (
    <>
      <SheetItems
        candidate={{ name: t("practice.piece"), ticketNo: null, rotation: 1, idMasked: "" }}
        {...{ rubric, durable, acts, state, opened }}
        isKept={false}
        former={null}
        evidence={null}
      />
      <aside className={styles.side} aria-label={t("marking.total")}>
        <SheetSum total={total} />
        <SheetFields
          {...{ sheet, rubric, total, noteField }}
          isKept={false}
          onAct={(act) => acts.act(durable, act)}
          onVeto={() => setDialog("veto")}
        />
        <div ref={done} tabIndex={-1} className={styles.signing} data-testid="practice-done">
          {left === 0 ? (
            <Notice
              kind="done"
              title={t("practice.done", { mark: fractionToText(published.mark) })}
              next={t("practice.doneNext")}
            />
          ) : (
            <p className={styles.quiet}>{t("practice.left", { count: left })}</p>
          )}
        </div>
      </aside>
      <SheetDialogs
        {...{ rubric, sheet }}
        open={dialog}
        onClose={() => setDialog(null)}
        onAct={(act) => acts.act(durable, act)}
      />
    </>
  );
}
