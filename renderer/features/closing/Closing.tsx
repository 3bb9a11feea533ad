// Closing the day: what was expected and what is there, the seal, then the batches and their receipts.
import type { ReactNode } from "react";
import {
  boardOf,
  countSitting,
  hasUnsealed,
  incidentsOf,
  sittingRecords,
  standingRoster,
  type OwedSheet,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import { isSigned } from "#shared/exam";
import { candidateName, formatDay, useText, wordsIn, personName } from "../../i18n/index.ts";
import {
  useBatches,
  useCandidates,
  useCentre,
  useIncidents,
  usePeople,
  useReviews,
  useRubric,
  useSheets,
} from "../../store/index.ts";
import { Button, Facts, Page, Panel, Stack, Table } from "../../ui/index.ts";
import { BatchCard } from "./BatchCard.tsx";
import { Results } from "./Results.tsx";
import { SealForm } from "./SealForm.tsx";
import { SignOffs } from "./SignOffs.tsx";
import { useSending } from "./use-sending.ts";

export interface ClosingProps {
  readonly sitting: SittingRow;
  /** Which flags it raises. */
  readonly flags: ReactNode;
  /** Its forms, to print. */
  readonly papers: ReactNode;
  readonly onLeave: () => void;
}

export function Closing({ sitting, flags, papers, onLeave }: ClosingProps) {
  const t = useText();
  const centre = useCentre();
  const rubric = useRubric(sitting.rubric)?.rubric;
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const reviews = useReviews(sitting.id);
  const batches = useBatches(sitting.id);
  const people = usePeople();
  const incidents = useIncidents();
  const sending = useSending();
  if (!incidents || !reviews || !batches || !people) return null;
  if (!centre || !rubric || !candidates || !sheets) return null;

  const of = sittingRecords(sitting, { candidates, sheets, reviews });
  const counts = countSitting(sitting, standingRoster(of), sheets);
  // Whoever answers for totals answers for every signed sheet, that of somebody who left since among them.
  const answered = sheets.filter(isSigned).length;
  const { owed } = boardOf({ sitting, candidates, sheets, reviews, batches });
  const missing = owed.filter(({ state }) => state === "opened" || state === "missing");
  const own = incidentsOf(incidents, sitting.id);
  const hasNew = hasUnsealed({ sitting, batches, sheets, candidates, reviews, incidents: own });
  return (
    <Page
      title={t("closing.title")}
      lead={t("closing.lead", { title: wordsIn(t, rubric.title), day: formatDay(sitting.day, t.locale) })}
      actions={<Button onPress={onLeave}>{t("closing.back")}</Button>}
    >
      {flags}
      <Panel>
        <Facts
          kind="figures"
          facts={[
            { term: t("closing.expected"), value: <Counted name="expected" count={counts.expected} /> },
            { term: t("closing.signed"), value: <Counted name="signed" count={counts.signed} /> },
            { term: t("closing.absent"), value: <Counted name="absent" count={counts.absent} /> },
            ...(["withdrawn", "unexamined"] as const)
              .filter((name) => counts[name] > 0)
              .map((name) => ({
                term: t(`day.left.${name}`),
                value: <Counted name={name} count={counts[name]} />,
              })),
            { term: t("closing.missing"), value: <Counted name="missing" count={missing.length} /> },
          ]}
        />
        {missing.length > 0 ? (
          <MissingTable missing={missing} people={people} />
        ) : (
          <p>{t("closing.complete")}</p>
        )}
        {hasNew || batches.length === 0 ? (
          <SealForm sitting={sitting.id} missing={missing.length} />
        ) : (
          <p>{t("closing.nothing")}</p>
        )}
      </Panel>
      {batches.length > 0 ? (
        <Stack gap={4}>
          {batches.toReversed().map((batch) => (
            <BatchCard
              key={batch.id}
              batch={batch}
              registry={centre.registry.name}
              progress={sending.get(batch.id)}
            />
          ))}
        </Stack>
      ) : null}
      {centre.permit ? (
        <Results
          sitting={sitting}
          rubric={rubric}
          policy={centre.permit.reference.policy}
          candidates={candidates}
          sheets={sheets}
          reviews={reviews}
        />
      ) : null}
      {centre.permit && answered > 0 ? (
        <SignOffs sitting={sitting} policy={centre.permit.reference.policy} sheets={answered} />
      ) : null}
      {papers}
    </Page>
  );
}

function Counted({ name, count }: { readonly name: string; readonly count: number }) {
  return (
    <span data-testid={`closing-${name}`} data-value={count}>
      {count}
    </span>
  );
}

function MissingTable({
  missing,
  people,
}: {
  readonly missing: readonly OwedSheet[];
  readonly people: readonly PersonRow[];
}) {
  const t = useText();
  return (
    <Table
      label={t("closing.missingList")}
      maxHeight="half"
      rows={missing}
      rowKey={({ candidate, examiner }) => `${candidate.ref} ${examiner}`}
      rowTone={() => "attention"}
      columns={[
        {
          key: "candidate",
          heading: t("closing.candidate"),
          isRowHeader: true,
          cell: ({ candidate }) => candidateName(candidate),
        },
        {
          key: "examiner",
          heading: t("closing.examiner"),
          cell: ({ examiner }) => personName(people, examiner),
        },
        {
          key: "state",
          heading: t("closing.state"),
          cell: ({ state }) => t(state === "opened" ? "closing.started" : "closing.notStarted"),
        },
      ]}
    />
  );
}
