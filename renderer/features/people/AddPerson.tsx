// Adding somebody the register does not have yet. What was filled in stays, whatever main answers.
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm, useWatch, type Control, type FieldErrors } from "react-hook-form";
import type { Refusal } from "#shared/base";
import { Role, SkillLevel } from "#shared/exam";
import { knownOccupations } from "#shared/rules";
import { bridge } from "../../bridge/index.ts";
import { refusalNotice, useText, wordsIn } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import {
  ActDialog,
  Checkbox,
  ChoiceSet,
  Fields,
  SegmentedChoice,
  Select,
  TextField,
} from "../../ui/index.ts";
import styles from "./People.module.css";
import { needsCard, needsTerm, PersonForm, type Meant, type Typed } from "./person-form.ts";

export interface AddPersonProps {
  readonly onClose: () => void;
  readonly onAdded: (name: string) => void;
}

export function AddPerson({ onClose, onAdded }: AddPersonProps) {
  const t = useText();
  const store = useStore();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { control, handleSubmit, setValue, formState } = useForm<Typed, unknown, Meant>({
    resolver: zodResolver(PersonForm),
    defaultValues: BLANK,
    mode: "onBlur",
  });
  const typed: Typed = { ...BLANK, ...useWatch({ control }) };
  const { errors, isSubmitting, isSubmitted } = formState;
  const mistake = (field: keyof Typed) => mistakeIn(errors, field, t);
  const choose = <K extends "roles" | "levels">(field: K, chosen: Typed[K]) =>
    setValue(field, chosen as never, { shouldValidate: isSubmitted });

  const submit = handleSubmit(async (person) => {
    setRefusal(null);
    const added = await bridge.call("people.add", person);
    const taken = added.ok ? await store.catchUp() : added;
    if (taken.ok) onAdded(person.name);
    else setRefusal(taken.error);
  });

  return (
    <ActDialog
      onClose={onClose}
      title={t("people.add.title")}
      lead={t("people.add.lead")}
      width="wide"
      cancelText={t("common.cancel")}
      actText={t("people.add.open")}
      busyText={t("people.waiting")}
      isBusy={isSubmitting}
      refusal={refusalNotice(t, refusal)}
      onAct={() => void submit()}
      data-testid="add-person"
    >
      <Field control={control} name="name" label={t("people.name")} error={mistake("name")} />
      <ChoiceSet legend={t("people.roles")}>
        {Role.options.map((role) => (
          <Checkbox
            key={role}
            isSelected={typed.roles.includes(role)}
            onChange={(on) => choose("roles", toggled(Role.options, typed.roles, role, on))}
            data-testid={`add-role-${role}`}
          >
            {t(`common.role.${role}`)}
          </Checkbox>
        ))}
      </ChoiceSet>
      <Wrong words={mistake("roles")} />
      {needsCard(typed.roles) ? (
        <>
          <SegmentedChoice
            label={t("people.card.grade")}
            choices={(["EXAMINER", "SENIOR"] as const).map((grade) => ({
              value: grade,
              label: t(`people.card.${grade}`),
            }))}
            value={typed.grade}
            onChange={(grade) => setValue("grade", grade, { shouldValidate: isSubmitted })}
            data-testid="add-grade"
          />
          <Fields>
            <Field control={control} name="cardNo" label={t("people.card.no")} error={mistake("cardNo")} />
            <Select
              label={t("people.card.occupation")}
              choices={knownOccupations().map(({ code, name }) => ({ value: code, label: wordsIn(t, name) }))}
              value={typed.occupation}
              onChange={(occupation) => setValue("occupation", occupation)}
              data-testid="add-occupation"
            />
          </Fields>
          <ChoiceSet legend={t("people.card.levels")}>
            {SkillLevel.options.map((level) => (
              <Checkbox
                key={level}
                isSelected={typed.levels.includes(level)}
                onChange={(on) => choose("levels", toggled(SkillLevel.options, typed.levels, level, on))}
                data-testid={`add-level-${level}`}
              >
                {t(`day.level.${level}`)}
              </Checkbox>
            ))}
          </ChoiceSet>
          <Wrong words={mistake("levels")} />
          <Fields>
            <Field control={control} name="cardFrom" label={t("people.card.from")} error={undefined} />
            <Field control={control} name="cardTo" label={t("people.card.to")} error={mistake("cardTo")} />
          </Fields>
        </>
      ) : null}
      {needsTerm(typed.roles) ? (
        <>
          <SegmentedChoice
            label={t("people.term.kind")}
            choices={(["INTERNAL", "EXTERNAL"] as const).map((kind) => ({
              value: kind,
              label: t(`people.term.${kind}`),
            }))}
            value={typed.kind}
            onChange={(kind) => setValue("kind", kind)}
          />
          <Fields>
            <Field control={control} name="termFrom" label={t("people.term.from")} error={undefined} />
            <Field control={control} name="termTo" label={t("people.term.to")} error={mistake("termTo")} />
          </Fields>
        </>
      ) : null}
    </ActDialog>
  );
}

const BLANK: Typed = {
  name: "",
  roles: ["examiner"],
  grade: "EXAMINER",
  cardNo: "",
  occupation: knownOccupations()[0]?.code ?? "",
  levels: [],
  cardFrom: "",
  cardTo: "",
  kind: "INTERNAL",
  termFrom: "",
  termTo: "",
};

function Field(props: {
  readonly control: Control<Typed, unknown, Meant>;
  readonly name: "name" | "cardNo" | "cardFrom" | "cardTo" | "termFrom" | "termTo";
  readonly label: string;
  readonly error: string | undefined;
}) {
  const t = useText();
  const { control, name, label, error } = props;
  const isDay = name.endsWith("From") || name.endsWith("To");
  return (
    <Controller
      name={name}
      control={control}
      render={({ field: { ref: _ref, disabled: _disabled, ...field } }) => (
        <TextField
          {...field}
          label={label}
          error={error}
          autoComplete="off"
          spellCheck="false"
          {...(isDay ? { description: t("people.dayHint") } : {})}
          data-testid={`add-${name}`}
        />
      )}
    />
  );
}

function Wrong({ words }: { readonly words: string | undefined }) {
  return words === undefined ? null : (
    <p className={styles.wrong} role="alert">
      {words}
    </p>
  );
}

function mistakeIn(
  errors: FieldErrors<Typed>,
  field: keyof Typed,
  t: ReturnType<typeof useText>,
): string | undefined {
  const found = errors[field];
  const code = found && "message" in found ? found.message : undefined;
  return code === undefined ? undefined : (t.maybe(`people.wrong.${code}`) ?? undefined);
}

/** In the order of the list, whatever was pressed first. */
function toggled<T>(all: readonly T[], chosen: readonly T[], one: T, on: boolean): T[] {
  return all.filter((each) => (each === one ? on : chosen.includes(each)));
}
