// 准考证: three to a page where titles are short, to be cut apart. The square finds the candidate's line at check-in and the sheet at the desk; it says a sitting
// and a number, and nothing that a lost slip would tell.
import type { PrintedSlip, SlipForm } from "#shared/journal";
import { facts, formTop, marksOfForm } from "./form-parts.ts";
import { html, type Markup } from "./markup.ts";
import { qrSquare } from "./qr-square.ts";
import { levelWords, words, type Say } from "./words.ts";

const BY_HAND = html`&nbsp;`;

export function admissionSlips(form: SlipForm, say: Say): Markup {
  return html`${form.slips.map((slip) => admissionSlip(slip, form, say))}`;
}

function admissionSlip(slip: PrintedSlip, form: SlipForm, say: Say): Markup {
  const code = html`<figure class="check">
    ${qrSquare(slip.qr)}
    <figcaption>${say(words.scanToEnter)}</figcaption>
  </figure>`;
  return html`<section class="slip">
    <div class="running">
      <span>${form.day} · ${form.rubric.name}</span><span>${marksOfForm(form, say)}</span>
    </div>
    ${formTop(form, words.admissionSlip, say, code)}
    ${facts(
      [
        [words.name, html`<strong>${slip.candidate}</strong>`],
        [words.ticket, html`${slip.ticketNo}`],
        [words.idNumber, html`${slip.idMasked}`],
        [words.pieceNo, html`${String(slip.no).padStart(2, "0")}`],
        [words.task, say(form.rubric.title)],
        [words.occupation, html`${form.occupation}`],
        [words.level, say(levelWords[form.level])],
        [words.day, html`${form.day}`],
        [words.group, html`${slip.rotation}`],
        [words.workplace, slip.place === null ? BY_HAND : html`<strong>${slip.place}</strong>`],
        [words.reportAt, BY_HAND],
        [words.site, BY_HAND],
      ],
      say,
    )}
    <p class="remark">${say(words.slipNote)}</p>
  </section>`;
}
