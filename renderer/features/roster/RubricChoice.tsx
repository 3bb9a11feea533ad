// Which rubric: filtered by occupation and level, or one's own file, whose problems are told with their place.
import { useState } from "react";
import type { HashId, Refusal } from "#shared/base";
import { SkillLevel } from "#shared/exam";
import type { RubricPick } from "#shared/ipc";
import type { RubricRow } from "#shared/journal";
import { compareRungs, knownOccupations } from "#shared/rules";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText, wordsIn } from "../../i18n/index.ts";
import { useRubrics, useStore } from "../../store/index.ts";
import { Button, classNames, Notice, Panel, Pill, Select, Stack, Table } from "../../ui/index.ts";
import styles from "./Roster.module.css";

const ALL = "all";

export interface RubricChoiceProps {
  readonly chosen: HashId | null;
  readonly onChoose: (rubric: HashId) => void;
}

export function RubricChoice({ chosen, onChoose }: RubricChoiceProps) {
  const t = useText();
  const store = useStore();
  const rubrics = useRubrics() ?? [];
  const [occupation, setOccupation] = useState<string>(ALL);
  const [level, setLevel] = useState<string>(ALL);
  const [picked, setPicked] = useState<RubricPick | Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = rubrics.filter(
    ({ rubric }) =>
      (occupation === ALL || rubric.occupation === occupation) && (level === ALL || rubric.level === level),
  );

  const importFile = async () => {
    setBusy(true);
    const answer = await bridge.call("rubric.importFile", {});
    if (answer.ok && answer.value.outcome === "added") {
      await store.catchUp();
      onChoose(answer.value.rubric);
    }
    setPicked(answer.ok ? answer.value : answer.error);
    setBusy(false);
  };

  const all = { value: ALL, label: t("common.all") };
  return (
    <Panel
      title={t("roster.rubric")}
      aside={
        <Button busy={busy} onPress={() => void importFile()} data-testid="roster-rubric-import">
          {t("roster.importRubric")}
        </Button>
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
      <Picked picked={picked} rubrics={rubrics} />
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
    </Panel>
  );
}

function Picked(props: {
  readonly picked: RubricPick | Refusal | null;
  readonly rubrics: readonly RubricRow[];
}) {
  const { picked, rubrics } = props;
  const t = useText();
  if (picked === null) return null;
  if ("code" in picked) return <Notice kind="danger" title={refusalText(t, picked)} />;
  switch (picked.outcome) {
    case "cancelled":
      return null;
    case "added": {
      const added = rubrics.find(({ hash }) => hash === picked.rubric);
      return added ? (
        <Notice
          kind="done"
          title={t("roster.rubricTaken", { title: wordsIn(t, added.rubric.title) })}
          data-testid="roster-rubric-taken"
        />
      ) : null;
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
