// What the panel's sheets come to, candidate by candidate, and the days that follow from today. Shown of a candidate only
// when every member has signed: until then nobody's mark is anybody else's business (R45).
import { useState } from "react";
import { InstantMs, instantToDay, type Day } from "#shared/base";
import {
  countingOf,
  policyValues,
  type PartOutcome,
  type Policy,
  type Review,
  type Rubric,
  type Sheet,
} from "#shared/exam";
import {
  sittingRecords,
  standingResult,
  standingRoster,
  waitingCandidates,
  type CandidateRow,
  type SittingRow,
  type Waiting,
} from "#shared/journal";
import {
  knownCalendars,
  noticeEnds,
  overallOutcome,
  workingDayAfter,
  type Deadline,
  type SittingResult,
} from "#shared/rules";
import { candidateName, findingText, formatDay, type Text, useText } from "../../i18n/index.ts";
import { Button, Facts, Notice, Panel, Pill, Stack, Table } from "../../ui/index.ts";
import { RecheckDialog } from "./RecheckDialog.tsx";

/** Somebody has still to do something before a mark stands. */
const WAITING: readonly PartOutcome[] = ["DIVERGENT", "WITHHELD", "CONTESTED"];

export interface ResultsProps {
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly policy: Policy;
  readonly candidates: readonly CandidateRow[];
  readonly sheets: readonly Sheet[];
  readonly reviews: readonly Review[];
}

export function Results({ sitting, rubric, policy, candidates, sheets, reviews }: ResultsProps) {
  const t = useText();
  const [today] = useState(() => instantToDay(InstantMs.parse(Date.now())));
  const [rechecking, setRechecking] = useState<CandidateRow | null>(null);
  // As in main: what was amended since is published when it is approved again (R80).
  const approval = sitting.signOffs.find(
    ({ as, revision }) => as === "approver" && revision === sitting.revision,
  );
  // Before anybody approved, today stands for the day of publication.
  const published = approval ? instantToDay(approval.at.wall) : today;
  const of = sittingRecords(sitting, { candidates, sheets, reviews });
  const waits = waitingCandidates(of);
  const rows = standingRoster(of).flatMap((candidate) => {
    const waiting = waits.get(candidate.ref) ?? null;
    const standing = standingResult({ candidate, sitting, sheets, rubric, policy, waiting });
    const isAmended = sheets.some((one) => one.candidate === candidate.ref && countingOf(one)?.amendment);
    return standing ? [{ candidate, isAmended, ...standing }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <Panel title={t("closing.results.title")}>
      <Waits candidates={candidates} waits={waits} />
      <Table
        label={t("closing.results.title")}
        data-testid="closing-results"
        maxHeight="half"
        rows={rows}
        rowKey={({ candidate }) => candidate.ref}
        rowTone={({ outcome }) => (WAITING.includes(outcome) ? "attention" : null)}
        columns={[
          {
            key: "candidate",
            heading: t("closing.candidate"),
            isRowHeader: true,
            cell: ({ candidate }) => candidateName(candidate),
          },
          {
            key: "mark",
            heading: t("closing.results.mark"),
            align: "end",
            cell: ({ mark, replaced, isAmended }) => (
              <span data-testid="closing-mark">
                {replaced.map((earlier) => (
                  <del key={earlier}>{earlier} </del>
                ))}
                {mark}
                {isAmended ? <Pill>{t("closing.results.amended")}</Pill> : null}
              </span>
            ),
          },
          {
            key: "outcome",
            heading: t("closing.results.outcome"),
            cell: ({ outcome }) => (
              <Pill kind={WAITING.includes(outcome) ? "attention" : "neutral"}>
                {t(`closing.results.${outcome}`)}
              </Pill>
            ),
          },
          { key: "why", heading: t("closing.results.why"), cell: ({ result }) => reasonOf(t, result) },
          ...(approval
            ? [
                {
                  key: "recheck",
                  heading: t("closing.recheck.heading"),
                  cell: ({ candidate }: { readonly candidate: CandidateRow }) => (
                    <Stack direction="row" gap={2} align="center">
                      {candidate.rechecks.map(({ finding, submittedOn }) => (
                        <Pill key={`${submittedOn} ${finding}`} kind="done">
                          {t(`closing.recheck.done.${finding}`)}
                        </Pill>
                      ))}
                      <Button
                        kind="quiet"
                        onPress={() => setRechecking(candidate)}
                        data-testid={`recheck-${String(candidate.no)}`}
                      >
                        {t("closing.recheck.open")}
                      </Button>
                    </Stack>
                  ),
                },
              ]
            : []),
        ]}
      />
      <p>{t("closing.results.skillOnly", { part: overallText(t, sitting, rows) })}</p>
      <Facts
        facts={deadlines(t, published, policy).map(({ term, deadline }) => ({
          term,
          value: dayText(t, deadline),
        }))}
      />
      {rechecking ? (
        <RecheckDialog sitting={sitting} candidate={rechecking} onClose={() => setRechecking(null)} />
      ) : null}
    </Panel>
  );
}

/** What has to be done for those without a result; everybody else's is approved without them. */
function Waits(props: {
  readonly candidates: readonly CandidateRow[];
  readonly waits: ReadonlyMap<CandidateRow["ref"], Waiting>;
}) {
  const { candidates, waits } = props;
  const t = useText();
  const kinds = (["WITHHELD", "CONTESTED"] as const).filter((kind) => [...waits.values()].includes(kind));
  return kinds.map((kind) => {
    const own = candidates.filter(({ ref }) => waits.get(ref) === kind);
    return (
      <Notice
        key={kind}
        kind="attention"
        announce="never"
        title={t(`closing.waits.${kind}.title`, { names: own.map(candidateName).join(" · ") })}
        safe={t(`closing.waits.${kind}.safe`)}
        next={t(`closing.waits.${kind}.next`)}
        data-testid={`closing-waits-${kind}`}
      />
    );
  });
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

function deadlines(t: Text, on: Day, policy: Policy): { term: string; deadline: Deadline }[] {
  const calendars = knownCalendars();
  const values = policyValues(policy);
  const from = formatDay(on, t.locale);
  return [
    { term: t("closing.results.notice", { from }), deadline: noticeEnds(on, calendars, values) },
    {
      term: t("closing.results.recheck", { from }),
      deadline: workingDayAfter(on, values.recheckWorkingDays, calendars),
    },
  ];
}

function dayText(t: Text, { day, provisional }: Deadline): string {
  const shown = formatDay(day, t.locale);
  return provisional ? t("closing.results.provisional", { day: shown }) : shown;
}
