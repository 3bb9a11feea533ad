// 现场督导记录表: the room in figures, the checklist answer by answer, problems and advice, and where people sign.
import { WORKPLACE_STATES, type Words } from "#shared/exam";
import type { VisitForm, VisitLineForm } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { facts, formOf, formTop, panelNames, signatureLine } from "./form-parts.ts";
import { html, type Markup } from "./markup.ts";
import { answerWords, levelWords, moment, stateWords, words, type Say } from "./words.ts";

export function visitSheet(form: VisitForm, say: Say): Markup {
  const { room, signed } = form;
  const { characters, code } = stampOf(form.record);
  const top = html`${formTop(
    form,
    words.visit,
    say,
    html`<div>
      <p>${characters.join("")}</p>
      <p class="member">${code}</p>
    </div>`,
  )}
  ${facts(
    [
      [words.task, say(form.rubric.title)],
      [words.paperCode, html`${form.rubric.name}`],
      [words.occupation, html`${form.occupation}`],
      [words.level, say(levelWords[form.level])],
      [words.day, html`${form.day}`],
      [words.supervisor, html`${signed.name}`],
      [words.visited, html`${moment(signed.at)}`],
      [words.panel, panelNames(form.panel, say)],
      [words.registered, html`${room.registered}`],
      ...WORKPLACE_STATES.map((state) => [stateWords[state], html`${room[state]}`] as const),
      [words.pausedCount, html`${room.paused}`],
      [words.sheetsSigned, html`${room.sheets.signed} / ${room.sheets.expected}`],
      [words.incidents, html`${room.incidents}`],
      [words.openCalls, html`${room.openCalls}`],
    ],
    say,
  )}`;
  const running = html`${form.day} · ${form.rubric.name} · ${say(words.visit)} · ${code}`;
  const rest = html`<h2 class="list">
      ${say(words.checklist)} <span class="nothing">${form.checklist}</span>
    </h2>
    ${form.hasQuestions ? html`` : html`<p>${say(words.otherQuestions)}</p>`}
    <table class="items lines">
      <colgroup>
        <col class="at" />
        <col />
        <col class="person" />
        <col />
      </colgroup>
      <thead>
        <tr>
          ${[words.no, words.checked, words.answerGiven, words.found].map((head) => html`<th>${say(head)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${form.lines.map((line, at) => lineRow(line, at + 1, say))}
      </tbody>
    </table>
    ${said(words.problems, form.problems, say)} ${said(words.suggestions, form.suggestions, say)}
    <div class="signatures">
      ${signatureLine(words.supervisor, signed, say)} ${signatureLine(words.panelLeader, null, say)}
      ${signatureLine(words.institutionSide, null, say)}
    </div>`;
  return formOf(form, { running, top, rest }, say);
}

function lineRow({ text, source, answer, words: found }: VisitLineForm, no: number, say: Say): Markup {
  return html`<tr>
    <td>${no}</td>
    <td>
      <p>${say(text)}</p>
      <p class="member">${source}</p>
    </td>
    <td>${answer === "no" ? html`<strong>${say(answerWords.no)}</strong>` : say(answerWords[answer])}</td>
    <td><span class="text">${found}</span></td>
  </tr>`;
}

function said(title: Words, text: string, say: Say): Markup {
  if (text === "")
    return html`<h2 class="list">${say(title)} <span class="nothing">${say(words.none)}</span></h2>`;
  return html`<h2 class="list">${say(title)}</h2>
    <p><span class="text">${text}</span></p>`;
}
