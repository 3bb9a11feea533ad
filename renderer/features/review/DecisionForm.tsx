// What a supervisor decides about signed sheets: about which, what, why, and who signs second where two must. Main shows its own
// figures beside each PIN and signs those; nothing here needs a network (R23, R46, R76).
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm, useWatch, type Control } from "react-hook-form";
import { z } from "zod";
import { PersonId, type CandidateRef, type HashId, type Refusal } from "#shared/base";
import { ReviewDecision, type Review, type ReviewSubject } from "#shared/exam";
import {
  reviewState,
  secondFor,
  sittingRecords,
  subjectsOf,
  type PersonRow,
  type SecondNeed,
  type SittingRecords,
  type SittingRow,
} from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import {
  blockedText,
  flagName,
  formatDayAndTime,
  refusalKind,
  personName,
  useText,
} from "../../i18n/index.ts";
import { useCandidates, usePeople, useReviews, useSheets, useStore } from "../../store/index.ts";
import { Button, Facts, Notice, Panel, RadioGroup, Select, Stack, TextArea } from "../../ui/index.ts";
import { subjectName } from "./subject-name.ts";

export interface DecisionFormProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  /** Null: the whole sitting. */
  readonly candidate: CandidateRef | null;
  /** The sheet to begin with, by the record that was signed first. */
  readonly sheet: HashId | null;
  /** Codes of the flags in sight; they are signed with the decision. */
  readonly flags: readonly string[];
}

const decisionForm = (isSecondNeeded: (subject: string, decision: ReviewDecision) => boolean) =>
  z
    .strictObject({
      subject: z.string(),
      decision: ReviewDecision.nullable(),
      reason: z.string().trim().min(1, "reasonNeeded").max(1000, "tooLong"),
      question: z.string().trim().max(1000, "tooLong"),
      second: PersonId.nullable(),
    })
    .superRefine(({ subject, decision, question, second }, context) => {
      const say = (path: string, message: string) =>
        context.addIssue({ code: "custom", path: [path], message });
      if (decision === null) say("decision", "chooseNeeded");
      if (decision === "return" && question === "") say("question", "questionNeeded");
      if (decision !== null && isSecondNeeded(subject, decision) && second === null)
        say("second", "secondNeeded");
    });
type Typed = z.input<ReturnType<typeof decisionForm>>;
type Meant = z.output<ReturnType<typeof decisionForm>>;

const BLANK = { decision: null, reason: "", question: "", second: null } as const;

export function DecisionForm(props: DecisionFormProps) {
  const { sitting } = props;
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const reviews = useReviews(sitting.id);
  const people = usePeople();
  if (!candidates || !sheets || !reviews || !people) return null;
  const of = sittingRecords(sitting, { candidates, sheets, reviews });
  return <OpenForm {...props} of={of} people={people} />;
}

interface OpenFormProps extends DecisionFormProps {
  readonly of: SittingRecords;
  readonly people: readonly PersonRow[];
}

