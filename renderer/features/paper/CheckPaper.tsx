// A printed score sheet held against what was signed: the square out of a photograph or as text, and the total that stands on the
// paper. Main says whether the square is a laptop's of this centre and unchanged; the figures are for people to compare.
import { useState } from "react";
import { fractionToText, type Refusal } from "#shared/base";
import type { PaperChecked } from "#shared/ipc";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import { SquareButtons } from "../../camera/index.ts";
import { candidateName, formatDay, refusalText, useText } from "../../i18n/index.ts";
import {
  Button,
  Facts,
  Notice,
  NumberField,
  OfferedButton,
  Page,
  Panel,
  Stack,
  Table,
  TextArea,
} from "../../ui/index.ts";

export interface CheckPaperProps {
  readonly onLeave: () => void;
}

export function CheckPaper({ onLeave }: CheckPaperProps) {
  const t = useText();
  const [text, setText] = useState("");
  const [total, setTotal] = useState("");
  const [isUnread, setUnread] = useState(false);
  const [checked, setChecked] = useState<PaperChecked | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  // What was said was said of another text or another total.
  const change = (set: (next: string) => void) => (next: string) => {
    set(next);
    setChecked(null);
    setRefusal(null);
    setUnread(false);
  };
  const check = async () => {
    setBusy(true);
    const answered = await bridge.call("paper.check", { text, total });
    setBusy(false);
    setChecked(answered.ok ? answered.value : null);
    setRefusal(answered.ok ? null : answered.error);
  };
  return (
    <Page
      title={t("paper.check.title")}
      lead={t("paper.check.lead")}
      actions={<Button onPress={onLeave}>{t("closing.back")}</Button>}
      data-testid="paper-check"
    >
      <Panel>
        <Stack gap={4}>
          <Stack direction="row">
            <SquareButtons
              busy={busy}
              onSquare={(said) => {
                change(setText)(said ?? "");
                setUnread(said === null);
              }}
              filesTestId="paper-picture"
              cameraTestId="paper-camera"
            >
              {t("paper.check.picture")}
            </SquareButtons>
          </Stack>
          {isUnread ? (
            <Notice
              kind="attention"
              announce="now"
              title={t("paper.check.unread")}
              next={t("paper.check.unreadNext")}
              data-testid="paper-unread"
            />
          ) : null}
          <TextArea
            label={t("paper.check.text")}
            description={t("paper.check.textHint")}
            value={text}
            onChange={change(setText)}
            spellCheck="false"
            data-testid="paper-text"
          />
          <NumberField
            label={t("paper.check.total")}
            description={t("paper.check.totalHint")}
            decimals
            value={total}
            onChange={change(setTotal)}
            onEnter={() => void check()}
            data-testid="paper-total"
          />
          <Stack direction="row" justify="end">
            <OfferedButton
              kind="primary"
              isDisabled={busy || text.trim() === "" || total.trim() === ""}
              onPress={() => void check()}
              data-testid="paper-act"
            >
              {t("paper.check.act")}
            </OfferedButton>
          </Stack>
        </Stack>
      </Panel>
      {refusal ? (
        <div data-testid="paper-refused" data-code={refusal.code}>
          <Notice kind="danger" announce="now" title={refusalText(t, refusal)} />
        </div>
      ) : null}
      {checked ? <Accepted checked={checked} /> : null}
    </Page>
  );
}

function Accepted({ checked }: { readonly checked: PaperChecked }) {
  const t = useText();
  const { figures, record, held } = checked;
  return (
    <Panel data-testid="paper-accepted">
      <Notice
        kind={held.kind === "amended" ? "attention" : "done"}
        announce="now"
        title={t(`paper.held.${held.kind}.title`)}
        next={
          held.kind === "amended"
            ? t("paper.held.amended.next", {
                total: fractionToText(held.total),
                day: formatDay(held.day, t.locale),
                stamp: stampOf(held.record).code,
              })
            : t(`paper.held.${held.kind}.next`)
        }
      />
      <Facts
        facts={[
          {
            term: t("paper.check.candidate"),
            value: candidateName(figures),
          },
          { term: t("paper.check.ticket"), value: figures.ticket },
          { term: t("paper.check.examiner"), value: figures.examiner },
          { term: t("paper.check.day"), value: formatDay(figures.day, t.locale) },
          { term: t("paper.check.rubric"), value: figures.rubric },
          { term: t("paper.check.sum"), value: fractionToText(figures.total) },
          { term: t("paper.check.vetoes"), value: figures.vetoes.join(" ") || t("paper.check.noVeto") },
          { term: t("paper.check.stamp"), value: stampOf(record).code },
        ]}
      />
      <Table
        label={t("paper.check.marks")}
        maxHeight="half"
        rows={figures.marks.map((mark, at) => ({ no: at + 1, mark }))}
        rowKey={({ no }) => String(no)}
        columns={[
          {
            key: "no",
            heading: t("paper.check.item"),
            isRowHeader: true,
            cell: ({ no }) => String(no),
          },
          {
            key: "mark",
            heading: t("paper.check.mark"),
            align: "end",
            cell: ({ mark }) => fractionToText({ n: mark, d: 100 }),
          },
        ]}
      />
    </Panel>
  );
}
