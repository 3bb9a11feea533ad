// What will be signed, drawn from main's figures and from nothing else.
import type { ReactNode } from "react";
import { unreachable } from "#shared/base";
import { isLeaving, WORKPLACE_STATES } from "#shared/exam";
import type { ConfirmMatter } from "#shared/ipc";
import { knownOccupations } from "#shared/rules";
import { stampOf } from "#shared/wire";
import { flagName, formatDay, formatTime, inputText, useText } from "../i18n/index.ts";
import { Facts, Figure, Notice, Pill, Stamp } from "../ui/index.ts";
import styles from "./confirm.module.css";

type MatterOf<K extends ConfirmMatter["kind"]> = Extract<ConfirmMatter, { readonly kind: K }>;

export function Matter({ matter }: { readonly matter: ConfirmMatter }) {
  const t = useText();
  switch (matter.kind) {
    case "session":
    case "new-pin":
    case "passphrase":
      return <div className={styles.nothing} />;
    case "recovery-made":
      return (
        <Code
          code={matter.code}
          label={t("confirm.recovery.code")}
          keep={t("confirm.recovery.keep")}
          data-testid="recovery-code"
        />
      );
    case "share-made":
      return (
        <Code
          code={matter.code}
          label={t("confirm.share.code")}
          keep={t("confirm.share.keep")}
          data-testid="share-code"
        />
      );
    case "reset-pin":
      return <ResetPin name={matter.name} />;
    case "add-person":
      return <AddPerson matter={matter} />;
    case "end-person":
      return <EndPerson matter={matter} />;
    case "panel-join":
      return <PanelJoin matter={matter} />;
    case "vouch":
      return <Vouch matter={matter} />;
    case "recovery":
    case "share-code":
      return <div className={styles.nothing} />;
    case "readiness":
      return <ReadinessMatter matter={matter} />;
    case "roster":
      return <Roster matter={matter} />;
    case "sheet":
      return <Sheet matter={matter} />;
    case "amendment":
      return <Amendment matter={matter} />;
    case "review":
      return <Review matter={matter} />;
    case "absence":
      return <Absence matter={matter} />;
    case "incident":
      return <Incident matter={matter} />;
    case "visit":
      return <Visit matter={matter} />;
    case "roster-change":
      return <RosterChange matter={matter} />;
    case "sign-off":
      return <SignOff matter={matter} />;
    case "recheck":
      return <Recheck matter={matter} />;
    case "upholding":
      return <Upholding matter={matter} />;
    case "settlement":
      return <Settlement matter={matter} />;
    case "versions":
      return <Versions matter={matter} />;
    case "batch":
      return <Batch matter={matter} />;
    default:
      return unreachable(matter);
  }
}

function ResetPin({ name }: { readonly name: string }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.reset-pin")}>
      <p className={styles.candidate}>{name}</p>
    </Scrolling>
  );
}

function AddPerson({ matter }: { readonly matter: MatterOf<"add-person"> }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.add-person")}>
      <p className={styles.candidate}>{matter.name}</p>
      <Facts facts={useStated(matter)} />
    </Scrolling>
  );
}

function EndPerson({ matter }: { readonly matter: MatterOf<"end-person"> }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.end-person")}>
      <p className={styles.candidate}>{matter.name}</p>
      <Facts
        facts={[
          { term: t("confirm.person.roles"), value: useRoles()(matter.roles) },
          { term: t("confirm.person.reason"), value: matter.reason },
        ]}
      />
    </Scrolling>
  );
}

function PanelJoin({ matter }: { readonly matter: MatterOf<"panel-join"> }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.panel-join")}>
      <h2 className={styles.what}>{useWords()(matter.rubricTitle)}</h2>
      <Facts facts={useChange(matter)} />
    </Scrolling>
  );
}

