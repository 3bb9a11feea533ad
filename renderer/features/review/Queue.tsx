// The flags of a sitting in the order in which they are to be looked at: what nobody has decided about first, and each part as main
// answers it, facts before what is weighed, then by how unlikely it is without fault. One of them at a time explains itself.
import { useState, type ReactNode } from "react";
import type { SheetId } from "#shared/base";
import { FLAG_STANDINGS, isSigned } from "#shared/exam";
import type { Moment, OutputOf, WindowChannels } from "#shared/ipc";
import { flagKey, type RaisedFlag, type SittingRow } from "#shared/journal";
import { flagTitle, flagWords, formatTimeOfAct, useText, type Text } from "../../i18n/index.ts";
import { EmptyState, Notice, OfferedButton, Panel, Pill, RowList, Select, Stack } from "../../ui/index.ts";
import styles from "./Review.module.css";
import type { Named } from "./use-named.ts";

type Answer = OutputOf<WindowChannels["supervision.flags"]>;
type Flag = Answer["flags"][number];

export interface QueueProps {
  readonly sitting: SittingRow;
  readonly named: Named;
  readonly flags: readonly Flag[];
  readonly withheld: number;
  readonly notAsked: Answer["notAsked"];
  readonly isReadOnly: boolean;
  /** By its key. */
  readonly chosen: string | null;
  readonly onChosen: (key: string) => void;
  readonly onSheet: (sheet: SheetId) => void;
  /** Under the flag that explains itself. */
  readonly decisions: (flag: RaisedFlag) => ReactNode;
}

const ALL = "all";
const NOBODY = "nobody";

export function Queue(props: QueueProps) {
  const { sitting, named, withheld, notAsked, isReadOnly, chosen, onChosen, onSheet, decisions } = props;
  const t = useText();
  const flags = FLAG_STANDINGS.flatMap((one) => props.flags.filter(({ standing }) => standing === one));
  const [standing, setStanding] = useState<string>(ALL);
  const [code, setCode] = useState<string>(ALL);
  const [person, setPerson] = useState<string>(ALL);
  const keyOf = (flag: Flag) => flagKey(sitting.id, flag);
  const codes = [...new Set(flags.map((flag) => flag.code))];
  const people = [...new Set(flags.map((flag) => flag.person ?? NOBODY))];
  const listed = flags.filter(
    (flag) =>
      (standing === ALL || flag.standing === standing) &&
      (code === ALL || flag.code === code) &&
      (person === ALL || (flag.person ?? NOBODY) === person),
  );
  // What was first when the desk was opened stays in sight when another flag comes before it.
  const [firstKey] = useState(() => (flags[0] ? keyOf(flags[0]) : null));
  const shown = listed.find((flag) => keyOf(flag) === (chosen ?? firstKey)) ?? listed[0];
  return (
    <>
      <p className={styles.quiet}>
        {t("supervision.note")} {isReadOnly ? t("supervision.readOnly") : null}
      </p>
      {named.elsewhere > 0 ? (
        <Notice
          kind="info"
          announce="never"
          title={t("supervision.elsewhere", { count: named.elsewhere })}
          data-testid="review-elsewhere"
        />
      ) : null}
      {notAsked.length > 0 ? (
        <Notice kind="info" announce="never" title={t("supervision.notAsked")} data-testid="review-not-asked">
          {t("supervision.notAskedOf", {
            flags: notAsked
              .map(({ code, sheets }) =>
                t("supervision.notAskedFlag", { title: flagTitle(t, code), count: sheets }),
              )
              .join(t.locale === "en" ? ", " : "、"),
          })}
        </Notice>
      ) : null}
      {withheld > 0 ? (
        <Notice
          kind="info"
          title={t("supervision.withheld", { count: withheld })}
          data-testid="review-withheld"
        />
      ) : null}
      <div className={styles.filters}>
        <Select
          label={t("supervision.filterStanding")}
          choices={[
            { value: ALL, label: t("supervision.standingOf.all", { count: flags.length }) },
            ...FLAG_STANDINGS.map((value) => ({
              value,
              label: t(`supervision.standingOf.${value}`, {
                count: flags.filter((flag) => flag.standing === value).length,
              }),
            })),
          ]}
          value={standing}
          onChange={setStanding}
          data-testid="review-standing"
        />
        <Select
          label={t("supervision.filterCode")}
          choices={[
            { value: ALL, label: t("supervision.all") },
            ...codes.map((value) => ({ value, label: flagTitle(t, value) })),
          ]}
          value={code}
          onChange={setCode}
          data-testid="review-code"
        />
        <Select
          label={t("supervision.filterPerson")}
          choices={[
            { value: ALL, label: t("supervision.everybody") },
            ...people.map((value) => ({
              value,
              label: value === NOBODY ? t("supervision.nobody") : named.person(value),
            })),
          ]}
          value={person}
          onChange={setPerson}
          data-testid="review-person"
        />
        <Select
          label={t("supervision.anySheet")}
          placeholder={t("supervision.anySheetChoose")}
          choices={named.open.map((sheet) => ({ value: sheet.id, label: sheetName(t, sheet.id, named) }))}
          value={null}
          onChange={(id) => onSheet(id)}
          data-testid="review-any-sheet"
        />
      </div>
      {flags.length === 0 && withheld > 0 ? null : flags.length === 0 ? (
        <EmptyState title={t("supervision.none")} data-testid="review-none">
          {t("supervision.noneLead")}
        </EmptyState>
      ) : shown ? (
        <div className={styles.desk}>
          <div className={styles.list}>
            <RowList
              label={t("supervision.queue")}
              rows={listed.map((flag, at) => ({
                id: keyOf(flag),
                name: flagTitle(t, flag.code),
                lead: String(at + 1),
                note: aboutText(t, flag, named),
                trail: <FlagPill flag={flag} />,
              }))}
              selectedId={keyOf(shown)}
              onSelect={onChosen}
              data-testid="review-queue"
            />
          </div>
          <FlagCard
            key={keyOf(shown)}
            flag={shown}
            named={named}
            onSheet={(id) => {
              onChosen(keyOf(shown));
              onSheet(id);
            }}
            decisions={decisions(shown)}
          />
        </div>
      ) : (
        <EmptyState title={t("supervision.noneChosen")} data-testid="review-none-chosen">
          {t("supervision.noneChosenLead")}
        </EmptyState>
      )}
    </>
  );
}

