// About the program, and the few things a person may choose: language, colours, the size of targets, diagnostics.
import { useState } from "react";
import type { AppDescription, Locale } from "#shared/ipc";
import { hasRole } from "#shared/exam";
import type { CentreRow, PersonRow } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText, wordsIn } from "../../i18n/index.ts";
import {
  type AppearanceChoice,
  Checkbox,
  Facts,
  OfferedButton,
  Page,
  Panel,
  SegmentedChoice,
  Stack,
  Stamp,
  useMessages,
} from "../../ui/index.ts";
import { MediumPanel } from "./MediumPanel.tsx";

export interface SettingsProps {
  readonly description: AppDescription;
  readonly centre: CentreRow | null;
  /** Who is signed in; null for nobody. */
  readonly me: PersonRow | null;
  readonly appearance: AppearanceChoice;
  readonly onAppearance: (choice: AppearanceChoice) => void;
  readonly onLocale: (locale: Locale) => void;
}

export function Settings({ description, centre, me, appearance, onAppearance, onLocale }: SettingsProps) {
  const t = useText();
  const messages = useMessages();
  const [busy, setBusy] = useState(false);

  const exportDiagnostics = async () => {
    setBusy(true);
    const saved = await bridge.call("app.exportDiagnostics", {});
    setBusy(false);
    if (!saved.ok) messages.show("danger", refusalText(t, saved.error));
    else if (saved.value.outcome === "saved") {
      messages.show("done", t("settings.exported", { file: saved.value.fileName }));
    }
  };

  return (
    <Page title={t("settings.title")} lead={t("settings.lead")} width="regular">
      <Panel title={t("settings.appearance")}>
        <SegmentedChoice
          label={t("settings.theme")}
          choices={(["system", "light", "dark", "contrast"] as const).map((theme) => ({
            value: theme,
            label: t(`settings.themes.${theme}`),
          }))}
          value={appearance.theme}
          onChange={(theme) => onAppearance({ ...appearance, theme })}
          data-testid="theme"
        />
        <SegmentedChoice
          label={t("settings.language")}
          choices={[
            { value: "zh-CN", label: "简体中文" },
            { value: "en", label: "English" },
          ]}
          value={t.locale}
          onChange={(locale) => onLocale(locale === "en" ? "en" : "zh-CN")}
        />
        <Checkbox isSelected={appearance.touch} onChange={(touch) => onAppearance({ ...appearance, touch })}>
          {t("settings.touch")}
        </Checkbox>
      </Panel>
      {centre ? (
        <Panel title={t("settings.centre")}>
          <Facts
            facts={[
              { term: t("settings.institution"), value: wordsIn(t, centre.institution.name) },
              { term: t("settings.registry"), value: wordsIn(t, centre.registry.name) },
              { term: t("settings.registryUrl"), value: centre.registry.url },
              {
                term: t("settings.keyset"),
                value: <Stamp {...stampOf(centre.keyset)} label={t("settings.keyset")} />,
              },
              { term: t("settings.device"), value: centre.device },
            ]}
          />
        </Panel>
      ) : null}
      {centre ? (
        <MediumPanel
          hasCode={centre.recovery !== null}
          mayChange={me !== null && hasRole(me, "administrator")}
        />
      ) : null}
      <Panel title={t("settings.program")}>
        <Facts
          facts={[
            { term: t("settings.version"), value: description.version },
            { term: t("settings.build"), value: description.build },
            { term: t("settings.electron"), value: description.electron },
            { term: t("settings.chromium"), value: description.chromium },
            { term: t("settings.dataFolder"), value: description.dataFolder },
            { term: t("settings.licence"), value: description.licence },
          ]}
        />
      </Panel>
      <Panel title={t("settings.diagnostics")}>
        <p>{t("settings.diagnosticsLead")}</p>
        <Stack direction="row">
          <OfferedButton
            busy={busy}
            onPress={() => void exportDiagnostics()}
            data-testid="export-diagnostics"
          >
            {t("settings.export")}
          </OfferedButton>
        </Stack>
      </Panel>
    </Page>
  );
}
