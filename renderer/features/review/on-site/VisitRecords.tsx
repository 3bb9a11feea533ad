// What supervisors signed of a room: when, who, what they found, how far it is on its way; each to be printed as a form.
import type { ReactNode } from "react";
import type { PersonId } from "#shared/base";
import { countAnswers } from "#shared/exam";
import type { VisitLine } from "#shared/ipc";
import type { SignedVisit } from "#shared/journal";
import { checklistNamed } from "#shared/rules";
import { formatDayAndTime, useText, wordsIn, type Text } from "../../../i18n/index.ts";
import { EmptyState, Panel, Stack, Table } from "../../../ui/index.ts";

export interface VisitRecordsProps {
  readonly lines: readonly VisitLine[];
  readonly nameOf: (person: PersonId) => string;
  /** The form of one of them. */
  readonly paper: (visit: SignedVisit, label: string) => ReactNode;
}

export function VisitRecords({ lines, nameOf, paper }: VisitRecordsProps) {
  const t = useText();
  const when = ({ visit }: VisitLine) => formatDayAndTime(visit.at.wall, t.locale);
  return (
    <Panel title={t("visit.records.title")} data-testid="visit-records">
      <Stack gap={4}>
        <Table
          label={t("visit.records.title")}
          data-testid="visit-records-list"
          rows={lines}
          rowKey={({ visit }) => visit.id}
          rowTone={({ way }) => (way === "refused" ? "attention" : null)}
          empty={<EmptyState title={t("visit.records.none")}>{t("visit.records.noneLead")}</EmptyState>}
          columns={[
            { key: "at", heading: t("visit.records.at"), isRowHeader: true, cell: when },
            { key: "by", heading: t("visit.records.by"), cell: ({ visit }) => nameOf(visit.person) },
            {
              key: "answers",
              heading: t("visit.records.answers"),
              cell: ({ visit }) => t("visit.records.answersValue", { ...countAnswers(visit.report.answers) }),
            },
            {
              key: "findings",
              heading: t("visit.records.findings"),
              cell: ({ visit }) => <Findings said={findingsOf(t, visit)} />,
            },
            {
              key: "way",
              heading: t("visit.records.way"),
              cell: ({ way, refusal }) => (
                <span data-testid="visit-way" data-way={way}>
                  {t(`visit.records.ways.${way}`, {
                    why: refusal === null ? "" : (t.maybe(`errors.note.${refusal}`) ?? refusal),
                  })}
                </span>
              ),
            },
          ]}
        />
        {lines.map((line) => (
          <div key={line.visit.id}>{paper(line.visit, t("visit.records.paper", { when: when(line) }))}</div>
        ))}
      </Stack>
    </Panel>
  );
}

function Findings({ said }: { readonly said: readonly string[] }) {
  const t = useText();
  if (said.length === 0) return <>{t("visit.records.noFindings")}</>;
  return (
    <Stack gap={1}>
      {said.map((one) => (
        <span key={one}>{one}</span>
      ))}
    </Stack>
  );
}

/** What was not right, what else was seen, and problems in the supervisor's own words. */
function findingsOf(t: Text, { report: { checklist, answers, problems } }: SignedVisit): string[] {
  const items = checklistNamed(checklist)?.items ?? [];
  const said = answers
    .filter(({ answer, words }) => answer === "no" || words !== "")
    .map(({ item, answer, words }) => {
      const at = items.findIndex(({ code }) => code === item);
      const text = items[at] ? `${String(at + 1)}. ${wordsIn(t, items[at].text)}` : item;
      return `${text} · ${t(`visit.checklist.${answer}`)}${words === "" ? "" : ` · ${words}`}`;
    });
  return problems === "" ? said : [...said, problems];
}
