// Who is shown, a line each: the name opens the comparison. A list of ten thousand is narrowed by typing.
import { standingCheck } from "#shared/exam";
import { leavingOf, placeOf, type CandidateRow, type PersonRow } from "#shared/journal";
import { candidateName, formatTime, personName, useText, type Text } from "../../i18n/index.ts";
import { EmptyState, Pill, Table } from "../../ui/index.ts";

export interface CheckListProps {
  readonly listed: readonly CandidateRow[];
  readonly people: readonly PersonRow[];
  readonly shown: "missing" | "mismatched" | "checkedIn" | "all";
  /** Somebody is being looked for by name. */
  readonly isLookedFor: boolean;
  readonly onOpen: (candidate: CandidateRow) => void;
}

/** Nobody reads a longer list. */
const LISTED_AT_MOST = 200;

export function CheckList({ listed, people, shown, isLookedFor, onOpen }: CheckListProps) {
  const t = useText();
  const more = listed.length - LISTED_AT_MOST;
  return (
    <>
      <Table
        label={t("checkIn.list")}
        maxHeight="fill"
        rows={listed.slice(0, LISTED_AT_MOST)}
        rowKey={({ ref }) => ref}
        rowTone={(one) => (standingCheck(one)?.matches === false ? "attention" : null)}
        onOpen={onOpen}
        empty={
          <EmptyState title={t(isLookedFor ? "marking.nobodyFound" : `checkIn.none.${shown}`)}>
            {t(isLookedFor ? "checkIn.notFound" : "checkIn.noneLead")}
          </EmptyState>
        }
        data-testid="check-in-list"
        columns={[
          {
            key: "name",
            heading: t("room.candidate"),
            isRowHeader: true,
            cell: (one) => candidateName(one),
          },
          { key: "ticket", heading: t("checkIn.ticket"), narrow: true, cell: ({ ticketNo }) => ticketNo },
          { key: "id", heading: t("checkIn.id"), narrow: true, cell: ({ idMasked }) => idMasked },
          {
            key: "rotation",
            heading: t("checkIn.rotation"),
            narrow: true,
            align: "end",
            cell: ({ rotation }) => String(rotation),
          },
          {
            key: "place",
            heading: t("checkIn.place"),
            narrow: true,
            align: "end",
            cell: (one) => placeText(one),
          },
          { key: "state", heading: t("checkIn.state"), cell: (one) => <State {...{ one, people, t }} /> },
        ]}
      />
      {more > 0 ? <p>{t("checkIn.more", { count: more })}</p> : null}
    </>
  );
}

export function placeText(candidate: CandidateRow): string {
  const place = placeOf(candidate);
  return place === null ? "—" : String(place);
}

function State({
  one,
  people,
  t,
}: {
  readonly one: CandidateRow;
  readonly people: readonly PersonRow[];
  readonly t: Text;
}) {
  if (one.absence) return <Pill>{t("marking.state.absent")}</Pill>;
  const leaving = leavingOf(one);
  if (leaving) return <Pill>{t(`room.change.${leaving.kind}`)}</Pill>;
  const check = standingCheck(one);
  if (!check) return <Pill>{t("checkIn.states.missing")}</Pill>;
  const by = t("checkIn.by", { at: formatTime(check.at.wall, t.locale), name: personName(people, check.by) });
  return check.matches ? (
    <>
      <Pill kind="done">{t("checkIn.states.checkedIn")}</Pill> {by}
    </>
  ) : (
    <>
      <Pill kind="attention">{t("checkIn.states.mismatched")}</Pill> {check.note} · {by}
    </>
  );
}
