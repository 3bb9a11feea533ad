// Before the first sheet an examiner answers the conflict question for the whole list (R29). Whom they name they cannot
// mark; the answer is an entry of the journal and can be widened, never taken back.
import { useState } from "react";
import type { CandidateRef, Refusal } from "#shared/base";
import type { CandidateRow, SittingRow } from "#shared/journal";
import { candidateName, refusalText, useText } from "../../i18n/index.ts";
import { Checkbox, classNames, Notice, OfferedButton } from "../../ui/index.ts";
import styles from "./Marking.module.css";
import type { WriteIntent } from "./sheet-acts.ts";

export interface DeclarationProps {
  readonly sitting: Pick<SittingRow, "id">;
  readonly candidates: readonly CandidateRow[];
  /** By name alone: a number beside it would tell whose work is whose (R45). */
  readonly isBlind: boolean;
  readonly write: WriteIntent;
}

export function Declaration({ sitting, candidates, isBlind, write }: DeclarationProps) {
  const t = useText();
  const [named, setNamed] = useState<readonly CandidateRef[]>([]);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const declare = async () => {
    setBusy(true);
    const written = await write({ kind: "conflict.declare", sitting: sitting.id, candidates: [...named] });
    setRefusal(written.ok ? written.value.behind : written.error);
    setBusy(false);
  };
  return (
    <section
      className={classNames(styles.sheet, styles.declaring)}
      aria-label={t("marking.declaration.title")}
    >
      <h1 className={styles.who}>{t("marking.declaration.title")}</h1>
      <p>{t("marking.declaration.lead")}</p>
      {refusal ? <Notice kind="danger" title={refusalText(t, refusal)} /> : null}
      <ul className={styles.declaration}>
        {inOrder(candidates, isBlind).map(({ ref, no, name }) => (
          <li key={ref}>
            <Checkbox
              isSelected={named.includes(ref)}
              onChange={(isNamed) =>
                setNamed(isNamed ? [...named, ref] : named.filter((other) => other !== ref))
              }
              data-testid={`declare-${String(no)}`}
            >
              {isBlind ? name : candidateName({ no, name })}
            </Checkbox>
          </li>
        ))}
      </ul>
      <div>
        <OfferedButton
          kind="primary"
          size="large"
          busy={busy}
          autoFocus
          note={t("marking.declaration.note")}
          onPress={() => void declare()}
          data-testid="declare"
        >
          {named.length === 0
            ? t("marking.declaration.none")
            : t("marking.declaration.some", { count: named.length })}
        </OfferedButton>
      </div>
    </section>
  );
}

function inOrder(candidates: readonly CandidateRow[], isBlind: boolean): readonly CandidateRow[] {
  return isBlind ? candidates.toSorted((a, b) => a.name.localeCompare(b.name, "zh-CN")) : candidates;
}
