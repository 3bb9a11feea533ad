// Enrolling with a registry: first see who answers, compare the stamp of its keys, then give the code that works once.
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import type { Refusal } from "#shared/base";
import type { RegistryContact } from "#shared/ipc";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText, wordsIn } from "../../i18n/index.ts";
import { Button, Notice, Pill, Stack, Stamp, TextField } from "../../ui/index.ts";

/** What a person types: spaces, dashes and small letters are theirs, the code is the registry's. */
const EnrolmentForm = z.strictObject({
  url: z.string().trim().pipe(z.url().max(200)),
  code: z
    .string()
    .transform((text) => text.replace(/[\s-]/g, "").toUpperCase())
    .pipe(z.string().regex(/^(?:[A-Z2-7]{16})?$/)),
});
type Typed = z.input<typeof EnrolmentForm>;
type Meant = z.output<typeof EnrolmentForm>;

export interface EnrolmentProps {
  readonly registryUrl: string | null;
  readonly onLeave: () => void;
}

export function Enrolment({ registryUrl, onLeave }: EnrolmentProps) {
  const t = useText();
  const [found, setFound] = useState<RegistryContact | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const form = useForm<Typed, unknown, Meant>({
    resolver: zodResolver(EnrolmentForm),
    defaultValues: { url: registryUrl ?? "", code: "" },
  });
  const { isSubmitting, errors } = form.formState;

  const submit = form.handleSubmit(async ({ url, code }) => {
    setRefusal(null);
    if (!found) {
      const contacted = await bridge.call("centre.contact", { url });
      if (contacted.ok) setFound(contacted.value);
      else setRefusal(contacted.error);
    } else if (code === "") {
      form.setError("code", { type: "required" });
    } else {
      const enrolled = await bridge.call("centre.enrol", { url: found.url, keyset: found.keyset, code });
      if (!enrolled.ok) setRefusal(enrolled.error);
    }
  });

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap={4}>
        {refusal ? <Notice kind="danger" announce="now" title={refusalText(t, refusal)} /> : null}
        <Controller
          name="url"
          control={form.control}
          render={({ field: { ref: _ref, disabled: _disabled, ...field } }) => (
            <TextField
              {...field}
              label={t("signIn.opening.url")}
              description={t("signIn.opening.urlHint")}
              isDisabled={found !== null}
              error={errors.url ? t("signIn.opening.badUrl") : undefined}
              data-testid="enrol-url"
            />
          )}
        />
        {found ? (
          <>
            <Notice
              title={wordsIn(t, found.name)}
              safe={t("signIn.opening.compareLead")}
              data-testid="enrol-registry"
            >
              <Stack direction="row" align="center" gap={3}>
                <Stamp {...stampOf(found.keyset)} label={t("signIn.opening.stamp")} size="large" />
                {found.demo ? <Pill kind="attention">{t("signIn.opening.demoRegistry")}</Pill> : null}
              </Stack>
            </Notice>
            <Controller
              name="code"
              control={form.control}
              render={({ field: { ref: _ref, disabled: _disabled, ...field } }) => (
                <TextField
                  {...field}
                  label={t("signIn.opening.code")}
                  description={t("signIn.opening.codeHint")}
                  autoComplete="off"
                  error={errors.code ? t("signIn.opening.badCode") : undefined}
                  data-testid="enrol-code"
                />
              )}
            />
          </>
        ) : null}
        <Stack direction="row" justify="end">
          <Button onPress={found ? () => setFound(null) : onLeave}>
            {found ? t("signIn.opening.other") : t("common.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={isSubmitting} data-testid="enrol-submit">
            {found ? t("signIn.opening.enrolNow") : t("signIn.opening.contact")}
          </Button>
        </Stack>
      </Stack>
    </form>
  );
}
