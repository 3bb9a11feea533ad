// The nothing-missing board of a sitting: all day and without a network, every sheet that is owed and where it is. What lies on
// this disk is shown beside what lies on the second medium and what the registry has proven.
import { groupBy, type Kid } from "#shared/base";
import type { MediumDescription } from "#shared/ipc";
import {
  boardOf,
  contestedCandidates,
  countOwed,
  isBlindTo,
  OWED_STATES,
  type LastSeen,
  type OwedCounts,
  type OwedSheet,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import {
  formatDay,
  formatDayAndTime,
  useText,
  wordsIn,
  personName,
  shownName,
  type Text,
} from "../../i18n/index.ts";
import { useBatches, useCandidates, usePeople, useReviews, useRubric, useSheets } from "../../store/index.ts";
import { Button, Facts, Notice, Page, Panel, Table, type Column } from "../../ui/index.ts";

export interface BoardProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  /** Null while it is asked. */
  readonly medium: MediumDescription | null;
  readonly onLeave: () => void;
}

/** Nobody reads a longer list; the figures above it count all of them. */
const LISTED_AT_MOST = 200;

export function Board({ me, sitting, medium, onLeave }: BoardProps) {
  const t = useText();
  const rubric = useRubric(sitting.rubric)?.rubric;
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const reviews = useReviews(sitting.id);
  const batches = useBatches(sitting.id);
  if (!rubric || !candidates || !sheets || !reviews || !batches) return null;

  const { owed, beside, lastSeen } = boardOf({ sitting, candidates, sheets, reviews, batches });
  const members = sitting.panel.length;
  const contested = contestedCandidates({ sitting: sitting.id, members, candidates, sheets, reviews });
  const counts = countOwed(owed);
  const isShown = !isBlindTo(me.id, sitting);
  const nameOf = (candidate: OwedSheet["candidate"]) => shownName(t, candidate, isShown);
  return (
    <Page
      title={t("board.title")}
      lead={t("board.lead", { title: wordsIn(t, rubric.title), day: formatDay(sitting.day, t.locale) })}
      actions={<Button onPress={onLeave}>{t("closing.back")}</Button>}
    >
      <Panel>
        <Facts
          kind="figures"
          facts={(["expected", ...OWED_STATES] as const).map((state) => ({
            term: t(`board.state.${state}`),
            value: (
              <span data-testid={`board-${state}`} data-value={counts[state]}>
                {counts[state]}
              </span>
            ),
          }))}
        />
        <p data-testid="board-sum">
          {t(counts.missing > 0 ? "board.sumMissing" : "board.sum", { ...counts })}
        </p>
        <Verdict counts={counts} />
        {contested.length > 0 ? (
          <Notice
            kind="attention"
            announce="never"
            title={t("closing.waits.CONTESTED.title", {
              names: candidates
                .filter(({ ref }) => contested.includes(ref))
                .map(nameOf)
                .join(" · "),
            })}
            safe={t("closing.waits.CONTESTED.safe")}
            next={t("closing.waits.CONTESTED.next")}
            data-testid="board-contested"
          />
        ) : null}
        {beside.length > 0 ? <p>{t("board.beside", { count: beside.length })}</p> : null}
      </Panel>
      <Unsettled
        owed={owed.filter(({ state }) => state === "missing" || state === "opened")}
        lastSeen={lastSeen}
        nameOf={nameOf}
      />
      <ByRotation owed={owed} counts={counts} />
      <ByLaptop owed={owed} medium={medium} />
    </Page>
  );
}

function Verdict({ counts }: { readonly counts: OwedCounts }) {
  const t = useText();
  if (counts.missing > 0) {
    return (
      <Notice
        kind="attention"
        announce="never"
        title={t("board.missing", { count: counts.missing })}
        next={t("board.missingNext")}
        data-testid="board-verdict"
      />
    );
  }
  return counts.opened > 0 ? (
    <Notice
      kind="info"
      announce="never"
      title={t("board.unsigned", { count: counts.opened })}
      next={t("board.unsignedNext")}
      data-testid="board-verdict"
    />
  ) : (
    <Notice kind="done" announce="never" title={t("board.complete")} data-testid="board-verdict" />
  );
}

