// 成绩汇总表: every candidate of a sitting with what the panel's sheets come to, and what stands.
import type { SummaryForm, SummaryLine } from "#shared/journal";
import { facts, formOf, formTop, panelNames, signatureLine } from "./form-parts.ts";
import { html, type Markup } from "./markup.ts";
import { value } from "./score-sheet.ts";
import { levelWords, outcomeWords, words, type Say } from "./words.ts";

export function summarySheet(form: SummaryForm, say: Say): Markup {
  const { counts } = form;
  const top = html`${formTop(form, words.summary, say, null)}
  ${facts(
    [
      [words.task, say(form.rubric.title)],
      [words.paperCode, html`${form.rubric.name}`],
      [words.occupation, html`${form.occupation}`],
      [words.level, say(levelWords[form.level])],
      [words.day, html`${form.day}`],
      [words.panel, panelNames(form.panel, say)],
    ],
    say,
  )}`;
  const running = html`${form.day} · ${form.rubric.name} · ${say(words.summary)}`;
  const rest = html`<table class="items">
      <colgroup>
        <col class="no" />
        <col class="name" />
        <col class="ticket" />
        <col class="totals" />
        <col class="figure" />
        <col class="outcome" />
        <col class="recorded" />
      </colgroup>
      <thead>
        <tr>
          ${[words.no, words.name, words.ticket, words.totals, words.result, words.outcome, words.remarks].map((term) => html`<th>${say(term)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${form.lines.map((line) => row(line, say))}
      </tbody>
    </table>
    ${facts(
      [
        [words.candidates, html`${form.lines.length}`],
        ...(["PASS", "FAIL", "ABSENT", "CANCELLED", "DIVERGENT", "WITHHELD", "CONTESTED"] as const).map(
          (outcome) => [outcomeWords[outcome], html`${counts[outcome]}`] as const,
        ),
        [words.open, html`${counts.open}`],
      ],
      say,
    )}
    <p class="remark">${say(words.skillOnly)}</p>
    <div class="signatures">
      ${(["clerk", "checker", "approver"] as const).map((as) => signatureLine(words[as], form.signOffs.find((one) => one.as === as) ?? null, say))}
    </div>`;
  return formOf(form, { running, top, rest }, say);
}

function row(line: SummaryLine, say: Say): Markup {
  const remarks = [
    ...(line.vetoes.length > 0 ? [html`${say(words.vetoes)} ${line.vetoes.join(" ")}`] : []),
    ...(line.settled === null ? [] : [html`${say(words.settled)}: ${line.settled}`]),
    ...(line.rechecked ? [say(words.rechecked)] : []),
  ];
  return html`<tr>
    <td class="no">${line.no}</td>
    <td>${line.candidate}</td>
    <td class="ticket">${line.ticketNo}</td>
    <td>${line.totals.map(({ examiner, total }) => html`<p>${examiner} ${value(total)}</p>`)}</td>
    <td class="figure">${value(line.mark)}</td>
    <td>${say(line.outcome === null ? words.open : outcomeWords[line.outcome])}</td>
    <td>${remarks.map((remark) => html`<p>${remark}</p>`)}</td>
  </tr>`;
}
