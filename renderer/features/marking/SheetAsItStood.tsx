// A sheet as it stood at some moment of its story: read only, nothing of it can be pressed but its photographs.
import { fractionToText } from "#shared/base";
import { evidenceHeld, isSigned, marksOf, type Rubric, type Sheet } from "#shared/exam";
import { totalOf } from "#shared/rules";
import { begunMinutes, inputText, useText } from "../../i18n/index.ts";
import { Facts, Pill, Stack } from "../../ui/index.ts";
import { PictureViewer, Thumbs, useViewing } from "./evidence/index.ts";
import styles from "./Marking.module.css";
import { SheetLine } from "./SheetLine.tsx";

export interface SheetAsItStoodProps {
  readonly sheet: Sheet;
  readonly rubric: Rubric;
  /** The item that was written just now. */
  readonly item: number | null;
}

export function SheetAsItStood({ sheet, rubric, item: inSight }: SheetAsItStoodProps) {
  const t = useText();
  const [viewing, setViewing] = useViewing();
  const marks = sheet.amending ?? marksOf(sheet);
  const former = sheet.amending ? marksOf(sheet) : sheet.signed;
  const { total, marked, items } = totalOf(rubric, marks.items, marks.overtimeMs);
  const pictures = evidenceHeld(sheet.evidence);
  return (
    <Stack gap={3}>
      <Stack direction="row" gap={2} align="center">
        <Pill kind={isSigned(sheet) ? "sealed" : "neutral"}>{t(stateOf(sheet))}</Pill>
        <span className={styles.quiet}>{t("marking.markedOf", { marked, items })}</span>
      </Stack>
      <ol className={styles.items}>
        {rubric.items.map((item) => (
          <SheetLine
            key={item.no}
            {...{ item, rubric, former }}
            sheet={marks}
            isInSight={item.no === inSight}
          >
            <span className={styles.quiet}>
              {inputText(t, item, marks.items[String(item.no)], rubric.step)}
            </span>
          </SheetLine>
        ))}
      </ol>
      <Facts
        facts={[
          {
            term: t("marking.total"),
            value: <span data-testid="stood-total">{fractionToText(total)}</span>,
          },
          { term: t("marking.overtime"), value: String(begunMinutes(marks.overtimeMs)) },
          {
            term: t("marking.veto"),
            value: <span data-testid="stood-vetoes">{marks.vetoes.join(" ") || t("marking.noVeto")}</span>,
          },
          { term: t("marking.note"), value: marks.note || t("common.blank") },
        ]}
      />
      {pictures.length > 0 ? (
        <Thumbs sheet={sheet.id} evidence={pictures} tagged onOpen={setViewing} />
      ) : null}
      {viewing ? <PictureViewer sheet={sheet} evidence={viewing} onClose={() => setViewing(null)} /> : null}
    </Stack>
  );
}

function stateOf({ signature, amending, amendments }: Sheet) {
  if (amending) return "amending.title";
  if (signature) return amendments.length > 0 ? "amending.sealed" : "marking.sealed";
  return "marking.stoodOpen";
}
