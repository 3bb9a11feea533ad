// Preparing a sitting: rubric, day, panel and roster on one page, one confirmation, one entry. Whatever main answers,
// what was filled in stays.
import { zodResolver } from "@hookform/resolvers/zod";
import { useState, type ReactNode } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { InstantMs, instantToDay, type Refusal } from "#shared/base";
import { hasRole, type Rubric } from "#shared/exam";
import type { RosterPreviewView } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";
import { refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { useCentre, usePeople, useStore } from "../../store/index.ts";
import {
  Button,
  Checkbox,
  Notice,
  NumberField,
  OfferedButton,
  Page,
  Panel,
  Stack,
  TextArea,
  TextField,
} from "../../ui/index.ts";
import { PanelChoice } from "./PanelChoice.tsx";
import { Review, useReview } from "./Review.tsx";
import {
  isMitigationWhole,
  needsOf,
  PreparationForm,
  type Meant,
  type Need,
  type Typed,
} from "./preparation-form.ts";
import { RosterChoice } from "./RosterChoice.tsx";
import styles from "./Roster.module.css";
import { RubricChoice } from "./RubricChoice.tsx";

export interface PreparationProps {
  readonly onPrepared: () => void;
  readonly onLeave: () => void;
  /** A rubric as its examiners will see it; the way back leads to what was filled in. */
  readonly asExaminer: (rubric: Rubric, onBack: () => void) => ReactNode;
}

export function Preparation(props: PreparationProps) {
  const [tried, setTried] = useState<Rubric | null>(null);
  return (
    <>
      <div hidden={tried !== null} className={styles.filled}>
        <PreparationPage {...props} onTry={setTried} />
      </div>
      {tried === null ? null : props.asExaminer(tried, () => setTried(null))}
    </>
  );
}

function PreparationPage(
  props: Omit<PreparationProps, "asExaminer"> & { readonly onTry: (rubric: Rubric) => void },
) {
  const { onPrepared, onLeave, onTry } = props;
  const t = useText();
  const store = useStore();
  const centre = useCentre();
  const [preview, setPreview] = useState<RosterPreviewView | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [defaultValues] = useState((): Typed => ({
    ...BLANK,
    day: instantToDay(InstantMs.parse(Date.now())),
  }));
  const form = useForm<Typed, unknown, Meant>({
    resolver: zodResolver(PreparationForm),
    defaultValues,
    mode: "onBlur",
  });
  const typed: Typed = { ...defaultValues, ...useWatch({ control: form.control }) };
  const { isSubmitting, errors } = form.formState;
  const unfilled = needsOf(typed, preview !== null && preview.taken.length > 0);
  // Nobody chosen yet: the register's first supervisor, so that one supervisor needs no click.
  const supervisors =
    usePeople()?.filter((person) => person.ended === null && hasRole(person, "supervisor")) ?? [];
  const supervisor = typed.supervisor ?? supervisors[0]?.id ?? null;
  const whole = PreparationForm.safeParse({ ...typed, supervisor });
  const review = useReview(
    whole.success && !unfilled.includes("leader") ? whole.data : null,
    preview?.token ?? null,
  );
  const isBlocked =
    review.kind === "known" && review.review.findings.some(({ severity }) => severity === "block");

  const isMitigationNeeded =
    typed.mitigation !== "" ||
    (review.kind === "known" && review.review.findings.some(({ code }) => code === MITIGATION_NEEDED));
  const needs: Need[] =
    isMitigationNeeded && !isMitigationWhole(typed) ? [...unfilled, "mitigation"] : unfilled;

  const submit = form.handleSubmit(async (draft) => {
    if (!preview) return;
    setRefusal(null);
    const prepared = await bridge.call("sitting.prepare", {
      draft: { ...draft, supervisor },
      roster: preview.token,
    });
    const taken = prepared.ok ? await store.catchUp() : prepared;
    if (taken.ok) {
      onPrepared();
      return;
    }
    setRefusal(taken.error);
    if (taken.error.code === "roster.forgotten") setPreview(null);
  });

  return (
    <Page
      title={t("roster.title")}
      lead={t("roster.lead")}
      actions={<Button onPress={onLeave}>{t("common.back")}</Button>}
    >
      <RubricChoice
        chosen={typed.rubric}
        onChoose={(rubric) => form.setValue("rubric", rubric)}
        onTry={onTry}
      />
      <Panel title={t("roster.when")}>
        <div className={styles.fields}>
          <Controller
            name="day"
            control={form.control}
            render={({ field: { ref: _ref, disabled: _disabled, ...field } }) => (
              <TextField
                {...field}
                label={t("roster.day")}
                inputMode="numeric"
                error={errors.day ? t("roster.badDay") : undefined}
                data-testid="roster-day"
              />
            )}
          />
          <Controller
            name="perRotation"
            control={form.control}
            render={({ field: { ref: _ref, disabled: _disabled, ...field } }) => (
              <NumberField
                {...field}
                label={t("roster.perRotation")}
                error={errors.perRotation ? t("roster.badPer") : undefined}
                data-testid="roster-per-rotation"
              />
            )}
          />
        </div>
        <Checkbox
          isSelected={!typed.observed}
          onChange={(isBlind) => form.setValue("observed", !isBlind)}
          description={t("roster.blindHint")}
          data-testid="roster-blind"
        >
          {t("roster.blind")}
        </Checkbox>
      </Panel>
      <PanelChoice
        policy={centre?.permit?.reference.policy ?? null}
        panel={typed.panel}
        leader={typed.leader}
        supervisor={supervisor}
        onSupervisor={(person) => form.setValue("supervisor", person)}
        onPanel={(panel, leader) => {
          form.setValue("panel", panel);
          form.setValue("leader", leader);
        }}
      />
      <RosterChoice
        isDemonstration={centre?.institution.demo ?? false}
        preview={preview}
        onPreview={setPreview}
      />
      <Review
        state={review}
        preview={preview}
        onReplace={(member, by) => {
          form.setValue(
            "panel",
            typed.panel.map((person) => (person === member ? by : person)),
          );
          if (typed.leader === member) form.setValue("leader", by);
        }}
      />
      {isMitigationNeeded ? (
        <Panel title={t("roster.mitigation")}>
          <Controller
            name="mitigation"
            control={form.control}
            render={({ field: { ref: _ref, disabled: _disabled, ...field } }) => (
              <TextArea
                {...field}
                label={t("roster.mitigation")}
                hideLabel
                description={t("roster.mitigationHint")}
                error={errors.mitigation ? t("roster.mitigationShort") : undefined}
                maxLength={500}
                data-testid="roster-mitigation"
              />
            )}
          />
        </Panel>
      ) : null}
      {refusal ? (
        <Notice
          kind={refusalKind(refusal)}
          announce="now"
          title={refusalText(t, refusal)}
          data-testid="roster-refused"
        />
      ) : null}
      <Stack direction="row" justify="end">
        <OfferedButton
          kind="primary"
          size="large"
          isDisabled={needs.length > 0 || isBlocked}
          busy={isSubmitting}
          busyText={t("roster.confirming")}
          note={
            needs.length > 0
              ? t("roster.needs", {
                  what: needs.map((need) => t(`roster.need.${need}`)).join(t.locale === "en" ? ", " : "、"),
                })
              : t(isBlocked ? "roster.confirmBlocked" : "roster.confirmNote")
          }
          onPress={() => void submit()}
          data-testid="roster-confirm"
        >
          {t("roster.confirm")}
        </OfferedButton>
      </Stack>
    </Page>
  );
}

const MITIGATION_NEEDED = "separation.mitigation-needed";

const BLANK: Typed = {
  rubric: null,
  day: "",
  perRotation: "5",
  panel: [],
  leader: null,
  supervisor: null,
  observed: true,
  mitigation: "",
};
