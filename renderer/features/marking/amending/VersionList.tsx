// Which version of a signed sheet counts, who signed each, why, and how far it is; and all of them side by side.
import { useState } from "react";
import { fractionToText } from "#shared/base";
import type { Rubric, Sheet } from "#shared/exam";
import { stampOf } from "#shared/wire";
import { formatDayAndTime, refusalText, useText, type Text, personName } from "../../../i18n/index.ts";
import { useBatches, usePeople } from "../../../store/index.ts";
import { Button, classNames, Pill } from "../../../ui/index.ts";
import styles from "../Marking.module.css";
import { VersionsDialog } from "./VersionsDialog.tsx";
import { versionName, versionsOf, type Way } from "./versions.ts";

export function VersionList({ sheet, rubric }: { readonly sheet: Sheet; readonly rubric: Rubric }) {
  const t = useText();
  const batches = useBatches(sheet.sitting);
  const people = usePeople();
  const [isOpen, setIsOpen] = useState(false);
  if (sheet.amendments.length === 0 || !batches || !people) return null;
  const versions = versionsOf(sheet, batches);
  const nameOf = (id: string) => personName(people, id);
  return (
    <section className={styles.versions} aria-label={t("amending.versions.title")}>
      <ol className={styles.versions} data-testid="versions">
        {versions.toReversed().map((version) => (
          <li
            key={version.hash}
            className={classNames(styles.version, version.standing === "counts" && styles.versionCounts)}
            data-testid={`version-${version.n}`}
            data-standing={version.standing}
            data-way={version.amendment?.way.at}
          >
            <p className={styles.versionHead}>
              <strong>{versionName(t, version)}</strong>
              <span>{fractionToText(version.total)}</span>
              <Pill kind={version.standing === "counts" ? "done" : "neutral"}>
                {t(`amending.versions.${version.standing}`)}
              </Pill>
            </p>
            <p className={styles.quiet}>
              {stampOf(version.hash).code} · {formatDayAndTime(version.atMs, t.locale)}
            </p>
            {version.amendment ? (
              <>
                <p className={styles.quiet}>
                  {t("amending.versions.by", {
                    author: nameOf(sheet.examiner),
                    approver: nameOf(version.amendment.approvedBy),
                    office: t(`amending.office.${version.amendment.office}`),
                  })}
                </p>
                <p>
                  {t("amending.versions.why", {
                    reason: t(`amending.reasons.${version.amendment.reason}`),
                    text: version.amendment.text,
                  })}
                </p>
                <p className={styles.quiet}>{wayText(t, version.amendment.way)}</p>
              </>
            ) : null}
          </li>
        ))}
      </ol>
      <Button onPress={() => setIsOpen(true)} data-testid="versions-open">
        {t("amending.versions.open")}
      </Button>
      <VersionsDialog isOpen={isOpen} rubric={rubric} versions={versions} onClose={() => setIsOpen(false)} />
    </section>
  );
}

function wayText(t: Text, way: Way): string {
  if (way.at === "refused")
    return t("amending.way.refused", { why: refusalText(t, { code: `note.${way.code}` }) });
  return t(`amending.way.${way.at}`);
}
