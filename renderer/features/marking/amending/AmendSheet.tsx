// A signed sheet being amended by its author: the same items, keys and fields as an open sheet, the old beside the new, and
// beside it both totals, why, and who approves. What is changed here is a draft in the journal; nothing counts before two have signed.
import { useRef, useState, useSyncExternalStore } from "react";
import type { Refusal } from "#shared/base";
import { asAmended, type AmendmentDraft, type Counting, type Rubric, type Sheet } from "#shared/exam";
import type { CandidateRow, SittingRow } from "#shared/journal";
import { bridge } from "../../../bridge/index.ts";
import { useText } from "../../../i18n/index.ts";
import { useStore } from "../../../store/index.ts";
import { Notice, useMessages } from "../../../ui/index.ts";
import { storeTroubleOf, type SheetActs, type WriteIntent } from "../sheet-acts.ts";
import { SheetDialogs } from "../SheetDialogs.tsx";
import { SheetItems } from "../SheetItems.tsx";
import { useOpenItem } from "../use-open-item.ts";
import { useSheetKeys } from "../use-sheet-keys.ts";
import { AmendPanel } from "./AmendPanel.tsx";
import { DropDialog } from "./DropDialog.tsx";
import type { AmendmentWords, KeptWords } from "./words.ts";

export interface AmendSheetProps {
  readonly sheet: Sheet;
  readonly counting: Counting;
  readonly draft: AmendmentDraft;
  readonly candidate: CandidateRow;
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly acts: SheetActs;
  readonly words: KeptWords;
  readonly write: WriteIntent;
  readonly onNeighbour: (by: 1 | -1) => void;
}

export function AmendSheet(props: AmendSheetProps) {
  const {
    sheet: signed,
    counting,
    draft,
    candidate,
    sitting,
    rubric,
    acts,
    words,
    write,
    onNeighbour,
  } = props;
  const t = useText();
  const store = useStore();
  const messages = useMessages();
  const state = useSyncExternalStore(acts.subscribe, acts.snapshot);
  const durable = asAmended(signed, draft);
  const sheet = acts.seen(durable);
  const [said, setSaid] = useState(words.read);
  const [dialog, setDialog] = useState<"veto" | "keys" | "drop" | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isWaiting, setIsWaiting] = useState(false);
  const signButton = useRef<HTMLButtonElement>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const opened = useOpenItem({
    rubric,
    first: undefined,
    seen: () => acts.seen(durable),
    onEnd: () => signButton.current?.focus(),
  });

  useSheetKeys({
    ...{ rubric, durable, acts, opened, noteField, onNeighbour },
    enabled: dialog === null && !isWaiting,
    offers: !isWaiting,
    onDialog: setDialog,
    // Photographs stand with what was signed first.
    onEvidence: null,
    onPause: null,
  });

  const say = (next: AmendmentWords) => {
    words.keep(next);
    setSaid(next);
  };
  const sign = async () => {
    const { reason, text, approver } = said;
    if (reason === null || approver === null) return;
    setIsWaiting(true);
    setRefusal(null);
    const asked = { sheet: signed.id, reason, text: text.trim(), approver };
    const done = await bridge.call("sheet.requestAmendment", asked);
    const taken = done.ok ? await store.catchUp() : done;
    setIsWaiting(false);
    if (taken.ok) messages.announce(t("amending.done"));
    else setRefusal(taken.error);
  };
  const drop = async () => {
    const dropped = await write({ kind: "amendment.drop", sheet: signed.id });
    setDialog(null);
    if (dropped.ok) messages.announce(t("amending.dropped"));
    else setRefusal(dropped.error);
  };
  const storeTrouble = storeTroubleOf(state, durable);
  const isStale = draft.basis !== counting.hash;

  return (
    <>
      <SheetItems
        {...{ candidate, rubric, durable, acts, state, opened }}
        isKept
        former={counting.marks}
        evidence={null}
        notice={
          isStale ? (
            <Notice
              kind="attention"
              announce="now"
              title={t("amending.staleTitle")}
              next={t("amending.staleLead")}
              data-testid="amendment-stale"
            />
          ) : (
            <Notice kind="info" announce="never" title={t("amending.title")} next={t("amending.lead")} />
          )
        }
        data-testid="sheet-amending"
      />
      <AmendPanel
        sheet={sheet}
        former={counting}
        rubric={rubric}
        sitting={sitting}
        words={said}
        isWaiting={isWaiting}
        isSaving={state.saving > 0 || storeTrouble !== null}
        isStale={isStale}
        refusal={refusal}
        signButton={signButton}
        noteField={noteField}
        onAct={(act) => acts.act(durable, act)}
        onSay={say}
        onVeto={() => setDialog("veto")}
        onSign={() => void sign()}
        onDrop={() => setDialog("drop")}
      />
      <SheetDialogs
        {...{ rubric, sheet }}
        open={dialog}
        onClose={() => setDialog(null)}
        onAct={(act) => acts.act(durable, act)}
      />
      <DropDialog isOpen={dialog === "drop"} onClose={() => setDialog(null)} onDrop={() => void drop()} />
    </>
  );
}
