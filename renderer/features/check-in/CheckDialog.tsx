// One candidate at the table: what the roster has, what was seen before, and what the document says now. The act that checks in has not
// the focus: the Enter of a scanner that reads a slip twice confirms nothing.
import { useState, type ReactNode } from "react";
import type { Refusal } from "#shared/base";
import {
  IdDocument,
  isCheckedIn,
  isWholeCheck,
  StaffReason,
  standingCheck,
  type IdCheckSaid,
} from "#shared/exam";
import {
  leavingOf,
  placeOf,
  type CandidateRow,
  type Intent,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import { appendIntents, bridge } from "../../bridge/index.ts";
import { candidateName, formatTime, personName, refusalNotice, useText } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { Button, Dialog, Facts, Notice, Select, Stack, TextField } from "../../ui/index.ts";

export interface CheckDialogProps {
  readonly sitting: SittingRow;
  readonly candidate: CandidateRow;
  readonly people: readonly PersonRow[];
  /** This candidate's admission slip, for whoever was checked in without theirs. */
  readonly slip: ReactNode;
  readonly onRoom: () => void;
  readonly onClose: () => void;
  readonly onDone: (what: "checkedIn" | "mismatched" | "undone" | "absent") => void;
}

export function CheckDialog({ sitting, candidate, people, slip, onRoom, onClose, onDone }: CheckDialogProps) {
  const t = useText();
  const store = useStore();
  const [document, setDocument] = useState<IdDocument>("idCard");
  const [note, setNote] = useState("");
  const [isMismatch, setMismatch] = useState(false);
  const [busy, setBusy] = useState<"check" | "absent" | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const words = StaffReason.safeParse(note.trim());
  const said = (matches: boolean): IdCheckSaid => ({
    ...{ document, matches },
    note: words.success && (!matches || document === "other") ? words.data : null,
  });
  const write = async (intent: Intent, what: Parameters<typeof onDone>[0]) => {
    if (busy) return;
    setBusy("check");
    const written = await appendIntents([intent]);
    const taken = written.ok ? await store.takeIn(written.value.entries) : written;
    setBusy(null);
    if (taken.ok) onDone(what);
    else setRefusal(taken.error);
  };
  const of = { sitting: sitting.id, candidate: candidate.ref };
  const check = (matches: boolean) =>
    void write({ kind: "identity.check", ...of, said: said(matches) }, matches ? "checkedIn" : "mismatched");
  const recordAbsence = async () => {
    setBusy("absent");
    const asked = await bridge.call("attendance.requestAbsence", of);
    const taken = asked.ok ? await store.catchUp() : asked;
    setBusy(null);
    if (taken.ok) onDone("absent");
    else setRefusal(taken.error);
  };

  const leaving = leavingOf(candidate);
  const isOpen = !candidate.absence && !leaving;
  const isIn = isCheckedIn(candidate);
  const undoing = standingCheck(candidate);
  const place = placeOf(candidate);
  const notice = refusalNotice(t, refusal);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={candidateName(candidate)}
      lead={t("checkIn.dialog.lead")}
      closeLabel={t("common.close")}
      data-testid="check-dialog"
      actions={
        <>
          {undoing ? (
            <Button
              isDisabled={busy !== null}
              onPress={() => void write({ kind: "identity.undo", ...of }, "undone")}
              data-testid="check-undo"
            >
              {t("checkIn.dialog.undo")}
            </Button>
          ) : null}
          {isOpen && !isIn ? (
            isMismatch ? (
              <>
                <Button onPress={() => setMismatch(false)}>{t("common.cancel")}</Button>
                <Button
                  kind="danger"
                  busy={busy === "check"}
                  isDisabled={!isWholeCheck(said(false)) || busy !== null}
                  onPress={() => check(false)}
                  data-testid="check-mismatch-act"
                >
                  {t("checkIn.dialog.mismatchAct")}
                </Button>
              </>
            ) : (
              <>
                <Button
                  busy={busy === "absent"}
                  busyText={t("marking.signing")}
                  isDisabled={busy !== null}
                  onPress={() => void recordAbsence()}
                  data-testid="check-absent"
                >
                  {t("marking.absent")}
                </Button>
                <Button
                  isDisabled={busy !== null}
                  onPress={() => setMismatch(true)}
                  data-testid="check-mismatch"
                >
                  {t("checkIn.dialog.mismatch")}
                </Button>
                <Button
                  kind="primary"
                  busy={busy === "check"}
                  isDisabled={!isWholeCheck(said(true)) || busy !== null}
                  onPress={() => check(true)}
                  data-testid="check-match"
                >
                  {t("checkIn.dialog.match")}
                </Button>
              </>
            )
          ) : null}
        </>
      }
    >
      <Stack gap={4}>
        {notice ? <Notice {...notice} announce="now" data-testid="check-refused" /> : null}
        <Facts
          facts={[
            { term: t("checkIn.ticket"), value: candidate.ticketNo },
            { term: t("checkIn.id"), value: candidate.idMasked },
            { term: t("checkIn.rotation"), value: candidate.rotation },
            { term: t("checkIn.place"), value: place ?? t("checkIn.noPlace") },
          ]}
        />
        <Earlier {...{ candidate, people }} />
        {candidate.absence ? (
          <Notice
            title={t("checkIn.dialog.absent")}
            next={t("checkIn.dialog.absentNext")}
            announce="never"
            actions={<Button onPress={onRoom}>{t("room.open")}</Button>}
          />
        ) : leaving ? (
          <Notice title={t(`room.change.${leaving.kind}`)} next={leaving.reason} announce="never" />
        ) : isIn ? null : (
          <>
            <Select
              label={t("checkIn.dialog.document")}
              choices={IdDocument.options.map((value) => ({ value, label: t(`checkIn.document.${value}`) }))}
              value={document}
              onChange={setDocument}
              data-testid="check-document"
            />
            {isMismatch || document === "other" ? (
              <TextField
                label={t(isMismatch ? "checkIn.dialog.why" : "checkIn.dialog.which")}
                description={t("checkIn.dialog.noteHint")}
                value={note}
                onChange={setNote}
                maxLength={200}
                autoFocus={isMismatch}
                data-testid="check-note"
              />
            ) : null}
          </>
        )}
        {isIn ? slip : null}
      </Stack>
    </Dialog>
  );
}

/** What was seen before, what was taken back among it. */
function Earlier({
  candidate: { checks = [] },
  people,
}: {
  readonly candidate: CandidateRow;
  readonly people: readonly PersonRow[];
}) {
  const t = useText();
  if (checks.length === 0) return null;
  return (
    <ul data-testid="check-earlier">
      {checks.map(({ at, by, document, matches, note, undone }) => (
        <li key={`${String(at.wall)} ${String(at.mono)}`}>
          {[
            t("checkIn.by", { at: formatTime(at.wall, t.locale), name: personName(people, by) }),
            t(`checkIn.document.${document}`),
            t(matches ? "checkIn.states.matched" : "checkIn.states.mismatched"),
            ...(note === null ? [] : [note]),
            ...(undone
              ? [
                  t("checkIn.undone", {
                    at: formatTime(undone.at.wall, t.locale),
                    name: personName(people, undone.by),
                  }),
                ]
              : []),
          ].join(" · ")}
        </li>
      ))}
    </ul>
  );
}