function Vouch({ matter }: { readonly matter: MatterOf<"vouch"> }) {
  const t = useText();
  const words = useWords();
  const stated = useStated(matter);
  const change = useChange(matter);
  return (
    <Scrolling label={t("confirm.title.vouch")}>
      <div className={styles.subject}>
        <div>
          <p className={styles.candidate} data-testid="confirm-vouched">
            {matter.name}
          </p>
          <p className={styles.lead}>{words(matter.rubricTitle)}</p>
          {matter.isPermitted ? null : (
            <Pill kind="attention">
              {t(matter.isOfRegister ? "confirm.person.keyNew" : "confirm.person.notOfRegister")}
            </Pill>
          )}
        </div>
        <Stamp {...stampOf(matter.key)} label={t("confirm.person.key")} />
      </div>
      <Facts
        facts={[{ term: t("confirm.person.as"), value: t(`common.role.${matter.as}`) }, ...change, ...stated]}
      />
    </Scrolling>
  );
}

function useRoles(): (roles: MatterOf<"end-person">["roles"]) => string {
  const t = useText();
  return (roles) => roles.map((role) => t(`common.role.${role}`)).join(t.locale === "en" ? ", " : "、");
}

/** Roles and cards, one card a line. */
function useStated({
  roles,
  examiner,
  supervisor,
}: Pick<MatterOf<"vouch">, "roles" | "examiner" | "supervisor">) {
  const t = useText();
  const words = useWords();
  const rolesText = useRoles();
  const named = (code: string) => knownOccupations().find((one) => one.code === code)?.name;
  return [
    { term: t("confirm.person.roles"), value: rolesText(roles) },
    ...examiner.map(({ cardNo, grade, occupation, levels, validTo }) => {
      const name = named(occupation);
      return {
        term: `${t(`confirm.person.grade.${grade}`)} ${cardNo}`,
        value: t("confirm.person.card", {
          occupation: name ? words(name) : occupation,
          levels: levels.join(" "),
          until: formatDay(validTo, t.locale),
        }),
      };
    }),
    ...(supervisor
      ? [
          {
            term: t(`confirm.person.supervisor.${supervisor.kind}`),
            value: t("confirm.person.until", { until: formatDay(supervisor.validTo, t.locale) }),
          },
        ]
      : []),
  ];
}

function useChange({ day, leaves, reason }: Pick<MatterOf<"vouch">, "day" | "leaves" | "reason">) {
  const t = useText();
  return [
    { term: t("confirm.roster.day"), value: formatDay(day, t.locale) },
    { term: t("confirm.person.leaves"), value: leaves },
    { term: t("confirm.person.reason"), value: reason },
  ];
}

/** In groups of four, three to a line: as it is written down. */
function Code(props: {
  readonly code: string;
  readonly label: string;
  readonly keep: string;
  readonly "data-testid": string;
}) {
  const { code, label, keep } = props;
  return (
    <Scrolling label={label}>
      <ol className={styles.code} data-testid={props["data-testid"]} aria-label={label}>
        {code.split(" ").map((group, at) => (
          <li key={at}>{group}</li>
        ))}
      </ol>
      <p className={styles.lead}>{keep}</p>
    </Scrolling>
  );
}

function ReadinessMatter({ matter }: { readonly matter: MatterOf<"readiness"> }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.readiness")}>
      <h2 className={styles.what}>{t(matter.held ? "drill.state.held" : "drill.state.short")}</h2>
      <Facts
        facts={matter.steps.map(({ step, result }) => ({
          term: t(`drill.steps.${step}`),
          value: t(`drill.results.${result}`),
        }))}
      />
    </Scrolling>
  );
}

function Roster({ matter }: { readonly matter: MatterOf<"roster"> }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.roster")}>
      <h2 className={styles.what}>{useWords()(matter.rubricTitle)}</h2>
      <Facts
        facts={[
          { term: t("confirm.roster.day"), value: formatDay(matter.day, t.locale) },
          { term: t("confirm.roster.file"), value: matter.fileName },
          {
            term: t("confirm.roster.candidates"),
            value: t("confirm.roster.candidatesValue", { count: matter.candidates }),
          },
          {
            term: t("confirm.roster.refused"),
            value: t("confirm.roster.refusedValue", { count: matter.refused }),
          },
          {
            term: t("confirm.roster.panel"),
            value: (
              <span className={styles.panel}>
                {matter.panel.map((member) => (
                  <span key={`${member.name} ${member.leader}`}>
                    {member.name}
                    {member.leader ? <Pill>{t("confirm.roster.leader")}</Pill> : null}
                  </span>
                ))}
              </span>
            ),
          },
          ...(matter.mitigation === null
            ? []
            : [{ term: t("confirm.roster.mitigation"), value: matter.mitigation }]),
        ]}
      />
    </Scrolling>
  );
}