/** What was decided tells more than how it was found. */
function FlagPill({ flag: { chance, standing, decision } }: { readonly flag: Flag }) {
  const t = useText();
  if (standing === "asked") return <Pill kind="action">{t("supervision.asked")}</Pill>;
  if (standing === "decided" && decision !== null)
    return <Pill kind="done">{t(`review.decision.kind.${decision}`)}</Pill>;
  return (
    <Pill kind={chance === 0 ? "attention" : "neutral"}>
      {t(chance === 0 ? "supervision.fact" : "supervision.weighed")}
    </Pill>
  );
}

interface FlagCardProps {
  readonly flag: Flag;
  readonly named: Named;
  readonly onSheet: (sheet: SheetId) => void;
  readonly decisions: ReactNode;
}

function FlagCard({ flag, named, onSheet, decisions }: FlagCardProps) {
  const t = useText();
  const words = flagWords(t, flag);
  return (
    <div className={styles.card} data-testid="review-flag" data-code={flag.code}>
      <Panel
        kind="open"
        title={words.title}
        aside={flag.rule === null ? null : t("supervision.rule", { rule: flag.rule })}
      >
        <p className={styles.says} data-testid="review-says">
          {words.says}
        </p>
        <dl className={styles.explained}>
          <dt>{t("supervision.filterPerson")}</dt>
          <dd>{aboutText(t, flag, named)}</dd>
          <dt>{t("supervision.sure")}</dt>
          <dd data-testid="review-sure">{words.sure}</dd>
          <dt>{t("supervision.clears")}</dt>
          <dd>{words.clears}</dd>
          <dt>{t("supervision.shows")}</dt>
          <dd>{t("supervision.showsAt", { what: words.shows, entries: entriesText(t, flag.entries) })}</dd>
        </dl>
        {flag.moments.length > 0 ? <Moments moments={flag.moments} named={named} /> : null}
        {flag.sheets.length > 0 ? (
          <Stack gap={2}>
            <h3 className={styles.heading}>{t("supervision.sheets")}</h3>
            <ul className={styles.sheets} data-testid="review-sheets">
              {flag.sheets.map((id) => (
                <li key={id}>
                  <SheetWay id={id} named={named} onSheet={onSheet} />
                </li>
              ))}
            </ul>
          </Stack>
        ) : null}
      </Panel>
      {decisions}
    </div>
  );
}

function SheetWay(props: {
  readonly id: SheetId;
  readonly named: Named;
  readonly onSheet: (sheet: SheetId) => void;
}) {
  const { id, named, onSheet } = props;
  const t = useText();
  const sheet = named.sheet(id);
  if (!sheet) return null;
  const of = { candidate: named.candidate(sheet.candidate), examiner: named.person(sheet.examiner) };
  if (!isSigned(sheet)) return <p className={styles.quiet}>{t("supervision.unsigned", of)}</p>;
  return (
    <OfferedButton onPress={() => onSheet(id)} data-testid="review-film">
      {t("supervision.watch", of)}
    </OfferedButton>
  );
}

function Moments({ moments, named }: { readonly moments: readonly Moment[]; readonly named: Named }) {
  const t = useText();
  return (
    <Stack gap={2}>
      <h3 className={styles.heading}>{t("supervision.moments")}</h3>
      <ul className={styles.sheets} data-testid="review-moments">
        {moments.map(({ seq, at, actor, kind }) => (
          <li key={seq}>
            {t("supervision.moment", { seq, when: formatTimeOfAct(at.wall, t.locale) })}{" "}
            {t.maybe(`supervision.kind.${kind}`) ?? kind} {actor === null ? "" : named.person(actor)}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function aboutText(t: Text, { person, candidates }: Flag, named: Named): string {
  const [first, ...others] = candidates;
  const whom =
    first === undefined
      ? t("supervision.sitting")
      : others.length === 0
        ? named.candidate(first)
        : t("supervision.counted", { count: candidates.length });
  return person === null ? whom : `${named.person(person)} · ${whom}`;
}

export function sheetName(t: Text, id: SheetId, named: Named): string {
  const sheet = named.sheet(id);
  if (!sheet) return id;
  return t("supervision.ofSheet", {
    candidate: named.candidate(sheet.candidate),
    examiner: named.person(sheet.examiner),
  });
}

const NAMED_AT_MOST = 8;

/** The first few by number: the film marks them all. */
function entriesText(t: Text, entries: readonly number[]): string {
  const first = entries.slice(0, NAMED_AT_MOST).join(t.locale === "en" ? ", " : "、");
  return entries.length > NAMED_AT_MOST
    ? t("supervision.more", { entries: first, count: entries.length })
    : first;
}
