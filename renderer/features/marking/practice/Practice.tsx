// Practice from the first screen: any rubric of this laptop, before a day or between two candidates.
import { useState } from "react";
import { useText, wordsIn } from "../../../i18n/index.ts";
import { useRubrics } from "../../../store/index.ts";
import { Button, EmptyState, Select } from "../../../ui/index.ts";
import { PracticeDesk } from "./PracticeDesk.tsx";

export interface PracticeProps {
  readonly onLeave: () => void;
}

export function Practice({ onLeave }: PracticeProps) {
  const t = useText();
  const rubrics = useRubrics();
  const [chosen, setChosen] = useState<string | null>(null);
  if (!rubrics) return null;
  const row = rubrics.find(({ hash }) => hash === chosen) ?? rubrics[0];
  if (!row) {
    const back = <Button onPress={onLeave}>{t("common.back")}</Button>;
    return (
      <EmptyState title={t("practice.none")} action={back}>
        {t("practice.noneLead")}
      </EmptyState>
    );
  }
  return (
    <PracticeDesk
      key={row.hash}
      rubric={row.rubric}
      onLeave={onLeave}
      choice={
        <Select
          label={t("practice.rubric")}
          choices={rubrics.map(({ hash, rubric }) => ({
            value: hash,
            label: t("practice.choice", {
              title: wordsIn(t, rubric.title),
              level: t(`day.level.${rubric.level}`),
            }),
          }))}
          value={row.hash}
          onChange={setChosen}
        />
      }
    />
  );
}