function Sheet({ matter }: { readonly matter: MatterOf<"sheet"> }) {
  const t = useText();
  const words = useWords();
  return (
    <>
      <div className={styles.subject}>
        <div>
          <p className={styles.candidate}>{matter.candidate}</p>
          <p className={styles.lead}>
            {t("confirm.sheet.ticket", { no: matter.ticketNo })} · {words(matter.rubricTitle)}
          </p>
          {matter.illustrative ? <Pill kind="attention">{t("confirm.sheet.illustrative")}</Pill> : null}
        </div>
        <Figure label={t("confirm.sheet.total")} value={matter.total} data-testid="confirm-total" />
      </div>
      <Scrolling label={t("confirm.sheet.items")}>
        {matter.vetoes.map((veto) => (
          <p key={veto.code} className={styles.veto}>
            <strong>
              {t("confirm.sheet.veto")} {veto.code}
            </strong>{" "}
            {words(veto.text)} · {t(`confirm.sheet.${veto.effect}`)}
          </p>
        ))}
        <ol className={styles.items}>
          {matter.items.map((item) => (
            <li key={item.no}>
              <span className={styles.itemNo}>{item.no}</span>
              <span className={styles.itemText}>{words(item.text)}</span>
              <span className={styles.itemMark}>
                <strong>{item.mark}</strong> / {item.max}
              </span>
            </li>
          ))}
          {matter.overtime ? (
            <li className={styles.overtime}>
              <span className={styles.itemNo} />
              <span className={styles.itemText}>
                {t("confirm.sheet.overtime", { count: matter.overtime.minutes })}
              </span>
              <span className={styles.itemMark}>
                <strong>{t("confirm.sheet.overtimeValue", { deducted: matter.overtime.deducted })}</strong>
              </span>
            </li>
          ) : null}
        </ol>
        {matter.vetoes.length === 0 ? <p className={styles.lead}>{t("confirm.sheet.noVeto")}</p> : null}
        {matter.pictures > 0 ? (
          <p className={styles.lead} data-testid="confirm-pictures">
            {t("confirm.sheet.pictures", { count: matter.pictures })}
          </p>
        ) : null}
        {matter.typedBy ? (
          <p className={styles.lead} data-testid="confirm-typed-by">
            {t("confirm.sheet.typedBy", { first: matter.typedBy[0], second: matter.typedBy[1] })}
          </p>
        ) : null}
        {matter.note === "" ? null : (
          <figure className={styles.note} data-testid="confirm-note">
            <figcaption className={styles.lead}>{t("confirm.sheet.note")}</figcaption>
            <blockquote>{matter.note}</blockquote>
          </figure>
        )}
      </Scrolling>
    </>
  );
}

