// What came from whom, with its stamp, and where two versions of one sheet lie side by side: both are shown, neither is
// overwritten, and a supervisor says which counts (S12).
import { useState } from "react";
import { fractionToText, type HashId } from "#shared/base";
import { countingOf, type Sheet } from "#shared/exam";
import type { CandidateRow, VersionRow } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { candidateName, formatDayAndTime, useText, personName } from "../../i18n/index.ts";
import { useAllCandidates, useAllSheets, usePeople, useVersions } from "../../store/index.ts";
import { Button, Panel, Pill, Table } from "../../ui/index.ts";
import { VersionDialog, type SheetVersion } from "./VersionDialog.tsx";

export function ReceivedSheets() {
  const t = useText();
  const versions = useVersions();
  const sheets = useAllSheets();
  const candidates = useAllCandidates();
  const people = usePeople();
  const [deciding, setDeciding] = useState<Disputed | null>(null);
  if (!versions || !sheets || !candidates || !people || versions.length === 0) return null;
  const rows = versions.map((version) => rowOf(version, versions, sheets, candidates));
  const nameOf = (id: string) => personName(people, id);
  return (
    <Panel title={t("sticks.received.title")}>
      <Table
        label={t("sticks.received.title")}
        data-testid="received-sheets"
        maxHeight="half"
        rows={rows}
        rowKey={({ version }) => version.hash}
        rowTone={({ disputed }) => (disputed ? "attention" : null)}
        columns={[
          {
            key: "candidate",
            heading: t("sticks.received.candidate"),
            isRowHeader: true,
            cell: ({ candidate }) => (candidate ? candidateName(candidate) : "—"),
          },
          {
            key: "examiner",
            heading: t("sticks.received.examiner"),
            cell: ({ version }) => nameOf(version.sheet.examiner),
          },
          {
            key: "stamp",
            heading: t("sticks.received.stamp"),
            cell: ({ version }) => stampOf(version.hash).code,
          },
          {
            key: "from",
            heading: t("sticks.received.from"),
            cell: ({ version: { sheet, at } }) =>
              sheet.from === null
                ? t("sticks.received.here")
                : t("sticks.received.laptop", {
                    name: sheet.from.slice(-4).toUpperCase(),
                    when: formatDayAndTime(at.wall, t.locale),
                  }),
          },
          {
            key: "state",
            heading: t("sticks.received.state"),
            cell: ({ version, disputed, counts }) => (
              <span data-testid="received-state" data-counts={counts} data-disputed={disputed !== null}>
                <Pill kind={counts ? "done" : disputed ? "attention" : "neutral"}>
                  {t(counts ? "sticks.received.counts" : "sticks.received.beside")}
                </Pill>{" "}
                {version.decision ? version.decision.reason : null}
              </span>
            ),
          },
          {
            key: "decide",
            heading: t("sticks.received.decide"),
            cell: ({ disputed }) =>
              disputed ? (
                <Button onPress={() => setDeciding(disputed)} data-testid="version-decide">
                  {t("sticks.received.decide")}
                </Button>
              ) : null,
          },
        ]}
      />
      {deciding ? (
        <VersionDialog
          sheet={deciding.sheet}
          candidate={deciding.candidate}
          versions={deciding.versions}
          onClose={() => setDeciding(null)}
        />
      ) : null}
    </Panel>
  );
}

interface Disputed {
  readonly sheet: Sheet;
  readonly candidate: CandidateRow;
  readonly versions: readonly SheetVersion[];
}

interface Row {
  readonly version: VersionRow;
  readonly candidate: CandidateRow | undefined;
  readonly counts: boolean;
  readonly disputed: Disputed | null;
}

function rowOf(
  version: VersionRow,
  versions: readonly VersionRow[],
  sheets: readonly Sheet[],
  candidates: readonly CandidateRow[],
): Row {
  const { candidate: ref, examiner } = version.sheet;
  const candidate = candidates.find((one) => one.ref === ref);
  const standing = sheets.find((sheet) => sheet.candidate === ref && sheet.examiner === examiner);
  const rivals = versions.filter(({ sheet }) => sheet.candidate === ref && sheet.examiner === examiner);
  const all = new Map<HashId, SheetVersion>();
  for (const sheet of [...(standing ? [standing] : []), ...rivals.map((rival) => rival.sheet)]) {
    const counting = countingOf(sheet);
    // The copy beside of what counts was put there before it was amended: the sheet itself says it.
    if (!sheet.signature || !counting || all.has(sheet.signature.hash)) continue;
    const { hash } = sheet.signature;
    const amended = counting.amendment !== null;
    all.set(hash, { hash, total: fractionToText(counting.total), from: sheet.from, amended });
  }
  const isOpen =
    candidate !== undefined && standing !== undefined && version.decision === null && all.size > 1;
  return {
    version,
    candidate,
    counts: standing?.signature?.hash === version.hash,
    disputed: isOpen ? { sheet: standing, candidate, versions: [...all.values()] } : null,
  };
}
