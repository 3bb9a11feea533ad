// One candidate's sheets side by side: what each examiner gave, what the standard asks, what the pictures show, and how the
// panel settles it. A member keeps their own sheet in words, or amends it; the leader records what stands. Nobody has a way to
// another's mark (R46).
import { useState, type ReactNode } from "react";
import {
  fraction,
  fractionToFixed,
  fractionToText,
  multiply,
  unreachable,
  ZERO,
  type HashId,
  type Refusal,
} from "#shared/base";
import {
  countingOf,
  evidenceHeld,
  panelLeaderOf,
  type Policy,
  type Rubric,
  type RubricItem,
  type Sheet,
} from "#shared/exam";
import type { CandidateRow, PersonRow, SittingRow } from "#shared/journal";
import { hasReviewed, resultIfSettled } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import {
  bandTexts,
  candidateNo,
  findingText,
  formatTime,
  inputText,
  refusalKind,
  refusalText,
  type Text,
  useText,
  wordsIn,
  personName,
} from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { Facts, Notice, OfferedButton, Page, Panel, Pill, Stack, Table, TextArea } from "../../ui/index.ts";
import styles from "./Panel.module.css";
import type { PanelState, Revealed } from "./panel-state.ts";

export interface ReconciliationProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly candidate: CandidateRow;
  /** As this person may see it. */
  readonly name: string;
  readonly state: Extract<PanelState, Revealed>;
  readonly rubric: Rubric;
  readonly people: readonly PersonRow[];
  readonly policy: Policy;
  readonly onSheet: () => void;
  readonly onBack: () => void;
  readonly pictures: (sheet: Sheet, item: number) => ReactNode;
}

export function Reconciliation(props: ReconciliationProps) {
  const { candidate, name, state, rubric, people, onBack, pictures } = props;
  const t = useText();
  const { sheets, divergence } = state;
  const [itemNo, setItemNo] = useState(
    () => (divergence.items.find(({ isWide }) => isWide) ?? divergence.items[0])?.item.no ?? 1,
  );
  const nameOf = (id: string) => personName(people, id);
  const item = rubric.items.find(({ no }) => no === itemNo);
  return (
    <Page
      title={t("panel.of", { no: candidateNo(candidate.no), name })}
      beside={
        <Pill kind={state.kind === "divergent" ? "attention" : "done"}>
          {t(state.kind === "divergent" ? "panel.toSettle" : `panel.done.${state.kind}`)}
        </Pill>
      }
      lead={t("panel.togetherLead")}
      width="full"
      actions={
        <OfferedButton onPress={onBack} data-testid="panel-back">
          {t("panel.back")}
        </OfferedButton>
      }
      data-testid="panel-together"
    >
      <div className={styles.panes}>
        <Table
          label={t("panel.sheets")}
          data-testid="panel-sheets"
          maxHeight="fill"
          rows={divergence.items}
          rowKey={({ item: { no } }) => String(no)}
          rowTone={({ item: { no }, isWide }) => (no === itemNo ? "selected" : isWide ? "attention" : null)}
          onOpen={({ item: { no } }) => setItemNo(no)}
          columns={[
            {
              key: "item",
              heading: t("panel.item"),
              foot: t("panel.totals"),
              isRowHeader: true,
              cell: ({ item: one }) => `${one.no} ${wordsIn(t, one.text)}`,
            },
            ...sheets.map((sheet, at) => ({
              key: sheet.id,
              heading: nameOf(sheet.examiner),
              foot: fractionToText(countingOf(sheet)?.total ?? ZERO),
              align: "end" as const,
              cell: ({ marks }: (typeof divergence.items)[number]) => {
                const mark = marks[at];
                return mark ? fractionToText(mark) : t("common.blank");
              },
            })),
            {
              key: "spread",
              heading: t("panel.spread"),
              foot: fractionToText(divergence.spread),
              align: "end",
              cell: ({ spread, isWide }) => (
                <span data-testid="panel-spread" data-wide={isWide}>
                  {isWide ? <strong>△ {fractionToText(spread)}</strong> : fractionToText(spread)}
                </span>
              ),
            },
          ]}
        />
        {item ? (
          <ItemPane item={item} rubric={rubric} sheets={sheets} nameOf={nameOf} pictures={pictures} />
        ) : null}
        <Settling {...props} nameOf={nameOf} />
      </div>
    </Page>
  );
}