function Amendment({ matter }: { readonly matter: MatterOf<"amendment"> }) {
  const t = useText();
  const words = useWords();
  const { overtimeMinutes, vetoes, note } = matter;
  const listed = (codes: readonly string[]) => codes.join(" ") || t("confirm.amendment.none");
  return (
    <>
      <div className={styles.subject}>
        <div>
          <p className={styles.candidate}>{matter.candidate}</p>
          <p className={styles.lead}>
            {t("confirm.sheet.ticket", { no: matter.ticketNo })} · {words(matter.rubricTitle)}
          </p>
          <Pill kind="action">{t(`confirm.amendment.as.${matter.as}`)}</Pill>
        </div>
        <Figure
          label={t("confirm.amendment.totals")}
          value={matter.totals[1]}
          of={<del>{matter.totals[0]}</del>}
          data-testid="confirm-total"
        />
      </div>
      <Scrolling label={t("confirm.amendment.changes")}>
        <ol className={styles.changes} data-testid="confirm-changes">
          {matter.items.map(({ item, inputs, marks }) => (
            <Change
              key={item.no}
              no={String(item.no)}
              name={words(item.text)}
              from={inputText(t, item, inputs[0], matter.step)}
              to={inputText(t, item, inputs[1], matter.step)}
              marks={marks}
            />
          ))}
          {overtimeMinutes ? (
            <Change
              name={t("confirm.amendment.overtime")}
              from={String(overtimeMinutes[0])}
              to={String(overtimeMinutes[1])}
            />
          ) : null}
          {vetoes ? (
            <Change name={t("confirm.amendment.vetoes")} from={listed(vetoes[0])} to={listed(vetoes[1])} />
          ) : null}
          {note ? (
            <Change
              name={t("confirm.amendment.note")}
              from={note[0] || t("confirm.amendment.none")}
              to={note[1] || t("confirm.amendment.none")}
            />
          ) : null}
        </ol>
        {matter.unchanged > 0 ? (
          <p className={styles.lead}>{t("confirm.amendment.unchanged", { count: matter.unchanged })}</p>
        ) : null}
        <Facts
          facts={[
            { term: t("confirm.amendment.reason"), value: t(`amending.reasons.${matter.reason}`) },
            { term: t("confirm.amendment.text"), value: matter.text },
            { term: t("confirm.amendment.author"), value: matter.author },
            { term: t("confirm.amendment.approver"), value: matter.approver },
          ]}
        />
      </Scrolling>
    </>
  );
}

