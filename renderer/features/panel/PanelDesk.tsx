// The panel's table (R35, R43): candidate by candidate, who has signed, whose sheets lie too far apart and what came of it.
// Sheets are hidden from one another until the last of them is signed; then they are seen together, while the work is still on
// the bench.
import type { ReactNode } from "react";
import { fractionToText, type CandidateRef } from "#shared/base";
import type { Sheet } from "#shared/exam";
import { areNamesShown, type CandidateRow, type PersonRow, type SittingRow } from "#shared/journal";
import { candidateName, candidateNo, type Text, useText, wordsIn } from "../../i18n/index.ts";
import { Button, EmptyState, OfferedButton, Page, Pill, Spinner, Table } from "../../ui/index.ts";
import type { PanelState } from "./panel-state.ts";
import { Reconciliation } from "./Reconciliation.tsx";
import { usePanel } from "./use-panel.ts";

export interface PanelDeskProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly candidate: CandidateRef | null;
  readonly onCandidate: (candidate: CandidateRef | null) => void;
  /** To one's own sheet of a candidate. */
  readonly onSheet: (candidate: CandidateRef) => void;
  readonly onLeave: () => void;
  /** The pictures of a sheet, of one item or of the sheet as a whole. */
  readonly pictures: (sheet: Sheet, item: number) => ReactNode;
}

export function PanelDesk(props: PanelDeskProps) {
  const { me, sitting, candidate: selected, onCandidate, onSheet, onLeave, pictures } = props;
  const t = useText();
  const panel = usePanel(sitting);
  if (!panel) {
    return (
      <p>
        <Spinner /> {t("marking.loading")}
      </p>
    );
  }
  const { candidates, people, rubric, policy } = panel;
  const isShown = areNamesShown(sitting);
  const rows = candidates.map((one) => ({
    candidate: one,
    name: isShown ? one.name : t("marking.workPiece", { no: candidateNo(one.no) }),
    state: panel.stateOf(one),
  }));
  const opened = rows.find(({ candidate }) => candidate.ref === selected);
  if (opened && "sheets" in opened.state) {
    return (
      <Reconciliation
        key={opened.candidate.ref}
        me={me}
        sitting={sitting}
        candidate={opened.candidate}
        name={opened.name}
        state={opened.state}
        rubric={rubric}
        people={people}
        policy={policy}
        onSheet={() => onSheet(opened.candidate.ref)}
        onBack={() => onCandidate(null)}
        pictures={pictures}
      />
    );
  }
  return (
    <Page
      title={t("panel.title")}
      lead={t("panel.lead", { title: wordsIn(t, rubric.title) })}
      width="full"
      actions={
        <OfferedButton onPress={onLeave} data-testid="panel-leave">
          {t("closing.back")}
        </OfferedButton>
      }
      data-testid="panel-desk"
    >
      <Table
        label={t("panel.title")}
        data-testid="panel-table"
        rows={rows}
        rowKey={({ candidate }) => candidate.ref}
        rowTone={({ state }) => (state.kind === "divergent" ? "attention" : null)}
        maxHeight="fill"
        empty={<EmptyState title={t("panel.nobody")}>{t("panel.nobodyLead")}</EmptyState>}
        columns={[
          {
            key: "candidate",
            heading: t("closing.candidate"),
            isRowHeader: true,
            cell: ({ candidate, name }) => candidateName({ no: candidate.no, name }),
          },
          {
            key: "state",
            heading: t("panel.state"),
            cell: ({ candidate, state }) => (
              <span data-testid={`panel-state-${candidate.no}`} data-state={state.kind}>
                <Pill kind={pillOf(state)}>{stateText(t, state)}</Pill>
              </span>
            ),
          },
          {
            key: "spread",
            heading: t("panel.spread"),
            align: "end",
            cell: ({ state }) =>
              "divergence" in state ? fractionToText(state.divergence.spread) : t("common.blank"),
          },
          {
            key: "items",
            heading: t("panel.wideItems"),
            cell: ({ state }) =>
              "divergence" in state
                ? state.divergence.items
                    .filter(({ isWide }) => isWide)
                    .map(({ item }) => String(item.no))
                    .join(" · ") || t("common.blank")
                : t("common.blank"),
          },
          {
            key: "open",
            heading: t("panel.together"),
            cell: ({ candidate, state }) => <Together {...{ candidate, state, onCandidate }} />,
          },
        ]}
      />
    </Page>
  );
}

function Together(props: {
  readonly candidate: CandidateRow;
  readonly state: PanelState;
  readonly onCandidate: (candidate: CandidateRef) => void;
}) {
  const { candidate, state, onCandidate } = props;
  const t = useText();
  if (!("sheets" in state)) return null;
  return (
    <Button
      kind={state.kind === "divergent" ? "primary" : "quiet"}
      onPress={() => onCandidate(candidate.ref)}
      data-testid={`panel-open-${candidate.no}`}
    >
      {t(state.kind === "divergent" ? "panel.settle" : "panel.look")}
    </Button>
  );
}

function pillOf({ kind }: PanelState): "attention" | "done" | "neutral" {
  if (kind === "divergent") return "attention";
  return kind === "agreed" || kind === "settled" ? "done" : "neutral";
}

function stateText(t: Text, state: PanelState): string {
  switch (state.kind) {
    case "waiting":
      return t("panel.waiting", { signed: state.signed, members: state.members });
    case "divergent":
      return t("panel.divergent", { reviewed: state.reviewed, members: state.sheets.length });
    default:
      return t(`panel.done.${state.kind}`);
  }
}