function OpenForm({ me, sitting, candidate, sheet, flags, of, people }: OpenFormProps) {
  const t = useText();
  const store = useStore();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const subjects = offered(candidate, of);
  const need = (key: string, decision: ReviewDecision): SecondNeed | null => {
    const subject = subjects.find((one) => keyOf(one) === key);
    return subject ? secondFor(decision, subject, me.id, sitting, of, people) : null;
  };
  // Without a sheet that was looked at, all of the candidate's: not whichever happens to be listed first.
  const first =
    subjects.find((one) => one.kind === "sheet" && one.sheet === sheet) ??
    subjects.find(({ kind }) => kind === "candidate") ??
    subjects[0];
  const form = useForm<Typed, unknown, Meant>({
    resolver: zodResolver(decisionForm((key, decision) => need(key, decision)?.isNeeded ?? false)),
    defaultValues: { ...BLANK, subject: first ? keyOf(first) : "" },
  });
  const { isSubmitting, errors } = form.formState;
  const [key, decision] = useWatch({ control: form.control, name: ["subject", "decision"] });
  const subject = subjects.find((one) => keyOf(one) === key);
  const second = decision && subject ? need(key, decision) : null;
  const standing = subject ? reviewState(subject, of).standing : null;
  const nameOf = (id: PersonId) => personName(people, id);
  const nameOfSubject = (one: ReviewSubject) => subjectName(t, one, sitting, of, nameOf);
  const errorOf = (name: keyof Typed) => {
    const said = errors[name]?.message;
    return said === undefined ? undefined : (t.maybe(`review.decision.${said}`) ?? said);
  };

  const submit = form.handleSubmit(async (meant) => {
    setRefusal(null);
    if (!subject || meant.decision === null) return;
    const isTwo = need(meant.subject, meant.decision)?.isNeeded ?? false;
    const done = await bridge.call("review.decide", {
      ...{ sitting: sitting.id, subject, decision: meant.decision, reason: meant.reason },
      question: meant.question === "" ? null : meant.question,
      flags: [...new Set(flags)],
      second: isTwo ? meant.second : null,
    });
    const taken = done.ok ? await store.catchUp() : done;
    // What was typed stays until it is signed.
    if (taken.ok) form.reset({ ...BLANK, subject: meant.subject });
    else setRefusal(taken.error);
  });

  return (
    <Panel title={t("review.decision.title")} data-testid="review-decision">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap={4}>
          <Facts
            facts={[
              ...(subject && subjects.length === 1
                ? [
                    {
                      term: t("review.decision.about"),
                      value: <span data-testid="review-about-only">{nameOfSubject(subject)}</span>,
                    },
                  ]
                : []),
              {
                term: t("review.decision.flags"),
                value: flags.map((code) => flagName(t, code)).join(" · ") || t("review.decision.noFlags"),
              },
            ]}
          />
          {subjects.length > 1 ? (
            <Controller
              name="subject"
              control={form.control}
              render={({ field }) => (
                <Select
                  label={t("review.decision.about")}
                  choices={subjects.map((one) => ({
                    value: keyOf(one),
                    label: nameOfSubject(one),
                  }))}
                  value={field.value}
                  onChange={field.onChange}
                  data-testid="review-about"
                />
              )}
            />
          ) : null}
          {standing ? <Standing standing={standing} nameOf={nameOf} /> : null}
          <Controller
            name="decision"
            control={form.control}
            render={({ field }) => (
              <RadioGroup
                label={t("review.decision.choose")}
                choices={ReviewDecision.options.map((value) => ({
                  value,
                  label: t(`review.decision.kind.${value}`),
                  description: t(`review.decision.means.${value}`),
                }))}
                value={field.value}
                onChange={field.onChange}
                error={errorOf("decision")}
                data-testid="review-choice"
              />
            )}
          />
          <Words control={form.control} name="reason" isRequired error={errorOf("reason")} />
          <Words
            control={form.control}
            name="question"
            isRequired={decision === "return"}
            error={errorOf("question")}
          />
          {second?.isNeeded ? (
            <Controller
              name="second"
              control={form.control}
              render={({ field }) => (
                <Select
                  label={t("review.decision.second")}
                  description={
                    second.people.length > 0
                      ? t("review.decision.secondHint")
                      : t("review.decision.secondNone")
                  }
                  choices={second.people.map(({ id, name }) => ({ value: id, label: name }))}
                  value={second.people.some(({ id }) => id === field.value) ? field.value : null}
                  onChange={field.onChange}
                  error={errorOf("second")}
                  data-testid="review-second"
                />
              )}
            />
          ) : null}
          {refusal ? (
            <Notice
              kind={refusalKind(refusal)}
              announce="now"
              title={blockedText(t, refusal, nameOf)}
              data-testid="review-refused"
            />
          ) : null}
          <Stack direction="row" justify="end" align="center" gap={3}>
            <span data-testid="review-signer">{t("review.decision.signer", { name: me.name })}</span>
            <Button
              kind="primary"
              size="large"
              busy={isSubmitting}
              busyText={t("review.decision.signing")}
              note={t("review.decision.signNote")}
              onPress={() => void submit()}
              data-testid="review-sign"
            >
              {t("review.decision.sign")}
            </Button>
          </Stack>
        </Stack>
      </form>
    </Panel>
  );
}

function Words(props: {
  readonly control: Control<Typed, unknown, Meant>;
  readonly name: "reason" | "question";
  readonly isRequired: boolean;
  readonly error: string | undefined;
}) {
  const { control, name, isRequired, error } = props;
  const t = useText();
  const label = name === "question" && !isRequired ? "questionOptional" : name;
  return (
    <Controller
      name={name}
      control={control}
      render={({ field: { disabled: _disabled, ...field } }) => (
        <TextArea
          {...field}
          label={t(`review.decision.${label}`)}
          description={t(`review.decision.${name}Hint`)}
          isRequired={isRequired}
          maxLength={1000}
          error={error}
          data-testid={`review-${name}`}
        />
      )}
    />
  );
}

function Standing(props: { readonly standing: Review; readonly nameOf: (id: PersonId) => string }) {
  const { standing, nameOf } = props;
  const t = useText();
  return (
    <Notice
      kind="attention"
      announce="never"
      title={t("review.decision.replaces", {
        decision: t(`review.decision.kind.${standing.decision}`),
        when: formatDayAndTime(standing.at.wall, t.locale),
        name: nameOf(standing.person),
      })}
      safe={standing.reason}
      data-testid="review-standing"
    />
  );
}

/** The candidate's signed sheets one by one, all of them, and the sitting as a whole. */
function offered(candidate: CandidateRef | null, of: SittingRecords): ReviewSubject[] {
  if (candidate === null) return [{ kind: "sitting" }];
  const own = of.sheets.filter((sheet) => sheet.candidate === candidate && sheet.signature !== null);
  return [
    ...own.flatMap((sheet) => subjectsOf(sheet).filter(({ kind }) => kind === "sheet")),
    { kind: "candidate", candidate },
    { kind: "sitting" },
  ];
}

function keyOf(subject: ReviewSubject): string {
  return subject.kind === "sheet" ? subject.sheet : subject.kind;
}
