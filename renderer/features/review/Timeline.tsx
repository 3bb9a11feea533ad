// The story of one sheet as a film: a step at a time, forwards and backwards, beside the sheet as it stood then. Every picture of it
// is the fold's over the entries up to there.
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Rubric, Sheet } from "#shared/exam";
import {
  flagKey,
  framesOf,
  type Frame,
  type RaisedFlag,
  type SheetTimeline,
  type SittingRow,
} from "#shared/journal";
import {
  flagTitle,
  flagWords,
  formatDuration,
  formatTimeOfAct,
  refusalText,
  type Text,
  useText,
} from "../../i18n/index.ts";
import {
  Button,
  EmptyState,
  Notice,
  OfferedButton,
  Page,
  Panel,
  Pill,
  RowList,
  Select,
  Spinner,
} from "../../ui/index.ts";
import { frameText, itemOf, takenBack } from "./frame-words.ts";
import styles from "./Review.module.css";
import { Scrubber } from "./Scrubber.tsx";
import { useTimeline } from "./use-asked.ts";
import type { Named } from "./use-named.ts";

/** A sheet, read only, with the item that the step before it is about. */
export type AsItStood = (sheet: Sheet, rubric: Rubric, item: number | null) => ReactNode;

export interface TimelineProps {
  readonly asItStood: AsItStood;
  readonly sheet: Sheet;
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly named: Named;
  /** Those about this sheet. */
  readonly flags: readonly RaisedFlag[];
  /** The flag whose entries are marked, by its key. */
  readonly chosen: string | null;
  readonly onChosen: (key: string) => void;
  readonly decisions: ReactNode;
  readonly onBack: () => void;
}

export function Timeline(props: TimelineProps) {
  const { sheet, named, onBack } = props;
  const t = useText();
  const asked = useTimeline(sheet.id);
  return (
    <Page
      title={t("supervision.film.title", { candidate: named.candidate(sheet.candidate) })}
      beside={<Pill>{t("supervision.film.by", { examiner: named.person(sheet.examiner) })}</Pill>}
      width="full"
      actions={
        <OfferedButton onPress={onBack} data-testid="film-back">
          {t("supervision.film.back")}
        </OfferedButton>
      }
      data-testid="review-film-page"
    >
      {asked.state === "reading" ? (
        <p>
          <Spinner /> {t("supervision.film.loading")}
        </p>
      ) : null}
      {asked.state === "refused" ? (
        <Notice
          kind="danger"
          announce="now"
          title={refusalText(t, asked.refusal)}
          actions={<Button onPress={asked.again}>{t("supervision.again")}</Button>}
          data-testid="film-refused"
        />
      ) : null}
      {asked.state === "read" ? <Film {...props} timeline={asked.value} /> : null}
    </Page>
  );
}

function Film(props: TimelineProps & { readonly timeline: SheetTimeline }) {
  const { timeline, sheet, sitting, rubric, named, flags, chosen, onChosen, asItStood, decisions } = props;
  const t = useText();
  const frames = useMemo(() => framesOf(timeline), [timeline]);
  const flag = flags.find((one) => flagKey(sitting.id, one) === chosen) ?? flags[0] ?? null;
  const flagged = frames.flatMap(({ entry }, at) => (flag?.entries.includes(entry.seq) ? [at] : []));
  // A flag leads to its own entries: the first of them is what one came to see.
  const [place, setPlace] = useState(() => flagged[0] ?? frames.length - 1);
  const at = Math.min(place, frames.length - 1);
  const frame = frames[at];
  if (!frame) {
    return (
      <EmptyState title={t("supervision.film.empty")} data-testid="film-empty">
        {t("supervision.film.emptyLead")}
      </EmptyState>
    );
  }
  const words = { rubric, nameOf: named.person, sheet: sheet.id, examiner: sheet.examiner };
  const texts = frames.map((one, n) => frameText(t, one, frames[n - 1]?.sheet ?? null, words));
  return (
    <>
      {sheet.from === null ? null : (
        <Notice kind="info" title={t("supervision.film.elsewhere")} data-testid="film-elsewhere" />
      )}
      <div className={styles.head}>
        <Scrubber
          {...{ at, flagged }}
          count={frames.length}
          revealed={frames.findIndex(({ entry }) => entry.seq === timeline.revealed)}
          valueText={`${placeText(t, at, frames)} ${texts[at] ?? ""}`}
          onPlace={setPlace}
        />
        <p className={styles.step} data-testid="film-step" data-entry={frame.entry.seq}>
          <strong>{texts[at]}</strong>{" "}
          <span className={styles.quiet}>{whenText(t, frame, frames, named)}</span>
        </p>
      </div>
      <div className={styles.film}>
        <div className={styles.acts}>
          {flags.length > 0 ? (
            <Select
              label={t("supervision.film.flag")}
              choices={flags.map((one) => ({
                value: flagKey(sitting.id, one),
                label: flagTitle(t, one.code),
              }))}
              value={flag && flagKey(sitting.id, flag)}
              onChange={(key) => {
                onChosen(key);
                const next = flags.find((one) => flagKey(sitting.id, one) === key);
                const first = frames.findIndex(({ entry }) => next?.entries.includes(entry.seq));
                if (first >= 0) setPlace(first);
              }}
              data-testid="film-flag"
            />
          ) : (
            <p className={styles.quiet}>{t("supervision.film.noFlag")}</p>
          )}
          {flag ? <p className={styles.quiet}>{flagWords(t, flag).says}</p> : null}
          <Acts {...{ frames, texts, at, flagged, timeline }} onPlace={setPlace} />
        </div>
        <Panel
          title={t("supervision.film.stood")}
          aside={t("supervision.film.place", { at: at + 1, of: frames.length })}
        >
          {frame.sheet ? (
            <div data-testid="film-sheet">{asItStood(frame.sheet, rubric, itemOf(frame))}</div>
          ) : (
            <p data-testid="film-no-sheet">{t("supervision.film.notYet")}</p>
          )}
        </Panel>
      </div>
      {decisions}
    </>
  );
}

