// On the desk, seconds after the last of a panel's sheets was signed: they lie too far apart, and the work is still here.
import { fractionToText, type CandidateRef } from "#shared/base";
import type { SittingRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { Notice, OfferedButton } from "../../ui/index.ts";
import styles from "./Panel.module.css";
import { usePanel } from "./use-panel.ts";

export interface DivergenceProps {
  readonly sitting: SittingRow;
  readonly candidate: CandidateRef;
  readonly onOpen: () => void;
}

export function Divergence({ sitting, candidate: ref, onOpen }: DivergenceProps) {
  const t = useText();
  const panel = usePanel(sitting);
  const candidate = panel?.candidates.find((one) => one.ref === ref);
  if (!panel || !candidate) return null;
  const state = panel.stateOf(candidate);
  if (state.kind !== "divergent") return null;
  const spread = fractionToText(state.divergence.spread);
  return (
    <div className={styles.divergence} data-testid="sheet-divergence">
      <Notice
        kind="attention"
        announce="politely"
        title={t("panel.divergesTitle", { spread })}
        safe={t("panel.divergesLead")}
      />
      <OfferedButton wide onPress={onOpen} data-testid="sheet-to-panel">
        {t("panel.settle")}
      </OfferedButton>
    </div>
  );
}