/** What is looked at, what is decided, what stood until now, and who signs. */
function Review({ matter }: { readonly matter: MatterOf<"review"> }) {
  const t = useText();
  const words = useWords();
  const { about, sheets, more, absent, decision, replaced, flags, reason, question, second } = matter;
  return (
    <Scrolling label={t("confirm.title.review")}>
      <p className={styles.candidate}>{about?.candidate ?? t("confirm.review.sitting")}</p>
      <p className={styles.lead}>
        {about ? `${t("confirm.sheet.ticket", { no: about.ticketNo })} · ` : ""}
        {words(matter.rubricTitle)} · {matter.day}
      </p>
      <p className={styles.signs} data-testid="confirm-decision" data-decision={decision}>
        <Pill kind="action">{t(`confirm.review.as.${matter.as}`)}</Pill>
        <strong>{t(`review.decision.kind.${decision}`)}</strong>
      </p>
      {replaced ? (
        <p className={styles.lead} data-testid="confirm-replaced">
          {t("confirm.review.replaces", { decision: t(`review.decision.kind.${replaced}`) })}
        </p>
      ) : null}
      <ul className={styles.changes} data-testid="confirm-sheets">
        {sheets.map(({ examiner, total, vetoes, amended }, at) => (
          <li key={`${String(at)} ${examiner}`}>
            <span className={styles.itemText}>
              {examiner}
              {amended ? ` · ${t("confirm.versions.amended")}` : null}
              {vetoes.length > 0 ? ` · ${t("confirm.settlement.vetoes", { codes: vetoes.join(" ") })}` : null}
            </span>
            <span className={styles.itemMark}>
              <strong>{total}</strong>
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className={styles.lead}>{t("confirm.review.more", { count: more })}</p> : null}
      <Facts
        facts={[
          ...(absent > 0 ? [{ term: t("confirm.review.absent"), value: String(absent) }] : []),
          { term: t("confirm.review.reason"), value: reason },
          ...(question === null ? [] : [{ term: t("confirm.review.question"), value: question }]),
          {
            term: t("confirm.review.flags"),
            value: flags.map((code) => flagName(t, code)).join(" · ") || t("confirm.amendment.none"),
          },
          { term: t("confirm.review.person"), value: matter.person },
          ...(second === null ? [] : [{ term: t("confirm.review.second"), value: second }]),
        ]}
      />
    </Scrolling>
  );
}

/** Old above new, the old one struck through once as on paper (R46). */
function Change(props: {
  readonly no?: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly marks?: readonly [string, string];
}) {
  const { no, name, from, to, marks } = props;
  const t = useText();
  return (
    <li>
      <span className={styles.itemNo}>{no}</span>
      <span className={styles.itemText}>
        {name}
        <span className={styles.fromTo}>
          <span>{t("confirm.amendment.from")}</span> <del>{from}</del>
        </span>
        <span className={styles.fromTo}>
          <span>{t("confirm.amendment.to")}</span> <strong>{to}</strong>
        </span>
      </span>
      {marks ? (
        <span className={styles.itemMark}>
          <del>{marks[0]}</del> <strong>{marks[1]}</strong>
        </span>
      ) : null}
    </li>
  );
}

function Absence({ matter }: { readonly matter: MatterOf<"absence"> }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.absence")}>
      <p className={styles.candidate}>{matter.candidate}</p>
      <Facts
        facts={[
          { term: t("confirm.absence.ticket"), value: matter.ticketNo },
          { term: t("confirm.absence.state"), value: t("confirm.absence.absent") },
        ]}
      />
    </Scrolling>
  );
}

function RosterChange({ matter }: { readonly matter: MatterOf<"roster-change"> }) {
  const t = useText();
  const sheets = (count: number) =>
    t(isLeaving(matter.change) ? "confirm.change.kept" : "confirm.change.stands", { count });
  return (
    <Scrolling label={t("confirm.title.roster-change")}>
      <p className={styles.candidate} data-testid="confirm-change">
        {t(`room.change.${matter.change}`)}
      </p>
      <p className={styles.lead}>
        {useWords()(matter.rubricTitle)} · {formatDay(matter.day, t.locale)}
      </p>
      <p>
        <Pill kind="action">{t(`confirm.change.as.${matter.as}`)}</Pill>
      </p>
      <ol className={styles.items} aria-label={t("confirm.change.candidates")}>
        {matter.candidates.map(({ no, candidate, ticketNo, from, to }) => (
          <li key={no}>
            <span className={styles.itemNo}>{no}</span>
            <span className={styles.itemText}>
              {candidate} · {t("confirm.sheet.ticket", { no: ticketNo })}
            </span>
            <span className={styles.itemMark}>
              {to === null ? t("confirm.change.rotation", { from }) : t("confirm.change.moves", { from, to })}
            </span>
          </li>
        ))}
      </ol>
      <Facts
        facts={[
          { term: t("confirm.change.reason"), value: matter.reason },
          ...(matter.begun > 0 ? [{ term: t("confirm.change.begun"), value: sheets(matter.begun) }] : []),
          ...(matter.signed > 0 ? [{ term: t("confirm.change.signed"), value: sheets(matter.signed) }] : []),
          { term: t("confirm.change.leader"), value: matter.leader },
          { term: t("confirm.change.confirmer"), value: matter.confirmer },
        ]}
      />
    </Scrolling>
  );
}

function Incident({ matter }: { readonly matter: MatterOf<"incident"> }) {
  const t = useText();
  const whom = [
    ...matter.candidates.map(({ candidate, no }) => `${String(no)} ${candidate}`),
    ...matter.staff,
  ];
  return (
    <Scrolling label={t("confirm.title.incident")}>
      <p className={styles.candidate} data-testid="confirm-incident">
        {t(`room.incident.kind.${matter.report}`)} {matter.tier}
      </p>
      <p className={styles.lead}>
        {useWords()(matter.rubricTitle)} · {formatDay(matter.day, t.locale)}
      </p>
      <Facts
        facts={[
          { term: t("room.at"), value: formatTime(matter.happenedAt, t.locale) },
          {
            term: t("room.incidents.whom"),
            value: whom.length > 0 ? whom.join(" · ") : t("room.incidents.nobody"),
          },
          { term: t("room.incident.what"), value: matter.what },
          { term: t("room.incident.done"), value: matter.done },
        ]}
      />
    </Scrolling>
  );
}

/** The room as main counted it, then every answer: what was not right first in the eye, by its pill. */
function Visit({ matter }: { readonly matter: MatterOf<"visit"> }) {
  const t = useText();
  const words = useWords();
  const { room, panel, answers, problems, suggestions } = matter;
  const listed = (names: readonly string[]) => names.join(t.locale === "en" ? ", " : "、");
  return (
    <Scrolling label={t("confirm.title.visit")}>
      <h2 className={styles.what}>{words(matter.rubricTitle)}</h2>
      <p className={styles.lead}>{formatDay(matter.day, t.locale)}</p>
      <div data-testid="confirm-room">
        <Facts
          facts={[
            {
              term: t("visit.panel.title"),
              value: listed(
                panel.map(({ name, leader }) => (leader ? `${name} (${t("visit.panel.leader")})` : name)),
              ),
            },
            { term: t("visit.room.registered"), value: String(room.registered) },
            ...WORKPLACE_STATES.map((state) => ({
              term: t(`visit.state.${state}`),
              value: String(room[state]),
            })),
            { term: t("visit.room.paused"), value: String(room.paused) },
            { term: t("visit.room.sheets"), value: t("visit.room.sheetsValue", { ...room.sheets }) },
            { term: t("visit.room.incidents"), value: String(room.incidents) },
            { term: t("visit.room.openCalls"), value: String(room.openCalls) },
          ]}
        />
      </div>
      <ol className={styles.items} aria-label={t("visit.checklist.title")} data-testid="confirm-answers">
        {answers.map(({ text, answer, words: said }, at) => (
          <li key={text.zh}>
            <span className={styles.itemNo}>{at + 1}</span>
            <span className={styles.itemText}>
              {words(text)}
              {said === "" ? null : <span className={styles.fromTo}>{said}</span>}
            </span>
            <span className={styles.itemMark}>
              <Pill kind={answer === "no" ? "attention" : "neutral"}>{t(`visit.checklist.${answer}`)}</Pill>
            </span>
          </li>
        ))}
      </ol>
      <Facts
        facts={[
          ...(problems === "" ? [] : [{ term: t("confirm.visit.problems"), value: problems }]),
          ...(suggestions === "" ? [] : [{ term: t("confirm.visit.suggestions"), value: suggestions }]),
        ]}
      />
    </Scrolling>
  );
}

function SignOff({ matter }: { readonly matter: MatterOf<"sign-off"> }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.sign-off")}>
      <h2 className={styles.what}>{useWords()(matter.rubricTitle)}</h2>
      <Facts
        facts={[
          { term: t("confirm.signOff.as"), value: t(`confirm.signOff.role.${matter.as}`) },
          { term: t("confirm.signOff.day"), value: formatDay(matter.day, t.locale) },
          {
            term: t("confirm.signOff.sheets"),
            value: t("confirm.signOff.sheetsValue", { count: matter.sheets }),
          },
        ]}
      />
      <ol className={styles.items}>
        {matter.candidates.map(({ no, name, mark, outcome }) => (
          <li key={no}>
            <span className={styles.itemNo}>{no}</span>
            <span className={styles.itemText}>{name}</span>
            <span className={styles.itemMark}>
              <strong>{mark}</strong> {t(`confirm.outcome.${outcome}`)}
            </span>
          </li>
        ))}
      </ol>
    </Scrolling>
  );
}

