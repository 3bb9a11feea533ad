// What the panel's sheets come to, candidate by candidate, and the days that follow from today. Shown of a candidate only
// when every member has signed: until then nobody's mark is anybody else's business (R45).
import { useState } from "react";
import { fractionToText, InstantMs, instantToDay, type Day } from "#shared/base";
import { policyValues, type Policy, type Rubric, type Sheet } from "#shared/exam";
import type { CandidateRow, SittingRow } from "#shared/journal";
import {
  knownCalendars,
  noticeEnds,
  overallOutcome,
  panelJudgement,
  sittingResult,
  workingDayAfter,
  type Deadline,
  type SittingResult,
} from "#shared/rules";
import { findingText, formatDay, useText, type Text } from "../../i18n/index.ts";
import { Facts, Panel, Pill, Table } from "../../ui/index.ts";

export interface ResultsProps {
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly policy: Policy;
  readonly candidates: readonly CandidateRow[];
  readonly sheets: readonly Sheet[];
}

export function Results({ sitting, rubric, policy, candidates, sheets }: ResultsProps) {
  const t = useText();
  const [today] = useState(() => instantToDay(InstantMs.parse(Date.now())));
  const rows = candidates.flatMap((candidate) => {
    const result = resultOf(candidate, sheets, sitting, rubric, policy);
    return result ? [{ candidate, result }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <Panel title={t("closing.results.title")}>
      <Table
        label={t("closing.results.title")}
        data-testid="closing-results"
        maxHeight="half"
        rows={rows}
        rowKey={({ candidate }) => candidate.ref}
        rowTone={({ result }) => (result.outcome === "DIVERGENT" ? "attention" : null)}
        columns={[
          {
            key: "candidate",
            heading: t("closing.candidate"),
            isRowHeader: true,
            cell: ({ candidate }) => `${String(candidate.no).padStart(2, "0")} ${candidate.name}`,
          },
          {
            key: "mark",
            heading: t("closing.results.mark"),
            align: "end",
            cell: ({ result }) => (result.mark ? fractionToText(result.mark.rounded, 2) : "—"),
          },
          {
            key: "outcome",
            heading: t("closing.results.outcome"),
            cell: ({ result }) => (
              <Pill kind={result.outcome === "DIVERGENT" ? "attention" : "neutral"}>
                {t(`closing.results.${result.outcome}`)}
              </Pill>
            ),
          },
          { key: "why", heading: t("closing.results.why"), cell: ({ result }) => reasonOf(t, result) },
        ]}
      />
      <p>{t("closing.results.skillOnly", { part: overallText(t, sitting, rows) })}</p>
      <Facts
        facts={deadlines(t, today, policy).map(({ term, deadline }) => ({
          term,
          value: dayText(t, deadline),
        }))}
      />
    </Panel>
  );
}

/** Null while a sheet is missing: no mark of a member is shown before all have signed. */
function resultOf(
  candidate: CandidateRow,
  sheets: readonly Sheet[],
  sitting: SittingRow,
  rubric: Rubric,
  policy: Policy,
): SittingResult | null {
  const values = policyValues(policy);
  const none = { totals: [], vetoes: [], divergenceReason: null, judgements: [] };
  if (candidate.absence) return sittingResult({ ...none, absence: "ABSENT" }, values);
  const own = sheets.filter((sheet) => sheet.candidate === candidate.ref);
  const totals = own.flatMap(({ signature }) => (signature ? [signature.total] : []));
  if (totals.length < sitting.panel.length) return null;
  const vetoes = rubric.vetoes.filter(({ code }) => own.some((sheet) => sheet.vetoes.includes(code)));
  const judgements = rubric.items.flatMap((item) => {
    const levels = own.flatMap(({ items }) => {
      const input = items[String(item.no)];
      return input?.kind === "JUDGE" ? [input.level] : [];
    });
    // Whether the panel judged again is not recorded yet: a spread is shown and left to the leader.
    return item.kind === "JUDGE" && levels.length > 0
      ? panelJudgement(item, levels, true, values).findings
      : [];
  });
  return sittingResult({ ...none, totals, vetoes, judgements, absence: null }, values);
}

/** What stands against the mark, else how it came about. */
function reasonOf(t: Text, { findings }: SittingResult): string {
  const grave = findings.filter(({ severity }) => severity !== "info");
  const shown = grave.length > 0 ? grave : findings.filter(({ rule }) => rule === "R41" || rule === "R42");
  return shown.map((finding) => `${finding.rule} ${findingText(t, finding)}`).join(" ");
}

/** R50 needs the other parts: as long as they are not here, nobody has passed as a whole. */
function overallText(
  t: Text,
  { level }: SittingRow,
  rows: readonly { readonly result: SittingResult }[],
): string {
  const parts = rows.flatMap(({ result }) =>
    overallOutcome(level, { SKILL: result.outcome }).findings.map(({ facts }) => String(facts["part"] ?? "")),
  );
  const missing = [...new Set(parts)].filter((part) => part !== "SKILL" && part !== "");
  return missing.map((part) => t.maybe(`closing.results.part.${part}`, {}) ?? part).join(" / ");
}

function deadlines(t: Text, today: Day, policy: Policy): { term: string; deadline: Deadline }[] {
  const calendars = knownCalendars();
  const values = policyValues(policy);
  return [
    { term: t("closing.results.notice"), deadline: noticeEnds(today, calendars, values) },
    {
      term: t("closing.results.recheck"),
      deadline: workingDayAfter(today, values.recheckWorkingDays, calendars),
    },
  ];
}

function dayText(t: Text, { day, provisional }: Deadline): string {
  const shown = formatDay(day, t.locale);
  return provisional ? t("closing.results.provisional", { day: shown }) : shown;
}