interface ActsProps {
  readonly frames: readonly Frame[];
  readonly texts: readonly string[];
  readonly at: number;
  readonly flagged: readonly number[];
  readonly timeline: SheetTimeline;
  readonly onPlace: (at: number) => void;
}

/** Every step by name; the one on the screen stays in sight. */
function Acts({ frames, texts, at, flagged, timeline, onPlace }: ActsProps) {
  const t = useText();
  const list = useRef<HTMLDivElement>(null);
  const seq = String(frames[at]?.entry.seq ?? 0);
  useEffect(() => {
    const box = list.current?.querySelector("[role=listbox]");
    const row = box?.querySelector(`[data-key="${seq}"]`);
    if (box && row) bringIntoSight(row, box);
  }, [seq]);
  return (
    <div ref={list} className={styles.list}>
      <RowList
        label={t("supervision.film.acts")}
        rows={frames.map((frame, n) => ({
          id: String(frame.entry.seq),
          name: texts[n] ?? "",
          lead: formatTimeOfAct(frame.entry.at.wall, t.locale),
          note: noteOf(t, frame, timeline),
          trail: flagged.includes(n) ? (
            <Pill kind="attention">
              <span aria-label={t("supervision.film.flagged")} role="img">
                △
              </span>
            </Pill>
          ) : null,
        }))}
        selectedId={seq}
        onSelect={(id) => onPlace(frames.findIndex(({ entry }) => String(entry.seq) === id))}
        data-testid="film-acts"
      />
    </div>
  );
}

/** Moves the list and not the page: the sheet beside it stays where it is. */
function bringIntoSight(row: Element, box: Element): void {
  const [inner, outer] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
  const above = outer.top - inner.top;
  const below = inner.bottom - outer.bottom;
  if (above > 0) box.scrollTop -= above;
  else if (below > 0) box.scrollTop += below;
}

function noteOf(t: Text, frame: Frame, { revealed }: SheetTimeline): string | null {
  const undone = takenBack(frame);
  if (undone !== null) return t("supervision.film.takenBack", { seq: undone });
  return frame.entry.seq === revealed ? t("supervision.film.revealed") : null;
}

function placeText(t: Text, at: number, frames: readonly Frame[]): string {
  return t("supervision.film.place", { at: at + 1, of: frames.length });
}

/** When it was, by the clock on the wall and by the one that nobody sets. */
function whenText(t: Text, { entry }: Frame, frames: readonly Frame[], named: Named): string {
  const first = frames.find(({ sheet }) => sheet !== null)?.entry;
  const isOneBoot = first?.at.boot === entry.at.boot;
  const sinceMs = first ? (isOneBoot ? entry.at.mono - first.at.mono : entry.at.wall - first.at.wall) : -1;
  return [
    formatTimeOfAct(entry.at.wall, t.locale),
    ...(sinceMs >= 0 ? [t("supervision.film.since", { time: formatDuration(sinceMs) })] : []),
    t("supervision.film.entry", { seq: entry.seq }),
    entry.actor === null ? t("supervision.film.system") : named.person(entry.actor),
  ].join(" · ");
}