/** What the standard asks of the item, what each examiner recorded, and what their pictures show of it. */
function ItemPane(props: {
  readonly item: RubricItem;
  readonly rubric: Rubric;
  readonly sheets: readonly Sheet[];
  readonly nameOf: (id: string) => string;
  readonly pictures: (sheet: Sheet, item: number) => ReactNode;
}) {
  const { item, rubric, sheets, nameOf, pictures } = props;
  const t = useText();
  const hasPictures = (sheet: Sheet) => evidenceHeld(sheet.evidence).some((one) => one.item === item.no);
  return (
    <Panel kind="open" title={`${String(item.no)} ${wordsIn(t, item.text)}`} data-testid="panel-item">
      <ul className={styles.benchmark}>
        {benchmarkOf(t, item, rubric).map((line, at) => (
          <li key={at}>{line}</li>
        ))}
      </ul>
      <ul className={styles.members}>
        {sheets.map((sheet) => (
          <li key={sheet.id}>
            <strong>{nameOf(sheet.examiner)}</strong>{" "}
            {inputText(t, item, sheet.items[String(item.no)], rubric.step)}
            {hasPictures(sheet) ? pictures(sheet, item.no) : null}
          </li>
        ))}
      </ul>
      {sheets.some(hasPictures) ? null : (
        <p className={styles.quiet}>
          {t(sheets.some(({ from }) => from !== null) ? "panel.picturesThere" : "panel.noPictures")}
        </p>
      )}
    </Panel>
  );
}

/** The standard's words for the item, a line each. */
function benchmarkOf(t: Text, item: RubricItem, { step }: Pick<Rubric, "step">): string[] {
  const points = (steps: number) => fractionToText(multiply(fraction(steps), step));
  switch (item.kind) {
    case "JUDGE":
      return item.scale.map((words, level) => `${String(level)} ${wordsIn(t, words)}`);
    case "DEDUCT":
      return item.lines.map(({ text, amount }) => `${wordsIn(t, text)} −${points(amount)}`);
    case "MEASURE":
      return item.groups.flatMap((group) => bandTexts(t, item, group, step));
    case "CHECK":
      return [t("panel.checks", { count: item.checks, each: points(item.each) })];
    case "POINTS":
      return item.criteria ? [wordsIn(t, item.criteria)] : [];
    default:
      return unreachable(item);
  }
}

function Settling(props: ReconciliationProps & { readonly nameOf: (id: string) => string }) {
  const { me, sitting, candidate, state, rubric, policy, onSheet, nameOf } = props;
  const t = useText();
  const { sheets, divergence } = state;
  const result = resultIfSettled(sheets, rubric, policy);
  const own = sheets.find(({ examiner }) => examiner === me.id);
  const isLeader = panelLeaderOf(sitting) === me.id;
  const isUnsigned = state.kind === "settled" && state.settlement.signed === null;
  const open = state.kind === "divergent" || isUnsigned ? state : null;
  return (
    <Panel title={t("panel.settling")} data-testid="panel-settling">
      <Facts
        facts={[
          { term: t("panel.spread"), value: fractionToText(divergence.spread) },
          { term: t("panel.allowed"), value: String(policy.divergencePoints.value) },
          {
            term: t("panel.mark"),
            value: result?.mark
              ? `${fractionToFixed(result.mark.rounded, policy.decimals.value)} ${t(`confirm.outcome.${result.outcome}`)}`
              : t("common.blank"),
          },
        ]}
      />
      {divergence.open.map((finding) => (
        <p key={`${finding.code} ${String(finding.facts["item"] ?? "")}`}>
          {finding.rule} {findingText(t, finding)}
        </p>
      ))}
      <ol className={styles.members}>
        {sheets.map((sheet) => (
          <Member key={sheet.id} {...{ sheet, sheets, candidate }} name={nameOf(sheet.examiner)} />
        ))}
      </ol>
      {isUnsigned ? <p data-testid="panel-unsigned">{t("panel.unsigned")}</p> : null}
      {open && own && !hasReviewed(candidate, own, sheets) ? (
        <Uphold candidate={candidate} onSheet={own.from === null ? onSheet : null} />
      ) : null}
      {open && isLeader && (own === undefined || hasReviewed(candidate, own, sheets)) ? (
        <Settle candidate={candidate} waiting={sheets.length - open.reviewed} />
      ) : null}
      {state.kind === "settled" ? (
        <p data-testid="panel-settled">
          {t(isUnsigned ? "panel.recordedBy" : "panel.settledBy", {
            name: nameOf(state.settlement.person),
            when: formatTime(state.settlement.at.wall, t.locale),
          })}{" "}
          {state.settlement.reason}
        </p>
      ) : null}
    </Panel>
  );
}

