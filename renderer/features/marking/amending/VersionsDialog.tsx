// Every version of a sheet side by side: only what differs between them, with the totals and the stamps. Nothing was overwritten.
import { fractionToText } from "#shared/base";
import type { Rubric, RubricItem } from "#shared/exam";
import { changedItems } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { inputText, useText, wordsIn, type Text } from "../../../i18n/index.ts";
import { Dialog, Pill, Table } from "../../../ui/index.ts";
import { markText } from "../item-mark.ts";
import styles from "../Marking.module.css";
import { versionName, type Version } from "./versions.ts";

export interface VersionsDialogProps {
  readonly isOpen: boolean;
  readonly rubric: Rubric;
  /** Oldest first. */
  readonly versions: readonly Version[];
  readonly onClose: () => void;
}

export function VersionsDialog({ isOpen, rubric, versions, onClose }: VersionsDialogProps) {
  const t = useText();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("amending.versions.title")}
      lead={t("amending.versions.lead")}
      width="wide"
      closeLabel={t("common.close")}
      dismissable
      data-testid="versions-dialog"
    >
      <Table
        label={t("amending.versions.title")}
        rows={rowsOf(t, rubric, versions)}
        rowKey={({ key }) => key}
        data-testid="versions-table"
        columns={[
          {
            key: "what",
            heading: t("amending.versions.item"),
            isRowHeader: true,
            cell: ({ name }) => name,
          },
          ...versions.map((version) => ({
            key: version.hash,
            heading: (
              <span className={styles.versionHead}>
                {versionName(t, version)}
                {version.standing === "counts" ? (
                  <Pill kind="done">{t("amending.versions.counts")}</Pill>
                ) : null}
              </span>
            ),
            cell: ({ values }: Row) => values[version.n] ?? "",
          })),
        ]}
      />
    </Dialog>
  );
}

interface Row {
  readonly key: string;
  readonly name: string;
  /** By version. */
  readonly values: readonly string[];
}

function rowsOf(t: Text, rubric: Rubric, versions: readonly Version[]): Row[] {
  const [first] = versions;
  if (!first) return [];
  const changed = new Set(versions.flatMap(({ marks }) => changedItems(rubric, first.marks, marks)));
  const row = (key: string, name: string, read: (version: Version) => string): Row => ({
    ...{ key, name },
    values: versions.map(read),
  });
  const differs = ({ values }: Row) => new Set(values).size > 1;
  return [
    ...rubric.items
      .filter(({ no }) => changed.has(no))
      .map((item) =>
        row(String(item.no), `${String(item.no)} ${wordsIn(t, item.text)}`, ({ marks }) =>
          itemText(t, rubric, item, marks),
        ),
      ),
    ...[
      row("overtime", t("amending.versions.overtime"), ({ marks }) =>
        String(Math.ceil(marks.overtimeMs / 60_000)),
      ),
      row("vetoes", t("amending.versions.vetoes"), ({ marks }) => marks.vetoes.join(" ") || t("common.none")),
      row("note", t("amending.versions.note"), ({ marks }) => marks.note || t("common.none")),
    ].filter(differs),
    row("total", t("amending.versions.total"), ({ total }) => fractionToText(total)),
    row("stamp", t("amending.versions.stamp"), ({ hash }) => stampOf(hash).code),
    row("standing", t("amending.versions.standing"), ({ standing }) => t(`amending.versions.${standing}`)),
  ];
}

/** The mark, and what it follows from. */
function itemText(t: Text, rubric: Rubric, item: RubricItem, marks: Version["marks"]): string {
  const mark = markText(item, rubric, marks) ?? t("common.blank");
  const input = inputText(t, item, marks.items[String(item.no)], rubric.step);
  return input === mark ? mark : `${mark} · ${input}`;
}