function Recheck({ matter }: { readonly matter: MatterOf<"recheck"> }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.recheck")}>
      <p className={styles.candidate}>{matter.candidate}</p>
      <Facts
        facts={[
          { term: t("confirm.absence.ticket"), value: matter.ticketNo },
          { term: t("confirm.recheck.result"), value: t(`confirm.recheck.${matter.finding}`) },
          { term: t("confirm.recheck.mark"), value: matter.mark },
          { term: t("confirm.recheck.outcome"), value: t(`confirm.outcome.${matter.outcome}`) },
        ]}
      />
    </Scrolling>
  );
}

/** One's own sheet beside what the others come to, and the words that are signed. */
function Upholding({ matter }: { readonly matter: MatterOf<"upholding"> }) {
  const t = useText();
  const words = useWords();
  const { total, vetoes, others, spread, allowed } = matter;
  return (
    <Scrolling label={t("confirm.title.upholding")}>
      <p className={styles.candidate}>{matter.candidate}</p>
      <p className={styles.lead}>
        {t("confirm.sheet.ticket", { no: matter.ticketNo })} · {words(matter.rubricTitle)}
      </p>
      <Facts
        facts={[
          {
            term: t("confirm.upholding.total"),
            value:
              vetoes.length > 0
                ? `${total} · ${t("confirm.settlement.vetoes", { codes: vetoes.join(" ") })}`
                : total,
          },
          { term: t("confirm.upholding.others"), value: others.join(" · ") },
          {
            term: t("confirm.settlement.spread"),
            value: t("confirm.settlement.of", { spread, allowed }),
          },
        ]}
      />
      <Notice kind="info" announce="never" title={t("confirm.upholding.reason")} safe={matter.reason} />
    </Scrolling>
  );
}