function Member(props: {
  readonly sheet: Sheet;
  readonly sheets: readonly Sheet[];
  readonly candidate: CandidateRow;
  readonly name: string;
}) {
  const { sheet, sheets, candidate, name } = props;
  const t = useText();
  const counts = countingOf(sheet);
  if (!counts) return null;
  const said = candidate.upheld.filter((one) => isOf(one, sheet, counts.hash));
  // Words are their author's once signed; what was only said here is told apart.
  const kept = said.filter(({ statement }) => statement !== null).at(-1) ?? said.at(-1);
  return (
    <li data-testid="panel-member" data-reviewed={hasReviewed(candidate, sheet, sheets)}>
      <Stack direction="row" gap={2} align="center">
        <strong>{name}</strong>
        <span>{fractionToText(counts.total)}</span>
        <span className={styles.quiet}>{stampOf(counts.hash).code}</span>
      </Stack>
      {sheet.vetoes.length > 0 ? (
        <p className={styles.quiet}>
          {t("marking.veto")} {sheet.vetoes.join(" ")}
        </p>
      ) : null}
      {kept ? (
        <p className={styles.quiet}>
          {t("panel.kept", { reason: kept.reason })}
          {kept.statement || kept.answers ? null : ` ${t("panel.unsignedWords")}`}
        </p>
      ) : null}
      {!kept && counts.amendment ? (
        <p className={styles.quiet}>{t("panel.amended", { reason: counts.amendment.text })}</p>
      ) : null}
    </li>
  );
}

function isOf(
  { examiner, record }: { readonly examiner: string; readonly record: HashId },
  sheet: Sheet,
  counting: HashId,
): boolean {
  return examiner === sheet.examiner && record === counting;
}

function Uphold({
  candidate,
  onSheet,
}: {
  readonly candidate: CandidateRow;
  /** Null where the sheet was signed on another laptop: it is amended there. */
  readonly onSheet: (() => void) | null;
}) {
  const t = useText();
  const store = useStore();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const keep = async () => {
    setBusy(true);
    const done = await bridge.call("divergence.uphold", { candidate: candidate.ref, reason: reason.trim() });
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    setRefusal(taken.ok ? null : taken.error);
  };
  return (
    <Stack gap={3}>
      <TextArea
        label={t("panel.keepReason")}
        description={t("panel.keepHint")}
        value={reason}
        onChange={setReason}
        maxLength={1000}
        data-testid="panel-keep-reason"
      />
      <Stack direction="row" gap={2}>
        <OfferedButton
          kind="primary"
          isDisabled={reason.trim() === ""}
          busy={busy}
          busyText={t("closing.sealing")}
          onPress={() => void keep()}
          data-testid="panel-keep"
        >
          {t("panel.keep")}
        </OfferedButton>
        {onSheet ? (
          <OfferedButton onPress={onSheet} data-testid="panel-amend">
            {t("panel.amend")}
          </OfferedButton>
        ) : null}
      </Stack>
      {onSheet ? null : <p className={styles.quiet}>{t("panel.amendThere")}</p>}
      {refusal ? <Notice kind={refusalKind(refusal)} announce="now" title={refusalText(t, refusal)} /> : null}
    </Stack>
  );
}

function Settle(props: {
  readonly candidate: CandidateRow;
  /** Members who have not looked again. */
  readonly waiting: number;
}) {
  const { candidate, waiting } = props;
  const t = useText();
  const store = useStore();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (waiting > 0) return <p data-testid="panel-waits">{t("panel.waitsFor", { count: waiting })}</p>;
  const settle = async () => {
    setBusy(true);
    const done = await bridge.call("divergence.settle", { candidate: candidate.ref, reason: reason.trim() });
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    setRefusal(taken.ok ? null : taken.error);
  };
  return (
    <Stack gap={3}>
      <TextArea
        label={t("panel.settleReason")}
        value={reason}
        onChange={setReason}
        maxLength={1000}
        data-testid="panel-settle-reason"
      />
      <OfferedButton
        kind="primary"
        isDisabled={reason.trim() === ""}
        busy={busy}
        busyText={t("closing.sealing")}
        onPress={() => void settle()}
        data-testid="panel-settle"
      >
        {t("panel.stands")}
      </OfferedButton>
      {refusal ? <Notice kind={refusalKind(refusal)} announce="now" title={refusalText(t, refusal)} /> : null}
    </Stack>
  );
}
