// One sheet on the desk: an item open, the rest one line each, and beside it time, total, evidence, saving, veto,
// note and the signature.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Refusal } from "#shared/base";
import { openPauseOf, type Evidence, type EvidenceItem, type Rubric, type Sheet } from "#shared/exam";
import type { CandidateRow, SheetClocks } from "#shared/journal";
import { totalOf } from "#shared/rules";
import { bridge } from "../../bridge/index.ts";
import { useText, wordsIn } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { LiveMessage, useMessages } from "../../ui/index.ts";
import { EvidenceDialog, PictureViewer, useViewing } from "./evidence/index.ts";
import { PauseDialog, usePausing } from "./pausing/index.ts";
import { storeTroubleOf, type SheetActs } from "./sheet-acts.ts";
import { SheetDialogs } from "./SheetDialogs.tsx";
import { SheetItems } from "./SheetItems.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { firstBlank, useOpenItem } from "./use-open-item.ts";
import { useSheetKeys } from "./use-sheet-keys.ts";

export interface OpenSheetProps {
  readonly sheet: Sheet;
  readonly candidate: CandidateRow;
  readonly rubric: Rubric;
  readonly acts: SheetActs;
  /** The open sheets whose time may be stopped from here, and whether those are the whole sitting's. */
  readonly clocks: SheetClocks;
  readonly isLeader: boolean;
  readonly onNeighbour: (by: 1 | -1) => void;
}

export function OpenSheet(props: OpenSheetProps) {
  const { sheet: durable, candidate, rubric, acts, clocks, isLeader, onNeighbour } = props;
  const t = useText();
  const store = useStore();
  const messages = useMessages();
  const state = useSyncExternalStore(acts.subscribe, acts.snapshot);
  const sheet = acts.seen(durable);
  const total = totalOf(rubric, sheet.items, sheet.overtimeMs);
  const [dialog, setDialog] = useState<DeskDialog>(null);
  const [viewing, setViewing] = useViewing();
  const [signing, setSigning] = useState<Refusal | "waiting" | null>(null);
  const signButton = useRef<HTMLButtonElement>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const left = total.items - total.marked;
  const others = clocks.running.filter(({ id }) => id !== durable.id);
  const storeTrouble = storeTroubleOf(state, durable);
  const isSaving = state.saving > 0 || storeTrouble !== null;
  const pausing = usePausing();
  const isPaused = openPauseOf(durable) !== null;
  const canSign = left === 0 && !isSaving && !isPaused;
  const goesToSign = useRef(false);
  const opened = useOpenItem({
    rubric,
    first: firstBlank(rubric, durable),
    seen: () => acts.seen(durable),
    onEnd: () => {
      if (canSign) signButton.current?.focus();
      else goesToSign.current = true;
    },
  });
  useEffect(() => {
    goesToSign.current = false;
  }, [opened.open]);
  // Whoever is quicker than the disk is taken to the signature as soon as it is offered.
  useEffect(() => {
    if (canSign && goesToSign.current) signButton.current?.focus();
    if (canSign) goesToSign.current = false;
  }, [canSign]);

  const askPause = () => {
    pausing.forget();
    setDialog("pause");
  };
  useSheetKeys({
    ...{ rubric, durable, acts, opened, noteField, onNeighbour },
    enabled: dialog === null && viewing === null && signing !== "waiting",
    offers: signing !== "waiting",
    onDialog: setDialog,
    onEvidence: (item) => setDialog({ evidence: item }),
    onPause: () => {
      if (isPaused) void pausing.resume([durable]);
      else askPause();
    },
  });

  const removeEvidence = ({ item, hash }: Evidence) => {
    acts.act(durable, { kind: "evidence", item, hash, on: false });
    messages.announce(t("evidence.removed"));
  };
  // Whoever comes next may be somebody else: pictures do not wait on the screen.
  useEffect(
    () => bridge.on("session.changed", () => setDialog((now) => (isEvidenceDialog(now) ? null : now))),
    [],
  );
  const evidenceItem = isEvidenceDialog(dialog) ? dialog.evidence : undefined;
  const named = rubric.items.find(({ no }) => no === evidenceItem);

  const sign = async () => {
    setSigning("waiting");
    const signed = await bridge.call("sheet.requestSignature", { sheet: durable.id });
    const taken = signed.ok ? await store.catchUp() : signed;
    setSigning(taken.ok ? null : taken.error);
  };

  return (
    <>
      <SheetItems
        {...{ candidate, rubric, durable, acts, state, opened }}
        isKept
        former={null}
        evidence={{ onAdd: (item) => setDialog({ evidence: item }), onView: setViewing }}
      />
      <SidePanel
        key={durable.id}
        sheet={sheet}
        rubric={rubric}
        total={total}
        isWaiting={signing === "waiting"}
        isSaving={isSaving}
        left={left}
        refusal={signing === "waiting" ? null : signing}
        signButton={signButton}
        clocks={clocks}
        pausing={dialog === "pause" ? { ...pausing, refusal: null } : pausing}
        onPause={askPause}
        noteField={noteField}
        onAct={(act) => acts.act(durable, act)}
        onVeto={() => setDialog("veto")}
        onEvidence={() => setDialog({ evidence: null })}
        onSign={() => void sign()}
      />
      <SheetDialogs
        {...{ rubric, sheet }}
        open={dialog}
        onClose={() => setDialog(null)}
        onAct={(act) => acts.act(durable, act)}
      />
      {dialog === "pause" ? (
        <PauseDialog
          others={{ count: others.length, of: isLeader ? "sitting" : "mine" }}
          pausing={pausing}
          onClose={() => {
            pausing.forget();
            setDialog(null);
          }}
          onPause={(reason, withOthers) =>
            void pausing.pause([durable, ...(withOthers ? others : [])], reason).then((isDone) => {
              if (isDone) setDialog(null);
            })
          }
        />
      ) : null}
      {evidenceItem === undefined ? null : (
        <EvidenceDialog
          sheet={sheet}
          acts={acts}
          item={evidenceItem}
          title={named ? `${named.no} ${wordsIn(t, named.text)}` : t("evidence.ofSheet")}
          onClose={() => setDialog(null)}
          onRemove={removeEvidence}
        />
      )}
      {viewing ? (
        <PictureViewer
          sheet={sheet}
          evidence={viewing}
          onClose={() => setViewing(null)}
          onRemove={() => {
            removeEvidence(viewing);
            setViewing(null);
          }}
        />
      ) : null}
      <LiveMessage>{left === 0 ? t("marking.signReady") : ""}</LiveMessage>
    </>
  );
}

type DeskDialog = "veto" | "keys" | "pause" | { readonly evidence: EvidenceItem } | null;

function isEvidenceDialog(dialog: DeskDialog): dialog is Exclude<DeskDialog, string | null> {
  return typeof dialog === "object" && dialog !== null;
}
