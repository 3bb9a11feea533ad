// 考场情况记录单: what happened in the room, line by line with its record's stamp, room to write by hand, and where people sign.
import type { Words } from "#shared/exam";
import type {
  PrintedCall,
  PrintedChange,
  PrintedIncident,
  PrintedMismatch,
  PrintedSubstitution,
  RoomForm,
} from "#shared/journal";
import { stampOf } from "#shared/wire";
import { facts, formOf, formTop, panelNames, signatureLine } from "./form-parts.ts";
import { html, type Markup } from "./markup.ts";
import { changeWords, incidentWords, levelWords, moment, words, type Say } from "./words.ts";

/** Half a page at the least: what nobody typed is written here. */
const LINES_BY_HAND = 8;

export function roomSheet(form: RoomForm, say: Say): Markup {
  const { counts } = form;
  const top = html`${formTop(form, words.roomRecord, say, null)}
  ${facts(
    [
      [words.task, say(form.rubric.title)],
      [words.paperCode, html`${form.rubric.name}`],
      [words.occupation, html`${form.occupation}`],
      [words.level, say(levelWords[form.level])],
      [words.day, html`${form.day}`],
      [words.panel, panelNames(form.panel, say)],
      [words.supervisor, html`${form.supervisor ?? say(words.none)}`],
      [words.registered, html`${counts.registered}`],
      [words.present, html`${counts.present}`],
      [words.absentCount, html`${counts.absent}`],
      [words.withdrawnCount, html`${counts.withdrawn}`],
      [words.unexaminedCount, html`${counts.unexamined}`],
      ...(form.checkIn
        ? [[words.checkedInCount, html`${form.checkIn.checkedIn} / ${form.checkIn.expected}`] as const]
        : []),
    ],
    say,
  )}`;
  const running = html`${form.day} · ${form.rubric.name} · ${say(words.roomRecord)}`;
  const rest = html`${
      form.checkIn
        ? list(
            words.mismatches,
            [words.at, words.candidate, words.what, words.done, words.by],
            form.mismatches.map((line) => mismatchCells(line, say)),
            say,
          )
        : null
    }
    ${list(
      words.changes,
      [words.at, words.candidate, words.what, words.reason, words.by, words.stamp],
      form.changes.map((line) => changeCells(line, say)),
      say,
    )}
    ${list(
      words.substitutions,
      [words.at, words.leaves, words.joins, words.reason, words.by, words.stamp],
      form.substitutions.map((line) => substitutionCells(line, say)),
      say,
    )}
    ${list(
      words.incidents,
      [words.at, words.whom, words.what, words.done, words.by, words.stamp],
      form.incidents.map((line) => incidentCells(line, say)),
      say,
    )}
    ${list(
      words.calls,
      [words.at, words.candidate, words.caller, words.answer],
      form.calls.map((line) => callCells(line, say)),
      say,
    )}
    ${list(
      words.byHand,
      [words.at, words.whom, words.what, words.done, words.by],
      Array.from({ length: LINES_BY_HAND }, () => BLANK_LINE),
      say,
    )}
    <div class="signatures">
      ${([words.panelLeader, words.supervisor, words.invigilator] as const).map((as) => signatureLine(as, null, say))}
    </div>`;
  return formOf(form, { running, top, rest }, say);
}

const BLANK_LINE = [0, 1, 2, 3, 4].map(() => html`&nbsp;`);

/** Its first column is a time, its last a stamp where it has six. */
function list(
  title: Words,
  heads: readonly Words[],
  lines: readonly (readonly Markup[])[],
  say: Say,
): Markup {
  if (lines.length === 0)
    return html`<h2 class="list">${say(title)} <span class="nothing">${say(words.none)}</span></h2>`;
  const isByHand = title === words.byHand;
  return html`<h2 class="list">${say(title)}</h2>
    <table class="items lines ${isByHand ? "by-hand" : ""}">
      <colgroup>
        ${heads.map((head) => html`<col class="${widthOf(head)}" />`)}
      </colgroup>
      <thead>
        <tr>
          ${heads.map((head) => html`<th>${say(head)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function widthOf(head: Words): string {
  if (head === words.at) return "at";
  if (head === words.stamp) return "stamp";
  return head === words.by || head === words.candidate || head === words.whom ? "person" : "";
}

function mismatchCells({ at, candidate, note, isSettled, by }: PrintedMismatch, say: Say) {
  return [
    html`${moment(at)}`,
    html`${candidate}`,
    html`<span class="text">${note}</span>`,
    say(isSettled ? words.settledByAnother : words.notAdmitted),
    html`${by}`,
  ];
}

function changeCells(
  { at, no, candidate, ticketNo, what, move, reason, signed, record }: PrintedChange,
  say: Say,
) {
  return [
    html`${moment(at)}`,
    html`<p>${String(no).padStart(2, "0")} ${candidate}</p>
      <p>${ticketNo}</p>`,
    html`${say(changeWords[what])}${move ? html` <span class="member">${move.from} → ${move.to} ${say(words.rotation)}</span>` : null}`,
    html`<span class="text">${reason}</span>`,
    signed
      ? html`<p>${signed.leader} (${say(words.leader)})</p>
          <p>${signed.confirmer} (${say(words[signed.office])})</p>`
      : say(words.panelLeader),
    stampCode(record),
  ];
}

function substitutionCells({ at, leaves, joins, reason, record }: PrintedSubstitution, say: Say) {
  return [
    html`${moment(at)}`,
    html`${leaves}`,
    html`${joins}`,
    html`<span class="text">${reason}</span>`,
    say(words.vouched),
    stampCode(record),
  ];
}

function incidentCells({ at, kind, tier, whom, what, done, by, record }: PrintedIncident, say: Say) {
  return [
    html`${moment(at)}`,
    whom.length === 0 ? say(words.none) : html`${whom.map((one) => html`<p>${one}</p>`)}`,
    html`<p>${say(incidentWords[kind])}${tier === null ? null : html` ${tier}`}</p>
      <p><span class="text">${what}</span></p>`,
    html`<span class="text">${done}</span>`,
    html`${by}`,
    stampCode(record),
  ];
}

function callCells({ at, candidate, caller, answer }: PrintedCall, say: Say) {
  return [
    html`${moment(at)}`,
    html`${candidate}`,
    html`${caller}`,
    answer
      ? html`<p>${answer.name} ${moment(answer.at)}</p>
          <p><span class="text">${answer.text}</span></p>`
      : say(words.waiting),
  ];
}

function stampCode(record: PrintedChange["record"]): Markup {
  const { characters, code } = stampOf(record);
  return html`<p>${characters.join("")}</p>
    <p class="member">${code}</p>`;
}
