// What supervisors decided about a sitting: what, about which sheets, who signed, whether it stands, and what the registry says.
import type { CandidateRef, PersonId } from "#shared/base";
import type { ReviewLine } from "#shared/ipc";
import {
  reviewState,
  sittingRecords,
  type PersonRow,
  type SittingRecords,
  type SittingRow,
} from "#shared/journal";
import { formatDayAndTime, refusalText, useText, type Text, personName } from "../../i18n/index.ts";
import { useCandidates, usePeople, useReviews, useSheets } from "../../store/index.ts";
import { Notice, Panel, Pill, Spinner, Stack, Table } from "../../ui/index.ts";
import { subjectName } from "./subject-name.ts";
import { useDecisions } from "./use-asked.ts";

export interface DecisionsProps {
  readonly sitting: SittingRow;
  /** Null: of everybody. Decisions about the whole sitting concern each candidate. */
  readonly candidate: CandidateRef | null;
}

export function Decisions({ sitting, candidate }: DecisionsProps) {
  const t = useText();
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const reviews = useReviews(sitting.id);
  const people = usePeople();
  const asked = useDecisions(sitting.id);
  const content =
    asked.state === "refused" ? (
      <Notice kind="danger" title={refusalText(t, asked.refusal)} data-testid="decisions-refused" />
    ) : asked.state === "reading" || !candidates || !sheets || !reviews || !people ? (
      <p>
        <Spinner /> {t("review.decisions.loading")}
      </p>
    ) : (
      <Lines
        lines={asked.value.reviews.filter(
          ({ review: { subject } }) =>
            candidate === null || subject.kind === "sitting" || subject.candidate === candidate,
        )}
        of={sittingRecords(sitting, { candidates, sheets, reviews })}
        sitting={sitting}
        people={people}
      />
    );
  return (
    <Panel title={t("review.decisions.title")} data-testid="review-decisions">
      {content}
    </Panel>
  );
}

function Lines(props: {
  readonly lines: readonly ReviewLine[];
  readonly of: SittingRecords;
  readonly sitting: SittingRow;
  readonly people: readonly PersonRow[];
}) {
  const { lines, of, sitting, people } = props;
  const t = useText();
  const nameOf = (id: PersonId) => personName(people, id);
  return (
    <Table
      label={t("review.decisions.list")}
      data-testid="decisions-table"
      maxHeight="half"
      rows={lines}
      rowKey={({ review }) => review.hash}
      rowTone={({ next, way }) =>
        way === "refused" || next === "operator" || next === "panel" ? "attention" : null
      }
      empty={<p data-testid="decisions-none">{t("review.decisions.empty")}</p>}
      columns={[
        {
          key: "what",
          heading: t("review.decisions.what"),
          isRowHeader: true,
          cell: ({ review }) => (
            <strong data-testid="decision-what" data-decision={review.decision}>
              {t(`review.decision.kind.${review.decision}`)}
            </strong>
          ),
        },
        {
          key: "about",
          heading: t("review.decisions.about"),
          cell: ({ review }) => subjectName(t, review.subject, sitting, of, nameOf),
        },
        { key: "why", heading: t("review.decision.reason"), cell: (line) => whyText(t, line, of, nameOf) },
        {
          key: "by",
          heading: t("review.decisions.by"),
          cell: ({ review: { person, second, at } }) => (
            <Stack gap={1}>
              <span>{nameOf(person)}</span>
              {second ? <span>{t("review.decisions.second", { name: nameOf(second.person) })}</span> : null}
              <span>{formatDayAndTime(at.wall, t.locale)}</span>
            </Stack>
          ),
        },
        {
          key: "standing",
          heading: t("review.decisions.standing"),
          cell: ({ stands, answered, next }) => (
            <span data-testid="decision-standing" data-stands={stands} data-next={next ?? ""}>
              <Pill kind={next !== null ? "attention" : stands ? "done" : "neutral"}>
                {next === null
                  ? t(
                      answered
                        ? "review.decisions.amended"
                        : stands
                          ? "review.decisions.stands"
                          : "review.decisions.replaced",
                    )
                  : t(`review.decisions.next.${next}`)}
              </Pill>
            </span>
          ),
        },
        {
          key: "way",
          heading: t("review.decisions.way"),
          cell: ({ way, review: { refused } }) => (
            <span data-testid="decision-way" data-way={way}>
              {t(`review.decisions.ways.${way}`, {
                why: refused === null ? "" : (t.maybe(`errors.note.${refused}`) ?? refused),
              })}
            </span>
          ),
        },
      ]}
    />
  );
}

/** The reason, what was asked and answered, and who may mark again. */
function whyText(
  t: Text,
  { review, next, remarkers }: ReviewLine,
  of: SittingRecords,
  nameOf: (id: PersonId) => string,
) {
  const { standing, answers } = reviewState(review.subject, of);
  const own = standing?.hash === review.hash ? answers : [];
  return (
    <Stack gap={1}>
      <span>{review.reason}</span>
      {review.question === null ? null : (
        <span>{t("review.decisions.question", { question: review.question })}</span>
      )}
      {own.map(({ examiner, reason, at }) => (
        <span key={`${examiner} ${String(at.wall)}`} data-testid="decision-answer">
          {t("review.decisions.answer", { name: nameOf(examiner), answer: reason })}
        </span>
      ))}
      {next === "panel" ? (
        <span data-testid="decision-remarkers">
          {remarkers.length > 0
            ? t("review.decisions.remarkers", { names: remarkers.map(nameOf).join(" · ") })
            : t("review.decisions.noRemarkers")}
        </span>
      ) : null}
    </Stack>
  );
}
