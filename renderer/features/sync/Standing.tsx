// What stands between this laptop and its registry for longer than a broken link: a revoked key, another registry, a
// registry that knows more than the laptop, a public log that was changed. Said once, above everything, with what is safe
// and what to do.
import type { LinkState } from "#shared/ipc";
import { sealingLockOf, type CentreRow, type RegistryRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { Notice } from "../../ui/index.ts";

export interface StandingProps {
  readonly centre: CentreRow;
  readonly registry: RegistryRow | null;
  readonly link: LinkState | null;
}

export function Standing({ centre, registry, link }: StandingProps) {
  const t = useText();
  const lock = sealingLockOf(centre, registry);
  const dispute = registry?.dispute;
  return (
    <>
      {dispute ? (
        <Notice
          kind={dispute.mended ? "attention" : "danger"}
          title={t(`sync.dispute.${dispute.code}.title`)}
          safe={t("sync.dispute.safe")}
          next={
            dispute.mended
              ? t("sync.dispute.mended")
              : t(`sync.dispute.${dispute.code}.next`, { kept: dispute.kept, offered: dispute.offered })
          }
          data-testid="sync-dispute"
        />
      ) : null}
      {lock ? (
        <Notice
          kind="danger"
          title={t(`sync.lock.${lock}.title`)}
          safe={t("sync.lock.safe")}
          next={t(`sync.lock.${lock}.next`)}
          data-testid="sync-lock"
        />
      ) : null}
      {link?.halted === "halt.wrong-registry" ? (
        <Notice
          kind="danger"
          title={t("sync.halted.title")}
          safe={t("sync.lock.safe")}
          next={t("sync.halted.next")}
          data-testid="sync-halted"
        />
      ) : null}
    </>
  );
}
