// Beside an examiner's own signed sheet: what a supervisor asks about it, and the words that keep it as it is. Whoever amends it
// instead has answered as well (R46).
import { useState } from "react";
import type { CandidateRef, Refusal } from "#shared/base";
import { countingOf } from "#shared/exam";
import {
  questionsTo,
  reviewState,
  sittingRecords,
  subjectsOf,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import { appendIntents } from "../../bridge/index.ts";
import { formatDayAndTime, refusalText, useText, personName } from "../../i18n/index.ts";
import { useCandidates, usePeople, useReviews, useSheets, useStore } from "../../store/index.ts";
import { Notice, OfferedButton, Stack, TextArea } from "../../ui/index.ts";

export interface QuestionsProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly candidate: CandidateRef;
}

export function Questions({ me, sitting, candidate }: QuestionsProps) {
  const t = useText();
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const reviews = useReviews(sitting.id);
  const people = usePeople();
  const own = sheets?.find((sheet) => sheet.candidate === candidate && sheet.examiner === me.id);
  if (!candidates || !sheets || !reviews || !people || !own || !countingOf(own)) return null;
  const of = sittingRecords(sitting, { candidates, sheets, reviews });
  const returned = subjectsOf(own).flatMap((subject) => {
    const { standing } = reviewState(subject, of);
    return standing?.decision === "return" ? [standing] : [];
  });
  if (returned.length === 0) return null;
  const open = questionsTo(own, of);
  return (
    <div data-testid="review-asked">
      <Stack gap={2}>
        {returned.map((review) => (
          <Notice
            key={review.hash}
            kind="attention"
            announce="never"
            title={t("review.asked.title")}
            safe={review.question ?? review.reason}
            next={t("review.asked.by", {
              name: personName(people, review.person),
              when: formatDayAndTime(review.at.wall, t.locale),
            })}
          />
        ))}
        {open.length > 0 ? (
          <Answer candidate={candidate} />
        ) : (
          <p data-testid="review-answered">{t("review.asked.answered")}</p>
        )}
      </Stack>
    </div>
  );
}

function Answer({ candidate }: { readonly candidate: CandidateRef }) {
  const t = useText();
  const store = useStore();
  const [words, setWords] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const keep = async () => {
    const reason = words.trim();
    setIsMissing(reason === "");
    if (reason === "") return;
    setBusy(true);
    const done = await appendIntents([{ kind: "sheet.uphold", candidate, reason }]);
    const taken = done.ok ? await store.takeIn(done.value.entries) : done;
    setBusy(false);
    setRefusal(taken.ok ? null : taken.error);
  };
  return (
    <Stack gap={2}>
      <TextArea
        label={t("review.asked.words")}
        description={t("review.asked.hint")}
        value={words}
        onChange={setWords}
        maxLength={1000}
        error={isMissing ? t("review.asked.needed") : undefined}
        data-testid="review-answer"
      />
      {refusal ? <Notice kind="danger" announce="now" title={refusalText(t, refusal)} /> : null}
      <OfferedButton busy={busy} onPress={() => void keep()} data-testid="review-keep">
        {t("review.asked.keep")}
      </OfferedButton>
    </Stack>
  );
}
