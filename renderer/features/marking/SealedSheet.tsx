// A signed sheet: read only, with the stamp of what counts. Comparing the stamp with the one on paper is how a person sees that
// it is the same sheet. Its author may begin to amend it; whatever was signed stays in sight.
import { useState, type ReactNode } from "react";
import { fractionToText, type Refusal } from "#shared/base";
import { evidenceHeld, type Counting, type Rubric, type Sheet, type SheetSignature } from "#shared/exam";
import type { CandidateRow } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { formatDayAndTime, refusalText, useText } from "../../i18n/index.ts";
import { Figure, Notice, OfferedButton, Stamp } from "../../ui/index.ts";
import { VersionList } from "./amending/index.ts";
import { PictureViewer, Thumbs, useViewing } from "./evidence/index.ts";
import styles from "./Marking.module.css";
import { TimeGivenBack } from "./pausing/index.ts";
import type { WriteIntent } from "./sheet-acts.ts";
import { SheetHead } from "./SheetHead.tsx";
import { SheetLine } from "./SheetLine.tsx";
import { useDeskKeys } from "./use-desk-keys.ts";

export interface SealedSheetProps {
  readonly sheet: Sheet;
  readonly signature: NonNullable<SheetSignature>;
  readonly counting: Counting;
  readonly candidate: CandidateRow;
  readonly rubric: Rubric;
  readonly write: WriteIntent;
  readonly onNeighbour: (by: 1 | -1) => void;
  readonly beside: ReactNode;
}

export function SealedSheet({
  sheet,
  signature,
  counting,
  candidate,
  rubric,
  write,
  onNeighbour,
  beside,
}: SealedSheetProps) {
  const t = useText();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBeginning, setIsBeginning] = useState(false);
  const amend = async () => {
    setIsBeginning(true);
    const begun = await write({ kind: "amendment.open", sheet: sheet.id });
    setIsBeginning(false);
    setRefusal(begun.ok ? begun.value.behind : begun.error);
  };
  const [viewing, setViewing] = useViewing();
  const pictures = evidenceHeld(sheet.evidence);
  useDeskKeys(viewing === null, ({ kind }) => {
    if (kind !== "candidateUp" && kind !== "candidateDown") return false;
    onNeighbour(kind === "candidateUp" ? -1 : 1);
    return true;
  });
  return (
    <>
      <div className={styles.sheet} data-testid="sheet-sealed">
        <SheetHead candidate={candidate} rubric={rubric} />
        <ol className={styles.items}>
          {rubric.items.map((item) => (
            <SheetLine key={item.no} {...{ item, rubric, sheet }} former={sheet.signed} />
          ))}
        </ol>
      </div>
      <aside className={styles.side} aria-label={t("marking.sealed")}>
        <Stamp {...stampOf(counting.hash)} label={t("marking.sealStamp")} size="large" />
        <p className={styles.sealedTitle}>{t(counting.amendment ? "amending.sealed" : "marking.sealed")}</p>
        <p className={styles.quiet}>
          {t("marking.sealedLead", { when: formatDayAndTime(signature.at.wall, t.locale) })}
        </p>
        <Figure
          label={t("marking.sealedTotal")}
          value={fractionToText(counting.total)}
          of={counting.amendment ? <del>{fractionToText(signature.total)}</del> : null}
          data-testid="sheet-total"
        />
        <TimeGivenBack sheet={sheet} />
        {sheet.vetoes.length > 0 ? (
          <p className={styles.problem}>
            {t("marking.veto")} {sheet.vetoes.join(" ")}
          </p>
        ) : null}
        {pictures.length > 0 ? (
          <>
            <p className={styles.quiet}>{t("evidence.signedWith", { count: pictures.length })}</p>
            <Thumbs sheet={sheet.id} evidence={pictures} tagged onOpen={setViewing} />
          </>
        ) : null}
        {sheet.note ? <p className={styles.noteText}>{sheet.note}</p> : null}
        {beside}
        <VersionList sheet={sheet} rubric={rubric} />
        <div className={styles.signing}>
          {refusal ? (
            <Notice
              kind="danger"
              announce="now"
              title={refusalText(t, refusal)}
              data-testid="amend-refused"
            />
          ) : null}
          <OfferedButton
            wide
            note={t("amending.openNote")}
            busy={isBeginning}
            onPress={() => void amend()}
            data-testid="sheet-amend"
          >
            {t("amending.open")}
          </OfferedButton>
          <OfferedButton
            wide
            size="large"
            keyHint="⇧↓"
            onPress={() => onNeighbour(1)}
            data-testid="next-candidate"
          >
            {t("marking.nextCandidate")}
          </OfferedButton>
        </div>
      </aside>
      {viewing ? <PictureViewer sheet={sheet} evidence={viewing} onClose={() => setViewing(null)} /> : null}
    </>
  );
}
