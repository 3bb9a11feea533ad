// Which rubric: filtered by occupation and level, or one's own from a spreadsheet or JSON, whose problems are told with their place
// and which is seen as an examiner will before it is kept.
import { useState } from "react";
import type { HashId, Refusal } from "#shared/base";
import { SkillLevel, type Rubric } from "#shared/exam";
import type { RubricPick } from "#shared/ipc";
import { compareRungs, knownOccupations } from "#shared/rules";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText, wordsIn } from "../../i18n/index.ts";
import { useRubrics, useStore } from "../../store/index.ts";
import {
  classNames,
  Notice,
  OfferedButton,
  Panel,
  Pill,
  Select,
  Stack,
  Table,
  useMessages,
} from "../../ui/index.ts";
import styles from "./Roster.module.css";

const ALL = "all";

export interface RubricChoiceProps {
  readonly chosen: HashId | null;
  readonly onChoose: (rubric: HashId) => void;
  readonly onTry: (rubric: Rubric) => void;
}

export function RubricChoice({ chosen, onChoose, onTry }: RubricChoiceProps) {
  const t = useText();
  const store = useStore();
  const messages = useMessages();
  const rubrics = useRubrics() ?? [];
  const [occupation, setOccupation] = useState<string>(ALL);
  const [level, setLevel] = useState<string>(ALL);
  const [picked, setPicked] = useState<RubricPick | Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = rubrics.filter(
    ({ rubric }) =>
      (occupation === ALL || rubric.occupation === occupation) && (level === ALL || rubric.level === level),
  );

  const current = rubrics.find(({ hash }) => hash === chosen);

  const pickFile = async () => {
    setBusy(true);
    const answer = await bridge.call("rubric.pickFile", {});
    setPicked(answer.ok ? answer.value : answer.error);
    setBusy(false);
  };

  const keep = async ({ token }: Previewed) => {
    setBusy(true);
    const kept = await bridge.call("rubric.keep", { token });
    const taken = kept.ok ? await store.catchUp() : kept;
    if (kept.ok) onChoose(kept.value.rubric);
    setPicked(taken.ok ? null : taken.error);
    if (taken.ok) messages.announce(t("roster.rubricKept"));
    setBusy(false);
  };

  const saveTable = async (rubric: HashId) => {
    const saved = await bridge.call("rubric.saveTable", { rubric });
    if (!saved.ok) messages.show("danger", refusalText(t, saved.error));
    else if (saved.value.fileName !== undefined)
      messages.show("done", t("roster.tableSaved", { file: saved.value.fileName }));
  };

  const all = { value: ALL, label: t("common.all") };
  return (
    <Panel
      title={t("roster.rubric")}
      aside={
        <OfferedButton busy={busy} onPress={() => void pickFile()} data-testid="roster-rubric-import">
          {t("roster.importRubric")}
        </OfferedButton>
      }
    >
      <div className={styles.fields}>
        <Select
          label={t("roster.occupation")}
          choices={[
            all,
            ...knownOccupations().map(({ code, name }) => ({
              value: code,
              label: wordsIn(t, name),
            })),
          ]}
          value={occupation}
          onChange={setOccupation}
        />
        <Select
          label={t("roster.level")}
          choices={[
            all,
            ...[...SkillLevel.options]
              .sort(compareRungs)
              .map((one) => ({ value: one, label: t(`day.level.${one}`) })),
          ]}
          value={level}
          onChange={setLevel}
        />
      </div>
      <Picked
        picked={picked}
        busy={busy}
        onTry={onTry}
        onKeep={(preview) => void keep(preview)}
        onDrop={() => setPicked(null)}
      />
      <ul className={styles.rubrics}>
        {shown.map(({ hash, rubric }) => (
          <li key={hash}>
            <button
              type="button"
              className={classNames(styles.rubric, hash === chosen && styles.chosen)}
              aria-pressed={hash === chosen}
              onClick={() => onChoose(hash)}
              data-testid="roster-rubric"
              data-code={rubric.code}
            >
              <span className={styles.rubricTitle}>{wordsIn(t, rubric.title)}</span>
              <span className={styles.quiet}>
                {t(`day.level.${rubric.level}`)} ·{" "}
                {t("roster.items", { count: rubric.items.length, minutes: rubric.minutes })}
              </span>
              {rubric.illustrative ? <Pill kind="attention">{t("roster.illustrative")}</Pill> : null}
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p className={styles.quiet}>{t("roster.noRubrics")}</p> : null}
      <Stack direction="row" gap={2} align="center">
        <OfferedButton
          isDisabled={!current}
          onPress={() => current && onTry(current.rubric)}
          data-testid="roster-rubric-try"
        >
          {t("roster.tryRubric")}
        </OfferedButton>
        <OfferedButton
          isDisabled={!current}
          onPress={() => current && void saveTable(current.hash)}
          data-testid="roster-rubric-save"
        >
          {t("roster.saveTable")}
        </OfferedButton>
        <span className={styles.quiet}>{t("roster.ownRubricHint")}</span>
      </Stack>
    </Panel>
  );
}

type Previewed = Extract<RubricPick, { outcome: "preview" }>;

function Picked(props: {
  readonly picked: RubricPick | Refusal | null;
  readonly busy: boolean;
  readonly onTry: (rubric: Rubric) => void;
  readonly onKeep: (preview: Previewed) => void;
  readonly onDrop: () => void;
}) {
  const { picked, busy, onTry, onKeep, onDrop } = props;
  const t = useText();
  if (picked === null) return null;
  if ("code" in picked) return <Notice kind="danger" title={refusalText(t, picked)} />;
  switch (picked.outcome) {
    case "cancelled":
      return null;
    case "preview": {
      const { fileName, rubric, standing } = picked;
      return (
        <Stack gap={2}>
          <Notice
            kind={standing === "other" ? "attention" : "info"}
            title={t("roster.rubricRead", { file: fileName, title: wordsIn(t, rubric.title) })}
            safe={t("roster.rubricFacts", {
              code: rubric.code,
              version: rubric.version,
              level: t(`day.level.${rubric.level}`),
              count: rubric.items.length,
              minutes: rubric.minutes,
              vetoes: rubric.vetoes.length,
            })}
            next={t(`roster.standing.${standing}`)}
            data-testid="roster-rubric-read"
          />
          <Stack direction="row" gap={2}>
            <OfferedButton onPress={() => onTry(rubric)} data-testid="roster-rubric-try-read">
              {t("roster.tryRubric")}
            </OfferedButton>
            <OfferedButton
              kind="primary"
              busy={busy}
              onPress={() => onKeep(picked)}
              data-testid="roster-rubric-keep"
            >
              {t(standing === "same" ? "roster.chooseHeld" : "roster.keepRubric")}
            </OfferedButton>
            <OfferedButton kind="quiet" onPress={onDrop} data-testid="roster-rubric-drop">
              {t("roster.dropRubric")}
            </OfferedButton>
          </Stack>
        </Stack>
      );
    }
    case "invalid":
      return (
        <Stack gap={2}>
          <Notice
            kind="danger"
            title={t("roster.rubricProblems", { file: picked.fileName, count: picked.problems.length })}
          />
          <Table
            label={t("roster.problem")}
            maxHeight="half"
            rows={picked.problems}
            rowKey={({ path, code }) => `${path} ${code}`}
            columns={[
              {
                key: "path",
                heading: t("roster.problemPath"),
                isRowHeader: true,
                cell: ({ path, code }) => (
                  <span data-testid="roster-rubric-problem" data-path={path} data-code={code}>
                    {path || t("roster.wholeFile")}
                  </span>
                ),
              },
              {
                key: "problem",
                heading: t("roster.problem"),
                cell: ({ code, facts }) => refusalText(t, facts ? { code, facts } : { code }),
              },
            ]}
          />
        </Stack>
      );
  }
}