function Settlement({ matter }: { readonly matter: MatterOf<"settlement"> }) {
  const t = useText();
  const words = useWords();
  return (
    <Scrolling label={t("confirm.title.settlement")}>
      <p className={styles.candidate}>{matter.candidate}</p>
      <p className={styles.lead}>{words(matter.rubricTitle)}</p>
      <Facts
        facts={[
          {
            term: t("confirm.settlement.mark"),
            value: `${matter.mark} ${t(`confirm.outcome.${matter.outcome}`)}`,
          },
          {
            term: t("confirm.settlement.spread"),
            value: t("confirm.settlement.of", { spread: matter.spread, allowed: matter.allowed }),
          },
        ]}
      />
      <ol className={styles.items}>
        {matter.sheets.map(({ examiner, total, vetoes, reason, ended }) => (
          <li key={examiner}>
            <span className={styles.itemNo} />
            <span className={styles.itemText}>
              {examiner}
              {reason === "" ? null : ` · ${reason}`}
              {ended ? ` · ${t("confirm.settlement.ended")}` : null}
              {vetoes.length > 0 ? ` · ${t("confirm.settlement.vetoes", { codes: vetoes.join(" ") })}` : null}
            </span>
            <span className={styles.itemMark}>
              <strong>{total}</strong>
            </span>
          </li>
        ))}
      </ol>
      {matter.items.length > 0 ? <p className={styles.lead}>{t("confirm.settlement.wide")}</p> : null}
      <ol className={styles.items}>
        {matter.items.map(({ no, text, marks }) => (
          <li key={no}>
            <span className={styles.itemNo}>{no}</span>
            <span className={styles.itemText}>{words(text)}</span>
            <span className={styles.itemMark}>{marks.join(" · ")}</span>
          </li>
        ))}
      </ol>
      <Notice kind="info" announce="never" title={t("confirm.settlement.reason")} safe={matter.reason} />
    </Scrolling>
  );
}

function Versions({ matter }: { readonly matter: MatterOf<"versions"> }) {
  const t = useText();
  return (
    <Scrolling label={t("confirm.title.versions")}>
      <p className={styles.candidate}>{matter.candidate}</p>
      <p className={styles.lead}>{t("confirm.versions.examiner", { name: matter.examiner })}</p>
      <ol className={styles.items}>
        {matter.versions.map(({ stamp, total, here, chosen, amended }) => (
          <li key={stamp}>
            <span className={styles.itemNo} />
            <span className={styles.itemText}>
              {stamp} · {t(here ? "confirm.versions.here" : "confirm.versions.elsewhere")}
              {amended ? ` · ${t("confirm.versions.amended")}` : null}{" "}
              {chosen ? <Pill kind="action">{t("confirm.versions.chosen")}</Pill> : null}
            </span>
            <span className={styles.itemMark}>
              <strong>{total}</strong>
            </span>
          </li>
        ))}
      </ol>
      <Notice kind="info" announce="never" title={t("confirm.versions.reason")} safe={matter.reason} />
    </Scrolling>
  );
}

