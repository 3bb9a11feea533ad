// The examiner's own sheet as two people typed it from the paper: read only, with the photographs of the paper beside it. It is signed
// like any sheet, with one's own PIN, or sent back with a reason.
import { useState } from "react";
import { fractionToText, type Refusal } from "#shared/base";
import { evidenceHeld, type Rubric, type Sheet, type Transcription } from "#shared/exam";
import type { CandidateRow } from "#shared/journal";
import { totalOf } from "#shared/rules";
import { bridge } from "../../../bridge/index.ts";
import {
  begunMinutes,
  inputText,
  personName,
  refusalKind,
  refusalText,
  useText,
} from "../../../i18n/index.ts";
import { usePeople, useStore } from "../../../store/index.ts";
import { Button, Facts, Figure, Notice, Pill } from "../../../ui/index.ts";
import { PictureViewer, Thumbs, useViewing } from "../evidence/index.ts";
import styles from "../Marking.module.css";
import type { WriteIntent } from "../sheet-acts.ts";
import { SheetHead } from "../SheetHead.tsx";
import { SheetLine } from "../SheetLine.tsx";
import { useDeskKeys } from "../use-desk-keys.ts";
import { GiveUpDialog } from "./GiveUpDialog.tsx";

export interface TranscribedSheetProps {
  readonly sheet: Sheet;
  readonly paper: Transcription;
  readonly candidate: CandidateRow;
  readonly rubric: Rubric;
  readonly write: WriteIntent;
  readonly onNeighbour: (by: 1 | -1) => void;
}

export function TranscribedSheet({
  sheet,
  paper,
  candidate,
  rubric,
  write,
  onNeighbour,
}: TranscribedSheetProps) {
  const t = useText();
  const store = useStore();
  const people = usePeople() ?? [];
  const [viewing, setViewing] = useViewing();
  const [isReturning, setReturning] = useState(false);
  const [signing, setSigning] = useState<Refusal | "waiting" | null>(null);
  useDeskKeys(viewing === null && !isReturning && signing !== "waiting", ({ kind }) => {
    if (kind !== "candidateUp" && kind !== "candidateDown") return false;
    onNeighbour(kind === "candidateUp" ? -1 : 1);
    return true;
  });
  const isWritten = paper.written !== null;
  const { total, overtime } = totalOf(rubric, sheet.items, sheet.overtimeMs);
  const pictures = evidenceHeld(sheet.evidence);
  const sign = async () => {
    setSigning("waiting");
    const signed = await bridge.call("sheet.requestSignature", { sheet: sheet.id });
    const taken = signed.ok ? await store.catchUp() : signed;
    setSigning(taken.ok ? null : taken.error);
  };
  return (
    <>
      <div className={styles.sheet} data-testid="sheet-transcribed">
        <SheetHead candidate={candidate} rubric={rubric} />
        <div className={styles.aboveItems}>
          <Notice
            kind="attention"
            announce="never"
            title={t("transcription.fromPaper", {
              names: paper.sides
                .map(({ person }) => personName(people, person))
                .join(t.locale === "en" ? ", " : "、"),
            })}
            next={t(isWritten ? "transcription.fromPaperNext" : "transcription.isReturned")}
          />
        </div>
        <ol className={styles.items}>
          {rubric.items.map((item) => (
            <SheetLine key={item.no} {...{ item, rubric, sheet }} former={null}>
              <span className={styles.quiet}>
                {inputText(t, item, sheet.items[String(item.no)], rubric.step)}
              </span>
            </SheetLine>
          ))}
        </ol>
      </div>
      <aside className={styles.side} aria-label={t("marking.total")}>
        <Pill kind="attention">{t("transcription.pill")}</Pill>
        <Figure
          label={t("marking.total")}
          value={fractionToText(total)}
          of={null}
          data-testid="sheet-total"
        />
        <Facts
          facts={[
            {
              term: t("marking.overtime"),
              value: `${String(begunMinutes(sheet.overtimeMs))}${overtime.n > 0 ? ` (−${fractionToText(overtime)})` : ""}`,
            },
            { term: t("marking.veto"), value: sheet.vetoes.join(" ") || t("marking.noVeto") },
            { term: t("marking.note"), value: sheet.note || t("common.blank") },
          ]}
        />
        <Thumbs sheet={sheet.id} evidence={pictures} tagged onOpen={setViewing} />
        <div className={styles.signing}>
          {signing !== null && signing !== "waiting" ? (
            <Notice
              kind={refusalKind(signing)}
              announce="now"
              title={refusalText(t, signing)}
              data-testid="sign-refused"
            />
          ) : null}
          {isWritten ? (
            <>
              <Button
                kind="primary"
                size="large"
                wide
                busy={signing === "waiting"}
                busyText={t("marking.signing")}
                note={t("transcription.signNote")}
                onPress={() => void sign()}
                data-testid="sheet-sign"
              >
                {t("marking.sign")}
              </Button>
              <Button wide onPress={() => setReturning(true)} data-testid="paper-return">
                {t("transcription.return")}
              </Button>
            </>
          ) : null}
        </div>
      </aside>
      {viewing ? <PictureViewer sheet={sheet} evidence={viewing} onClose={() => setViewing(null)} /> : null}
      {isReturning ? (
        <GiveUpDialog
          title={t("transcription.returnTitle")}
          lead={t("transcription.returnLead")}
          act={t("transcription.return")}
          testId="paper-return-dialog"
          onAct={(reason) => write({ kind: "transcription.return", sheet: sheet.id, reason })}
          onClose={() => setReturning(false)}
        />
      ) : null}
    </>
  );
}
