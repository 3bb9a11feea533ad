// Where two people read the paper differently: the item, what each of them typed, and the press that takes the other reading. Both look
// at the paper again; whoever misread corrects it, and what stood there stays in the journal.
import type { Difference, Rubric, SheetMarks, TypedSide } from "#shared/exam";
import { begunMinutes, inputText, useText, wordsIn, type Text } from "../../../i18n/index.ts";
import { Button, Notice, Table } from "../../../ui/index.ts";

export interface DifferencesProps {
  readonly differences: readonly Difference[];
  readonly rubric: Rubric;
  readonly own: SheetMarks;
  readonly other: TypedSide;
  readonly otherName: string;
  readonly onAdopt: (difference: Difference) => void;
  readonly onItem: (item: number) => void;
}

export function Differences(props: DifferencesProps) {
  const { differences, rubric, own, other, otherName, onAdopt, onItem } = props;
  const t = useText();
  if (differences.length === 0)
    return (
      <Notice
        kind="done"
        announce="politely"
        title={t("transcription.alike")}
        next={t("transcription.alikeNext")}
        data-testid="paper-alike"
      />
    );
  return (
    <>
      <Notice
        kind="attention"
        announce="politely"
        title={t("transcription.differs", { count: differences.length })}
        next={t("transcription.differsNext")}
      />
      <Table
        label={t("transcription.differences")}
        data-testid="paper-differences"
        rows={differences}
        rowKey={keyOf}
        columns={[
          {
            key: "about",
            heading: t("transcription.about"),
            isRowHeader: true,
            cell: (one) =>
              one.about === "item" ? (
                <Button onPress={() => onItem(one.item)} data-testid={`difference-item-${one.item}`}>
                  {aboutText(t, one, rubric)}
                </Button>
              ) : (
                aboutText(t, one, rubric)
              ),
          },
          { key: "own", heading: t("transcription.mine"), cell: (one) => readText(t, one, own, rubric) },
          {
            key: "other",
            heading: t("transcription.theirs", { name: otherName }),
            cell: (one) => readText(t, one, other.marks, rubric),
          },
          {
            key: "adopt",
            heading: t("transcription.paperSays"),
            cell: (one) => (
              <Button
                onPress={() => onAdopt(one)}
                data-testid={`adopt-${keyOf(one)}`}
                aria-label={t("transcription.adoptAbout", { about: aboutText(t, one, rubric) })}
              >
                {t("transcription.adopt")}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}

function keyOf(one: Difference): string {
  if (one.about === "item") return String(one.item);
  return one.about === "veto" ? one.code : one.about;
}

function aboutText(t: Text, one: Difference, rubric: Rubric): string {
  switch (one.about) {
    case "item": {
      const item = rubric.items.find(({ no }) => no === one.item);
      return `${String(one.item)} ${item ? wordsIn(t, item.text) : ""}`;
    }
    case "veto":
      return `${t("marking.veto")} ${one.code}`;
    case "overtime":
      return t("marking.overtime");
    case "note":
      return t("marking.note");
  }
}

function readText(t: Text, one: Difference, marks: SheetMarks, rubric: Rubric): string {
  switch (one.about) {
    case "item": {
      const item = rubric.items.find(({ no }) => no === one.item);
      const input = marks.items[String(one.item)];
      // Which of the answers it is, not how many.
      if (input?.kind === "CHECK")
        return input.checks
          .map((check, at) => `${String(at + 1)} ${check === null ? "?" : t(`marking.answer.${check}`)}`)
          .join(" · ");
      return item ? inputText(t, item, input, rubric.step) : "";
    }
    case "veto":
      return t(marks.vetoes.includes(one.code) ? "transcription.ticked" : "transcription.notTicked");
    case "overtime":
      return t("transcription.minutes", { count: begunMinutes(marks.overtimeMs) });
    case "note":
      return marks.note || t("common.blank");
  }
}