function Batch({ matter }: { readonly matter: MatterOf<"batch"> }) {
  const t = useText();
  const words = useWords();
  const stamp = stampOf(matter.head);
  return (
    <Scrolling label={t("confirm.title.batch")}>
      <div className={styles.subject}>
        <div>
          <h2 className={styles.what}>{words(matter.rubricTitle)}</h2>
          <p className={styles.lead}>
            {t("confirm.batch.registry")} · {words(matter.registry)}
          </p>
        </div>
        <Stamp {...stamp} label={t("confirm.batch.head")} />
      </div>
      <Facts
        kind="figures"
        facts={[
          {
            term: t("confirm.batch.sheets"),
            value: t("confirm.batch.sheetsValue", { count: matter.sheets }),
          },
          {
            term: t("confirm.batch.absent"),
            value: t("confirm.batch.absentValue", { count: matter.absent }),
          },
          {
            term: t("confirm.batch.missing"),
            value: t("confirm.batch.missingValue", { count: matter.missing }),
          },
          ...(matter.reviews > 0
            ? [
                {
                  term: t("confirm.batch.reviews"),
                  value: t("confirm.batch.reviewsValue", { count: matter.reviews }),
                },
              ]
            : []),
          ...(matter.settlements > 0
            ? [
                {
                  term: t("confirm.batch.settlements"),
                  value: t("confirm.batch.deltasValue", { count: matter.settlements }),
                },
              ]
            : []),
          ...(matter.amendments > 0
            ? [
                {
                  term: t("confirm.batch.amendments"),
                  value: t("confirm.batch.amendmentsValue", { count: matter.amendments }),
                },
              ]
            : []),
          ...(matter.incidents > 0
            ? [
                {
                  term: t("room.incidents.title"),
                  value: t("confirm.batch.deltasValue", { count: matter.incidents }),
                },
              ]
            : []),
          ...(matter.visits > 0
            ? [
                {
                  term: t("visit.open"),
                  value: t("confirm.batch.deltasValue", { count: matter.visits }),
                },
              ]
            : []),
          ...(matter.deltas > 0
            ? [
                {
                  term: t("confirm.batch.deltas"),
                  value: t("confirm.batch.deltasValue", { count: matter.deltas }),
                },
              ]
            : []),
          {
            term: t("confirm.batch.pictures"),
            value: t("confirm.batch.picturesValue", { count: matter.pictures }),
          },
        ]}
      />
      {matter.covers.length > 1 ? (
        <Facts
          facts={matter.covers.map(
            ({ rubricTitle, day, sheets, absent, amendments, reviews, settlements }) => ({
              term: `${words(rubricTitle)} · ${formatDay(day, t.locale)}`,
              value: [
                t("confirm.batch.sheetsValue", { count: sheets }),
                t("confirm.batch.absentValue", { count: absent }),
                ...(amendments > 0 ? [t("closing.contentsOf.amendments", { count: amendments })] : []),
                ...(reviews > 0 ? [t("closing.contentsOf.reviews", { count: reviews })] : []),
                ...(settlements > 0 ? [t("closing.contentsOf.settlements", { count: settlements })] : []),
              ].join(" · "),
            }),
          )}
        />
      ) : null}
      {matter.picturesLost > 0 ? (
        <Notice
          kind="attention"
          announce="never"
          title={t("confirm.batch.picturesLost", { count: matter.picturesLost })}
          safe={t("confirm.batch.picturesLostLead")}
          data-testid="confirm-pictures-lost"
        />
      ) : null}
      {matter.missing > 0 ? (
        <Notice
          kind="attention"
          announce="never"
          title={t("confirm.batch.explanation")}
          safe={matter.explanation}
        />
      ) : null}
    </Scrolling>
  );
}

function Scrolling({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  // What scrolls can be reached by keyboard.
  return (
    <section className={styles.matter} aria-label={label} tabIndex={0} data-testid="confirm-matter">
      {children}
    </section>
  );
}

/** A text of a form, in the language of the window. */
function useWords(): (words: { readonly zh: string; readonly en: string }) => string {
  const { locale } = useText();
  return (words) => (locale === "en" ? words.en : words.zh);
}
