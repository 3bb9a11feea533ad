// What the rules say about the sitting as it is filled in: what forbids it, what to mind, what holds; and for a person who
// must stand aside, who may take the place.
import { useEffect, useState } from "react";
import type { PersonId } from "#shared/base";
import type { Finding } from "#shared/exam";
import type { RosterPreviewView, SittingDraft, SittingReview } from "#shared/ipc";
import type { PersonRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { candidateName, findingText, refusalText, type Text, useText, personName } from "../../i18n/index.ts";
import { usePeople } from "../../store/index.ts";
import { Button, Notice, Panel, Pill, Stack } from "../../ui/index.ts";
import styles from "./Roster.module.css";

export type ReviewState =
  | { readonly kind: "waiting" }
  | { readonly kind: "failed"; readonly code: string }
  | { readonly kind: "known"; readonly review: SittingReview };

/** Asks main whenever the draft changes; an answer to an older draft is dropped. */
export function useReview(draft: SittingDraft | null, roster: string | null): ReviewState {
  const asked = draft === null ? null : JSON.stringify({ draft, roster });
  const [answer, setAnswer] = useState<{ readonly to: string; readonly state: ReviewState } | null>(null);
  useEffect(() => {
    if (asked === null) return;
    let isCurrent = true;
    const question = JSON.parse(asked) as { draft: SittingDraft; roster: string | null };
    void bridge.call("sitting.review", question).then((reviewed) => {
      if (!isCurrent) return;
      const state: ReviewState = reviewed.ok
        ? { kind: "known", review: reviewed.value }
        : { kind: "failed", code: reviewed.error.code };
      setAnswer({ to: asked, state });
    });
    return () => {
      isCurrent = false;
    };
  }, [asked]);
  return answer !== null && answer.to === asked ? answer.state : { kind: "waiting" };
}

export interface ReviewProps {
  readonly state: ReviewState;
  readonly preview: RosterPreviewView | null;
  readonly onReplace: (member: PersonId, by: PersonId) => void;
}

/** As many as fit beside a name; the rest are one choice further down. */
const OFFERED = 2;

export function Review({ state, preview, onReplace }: ReviewProps) {
  const t = useText();
  const people = usePeople() ?? [];
  if (state.kind === "waiting") return null;
  if (state.kind === "failed") {
    return <Notice kind="danger" title={refusalText(t, { code: state.code })} data-testid="review-failed" />;
  }
  const { findings, replacements } = state.review;
  const of = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity);
  const [blocks, warnings, infos] = [of("block"), of("warn"), of("info")];
  const nameOf = (id: string) => personName(people, id);
  const list = (shown: readonly Finding[]) => <Findings findings={shown} people={people} preview={preview} />;
  return (
    <Panel title={t("roster.review")}>
      <div aria-live="polite" data-testid="review" data-blocks={blocks.length}>
        {blocks.length > 0 ? (
          <>
            <p className={styles.blocked}>{t("roster.reviewBlocked", { count: blocks.length })}</p>
            {list(blocks)}
            {replacements.map(({ member, by }) => (
              <Stack key={member} direction="row" gap={3}>
                {by.length === 0 ? <p>{t("roster.nobodyFree", { name: nameOf(member) })}</p> : null}
                {by.slice(0, OFFERED).map((other) => (
                  <Button
                    key={other}
                    onPress={() => onReplace(member, other)}
                    data-testid={`review-replace-${member}-by-${other}`}
                  >
                    {t("roster.replace", { name: nameOf(member), other: nameOf(other) })}
                  </Button>
                ))}
              </Stack>
            ))}
          </>
        ) : (
          <p>{t("roster.reviewClear")}</p>
        )}
        {list(warnings)}
        {infos.length > 0 ? (
          <details className={styles.reasons}>
            <summary>{t("roster.reviewReasons", { count: infos.length })}</summary>
            {list(infos)}
          </details>
        ) : null}
      </div>
    </Panel>
  );
}

function Findings({
  findings,
  people,
  preview,
}: {
  readonly findings: readonly Finding[];
  readonly people: readonly PersonRow[];
  readonly preview: RosterPreviewView | null;
}) {
  const t = useText();
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <li
          key={JSON.stringify(finding)}
          data-testid="review-finding"
          data-code={finding.code}
          data-severity={finding.severity}
        >
          <Pill kind={finding.severity === "info" ? "neutral" : "attention"}>{finding.rule}</Pill>
          <span>{findingText(t, withNames(finding, t, people, preview))}</span>
        </li>
      ))}
    </ul>
  );
}

/** Findings carry ids and numbers; the people who read them know names. */
function withNames(
  finding: Finding,
  t: Text,
  people: readonly PersonRow[],
  preview: RosterPreviewView | null,
): Finding {
  const { person, candidate, kind, level } = finding.facts;
  const named = people.find(({ id }) => id === person)?.name;
  const taken = typeof candidate === "number" ? preview?.taken[candidate - 1] : undefined;
  return {
    ...finding,
    facts: {
      ...finding.facts,
      ...(named === undefined ? {} : { person: named }),
      ...(taken ? { candidate: candidateName({ no: Number(candidate), name: taken.name }) } : {}),
      ...(typeof kind === "string" ? { kind: t.maybe(`roster.relation.${kind}`, {}) ?? kind } : {}),
      ...(typeof level === "string" ? { level: t.maybe(`day.level.${level}`, {}) ?? level } : {}),
    },
  };
}
