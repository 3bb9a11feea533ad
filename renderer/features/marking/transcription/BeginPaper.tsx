// A paper sheet is begun from its square: out of the photograph that stays with it, or by a scanner. Main says whose it is; only a blank
// without a candidate asks for one, and for the examiner everybody reads the signature.
import { useState } from "react";
import type { PersonId, Refusal, SheetId } from "#shared/base";
import type { OutputOf, WindowChannels } from "#shared/ipc";
import { areNamesShown, type PersonRow } from "#shared/journal";
import { bridge } from "../../../bridge/index.ts";
import { SquareButtons } from "../../../camera/index.ts";
import { formatDay, personName, refusalKind, refusalText, shownName, useText } from "../../../i18n/index.ts";
import { useCandidates, useSitting, useStore } from "../../../store/index.ts";
import { Button, Facts, Notice, NumberField, Panel, Select, Stack, TextArea } from "../../../ui/index.ts";
import { addPage } from "./PaperPages.tsx";

type Blank = OutputOf<WindowChannels["transcription.read"]>;

export interface BeginPaperProps {
  readonly people: readonly PersonRow[];
  readonly onBegun: (sheet: SheetId) => void;
}

export function BeginPaper({ people, onBegun }: BeginPaperProps) {
  const t = useText();
  const [text, setText] = useState("");
  const [picture, setPicture] = useState<{ readonly file: File; readonly isRead: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const [isUnread, setUnread] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [blank, setBlank] = useState<Blank | null>(null);
  const look = async (said: string) => {
    setBusy(true);
    const read = await bridge.call("transcription.read", { text: said });
    setBusy(false);
    setRefusal(read.ok ? null : read.error);
    setBlank(read.ok ? read.value : null);
  };
  const change = (next: string) => {
    setText(next);
    setBlank(null);
    setRefusal(null);
    setUnread(false);
  };
  const take = async (found: string | null, file: File | null) => {
    change(found ?? "");
    setUnread(found === null);
    setPicture(file && { file, isRead: found !== null });
    if (found !== null) await look(found);
  };
  return (
    <Panel title={t("transcription.begin")} data-testid="paper-begin-panel">
      <Stack gap={4}>
        <p>{t("transcription.beginLead")}</p>
        <Stack direction="row">
          <SquareButtons busy={busy} onSquare={take} filesTestId="blank-picture" cameraTestId="blank-camera">
            {t("transcription.picture")}
          </SquareButtons>
        </Stack>
        {isUnread ? (
          <Notice
            kind="attention"
            announce="now"
            title={t("paper.check.unread")}
            next={t("paper.check.unreadNext")}
            data-testid="blank-unread"
          />
        ) : null}
        <TextArea
          label={t("paper.check.text")}
          description={t("transcription.textHint")}
          value={text}
          onChange={(next) => {
            // Another square is another paper's: the picture of the one that was read is not of it.
            if (picture?.isRead) setPicture(null);
            change(next);
          }}
          spellCheck="false"
          data-testid="blank-text"
        />
        {refusal ? (
          <div data-testid="blank-refused" data-code={refusal.code}>
            <Notice kind={refusalKind(refusal)} announce="now" title={refusalText(t, refusal)} />
          </div>
        ) : null}
        {blank ? (
          <Whose {...{ blank, text, people, onBegun }} picture={picture?.file ?? null} />
        ) : (
          <Stack direction="row" justify="end">
            <Button
              kind="primary"
              busy={busy}
              isDisabled={text.trim() === ""}
              onPress={() => void look(text)}
              data-testid="blank-read"
            >
              {t("transcription.look")}
            </Button>
          </Stack>
        )}
      </Stack>
    </Panel>
  );
}

function Whose(props: {
  readonly blank: Blank;
  readonly text: string;
  readonly picture: File | null;
  readonly people: readonly PersonRow[];
  readonly onBegun: (sheet: SheetId) => void;
}) {
  const { blank, text, picture, people, onBegun } = props;
  const t = useText();
  const store = useStore();
  const sitting = useSitting(blank.sitting);
  const candidates = useCandidates(blank.sitting);
  const [no, setNo] = useState("");
  const [examiner, setExaminer] = useState<PersonId | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (!sitting || !candidates) return null;
  const named = candidates.find((one) =>
    blank.candidate === null
      ? String(one.no) === no.trim().replace(/^0+(?=\d)/, "")
      : one.ref === blank.candidate,
  );
  const begin = async () => {
    if (examiner === null || !named) return;
    setBusy(true);
    const begun = await bridge.call("transcription.begin", {
      ...{ text, examiner, candidate: blank.candidate === null ? named.ref : null },
    });
    // The picture it was read from is the first of the paper; one that is refused can be taken again at the desk.
    if (begun.ok && picture) await addPage(begun.value.sheet, picture);
    const taken = begun.ok ? await store.catchUp() : begun;
    setBusy(false);
    setRefusal(taken.ok ? null : taken.error);
    if (begun.ok && taken.ok) onBegun(begun.value.sheet);
  };
  return (
    <>
      <Facts
        facts={[
          { term: t("paper.check.day"), value: formatDay(sitting.day, t.locale) },
          {
            term: t("paper.check.candidate"),
            value: named ? shownName(t, named, areNamesShown(sitting)) : t("transcription.byHand"),
          },
        ]}
      />
      {blank.candidate === null ? (
        <NumberField
          label={t("transcription.no")}
          description={t("transcription.noHint")}
          value={no}
          onChange={setNo}
          data-testid="blank-no"
        />
      ) : null}
      <Select
        label={t("transcription.examiner")}
        description={t("transcription.examinerHint")}
        choices={sitting.panel.map(({ person }) => ({ value: person, label: personName(people, person) }))}
        value={examiner}
        onChange={setExaminer}
        data-testid="blank-examiner"
      />
      {refusal ? (
        <div data-testid="begin-refused" data-code={refusal.code}>
          <Notice kind={refusalKind(refusal)} announce="now" title={refusalText(t, refusal)} />
        </div>
      ) : null}
      <Stack direction="row" justify="end">
        <Button
          kind="primary"
          busy={busy}
          isDisabled={examiner === null || !named}
          onPress={() => void begin()}
          data-testid="paper-begin"
        >
          {t("transcription.start")}
        </Button>
      </Stack>
    </>
  );
}
