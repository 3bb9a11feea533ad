// The panel of the room: who was appointed or took a place, whether they declared their conflicts, and how far they are.
import { isSigned, type Sheet } from "#shared/exam";
import type { SittingRow } from "#shared/journal";
import { useText } from "../../../i18n/index.ts";
import { Panel, Pill, Stack, Table } from "../../../ui/index.ts";

export interface PanelPresentProps {
  readonly sitting: SittingRow;
  readonly sheets: readonly Sheet[];
  readonly nameOf: (person: SittingRow["panel"][number]["person"]) => string;
}

export function PanelPresent({ sitting, sheets, nameOf }: PanelPresentProps) {
  const t = useText();
  const { panel, declarations, substitutions } = sitting;
  const countOf = (person: string, isDone: boolean) =>
    sheets.filter((sheet) => sheet.examiner === person && isSigned(sheet) === isDone).length;
  return (
    <Panel title={t("visit.panel.title")}>
      <Table
        label={t("visit.panel.title")}
        data-testid="visit-panel"
        rows={panel}
        rowKey={({ person }) => person}
        columns={[
          {
            key: "name",
            heading: t("visit.panel.name"),
            isRowHeader: true,
            cell: ({ person, leader }) => {
              const instead = substitutions.findLast(({ joins }) => joins === person);
              return (
                <Stack direction="row" gap={2}>
                  <span>{nameOf(person)}</span>
                  {leader ? <Pill>{t("visit.panel.leader")}</Pill> : null}
                  {instead ? <span>{t("visit.panel.instead", { name: nameOf(instead.leaves) })}</span> : null}
                </Stack>
              );
            },
          },
          {
            key: "declared",
            heading: t("visit.panel.declared"),
            cell: ({ person }) =>
              declarations.some((one) => one.person === person) ? (
                <Pill kind="done">{t("visit.panel.isDeclared")}</Pill>
              ) : (
                <Pill kind="attention">{t("visit.panel.undeclared")}</Pill>
              ),
          },
          {
            key: "open",
            heading: t("visit.panel.open"),
            align: "end",
            cell: ({ person }) => countOf(person, false),
          },
          {
            key: "signed",
            heading: t("visit.panel.signed"),
            align: "end",
            cell: ({ person }) => countOf(person, true),
          },
        ]}
      />
    </Panel>
  );
}
