// One person types a paper sheet: the items and keys of the desk, photographs of the paper, and the press that says it is all there.
// The other one's reading is not on the screen before both have said so.
import { useRef, useState, useSyncExternalStore } from "react";
import type { Refusal } from "#shared/base";
import { type Rubric, type Transcription, type TypedSide } from "#shared/exam";
import { differencesSeen, firstIncomplete, stateOf, type CandidateRow } from "#shared/journal";
import { totalOf } from "#shared/rules";
import { bridge } from "../../../bridge/index.ts";
import { refusalKind, refusalText, useText } from "../../../i18n/index.ts";
import { useStore } from "../../../store/index.ts";
import { Button, Facts, Notice, Pill } from "../../../ui/index.ts";
import styles from "../Marking.module.css";
import { createSheetActs, storeTroubleOf, type WriteIntent } from "../sheet-acts.ts";
import { SheetDialogs } from "../SheetDialogs.tsx";
import { SheetFields } from "../SheetFields.tsx";
import { SheetItems } from "../SheetItems.tsx";
import { SheetSum } from "../SheetSum.tsx";
import { firstBlank, useOpenItem } from "../use-open-item.ts";
import { useSheetKeys } from "../use-sheet-keys.ts";
import { Differences } from "./Differences.tsx";
import { PaperPages } from "./PaperPages.tsx";
import { actToAdopt, onPaper, typedSheet } from "./paper-sheet.ts";

export interface PaperDeskProps {
  readonly row: Transcription;
  readonly side: TypedSide;
  readonly rubric: Rubric;
  readonly candidate: CandidateRow;
  readonly nameOf: (person: TypedSide["person"]) => string;
  readonly write: WriteIntent;
  readonly onLeave: () => void;
}

export function PaperDesk({ row, side, rubric, candidate, nameOf, write, onLeave }: PaperDeskProps) {
  const t = useText();
  const store = useStore();
  const [acts] = useState(() => createSheetActs(onPaper(row.id, write)));
  const state = useSyncExternalStore(acts.subscribe, acts.snapshot);
  const durable = typedSheet(row, side);
  const sheet = acts.seen(durable);
  const total = totalOf(rubric, sheet.items, sheet.overtimeMs);
  const [dialog, setDialog] = useState<"veto" | "keys" | null>(null);
  const [finishing, setFinishing] = useState<Refusal | "waiting" | null>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const finishButton = useRef<HTMLButtonElement>(null);
  const differences = differencesSeen(row);
  const other = row.sides.find((one) => one.person !== side.person);
  const firstDifference = differences?.find((one) => one.about === "item");
  const opened = useOpenItem({
    rubric,
    first: firstDifference?.about === "item" ? firstDifference.item : firstBlank(rubric, durable),
    seen: () => acts.seen(durable),
    onEnd: () => finishButton.current?.focus(),
  });
  useSheetKeys({
    ...{ rubric, durable, acts, opened, noteField },
    enabled: dialog === null && finishing !== "waiting",
    offers: finishing !== "waiting",
    onNeighbour: () => undefined,
    onDialog: setDialog,
    onEvidence: null,
    onPause: null,
  });
  const isSaving = state.saving > 0 || storeTroubleOf(state, durable) !== null;
  const left = total.items - total.marked;
  const need =
    firstIncomplete(rubric, sheet) !== undefined
      ? t("transcription.left", { count: Math.max(1, left) })
      : row.pages.length === 0
        ? t("transcription.needPage")
        : differences && differences.length > 0
          ? t("transcription.needAlike")
          : null;
  const finish = async () => {
    setFinishing("waiting");
    const finished = await bridge.call("transcription.finish", { sheet: row.id });
    const taken = finished.ok ? await store.catchUp() : finished;
    setFinishing(taken.ok ? null : taken.error);
  };
  const lastReturn = row.returned.at(-1);
  return (
    <>
      <SheetItems
        {...{ candidate, rubric, durable, acts, state, opened }}
        isKept
        former={null}
        evidence={null}
        notice={
          <>
            {lastReturn ? (
              <Notice
                kind="attention"
                announce="never"
                title={t("transcription.wasReturned", {
                  name: nameOf(row.examiner),
                  reason: lastReturn.reason,
                })}
                data-testid="paper-returned"
              />
            ) : null}
            {differences && other ? (
              <Differences
                {...{ differences, rubric, other }}
                own={sheet}
                otherName={nameOf(other.person)}
                onAdopt={(one) => acts.act(durable, actToAdopt(one, other))}
                onItem={opened.openItem}
              />
            ) : null}
          </>
        }
        data-testid="paper-desk"
      />
      <aside className={styles.side} aria-label={t("transcription.side")}>
        <Pill kind="attention">{t("transcription.pill")}</Pill>
        <Facts
          facts={[
            { term: t("transcription.examiner"), value: nameOf(row.examiner) },
            {
              term: t("transcription.youAre"),
              value: t(row.sides[0]?.person === side.person ? "transcription.first" : "transcription.second"),
            },
          ]}
        />
        <PaperPages row={row} write={write} />
        <SheetSum total={total} />
        <SheetFields
          {...{ sheet, rubric, total, noteField }}
          isKept={false}
          onAct={(act) => acts.act(durable, act)}
          onVeto={() => setDialog("veto")}
        />
        <div className={styles.signing}>
          {finishing !== null && finishing !== "waiting" ? (
            <Notice
              kind={refusalKind(finishing)}
              announce="now"
              title={refusalText(t, finishing)}
              data-testid="paper-finish-refused"
            />
          ) : null}
          <Button
            kind="primary"
            size="large"
            wide
            ref={finishButton}
            isDisabled={need !== null || isSaving}
            busy={finishing === "waiting"}
            busyText={t("transcription.finishing")}
            note={
              need ?? t(stateOf(row) === "comparing" ? "transcription.writeNote" : "transcription.finishNote")
            }
            onPress={() => void finish()}
            data-testid="paper-finish"
          >
            {t(stateOf(row) === "comparing" ? "transcription.write" : "transcription.finish")}
          </Button>
          <Button wide onPress={onLeave} data-testid="paper-leave">
            {t("transcription.toList")}
          </Button>
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