function Unsettled(props: {
  readonly owed: readonly OwedSheet[];
  readonly lastSeen: ReadonlyMap<string, LastSeen>;
  readonly nameOf: (candidate: OwedSheet["candidate"]) => string;
}) {
  const { owed, lastSeen, nameOf } = props;
  const t = useText();
  const people = usePeople();
  if (owed.length === 0 || !people) return null;
  // What nobody has seen stands first.
  const listed = [...owed].sort((a, b) => Number(a.state === "opened") - Number(b.state === "opened"));
  return (
    <Panel title={t("board.list")}>
      <Table
        label={t("board.list")}
        maxHeight="half"
        data-testid="board-unsettled"
        rows={listed.slice(0, LISTED_AT_MOST)}
        rowKey={({ candidate, examiner }) => `${candidate.ref} ${examiner}`}
        rowTone={({ state }) => (state === "missing" ? "attention" : null)}
        columns={[
          {
            key: "candidate",
            heading: t("board.candidate"),
            isRowHeader: true,
            cell: ({ candidate }) => nameOf(candidate),
          },
          {
            key: "rotation",
            heading: t("board.rotationOf"),
            cell: ({ candidate }) => rotationText(candidate, t),
          },
          {
            key: "examiner",
            heading: t("board.examiner"),
            cell: ({ examiner }) => personName(people, examiner),
          },
          { key: "state", heading: t("board.stateOf"), cell: ({ state }) => t(`board.state.${state}`) },
          {
            key: "seen",
            heading: t("board.lastSeen"),
            cell: ({ examiner }) => seenText(lastSeen.get(examiner), t),
          },
        ]}
      />
      {owed.length > LISTED_AT_MOST ? (
        <p>{t("board.more", { count: owed.length - LISTED_AT_MOST })}</p>
      ) : null}
    </Panel>
  );
}

function ByRotation({ owed, counts }: { readonly owed: readonly OwedSheet[]; readonly counts: OwedCounts }) {
  const t = useText();
  const rows = [...groupBy(owed, ({ candidate }) => candidate.rotation)]
    .sort(([a], [b]) => a - b)
    .map(([rotation, own]) => ({ rotation, counts: countOwed(own) }));
  return (
    <Panel title={t("board.byRotation")}>
      <Table
        label={t("board.byRotation")}
        maxHeight="half"
        data-testid="board-rotations"
        rows={rows}
        rowKey={({ rotation }) => String(rotation)}
        rowTone={(row) => (row.counts.missing > 0 ? "attention" : null)}
        columns={[
          {
            key: "rotation",
            heading: t("board.rotationOf"),
            isRowHeader: true,
            cell: ({ rotation }) => t("marking.rotation", { count: rotation }),
            foot: t("board.all"),
          },
          ...(["expected", ...OWED_STATES] as const).map((state): Column<(typeof rows)[number]> => ({
            key: state,
            heading: t(`board.state.${state}`),
            align: "end",
            cell: (row) => row.counts[state],
            foot: counts[state],
          })),
        ]}
      />
    </Panel>
  );
}

/** Signed sheets, by the laptop that signed them: that they lie here is what this table is made of. */
function ByLaptop({
  owed,
  medium,
}: {
  readonly owed: readonly OwedSheet[];
  readonly medium: MediumDescription | null;
}) {
  const t = useText();
  const signed = owed.flatMap(({ sheet, proof }) => (proof !== null && sheet ? [{ sheet, proof }] : []));
  const rows = [...groupBy(signed, ({ sheet }) => sheet.from)].map(([laptop, own]) => {
    const sheets = own.map(({ sheet }) => sheet);
    const reached = (...proofs: string[]) => own.filter(({ proof }) => proofs.includes(proof)).length;
    return {
      laptop,
      onDisk: own.length,
      onMedium: medium?.folder ? sheets.filter(({ lastSeq }) => lastSeq <= medium.copied).length : null,
      sealed: reached("sealed", "receipted", "proven"),
      receipted: reached("receipted", "proven"),
      proven: reached("proven"),
      last: sheets.reduce((last, sheet) => (sheet.lastSeq > last.lastSeq ? sheet : last)),
    };
  });
  if (rows.length === 0) return null;
  const figure = (
    key: "onDisk" | "sealed" | "receipted" | "proven",
    heading: string,
  ): Column<(typeof rows)[number]> => ({ key, heading, align: "end", cell: (row) => row[key] });
  return (
    <Panel title={t("board.byLaptop")}>
      <Table
        label={t("board.byLaptop")}
        data-testid="board-laptops"
        rows={rows}
        rowKey={({ laptop }) => laptop ?? "here"}
        columns={[
          {
            key: "laptop",
            heading: t("board.laptop"),
            isRowHeader: true,
            cell: ({ laptop }) => laptopText(laptop, t),
          },
          figure("onDisk", t("board.onDisk")),
          {
            key: "onMedium",
            heading: t("board.onMedium"),
            align: "end",
            cell: ({ onMedium }) => onMedium ?? t("board.noMedium"),
          },
          figure("sealed", t("board.sealed")),
          figure("receipted", t("board.receipted")),
          figure("proven", t("board.proven")),
          {
            key: "last",
            heading: t("board.lastSeen"),
            cell: ({ last }) => formatDayAndTime((last.signature?.at ?? last.startedAt).wall, t.locale),
          },
        ]}
      />
    </Panel>
  );
}

function rotationText({ rotation }: OwedSheet["candidate"], t: Text): string {
  return t("marking.rotation", { count: rotation });
}

function seenText(seen: LastSeen | undefined, t: Text): string {
  if (!seen) return t("board.never");
  const when = formatDayAndTime(seen.at.wall, t.locale);
  return t("board.seen", { where: laptopText(seen.laptop, t), when });
}

/** The beginning of its key's name, as its fire drill's sheet has it. */
function laptopText(laptop: Kid | null, t: Text): string {
  return laptop === null ? t("board.here") : t("board.there", { code: laptop.slice(0, 8) });
}
