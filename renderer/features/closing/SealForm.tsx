// The seal. When a sheet is missing, the reason is asked for before anything else happens.
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import type { Refusal, SittingId } from "#shared/base";
import { bridge } from "../../bridge/index.ts";
import { blockedText, refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { Notice, OfferedButton, Stack, TextArea } from "../../ui/index.ts";

const explanationForm = (isNeeded: boolean) =>
  z.strictObject({
    explanation: z
      .string()
      .trim()
      .max(1000)
      .min(isNeeded ? 1 : 0),
  });
type Typed = z.input<ReturnType<typeof explanationForm>>;
type Meant = z.output<ReturnType<typeof explanationForm>>;

export function SealForm({ sitting, missing }: { readonly sitting: SittingId; readonly missing: number }) {
  const t = useText();
  const store = useStore();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const form = useForm<Typed, unknown, Meant>({
    resolver: zodResolver(explanationForm(missing > 0)),
    defaultValues: { explanation: "" },
  });
  const { isSubmitting, errors } = form.formState;

  const submit = form.handleSubmit(async ({ explanation }) => {
    setRefusal(null);
    const sealed = await bridge.call("day.seal", { sitting, explanation });
    const taken = sealed.ok ? await store.catchUp() : sealed;
    if (!taken.ok) setRefusal(taken.error);
  });

  return (
    <Stack gap={4}>
      {missing > 0 ? (
        <Controller
          name="explanation"
          control={form.control}
          render={({ field: { disabled: _disabled, ...field } }) => (
            <TextArea
              {...field}
              label={t("closing.explanation")}
              description={t("closing.explanationHint")}
              isRequired
              maxLength={1000}
              error={errors.explanation ? t("closing.explanationNeeded") : undefined}
              data-testid="closing-explanation"
            />
          )}
        />
      ) : null}
      {refusal ? (
        <Notice
          kind={refusalKind(refusal)}
          announce="now"
          title={
            refusal.code === "day.not-tallied" ? blockedText(t, refusal, (id) => id) : refusalText(t, refusal)
          }
          data-testid="closing-refused"
        />
      ) : null}
      <Stack direction="row" justify="end">
        <OfferedButton
          kind="primary"
          size="large"
          busy={isSubmitting}
          busyText={t("closing.sealing")}
          note={t("closing.sealNote")}
          onPress={() => void submit()}
          data-testid="closing-seal"
        >
          {t("closing.seal")}
        </OfferedButton>
      </Stack>
    </Stack>
  );
}
